/**
 * What a `smaller-penalty` certificate says, settled a second time: penalties from all D coefficients, powers as exp(a log x),
 * in fixed point of 2^-800 (slow-spectrum.ts), each vector over its largest entry. For truth.ts. Cost: some milliseconds.
 */
import { compare, floorSqrt, ONE, type Q, q, sub } from "../../src/exact/rational.js";
import { least, marginsOf, must, type Part, rational, record, shapeOf, square, vector } from "./parts.js";
import { coefficientsOf, inversePower, over, size, times, UNIT } from "./slow-spectrum.js";

interface Weighed {
  /** sum_k max(0, |b_k| - e)^p, times a constant that is the same for all vectors. */
  readonly sum: bigint;
  /** min_n m_n + |x_n| e. */
  readonly margin: bigint;
}

const fixed = (x: Q): bigint => (x.n * UNIT) / x.d;
const rootOf = (x: Q): bigint => floorSqrt((x.n * UNIT * UNIT) / x.d);

/** (a / b)^p. */
const ratioPower = (a: bigint, b: bigint, p: Q): bigint =>
  a <= b ? over(UNIT, inversePower(over(a, b), p)) : inversePower(over(b, a), p);

function weighed(points: readonly Q[][], v: readonly Q[], fourier: boolean, p: Q, errorBar: Q): Weighed {
  const { all, peak } = coefficientsOf(v, [v.length], fourier ? 1 : 0);
  const scaled = v.map((x) => q(x.n * peak.d, x.d * peak.n));
  const e = times(fixed(errorBar), rootOf(square(scaled)));
  const places = BigInt(v.length);
  const off = fourier ? times(e, floorSqrt(places * UNIT * UNIT)) : e;
  const sum = all.reduce((total, c) => {
    const rest = size(c) - off;
    return rest > 0n ? total + ratioPower(rest, places * UNIT, p) : total;
  }, 0n);
  const margins = marginsOf(points, scaled).map((m, n) => fixed(m) + times(e, rootOf(square(points[n]!))));
  return { sum, margin: margins.reduce((a, b) => (b < a ? b : a)) };
}

/** S(a) / S(b). */
const quotient = (a: Weighed, b: Weighed, p: Q): Q =>
  q(times(over(a.sum, b.sum), ratioPower(b.margin, a.margin, p)), UNIT);

/** Far below what the enclosures of a judge resolve. */
const NOTHING = q(1n, 1n << 150n);
const hardlyAbove = (a: Q, b: Q): boolean => compare(sub(a, b), NOTHING) <= 0;

export function checkSmallerPenalty(c: Part, points: readonly Q[][]): void {
  record(c, "kind data penalty reached errorBar witness gap");
  const { space, p: exponent } = record(c.penalty, "space p");
  must(space === "fourier" || space === "signal", "an unknown space");
  must(space === "signal" || shapeOf(c.data).length === 1, "frequencies of more than one circle");
  const p = rational(exponent);
  must(p.n > 0n, "an exponent that is not positive");
  const D = points[0]!.length;
  const [reached, witness] = [vector(c.reached, D, "no zero"), vector(c.witness, D, "no zero")];
  const errorBar = rational(c.errorBar);
  must(errorBar.n >= 0n, "a negative error bar");
  for (const b of [reached, witness]) must(least(marginsOf(points, b)).n > 0n, "a vector that does not separate");
  const fourier = space === "fourier";
  const of = (v: readonly Q[], bar: Q): Weighed => weighed(points, v, fourier, p, bar);
  const near = of(reached, errorBar);
  must(near.sum > 0n, "an error bar as large as the predictor");
  const gap = rational(record(c.gap, "lower").lower);
  must(gap.n > 0n && hardlyAbove(gap, sub(ONE, quotient(of(witness, q(0n)), near, p))), "a gap that there is not");
  const fall = sub(ONE, quotient(near, of(reached, q(0n)), p));
  must(hardlyAbove(q(10n * fall.n, fall.d), gap), "a gap of less than ten error bars");
}
