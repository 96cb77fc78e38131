/**
 * A mutant: a theorem of the catalogue with something wrong, made by a rule, and what becomes of it. `refuted`: a case on which
 * a certificate contradicts it is pinned in test/golden. `equivalent` and `implied`: the rule changed nothing, or only took
 * away; then `proof` says why, and the hunt finds nothing. `open`: neither is known, and that is a hole. Both entries of the
 * theorem are changed alike; hunts run the one for gradient flow.
 */
import type { Case } from "../../src/kernel/case.js";
import type { CertificateKind } from "../../src/kernel/certificate.js";
import type { Claim, Dynamics, Entry, Theorem } from "../../src/verify/theorem.js";
import type { CaseSpace } from "../arbitraries/case.js";

export type Rule =
  | "wrong norm"
  | "wrong exponent"
  | "wrong domain"
  | "wrong predictor"
  | "wrong data"
  | "wrong multipliers"
  | "changed constant"
  | "wrong architecture"
  | "dropped hypothesis"
  | "global minimum"
  | "one limit"
  | "folklore";

export type Expected = "refuted" | "equivalent" | "implied" | "open";

/** What is put into each random case, so that it is one that the mutant speaks of. */
export interface Plant {
  readonly name: string;
  readonly into: (c: Case) => Case;
}

export interface Mutant {
  /** The theorem's id, "~", and what is wrong. */
  readonly id: string;
  /** The id of the true theorem. */
  readonly of: string;
  readonly rule: Rule;
  readonly statement: string;
  readonly theorem: Theorem;
  /** Small cases, so that a counterexample is found fast and can be read. */
  readonly space: CaseSpace;
  readonly plant?: Plant;
  readonly expected: Expected;
  /** The kind of certificate that refutes it; null where it is not refuted. */
  readonly kind: CertificateKind | null;
  /** Why it is true, or what is missing; null where it is refuted. */
  readonly proof: string | null;
}

/** The theorem under another id, with both of its entries changed. */
export function changed(theorem: Theorem, id: string, statement: string, change: (e: Entry) => Entry): Theorem {
  const entry = (dynamics: Dynamics): Entry => change(theorem.entries[dynamics]);
  return Object.freeze({
    ...theorem,
    id: `${theorem.id}~${id}`,
    statement,
    entries: { "gradient-flow": entry("gradient-flow"), "gradient-descent": entry("gradient-descent") },
  });
}

/** The same hypotheses, another claim. */
export const claiming = (theorem: Theorem, id: string, claim: Claim): Theorem =>
  changed(theorem, id, claim.statement, (e) => ({ ...e, claims: [claim] }));

/** One hypothesis less. */
export const without = (theorem: Theorem, hypothesis: string, id: string, statement: string): Theorem =>
  changed(theorem, id, statement, (e) => ({
    ...e,
    hypotheses: e.hypotheses.filter((h) => h.id !== hypothesis),
  }));

/** What a theorem and its rule leave to be said. */
export interface Made {
  readonly of: Theorem;
  readonly rule: Rule;
  readonly theorem: Theorem;
  readonly space: CaseSpace;
  readonly plant?: Plant;
}

const mutant = (made: Made, expected: Expected, kind: CertificateKind | null, proof: string | null): Mutant =>
  Object.freeze({
    ...made,
    id: made.theorem.id,
    of: made.of.id,
    statement: made.theorem.statement,
    expected,
    kind,
    proof,
  });

export const refuted = (made: Made, kind: CertificateKind): Mutant => mutant(made, "refuted", kind, null);
export const equivalent = (made: Made, proof: string): Mutant => mutant(made, "equivalent", null, proof);
export const implied = (made: Made, proof: string): Mutant => mutant(made, "implied", null, proof);
export const open = (made: Made, missing: string): Mutant => mutant(made, "open", null, missing);
