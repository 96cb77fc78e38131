/**
 * The rows of a run's document, hypotheses and claims, and what stands behind each: an accepted certificate of the right
 * kind, a declared fact, or an observation, which is never said more strongly than `observed` and never decides `false`.
 */
import {
  ANGLE_CLAIM,
  type Backing,
  claimBacking,
  contradictedClaim,
  GRADE_BY,
  gradeBeside,
  gradeOf,
  hypothesisBacking,
  minimumOf,
} from "../../kernel/backing.js";
import type { ClaimRow, HypothesisRow } from "../../kernel/document.js";
import { EVIDENCE, type Evidence, weaker } from "../../kernel/evidence.js";
import type { Finding } from "../../kernel/verdict.js";
import { isRecord } from "../reading.js";
import { contradictedApart } from "./apart.js";
import {
  acceptedOf,
  isFiniteNumber,
  type Judged,
  nearest,
  type Part,
  recordsOf,
  sameNumbers,
  upperOf,
  withinTolerance,
} from "./finding.js";
import { isNearby } from "./nearby.js";
import { contradictsBy, isResidualKind, residualsAbout, type Shown, supportsBy } from "./residual.js";

export type Hypothesis = Pick<HypothesisRow, "id" | "decided" | "evidence">;
export type Claim = Pick<ClaimRow, "id" | "outcome">;

const OUTCOMES: readonly unknown[] = ["supports", "contradicts", "silent"] satisfies ClaimRow["outcome"][];

export const isEvidence = (value: unknown): value is Evidence => EVIDENCE.some((e) => e === value);
export const atMost = (grade: Evidence, ceiling: Evidence): boolean => weaker(grade, ceiling) === grade;

const isHypothesis = (h: Part): h is Part & Hypothesis =>
  typeof h.id === "string" && (h.decided === null || typeof h.decided === "boolean") && isEvidence(h.evidence);
const isClaim = (c: Part): c is Part & Claim => typeof c.id === "string" && OUTCOMES.includes(c.outcome);

/** The rows; null where one is malformed or speaks of a hypothesis a second time. */
export function readHypotheses(value: unknown): Hypothesis[] | null {
  const rows = recordsOf(value);
  if (rows === null || !rows.every(isHypothesis)) return null;
  return new Set(rows.map((h) => h.id)).size === rows.length ? rows : null;
}

/** The rows; null where one is malformed. A claim may come twice: two certificates of a kind may be refused. */
export function readClaims(value: unknown): Claim[] | null {
  const rows = recordsOf(value);
  return rows?.every(isClaim) ? rows : null;
}

/** Is `grade` one that this backing gives? */
export const gradeFits = (backing: Backing, grade: Evidence): boolean =>
  backing.by === "observation" ? atMost(grade, GRADE_BY.observation) : grade === gradeOf(backing);

/** What is wrong with a row of the hypotheses, or null. */
export function hypothesisFault(h: Hypothesis, dynamics: unknown, judged: readonly Judged[]): string | null {
  const backing = hypothesisBacking(h.id);
  // An exact computation may end undecided, and then nothing was found out.
  if (backing.by === "computation" && h.decided === null && h.evidence === "assumed") return null;
  if (!gradeFits(backing, h.evidence)) return `${h.id}: nothing like it can be ${h.evidence}`;
  if (backing.by === "observation") {
    if (h.decided === false) return `${h.id}: what was not observed is undecided, not false`;
    return h.decided === null && h.evidence !== "assumed" ? `${h.id}: undecided, so it is assumed` : null;
  }
  if (h.decided === null) return `${h.id}: it can always be decided`;
  if (backing.by === "certificate") {
    const kind = h.decided ? backing.yes : backing.no;
    return kind !== undefined && acceptedOf(judged, kind).length > 0
      ? null
      : `${h.id}: ${h.decided} needs an accepted ${kind} certificate`;
  }
  // An entry is named after the steps: bounded ones are descent, others flow.
  return h.id === "bounded-steps" && h.decided !== (dynamics === "gradient-descent")
    ? "bounded-steps: it is what tells gradient descent from gradient flow"
    : null;
}

/** What the claims are about: the reached predictor and its weights as shown, the depth of the network, the angle asked for. */
export interface About extends Shown {
  readonly tolerance: unknown;
}

/**
 * The claim that an accepted counterexample contradicts; null for one within the tolerance of what the claim says: nearer
 * than what would support the claim, whatever error bar was observed, nothing contradicts it.
 */
export function contradictedBy(counterexample: Part, tolerance: unknown): string | null {
  if (!isRecord(counterexample.claim)) return null;
  const id = contradictedClaim(counterexample.claim);
  if (id !== ANGLE_CLAIM) return id;
  return isFiniteNumber(tolerance) && Number(nearest(counterexample.distance)) > tolerance ? id : null;
}

const backedContradiction = (c: Claim, about: About, judged: readonly Judged[]): boolean =>
  acceptedOf(judged, "counterexample").some(
    (x) => contradictedBy(x, about.tolerance) === c.id && sameNumbers(about.beta, x.reached),
  ) ||
  residualsAbout(c.id, about, judged).some(contradictsBy) ||
  contradictedApart(c.id, about, judged);

const backedSupport = (c: Claim, kind: string, about: About, judged: readonly Judged[]): boolean =>
  isResidualKind(kind)
    ? residualsAbout(c.id, about, judged).some(supportsBy)
    : acceptedOf(judged, kind).some(
        (b) => sameNumbers(about.beta, b.reached) && withinTolerance(upperOf(b), about.tolerance),
      );

/** What is wrong with a row of the claims, or null. */
export function claimFault(c: Claim, about: About, judged: readonly Judged[]): string | null {
  const backing = claimBacking(c.id);
  const contradicted = backedContradiction(c, about, judged);
  if (contradicted && c.outcome !== "contradicts") return `${c.id}: an accepted counterexample contradicts it`;
  if (c.outcome === "supports" && minimumOf(c.id) !== null)
    return `${c.id}: nothing shows that no predictor has a smaller penalty`;
  if (c.outcome === "supports")
    return backing.by !== "certificate" || backedSupport(c, backing.yes, about, judged)
      ? null
      : `${c.id}: support needs an accepted ${backing.yes} of the reached predictor within the tolerance`;
  if (c.outcome === "silent") return null;
  // Only a certificate of ours that its own judge refused contradicts without a counterexample; its row has its name.
  const ownFault = judged.some((j) => !j.judgment.accepted && j.certificate.kind === c.id);
  return ownFault || contradicted
    ? null
    : `${c.id}: contradiction needs an accepted counterexample to this claim, about the reached predictor`;
}

/** What stands behind the support of a claim: more, where beside its residual another certificate shows an exact point. */
function supportOf(c: Claim, about: About, judged: readonly Judged[]): Evidence {
  const accepted = judged.filter((j) => j.judgment.accepted).map((j) => j.certificate);
  const near = residualsAbout(c.id, about, judged).some((r) => supportsBy(r) && isNearby(r, accepted));
  return near ? gradeBeside(claimBacking(c.id)) : gradeOf(claimBacking(c.id));
}

/** The row as the folding rule reads it, with the evidence that stands behind it. */
export function findingOf(c: Claim, about: About, judged: readonly Judged[]): Finding {
  const common = { claim: c.id, why: "" };
  if (c.outcome === "silent") return { ...common, outcome: "silent" };
  return c.outcome === "supports"
    ? { ...common, outcome: "supports", evidence: supportOf(c, about, judged) }
    : { ...common, outcome: "contradicts", certified: backedContradiction(c, about, judged) };
}
