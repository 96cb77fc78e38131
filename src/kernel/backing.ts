/**
 * What can stand behind a row of a document, by the row's id, and so how strongly it may be said: the one place where the
 * judge (certify/documents) learns it. A hypothesis or claim that is not listed rests on observation, which is right for
 * everything about t -> infinity; one that has more behind it is listed here when it is written.
 */
import type { CertificateKind } from "./certificate.js";
import type { Evidence } from "./evidence.js";

/**
 * A certificate decides it (of kind `yes`, or `no` where there is one that shows a hypothesis false; `grade` where it shows
 * less than what is claimed, and `beside` where another one beside it shows that too), a declared fact (of a loss, an optimizer) does, an exact computation from the Case that a judge
 * of documents does not repeat, or it was watched along the run. Claims are contradicted by a certificate or not at all.
 */
export type Backing =
  | {
      readonly by: "certificate";
      readonly yes: CertificateKind;
      readonly no?: CertificateKind;
      readonly grade?: Evidence;
      readonly beside?: Evidence;
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

/** The same where the other certificate stands beside it (certify/documents/nearby.ts). */
export const gradeBeside = (backing: Backing): Evidence =>
  (backing.by === "certificate" ? backing.beside : undefined) ?? gradeOf(backing);

const OBSERVED: Backing = Object.freeze({ by: "observation" });
const DECLARED: Backing = Object.freeze({ by: "declaration" });

const HYPOTHESES: Readonly<Record<string, Backing>> = Object.freeze({
  separable: Object.freeze({ by: "certificate", yes: "separation", no: "farkas" }),
  "exponential-loss": DECLARED,
  "gradient-steps": DECLARED,
  "bounded-steps": DECLARED,
  "generic-initialization": Object.freeze({ by: "computation" }),
  homogeneous: Object.freeze({ by: "computation" }),
});

/** The claim about an angle to one predicted direction; others are about a residual, and predict no direction. */
export const ANGLE_CLAIM = "limit-direction";

/** Exponents p of bridge penalties as [numerator, denominator] at depth L, by the names that claims give them. */
export const EXPONENTS = Object.freeze({
  "2/L": (L: number) => [2, L],
  "1/L": (L: number) => [1, L],
  "2/(L+1)": (L: number) => [2, L + 1],
  "2/(L-1)": (L: number) => [2, L - 1],
  "2/L^2": (L: number) => [2, L * L],
  "1": () => [1, 1],
  "2": () => [2, 1],
  "1/2": () => [1, 2],
  "2/3": () => [2, 3],
} as const satisfies Record<string, (depth: number) => readonly [number, number]>);

export interface BridgeName {
  readonly space: "fourier" | "signal";
  readonly exponent: keyof typeof EXPONENTS;
}

/** The id of the claim that the limit is stationary for this penalty; the catalogue's own has the shortest. */
export const bridgeClaimId = ({ space, exponent }: BridgeName): string =>
  space === "fourier" && exponent === "2/L"
    ? "limit-is-fourier-bridge-stationary"
    : `limit-is-${space}-bridge-stationary:${exponent}`;

const BRIDGES: Readonly<Record<string, BridgeName>> = Object.freeze(
  Object.fromEntries(
    (["fourier", "signal"] as const).flatMap((space) =>
      (Object.keys(EXPONENTS) as BridgeName["exponent"][]).map((exponent) => {
        const name: BridgeName = Object.freeze({ space, exponent });
        return [bridgeClaimId(name), name];
      }),
    ),
  ),
);

/** The penalty that a claim names; null for a claim of another kind. */
export const bridgeOf = (claim: string): BridgeName | null => (Object.hasOwn(BRIDGES, claim) ? BRIDGES[claim]! : null);

// A small residual is no proof that a stationary point is near; a certificate that one is there shows it.
const BRIDGE: Backing = Object.freeze({
  by: "certificate",
  yes: "bridge-residual",
  grade: "sampled",
  beside: "certified",
});

/** Of these norms another claim is judged by a direction (`counterexample`), so that the one by the gap says so. */
const BY_DIRECTION: readonly string[] = ["l1", "linf"];

/** The id of the claim that the limit has the largest margin over this norm, up to a certified gap. */
export const marginClaimId = (norm: string): string =>
  `limit-is-${norm}-max-margin${BY_DIRECTION.includes(norm) ? ":gap" : ""}`;

/** The norm that such a claim names, if there is one of this name; null for a claim of another kind. */
export function marginOf(claim: string): string | null {
  const norm = /^limit-is-([a-z0-9-]+(?::[0-9]+(?:\/[0-9]+)?)?)-max-margin(?::gap)?$/.exec(claim)?.[1];
  return norm !== undefined && marginClaimId(norm) === claim ? norm : null;
}

const SAME_LIMIT = "limit-is-that-of:";
/** The id of the claim that the limit is that of another run, which `other` names; a certificate `two-limits` contradicts it. */
export const sameLimitClaimId = (other: string): string => `${SAME_LIMIT}${other}`;
export const isSameLimitClaim = (claim: string): boolean => claim.startsWith(SAME_LIMIT);

/** The id of the claim that the limit is a global minimizer of the penalty with p = 2/L; `smaller-penalty` contradicts it. */
export const minimumClaimId = (space: BridgeName["space"]): string => `limit-is-${space}-bridge-minimum`;
/** The penalty that such a claim names; null for a claim of another kind. */
export function minimumOf(claim: string): BridgeName | null {
  const space = (["fourier", "signal"] as const).find((s) => minimumClaimId(s) === claim);
  return space === undefined ? null : { space, exponent: "2/L" };
}

const MARGIN: Backing = Object.freeze({ by: "certificate", yes: "margin-gap" });

const CLAIMS: Readonly<Record<string, Backing>> = Object.freeze({
  [ANGLE_CLAIM]: Object.freeze({ by: "certificate", yes: "direction-bound" }),
  // Nor that a KKT point is.
  "limit-is-parameter-kkt": Object.freeze({ by: "certificate", yes: "kkt-residual", grade: "sampled" }),
  ...Object.fromEntries(Object.keys(BRIDGES).map((id) => [id, BRIDGE])),
});

const lookUp = (table: Readonly<Record<string, Backing>>, id: string): Backing =>
  Object.hasOwn(table, id) ? table[id]! : OBSERVED;

/** A hypothesis of somebody's own that is computed exactly from the case, which no document of the catalogue has. */
const OWN = "own-";
const COMPUTED: Backing = Object.freeze({ by: "computation" });

export const hypothesisBacking = (id: string): Backing => (id.startsWith(OWN) ? COMPUTED : lookUp(HYPOTHESES, id));
export const claimBacking = (id: string): Backing => (marginOf(id) === null ? lookUp(CLAIMS, id) : MARGIN);

/** What every theorem of the catalogue supposes: without these rows a document tells of another theorem. */
export const ALWAYS_SUPPOSED = Object.freeze({ beforeTraining: ["separable"], alongTheRun: ["loss-to-zero"] } as const);

/** What a theorem of the catalogue says, as far as a document could claim less of it or set cases aside without it. */
export interface Said {
  /** The claims of its entries; besides, a run may have rows of its own certificates that the judge refuses. */
  readonly flow: readonly string[];
  readonly descent: readonly string[];
  /** The networks it speaks of, or all there are. */
  readonly architectures: "any" | readonly string[];
  /** The hypotheses that are decided by computation: no certificate shows one, so none may be invented or left out. */
  readonly computed: readonly string[];
  /** All that it supposes of gradient flow, and of descent with bounded steps. */
  readonly supposes: { readonly flow: readonly string[]; readonly descent: readonly string[] };
}

const BEFORE = ["separable", "exponential-loss", "gradient-steps"];
const ALONG = ["loss-to-zero", "direction-converges", "gradient-converges", "positive-margin"];

function said(
  claim: string,
  architectures: Said["architectures"],
  computed: readonly string[],
  more: readonly string[] = [],
): Said {
  const common = [...BEFORE, ...computed, ...ALONG, ...more];
  return Object.freeze({
    flow: [claim],
    descent: [claim, "agrees-with-flow", "loss-rate"],
    architectures,
    computed,
    supposes: { flow: [...common, "follows-flow"], descent: [...common, "bounded-steps"] },
  });
}

const GENERIC = ["generic-initialization"];
const CATALOGUE: Readonly<Record<string, Said>> = Object.freeze({
  "fully-connected-l2": said(ANGLE_CLAIM, ["fully-connected", "linear"], []),
  "conv-fourier-bridge": said("limit-is-fourier-bridge-stationary", ["convolutional"], GENERIC),
  "conv-depth-2-fourier-l1": said("limit-is-fourier-l1-max-margin", ["convolutional"], GENERIC, ["phases-converge"]),
  "diagonal-bridge": said("limit-is-signal-bridge-stationary:2/L", ["diagonal"], GENERIC),
  "homogeneous-kkt": said("limit-is-parameter-kkt", "any", ["homogeneous"]),
});

/** Null for a theorem that is not in the catalogue: what it says its document alone knows. */
export const saidBy = (theorem: unknown): Said | null =>
  typeof theorem === "string" && Object.hasOwn(CATALOGUE, theorem) ? CATALOGUE[theorem]! : null;

/** Does the theorem speak of this network? Of one that is not in the catalogue nobody here knows. */
export function speaksOf(theorem: unknown, architecture: unknown): boolean {
  const known = saidBy(theorem)?.architectures;
  if (known === "any") return typeof architecture === "string" && architecture !== "";
  return known === undefined || known.some((name) => name === architecture);
}

/** The one depth that a theorem of the catalogue speaks of, where it is one only. */
const DEPTHS: Readonly<Record<string, number>> = Object.freeze({ "conv-depth-2-fourier-l1": 2 });

export const speaksOfDepth = (theorem: unknown, depth: unknown): boolean =>
  typeof theorem !== "string" || !Object.hasOwn(DEPTHS, theorem) || DEPTHS[theorem] === depth;

/** The id of the claim that a counterexample contradicts, from what it says was claimed. */
export function contradictedClaim(limit: Readonly<Record<string, unknown>>): string {
  if (limit.kind === "mean") return "limit-is-mean";
  return limit.regularizer === "l2" ? "limit-direction" : `limit-is-${limit.regularizer}-max-margin`;
}
