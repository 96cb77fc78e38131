/**
 * What `predict` solves, one file a family: how a regularizer is named and told, and the numbers that a document says of its
 * optimum. An oracle's own code is loaded when it is asked, so that listing names costs nothing.
 */
import { toNumber } from "../../exact/rational.js";
import { type QVector, showVector } from "../../exact/vector.js";
import type { FarkasCertificate, Rational } from "../../kernel/certificate.js";
import type { Dataset } from "../../kernel/dataset.js";
import type { Nested, PredictDocument } from "../../kernel/document.js";
import { UseError } from "../../kernel/use-error.js";
import { inDoubles } from "../in-doubles.js";

/** What a document says of the optimum. */
export type Prediction = Omit<
  PredictDocument,
  "schemaVersion" | "command" | "regularizer" | "notes" | "versions" | "timing"
>;

export interface Asked {
  /** Name and parameter, as "kernel:3". */
  readonly regularizer: string;
  /** What stands after the colon, in lowest terms; "" where the name takes nothing. */
  readonly parameter: string;
  readonly data: Dataset;
  /** Of penalties that are not convex: all stationary points, or one from a start (null: one of the oracle's choice). */
  readonly all: boolean;
  readonly start: readonly number[] | null;
  readonly seed: bigint;
}

export interface RegularizerOracle {
  /** With its parameter's letter, as in "kernel:K". */
  readonly name: string;
  readonly problem: string;
  /** How the objective is written. */
  readonly objective: string;
  readonly title: string;
  /** The parameter in lowest terms, and what is expected where it cannot be read; absent where the name takes none. */
  readonly parameter?: { readonly expected: string; read(text: string): string | null };
  /** Not convex: what is found are stationary points, and `all` and `start` mean something. */
  readonly stationary?: true;
  predict(asked: Asked): Promise<Prediction>;
}

export function defineRegularizerOracle(oracle: RegularizerOracle): RegularizerOracle {
  const { name, predict } = oracle;
  if (typeof name !== "string" || !/^[a-z0-9-]+(:[A-Z0-9/]+)?$/.test(name))
    throw new UseError(`regularizer: expected a name such as l2 or lp:3, got "${String(name)}"`);
  if (typeof predict !== "function")
    throw new UseError(`regularizer ${name}: expected a function predict, got ${typeof predict}`);
  return Object.freeze(oracle);
}

export const unseparated = (certificate: FarkasCertificate): Prediction => ({
  separable: false,
  ...{ beta: null, betaExact: null, objective: null, objectiveSquared: null, dual: null, dualExact: null, gap: null },
  unique: null,
  certificate,
});

/** A row-major list in the shape of one point: D entries, or D x R. */
export function nested<T>(list: readonly T[], shape: readonly number[]): Nested<T> {
  if (shape.length === 1) return list;
  const R = list.length / shape[0]!;
  return Array.from({ length: shape[0]! }, (_, d) => list.slice(d * R, d * R + R));
}

const doubles = ({ n, d }: QVector): number[] => n.map((x) => inDoubles(toNumber({ n: x, d })));

/** `shown` are their texts, where a certificate has them already. */
export const vectors = (
  beta: QVector,
  dual: QVector,
  shape: readonly number[],
  shown?: { readonly beta: readonly Rational[]; readonly dual: readonly Rational[] },
): Pick<Prediction, "beta" | "betaExact" | "dual" | "dualExact"> => ({
  beta: nested(doubles(beta), shape),
  betaExact: nested(shown?.beta ?? showVector(beta), shape),
  dual: doubles(dual),
  dualExact: shown?.dual ?? showVector(dual),
});
