/**
 * A x = b for large square integer matrices, exactly: A^-1 modulo a prime of one word, then the digits of x to the base of that
 * prime, one after the other, from residuals that stay short (Dixon 1982); the rationals are read off the digits and are
 * accepted only if A x = b holds exactly. Cost: n^3 products of doubles once, some n^2 for each digit, and n times their
 * bits / 22 digits: for n = 100 rows of 50 bits about a hundredth of the work of fraction-free elimination.
 */
import { invertModulo, primeBelow, primeBits, residue } from "./modular.js";
import { ceilLog2, dotExact, EXACT_BITS, entryBits, splitRows } from "./planes.js";
import { bitLength, integerPower } from "./rational.js";
import { vectorFromResidues } from "./reconstruct.js";
import { dotIntegers, type QVector } from "./vector.js";

type Matrix = readonly (readonly bigint[])[];

/** A matrix that is regular is singular modulo more of them with a probability below 2^-60. */
const PRIMES = 3;
/** Parts of the digits that are surely enough after which shorter answers are tried. */
const TRIALS = [0.25, 0.5, 0.75, 1] as const;

/** Digits of x to the base p, one vector each, without end. */
function* digitsOf(A: Matrix, b: readonly bigint[], inverse: Float64Array, p: number): Generator<Float64Array> {
  const n = A.length;
  const P = BigInt(p);
  const width = EXACT_BITS - ceilLog2(n) - bitLength(P);
  const parts = splitRows(A, width);
  let rest = [...b];
  for (;;) {
    const r = Float64Array.from(rest, (x) => residue(x, P));
    const x = new Float64Array(n);
    for (let i = 0; i < n; i++) x[i] = dotExact(inverse, i * n, r, 0, n) % p;
    yield x;
    rest = rest.map((value, i) => {
      let product = 0n;
      for (let k = parts.length - 1; k >= 0; k--)
        product = (product << BigInt(width)) + BigInt(dotExact(parts[k]!, i * n, x, 0, n));
      return (value - product) / P;
    });
  }
}

/**
 * digitsOf in doubles alone, for A of two parts, A = high U + low, and residuals kept alike; null where they are longer. What
 * is left of the high part modulo p goes to the low one, whose quotient is then an integer.
 */
function shortDigitsOf(
  A: Matrix,
  b: readonly bigint[],
  inverse: Float64Array,
  p: number,
): Generator<Float64Array> | null {
  const n = A.length;
  const width = EXACT_BITS - SPARE - ceilLog2(n) - bitLength(BigInt(p));
  if (entryBits([...A, b]) > 2 * width) return null;
  const [low, high] = [...splitRows(A, width), new Float64Array(n * n)];
  const unit = 1 << width;
  const h = Float64Array.from(b, (x) => Number(x >> BigInt(width)));
  const l = Float64Array.from(b, (x) => Number(BigInt.asUintN(width, x)));
  const r = new Float64Array(n);
  return (function* digits() {
    for (;;) {
      for (let i = 0; i < n; i++) {
        const rest = ((h[i]! % p) * (unit % p) + l[i]!) % p;
        r[i] = rest < 0 ? rest + p : rest;
      }
      const x = new Float64Array(n);
      for (let i = 0; i < n; i++) x[i] = dotExact(inverse, i * n, r, 0, n) % p;
      yield x;
      for (let i = 0; i < n; i++) {
        const above = h[i]! - dotExact(high!, i * n, x, 0, n);
        const left = above % p;
        h[i] = (above - left) / p;
        l[i] = (left * unit + (l[i]! - dotExact(low!, i * n, x, 0, n))) / p;
      }
    }
  })();
}

/** Bits that sums of two exact sums need. */
const SPARE = 2;

/** sum_k digits_k[i] p^k for k in [from, to), by halves; `powers[j]` is p^(2^j). */
function valueAt(
  digits: readonly Float64Array[],
  i: number,
  from: number,
  to: number,
  powers: readonly bigint[],
): bigint {
  if (to - from === 1) return BigInt(digits[from]![i]!);
  const j = ceilLog2(to - from) - 1;
  const middle = from + (1 << j);
  return valueAt(digits, i, from, middle, powers) + valueAt(digits, i, middle, to, powers) * powers[j]!;
}

function powersOf(p: bigint, count: number): bigint[] {
  const powers = [p];
  for (let j = 1; 1 << j < count; j++) powers.push(powers[j - 1]! * powers[j - 1]!);
  return powers;
}

/** Bits of numerators and denominators by Hadamard's inequality. */
function hadamardBits(A: Matrix, b: readonly bigint[]): number {
  return A.reduce((bits, row, i) => bits + bitLength(dotIntegers(row, row) + b[i]! * b[i]!) / 2, 0);
}

/** The solution over one denominator, not reduced; null where A is singular, or seems so modulo every prime tried. */
export function solveByLifting(A: Matrix, b: readonly bigint[]): QVector | null {
  const n = A.length;
  let p = 1 << primeBits(n);
  for (let attempt = 0; attempt < PRIMES; attempt++) {
    p = primeBelow(p);
    const P = BigInt(p);
    const inverse = Float64Array.from(A.flatMap((row) => row.map((x) => residue(x, P))));
    if (!invertModulo(inverse, n, p)) continue;
    const most = Math.ceil((2 * hadamardBits(A, b) + 2 + 64) / (bitLength(P) - 1));
    const digits: Float64Array[] = [];
    const source = shortDigitsOf(A, b, inverse, p) ?? digitsOf(A, b, inverse, p);
    for (const part of TRIALS) {
      while (digits.length < Math.max(1, part * most)) digits.push(source.next().value as Float64Array);
      const powers = powersOf(P, digits.length);
      const x = vectorFromResidues(
        n,
        (i) => valueAt(digits, i, 0, digits.length, powers),
        integerPower(P, digits.length),
      );
      if (x !== null && A.every((row, i) => dotIntegers(row, x.n) === b[i]! * x.d)) return x;
    }
    throw new Error("lifting: the digits of a regular system give no solution (an internal fault)");
  }
  return null;
}

/** Whether the digits of a solution cost less than fraction-free elimination. */
export const worthLifting = (A: Matrix): boolean => A.length >= 12 && entryBits(A) <= 4096;
