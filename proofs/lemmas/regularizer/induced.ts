/**
 * The regularizers that the networks of the paper induce, R(beta) = min { |w|^2 : P(w) = beta }: L |beta|_2^(2/L) for fully
 * connected ones, L sum |beta_d|^(2/L) for diagonal ones, L sum |betahat_k|^(2/L) for full-width circular ones. Derived on each
 * instance by the calculus (src/models/regularizer), whose inequalities the judge accepts from certificates; the formula that it
 * finds is held to the one stated on fixed points, to rounding. They explain where runs go and are not used by the dynamics.
 * Source: Gunasekar et al. 2018, induced regularizers.
 */
import { judge } from "../../../src/certify/judge.js";
import type { Parameterization } from "../../../src/models/architecture.js";
import { convolutional } from "../../../src/models/architectures/convolutional.js";
import { diagonal } from "../../../src/models/architectures/diagonal.js";
import { fullyConnected } from "../../../src/models/architectures/fully-connected.js";
import { decideDiagonalization } from "../../../src/models/fourier.js";
import { deriveRegularizer } from "../../../src/models/regularizer/derive.js";
import { evaluateFormula } from "../../../src/models/regularizer/evaluate.js";
import { turnPart } from "../../../src/numeric/dft.js";
import { pow } from "../../../src/numeric/elementary.js";
import { length2 } from "../../../src/numeric/vec.js";
import { lemma, type NodeCheck, type ProofNode } from "../../../src/verify/proof-node.js";
import { RULE_LEMMAS, unitaryChange } from "./rules.js";

/** Predictors at which formulas are compared: all signs, sizes from 1/8 to 5, no zero. */
const POINTS = [
  [1, -2, 3, 0.5, -4],
  [-0.125, 5, 1, -3, 2],
  [2, 2, -2, 1, 0.25],
];
/** A few roundings of powers and roots. */
const ROUNDING = 1e-12;

/** L times the sum of the 2/L-th powers. */
const bridge = (L: number, sizes: readonly number[]): number => L * sizes.reduce((s, x) => s + pow(x, 2 / L), 0);

export const euclidean = (L: number, beta: readonly number[]): number =>
  bridge(L, [Math.sqrt(beta.reduce((s, x) => s + x * x, 0))]);
export const signal = (L: number, beta: readonly number[]): number => bridge(L, beta.map(Math.abs));

/** Of the moduli of the unitary transform, by its definition. */
export function fourier(L: number, beta: readonly number[]): number {
  const D = beta.length;
  const moduli = beta.map((_, k) => {
    let [re, im] = [0, 0];
    beta.forEach((x, d) => {
      const [c, s] = turnPart(k * d, D);
      re += x * c;
      im -= x * s;
    });
    return length2(re, im) / Math.sqrt(D);
  });
  return bridge(L, moduli);
}

/** Does the calculus derive this regularizer, with certificates that the judge accepts? */
export function induces(P: Parameterization, stated: (beta: readonly number[]) => number): boolean {
  const { map } = P.exact();
  if (map === null) return false;
  const found = P.fourier === undefined ? null : decideDiagonalization(map, P.fourier);
  const hint =
    P.fourier !== undefined && found?.decided === true && found.holds
      ? { fourier: { structure: P.fourier, kappa: found.kappa } }
      : {};
  const outcome = deriveRegularizer(map, { ...(P.groups === undefined ? {} : { groups: P.groups }), ...hint });
  if (outcome.formula === null) return false;
  const { formula, steps } = outcome;
  if (steps.some((s) => s.assumed === true || (s.certificate !== null && !judge(s.certificate).accepted))) return false;
  return POINTS.every((point) => {
    const beta = point.slice(0, P.dimensions.dim);
    const [value, expected] = [evaluateFormula(formula, beta), stated(beta)];
    return value !== null && Math.abs(value - expected) <= ROUNDING * expected;
  });
}

function derived(
  instances: readonly Parameterization[],
  stated: (L: number, beta: readonly number[]) => number,
  words: string,
): NodeCheck {
  const failed = instances.find((P) => !induces(P, (beta) => stated(P.dimensions.depth, beta)));
  return failed === undefined
    ? { holds: true, evidence: "sampled", why: `derived with certificates that the judge accepts, for ${words}` }
    : {
        holds: false,
        evidence: "assumed",
        why: `it fails for ${failed.architecture}, depth ${failed.dimensions.depth}`,
      };
}

const rules = (...ids: readonly string[]): ProofNode[] =>
  RULE_LEMMAS.filter((node) => ids.some((id) => node.id === `rule-${id}`));
const source = { key: "gunasekar-2018", locator: "induced regularizers" } as const;

export const inducedFullyConnected = lemma({
  id: "induced-fully-connected",
  statement: "a fully connected network of depth L has R(beta) = L |beta|_2^(2/L), for all widths",
  source,
  uses: rules("contraction", "common-factor", "linear", "direct-sum"),
  argument:
    "|beta| is at most the product of the layers' norms; AM-GM, with equality at aligned layers of rank one and one norm.",
  check: () =>
    derived(
      [2, 3, 4].flatMap((depth) => [1, 2].map((width) => fullyConnected.build({ dim: 3, depth, widths: [width] }))),
      euclidean,
      "D = 3, widths 1 and 2, depth 2 to 4",
    ),
});

export const inducedDiagonal = lemma({
  id: "induced-diagonal",
  statement: "a diagonal network of depth L has R(beta) = L sum |beta_d|^(2/L)",
  source,
  uses: rules("direct-sum", "monomial"),
  argument: "AM-GM in each coordinate, with equality at equal moduli.",
  check: () =>
    derived(
      [2, 3, 4, 5].flatMap((depth) => [1, 3].map((dim) => diagonal.build({ dim, depth }))),
      signal,
      "D = 1 and 3, depth 2 to 5",
    ),
});

export const inducedConvolutional = lemma({
  id: "induced-convolutional",
  statement:
    "a full-width circular network of depth L has R(beta) = L sum |betahat_k|^(2/L), with the unitary transform",
  source,
  uses: [unitaryChange, ...rules("monomial")],
  argument:
    "The transform keeps |w|^2 and makes the network a product at each frequency: AM-GM there, with conjugate pairs alike.",
  check: () =>
    derived(
      [
        ...[2, 3, 4, 5].map((dim) => convolutional.build({ dim, depth: 2 })),
        ...[3, 4].map((dim) => convolutional.build({ dim, depth: 3 })),
      ],
      fourier,
      "D = 2 to 5 at depth 2, D = 3 and 4 at depth 3",
    ),
});

export const INDUCED: readonly ProofNode[] = [inducedFullyConnected, inducedDiagonal, inducedConvolutional];
