/**
 * Whether predictor and multipliers of spectral-problem.ts are the only optimal ones, as observed in doubles: true where even
 * the relaxed conditions leave no direction, false where even the strict ones leave one, null between. With U, V the frames
 * of M(a) whose values are 1, every optimal Q is U S V^T with margins of 1 on the points that carry: the predictor is the only
 * one if what they see of S is all that W sees. With U, V the frames of Q, every optimal M has M V = U and M^T U = V: the
 * multipliers are the only ones if the points of margin 1 are independent there. Cost: some ranks.
 */
import { Matrix, SingularValueDecomposition } from "ml-matrix";
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

/** What counts as tight, as alive, and as independent, in floating point. */
const TIGHT = 1e-9;
/** Rounding of a margin, relative to the norms of its factors. */
const NOISE = 1e-13;

function rankOf(rows: readonly (readonly number[])[]): number {
  if (rows.length === 0 || rows[0]!.length === 0) return 0;
  const { diagonal } = new SingularValueDecomposition(new Matrix(rows.map((row) => [...row])), {
    computeLeftSingularVectors: false,
    computeRightSingularVectors: false,
    autoTranspose: true,
  });
  return diagonal.filter((x) => x > TIGHT * diagonal[0]!).length;
}

/** Ranks of S -> W and of S -> margins of the points, on the frames. */
function seenOf(p: SpectralProblem, { U, V }: Frames, points: readonly number[]): { whole: number; margins: number } {
  const r = U.columns;
  const basis = Array.from({ length: (r * (r + 1)) / 2 }, (_, i) => {
    const unit = new Float64Array((r * (r + 1)) / 2);
    unit[i] = 1;
    const image = { U: U.mmul(symmetricMatrix(unit, r)), V, values: new Float64Array(r).fill(1) };
    return Array.from(signalOfFrames(p.shape, image));
  });
  const margins = points.map((n) => Array.from(symmetricPart(U.transpose().mmul(p.points[n]!.mmul(V)))));
  return { whole: rankOf(basis), margins: rankOf(margins) };
}

/** Independent points, as seen from the frames. */
function freeOf(p: SpectralProblem, { U, V }: Frames, points: readonly number[]): number {
  return rankOf(
    points.map((n) => {
      const E = p.points[n]!;
      return [...E.mmul(V).to1DArray(), ...E.transpose().mmul(U).to1DArray()];
    }),
  );
}

export function observedUniqueSpectral(
  p: SpectralProblem,
  c: Float64Array,
  { a, primal }: SpectralPair,
): { readonly beta: boolean | null; readonly dual: boolean | null } {
  const frames = framesOf(combinedAt(p, a));
  const top = frames.values[0]!;
  const part = ({ U, V, values }: Frames, r: number): Frames => ({
    U: firstColumns(U, r),
    V: firstColumns(V, r),
    values: values.subarray(0, r),
  });
  const tight = part(frames, frames.values.filter((x) => x > (1 - TIGHT) * top).length);
  const norm = sumOf(primal.values);
  const alive = part(primal, primal.values.filter((x) => x > TIGHT * norm).length);
  const margins = marginsOfFrames(p, primal);
  // A margin of 1 that is the rest of larger numbers is known less well.
  const active = Array.from(a.hi.keys()).filter(
    (n) => Math.abs(margins[n]! / c[n]! - 1) < Math.max(TIGHT, (NOISE * norm) / c[n]!),
  );
  const carriers = active.filter((n) => a.hi[n]! > TIGHT);
  const settle = (certain: boolean, refuted: boolean): boolean | null => (certain ? true : refuted ? false : null);
  const [relaxed, strict] = [seenOf(p, tight, carriers), seenOf(p, alive, active)];
  return {
    beta: settle(relaxed.margins === relaxed.whole, strict.margins < strict.whole),
    dual: settle(freeOf(p, alive, active) === active.length, freeOf(p, tight, carriers) < carriers.length),
  };
}
