/**
 * What can stand behind a row of a document, by the row's id, and so how strongly it may be said: the one place where the
 * judge (certify/documents) learns it. A hypothesis or claim that is not listed rests on observation, which is right for
 * everything about t -> infinity; one that has more behind it is listed here when it is written.
 */
import type { CertificateKind } from "./certificate.js";
import type { Evidence } from "./evidence.js";

/**
 * A certificate decides it (of kind `yes`, or `no` where there is one that shows a hypothesis false; `grade` where it shows
 * less than what is claimed), a declared fact (of a loss, an optimizer) does, an exact computation from the Case that a judge
 * of documents does not repeat, or it was watched along the run. Claims are contradicted by a certificate or not at all.
 */
export type Backing =
  | {
      readonly by: "certificate";
      readonly yes: CertificateKind;
      readonly no?: CertificateKind;
      readonly grade?: Evidence;
    }
  | { readonly by: "declaration" }
  | { readonly by: "computation" }
  | { readonly by: "observation" };

/** The grade that each kind of backing gives; what was observed may also be said more weakly. */
export const GRADE_BY = Object.freeze({
  certificate: "certified",
  declaration: "exact",
  computation: "exact",
  observation: "observed",
} as const satisfies Record<Backing["by"], Evidence>);

/** The strongest that may be said with this backing. */
export const gradeOf = (backing: Backing): Evidence =>
  (backing.by === "certificate" ? backing.grade : undefined) ?? GRADE_BY[backing.by];

const OBSERVED: Backing = Object.freeze({ by: "observation" });
const DECLARED: Backing = Object.freeze({ by: "declaration" });

const HYPOTHESES: Readonly<Record<string, Backing>> = Object.freeze({
  separable: Object.freeze({ by: "certificate", yes: "separation", no: "farkas" }),
  "exponential-loss": DECLARED,
  "gradient-steps": DECLARED,
  "bounded-steps": DECLARED,
  "generic-initialization": Object.freeze({ by: "computation" }),
});

const CLAIMS: Readonly<Record<string, Backing>> = Object.freeze({
  "limit-direction": Object.freeze({ by: "certificate", yes: "direction-bound" }),
  "limit-is-fourier-l1-max-margin": Object.freeze({ by: "certificate", yes: "margin-gap" }),
  // A small residual is no proof that a stationary point is near.
  "limit-is-fourier-bridge-stationary": Object.freeze({
    by: "certificate",
    yes: "bridge-residual",
    grade: "sampled",
  }),
});

const lookUp = (table: Readonly<Record<string, Backing>>, id: string): Backing =>
  Object.hasOwn(table, id) ? table[id]! : OBSERVED;

export const hypothesisBacking = (id: string): Backing => lookUp(HYPOTHESES, id);
export const claimBacking = (id: string): Backing => lookUp(CLAIMS, id);

/** What every theorem of the catalogue supposes: without these rows a document tells of another theorem. */
export const ALWAYS_SUPPOSED = Object.freeze({ beforeTraining: ["separable"], alongTheRun: ["loss-to-zero"] } as const);

/** The claim about an angle to one predicted direction; others are about a residual, and predict no direction. */
export const ANGLE_CLAIM = "limit-direction";

/** The id of the claim that a counterexample contradicts, from what it says was claimed. */
export function contradictedClaim(limit: Readonly<Record<string, unknown>>): string {
  if (limit.kind === "mean") return "limit-is-mean";
  return limit.regularizer === "l2" ? "limit-direction" : `limit-is-${limit.regularizer}-max-margin`;
}
