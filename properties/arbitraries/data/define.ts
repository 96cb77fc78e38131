/**
 * Families of data sets: integer rows over one scale with labels, R^dim x {-1, 1}. All are separable through the origin by
 * construction, with an integer predictor that the rows are made around; none is drawn and thrown away.
 */
import type { Draw } from "../draw.js";

export interface DataSize {
  readonly points: number;
  readonly dim: number;
  /** Largest absolute entry where the family has no grid of its own. */
  readonly maxEntry: number;
}

export interface Rows {
  /** A positive integer: x = X / scale. */
  readonly scale: number;
  readonly X: readonly (readonly number[])[];
  readonly y: readonly (1 | -1)[];
}

export interface DataFamily {
  readonly name: string;
  /** For a report: what such data are. */
  readonly words: string;
  /** How often it is drawn, beside the others of a space. */
  readonly weight: number;
  draw(draw: Draw, size: DataSize): Rows;
}

export const defineDataFamily = (family: DataFamily): DataFamily => Object.freeze(family);

/** One for all families that have no reason for another. */
export const SCALE = 10;

export const inner = (a: readonly number[], b: readonly number[]): number => a.reduce((s, x, d) => s + x * b[d]!, 0);

export const list = <T>(length: number, of: (i: number) => T): T[] => Array.from({ length }, (_, i) => of(i));

/** An integer predictor, not 0. */
export function planted(draw: Draw, dim: number, most: number): number[] {
  const b = list(dim, () => draw.bell(most));
  if (!b.some((x) => x !== 0)) b[0] = 1;
  return b;
}

/**
 * Labels for integer rows by the side of `b` on which they lie; a row that is too close to its boundary is moved along b, on its
 * own side, until |cos(row, b)| is at least `cosine`.
 */
export function separated(
  rows: readonly (readonly number[])[],
  b: readonly number[],
  cosine = 1 / 4,
): Omit<Rows, "scale"> {
  const bb = inner(b, b);
  const y: (1 | -1)[] = [];
  const X = rows.map((given) => {
    const side = inner(given, b);
    const label = side < 0 ? -1 : 1;
    y.push(label);
    let row = [...given];
    for (let at = Math.abs(side); at === 0 || at * at < cosine * cosine * inner(row, row) * bb; at += bb)
      row = row.map((x, d) => x + label * b[d]!);
    return row;
  });
  return { X, y };
}
