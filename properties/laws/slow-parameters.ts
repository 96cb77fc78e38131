/**
 * The truth of a `kkt-residual`, settled a second time: from its statement in kernel/certificate.ts alone, term by term in
 * rationals, without the judge's code. Sines are compared by their squares, so no root is taken. Cost: degree^2 rational
 * products a term.
 */
import { add, compare, div, mul, ONE, type Q, q, sub, ZERO } from "../../src/exact/rational.js";
import {
  combined,
  inner,
  least,
  list,
  marginsOf,
  must,
  type Part,
  rational,
  record,
  simplex,
  square,
  vector,
} from "./parts.js";

/** A coefficient, and the variables of the monomial, each as often as it is a factor. */
type Term = readonly [coefficient: Q, factors: readonly number[]];

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

/** A polynomial may be 0 and have no terms. */
const items = (value: unknown): readonly unknown[] => (Array.isArray(value) && value.length === 0 ? [] : list(value));

function termsOf(value: unknown, variables: number): readonly Term[] {
  const seen = new Set<string>();
  return items(value).map((term) => {
    const [coefficient, pairs] = list(term, 2);
    const factors = items(pairs).flatMap((pair) => {
      const [v, power] = list(pair, 2);
      must(isCount(v) && v < variables && isCount(power) && power > 0 && power <= 1000, "no factor of a monomial");
      return Array<number>(power).fill(v);
    });
    const name = [...factors].sort((a, b) => a - b).join();
    must(!seen.has(name), "a monomial twice");
    seen.add(name);
    const c = rational(coefficient);
    must(c.n !== 0n, "a zero coefficient");
    return [c, factors] as const;
  });
}

const productAt = (w: readonly Q[], factors: readonly number[]): Q => factors.reduce((v, i) => mul(v, w[i]!), ONE);

/** The square of the sine of the angle between vectors that point along each other. */
function sineSquared(a: readonly Q[], b: readonly Q[]): Q {
  const along = inner(a, b);
  must(along.n > 0n, "vectors that do not point along each other");
  return sub(ONE, div(mul(along, along), mul(square(a), square(b))));
}

const squared = (x: Q): Q => mul(x, x);

export function checkParameters(c: Part, points: readonly Q[][]): void {
  record(c, "kind data map w q reached parts largest");
  const D = points[0]!.length;
  const { variables, polynomials } = record(c.map, "variables polynomials");
  const names = list(variables);
  must(new Set(names).size === names.length && names.every((n) => typeof n === "string" && n !== ""), "names");
  const map = list(polynomials, D).map((p) => termsOf(p, names.length));
  const degrees = new Set(map.flatMap((p) => p.map(([, factors]) => factors.length)));
  must(degrees.size === 1 && !degrees.has(0), "a map that is not homogeneous");
  const w = vector(c.w, names.length);
  const reached = vector(c.reached, D);
  const weights = simplex(c.q, points.length);
  const beta = map.map((p) => p.reduce((sum, [a, f]) => add(sum, mul(a, productAt(w, f))), ZERO));
  const margins = marginsOf(points, beta);
  const worst = least(margins);
  must(worst.n > 0n, "parameters that do not separate");
  const z = combined(weights, points);
  const slope = w.map(() => ZERO);
  map.forEach((p, d) => {
    for (const [a, factors] of p)
      factors.forEach((i, at) => {
        const others = factors.filter((_, k) => k !== at);
        slope[i] = add(slope[i]!, mul(mul(z[d]!, a), productAt(w, others)));
      });
  });
  const own = least(marginsOf(points, reached));
  const squares: Readonly<Record<string, Q>> = {
    feasibility: squared(compare(own, ONE) < 0 ? sub(ONE, own) : ZERO),
    complementarity: squared(sub(div(inner(weights, margins), worst), ONE)),
    predictor: sineSquared(beta, reached),
    stationarity: sineSquared(w, slope),
  };
  const parts = record(c.parts, Object.keys(squares).join(" "));
  const { lower, upper } = record(c.largest, "lower upper");
  const covers = (stated: unknown, residual: Q): boolean => {
    const bound = rational(stated);
    return bound.n >= 0n && compare(squared(bound), residual) >= 0;
  };
  for (const [name, residual] of Object.entries(squares)) {
    must(covers(parts[name], residual), `${name} is larger`);
    must(
      covers(upper, residual) && compare(rational(parts[name]), rational(upper)) <= 0,
      "above the upper bound of all",
    );
  }
  const from = rational(lower);
  must(
    from.n <= 0n || Object.values(squares).some((x) => compare(squared(from), add(x, q(1n, 1n << 400n))) <= 0),
    "no residual as large",
  );
}
