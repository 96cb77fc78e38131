/**
 * C2: where every layer of a full-width circular network has the same modulus at a frequency (C1), the conditions on the
 * parameters are those of the l_{2/L} bridge penalty on the predictor's Fourier coefficients: z_k = |b_k|^(2/L - 2) b_k on
 * the support. An argument of two lines on top of two identities that are decided exactly.
 * Source: Gunasekar et al. 2018, Theorem 2a.
 */
import { lemma } from "../../src/verify/proof-node.js";
import { convStationarity } from "./conv-stationarity.js";
import { unitaryScalars } from "./fourier-diagonal.js";

export const bridgeStationarity = lemma({
  id: "bridge-stationarity",
  statement:
    "at a stationary direction of a full-width circular network of depth L with predictor b, zhat_k is a positive multiple, the same for all k, of |bhat_k|^(2/L - 2) bhat_k wherever bhat_k is not 0: the first-order condition of the l_{2/L} bridge penalty",
  source: { key: "gunasekar-2018", locator: "Theorem 2a, proof" },
  uses: [convStationarity, unitaryScalars],
  argument:
    "By C1 all |what_l,k|^2 are one number c_k = conj(bhat_k) zhat_k >= 0, and bhat_k is the product of the what_l,k, so |bhat_k|^2 = c_k^L. Where bhat_k is not 0, c_k > 0: zhat_k has the phase of bhat_k and modulus c_k / |bhat_k| = |bhat_k|^(2/L - 1). Where bhat_k = 0 the penalty has infinite slope for L >= 3 and nothing is asked; for L <= 2 see the theorem for depth 2.",
  check: null,
});
