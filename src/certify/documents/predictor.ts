/** A predictor in a document, in the shape of one point, against the exact one of a certificate. */
import { parseQ } from "../../exact/rational.js";
import { type QVector, vectorOf } from "../../exact/vector.js";
import { type Part, sameNumbers, sameTexts } from "./finding.js";

/** The entries of a list that an accepted certificate holds. */
export const vectorIn = (list: unknown): QVector => vectorOf((list as readonly unknown[]).map((text) => parseQ(text)!));

/** The entries of nested lists in the shape of one point, row major; null where the nesting is another. */
function flat(value: unknown, [size, ...rest]: readonly number[]): readonly unknown[] | null {
  if (!Array.isArray(value) || value.length !== size) return null;
  if (rest.length === 0) return value;
  const rows = value.map((row) => flat(row, rest));
  return rows.every((row) => row !== null) ? rows.flat() : null;
}

/** Exact texts are `beta`, doubles their nearest. */
export const isPredictor = (doc: Part, shape: readonly number[], beta: unknown): boolean =>
  sameTexts(flat(doc.betaExact, shape), beta) && sameNumbers(flat(doc.beta, shape), beta);
