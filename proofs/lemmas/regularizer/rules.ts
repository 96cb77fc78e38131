/**
 * The rules of the calculus of induced regularizers (src/models/regularizer/rules) as proof nodes: what each says, the
 * inequalities it uses, and why it follows. Rules that only take a problem apart are arguments in words; the conditions
 * under which a rule applies are checked exactly each time, and what `derive` prints is the path through these nodes.
 * Source: Dai, Karzand, Srebro 2021; Gunasekar et al. 2018; Jagadeesan et al. 2021.
 */

import { RULES } from "../../../src/models/regularizer/rules/index.js";
import { linear } from "../../../src/models/regularizer/rules/linear.js";
import { cited, lemma, type ProofNode } from "../../../src/verify/proof-node.js";
import { fourierDiagonal, unitaryScalars } from "../fourier-diagonal.js";
import { amGm, cauchySchwarz, twoFactors } from "./inequalities.js";

/** For three factors and more; no rule uses it, and `derive` says "no closed form derived" there. */
export const schatten = cited({
  id: "schatten",
  statement: "min of sum |W_l|^2 over W_L ... W_1 = M, with enough inner dimensions, is L |M|_{S_{2/L}}^{2/L}",
  source: { key: "dai-2021", locator: "deep fully connected networks with several outputs" },
});

const GROUNDS: Readonly<Record<string, { readonly uses: readonly ProofNode[]; readonly argument: string }>> = {
  "direct-sum": {
    uses: [],
    argument:
      "|w|^2 is the sum over blocks of parameters that no constraint has in common, so each is minimized alone.",
  },
  linear: {
    uses: [cauchySchwarz],
    argument: "The least norm under independent linear equations; w = A^T (A A^T)^-1 beta attains it.",
  },
  monomial: {
    uses: [amGm],
    argument:
      "beta^2 = c^2 prod w_l^(2 k_l); AM-GM bounds |w|^2 from below, and w_l^2 = k_l t attains it, with signs as beta asks.",
  },
  "common-factor": {
    uses: [amGm],
    argument:
      "For a given value m of the factor the rest costs R_Q(beta / m) = R_Q(beta) m^(-2/b); AM-GM over the factor's parameters and this cost cancels m.",
  },
  contraction: {
    uses: [cauchySchwarz, amGm],
    argument:
      "For given u the least |W|^2 is |beta|^2 / |u|^2 by Cauchy-Schwarz at each coordinate; |u|^2 is at most sigma^2 |v|^(2b), attained; AM-GM over |W|^2 and b equal parts of |v|^2.",
  },
  "matrix-product": {
    uses: [twoFactors],
    argument: "The bound at the sign matrix of beta; attained by balanced factors.",
  },
  "parallel-sum": {
    uses: [],
    argument:
      "The parameters are disjoint, so the cost is minimized over the ways to share beta; one subadditive function is cheapest undivided, and a concave one of shares of |beta| is least at a vertex of their simplex.",
  },
};

/** One node for each rule, in the order of RULES. */
export const RULE_LEMMAS: readonly ProofNode[] = RULES.map((rule) => {
  const grounds = GROUNDS[rule.id];
  if (grounds === undefined) throw new Error(`the rule ${rule.id} has no proof node`);
  return lemma({
    id: `rule-${rule.id}`,
    statement: rule.statement,
    source: { key: rule.id === linear.id ? "gunasekar-2018" : "dai-2021", locator: "representation costs" },
    uses: grounds.uses,
    argument: grounds.argument,
    check: null,
  });
});

export const unitaryChange = lemma({
  id: "rule-unitary-change",
  statement:
    "where P is coordinatewise in Fourier coordinates with filters of full width, R(beta) = sum over all bins of the cost of one bin",
  source: { key: "gunasekar-2018", locator: "regularizers of convolutional networks" },
  uses: [amGm, cauchySchwarz, fourierDiagonal, unitaryScalars],
  argument:
    "The unitary transform keeps |w|^2; the inequalities look at moduli only; conjugate symmetry is kept by choosing a lift at one bin of each pair and its conjugate at the other.",
  check: null,
});
