/**
 * The inequalities behind induced regularizers, each accepted by the judge from a certificate over the rationals: weighted
 * AM-GM (for every list of weights with a small sum), Cauchy-Schwarz in Lagrange's form, and the identity behind the
 * nuclear norm of a product of two matrices. Exact on each instance; the general statements are classical.
 * Source: Dai, Karzand, Srebro 2021, on representation costs; Jagadeesan et al. 2021 for the nuclear norm.
 */
import { judge } from "../../../src/certify/judge.js";
import { amGmCertificate } from "../../../src/exact/am-gm.js";
import type { Certificate } from "../../../src/kernel/certificate.js";
import { cauchySchwarzCertificate, twoFactorCertificate } from "../../../src/models/regularizer/certificates.js";
import { lemma, type NodeCheck } from "../../../src/verify/proof-node.js";

function judged(certificates: readonly (Certificate | null)[], words: string): NodeCheck {
  for (const certificate of certificates) {
    const judgment = judge(certificate);
    if (!judgment.accepted) return { holds: false, evidence: "assumed", why: judgment.reason };
  }
  return { holds: true, evidence: "sampled", why: `accepted by the judge ${words}` };
}

/** Lists of weights >= 1, descending, with at least two entries and this sum. */
function weightLists(sum: number, most = sum): number[][] {
  if (sum === 0) return [[]];
  const lists: number[][] = [];
  for (let k = Math.min(sum, most); k >= 1; k--) for (const rest of weightLists(sum - k, k)) lists.push([k, ...rest]);
  return lists;
}

export const amGm = lemma({
  id: "am-gm",
  statement:
    "(sum_l w_l^2)^K >= K^K prod_l (w_l^2 / k_l)^(k_l) for integers k_l >= 1 with sum K, equality where the w_l^2 / k_l agree",
  source: { key: "dai-2021", locator: "products of parameters" },
  uses: [],
  argument:
    "In K letters x_i, k_l of them w_l^2 / k_l, this is AM-GM; for every K it is a sum of squares (Hurwitz 1891).",
  check: () => {
    const lists = [2, 3, 4, 5].flatMap((K) => weightLists(K)).filter((k) => k.length > 1);
    const equal = [6, 7, 8].map((K) => new Array<number>(K).fill(1));
    return judged(
      [...lists, ...equal].map((k) =>
        amGmCertificate(
          k,
          k.map((_, l) => `w${l}`),
        ),
      ),
      "as a sum of squares over Q, for all weights with K <= 5 and equal weights with K <= 8",
    );
  },
});

export const cauchySchwarz = lemma({
  id: "cauchy-schwarz",
  statement: "|W|^2 |u|^2 - <W, u>^2 = sum_{h<k} (W_h u_k - W_k u_h)^2 >= 0, equality where W is parallel to u",
  source: { key: "gunasekar-2018", locator: "fully connected networks" },
  uses: [],
  argument: "Lagrange's identity, multiplied out.",
  check: () =>
    judged(
      [2, 3, 4, 5, 6, 7, 8].map(cauchySchwarzCertificate),
      "as a sum of squares over Q, for vectors of 2 to 8 entries",
    ),
});

export const twoFactors = lemma({
  id: "two-factors",
  statement:
    "|V|^2 + |U|^2 >= 2 |V U^T|_*, since |V|^2 + |U|^2 - 2 <V U^T, Z> = |V - Z U|^2 + |U|^2 - |Z U|^2 >= 0 for |Z| <= 1",
  source: { key: "jagadeesan-2021", locator: "kernel size 1" },
  uses: [],
  argument:
    "The identity is multiplied out; the largest <M, Z> over matrices of spectral norm at most 1 is |M|_*, attained by balanced factors of the singular value decomposition.",
  check: () =>
    judged(
      [
        [2, 2, 1],
        [2, 2, 2],
        [3, 2, 2],
        [3, 3, 1],
      ].map(([rows, columns, C]) => twoFactorCertificate(rows!, columns!, C!)),
      "as a polynomial identity, for four shapes up to 3 x 3",
    ),
});
