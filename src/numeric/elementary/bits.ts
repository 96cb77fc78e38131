/**
 * Exponents and powers of two of doubles, the only access to bits that the elementary functions need.
 * The byte order of the machine is detected once, by looking where the high word of 1 lies.
 * Everything here is exact, except that `scale` rounds once when the result is subnormal. No call allocates.
 */
const DOUBLE = new Float64Array(1);
const WORDS = new Int32Array(DOUBLE.buffer);
DOUBLE[0] = 1;
const HIGH = WORDS[1] === 0x3ff00000 ? 1 : 0;

/** Sign, exponent and the first 20 bits of the significand, as a signed 32-bit integer. */
export function highWord(x: number): number {
  DOUBLE[0] = x;
  return WORDS[HIGH];
}

/** POWERS[k + MIN_EXPONENT] = 2^k for -1074 <= k <= 1023, each an exact double of the one before. */
const MIN_EXPONENT = 1074;
const POWERS = new Float64Array(MIN_EXPONENT + 1024);
for (let i = 0, power = Number.MIN_VALUE; i < POWERS.length; i++, power *= 2) POWERS[i] = power;

/** 2^k for an integer -1074 <= k <= 1023. */
export function powerOfTwo(k: number): number {
  return POWERS[k + MIN_EXPONENT];
}

/** y 2^k for 1/2 <= |y| < 2 and an integer -1075 <= k <= 1024; rounds at most once, overflows to an infinity. */
export function scale(y: number, k: number): number {
  if (k > 1023) return y * 2 * POWERS[k - 1 + MIN_EXPONENT];
  if (k < -1022) return y * POWERS[k + 200 + MIN_EXPONENT] * POWERS[MIN_EXPONENT - 200];
  return y * POWERS[k + MIN_EXPONENT];
}

/**
 * The first 26 bits of x, rounded to nearest (Veltkamp 1968): x - upper(x) is exact and the product of two such
 * halves is exact. Stands for fdlibm's "clear the low word". |x| < 2^996, else the product overflows.
 */
export function upper(x: number): number {
  const c = 134217729 * x;
  return c - (c - x);
}
