/**
 * The sentences of a report: what a verdict means on this case or this campaign, and what the words of the trade stand
 * for. One place, so that the terminal, the page and the files for other programs say the same. Plain text, not escaped.
 */
import type { CertificateKind } from "../kernel/certificate.js";
import type { CaseRow, ClaimRow, RunDocument, TheoremPart, VerifyDocument } from "../kernel/document.js";
import type { Evidence } from "../kernel/evidence.js";
import { INCONCLUSIVE_SHARE, type VerdictWord } from "../kernel/verdict.js";
import { countOf, showSpace } from "./format.js";
import { excess, nearness } from "./limit-words.js";
import { measureOf, showTolerance } from "./measure.js";
import { oneLine } from "./text.js";

/** The seed, and which share of its campaign. */
export const seedWords = ({ seed, shard }: Pick<VerifyDocument, "seed" | "shard">): string =>
  `${seed}${shard === undefined ? "" : `, shard ${shard.part} of ${shard.of} of a campaign of ${shard.cases} cases a theorem`}`;

export const RECHECK = "biasproof recheck report.json";

export const VERDICTS: Readonly<Record<VerdictWord, string>> = {
  holds: "every hypothesis was met and every claim is borne out",
  refuted: "every hypothesis was met and a certificate contradicts a claim",
  suspect: "a claim is contradicted in floating point and no certificate backs it",
  inconclusive: "a claim or a hypothesis stayed undecided",
  "out-of-scope": "a hypothesis is false here, so the theorem says nothing",
};

export const EVIDENCE_WORDS: Readonly<Record<Evidence, string>> = {
  exact: "decided by exact algebra",
  certified: "a certificate that the judge accepts",
  sampled: "true to rounding where it was tried, which is no proof",
  observed: "seen along one run",
  assumed: "cited, or taken for granted",
};

export const COLUMN_WORDS = {
  claim: "what the checks of its claims reached",
  hypotheses: "how its hypotheses were decided",
  proof: "the weakest step of its proof; a cited result counts as assumed",
} as const;

export const CERTIFICATE_WORDS: Readonly<Record<CertificateKind, string>> = {
  separation: "a predictor through the origin with every margin positive: the data are separable",
  farkas: "a nonnegative combination of the signed points that is exactly zero: nothing separates them",
  "exact-kkt": "the optimum in rationals, with the multipliers that prove it",
  "direction-bound": "the angle between the reached direction and the certified optimum lies between two rationals",
  "bridge-residual":
    "how far the reached predictor, with the run's own weights, is from a first-order stationary point",
  "kkt-residual":
    "how far the reached parameters, with the run's own weights, are from a KKT point of least norm of their network",
  "stationary-point":
    "an exact first-order stationary point of the penalty is in this box, alone with its support and active margins",
  "margin-gap": "how much of the best margin the reached predictor has, no solver trusted",
  "spectral-gap": "how much of the best margin over a nuclear norm a factored predictor has, no solver trusted",
  "smaller-penalty": "another predictor has a smaller penalty, so the reached one is no global minimizer",
  "two-limits": "two runs end in directions that are apart",
  "duality-gap": "a bound of the same angle that trusts no solver",
  counterexample: "every direction that the claim allows is this far from the reached one",
  "poly-identity": "polynomials that are equal, multiplied out and compared term by term",
  "sum-of-squares": "a polynomial written as a sum of squares, so it is nowhere negative",
  nullspace: "all conserved quantities of degree 2 at most, and that there are no others",
};

export const words = (id: string): string => oneLine(id).replaceAll("-", " ");

/** "not seen" is not "no": an undecided hypothesis was neither met nor broken. */
export const decidedWord = (decided: boolean | null): string =>
  decided === null ? "not seen" : decided ? "yes" : "no";

/** What a check of a claim came to. */
export const outcomeWord = (outcome: ClaimRow["outcome"]): string => (outcome === "silent" ? "cannot tell" : outcome);

function outOfScope(doc: RunDocument): string {
  const broken = doc.hypotheses.filter((h) => h.decided === false);
  const first = broken[0];
  if (first === undefined) return "The theorem does not speak of this case.";
  if (broken.some((h) => h.id === "separable") && doc.certificates.some((c) => c.kind === "farkas"))
    return "No linear predictor through the origin separates these points, so the theorem does not speak of them (Farkas certificate).";
  return `The theorem assumes that ${first.statement}; here that is false (${first.evidence}), so it does not speak of this case.`;
}

function inconclusive(doc: RunDocument): string {
  if (doc.theorem === null)
    return `No theorem was checked: none of the catalogue speaks of the architecture ${oneLine(doc.settings.architecture)}. Without a prediction there is nothing to confirm or to contradict, so the verdict can only be inconclusive; the network was trained, and where it went is shown for information.`;
  const unseen = doc.hypotheses.filter((h) => h.decided === null).map((h) => h.id);
  const silent = doc.claims.some((c) => c.outcome === "silent");
  const cut = doc.reached?.stop === "interrupted" ? "The run was interrupted before it was done." : "";
  const why = silent || unseen.length === 0 ? "The run neither supports nor contradicts the claim." : "";
  const which =
    unseen.length === 0
      ? ""
      : `Not seen along this run: ${unseen.join(", ")}; without ${unseen.length === 1 ? "it" : "them"} nothing is decided.`;
  return [cut, why, which].filter((part) => part !== "").join(" ");
}

/** What the verdict on a run means, in a sentence or two. */
export function meaningOfRun(doc: RunDocument): string {
  const observed = doc.evidence.hypotheses !== "exact" && doc.evidence.hypotheses !== "certified";
  switch (doc.verdict) {
    case "holds":
      return `Every hypothesis was met and the claim is borne out on this case${nearness(doc)}.`;
    case "refuted":
      return `${doc.theorem?.includes("~without:") === true ? "All other hypotheses were met" : "Every hypothesis was met"} and yet a claim is contradicted, with a certificate that anyone can re-check${excess(doc)}${
        observed ? "; where the run ends was identified by observation" : ""
      }.`;
    case "suspect":
      return "A claim is contradicted in floating point, but no certificate backs it or a hypothesis is undecided: a lead to follow, not a refutation.";
    case "inconclusive":
      return inconclusive(doc);
    case "out-of-scope":
      return outOfScope(doc);
  }
}

/** What the verdict on a campaign means, in a sentence. */
export function meaningOfTheorem(t: TheoremPart): string {
  const share = `${(100 * INCONCLUSIVE_SHARE.numerator) / INCONCLUSIVE_SHARE.denominator} %`;
  const cases = countOf(t.inScope, "case");
  switch (t.verdict) {
    case "holds":
      return t.inconclusive === 0
        ? `It held on each of the ${cases} in scope (${t.asked} asked for).`
        : `It held on ${t.inScope - t.inconclusive} of the ${cases} in scope; ${t.inconclusive} inconclusive (at most ${share} may be).`;
    case "refuted":
      return `A certificate contradicts it on ${t.refuted} of the ${cases} in scope.`;
    case "suspect":
      return `It is contradicted in floating point, without a certificate, on ${t.suspect} of the ${cases} in scope.`;
    case "inconclusive":
      if (t.inScope === 0) return "It was tested on no case in scope, and a theorem tested on nothing is not true.";
      if (t.inScope < t.asked) return `Only ${t.inScope} of the ${t.asked} cases asked for were in scope and ran.`;
      return `${t.inconclusive} of the ${cases} in scope were inconclusive; at most ${share} may be.`;
    case "out-of-scope":
      return "It does not speak of any case that ran.";
  }
}

/** "convolutional, depth 3, 10 points in R^16". */
export function caseWords(c: Pick<CaseRow, "architecture" | "depth" | "points" | "shape">): string {
  return `${c.architecture}, depth ${c.depth}, ${countOf(c.points, "point")} in ${showSpace(c.shape)}`;
}

/** Cases in scope that do not hold, in their order: each is listed with its reason. */
export function openCases(t: TheoremPart): readonly CaseRow[] {
  const open = t.cases.filter((c) => c.verdict !== "holds" && c.verdict !== "out-of-scope");
  if (open.length > 0 || t.verdict === "holds") return open;
  // Nothing in scope is to blame: the case that stands for the verdict, or one that was set aside.
  const stands = t.worst ?? t.cases[0];
  return stands === undefined ? [] : [stands];
}

/** Kernel, channels and such, as ", kernel 3". */
const optionWords = (options: RunDocument["settings"]["options"] = {}): string =>
  Object.entries(options)
    .map(
      ([name, value]) => `, ${name} ${typeof value === "object" ? JSON.stringify(value).replaceAll('"', "") : value}`,
    )
    .join("");

/** The facts of a run's case: what was trained on what, and how. */
export function setupOf(doc: RunDocument): readonly (readonly [string, string])[] {
  const { data, settings: s } = doc;
  const rows: [string, string][] = [
    ["data", `${oneLine(data.name)}: ${countOf(data.points, "point")} in ${showSpace(data.shape)}`],
  ];
  if (data.classes !== null)
    rows.push([
      "classes",
      `+1 is ${oneLine(data.classes.positive)}; -1 is ${data.classes.negative.map(oneLine).join(", ")}`,
    ]);
  rows.push(
    [
      "network",
      `${s.architecture}, depth ${s.depth}${s.widths === null ? "" : `, widths ${s.widths.join(", ")}`}${optionWords(s.options)}`,
    ],
    [
      "training",
      `${s.loss} loss, ${s.optimizer}, ${s.eta === null ? "controlled steps" : `steps of at most ${s.eta}`}`,
    ],
    ["start", `${oneLine(s.initialization)}, seed ${s.seed}`],
  );
  // What nothing is held to is not shown.
  if (doc.claims.length > 0) rows.push(["tolerance", showTolerance(measureOf(doc.claims), s.tolerance)]);
  return rows;
}
