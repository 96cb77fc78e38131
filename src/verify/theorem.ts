/**
 * What a theorem is to the verifier: a scope, executable hypotheses, claims with their checks, what it does not claim,
 * and the proof it rests on. It has one entry for each dynamics it is stated or used for.
 */
import type { Certificate } from "../kernel/certificate.js";
import type { Citation } from "../kernel/citation.js";
import { ANGLE, LIMIT_ANGLE, RESIDUAL } from "../kernel/tolerance.js";
import type { Finding, HypothesisDecision } from "../kernel/verdict.js";
import type { Architecture } from "../models/architecture.js";
import type { LossFunction } from "../models/loss.js";
import type { Optimizer } from "../models/optimizer.js";
import type { Bench } from "./bench.js";
import type { ProofNode } from "./proof-node.js";

export type Dynamics = "gradient-flow" | "gradient-descent";

export interface Hypothesis {
  readonly id: string;
  readonly statement: string;
  /** Structural ones are decided before any training; asymptotic ones are watched along the run. */
  readonly kind: "structural" | "asymptotic";
  decide(bench: Bench): HypothesisDecision | Promise<HypothesisDecision>;
}

export interface ClaimResult {
  readonly finding: Finding;
  readonly certificates: readonly Certificate[];
}

export interface Claim {
  readonly id: string;
  readonly statement: string;
  check(bench: Bench): Promise<ClaimResult>;
}

/** What a theorem supposes and claims for one dynamics, in the order in which it is shown. */
export interface Entry {
  readonly hypotheses: readonly Hypothesis[];
  readonly claims: readonly [Claim, ...Claim[]];
}

/** What a theorem of a user may define for itself; their names must not be those of what ships. */
export interface Own {
  readonly architectures?: readonly Architecture[];
  readonly losses?: readonly LossFunction[];
  readonly optimizers?: readonly Optimizer[];
}

export interface Theorem {
  readonly id: string;
  readonly title: string;
  readonly statement: string;
  readonly source: Citation;
  /** The networks it speaks of, by name, or all there are; `depth` where it is one only. */
  readonly scope: { readonly architectures: "any" | readonly string[]; readonly depth?: number };
  /** Networks, losses and optimizers of its own, beside those that ship. */
  readonly brings?: Own;
  /** The regularizer whose unique optimum is the limit; null where the claims name conditions and no single direction. */
  readonly regularizer: "l2" | null;
  readonly entries: Readonly<Record<Dynamics, Entry>>;
  readonly notClaimed: readonly string[];
  readonly proof: readonly ProofNode[];
}

export { defineTheorem, type TheoremDefinition } from "./define-theorem.js";

/** The entry that an optimizer is evidence for: bounded steps speak of descent, unbounded ones of the flow. */
export function dynamicsOf(facts: { readonly boundedSteps: boolean }): Dynamics {
  return facts.boundedSteps ? "gradient-descent" : "gradient-flow";
}

/** What a claim of this entry is held to, unless asked otherwise: an angle, or a residual where no single direction is claimed. */
export function toleranceOf({ regularizer }: Theorem, dynamics: Dynamics): number {
  if (regularizer === null) return RESIDUAL.value;
  return dynamics === "gradient-flow" ? LIMIT_ANGLE.value : ANGLE.value;
}
