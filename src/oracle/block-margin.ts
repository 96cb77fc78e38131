/**
 * The max margin over a sum of lengths of blocks (fourier-l1, group-l21, fourier-l21): min R(b) s.t. y_n <x_n, b> >= 1, for
 * predictors of the data's shape. Barrier and
 * Newton propose a pair in doubles, and in double-double numbers where that is above the goal; it is certified by weak duality in rigorous enclosures (exact/norms), so that
 * no solver is trusted. Separability is decided exactly where nothing found separates. Returns the predictor scaled to least margin 1, the
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
import { wideAt } from "../numeric/wide-dense.js";
import { solveByPoints } from "./block-points.js";
import { blockProblem } from "./block-problem.js";
import { refineMargins } from "./block-refine.js";
import { blockSpace } from "./block-space.js";
import { observedUnique, observedUniqueWide, type Unique } from "./block-unique.js";
import { solveWideByPoints } from "./block-wide-points.js";
import { exactOf, type WideProblem, wideProblem } from "./block-wide-problem.js";
import { refineWideMargins } from "./block-wide-refine.js";
import { inDoubles } from "./in-doubles.js";
import { proposeSupport } from "./l2-support.js";
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
  // What separates needs no decision; where doubles see nothing that does, it comes first.
  const likely = proposeSupport(data)?.feasible === true;
  const first = likely ? null : await decideSeparability(data);
  if (first?.kind === "farkas") return { separable: false, certificate: first };
  const exponent = unitExponent(data);
  const rows = { rows: signedRows(data), scale: data.scale };
  const marginOf = (v: QVector): Q => leastEntry(marginsOf(rows.rows, rows.scale, v)).value;
  const space = blockSpace(regularizer, data.shape);
  const norm = normNamed(regularizer, data.shape)!;
  const problem = blockProblem(signedData(data, exponent), space);
  const least = problem.norms.reduce((x, y) => Math.min(x, y), Number.POSITIVE_INFINITY);
  const c = problem.norms.map((x) => least / x);
  const proposed = solveByPoints(problem, c, likely ? UNLIKELY : undefined);
  // Points that nearly cancel can leave doubles nothing but NaN; wider numbers come next.
  const found = proposed !== null && [proposed.a, proposed.b].every((v) => v.every(Number.isFinite)) ? proposed : null;
  const power = exponent < 0 ? q(1n, 1n << BigInt(-exponent)) : q(1n << BigInt(exponent));
  const gapOf = (v: QVector, q: QVector): Q | null => marginGap(rows, v, q, null, norm)?.upper ?? null;
  // Of the predictor as found, the refined one and one that only separates, the first of the least gap.
  const pairs: Found[] = [];
  const consider = (v: QVector | null, weights: QVector, unique: (gap: number) => Unique): void => {
    const gap = v === null ? null : gapOf(v, weights);
    if (gap !== null) pairs.push({ v: v!, weights, gap, unique });
  };
  let separator = first === null ? null : vectorOf(first.beta.map((x) => parseQ(x)!));
  if (found !== null) {
    const weights = simplexOf(Array.from(found.a, (x, n) => ofNumber(x * c[n]!)));
    const fewDigits = data.X.every((row) => row.every((x) => x > -FEW && x < FEW));
    const preciseOf = (points: readonly number[]): WideProblem =>
      wideProblem({ ...data, X: points.map((n) => data.X[n]!), y: points.map((n) => data.y[n]!) }, exponent, space);
    const plain = vectorOfNumbers(space.backward(found.b));
    const refined = refineMargins(problem, c, found, rows.rows, rows.scale, mul(ofNumber(least), power));
    for (const v of [plain, refined, separator])
      consider(v, weights, (gap) => observedUnique(problem, c, found, gap, fewDigits, preciseOf));
  }
  if (!pairs.some(({ gap }) => within(gap))) {
    const decided = first ?? (await decideSeparability(data));
    if (decided.kind === "farkas") return { separable: false, certificate: decided };
    separator = vectorOf(decided.beta.map((x) => parseQ(x)!));
    const precise = wideProblem(data, exponent, space);
    const pair = solveWideByPoints(precise);
    if ([pair.a, pair.b].every((v) => v.every(Number.isFinite))) {
      const shares = Array.from(precise.c, (x, n) => mul(ofNumber(x), exactOf(wideAt(pair.a, n))));
      const weights = simplexOf(shares);
      const unit = mul(ofNumber(precise.scales.reduce((x, y) => Math.min(x, y))), power);
      const refined = refineWideMargins(precise, pair, rows.rows, rows.scale, unit);
      for (const v of [separator, precise.signalOf(pair.b), refined])
        consider(v, weights, () => observedUniqueWide(precise, pair));
    }
    // Where even these break down there is a predictor that separates, and a gap that says how little it is worth.
    consider(separator, simplexOf(rows.rows.map(() => ONE)), () => ({ beta: null, dual: null }));
  }
  if (pairs.length === 0)
    throw new Error(`${regularizer}: no predictor separates, though one is certified (an internal fault)`);
  const best = pairs.reduce((x, y) => (compare(y.gap, x.gap) < 0 ? y : x));
  // A double is near enough to the inverse margin, and keeps the numbers short.
  const inverse = ofNumber(inDoubles(toNumber(div(ONE, marginOf(best.v)))));
  const beta = vectorOf(entriesOf(best.v).map((x) => mul(x, inverse)));
  const upper = doubleAbove(gapOf(beta, best.weights)!);
  const objective = inDoubles(toNumber(boundsOf(norm.primal(beta)).lower));
  return {
    separable: true,
    beta,
    dual: vectorOf(entriesOf(best.weights).map((x) => mul(x, ofNumber(objective)))),
    objective,
    gap: upper,
    unique: upper > GAP_GOAL ? { beta: null, dual: null } : best.unique(upper),
    certificate: {
      kind: "margin-gap",
      data: dataToJSON(data),
      regularizer,
      reached: showVector(beta),
      q: showVector(best.weights),
      witness: null,
      gap: { lower: showQ(ZERO), upper: showQ(ofNumber(upper)) },
    },
  };
}

/** A pair of predictor and weights, with its certified gap. */
interface Found {
  readonly v: QVector;
  readonly weights: QVector;
  readonly gap: Q;
  readonly unique: (gap: number) => Unique;
}

/** A dual objective, relative to that of the nearest point alone, beyond which it is decided whether it has a bound. */
const UNLIKELY = 1e8;

/** Integers below this are not nearly dependent without being so. */
const FEW = 10_000n;

const within = (gap: Q): boolean => compare(gap, ofNumber(GAP_GOAL)) <= 0;

/** Below this part of the largest a weight is rounding, and would only make numbers long. */
const DUST = 1e-40;

/** Nonnegative numbers over their exact sum. */
function simplexOf(weights: readonly Q[]): QVector {
  const doubles = weights.map(toNumber);
  const peak = doubles.reduce((a, x) => Math.max(a, x), 0);
  const { n } = vectorOf(weights.map((x, i) => (doubles[i]! > DUST * peak ? x : ZERO)));
  return vectorOf(entriesOf({ n, d: n.reduce((a, b) => a + b, 0n) }));
}
