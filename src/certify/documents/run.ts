/**
 * The words of a run's document against its certificates: each row has something of the right kind behind it (rows.ts), the
 * numbers are those of accepted certificates (reached.ts), and the verdict and the columns are folded again from the rows.
 */
import {
  ALWAYS_SUPPOSED,
  ANGLE_CLAIM,
  bridgeOf,
  claimBacking,
  hypothesisBacking,
  saidBy,
} from "../../kernel/backing.js";
import { type Evidence, weakest } from "../../kernel/evidence.js";
import { RESIDUAL } from "../../kernel/tolerance.js";
import { type Finding, foldCase, type HypothesisDecision } from "../../kernel/verdict.js";
import { isRecord } from "../reading.js";
import { judgeProof } from "./evidence.js";
import {
  type DocumentJudgment,
  isFiniteNumber,
  type Judged,
  type Part,
  rowStatements,
  sizeOfShape,
  sizesOf,
  statement,
  withinTolerance,
} from "./finding.js";
import { isPlace, judgePredicted, judgeReached } from "./reached.js";
import { isResidualClaim } from "./residual.js";
import {
  type Claim,
  claimFault,
  findingOf,
  type Hypothesis,
  hypothesisFault,
  readClaims,
  readHypotheses,
} from "./rows.js";

function judgeData(doc: Part, judged: readonly Judged[]): DocumentJudgment {
  const distinct = new Set(judged.map((j) => JSON.stringify(j.certificate.data)));
  const sizes = sizesOf(judged[0]?.certificate.data);
  const shown = isRecord(doc.data) ? doc.data : {};
  return statement(
    "data",
    distinct.size === 1 && sizes !== null && sizes[0] === shown.points && sizes[1] === sizeOfShape(shown.shape),
    "all certificates are about one data set, of the size shown",
    "the certificates are not about one data set of the size shown",
  );
}

/** Where a hypothesis is false nothing is trained or claimed; else the run and what was claimed of it are there. */
function judgeScope(doc: Part, hypotheses: readonly Hypothesis[], claims: readonly Claim[]): DocumentJudgment {
  const out = hypotheses.some((h) => h.decided === false);
  const separable = hypotheses.some((h) => h.id === "separable" && h.decided === true);
  const supposed: readonly string[] = out
    ? ALWAYS_SUPPOSED.beforeTraining
    : [...ALWAYS_SUPPOSED.beforeTraining, ...ALWAYS_SUPPOSED.alongTheRun];
  return statement(
    "scope",
    supposed.every((id) => hypotheses.some((h) => h.id === id)) &&
      (doc.reached === null) === out &&
      (claims.length === 0) === out &&
      (doc.predicted === null || separable) &&
      (doc.predicted !== null || !claims.some((c) => c.id === ANGLE_CLAIM)),
    out ? "out of scope: nothing was trained and nothing is claimed" : "in scope: a run, a prediction and claims",
    `a theorem's document has ${supposed.join(" and ")} among its hypotheses, a run and claims exactly where none is false, and a prediction only where the data are separable, and always where the claim is about it`,
  );
}

/**
 * A theorem of the catalogue says all that it says, and supposes what no certificate shows where it does and nowhere else: a
 * document that claims less, or sets its case aside by a hypothesis of another theorem, is about something else.
 */
function judgeSaid(doc: Part, hypotheses: readonly Hypothesis[], claims: readonly Claim[]): DocumentJudgment {
  const theorem = saidBy(doc.theorem);
  const computed = hypotheses.map((h) => h.id).filter((id) => hypothesisBacking(id).by === "computation");
  const said = doc.dynamics === "gradient-descent" ? theorem?.descent : theorem?.flow;
  const missing = claims.length === 0 ? [] : (said ?? []).filter((id) => !claims.some((c) => c.id === id));
  return statement(
    "theorem",
    missing.length === 0 && (theorem === null || computed.join() === theorem.computed.join()),
    "the claims and the computed hypotheses are those of the theorem",
    `the claims (${missing.join(", ") || "none"} missing) or the computed hypotheses are not those of the theorem`,
  );
}

/** A claim about a residual predicts no direction, so no angle is shown; one about an angle shows no residual. */
function judgeNumbers(doc: Part, claims: readonly Claim[]): DocumentJudgment[] {
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

const decisionOf = (h: Hypothesis): HypothesisDecision => ({ ...h, statement: "", why: "", certificate: null });

/** What the checks of the claims reached, as verify/verify-case.ts reads it off. */
function claimColumn(findings: readonly Finding[]): Evidence | null {
  if (findings.some((f) => f.outcome === "contradicts" && f.certified)) return "certified";
  const supports = findings.flatMap((f) => (f.outcome === "supports" ? [f.evidence] : []));
  return supports.length < findings.length ? null : weakest(supports);
}

/**
 * `holds` asks for more than its rows: a claim with a certificate behind it, of an angle within the tolerance or a residual
 * within its own, at a loss that fell; and of gradient flow that the run was followed to its limit.
 */
function judgeHolds(doc: Part, claims: readonly Claim[], tolerance: unknown): DocumentJudgment[] {
  const { reached } = doc;
  if (!isRecord(reached)) return [statement("verdict", false, "", "holds needs a run")];
  const fell = isFiniteNumber(reached.logInverseLoss) && reached.logInverseLoss > 0;
  const backed = claims.some((c) => c.outcome === "supports" && claimBacking(c.id).by === "certificate");
  const { angleBound, residual, limit } = reached;
  const within = claims.some((c) => isResidualClaim(c.id))
    ? isFiniteNumber(residual) && residual <= RESIDUAL.value
    : withinTolerance(angleBound, tolerance) && isRecord(doc.predicted);
  return [
    statement(
      "verdict",
      fell && backed && within,
      "the certified angle or residual is within the tolerance",
      "holds needs a claim with a certified angle or residual within the tolerance, at a loss below 1",
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

function judgeTheorem(doc: Part, judged: readonly Judged[]): DocumentJudgment[] {
  const { dynamics, verdict } = doc;
  const hypotheses = readHypotheses(doc.hypotheses);
  const claims = readClaims(doc.claims);
  if (hypotheses === null || claims === null)
    return [statement(hypotheses === null ? "hypotheses" : "claims", false, "", "the rows are malformed")];
  const { tolerance, depth } = isRecord(doc.settings) ? doc.settings : {};
  const { beta = null, limit = null } = isRecord(doc.reached) ? doc.reached : {};
  const about = { beta, dual: isRecord(limit) ? limit.dual : null, tolerance, depth };
  const shown = isRecord(doc.evidence) ? doc.evidence : {};
  const findings = claims.map((c) => findingOf(c, about, judged));
  const folded = foldCase(hypotheses.map(decisionOf), findings);
  const column = claimColumn(findings);
  return [
    statement(
      "dynamics",
      dynamics === "gradient-flow" || dynamics === "gradient-descent",
      "a dynamics that theorems speak of",
      "it must be gradient-flow or gradient-descent",
    ),
    judgeScope(doc, hypotheses, claims),
    judgeSaid(doc, hypotheses, claims),
    ...judgeNumbers(doc, claims),
    ...rowStatements(
      "hypotheses",
      hypotheses.map((h) => hypothesisFault(h, dynamics, judged)),
      "each is decided by what can decide it",
    ),
    ...rowStatements(
      "claims",
      claims.map((c) => claimFault(c, about, judged)),
      "what supports or contradicts has an accepted certificate, or is called observed",
    ),
    statement(
      "evidence.hypotheses",
      shown.hypotheses === weakest(hypotheses.map((h) => h.evidence)),
      "the weakest of the rows",
      "it is not the weakest of the rows",
    ),
    statement(
      "evidence.claim",
      shown.claim === column,
      `${column ?? "null"}: it follows from the claims`,
      `the claims give ${column ?? "null"}`,
    ),
    judgeProof(doc, shown.proof, "evidence.proof"),
    statement("verdict", verdict === folded, `${folded}: it follows from the rows`, `the rows fold to ${folded}`),
    ...(verdict === "holds" ? judgeHolds(doc, claims, tolerance) : []),
  ];
}

/** A run that no theorem speaks of says nothing but where it went. */
function judgeWithoutTheorem(doc: Part): DocumentJudgment[] {
  const { evidence, reached } = doc;
  const empty = (list: unknown): boolean => Array.isArray(list) && list.length === 0;
  const silent =
    [doc.hypotheses, doc.claims, doc.restsOn].every(empty) &&
    isRecord(evidence) &&
    [evidence.claim, evidence.hypotheses, evidence.proof, doc.predicted, doc.statement].every((x) => x === null) &&
    isRecord(reached) &&
    empty(reached.path);
  return [
    statement("theorem", silent, "without a theorem nothing is claimed", "without a theorem nothing may be claimed"),
    statement(
      "verdict",
      doc.verdict === "inconclusive",
      "inconclusive: no theorem was checked",
      "without a theorem it must be inconclusive",
    ),
  ];
}

export function judgeRun(doc: Part, judged: readonly Judged[]): DocumentJudgment[] {
  const { reached, predicted, theorem } = doc;
  const places = isPlace(reached) && isPlace(predicted) && (theorem === null || typeof theorem === "string");
  if (!places)
    return [statement("document", false, "", "theorem, reached and predicted must be there, as null or what they are")];
  return [
    judgeData(doc, judged),
    ...(reached === null ? [] : judgeReached(doc, reached, judged)),
    ...(predicted === null ? [] : [judgePredicted(predicted, judged)]),
    ...(theorem === null ? judgeWithoutTheorem(doc) : judgeTheorem(doc, judged)),
  ];
}
