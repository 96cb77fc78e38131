/**
 * Rigorous enclosures of a rational vector's coefficients, R^D -> C^(D/2+1) or R^D: the discrete Fourier transform on the
 * circle or a grid, not normalized (sum_j b_j e^(-2 pi i jk/D); the unitary one is D^(-1/2) times it), one of each conjugate
 * pair with its multiplicity, or the signal itself. The vector is first scaled by a power of two to entries of about 1, so that only
 * its direction is kept. Cost: D cosines of 240 bits and D^2 products of integers, one rounding a
 * coefficient.
 */
import {
  FIXED_ONE,
  FIXED_ZERO,
  type Fixed,
  fixedAround,
  fixedDyadic,
  fixedInterval,
  lengthFixed,
  subFixed,
} from "./fixed-interval.js";
import { cosOfTurn, sinOfTurn } from "./turn.js";
import type { QVector } from "./vector.js";

export type CoefficientSpace = "fourier" | "signal";

export interface Coefficient {
  readonly re: Fixed;
  readonly im: Fixed;
  /** How many of all D coefficients are this one or its conjugate. */
  readonly count: 1 | 2;
}

/** The power of two above the largest entry, as its exponent: coefficients() divides by it. */
export const peakBits = ({ n }: QVector): bigint =>
  BigInt(n.reduce((a, x) => (x > a ? x : -x > a ? -x : a), 1n).toString(2).length);

/** cos and sin of j/D of a turn. */
export interface Turns {
  readonly cos: readonly Fixed[];
  readonly sin: readonly Fixed[];
}

export function turnsOf(D: number): Turns {
  const [cos, sin]: [Fixed[], Fixed[]] = [[], []];
  for (let j = 0; 2 * j <= D; j++) {
    cos[j] = fixedInterval(cosOfTurn(BigInt(j), BigInt(D)));
    sin[j] = fixedInterval(sinOfTurn(BigInt(j), BigInt(D)));
  }
  for (let j = cos.length; j < D; j++) {
    cos[j] = cos[D - j]!;
    sin[j] = subFixed(FIXED_ZERO, sin[D - j]!);
  }
  return { cos, sin };
}

/** Lower ends, and by how much the numbers may be above them. */
function lowerEnds(values: readonly Fixed[]): { readonly ends: readonly bigint[]; readonly width: bigint } {
  return {
    ends: values.map((x) => x.lo),
    width: values.reduce((most, { lo, hi }) => (hi - lo > most ? hi - lo : most), 0n),
  };
}

/**
 * Positions of a grid as turns: j and k of a row-major grid of P points make jk of P turns, sum_i j_i k_i P / n_i mod P.
 * One axis is the plain jk mod P.
 */
function turnsBetween(grid: readonly number[]): (k: number) => (j: number) => number {
  const P = grid.reduce((a, n) => a * n, 1);
  if (grid.length === 1) return (k) => (j) => (j * k) % P;
  const digits = Array.from({ length: P }, (_, j) => digitsOf(j, grid));
  return (k) => {
    const steps = digits[k]!.map((d, i) => d * (P / grid[i]!));
    return (j) => digits[j]!.reduce((sum, d, i) => sum + d * steps[i]!, 0) % P;
  };
}

function digitsOf(j: number, grid: readonly number[]): number[] {
  const digits = new Array<number>(grid.length);
  let rest = j;
  for (let i = grid.length - 1; i >= 0; i--) {
    digits[i] = rest % grid[i]!;
    rest = Math.floor(rest / grid[i]!);
  }
  return digits;
}

export interface Bin {
  readonly k: number;
  /** 1 where the bin is its own conjugate, of the transform of a real signal. */
  readonly count: 1 | 2;
}

/** One of each conjugate pair of the transform over a grid, by row-major index; on a circle 0 ... D/2. */
export function binsOf(grid: readonly number[]): Bin[] {
  const P = grid.reduce((a, n) => a * n, 1);
  const bins: Bin[] = [];
  for (let k = 0; k < P; k++) {
    const conjugate = digitsOf(k, grid).reduce((at, d, i) => at * grid[i]! + ((grid[i]! - d) % grid[i]!), 0);
    if (conjugate >= k) bins.push({ k, count: conjugate === k ? 1 : 2 });
  }
  return bins;
}

/**
 * sum_j x_j t_(jk mod D) for |x_j|, |t_j| <= 1. With x_j = X + e, t = C + f, 0 <= e <= dx, 0 <= f <= dt and |X|, |C| <= u + 1 in
 * units of 1/u, the sum of the X C is off by at most (u + 1)(dx + dt) + dx dt a term.
 */
function turnedSum(
  x: readonly Fixed[],
  turns: readonly Fixed[],
  between: (k: number) => (j: number) => number,
): (k: number) => Fixed {
  const [a, t] = [lowerEnds(x), lowerEnds(turns)];
  const D = a.ends.length;
  const slack = BigInt(D) * ((FIXED_ONE.lo + 1n) * (a.width + t.width) + a.width * t.width);
  return (k) => {
    const turn = between(k);
    let sum = 0n;
    for (let j = 0; j < D; j++) sum += a.ends[j]! * t.ends[turn(j)]!;
    return fixedAround(sum, slack);
  };
}

/** `turns` (of the number of entries) may be given where several transforms of one length are made. */
export function coefficients(
  b: QVector,
  space: CoefficientSpace,
  turns: Turns | null = space === "fourier" ? turnsOf(b.n.length) : null,
): Coefficient[] {
  const bits = peakBits(b);
  const entries = b.n.map((x) => fixedDyadic(x, bits));
  if (turns === null) return entries.map((re) => ({ re, im: FIXED_ZERO, count: 1 }));
  return transformed(entries, [entries.length], turns);
}

/** The transform of a real signal on a grid, row major, with entries of at most 1; one of each conjugate pair (binsOf). */
export function transformed(entries: readonly Fixed[], grid: readonly number[], turns: Turns): Coefficient[] {
  const between = turnsBetween(grid);
  const [re, im] = [turnedSum(entries, turns.cos, between), turnedSum(entries, turns.sin, between)];
  return binsOf(grid).map(({ k, count }) => ({
    re: re(k),
    im: count === 1 ? FIXED_ZERO : subFixed(FIXED_ZERO, im(k)),
    count,
  }));
}

/** |c|. */
export const modulus = ({ re, im }: Coefficient): Fixed => lengthFixed(re, im);
