/**
 * What can stand behind a row of a document, by the row's id, and so how strongly it may be said: the one place where the
 * judge (certify/documents) learns it. A hypothesis or claim that is not listed rests on observation, which is right for
 * everything about t -> infinity; one that has more behind it is listed here when it is written.
 */
import type { CertificateKind } from "./certificate.js";
import type { Evidence } from "./evidence.js";

/**
 * A certificate decides it (of kind `yes`, or `no` where there is one that shows a hypothesis false), a declared fact (of a
 * loss, an optimizer) does, or it was watched along the run. Claims are contradicted by a counterexample or not at all.
 */
export type Backing =
  | { readonly by: "certificate"; readonly yes: CertificateKind; readonly no?: CertificateKind }
  | { readonly by: "declaration" }
  | { readonly by: "observation" };

/** The grade that each kind of backing gives; what was observed may also be said more weakly. */
export const GRADE_BY = Object.freeze({
  certificate: "certified",
  declaration: "exact",
  observation: "observed",
} as const satisfies Record<Backing["by"], Evidence>);

const OBSERVED: Backing = Object.freeze({ by: "observation" });
const DECLARED: Backing = Object.freeze({ by: "declaration" });

const HYPOTHESES: Readonly<Record<string, Backing>> = Object.freeze({
  separable: Object.freeze({ by: "certificate", yes: "separation", no: "farkas" }),
  "exponential-loss": DECLARED,
  "gradient-steps": DECLARED,
  "bounded-steps": DECLARED,
});

const CLAIMS: Readonly<Record<string, Backing>> = Object.freeze({
  "limit-direction": Object.freeze({ by: "certificate", yes: "direction-bound" }),
});

const lookUp = (table: Readonly<Record<string, Backing>>, id: string): Backing =>
  Object.hasOwn(table, id) ? table[id]! : OBSERVED;

export const hypothesisBacking = (id: string): Backing => lookUp(HYPOTHESES, id);
export const claimBacking = (id: string): Backing => lookUp(CLAIMS, id);

/** What every theorem of the catalogue supposes: without these rows a document tells of another theorem. */
export const ALWAYS_SUPPOSED = Object.freeze({ beforeTraining: ["separable"], alongTheRun: ["loss-to-zero"] } as const);

/** The id of the claim that a counterexample contradicts, from what it says was claimed. */
export function contradictedClaim(limit: Readonly<Record<string, unknown>>): string {
  if (limit.kind === "mean") return "limit-is-mean";
  return limit.regularizer === "l2" ? "limit-direction" : `limit-is-${limit.regularizer}-max-margin`;
}
