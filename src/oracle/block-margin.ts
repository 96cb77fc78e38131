/**
 * The max margin over a sum of lengths of blocks (fourier-l1, group-l21, fourier-l21): min R(b) s.t. y_n <x_n, b> >= 1, for
 * predictors of the data's shape. Barrier and
 * Newton propose a pair in floating point; it is certified by weak duality in rigorous enclosures (exact/norms), so that
 * no solver is trusted. Separability is decided exactly first. Returns the predictor scaled to least margin 1, the
 * multipliers, the certified gap, and whether they were observed to be the only ones; or a Farkas certificate.
 */
import { boundsOf, marginGap, normNamed } from "../exact/norms/index.js";
import {
  compare,
  div,
  doubleAbove,
  mul,
  ONE,
  ofNumber,
  parseQ,
  type Q,
  q,
  showQ,
  toNumber,
  ZERO,
} from "../exact/rational.js";
import {
  entriesOf,
  leastEntry,
  marginsOf,
  type QVector,
  showVector,
  vectorOf,
  vectorOfNumbers,
} from "../exact/vector.js";
import type { FarkasCertificate, MarginGapCertificate } from "../kernel/certificate.js";
import { type Dataset, dataToJSON, signedRows } from "../kernel/dataset.js";
import { GAP_GOAL } from "../kernel/tolerance.js";
import { signedData, unitExponent } from "../models/signed-data.js";
import { solveByPoints } from "./block-points.js";
import { observedUnique } from "./block-polish.js";
import { blockProblem } from "./block-problem.js";
import { refineMargins } from "./block-refine.js";
import { blockSpace } from "./block-space.js";
import { decideSeparability } from "./separability.js";

export interface BlockOptimum {
  readonly separable: true;
  /** Doubles, over the least margin. */
  readonly beta: QVector;
  readonly dual: QVector;
  /** The norm of beta. */
  readonly objective: number;
  /** Certified upper bound of the relative gap. */
  readonly gap: number;
  readonly unique: { readonly beta: boolean | null; readonly dual: boolean | null };
  readonly certificate: MarginGapCertificate;
}

export type BlockMargin = BlockOptimum | { readonly separable: false; readonly certificate: FarkasCertificate };

export async function blockMaxMargin(regularizer: string, data: Dataset): Promise<BlockMargin> {
  const decided = await decideSeparability(data);
  if (decided.kind === "farkas") return { separable: false, certificate: decided };
  const exponent = unitExponent(data);
  const rows = { rows: signedRows(data), scale: data.scale };
  const marginOf = (v: QVector): Q => leastEntry(marginsOf(rows.rows, rows.scale, v)).value;
  const space = blockSpace(regularizer, data.shape);
  const norm = normNamed(regularizer, data.shape)!;
  const problem = blockProblem(signedData(data, exponent), space);
  const least = problem.norms.reduce((x, y) => Math.min(x, y), Number.POSITIVE_INFINITY);
  const c = problem.norms.map((x) => least / x);
  const found = solveByPoints(problem, c);
  const unit = mul(ofNumber(least), exponent < 0 ? q(1n, 1n << BigInt(-exponent)) : q(1n << BigInt(exponent)));
  // Of the predictor as found, the refined one and one that only separates, the first of the least gap.
  const plain = vectorOfNumbers(space.backward(found.b));
  const refined = refineMargins(problem, c, found, rows.rows, rows.scale, unit);
  const weights = simplexOf(found.a.map((x, n) => x * c[n]!));
  let best: { readonly beta: QVector; readonly gap: Q } | null = null;
  for (const v of [plain, refined, vectorOf(decided.beta.map((x) => parseQ(x)!))]) {
    const gap = marginGap(rows, v, weights, null, norm)?.upper;
    if (gap === undefined || (best !== null && compare(best.gap, gap) <= 0)) continue;
    // A double is near enough to the inverse margin, and keeps the numbers short.
    const scaled = vectorOf(entriesOf(v).map((x) => mul(x, ofNumber(toNumber(div(ONE, marginOf(v)))))));
    best = { beta: scaled, gap };
  }
  if (best === null)
    throw new Error(`${regularizer}: no predictor separates, though one is certified (an internal fault)`);
  const { beta } = best;
  const gap = marginGap(rows, beta, weights, null, norm)!;
  const upper = doubleAbove(gap.upper);
  const objective = toNumber(boundsOf(norm.primal(beta)).lower);
  return {
    separable: true,
    beta,
    dual: vectorOf(entriesOf(weights).map((x) => mul(x, ofNumber(objective)))),
    objective,
    gap: upper,
    unique: upper > GAP_GOAL ? { beta: null, dual: null } : observedUnique(problem, c, found),
    certificate: {
      kind: "margin-gap",
      data: dataToJSON(data),
      regularizer,
      reached: showVector(beta),
      q: showVector(weights),
      witness: null,
      gap: { lower: showQ(ZERO), upper: showQ(ofNumber(upper)) },
    },
  };
}

/** Below this part of the largest a weight is rounding, and would only make numbers long. */
const DUST = 1e-40;

/** Nonnegative doubles over their exact sum. */
function simplexOf(weights: Float64Array): QVector {
  const peak = weights.reduce((a, x) => Math.max(a, x), 0);
  const { n } = vectorOfNumbers(weights.map((x) => (x > DUST * peak ? x : 0)));
  return vectorOf(entriesOf({ n, d: n.reduce((a, b) => a + b, 0n) }));
}
