/**
 * What the calculus of induced regularizers works on: R(beta) = min { |w|_2^2 : P(w) = beta } for polynomial coordinates
 * over Q. A rule either derives a formula (perhaps after handing smaller problems back), or says why it cannot, or does not
 * apply. Each step of a derivation names its rule, says what it does here, and carries its certificate where it has one.
 */
import type { Polynomial } from "../../exact/polynomial.js";
import type { Q } from "../../exact/rational.js";
import type { AlgebraCertificate } from "../../kernel/algebra-certificate.js";
import type { Formula } from "./formula.js";

export interface Problem {
  /** Names of the parameters, by variable. */
  readonly names: readonly string[];
  /** Coordinates of the predictor with their polynomials, none zero. */
  readonly coordinates: readonly { readonly index: number; readonly p: Polynomial<Q> }[];
  /** Lists of parameters that may form a layer: hints only, a rule checks what it uses. */
  readonly groups: readonly (readonly number[])[];
  /** What a coordinate is called in sentences: beta_3, or u_1 for a part inside a network. */
  readonly call: (index: number) => string;
}

/** Where R is finite; outside it is infinite. */
export type Condition =
  /** sign * beta_index >= 0; sign 0: beta_index = 0. */
  | { readonly kind: "sign"; readonly index: number; readonly sign: -1 | 0 | 1 }
  /** The matrix of coordinates has at most this rank. */
  | { readonly kind: "rank"; readonly entries: readonly (readonly number[])[]; readonly atMost: number };

export interface Step {
  readonly rule: string;
  readonly says: string;
  readonly certificate: AlgebraCertificate | null;
  /** True where the step uses an inequality whose certificate would be too long: it is then taken from the literature. */
  readonly assumed?: true;
}

export interface Derived {
  readonly formula: Formula;
  readonly domain: readonly Condition[];
  readonly steps: readonly Step[];
}

export type Outcome = Derived | { readonly formula: null; readonly why: string };

export interface RegularizerRule {
  readonly id: string;
  /** What it says in general, for a reader. */
  readonly statement: string;
  /** The outcome, or null where the rule does not apply. */
  apply(problem: Problem, solve: (smaller: Problem) => Outcome): Outcome | null;
}

export const defineRule = (r: RegularizerRule): RegularizerRule => Object.freeze(r);

/** "beta_0, beta_1, ..., beta_7": the coordinates of a problem. */
export function inWords({ coordinates, call }: Problem): string {
  const names = coordinates.map(({ index }) => call(index));
  return names.length <= 4 ? names.join(", ") : `${names[0]}, ${names[1]}, ..., ${names.at(-1)}`;
}

export const indicesOf = (problem: Problem): number[] => problem.coordinates.map((c) => c.index);
