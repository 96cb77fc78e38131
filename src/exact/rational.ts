/**
 * Rationals on bigint, always in lowest terms with a positive denominator, so that equality is structural.
 * Doubles enter exactly (every finite double is dyadic) and leave correctly rounded (nearest, ties to even).
 * Cost: one gcd an operation.
 */
import { UseError } from "../kernel/use-error.js";

export interface Q {
  readonly n: bigint;
  readonly d: bigint;
}

const abs = (a: bigint): bigint => (a < 0n ? -a : a);

const SAFE_DOUBLE = Number.MAX_SAFE_INTEGER;
const SAFE = BigInt(SAFE_DOUBLE);
const SMALL = 0x40000000;
/** Below this, Euclid's algorithm on one or two machine words is as fast as anything. */
const LEHMER_FROM = 1n << 96n;
/** Bits of the leading parts: sums of them and of the cofactors stay exact in a double, and so does each quotient. */
const LEADING = 50;
const LARGEST_COFACTOR = 0x2000000;

/**
 * Lehmer 1938 (Knuth, algorithm L): whole runs of quotients of x >= y are read off the leading 50 bits. Euclid's algorithm
 * comes from (x, y) to (A x + B y, C x + D y); B = 0 where not one quotient is sure.
 */
export function cofactorsOf(
  x: bigint,
  y: bigint,
  bits = bitLength(x),
): readonly [A: number, B: number, C: number, D: number] {
  const shift = BigInt(bits - LEADING);
  let p = Number(x >> shift);
  let r = Number(y >> shift);
  let [A, B, C, D] = [1, 0, 0, 1];
  while (r + C > 0 && r + D > 0) {
    const quotient = Math.floor((p + A) / (r + C));
    if (quotient !== Math.floor((p + B) / (r + D))) break;
    const [nextC, nextD] = [A - quotient * C, B - quotient * D];
    if (Math.abs(nextC) > LARGEST_COFACTOR || Math.abs(nextD) > LARGEST_COFACTOR) break;
    [A, B, C, D, p, r] = [C, D, nextC, nextD, r, p - quotient * r];
  }
  return [A, B, C, D];
}

/** The greatest common divisor, >= 0. */
export function gcd(a: bigint, b: bigint): bigint {
  let x = abs(a);
  let y = abs(b);
  if (x < y) [x, y] = [y, x];
  if (y === 0n) return x;
  if (isPowerOfTwo(y)) return leastBit(x, y);
  if (isPowerOfTwo(x)) return leastBit(y, x);
  if (y > LEHMER_FROM) {
    [x, y] = [y, x % y];
    for (let bits = bitLength(x); y > LEHMER_FROM; bits = bitLength(x, bits)) {
      const [A, B, C, D] = cofactorsOf(x, y, bits);
      if (B === 0) [x, y] = [y, x % y];
      else [x, y] = [BigInt(A) * x + BigInt(B) * y, BigInt(C) * x + BigInt(D) * y];
    }
  }
  while (y > SAFE) [x, y] = [y, x % y];
  return y === 0n ? x : BigInt(gcdOfSafe(Number(y), Number(x % y)));
}

/** Of x > 0. */
export function isPowerOfTwo(x: bigint): boolean {
  const low = BigInt.asUintN(64, x); // tells most long numbers at once
  return (low === 0n || x === low) && (x & (x - 1n)) === 0n;
}

/** The largest power of two that divides x and `most`, a power of two. */
function leastBit(x: bigint, most: bigint): bigint {
  const low = x & (most - 1n);
  return low === 0n ? most : low & -low;
}

/** Euclid's algorithm where remainders of doubles are exact; as soon as both are small engines divide machine integers. */
function gcdOfSafe(a: number, b: number): number {
  let [x, y] = [a, b];
  while (x > SMALL && y !== 0) [x, y] = [y, x % y];
  if (y === 0) return x;
  let [i, j] = [x | 0, y | 0];
  while (j !== 0) [i, j] = [j, i % j];
  return i;
}

/** base^n for an integer n >= 0, exactly. */
export function integerPower(base: bigint, n: number): bigint {
  let value = 1n;
  for (let i = 0; i < n; i++) value *= base;
  return value;
}

/** n/d in lowest terms; throws UseError on d = 0. */
export function q(n: bigint, d = 1n): Q {
  if (d === 0n) throw new UseError("rational: expected a nonzero denominator, got 0");
  if (d === 1n) return { n, d };
  const g = gcd(n, d);
  const s = d < 0n ? -1n : 1n;
  return { n: (s * n) / g, d: (s * d) / g };
}

export const ZERO: Q = Object.freeze({ n: 0n, d: 1n });
export const ONE: Q = Object.freeze({ n: 1n, d: 1n });

// Integers, the usual case among polynomials, need no gcd.
const integral = (a: Q, b: Q): boolean => a.d === 1n && b.d === 1n;

export const add = (a: Q, b: Q): Q => (integral(a, b) ? { n: a.n + b.n, d: 1n } : q(a.n * b.d + b.n * a.d, a.d * b.d));
export const sub = (a: Q, b: Q): Q => q(a.n * b.d - b.n * a.d, a.d * b.d);
export const mul = (a: Q, b: Q): Q => (integral(a, b) ? { n: a.n * b.n, d: 1n } : q(a.n * b.n, a.d * b.d));
export const div = (a: Q, b: Q): Q => q(a.n * b.d, a.d * b.n);
export const neg = (a: Q): Q => ({ n: -a.n, d: a.d });
export const equals = (a: Q, b: Q): boolean => a.n === b.n && a.d === b.d;
export const sign = (a: Q): -1 | 0 | 1 => (a.n > 0n ? 1 : a.n < 0n ? -1 : 0);
export const compare = (a: Q, b: Q): -1 | 0 | 1 => {
  const t = a.n * b.d - b.n * a.d;
  return t > 0n ? 1 : t < 0n ? -1 : 0;
};

const PATTERN = /^(0|-?[1-9][0-9]*)(?:\/([1-9][0-9]*))?$/;

/** Reads "p" or "p/q"; `null` when the text is neither (a judge must not throw on bad input). */
export function parseQ(text: unknown): Q | null {
  if (typeof text !== "string") return null;
  const m = PATTERN.exec(text);
  return m === null ? null : q(BigInt(m[1]!), m[2] === undefined ? 1n : BigInt(m[2]));
}

export const showQ = (a: Q): string => (a.d === 1n ? a.n.toString() : `${a.n}/${a.d}`);

const bits = new DataView(new ArrayBuffer(8));

/** The exact value of a finite double; throws UseError on NaN and infinities. */
export function ofNumber(x: number): Q {
  if (!Number.isFinite(x)) throw new UseError(`rational: expected a finite number, got ${x}`);
  if (Number.isInteger(x)) return { n: BigInt(x), d: 1n };
  bits.setFloat64(0, x);
  const word = bits.getBigUint64(0);
  const biased = (word >> 52n) & 0x7ffn;
  const fraction = word & 0xfffffffffffffn;
  const mantissa = biased === 0n ? fraction : fraction | 0x10000000000000n;
  const shift = 1075n - (biased === 0n ? 1n : biased); // x = mantissa / 2^shift; positive since x is no integer
  const common = mantissa & -mantissa; // the gcd with any larger power of two
  return { n: (x < 0 ? -mantissa : mantissa) / common, d: (1n << shift) / common };
}

/** Integers of fewer bits have a double. */
const IN_DOUBLES = 1000;

/** Of a >= 0; `most`, if it is known that there are no more, saves writing long numbers out. */
export function bitLength(a: bigint, most = Number.POSITIVE_INFINITY): number {
  if (most >= IN_DOUBLES && most < Number.POSITIVE_INFINITY) {
    const shift = most - IN_DOUBLES + 1;
    const above = bitLength(a >> BigInt(shift));
    if (above > 0) return above + shift;
  }
  const x = Number(a);
  if (x === Number.POSITIVE_INFINITY) {
    const text = a.toString(16);
    return text.length * 4 - (Math.clz32(Number.parseInt(text[0]!, 16)) - 28);
  }
  if (x === 0) return 0;
  bits.setFloat64(0, x);
  const [high, low] = [bits.getUint32(0), bits.getUint32(4)];
  const length = (high >>> 20) - 1022;
  // Rounding may have led up to a power of two.
  return low === 0 && (high & 0xfffff) === 0 && a < BigInt(x) ? length - 1 : length;
}

/** The nearest double, also of what is not in lowest terms, ties to even; overflows to an infinity, underflows gradually. */
export function toNumber(a: Q): number {
  if (a.n === 0n) return 0;
  const n = abs(a.n);
  // A quotient of two doubles is rounded once.
  if (n <= SAFE && a.d <= SAFE) return Number(a.n) / Number(a.d);
  // Quotient with 53 significant bits or fewer when subnormal: value = m * 2^e.
  let e = bitLength(n) - bitLength(a.d) - 53;
  if (n << BigInt(Math.max(0, -e)) >= a.d << BigInt(Math.max(0, e) + 53)) e += 1;
  e = Math.max(e, -1074);
  const top = e < 0 ? n << BigInt(-e) : n;
  const bottom = e < 0 ? a.d : a.d << BigInt(e);
  let m = top / bottom;
  const twice = 2n * (top - m * bottom);
  if (twice > bottom || (twice === bottom && (m & 1n) === 1n)) m += 1n;
  const magnitude = scaleByPowerOfTwo(Number(m), e);
  return a.n < 0n ? -magnitude : magnitude;
}

/** m * 2^e for an integer m <= 2^53 that is representable at that exponent: exact, in at most three factors. */
function scaleByPowerOfTwo(m: number, e: number): number {
  let value = m;
  let left = e;
  while (left > 0) {
    const step = Math.min(left, 1000);
    value *= powerOfTwo(step);
    left -= step;
  }
  while (left < 0) {
    // Stay above the subnormals until the last factor, which is then exact by construction of m.
    const step = Math.min(-left, 960);
    value *= powerOfTwo(-step);
    left += step;
  }
  return value;
}

/** 2^k for -1022 <= k <= 1023, exactly. */
export function powerOfTwo(k: number): number {
  bits.setBigUint64(0, BigInt(k + 1023) << 52n);
  return bits.getFloat64(0);
}

/** Bits of integers whose roots, as doubles, are off by less than 1. */
const ROOT_IN_DOUBLES = 100;

/** At least the root of a > 0, and close: that of its leading half, or a double. */
function rootAbove(a: bigint): bigint {
  const bits = bitLength(a);
  if (bits <= ROOT_IN_DOUBLES) return BigInt(Math.ceil(Math.sqrt(Number(a)))) + 1n;
  const half = BigInt(bits >> 2);
  return (floorSqrt(a >> (2n * half)) + 1n) << half;
}

/** floor(sqrt(a)) of a non-negative bigint, by Newton from above; `start` is at least that. */
export function floorSqrt(a: bigint, start?: bigint): bigint {
  if (a < 0n) throw new UseError("floorSqrt: expected a non-negative integer");
  if (a < 2n) return a;
  let x = start ?? rootAbove(a);
  for (;;) {
    const y = (x + a / x) >> 1n;
    if (y >= x) return x;
    x = y;
  }
}

/** Rational bounds of sqrt(a), a >= 0, with relative width about 2^-precision. */
export function sqrtBounds(a: Q, precision = 128): { readonly lower: Q; readonly upper: Q } {
  if (a.n === 0n) return { lower: ZERO, upper: ZERO };
  // sqrt(n/d) = sqrt(n d)/d; scale n d by 4^k so that the root has `precision` bits.
  const nd = a.n * a.d;
  const k = BigInt(Math.max(0, precision - (bitLength(nd) >> 1)));
  const root = floorSqrt(nd << (2n * k));
  const exact = root * root === nd << (2n * k);
  const lower = q(root, a.d << k);
  return { lower, upper: exact ? lower : q(root + 1n, a.d << k) };
}

/** A double at or above `a`, in the range of doubles; within two units in the last place. */
export function doubleAbove(a: Q): number {
  const near = toNumber(a);
  return compare(ofNumber(near), a) >= 0 ? near : nextDouble(near, 1);
}

/** A double at or below `a`. */
export function doubleBelow(a: Q): number {
  const near = toNumber(a);
  return compare(ofNumber(near), a) <= 0 ? near : nextDouble(near, -1);
}

/** The next double up (1) or down (-1). */
function nextDouble(x: number, way: 1 | -1): number {
  bits.setFloat64(0, x);
  const word = bits.getBigInt64(0);
  if (x === 0) bits.setBigInt64(0, way > 0 ? 1n : 1n - (1n << 63n));
  else bits.setBigInt64(0, word + (x > 0 === way > 0 ? 1n : -1n));
  return bits.getFloat64(0);
}
