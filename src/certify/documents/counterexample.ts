/**
 * A counterexample of a ledger: its run is judged as any run is, must be refuted, and be about the data of the case; a dropped
 * hypothesis must be decided false on it, by something exact. A hunt that found nothing states nothing that can be judged.
 */
import { isRecord } from "../reading.js";
import { type DocumentJudgment, type Judged, type Part, statement } from "./finding.js";
import { judgeRun } from "./run.js";

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
      "case",
      judged.length > 0 && about && isRecord(run.settings) && run.settings.depth === c.depth,
      "the certificates are about the data of the case",
      "the case has not the data and the depth that its certificates and its run are about",
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
