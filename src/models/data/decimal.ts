/**
 * Exact decimals: one literal to mantissa * 10^exponent, a table of them to integers over one scale, and how messages
 * show the text they found. Convention: canonical, so the mantissa is not a multiple of ten and zero is 0 * 10^0.
 * Cost: linear in the text; ranges are checked before any bigint is built, so "1e999999999" costs nothing.
 * Errors: UseError "<place>: expected ..., found ..."; `readDecimal` returns that sentence without its place instead.
 */
import { UseError } from "../../kernel/use-error.js";

export interface Decimal {
  readonly mantissa: bigint;
  readonly exponent: number;
}

/** Largest magnitude, 10^200: its square, as margins have it, is still a double. */
const MAX_POWER = 200;
/** Longest integer (scale included) a table may need: products of a few of them stay cheap. */
const MAX_DIGITS = 400;

const LITERAL = /^([+-]?)([0-9]*)(?:\.([0-9]*))?(?:[eE]([+-]?[0-9]+))?$/;
const ZERO: Decimal = { mantissa: 0n, exponent: 0 };

/** What is wrong with the range of a canonical nonzero number of `length` digits (`unit`: +-a power of ten), or null. */
function rangeProblem(length: number, exponent: number, unit: boolean, found: () => string): string | null {
  const power = length + exponent - 1; // 10^power <= |value| < 10^(power + 1)
  if (power > MAX_POWER || (power === MAX_POWER && !unit))
    return `expected a magnitude of at most 1e${MAX_POWER}, found ${found()}`;
  if (exponent <= -MAX_DIGITS)
    return `expected no digit below 1e-${MAX_DIGITS - 1}, found ${found()}: too large a spread to be exact`;
  return null;
}

/** Reads a literal such as `-1.25e-3`, `+4`, `.5` or `5.`; a string says what was expected and what was found. */
export function readDecimal(text: string): Decimal | string {
  const match = LITERAL.exec(text);
  const fraction = match?.[3] ?? "";
  const digits = (match?.[2] ?? "") + fraction;
  if (match === null || digits === "")
    return `expected a finite decimal number such as -1.25e-3, found ${text.trim() === "" ? "a blank" : shown(text)}`;
  let start = 0;
  while (start < digits.length && digits[start] === "0") start++;
  if (start === digits.length) return ZERO;
  let end = digits.length;
  while (digits[end - 1] === "0") end--;
  const exponent = Number(match[4] ?? 0) - fraction.length + (digits.length - end);
  const significant = digits.slice(start, end);
  const problem = rangeProblem(significant.length, exponent, significant === "1", () => shown(text));
  if (problem !== null) return problem;
  const magnitude = BigInt(significant);
  return { mantissa: match[1] === "-" ? -magnitude : magnitude, exponent };
}

/** As `readDecimal`, but throws; `place` (file, row, column) is only asked for then. */
export function parseDecimal(text: string, place: () => string = () => "number"): Decimal {
  const read = readDecimal(text);
  if (typeof read === "string") throw new UseError(`${place()}: ${read}`);
  return read;
}

/** Negative, zero or positive as a < b, a = b or a > b, exactly. */
export function compareDecimals(a: Decimal, b: Decimal): number {
  const low = a.exponent < b.exponent ? a.exponent : b.exponent;
  const difference = a.mantissa * 10n ** BigInt(a.exponent - low) - b.mantissa * 10n ** BigInt(b.exponent - low);
  return difference === 0n ? 0 : difference < 0n ? -1 : 1;
}

const digitsOf = (m: bigint): number => (m < 0n ? -m : m).toString().length;

/**
 * Integers over the least power of ten that serves the whole table: rows[n][d] = X[n][d] / scale, scale >= 1.
 * Throws when a number is out of range, or when an integer (or the scale) would need more than 400 digits.
 */
export function toCommonScale(
  rows: readonly (readonly Decimal[])[],
  place: (n: number, d: number) => string = (n, d) => `entry [${n}][${d}]`,
): { X: bigint[][]; scale: bigint } {
  let finest = { exponent: 0, n: 0, d: 0 };
  let largest = { length: 1, n: -1, d: -1 }; // the scale itself stands for the number 1
  rows.forEach((row, n) => {
    row.forEach((value, d) => {
      const { mantissa, exponent } = value;
      if (mantissa === 0n) return;
      const length = digitsOf(mantissa);
      const problem = rangeProblem(length, exponent, mantissa * mantissa === 1n, () => written(value));
      if (problem !== null) throw new UseError(`${place(n, d)}: ${problem}`);
      if (exponent < finest.exponent) finest = { exponent, n, d };
      if (length + exponent > largest.length) largest = { length: length + exponent, n, d };
    });
  });
  if (largest.length - finest.exponent > MAX_DIGITS) {
    const small = written(rows[finest.n]![finest.d]!);
    const big = written(rows[largest.n]![largest.d]!);
    throw new UseError(
      `${place(finest.n, finest.d)}: expected numbers over one scale in at most ${MAX_DIGITS} digits, ` +
        `found ${small} beside ${big} (${place(largest.n, largest.d)}): too large a spread to be exact`,
    );
  }
  const powers: bigint[] = [];
  const power = (k: number): bigint => {
    powers[k] ??= 10n ** BigInt(k);
    return powers[k];
  };
  const X = rows.map((row) => row.map((v) => v.mantissa * power(v.exponent - finest.exponent)));
  return { X, scale: power(-finest.exponent) };
}

const written = (v: Decimal): string => `${clipped(v.mantissa.toString())}e${v.exponent}`;

const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** The text with control and other invisible characters escaped, so that it stays one line of a terminal. */
export function printable(text: string): string {
  return text.replace(INVISIBLE, (c) => `\\u{${c.codePointAt(0)!.toString(16)}}`);
}

/** As `printable`, cut after 40 characters. */
export function clipped(text: string): string {
  const head = Array.from(text.slice(0, 82));
  return head.length > 40 ? `${printable(head.slice(0, 40).join(""))}...` : printable(text);
}

/** Found text as a message shows it: quoted and cut. */
export const shown = (text: string): string => `"${clipped(text)}"`;

/** At most ten of the texts, quoted, and how many more there are. */
export function listed(texts: readonly string[]): string {
  const more = texts.length > 10 ? ` and ${texts.length - 10} more` : "";
  return `${texts.slice(0, 10).map(shown).join(", ")}${more}`;
}
