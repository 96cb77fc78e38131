/**
 * The words of a run's document against its certificates: each row has something of the right kind behind it (rows.ts), the
 * numbers are those of accepted certificates (reached.ts), and the verdict and the columns are folded again from the rows.
 */
import { ALWAYS_SUPPOSED, ANGLE_CLAIM } from "../../kernel/backing.js";
import { type Evidence, weakest } from "../../kernel/evidence.js";
import { type Finding, foldCase, type HypothesisDecision } from "../../kernel/verdict.js";
import { isRecord } from "../reading.js";
import { judgeProof } from "./evidence.js";
import {
  type DocumentJudgment,
  type Judged,
  type Part,
  rowStatements,
  sizeOfShape,
  sizesOf,
  statement,
} from "./finding.js";
import { judgeHolds, judgeNumbers, judgeSaid } from "./holds.js";
import { isPlace, judgePredicted, judgeReached } from "./reached.js";
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

const decisionOf = (h: Hypothesis): HypothesisDecision => ({ ...h, statement: "", why: "", certificate: null });

/** What the checks of the claims reached, as verify/verify-case.ts reads it off. */
function claimColumn(findings: readonly Finding[]): Evidence | null {
  if (findings.some((f) => f.outcome === "contradicts" && f.certified)) return "certified";
  const supports = findings.flatMap((f) => (f.outcome === "supports" ? [f.evidence] : []));
  return supports.length < findings.length ? null : weakest(supports);
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
    judgeSaid(doc, hypotheses, claims, judged),
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
