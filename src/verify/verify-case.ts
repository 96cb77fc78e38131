/**
 * The method on one page: one theorem, one case.
 * Structural hypotheses first; if one is false the case is out of scope and nothing is trained. Then the run, the
 * asymptotic hypotheses along it, the claims with their certificates, every certificate past the judge, and the fold.
 */
import { judge } from "../certify/judge.js";
import { angleBounds, angleData } from "../exact/angle.js";
import { toNumber } from "../exact/rational.js";
import { entriesOf, showVector, vectorOfNumbers } from "../exact/vector.js";
import type { Case } from "../kernel/case.js";
import type { Certificate, Judgment } from "../kernel/certificate.js";
import type { PredictedPart, ReachedPart } from "../kernel/document.js";
import { type Evidence, weakest } from "../kernel/evidence.js";
import { type Finding, foldCase, type HypothesisDecision, type VerdictWord } from "../kernel/verdict.js";
import { exp, log } from "../numeric/elementary.js";
import { type Bench, type Clock, createBench, snapshotsOf } from "./bench.js";
import { certifiedAngle } from "./claims/angle-certificates.js";
import { type ClaimResult, type Dynamics, dynamicsOf, type Theorem } from "./theorem.js";

export interface CaseVerdict {
  readonly verdict: VerdictWord;
  readonly theorem: string;
  readonly dynamics: Dynamics;
  readonly evidence: { readonly claim: Evidence | null; readonly hypotheses: Evidence | null };
  readonly hypotheses: readonly HypothesisDecision[];
  readonly findings: readonly Finding[];
  readonly predicted: PredictedPart | null;
  readonly reached: ReachedPart | null;
  readonly certificates: readonly Certificate[];
  /** What a reader must know of how the case was run. */
  readonly notes: readonly string[];
}

function predictedOf(bench: Bench, theorem: Theorem): PredictedPart | null {
  if (theorem.regularizer === null) return null;
  const o = bench.optimum();
  if (!o.separable) return null;
  return {
    regularizer: "l2",
    beta: entriesOf(o.beta).map(toNumber),
    betaExact: showVector(o.beta),
    objective: o.objective,
  };
}

/** log(1/loss) from its logarithm, as far as doubles go. */
const WORST_EXPONENT = 700;

/** What a run reached. */
export function reachedOf(bench: Bench, certificates: readonly Certificate[], certifyPath: boolean): ReachedPart {
  // Beside a residual it stands for the grade, and no direction is predicted.
  const bound = certificates.some((c) => c.kind === "bridge-residual")
    ? undefined
    : certificates.find((c) => c.kind === "direction-bound");
  const gap = certificates.find((c) => c.kind === "duality-gap");
  const common = {
    beta: entriesOf(bench.reached()).map(toNumber),
    angleBound: bound === undefined ? null : certifiedAngle(bound.angle.upper),
    solverFreeBound: gap === undefined ? null : certifiedAngle(gap.angle.upper),
    residual: residualOf(certificates),
  };
  const limit = bench.limit();
  if (limit === null || limit.beta === null || limit.dual === null || limit.kkt === null) {
    const { trajectory, angles } = bench.run();
    return {
      ...common,
      logInverseLoss: trajectory.logInverseLoss,
      stop: trajectory.stop,
      steps: trajectory.steps,
      path: certifyPath
        ? certifiedPath(bench)
        : angles.map(({ M, value }) => ({ logInverseLoss: M, angleBound: value })),
      limit: null,
    };
  }
  const { descent, continuation } = limit.phases;
  const logLogInverseLoss = continuation?.logLogInverseLoss ?? log(descent.logInverseLoss);
  const logInverseLoss = exp(Math.min(logLogInverseLoss, WORST_EXPONENT));
  const way = certifyPath && common.angleBound !== null ? certifiedPath(bench) : [];
  return {
    ...common,
    logInverseLoss,
    stop: "goal-met",
    steps: descent.steps,
    path: [
      ...way.filter((p) => p.logInverseLoss < logInverseLoss),
      ...(common.angleBound === null ? [] : [{ logInverseLoss, angleBound: common.angleBound }]),
    ],
    limit: { logLogInverseLoss, dual: [...limit.dual], kkt: limit.kkt, refined: limit.basin?.refined ?? null },
  };
}

/** The certified residual of what is claimed, where that is no angle: above, as a double. */
function residualOf(certificates: readonly Certificate[]): number | null {
  const residual = certificates.find((c) => c.kind === "bridge-residual" || c.kind === "kkt-residual");
  if (residual !== undefined) return certifiedAngle(residual.largest.upper);
  const gap = certificates.find((c) => c.kind === "margin-gap");
  return gap === undefined ? null : certifiedAngle(gap.gap.upper);
}

/** The certified upper bound of the angle at every snapshot; a few milliseconds each. */
function certifiedPath(bench: Bench): ReachedPart["path"] {
  const o = bench.optimum();
  if (!o.separable) return [];
  return snapshotsOf(bench.run().trajectory)
    .filter((s) => s.beta.some((x) => x !== 0))
    .map((s) => ({
      logInverseLoss: s.logInverseLoss,
      angleBound: angleBounds(angleData(vectorOfNumbers(s.beta), o.beta)).upper,
    }));
}

/** What a claim found, as far as its certificates stand: where the judge refuses one, it has said nothing. */
function backed({ finding, certificates }: ClaimResult, judged: (c: Certificate) => Judgment): Finding {
  const refused = certificates.find((c) => !judged(c).accepted);
  if (finding.outcome === "silent" || refused === undefined) return finding;
  return {
    claim: finding.claim,
    outcome: "silent",
    why: `the judge refuses its ${refused.kind} certificate, so this is not said: ${finding.why}`,
  };
}

export interface VerifyOptions {
  /** Certify the angle at every snapshot, not only at the end. */
  readonly certifyPath?: boolean;
}

export async function verifyCase(
  theorem: Theorem,
  c: Case,
  clock: Clock,
  options: VerifyOptions = {},
): Promise<CaseVerdict> {
  const bench = createBench(c, clock, {
    ending: theorem.regularizer === null ? "settled" : "goal",
    toLimit: true,
    ...(theorem.brings === undefined ? {} : { own: theorem.brings }),
  });
  const dynamics = dynamicsOf(bench.optimizer.facts);
  const { hypotheses: supposed, claims } = theorem.entries[dynamics];
  const hypotheses: HypothesisDecision[] = [];
  for (const h of supposed) if (h.kind === "structural") hypotheses.push(await h.decide(bench));
  const findings: Finding[] = [];
  const certificates: Certificate[] = [];
  const judgments = new Map<Certificate, Judgment>();
  const judged = (c: Certificate): Judgment => {
    const judgment = judgments.get(c) ?? judge(c);
    judgments.set(c, judgment);
    return judgment;
  };
  const inScope = hypotheses.every((h) => h.decided === true);
  if (inScope) {
    for (const claim of claims) {
      const result = await claim.check(bench);
      findings.push(backed(result, judged));
      certificates.push(...result.certificates);
    }
    for (const h of supposed) if (h.kind === "asymptotic") hypotheses.push(await h.decide(bench));
  }
  for (const h of hypotheses)
    if (h.certificate !== null && !certificates.includes(h.certificate)) certificates.push(h.certificate);
  // Nobody's word is taken: what the judge refuses counts as a contradiction in floating point that nothing backs.
  for (const certificate of certificates) {
    const judgment = judged(certificate);
    if (judgment.accepted) continue;
    const why = `the judge refuses our own ${certificate.kind} certificate: ${judgment.reason}`;
    // A certificate that is only too long for the judge says nothing either way.
    findings.push(
      judgment.cause === "too-large"
        ? { claim: certificate.kind, outcome: "silent", why }
        : { claim: certificate.kind, outcome: "contradicts", certified: false, why },
    );
  }
  const supports = findings.flatMap((f) => (f.outcome === "supports" ? [f.evidence] : []));
  const contradicted = findings.some((f) => f.outcome === "contradicts" && f.certified);
  return {
    verdict: foldCase(hypotheses, findings),
    theorem: theorem.id,
    dynamics,
    evidence: {
      claim: contradicted ? "certified" : findings.some((f) => f.outcome !== "supports") ? null : weakest(supports),
      hypotheses: weakest(hypotheses.map((h) => h.evidence)),
    },
    hypotheses,
    findings,
    predicted: inScope ? predictedOf(bench, theorem) : null,
    reached: inScope
      ? reachedOf(bench, certificates, options.certifyPath === true && theorem.regularizer !== null)
      : null,
    certificates,
    notes: [...bench.notes, ...(inScope ? (bench.limit()?.notes ?? []) : [])],
  };
}
