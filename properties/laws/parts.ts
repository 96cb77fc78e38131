/**
 * The parts of a certificate as truth.ts reads them, apart from the judge's reading: records, lists, rationals, points and
 * weights, each checked for its form, and vectors entry by entry in rationals.
 */
import { add, compare, mul, neg, ONE, type Q, q, sign, ZERO } from "../../src/exact/rational.js";

/** Thrown within `falsehood` at the first thing found false or malformed. */
export class Falsehood extends Error {}

export function must(holds: boolean, what: string): asserts holds {
  if (!holds) throw new Falsehood(what);
}

export type Part = Readonly<Record<string, unknown>>;

export function record(value: unknown, keys: string): Part {
  must(typeof value === "object" && value !== null && !Array.isArray(value), "not an object");
  must(Object.keys(value).sort().join() === keys.split(" ").sort().join(), `keys other than ${keys}`);
  return value as Part;
}

export function list(value: unknown, length: number | null = null): readonly unknown[] {
  must(
    Array.isArray(value) && value.length > 0 && value.length === (length ?? value.length),
    "not a list, or its length",
  );
  return Array.from<unknown>(value);
}

export function rational(value: unknown): Q {
  must(typeof value === "string" && /^(0|-?[1-9][0-9]*)(\/[1-9][0-9]*)?$/.test(value), "not a rational");
  const [n, d] = value.split("/");
  return q(BigInt(n!), BigInt(d ?? "1"));
}

export function integer(value: unknown): bigint {
  must(typeof value === "string" && !value.includes("/"), "not an integer");
  return rational(value).n;
}

export const total = (terms: readonly Q[]): Q => terms.reduce(add, ZERO);
export const inner = (a: readonly Q[], b: readonly Q[]): Q => total(a.map((x, i) => mul(x, b[i]!)));
export const square = (a: readonly Q[]): Q => inner(a, a);
export const isZero = (a: readonly Q[]): boolean => a.every((x) => x.n === 0n);
export const least = (a: readonly Q[]): Q => a.reduce((x, y) => (compare(y, x) < 0 ? y : x));
export const absolute = (x: Q): Q => (x.n < 0n ? neg(x) : x);
export const marginsOf = (points: readonly Q[][], b: readonly Q[]): Q[] => points.map((z) => inner(z, b));
export const combined = (w: readonly Q[], points: readonly Q[][]): Q[] =>
  points[0]!.map((_, d) => total(points.map((z, n) => mul(w[n]!, z[d]!))));

/** Of one point: stated where there is more than one axis to it. */
export function shapeOf(value: unknown): readonly number[] {
  const { X, shape } = value as Part;
  const size = list(list(X)[0]).length;
  if (shape === undefined) return [size];
  const axes = list(shape);
  must(
    axes.every((n) => Number.isInteger(n) && (n as number) >= 1),
    "an axis of no length",
  );
  must(axes.reduce((a: number, n) => a * (n as number), 1) === size, "a shape of another size");
  return axes as number[];
}

/** The points y_n x_n. */
export function pointsOf(value: unknown): Q[][] {
  const keys = typeof value === "object" && value !== null && "shape" in value ? "scale X y shape" : "scale X y";
  const data = record(value, keys);
  shapeOf(data);
  const scale = integer(data.scale);
  must(scale > 0n, "a scale that is not positive");
  const X = list(data.X);
  const y = list(data.y, X.length);
  return X.map((row, n) => {
    must(y[n] === 1 || y[n] === -1, "a label that is not 1 or -1");
    return list(row, list(X[0]).length).map((x) => q(integer(x) * BigInt(y[n] as number), scale));
  });
}

export function vector(value: unknown, length: number, zero: "any" | "no zero" = "any"): Q[] {
  const v = list(value, length).map(rational);
  must(zero === "any" || !isZero(v), "the zero vector");
  return v;
}

export function simplex(value: unknown, length: number): Q[] {
  const weights = vector(value, length);
  must(sign(least(weights)) >= 0 && compare(total(weights), ONE) === 0, "weights outside the simplex");
  return weights;
}
