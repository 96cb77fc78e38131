/**
 * C3: at depth 2 a frequency outside the support of the limit cannot have |zhat_k| above the common value kappa on the support:
 * it would outgrow the frequencies of the support. The step that makes the theorem for depth 2 stronger than stationarity
 * of the parameters, which says nothing where both layers vanish. Its algebra is exact (growing-part, fourier-gradient); the
 * step to the limit is an argument, observed on a fixed run: it uses that phases converge, and an initialization that excites the
 * growing part. Source: Gunasekar et al. 2018, Theorem 2, proof.
 */
import { lemma } from "../../src/verify/proof-node.js";
import { growthByDual } from "../observations.js";
import { chainRule } from "./chain-rule.js";
import { unitaryScalars } from "./fourier-diagonal.js";
import { fourierGradient } from "./fourier-gradient.js";
import { growingPart } from "./growing-part.js";

export const offSupportGrowth = lemma({
  id: "off-support-growth",
  statement:
    "at depth 2, with a generic initialization and converging phases, |zhat_k| is at most kappa at every frequency outside the support of the limit",
  source: { key: "gunasekar-2018", locator: "Theorem 2, proof" },
  uses: [chainRule, unitaryScalars, fourierGradient, growingPart],
  argument:
    "With a, b the coefficients of the two layers at a frequency and r that of the gradient, da/dt = conj(b) r and db/dt = conj(a) r. For a fixed phase psi of r, s = a + e^(i psi) conj(b) satisfies ds/dt = |r| s exactly; if the phase tends to psi, ds/dt = |r| s (1 + o(1)) once s outweighs the decaying part: it grows at the rate |r|, unless it is 0, which a generic initialization excludes. On the support the rate is kappa |r| in the units of zhat; a frequency with |zhat_k| > kappa would outgrow all of these, and its share in the limit could not be 0.",
  check: null,
  observe: () => growthByDual("convolutional"),
});
