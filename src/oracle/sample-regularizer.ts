/**
 * A derived regularizer against the network itself: at random parameters |w|^2 may not be below R(P(w)), and at one random
 * predictor descent along the fiber must come down to R. What a derivation argues in words is thereby seen on cases; a
 * contradiction is a fault of the derivation. Seeded, so that the answer is the same each time.
 * Cost: POINTS evaluations, and STARTS descents for small networks.
 */
import type { Q } from "../exact/rational.js";
import { ofNumber } from "../exact/rational.js";
import { randomStream } from "../kernel/seed.js";
import type { Parameterization } from "../models/architecture.js";
import { outsideOf } from "../models/regularizer/domain.js";
import { evaluateFormula } from "../models/regularizer/evaluate.js";
import type { Formula } from "../models/regularizer/formula.js";
import type { Condition } from "../models/regularizer/problem.js";
import { gaussian } from "../numeric/gaussian.js";
import { leastNorm } from "./least-norm.js";

const POINTS = 64;
const STARTS = 6;
/** Larger networks are only sampled from above: a descent there takes seconds. */
const DESCENT_LIMIT = 24;
const ROUNDING = 1e-9;
/** Descent solves P(w) = beta to rounding only, which a steep R magnifies. */
const BELOW = 1e-7;
/** Descent along the fiber ends this close to where it goes. */
const ATTAINED = 1e-5;

export type RegularizerSample =
  | { readonly agrees: true; readonly says: string }
  | { readonly agrees: false; readonly why: string }
  /** The formula has no value, or none that doubles can tell. */
  | null;

/** Does the rounding of beta move the value by as much as `gap`? Then a double says nothing of R here. */
function isSteep(formula: Formula, beta: readonly number[], gap: number): boolean {
  const value = evaluateFormula(formula, beta) ?? Number.NaN;
  return beta.some((_, d) => {
    const moved = evaluateFormula(
      formula,
      beta.map((b, i) => (i === d ? b * (1 + 1e-14) : b)),
    );
    return moved === null || !(Math.abs(moved - value) < gap);
  });
}

export function sampleRegularizer(
  P: Parameterization,
  formula: Formula,
  domain: readonly Condition[],
): RegularizerSample {
  const draw = gaussian(randomStream(1n, "sample-regularizer"));
  const beta = new Float64Array(P.dimensions.dim);
  const point = (): { readonly beta: number[]; readonly cost: number } => {
    const w = Float64Array.from({ length: P.parameters }, draw);
    P.apply(w, beta);
    return { beta: Array.from(beta), cost: w.reduce((s, x) => s + x * x, 0) };
  };
  let least = Number.POSITIVE_INFINITY;
  let first: readonly number[] = [];
  for (let i = 0; i < POINTS; i++) {
    const { beta: at, cost } = point();
    if (i === 0) first = at;
    // A rank condition is for exact numbers: rounding lifts the rank of a product.
    const exact: Q[] = at.map(ofNumber);
    if (
      outsideOf(
        domain.filter((c) => c.kind === "sign"),
        exact,
      ) !== null
    )
      return { agrees: false, why: "a random point of the network lies where the formula says that R is infinite" };
    const value = evaluateFormula(formula, at);
    if (value === null) return null;
    if (!(value <= cost * (1 + ROUNDING)) && isSteep(formula, at, value - cost)) return null;
    if (!(value <= cost * (1 + ROUNDING)))
      return { agrees: false, why: `R is ${value} where a point of the network costs ${cost}` };
    least = Math.min(least, cost / value);
  }
  const above = `at ${POINTS} random w, |w|^2 is at least ${least.toPrecision(3)} R(P(w))`;
  if (P.parameters > DESCENT_LIMIT)
    return { agrees: true, says: `${above}; that R is reached was not tried with over ${DESCENT_LIMIT} parameters` };
  const found = leastNorm(P, first, STARTS, 1n);
  const value = evaluateFormula(formula, first);
  if (found === null || value === null) return { agrees: true, says: above };
  if (found.value < value * (1 - BELOW))
    return { agrees: false, why: `R is ${value} where descent finds a cost of ${found.value}` };
  return found.value <= value * (1 + ATTAINED)
    ? { agrees: true, says: `${above}; at one P(w), descent of |w|^2 comes down to R` }
    : { agrees: true, says: `${above}; at one P(w), descent of |w|^2 from ${STARTS} starts did not come down to R` };
}
