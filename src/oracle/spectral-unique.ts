/**
 * Whether predictor and multipliers of spectral-problem.ts are the only optimal ones, as observed in doubles: true where even
 * the relaxed conditions leave no direction, false where even the strict ones leave one, null between. With U, V the frames
 * of M(a) whose values are 1, every optimal Q is U S V^T with margins of 1 on the points that carry: the predictor is the only
 * one if what they see of S is all that W sees. With U, V the frames of Q, every optimal M has M V = U and M^T U = V: the
 * multipliers are the only ones if the points of margin 1 are independent there. Cost: some ranks.
 */
import { Matrix, SingularValueDecomposition } from "ml-matrix";
import { independentModulo } from "../exact/modular.js";
import { dotAt } from "../numeric/vec.js";
import { firstColumns, symmetricMatrix, symmetricPart } from "./spectral-polish.js";
import {
  combinedAt,
  type Frames,
  framesOf,
  marginsOfFrames,
  type SpectralPair,
  type SpectralProblem,
  signalOfFrames,
  sumOf,
} from "./spectral-problem.js";

/** Shares, slacks and pivots below this are not told from nothing, in floating point; pivots below that are nothing. */
const TIGHT = 1e-9;
const NOTHING = 1e-13;
/** Rounding of a margin, relative to the norms of its factors. */
const NOISE = 1e-13;
/** A gap is a sum of products of shares and slacks: what is so many times its root is not both, and some for conditioning. */
const ROOTS = 30;
/** No gap is known to be less. */
const LEAST_GAP = 2e-16;

/** At least, of what is surely something, and at most. */
interface Rank {
  readonly least: number;
  readonly most: number;
}

function rankOf(rows: readonly (readonly number[])[], something: number): Rank {
  if (rows.length === 0 || rows[0]!.length === 0) return { least: 0, most: 0 };
  const { diagonal } = new SingularValueDecomposition(new Matrix(rows.map((row) => [...row])), {
    computeLeftSingularVectors: false,
    computeRightSingularVectors: false,
    autoTranspose: true,
  });
  const above = (part: number): number => diagonal.filter((x) => x > part * diagonal[0]!).length;
  return { least: above(something), most: above(NOTHING) };
}

/** Ranks of S -> W and of S -> margins of the points, on the frames. */
function seenOf(
  p: SpectralProblem,
  { U, V }: Frames,
  points: readonly number[],
  loose: number,
): { whole: Rank; margins: Rank } {
  const r = U.columns;
  const basis = Array.from({ length: (r * (r + 1)) / 2 }, (_, i) => {
    const unit = new Float64Array((r * (r + 1)) / 2);
    unit[i] = 1;
    const image = { U: U.mmul(symmetricMatrix(unit, r)), V, values: new Float64Array(r).fill(1) };
    return Array.from(signalOfFrames(p.shape, image));
  });
  const margins = points.map((n) => Array.from(symmetricPart(U.transpose().mmul(p.points[n]!.mmul(V)))));
  return { whole: rankOf(basis, loose), margins: rankOf(margins, loose) };
}

/** What the frames see of points. */
const sightsOf = (p: SpectralProblem, { U, V }: Frames, points: readonly number[]): number[][] =>
  points.map((n) => {
    const E = p.points[n]!;
    return [...E.mmul(V).to1DArray(), ...E.transpose().mmul(U).to1DArray()];
  });

/** Integers below this are not nearly dependent without being so. */
const FEW = 10_000n;

/** Rows that depend on each other exactly, and as they must to have one margin. */
function dependent(rows: readonly (readonly bigint[])[]): boolean {
  const rank = independentModulo(rows).length;
  return rank < rows.length && independentModulo(rows.map((row) => [...row, 1n])).length === rank;
}

/** Rounding of what frames see of points that carry. */
const SEEN = 1e-14;

/** Whether all of the points can have the margins asked for on the living frames; points that are nearly one cannot. */
function oneMargin(p: SpectralProblem, { U, V }: Frames, points: readonly number[], c: Float64Array): boolean {
  const seen = points.map((n) => Array.from(symmetricPart(U.transpose().mmul(p.points[n]!.mmul(V)))));
  const asked = seen.map((row, i) => [...row, c[points[i]!]!]);
  return rankOf(asked, SEEN).least === rankOf(seen, SEEN).least;
}

/** Where the pair is optimal <M(a), Q> is the margin of the points that carry times <c, a>; Q counts only up to a factor. */
function commonOf({ U, V, values }: Frames, M: Matrix, total: number): number {
  const inner = U.transpose().mmul(M).mmul(V);
  return values.reduce((sum, x, i) => sum + x * inner.get(i, i), 0) / total;
}

export function observedUniqueSpectral(
  p: SpectralProblem,
  c: Float64Array,
  { a, primal }: SpectralPair,
  gap: number,
  rows: readonly (readonly bigint[])[],
): { readonly beta: boolean | null; readonly dual: boolean | null } {
  const combined = combinedAt(p, a);
  const frames = framesOf(combined);
  const top = frames.values[0]!;
  const loose = Math.max(TIGHT, ROOTS * Math.sqrt(Math.max(gap, LEAST_GAP)));
  const part = ({ U, V, values }: Frames, r: number): Frames => ({
    U: firstColumns(U, r),
    V: firstColumns(V, r),
    values: values.subarray(0, r),
  });
  const tight = part(frames, frames.values.filter((x) => x > (1 - loose) * top).length);
  const norm = sumOf(primal.values);
  const living = primal.values.filter((x) => x > loose * norm).length;
  const margins = marginsOfFrames(p, primal);
  const common = commonOf(primal, combined, dotAt(c, 0, a.hi, 0, p.N));
  // A margin of 1 that is the rest of larger numbers is known less well.
  const active = Array.from(a.hi.keys()).filter(
    (n) => margins[n]! / (common * c[n]!) - 1 < Math.max(loose, (NOISE * norm) / (common * c[n]!)),
  );
  const carriers = active.filter((n) => a.hi[n]! / top > loose);
  if (living === 0 || carriers.length === 0) return { beta: null, dual: null };
  const alive = part(primal, living);
  const few = rows.every((row) => row.every((x) => x > -FEW && x < FEW));
  const settle = (certain: boolean, refuted: () => boolean): boolean | null =>
    certain ? true : refuted() ? false : null;
  const relaxed = seenOf(p, tight, carriers, loose);
  return {
    // What few digits tell to be a face of optima may be near one else.
    beta: settle(relaxed.margins.least === relaxed.whole.most, () => {
      const strict = seenOf(p, alive, active, loose);
      return few && strict.margins.most < strict.whole.least;
    }),
    dual: settle(rankOf(sightsOf(p, alive, active), loose).least === active.length, () => {
      if (oneMargin(p, alive, carriers, c) && dependent(carriers.map((n) => rows[n]!))) return true;
      return few && rankOf(sightsOf(p, tight, carriers), loose).most < carriers.length;
    }),
  };
}
