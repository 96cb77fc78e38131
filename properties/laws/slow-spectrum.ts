/**
 * Coefficients of a predictor, residuals of a bridge penalty and norms, R^D -> R, by other means than src/exact has: all D
 * frequencies, turns by the series of e^(it) with pi as Gauss has it (1863), powers as exp(a log x). For truth.ts. Fixed
 * point of 2^-800, relative to the largest entry. Nothing is enclosed, and errors are far below what a judge resolves.
 * Cost: about a millisecond for D < 10.
 */
import { compare, div, floorSqrt, ONE, type Q, q, sub, ZERO } from "../../src/exact/rational.js";

const BITS = 800n;
export const UNIT = 1n << BITS;
export const times = (a: bigint, b: bigint): bigint => (a * b) >> BITS;
export const over = (a: bigint, b: bigint): bigint => (a << BITS) / b;
const most = (values: readonly bigint[]): bigint => values.reduce((a, b) => (b > a ? b : a), 0n);

export interface Complex {
  readonly re: bigint;
  readonly im: bigint;
}
const product = (a: Complex, b: Complex): Complex => ({
  re: times(a.re, b.re) - times(a.im, b.im),
  im: times(a.re, b.im) + times(a.im, b.re),
});
export const size = ({ re, im }: Complex): bigint => floorSqrt(re * re + im * im);

/** sum_i sign^i x^-(2i+1) / (2i+1): arctan(1/x) for sign -1, artanh(1/x) for 1; x = a/b. */
function inverseSeries(a: bigint, b: bigint, sign: 1n | -1n): bigint {
  let [power, sum] = [(UNIT * b) / a, 0n];
  for (let k = 1n; power !== 0n; k += 2n) {
    sum += power / k;
    power = (sign * power * b * b) / (a * a);
  }
  return sum;
}

const PI = 48n * inverseSeries(18n, 1n, -1n) + 32n * inverseSeries(57n, 1n, -1n) - 20n * inverseSeries(239n, 1n, -1n);
const LN2 = 2n * inverseSeries(3n, 1n, 1n);

/** e^(it). */
function onCircle(t: bigint): Complex {
  let [re, im, x, y] = [0n, 0n, UNIT, 0n];
  for (let k = 1n; x !== 0n || y !== 0n; k++) {
    [re, im] = [re + x, im + y];
    [x, y] = [-(y * t) / (UNIT * k), (x * t) / (UNIT * k)];
  }
  return { re, im };
}

/** x^-a for 0 < x <= 1 and a >= 0, as exp(-a log x). */
export function inversePower(x: bigint, a: Q): bigint {
  const shift = BITS + 1n - BigInt(x.toString(2).length);
  const m = x << shift; // in [1, 2]
  const log = 2n * inverseSeries(m + UNIT, m - UNIT, 1n) - shift * LN2;
  const exponent = (-log * a.n) / a.d;
  const whole = exponent / LN2;
  const rest = exponent - whole * LN2;
  let [term, sum] = [UNIT, 0n];
  for (let k = 1n; term !== 0n; k++) {
    sum += term;
    term = (term * rest) / (UNIT * k);
  }
  return sum << whole;
}

export type Space = "fourier" | "signal";

/** e^(-2 pi i j / n), j < n. */
function turnsOf(n: number): Complex[] {
  const step = onCircle((-2n * PI) / BigInt(n));
  const turns: Complex[] = [{ re: UNIT, im: 0n }];
  for (let j = 1; j < n; j++) turns.push(product(turns[j - 1]!, step));
  return turns;
}

/** The transform of a row-major array of `shape` along one axis. */
function alongAxis(values: readonly Complex[], shape: readonly number[], axis: number): Complex[] {
  const n = shape[axis]!;
  const stride = shape.slice(axis + 1).reduce((a, m) => a * m, 1);
  const turns = turnsOf(n);
  return values.map((_, at) => {
    const k = Math.floor(at / stride) % n;
    const first = at - k * stride;
    let [re, im] = [0n, 0n];
    for (let j = 0; j < n; j++) {
      const term = product(values[first + j * stride]!, turns[(j * k) % n]!);
      re += term.re;
      im += term.im;
    }
    return { re, im };
  });
}

/** All coefficients over the largest entry, not normalized, along the first `axes` axes. */
export function coefficientsOf(
  v: readonly Q[],
  shape: readonly number[],
  axes: number,
): { readonly all: readonly Complex[]; readonly peak: Q } {
  const peak = v.map((x): Q => (x.n < 0n ? { n: -x.n, d: x.d } : x)).reduce((a, b) => (compare(b, a) > 0 ? b : a));
  let all = v.map((x): Complex => ({ re: peak.n === 0n ? 0n : (x.n * peak.d * UNIT) / (x.d * peak.n), im: 0n }));
  for (let axis = 0; axis < axes; axis++) all = alongAxis(all, shape, axis);
  return { all, peak };
}

/** How many axes are transformed, and how many are one index each of what is summed; the rest is a group. */
const AXES: Readonly<Record<string, (axes: number) => readonly [transformed: number, summed: number]>> = {
  l2: () => [0, 0],
  "group-l21": () => [0, 1],
  "fourier-l1": (axes) => [axes, axes],
  "fourier-l21": () => [1, 1],
};

/** |v|_p and |v|_p/(p-1) as (sum x^a)^(1/a), powers as exp(a log x). */
function powerNormsOf(v: readonly Q[], p: Q): { readonly sum: Q; readonly largest: Q; readonly places: bigint } {
  const { all, peak } = coefficientsOf(v, [v.length], 0);
  const norm = (a: Q): Q => {
    const terms = all
      .map(({ re }) => (re < 0n ? -re : re))
      .map((x) => (x === 0n ? 0n : over(UNIT, inversePower(x, a))));
    const total = terms.reduce((s, x) => s + x, 0n);
    if (total === 0n) return ZERO;
    // total is between 1 and D: over it, its inverse is at most 1.
    return q(inversePower(over(UNIT, total), div(ONE, a)) * peak.n, UNIT * peak.d);
  };
  return { sum: norm(p), largest: norm(div(p, sub(p, ONE))), places: 1n };
}

/** The exponent of "lp:n/d", above 1 and in lowest terms; null for other names. */
function exponentOf(regularizer: string): Q | null {
  const [, n, d] = /^lp:([1-9][0-9]*)(?:\/([1-9][0-9]*))?$/.exec(regularizer) ?? [];
  if (n === undefined) return null;
  const p = q(BigInt(n), BigInt(d ?? "1"));
  return compare(p, ONE) > 0 && p.n <= 64n && regularizer === `lp:${p.n}${p.d === 1n ? "" : `/${p.d}`}` ? p : null;
}

/** Sum and largest of the lengths of groups of unitary coefficients, each times the root of `places`; null for other names. */
export function normsOf(
  v: readonly Q[],
  regularizer: string,
  shape: readonly number[] = [v.length],
): { readonly sum: Q; readonly largest: Q; readonly places: bigint } | null {
  const p = exponentOf(regularizer);
  if (p !== null) return powerNormsOf(v, p);
  const [transformed, summed] = AXES[regularizer]?.(shape.length) ?? [-1, -1];
  if (transformed < 0) return null;
  const { all, peak } = coefficientsOf(v, shape, transformed);
  const group = shape.slice(summed).reduce((a, n) => a * n, 1);
  const sizes: bigint[] = [];
  for (let at = 0; at < all.length; at += group)
    sizes.push(floorSqrt(all.slice(at, at + group).reduce((s, { re, im }) => s + re * re + im * im, 0n)));
  const actual = (x: bigint): Q => q(x * peak.n, UNIT * peak.d);
  const places = BigInt(shape.slice(0, transformed).reduce((a, n) => a * n, 1));
  return { sum: actual(sizes.reduce((a, b) => a + b, 0n)), largest: actual(most(sizes)), places };
}

export interface SlowResiduals {
  readonly offSupport: Q;
  readonly dualDomain: Q;
  readonly stationarity: Q;
}

/** What counts as 0 in fixed point. */
const NOTHING = UNIT >> 400n;

/**
 * The residuals of b and z that need their coefficients; `inside` tells the support among all D. Null where a coefficient of
 * the support is 0 (for p < 2) or no kappa > 0 exists.
 */
export function slowResiduals(
  [beta, combined]: readonly [readonly Q[], readonly Q[]],
  space: Space,
  p: Q,
  inside: (k: number) => boolean,
): SlowResiduals | null {
  const of = (v: readonly Q[]): readonly Complex[] => coefficientsOf(v, [v.length], space === "fourier" ? 1 : 0).all;
  const [b, z] = [of(beta), of(combined)];
  const largest = most(b.map(size));
  const smooth = compare(p, q(2n)) === 0;
  let [along, targets, gradients, outside, outer] = [0n, 0n, 0n, 0n, 0n];
  for (const [k, c] of b.entries()) {
    if (!inside(k)) {
      outside = most([outside, size(c)]);
      outer = most([outer, size(z[k]!)]);
      continue;
    }
    const share = largest === 0n ? 0n : over(size(c), largest);
    if (!smooth && share <= NOTHING) return null;
    const weight = smooth ? UNIT : inversePower(share, sub(q(2n), p));
    const t: Complex = { re: times(over(c.re, largest), weight), im: times(over(c.im, largest), weight) };
    along += times(t.re, z[k]!.re) + times(t.im, z[k]!.im);
    targets += times(t.re, t.re) + times(t.im, t.im);
    gradients += times(z[k]!.re, z[k]!.re) + times(z[k]!.im, z[k]!.im);
  }
  if (along <= NOTHING || targets <= NOTHING || gradients <= NOTHING) return null;
  const ratio = q(over(outer, over(along, targets)), UNIT);
  const cosine = div(q(along * along), q(targets * gradients));
  const sine = compare(cosine, ONE) >= 0 ? 0n : floorSqrt(((cosine.d - cosine.n) << (2n * BITS)) / cosine.d);
  return {
    offSupport: q(outside, largest),
    dualDomain: compare(p, ONE) === 0 && compare(ratio, ONE) > 0 ? sub(ratio, ONE) : ZERO,
    stationarity: q(sine, UNIT),
  };
}
