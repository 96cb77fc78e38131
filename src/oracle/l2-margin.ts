/**
 * The hard-margin SVM through the origin: min |b|_2^2 / 2 subject to y_n <x_n, b> >= 1, solved exactly.
 * Floating point proposes the support (l2-support.ts); the optimum on that support is solved in rationals and accepted only
 * if multipliers and margins check exactly; otherwise the exact active-set method decides, from there. So primal = dual
 * exactly. Where the exact numbers would be too long, l2Margin answers with refined ones and a certified gap instead.
 * Returns the optimum with its certificate, or a Farkas certificate when the data are not separable.
 */
import { solveCommon } from "../exact/linear.js";
import { marginGap, normNamed } from "../exact/norms/index.js";
import { bitLength, doubleAbove, gcd, ofNumber, showQ, sqrtBounds, toNumber, ZERO } from "../exact/rational.js";
import { uniqueMultipliers, uniqueOnActive } from "../exact/unique-multipliers.js";
import { combineRows, dotIntegers, normSquared, type QVector, reduced, showVector } from "../exact/vector.js";
import type { ExactKktCertificate, FarkasCertificate, MarginGapCertificate } from "../kernel/certificate.js";
import { type Dataset, dataToJSON, signedRows } from "../kernel/dataset.js";
import { type ActiveSetResult, exactActiveSet } from "./active-set.js";
import { type Candidate, candidateOn, proposeSupport, repairSupport } from "./l2-support.js";
import { farkasOn } from "./vanishing.js";

interface Found {
  readonly separable: true;
  readonly beta: QVector;
  readonly dual: QVector;
  /** |beta|_2, correctly rounded up to the last bits of a double. */
  readonly objective: number;
  /** beta always is; of the multipliers null where it was not decided. */
  readonly unique: { readonly beta: true; readonly dual: boolean | null };
}

export interface L2Optimum extends Found {
  readonly exact: true;
  readonly gap: 0;
  readonly certificate: ExactKktCertificate;
}

/** An optimum up to a certified relative gap. */
export interface L2Enclosed extends Found {
  readonly exact: false;
  readonly gap: number;
  readonly certificate: MarginGapCertificate;
}

interface NotSeparable {
  readonly separable: false;
  readonly certificate: FarkasCertificate;
}

export type L2Margin = L2Optimum | NotSeparable;

/**
 * Exact multipliers of more bits than this are not worth their length: ten thousand digits each. By Hadamard's bound of the
 * Gram determinant on the support, which random points nearly reach: 500 points of six digits stay below, 500 of doubles do not.
 */
export const LONGEST_BITS = 32_768;

type Rows = readonly (readonly bigint[])[];

interface Start {
  readonly rows: Rows;
  /** Null where floating point had nothing to say. */
  readonly support: readonly number[] | null;
  /** In refined numbers. */
  readonly refined: Candidate | null;
  /** The optimum, where exact numbers accept what is proposed as it is. */
  readonly accepted: Candidate | null;
  /** Exact, if not null. */
  readonly lambda: QVector | null;
}

/** Exact numbers of at most so many bits are as soon found as refined ones. */
const FEW_BITS = 4096;

function startOf(data: Dataset, longest: number): Start {
  const rows = signedRows(data);
  const proposal = proposeSupport(data);
  const start = { rows, refined: null, accepted: null, lambda: null };
  if (proposal === null) return { ...start, support: null };
  const { feasible, support } = proposal;
  if (feasible && bitsOn(rows, support) <= Math.min(FEW_BITS, longest)) {
    const accepted = exactOn(rows, data.scale, support);
    if (accepted !== null && accepted.negative.length + accepted.short.length === 0)
      return { ...start, accepted, support: accepted.support };
  }
  const lambda = feasible ? null : farkasOn(rows, support);
  // Rows that seem to cancel and do not are as good a start as any.
  const refined = lambda === null ? repairSupport(rows, data.scale, support) : null;
  return { ...start, support: refined?.support ?? support, refined, lambda };
}

const exactOn = (rows: Rows, scale: bigint, support: readonly number[]): Candidate | null =>
  candidateOn(rows, scale, support, solveCommon, (margin, one) => margin >= one);

/** The optimum over the rows that are left once no multiplier is negative, exactly. */
function exactStart(rows: Rows, scale: bigint, proposed: readonly number[]): Candidate | null {
  let support = proposed;
  for (;;) {
    const found = exactOn(rows, scale, support);
    if (found === null || found.negative.length === 0) return found;
    support = found.support.filter((n) => !found.negative.includes(n));
  }
}

function decide({ rows, support, lambda }: Start, scale: bigint): ActiveSetResult {
  if (lambda !== null) return { feasible: false, lambda };
  const start = support === null ? null : exactStart(rows, scale, support);
  if (start !== null && start.short.length === 0) return { feasible: true, dual: start.dual, beta: start.beta };
  return exactActiveSet(rows, scale, start?.dual ?? null);
}

/** The rows of a candidate are independent: where no others have margin 1, its multipliers are the only ones. */
function uniqueDual({ rows }: Start, { support, margins, dual }: Candidate): boolean | null {
  const active = rows.flatMap((_, n) => (margins.n[n] === margins.d ? [n] : []));
  return active.length === support.length || uniqueOnActive(rows, active, dual);
}

function exactOptimum(data: Dataset, start: Start): L2Margin {
  const { rows, accepted } = start;
  const decided = accepted === null ? decide(start, data.scale) : { ...accepted, feasible: true as const };
  if (!decided.feasible)
    return {
      separable: false,
      certificate: { kind: "farkas", data: dataToJSON(data), lambda: showVector(decided.lambda) },
    };
  const dual = reduced(decided.dual);
  const beta = reduced(accepted?.beta ?? combineRows(dual, rows, data.scale));
  const squared = normSquared(beta);
  return {
    ...{ separable: true, exact: true, gap: 0, beta, dual },
    objective: toNumber(sqrtBounds(squared).lower),
    unique: {
      beta: true,
      dual: accepted === null ? uniqueMultipliers(rows, data.scale, beta, dual) : uniqueDual(start, accepted),
    },
    certificate: {
      kind: "exact-kkt",
      data: dataToJSON(data),
      regularizer: "l2",
      beta: showVector(beta),
      dual: showVector(dual),
      objectiveSquared: showQ(squared),
    },
  };
}

/** Bits of the exact multipliers on a support, at most. */
function bitsOn(rows: Rows, support: readonly number[]): number {
  return support.reduce((bits, n) => {
    let content = 0n;
    for (const x of rows[n]!) if (content !== 1n) content = gcd(content, x);
    return bits + bitLength(dotIntegers(rows[n]!, rows[n]!) / (content * content));
  }, 0);
}

function enclosedOptimum(data: Dataset, { rows }: Start, { dual, ...found }: Candidate): L2Enclosed | null {
  const beta = reduced(found.beta);
  const weights = dual.n.map((a) => (a > 0n ? a : 0n));
  const total = weights.reduce((a, b) => a + b, 0n);
  if (total === 0n) return null;
  const q = reduced({ n: weights, d: total });
  const gap = marginGap({ rows, scale: data.scale }, beta, q, null, normNamed("l2", data.shape)!);
  if (gap === null) return null;
  const upper = doubleAbove(gap.upper);
  return {
    ...{ separable: true, exact: false, gap: upper, beta, dual: reduced({ n: weights, d: dual.d }) },
    objective: toNumber(sqrtBounds(normSquared(beta)).lower),
    unique: { beta: true, dual: null },
    certificate: {
      kind: "margin-gap",
      data: dataToJSON(data),
      regularizer: "l2",
      reached: showVector(beta),
      q: showVector(q),
      witness: null,
      gap: { lower: showQ(ZERO), upper: showQ(ofNumber(upper)) },
    },
  };
}

/** Exact, whatever it costs. */
export const l2MaxMargin = (data: Dataset): L2Margin => exactOptimum(data, startOf(data, Number.POSITIVE_INFINITY));

/** Exact where the numbers have at most about `longest` bits, else up to a certified gap; `exact` says which. */
export function l2Margin(data: Dataset, longest = LONGEST_BITS): L2Margin | L2Enclosed {
  const start = startOf(data, longest);
  const { rows, refined } = start;
  if (refined !== null && bitsOn(rows, refined.support) > longest) {
    const enclosed = enclosedOptimum(data, start, refined);
    if (enclosed !== null) return enclosed;
  }
  return exactOptimum(data, start);
}
