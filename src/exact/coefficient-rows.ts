/**
 * Rational vectors, R^D -> R or C blocks: enclosures of their unitary Fourier coefficients on the circle,
 * D^(-1/2) sum_j b_j e^(-2 pi i jk/D), one of each conjugate pair (k = 0 ... D/2) with its multiplicity, or of the signal's own
 * entries; in the unit of the data, unlike exact/spectrum.ts. And integer rows whose rational dependences are those of the
 * coefficients on a support: residues modulo the cyclotomic polynomials of its frequencies' orders, for sum_j b_j x^j at a
 * root of unity w of order m is a rational image of b mod Phi_m, and 0 only with it. Cost: D products a coefficient.
 */
import { divFixed, type Fixed, fixedFrom, mulFixed, rootFixed } from "./fixed-interval.js";
import { gcd, q } from "./rational.js";
import { type CoefficientSpace, turnsOf } from "./spectrum.js";
import { cyclotomicPolynomial, divideMonic } from "./univariate.js";
import type { QVector } from "./vector.js";

/** One coefficient up to conjugation. */
export interface Block {
  readonly index: number;
  /** How many of all D coefficients are this one or its conjugate. */
  readonly count: 1 | 2;
  /** Real parts: 1 for what is always real, else 2. */
  readonly parts: 1 | 2;
}

export function blocksOf(space: CoefficientSpace, D: number): Block[] {
  if (space === "signal") return Array.from({ length: D }, (_, index) => ({ index, count: 1, parts: 1 }));
  return Array.from({ length: Math.floor(D / 2) + 1 }, (_, index) =>
    (2 * index) % D === 0 ? { index, count: 1, parts: 1 } : { index, count: 2, parts: 2 },
  );
}

export interface CoefficientReader {
  readonly blocks: readonly Block[];
  /** The parts (real, or real and imaginary) of one coefficient. */
  read(v: QVector, block: Block): readonly Fixed[];
}

export function coefficientReader(space: CoefficientSpace, D: number): CoefficientReader {
  const blocks = blocksOf(space, D);
  const entry = (n: bigint, d: bigint): Fixed => fixedFrom({ n, d });
  if (space === "signal") return { blocks, read: (v, { index }) => [entry(v.n[index]!, v.d)] };
  const { cos, sin } = turnsOf(D);
  const root = rootFixed(fixedFrom(q(BigInt(D))), 2);
  /** sum_j n_j t_(jk mod D) / d / sqrt(D); the sum is exact in units of 2^-240 but for the width of the turns. */
  const sum = (v: QVector, k: number, turns: readonly Fixed[]): Fixed => {
    let [lo, hi] = [0n, 0n];
    v.n.forEach((x, j) => {
      const turn = turns[(j * k) % D]!;
      [lo, hi] = x < 0n ? [lo + x * turn.hi, hi + x * turn.lo] : [lo + x * turn.lo, hi + x * turn.hi];
    });
    return divFixed(mulFixed({ lo, hi }, entry(1n, v.d)), root)!;
  };
  return {
    blocks,
    read: (v, { index, parts }) => {
      const re = sum(v, index, cos);
      if (parts === 1) return [re];
      const im = sum(v, index, sin);
      return [re, { lo: -im.hi, hi: -im.lo }];
    },
  };
}

/** Rational rows that depend on each other as the coefficients on the support do, over Q: their length, and one from a row. */
export interface Restriction {
  readonly length: number;
  of(row: readonly bigint[]): readonly bigint[];
}

export function restriction(space: CoefficientSpace, D: number, support: readonly number[]): Restriction {
  if (space === "signal") return { length: support.length, of: (row) => support.map((k) => row[k]!) };
  const orders = [...new Set(support.map((k) => D / Number(gcd(BigInt(D), BigInt(k)))))];
  const moduli = orders.map((m) => cyclotomicPolynomial(m));
  return {
    length: moduli.reduce((sum, phi) => sum + phi.length - 1, 0),
    of: (row) =>
      moduli.flatMap((phi) => {
        const { remainder } = divideMonic(row, phi);
        return Array.from({ length: phi.length - 1 }, (_, i) => remainder[i] ?? 0n);
      }),
  };
}

export const restrictedRows = (
  rows: readonly (readonly bigint[])[],
  space: CoefficientSpace,
  support: readonly number[],
): (readonly bigint[])[] => rows.map(restriction(space, rows[0]!.length, support).of);
