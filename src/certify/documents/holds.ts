/**
 * What a run's document must have besides rows that fold to its verdict: all that a theorem of the catalogue says, numbers of
 * the kind that its claims are about, and for `holds` a certified number within its tolerance, of the flow at a limit.
 */
import { bridgeOf, claimBacking, hypothesisBacking, saidBy, speaksOf, speaksOfDepth } from "../../kernel/backing.js";
import { RESIDUAL } from "../../kernel/tolerance.js";
import { isRecord } from "../reading.js";
import {
  type DocumentJudgment,
  isFiniteNumber,
  type Judged,
  type Part,
  statement,
  withinTolerance,
} from "./finding.js";
import { isResidualClaim } from "./residual.js";
import type { Claim, Hypothesis } from "./rows.js";

/**
 * A theorem of the catalogue says all that it says, and supposes what no certificate shows where it does and nowhere else: a
 * document that claims less or more, or sets its case aside by a hypothesis of another theorem, is about something else.
 */
export function judgeSaid(
  doc: Part,
  hypotheses: readonly Hypothesis[],
  claims: readonly Claim[],
  judged: readonly Judged[],
): DocumentJudgment {
  const theorem = saidBy(doc.theorem);
  const computed = hypotheses.map((h) => h.id).filter((id) => hypothesisBacking(id).by === "computation");
  const said = doc.dynamics === "gradient-descent" ? theorem?.descent : theorem?.flow;
  // Where a hypothesis is false nothing is watched along a run; elsewhere every row is there, and no other.
  const supposed = doc.dynamics === "gradient-descent" ? theorem?.supposes.descent : theorem?.supposes.flow;
  const shown = hypotheses.map((h) => h.id);
  const whole =
    supposed === undefined ||
    (shown.every((id) => supposed.includes(id)) &&
      (hypotheses.some((h) => h.decided === false) || supposed.every((id) => shown.includes(id))));
  // Besides there are rows of our own certificates that the judge refuses, by their kind.
  const refused = new Set(judged.filter((j) => !j.judgment.accepted).map((j) => j.certificate.kind));
  const own = claims.map((c) => c.id).filter((id) => said?.includes(id) || !refused.has(id));
  const exact = said === undefined || claims.length === 0 || own.join() === said.join();
  return statement(
    "theorem",
    exact &&
      whole &&
      speaksOfDepth(doc.theorem, isRecord(doc.settings) ? doc.settings.depth : null) &&
      (theorem === null || computed.join() === theorem.computed.join()),
    "the claims and the hypotheses are those of the theorem",
    `the claims${exact || said === undefined ? "" : ` (it says ${said.join(", ")})`} or the hypotheses are not those of the theorem`,
  );
}

/** A claim about a residual predicts no direction, so no angle is shown; one about an angle shows no residual. */
export function judgeNumbers(doc: Part, claims: readonly Claim[]): DocumentJudgment[] {
  const { reached } = doc;
  if (!isRecord(reached) || claims.length === 0) return [];
  const residual = claims.some((c) => isResidualClaim(c.id));
  return [
    statement(
      "reached.measure",
      residual
        ? doc.predicted === null && reached.angleBound === null && reached.solverFreeBound === null
        : reached.residual === null,
      "the numbers are of the kind that the claims are about",
      "a claim about a residual predicts no direction and shows no angle, one about an angle no residual",
    ),
  ];
}

/**
 * `holds` asks for more than its rows: a claim with a certificate behind it, of an angle within the tolerance or a residual
 * within its own, at a loss that fell; and of gradient flow that the run was followed to its limit.
 */
export function judgeHolds(doc: Part, claims: readonly Claim[], tolerance: unknown): DocumentJudgment[] {
  const { reached } = doc;
  if (!isRecord(reached)) return [statement("verdict", false, "", "holds needs a run")];
  const fell = isFiniteNumber(reached.logInverseLoss) && reached.logInverseLoss > 0;
  const spoken = speaksOf(doc.theorem, isRecord(doc.settings) ? doc.settings.architecture : null);
  const backed = claims.some((c) => c.outcome === "supports" && claimBacking(c.id).by === "certificate");
  const { angleBound, residual, limit } = reached;
  const within = claims.some((c) => isResidualClaim(c.id))
    ? isFiniteNumber(residual) && residual <= RESIDUAL.value
    : withinTolerance(angleBound, tolerance) && isRecord(doc.predicted);
  return [
    statement(
      "verdict",
      fell && backed && within && spoken,
      "the certified angle or residual is within the tolerance",
      "holds needs a network that the theorem speaks of, and a claim with a certified angle or residual within the tolerance, at a loss below 1",
    ),
    statement(
      "verdict",
      (doc.dynamics === "gradient-descent") !== isRecord(limit),
      "gradient flow is judged at its limit, descent at its end",
      "holds needs a limit where the run stands for gradient flow, and no other run has one",
    ),
    ...(claims.some((c) => bridgeOf(c.id) !== null) && isRecord(doc.settings) && Number(doc.settings.depth) > 2
      ? [
          statement(
            "verdict",
            isRecord(limit) && limit.refined !== null,
            "the steps did not choose the limit, as runs with finer ones show",
            "at depth 3 and more the limit depends on the path, and holds needs runs with finer steps that agree on it",
          ),
        ]
      : []),
  ];
}
