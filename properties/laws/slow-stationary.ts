/**
 * The truth of a `stationary-point` certificate by other means than src/exact has: the conditions solved for the multipliers
 * alone, over all D frequencies, with powers as exp(a log x) in fixed point of 2^-800 (slow-spectrum.ts) and steps by an
 * inverse in doubles, from the stated center. What it finds must be in the box, meet all conditions, and be as near and as
 * large as stated. That nothing else is in the box is not settled here. Cost: some ten powers a coefficient.
 */
import { compare, floorSqrt, mul, ONE, ofNumber, type Q, q, sign, sub, toNumber } from "../../src/exact/rational.js";
import { absolute, list, must, type Part, rational, record, vector } from "./parts.js";
import { type Complex, coefficientsOf, inversePower, over, size, times, UNIT } from "./slow-spectrum.js";

const fixed = (x: Q): bigint => (x.n * UNIT) / x.d;
const exact = (x: bigint): Q => q(x, UNIT);
const near = (x: bigint): number => toNumber(exact(x));
/** Up to what fixed point leaves of a number and of 1. */
const atMost = (a: Q, b: Q): boolean =>
  compare(sub(a, b), mul(q(1n, 1n << 250n), compare(absolute(b), ONE) > 0 ? absolute(b) : ONE)) <= 0;

/** x^a for x > 0 and a rational a of either sign. */
function powered(x: bigint, a: Q): bigint {
  const small = x <= UNIT;
  const power = inversePower(small ? x : over(UNIT, x), absolute(a)); // of a number in (0, 1], to -|a|
  return small === a.n < 0n ? power : over(UNIT, power);
}

/** Unitary coefficients, all of them, or the entries. */
function coefficients(v: readonly Q[], fourier: boolean): Complex[] {
  const { all, peak } = coefficientsOf(v, [v.length], fourier ? 1 : 0);
  const root = fourier ? floorSqrt(BigInt(v.length) * UNIT * UNIT) : UNIT;
  const unit = over(fixed(peak), root);
  return all.map(({ re, im }) => ({ re: times(re, unit), im: times(im, unit) }));
}

/** Solves A x = b in doubles, with row pivots. */
function solved(A: readonly (readonly number[])[], b: readonly number[]): number[] {
  const n = b.length;
  const M = A.map((row, i) => [...row, b[i]!]);
  for (let k = 0; k < n; k++) {
    const best = M.slice(k).reduce((at, row, i) => (Math.abs(row[k]!) > Math.abs(M[at]![k]!) ? k + i : at), k);
    [M[k], M[best]] = [M[best]!, M[k]!];
    for (let i = 0; i < n; i++) {
      const f = M[i]![k]! / M[k]![k]!;
      if (i !== k) M[i] = M[i]!.map((x, j) => (j < k ? x : x - f * M[k]![j]!));
    }
  }
  return M.map((row, i) => row[n]! / row[i]!);
}

interface State {
  readonly b: readonly Complex[];
  readonly margins: readonly bigint[];
  /** Slopes of the active margins in the active multipliers. */
  readonly slopes: readonly (readonly number[])[];
}

/** What multipliers make of the coefficients inside. */
function stateOf(z: readonly (readonly Complex[])[], active: readonly number[], alpha: readonly bigint[], p: Q): State {
  const e = q(-p.d, p.d - p.n); // -1 / (1 - p)
  const K = z[0]!.length;
  const g = Array.from({ length: K }, (_, k) =>
    active.reduce(
      (sum, n, j) => ({ re: sum.re + times(alpha[j]!, z[n]![k]!.re), im: sum.im + times(alpha[j]!, z[n]![k]!.im) }),
      { re: 0n, im: 0n },
    ),
  );
  const lengths = g.map(size);
  must(
    lengths.every((x) => x >> 400n > 0n),
    "a coefficient of the support without a gradient",
  );
  const ratio = lengths.map((x) => over(powered(over(x * p.d, UNIT * p.n), e), x));
  const b = g.map(({ re, im }, k) => ({ re: times(re, ratio[k]!), im: times(im, ratio[k]!) }));
  const margins = z.map((row) => row.reduce((s, c, k) => s + times(c.re, b[k]!.re) + times(c.im, b[k]!.im), 0n));
  const along = active.map((n) =>
    z[n]!.map((c, k) => near(over(times(c.re, g[k]!.re) + times(c.im, g[k]!.im), lengths[k]!))),
  );
  const factor = 1 + near(over(UNIT * p.d, UNIT * (p.d - p.n)));
  const slopes = active.map((n, i) =>
    active.map((m, j) =>
      z[n]!.reduce((s, c, k) => {
        const other = z[m]![k]!;
        const inner = near(times(c.re, other.re) + times(c.im, other.im));
        return s + near(ratio[k]!) * (inner - factor * along[i]![k]! * along[j]![k]!);
      }, 0),
    ),
  );
  return { b, margins, slopes };
}

const STEPS = 60;
/** A residual below 2^-420 is none. */
const NOTHING = UNIT >> 420n;

function indices(value: unknown, below: number): number[] {
  const all = list(value);
  all.forEach((k, i) => {
    must(Number.isInteger(k) && (k as number) >= 0 && (k as number) < below, "an index that there is not");
    must(i === 0 || (k as number) > (all[i - 1] as number), "indices out of order");
  });
  return all as number[];
}

export function checkStationary(c: Part, points: readonly Q[][], shape: readonly number[]): void {
  record(c, "kind data penalty support active center radius reached distance objective");
  const { space, p: exponent } = record(c.penalty, "space p");
  must(space === "fourier" || space === "signal", "an unknown space");
  const fourier = space === "fourier";
  must(!fourier || shape.length === 1, "a grid");
  const p = rational(exponent);
  must(p.n > 0n && compare(p, ONE) < 0, "an exponent outside (0, 1)");
  const D = points[0]!.length;
  const support = indices(c.support, fourier ? Math.floor(D / 2) + 1 : D);
  const active = indices(c.active, points.length);
  const parts = support.map((k) => (fourier && (2 * k) % D !== 0 ? 2 : 1));
  const size0 = parts.reduce((a, b) => a + b, 0);
  const center = vector(c.center, size0 + active.length);
  const radius = rational(c.radius);
  must(radius.n > 0n, "a box without inside");
  const reached = vector(c.reached, D);
  const inside = Array.from({ length: D }, (_, k) => k).filter((k) =>
    support.includes(fourier ? Math.min(k, D - k) : k),
  );
  const z = points.map((x) => {
    const all = coefficients(x, fourier);
    return inside.map((k) => all[k]!);
  });

  let alpha = center.slice(size0).map(fixed);
  let state = stateOf(z, active, alpha, p);
  for (let step = 0; ; step++) {
    const off = active.map((n) => UNIT - state.margins[n]!);
    if (off.every((x) => x < NOTHING && x > -NOTHING)) break;
    must(step < STEPS, "no point near the center");
    const scaled = state.slopes.map((row) => row.map((s, j) => s * near(alpha[j]!)));
    const move = solved(scaled, off.map(near));
    must(
      move.every((x) => Math.abs(x) < 0.9),
      "no point near the center",
    );
    alpha = alpha.map((a, j) => a + times(a, fixed(ofNumber(move[j]!))));
    state = stateOf(z, active, alpha, p);
  }

  must(
    alpha.every((a) => a > 0n),
    "a multiplier that is not above 0",
  );
  must(
    state.margins.every((m) => m >= UNIT - (UNIT >> 300n)),
    "a margin below 1",
  );
  let at = 0;
  support.forEach((k, i) => {
    const b = state.b[inside.indexOf(k)]!;
    const own = parts[i] === 2 ? [b.re, b.im] : [b.re];
    const stated = center.slice(at, at + own.length);
    const peak = stated.map(absolute).reduce((x, y) => (compare(y, x) > 0 ? y : x));
    own.forEach((x, j) => {
      must(atMost(absolute(sub(exact(x), stated[j]!)), mul(radius, peak)), "a coefficient outside the box");
    });
    at += own.length;
  });
  alpha.forEach((a, j) => {
    const stated = center[size0 + j]!;
    must(atMost(absolute(sub(exact(a), stated)), mul(radius, absolute(stated))), "a multiplier outside the box");
  });

  const all = coefficients(reached, fourier);
  let [away, whole, penalty] = [0n, 0n, 0n];
  all.forEach((r, k) => {
    const b = state.b[inside.indexOf(k)] ?? { re: 0n, im: 0n };
    const length = size(b);
    away += (r.re - b.re) * (r.re - b.re) + (r.im - b.im) * (r.im - b.im);
    whole += length * length;
    penalty += length === 0n ? 0n : powered(length, p);
  });
  const upper = rational(record(c.distance, "upper").upper);
  must(sign(upper) >= 0 && atMost(exact(over(floorSqrt(away), floorSqrt(whole))), upper), "a predictor farther away");
  const bounds = record(c.objective, "lower upper");
  must(atMost(rational(bounds.lower), exact(penalty)), "a penalty below the bound");
  must(atMost(exact(penalty), rational(bounds.upper)), "a penalty above the bound");
}
