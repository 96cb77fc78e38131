/**
 * A counterexample of a ledger: its run is judged as any run is, must be refuted, be of the theorem that was asked for, and
 * be that of the case; a dropped hypothesis must be decided false on it, by something exact. A hunt that found nothing states nothing that can be judged.
 */
import { isRecord } from "../reading.js";
import { type DocumentJudgment, type Judged, type Part, sizeOfShape, sizesOf, statement } from "./finding.js";
import { judgeRun } from "./run.js";

/** What a run shows of its case. */
const SHOWN = ["architecture", "depth", "widths", "options", "loss", "optimizer", "eta", "seed", "tolerance"] as const;

const isSeed = (value: unknown): boolean => typeof value === "string" && /^\d+$/.test(value);
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** The parts of a case that are not those of its run, by name. */
function unlikeIts(run: Part, c: Part, data: unknown): string[] {
  const settings = isRecord(run.settings) ? run.settings : {};
  const shown = isRecord(run.data) ? run.data : {};
  const held = isRecord(c.data) ? c.data : {};
  return [
    ...(c.version === 1 ? [] : ["version"]),
    ...SHOWN.filter((key) => !same(c[key], settings[key])),
    ...(isSeed(c.seed) ? [] : ["seed"]),
    ...(same(held.shape, shown.shape) && sizeOfShape(held.shape) === sizesOf(data)?.[1] ? [] : ["data.shape"]),
    ...(held.name === shown.name ? [] : ["data.name"]),
  ];
}

export function judgeCounterexample(doc: Part, judged: readonly Judged[]): DocumentJudgment[] {
  const { run, without, dropped, of } = doc;
  const c = isRecord(doc.case) ? doc.case : {};
  if (!isRecord(run) || typeof of !== "string")
    return [statement("run", false, "", "a counterexample has a theorem and the document of its run")];
  const data = isRecord(c.data) ? JSON.stringify(c.data.json) : null;
  const about = judged.every((j) => j.certificate.data === undefined || JSON.stringify(j.certificate.data) === data);
  const broken =
    isRecord(dropped) &&
    dropped.id === without &&
    dropped.decided === false &&
    (dropped.evidence === "exact" || dropped.evidence === "certified");
  const named = without === null ? of : `${of}~without:${typeof without === "string" ? without : ""}`;
  const unlike = unlikeIts(run, c, judged[0]?.certificate.data);
  const kept = (Array.isArray(run.hypotheses) ? run.hypotheses : []).every((h) => !isRecord(h) || h.id !== without);
  return [
    ...judgeRun(run, judged).map((j) => ({ ...j, where: `run.${j.where}` })),
    statement(
      "run.verdict",
      run.verdict === "refuted",
      "the theorem is refuted on this case",
      "a counterexample is a refuted case",
    ),
    statement(
      "of",
      run.theorem === named,
      "the theorem of the run is the one that was asked for, without what was dropped",
      "the theorem of the run is another than the one that was asked for, without what was dropped",
    ),
    statement(
      "case.theorem",
      c.theorem === run.theorem,
      "the case is one of the theorem of its run",
      "the case and its run name different theorems",
    ),
    statement("seed", isSeed(doc.seed), "a non-negative integer", "it must be a non-negative integer in decimal"),
    statement(
      "case",
      judged.length > 0 && about && unlike.length === 0,
      "its data are those of the certificates, and its network and training those of the run",
      about && judged.length > 0
        ? `it differs from its run in ${unlike.join(", ")}`
        : "its data are not those that the certificates are about",
    ),
    statement(
      "without",
      without === null ? dropped === null : broken && kept,
      without === null ? "all hypotheses of the theorem hold" : "exactly the dropped hypothesis is broken",
      "what was dropped must be decided false, exactly, and not be supposed by the run",
    ),
  ];
}

export function judgeFalsification(doc: Part, judged: readonly Judged[]): DocumentJudgment[] {
  const { found, counterexample } = doc;
  const place = statement(
    "found",
    found === isRecord(counterexample) && (found === true || judged.length === 0),
    found === true ? "the counterexample is there" : "nothing was found, and nothing is stated",
    "there is a counterexample exactly where one was found",
  );
  if (!isRecord(counterexample)) return [place];
  return [
    place,
    ...judgeCounterexample(counterexample, judged).map((j) => ({ ...j, where: `counterexample.${j.where}` })),
  ];
}
