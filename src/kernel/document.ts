/**
 * The JSON documents of the command line: plain data, one schema for --json and report.json. Everything that a report
 * shows is in its document; times sit in one `timing` object, so that the rest can be compared byte for byte.
 */
import type { CaseOptions } from "./case.js";
import type { Certificate } from "./certificate.js";
import type { Evidence } from "./evidence.js";
import type { StopReason } from "./stop.js";
import type { VerdictWord } from "./verdict.js";

export type { TrainDocument } from "./train-document.js";

export const SCHEMA_VERSION = 1;

export interface EvidenceColumns {
  /** What the checks of the claims reached on the cases. */
  readonly claim: Evidence | null;
  /** How the hypotheses were decided. */
  readonly hypotheses: Evidence | null;
  /** The minimum over the proof graph; a cited leaf counts as assumed. */
  readonly proof: Evidence | null;
}

export interface HypothesisRow {
  readonly id: string;
  readonly statement: string;
  readonly decided: boolean | null;
  readonly evidence: Evidence;
  readonly why: string;
}

export interface ClaimRow {
  readonly id: string;
  readonly outcome: "supports" | "contradicts" | "silent";
  readonly why: string;
}

export interface PredictedPart {
  readonly regularizer: string;
  readonly beta: readonly number[];
  readonly betaExact: readonly string[];
  /** The norm of beta. */
  readonly objective: number;
}

export interface ReachedPart {
  /** The predictor at the end of the run, as reached (not normalized). */
  readonly beta: readonly number[];
  readonly logInverseLoss: number;
  /** Certified upper bound (radians) of the angle to the predicted optimum; null if there is none. */
  readonly angleBound: number | null;
  /** The weaker bound that trusts no solver; null while the data are not separated. */
  readonly solverFreeBound: number | null;
  /** Certified residual of what is claimed of the limit, where that is no angle: a gap or a residual of stationarity. */
  readonly residual: number | null;
  /** Where the run was followed to its limit: then `beta` is that limit, scaled to least margin 1. */
  readonly limit: LimitPart | null;
  readonly stop: StopReason;
  readonly steps: number;
  /** Log-spaced along the run; `angleBound` is certified in a run's document, floating point in a campaign's. */
  readonly path: readonly { readonly logInverseLoss: number; readonly angleBound: number }[];
}

/** The end of a run that was followed past the end of floating point. */
export interface LimitPart {
  /** Losses exp(-exp(logLogInverseLoss)): their logarithm may be no double any more. */
  readonly logLogInverseLoss: number;
  /** The run's own weights q in the simplex, one for each data point. */
  readonly dual: readonly number[];
  /** Residuals of the network itself. */
  readonly kkt: { readonly stationarity: number; readonly complementarity: number; readonly feasibility: number };
  /** How often the steps were made finer until two runs in a row ended at one limit; null where the path does not matter. */
  readonly refined: number | null;
}

export interface DataPart {
  readonly name: string;
  readonly points: number;
  readonly shape: readonly number[];
  readonly features: readonly string[] | null;
  /** Label values behind +1 and -1, when the data came with names. */
  readonly classes: { readonly positive: string; readonly negative: readonly string[] } | null;
}

export interface SettingsPart {
  readonly architecture: string;
  readonly depth: number;
  readonly widths: readonly number[] | null;
  /** Kernel, channels, ..., where the network was told more than depth and widths. */
  readonly options?: CaseOptions;
  readonly loss: string;
  readonly optimizer: string;
  /** Bound on the step; null where only the step control bounds it. */
  readonly eta: number | null;
  readonly initialization: string;
  readonly seed: string;
  readonly tolerance: number;
}

/** A result that a proof quotes and nobody checked here. */
export interface CitedResult {
  readonly id: string;
  readonly statement: string;
  readonly source: string;
}

export interface Versions {
  readonly biasproof: string;
  readonly node: string;
}

export interface Timing {
  readonly seconds: number;
}

export interface RunDocument {
  readonly schemaVersion: typeof SCHEMA_VERSION;
  readonly command: "run" | "replay";
  readonly verdict: VerdictWord;
  readonly evidence: EvidenceColumns;
  /** Null where no theorem of the catalogue speaks of the architecture. */
  readonly theorem: string | null;
  readonly statement: string | null;
  readonly dynamics: string;
  readonly hypotheses: readonly HypothesisRow[];
  readonly claims: readonly ClaimRow[];
  readonly notClaimed: readonly string[];
  readonly predicted: PredictedPart | null;
  readonly reached: ReachedPart | null;
  readonly certificates: readonly Certificate[];
  /** Ids of the cited results the proof rests on. */
  readonly restsOn: readonly string[];
  /** What those results say. */
  readonly cited: readonly CitedResult[];
  readonly data: DataPart;
  readonly settings: SettingsPart;
  readonly notes: readonly string[];
  readonly replay: string;
  readonly versions: Versions;
  readonly timing: Timing;
}

/** One case of a campaign, in short. */
export interface CaseRow {
  readonly index: number;
  readonly verdict: VerdictWord;
  readonly architecture: string;
  readonly depth: number;
  readonly points: number;
  readonly shape: readonly number[];
  readonly angleBound: number | null;
  /** Certified residual of what is claimed, where that is no angle. */
  readonly residual: number | null;
  readonly logInverseLoss: number | null;
  /** Why it is not `holds`, or null. */
  readonly why: string | null;
  /** How many of the theorem's certificates are its own: they stand in the order of the cases. None where it was stopped. */
  readonly certificates: number;
  readonly replay: string;
}

export interface TheoremPart {
  readonly id: string;
  readonly title: string;
  readonly statement: string;
  readonly dynamics: string;
  readonly verdict: VerdictWord;
  readonly evidence: EvidenceColumns;
  readonly asked: number;
  readonly ran: number;
  readonly inScope: number;
  readonly outOfScope: number;
  readonly refuted: number;
  readonly suspect: number;
  readonly inconclusive: number;
  /** The space that the cases were drawn from, in words. */
  readonly drawnFrom: string;
  /** The certified angle (radians) that the claim asks of each case. */
  readonly tolerance: number;
  /** Certified angle bounds over the in-scope cases (radians). */
  readonly angleBounds: { readonly median: number; readonly p95: number; readonly largest: number } | null;
  /** Certified residuals over the in-scope cases, where what is claimed is no angle. */
  readonly residuals: { readonly median: number; readonly p95: number; readonly largest: number } | null;
  readonly worst: CaseRow | null;
  readonly claims: readonly { readonly id: string; readonly statement: string }[];
  readonly restsOn: readonly string[];
  readonly cited: readonly CitedResult[];
  readonly hypotheses: readonly { readonly id: string; readonly statement: string; readonly evidence: Evidence }[];
  readonly notClaimed: readonly string[];
  readonly cases: readonly CaseRow[];
  /** Certificates of all cases, in their order. */
  readonly certificates: readonly Certificate[];
  readonly timing: Timing;
}

/** A share of a campaign, its cases with index = part - 1 mod of (left out of the whole); the rest is what the whole is. */
export interface ShardPart {
  readonly part: number;
  readonly of: number;
  readonly cases: number;
  readonly optimizer: string;
  readonly caseSeconds: number;
}

export interface VerifyDocument {
  readonly schemaVersion: typeof SCHEMA_VERSION;
  readonly command: "verify";
  readonly verdict: VerdictWord;
  readonly seed: string;
  /** The user's files that some of the theorems are in, with the sums that pin them. */
  readonly files?: readonly { readonly file: string; readonly sha256: string; readonly theorems: readonly string[] }[];
  readonly shard?: ShardPart;
  /** The command line that draws the same cases again. */
  readonly repeat: string;
  readonly theorems: readonly TheoremPart[];
  readonly versions: Versions;
  readonly timing: Timing;
}

/** A list, or a list of lists: one point or predictor in the shape of the data. */
export type Nested<T> = readonly T[] | readonly (readonly T[])[];

/** One certified stationary point of a bridge penalty. */
export interface StationaryShown {
  readonly beta: readonly number[];
  readonly betaExact: readonly string[];
  /** The penalty, the sum of p-th powers over all D coefficients. */
  readonly objective: number;
  readonly dual: readonly number[];
  /** Coefficients that are not 0: 0 ... D-1, or 0 ... D/2 for one of each pair of frequencies. */
  readonly support: readonly number[];
  /** Points of margin 1 with a positive multiplier. */
  readonly active: readonly number[];
}

export interface PredictDocument {
  readonly schemaVersion: typeof SCHEMA_VERSION;
  readonly command: "predict";
  /** False: the data have no linear separator through the origin; the numbers are null and the certificate is farkas. */
  readonly separable: boolean;
  readonly regularizer: string;
  /** D numbers, or D x R for data of that shape. */
  readonly beta: Nested<number> | null;
  readonly betaExact: Nested<string> | null;
  /** The norm of beta; of a bridge the sum of p-th powers. */
  readonly objective: number | null;
  /** Where the norm is rational (l1, linf); of l2 its square is. */
  readonly objectiveExact?: string;
  readonly objectiveSquared: string | null;
  readonly dual: readonly number[] | null;
  readonly dualExact: readonly string[] | null;
  /** Relative gap of primal and dual objective: 0 where both are exact, else a certified upper bound. */
  readonly gap: number | null;
  /** Are beta and the multipliers the only optimal ones? Null where that was not decided. */
  readonly unique: { readonly beta: boolean | null; readonly dual: boolean | null } | null;
  /** Of the optimum, or of the first stationary point; that the data separate, where none was found. */
  readonly certificate: Certificate;
  /** Of a penalty that is not convex: what was found, by objective. */
  readonly stationary?: {
    readonly asked: "all" | "from-start";
    readonly points: readonly (StationaryShown & { readonly certificate: Certificate })[];
    /** Whether these are all there are; `why` says what is missing or not known. */
    readonly complete: boolean;
    readonly why: string | null;
    /** A global minimizer among them, where that is proved. */
    readonly global: number | null;
  };
  readonly notes: readonly string[];
  readonly versions: Versions;
  readonly timing: Timing;
}

export interface RecheckDocument {
  readonly schemaVersion: typeof SCHEMA_VERSION;
  readonly command: "recheck";
  readonly file: string;
  readonly accepted: number;
  readonly refused: number;
  readonly judgments: readonly {
    readonly where: string;
    readonly kind: string;
    readonly accepted: boolean;
    readonly says: string;
  }[];
  /** What was not judged, a sentence each. */
  readonly notJudged: readonly string[];
  readonly versions: Versions;
  readonly timing: Timing;
}
