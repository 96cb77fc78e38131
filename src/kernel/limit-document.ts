/** The JSON document of `limit`: where the direction of training ends, how it got there, and how much of that is known. */
import type { BridgeResidualCertificate } from "./certificate.js";
import type { SCHEMA_VERSION, Timing, Versions } from "./document.js";

export interface LimitDocument {
  readonly schemaVersion: typeof SCHEMA_VERSION;
  readonly command: "limit";
  readonly stop: string;
  readonly why: string;
  /** The limit, scaled to least margin 1; null where there is none. */
  readonly beta: readonly number[] | null;
  /** The run's own weights q in the simplex, one for each data point. */
  readonly dual: readonly number[] | null;
  readonly kkt: {
    /** Sine of the angle between w and J(w)^T sum q_n y_n x_n. */
    readonly stationarity: number;
    /** (q.m - min m) / min m. */
    readonly complementarity: number;
    readonly feasibility: number;
  } | null;
  readonly phases: {
    /** Null where the loss left the doubles. */
    readonly descent: { readonly steps: number; readonly logInverseLoss: number | null };
    /** Losses exp(-exp(logLogInverseLoss)): their logarithm is no double any more. */
    readonly continuation: { readonly steps: number; readonly logLogInverseLoss: number } | null;
    readonly finish: {
      /** Angle in rad between the directions before and after. */
      readonly moved: number;
      readonly gap: number;
      readonly before: { readonly stationarity: number; readonly complementarity: number };
      /** Blocks that still had a share, and 1 - |z_b| / c_b: what decays like rho^(-2 slack). */
      readonly rates: readonly { readonly block: number; readonly share: number; readonly slack: number }[];
    } | null;
    /** Newton on the stationarity equations: how far it moved in rad, and the residuals before. */
    readonly polish: {
      readonly moved: number;
      readonly before: { readonly stationarity: number; readonly complementarity: number };
    } | null;
  };
  /** Rad; what is known of how far the limit is from the numbers. Null where that cannot be told. */
  readonly errorBar: number | null;
  /** The distance falls like |w|^(-power) at the end. */
  readonly rate: { readonly power: number | null; readonly why: string };
  readonly point: {
    readonly active: number;
    /** Real coordinates of the support; at a vertex as many as active margins. */
    readonly unknowns: number;
    readonly vertex: boolean;
    readonly unique: { readonly value: boolean | null; readonly why: string };
    readonly isolated: boolean | null;
    readonly degenerate: string | null;
  } | null;
  /** Total variation between the softmax weights at the end of descent and those of the limit. */
  readonly weightsMoved: number | null;
  /** What the asymptotic hypotheses speak of, as seen along the run; rates are powers of log(1/loss). */
  readonly monitors: readonly {
    readonly id: string;
    readonly value: number;
    readonly rate: number | null;
    readonly rateError: number | null;
    readonly remainder: number | null;
    readonly samples: number;
  }[];
  /** Blocks of a coordinatewise network and what the initialization forbids; null for other networks. */
  readonly blocks: { readonly total: number; readonly dead: number; readonly oneSigned: number } | null;
  /**
   * Where the limit depends on the path: how often the steps were made finer before two runs in a row ended at one limit, and
   * the angle between these two (rad). Null where it does not depend on the path, or was not compared.
   */
  readonly basin: { readonly refined: number; readonly apart: number } | null;
  /** The conditions on the predictor that belong to this network, enclosed with the weights shown; null where there is none. */
  readonly certificate: BridgeResidualCertificate | null;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly notes: readonly string[];
  readonly versions: Versions;
  readonly timing: Timing;
}
