/**
 * A data set as the exact side reads it: integers over one positive scale, x_n = X_n / scale in R^D, y_n = +-1.
 * `shape` is the shape of one input (and of the predictor): [D] for vectors; its product is the row length.
 */
import type { DataJSON } from "./certificate.js";
import { UseError } from "./use-error.js";

export interface Dataset {
  readonly name: string;
  readonly shape: readonly number[];
  readonly scale: bigint;
  readonly X: readonly (readonly bigint[])[];
  readonly y: readonly (1 | -1)[];
  readonly features: readonly string[] | null;
}

/** Number of points and of coordinates of one point. */
export function sizesOf(data: Dataset): { readonly N: number; readonly D: number } {
  return { N: data.X.length, D: data.shape.reduce((a, b) => a * b, 1) };
}

/** The signed integer rows z_n = y_n X_n (over `scale`): only these matter for a predictor through the origin. */
export function signedRows(data: Dataset): bigint[][] {
  return data.X.map((row, n) => row.map((x) => (data.y[n] === 1 ? x : -x)));
}

export function dataToJSON(data: Dataset): DataJSON {
  const json = { scale: data.scale.toString(), X: data.X.map((row) => row.map(String)), y: [...data.y] };
  return data.shape.length === 1 ? json : { ...json, shape: [...data.shape] };
}

/** Most axes of one point; more serve nothing, and transforms would walk along each. */
const MOST_AXES = 8;

/** Positive integers with the product D. */
export const isShapeOf = (shape: unknown, D: number): shape is readonly number[] =>
  Array.isArray(shape) &&
  shape.length > 0 &&
  shape.length <= MOST_AXES &&
  shape.every((n) => Number.isSafeInteger(n) && n > 0) &&
  shape.reduce((a: number, n: number) => a * n, 1) === D;

const INTEGER = /^-?(0|[1-9][0-9]*)$/;

/** Reads the JSON form back; throws UseError when it is not of the shape. */
export function dataFromJSON(json: DataJSON, name = "data"): Dataset {
  const fail = (what: string): never => {
    throw new UseError(`data: expected ${what}`);
  };
  if (typeof json?.scale !== "string" || !INTEGER.test(json.scale) || BigInt(json.scale) <= 0n)
    fail("scale to be a positive integer string");
  if (!Array.isArray(json.X) || json.X.length === 0) fail("X to be a non-empty array of rows");
  const D = Array.isArray(json.X[0]) ? json.X[0].length : 0;
  if (D === 0) fail("rows with at least one coordinate");
  const X = json.X.map((row, n) => {
    if (!Array.isArray(row) || row.length !== D) fail(`row ${n} of X to have ${D} coordinates`);
    return row.map((s) => (typeof s === "string" && INTEGER.test(s) ? BigInt(s) : fail(`integers in row ${n} of X`)));
  });
  if (!Array.isArray(json.y) || json.y.length !== X.length) fail(`y to have ${X.length} entries`);
  const y = json.y.map((v) => (v === 1 || v === -1 ? v : fail("every y to be 1 or -1")));
  const shape = json.shape ?? [D];
  if (!isShapeOf(shape, D)) fail(`shape to be at most ${MOST_AXES} positive integers with the product ${D}`);
  return { name, shape, scale: BigInt(json.scale), X, y, features: null };
}
