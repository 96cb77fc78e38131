/**
 * Sums of the l2 lengths of groups of coefficients, and the largest length as the dual norm: fourier-l1 (each coefficient of
 * the unitary transform over all axes), group-l21 (the rows W[d,:] of a D x R predictor), fourier-l21 (the rows of its
 * transform along the first axis), l2 (one group), l1 (each entry) and its dual linf. All bins count, so a conjugate pair twice. Points are row major.
 * Cost: P^2 products of integers for a transform over P positions, times the channels.
 */
import {
  addFixed,
  FIXED_ONE,
  FIXED_ZERO,
  type Fixed,
  fixedDyadic,
  fixedFrom,
  lengthFixed,
  maxFixed,
  mulFixed,
  rootFixed,
  timesFixed,
} from "../fixed-interval.js";
import { q } from "../rational.js";
import { peakBits, type Turns, transformed, turnsOf } from "../spectrum.js";
import type { QVector } from "../vector.js";
import type { Enclosed, EnclosedNorm } from "./enclosed.js";

interface Group {
  readonly length: Fixed;
  readonly count: 1 | 2;
}

/** `factor` belongs to each coefficient. */
function blockNorm(factor: Fixed, groupsOf: (entries: readonly Fixed[]) => readonly Group[]): EnclosedNorm {
  const over = (v: QVector, start: Fixed, join: (sum: Fixed, group: Group) => Fixed): Enclosed => {
    const bits = peakBits(v);
    const value = groupsOf(v.n.map((x) => fixedDyadic(x, bits))).reduce(join, start);
    return { value: mulFixed(value, factor), unit: q(1n << bits, v.d) };
  };
  return {
    primal: (b) => over(b, FIXED_ZERO, (sum, { length, count }) => addFixed(sum, timesFixed(length, BigInt(count)))),
    dual: (z) => over(z, FIXED_ZERO, (most, { length }) => maxFixed(most, length)),
  };
}

/** Groups of `size` entries that follow each other; no transform. */
const plain = (size: number): EnclosedNorm =>
  blockNorm(FIXED_ONE, (entries) =>
    Array.from({ length: entries.length / size }, (_, g) => ({
      length: lengthFixed(...entries.slice(g * size, g * size + size)),
      count: 1,
    })),
  );

/** The transform over a grid of positions, for each of the `channels` at every position. */
function fourier(grid: readonly number[], channels: number): EnclosedNorm {
  const P = grid.reduce((a, n) => a * n, 1);
  let known: Turns | null = null; // the norm's own cosines, made once it is asked for
  return blockNorm(rootFixed(fixedFrom(q(1n, BigInt(P))), 2), (entries) => {
    known ??= turnsOf(P);
    const turns = known;
    const spectra = Array.from({ length: channels }, (_, r) =>
      transformed(
        Array.from({ length: P }, (_, g) => entries[g * channels + r]!),
        grid,
        turns,
      ),
    );
    return spectra[0]!.map(({ count }, k) => ({
      length: lengthFixed(...spectra.flatMap((s) => [s[k]!.re, s[k]!.im])),
      count,
    }));
  });
}

const dualOf = ({ primal, dual }: EnclosedNorm): EnclosedNorm => ({ primal: dual, dual: primal });

const product = (shape: readonly number[]): number => shape.reduce((a, n) => a * n, 1);

/** By the regularizer's name, for predictors of a shape. */
export const BLOCK_NORMS: Readonly<Record<string, (shape: readonly number[]) => EnclosedNorm>> = {
  l2: (shape) => plain(product(shape)),
  l1: () => plain(1),
  linf: () => dualOf(plain(1)),
  "group-l21": (shape) => plain(product(shape.slice(1))),
  "fourier-l1": (shape) => fourier(shape, 1),
  "fourier-l21": (shape) => fourier(shape.slice(0, 1), product(shape.slice(1))),
};
