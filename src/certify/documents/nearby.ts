/**
 * What makes a small residual more than a sample: an accepted certificate of the same data, penalty and predictor that an
 * exact point satisfying the conditions is there. For p < 1 a `stationary-point` with the support of the residual, within
 * NEARBY of the predictor, whose multipliers over their sum are the residual's weights to NEARBY in total: since
 * sum alpha_n = p sum |b_k|^p these are the same numbers, and at a vertex, where some multipliers fit every exponent, this is
 * what tells them from fitted ones. For p = 1, convex, a `margin-gap` of the l1 norm within RESIDUAL with these weights; for
 * p = 2 a `direction-bound` to the exact l2 optimum within LIMIT_ANGLE.
 */
import { add, compare, div, equals, ONE, ofNumber, parseQ, type Q, q, sub, ZERO } from "../../exact/rational.js";
import { LIMIT_ANGLE, NEARBY, RESIDUAL } from "../../kernel/tolerance.js";
import { type Part, sameTexts, upperOf } from "./finding.js";
import { isGapOf, residualOf } from "./residual.js";

const numbers = (list: unknown): Q[] => (list as readonly unknown[]).map((text) => parseQ(text)!);
const atMost = (x: Q, most: number): boolean => compare(x, ofNumber(most)) <= 0;
const distance = (a: Q, b: Q): Q => (compare(a, b) > 0 ? sub(a, b) : sub(b, a));

/** Relative: the multipliers of the exact point over their sum are within four times this of those at the center. */
const TIGHT = NEARBY.value / 16;

/** sum_n |alpha_n / sum alpha - q_n| for the multipliers at the center of a box, which are above 0 where it is narrow. */
function awayFrom(weights: readonly Q[], c: Part): Q {
  const active = c.active as readonly number[];
  const alpha = numbers(c.center).slice(-active.length);
  const total = alpha.reduce(add, ZERO);
  return weights
    .map((own, n) => distance(own, div(alpha[active.indexOf(n)] ?? ZERO, total)))
    .reduce((sum, x) => add(sum, x), ZERO);
}

function isStationaryNear(residual: Part, c: Part): boolean {
  const [own, other] = [residual.penalty as Part, c.penalty as Part];
  return (
    other.space === own.space &&
    equals(parseQ(other.p)!, parseQ(own.p)!) &&
    sameTexts(residual.support, c.support) &&
    atMost(parseQ((c.distance as Part).upper)!, NEARBY.value) &&
    atMost(parseQ(c.radius)!, TIGHT) &&
    atMost(awayFrom(numbers(residual.q), c), NEARBY.value - 4 * TIGHT)
  );
}

function isBestNear({ penalty, q: weights }: Part, c: Part): boolean {
  const gap = residualOf(c);
  const norm = (penalty as Part).space === "fourier" ? "fourier-l1" : "l1";
  return isGapOf(c, norm) && sameTexts(weights, c.q) && gap !== null && gap <= RESIDUAL.value;
}

function isOptimumNear(c: Part): boolean {
  const upper = upperOf(c);
  return upper !== null && upper <= LIMIT_ANGLE.value;
}

/** Does one of these accepted certificates show an exact point near the predictor of an accepted `bridge-residual`? */
export function isNearby(residual: Part, accepted: readonly Part[]): boolean {
  if (residual.kind !== "bridge-residual") return false;
  const p = parseQ((residual.penalty as Part).p)!;
  const data = JSON.stringify(residual.data);
  return accepted.some((c) => {
    if (!sameTexts(residual.reached, c.reached) || JSON.stringify(c.data) !== data) return false;
    if (c.kind === "stationary-point") return isStationaryNear(residual, c);
    if (c.kind === "margin-gap") return equals(p, ONE) && isBestNear(residual, c);
    return c.kind === "direction-bound" && equals(p, q(2n)) && isOptimumNear(c);
  });
}
