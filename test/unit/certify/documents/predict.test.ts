/** A prediction's document, and the documents that state nothing: every word is forged once, and refused. */
import { describe, expect, it } from "vitest";
import { judgeDocument, NOT_REJUDGED } from "../../../../src/certify/document.js";
import { toNumber } from "../../../../src/exact/rational.js";
import { entriesOf, showVector } from "../../../../src/exact/vector.js";
import type { PredictDocument } from "../../../../src/kernel/document.js";
import { l2MaxMargin } from "../../../../src/oracle/l2-margin.js";
import { NOT_SEPARABLE, SEPARABLE } from "../samples.js";
import { forged, GONE, refusals } from "./honest.js";

const rest = { notes: [], versions: { biasproof: "0", node: "0" }, timing: { seconds: 0 } } as const;

function prediction(data: Parameters<typeof l2MaxMargin>[0]): PredictDocument {
  const o = l2MaxMargin(data);
  const common = {
    schemaVersion: 1,
    command: "predict",
    regularizer: "l2",
    certificate: o.certificate,
    ...rest,
  } as const;
  if (!o.separable)
    return {
      ...common,
      ...{ separable: false, beta: null, betaExact: null, objective: null, objectiveSquared: null },
      ...{ dual: null, dualExact: null, gap: null },
    };
  return {
    ...common,
    separable: true,
    beta: entriesOf(o.beta).map(toNumber),
    betaExact: showVector(o.beta),
    objective: o.objective,
    objectiveSquared: o.certificate.objectiveSquared,
    dual: entriesOf(o.dual).map(toNumber),
    dualExact: showVector(o.dual),
    gap: 0,
  };
}

const SOLVED = prediction(SEPARABLE.labelled);
const UNSOLVABLE = prediction(NOT_SEPARABLE.surrounded);

describe("predict", () => {
  it("honest documents are accepted", () => {
    for (const data of [...Object.values(SEPARABLE), ...Object.values(NOT_SEPARABLE)])
      expect(refusals(prediction(data))).toEqual([]);
    expect([SOLVED.separable, UNSOLVABLE.separable]).toEqual([true, false]);
  });

  it("every number is that of the certificate", () => {
    const wrong = (path: string, value: unknown): void => {
      expect(refusals(forged(SOLVED, [path, value]))).toEqual(["prediction"]);
    };
    for (const key of ["beta", "dual"]) {
      wrong(`${key}[0]`, (x: number) => x + 1e-9);
      wrong(key, (list: number[]) => list.slice(1));
      wrong(`${key}Exact[0]`, "7/5");
      wrong(`${key}Exact`, (list: string[]) => [...list, "0"]);
    }
    for (const key of ["beta", "betaExact", "objective", "objectiveSquared", "dual", "dualExact", "gap"])
      for (const value of [null, GONE, "1", 0.5]) wrong(key, value);
    wrong("objective", (x: number) => x * (1 + 1e-15));
    for (const value of ["l1", null, GONE]) wrong("regularizer", value);
    for (const value of ["true", 1, null, GONE]) wrong("separable", value);
  });

  it("separable or not is what its one certificate says", () => {
    expect(refusals(forged(SOLVED, ["separable", false]))).toEqual(["separable"]);
    expect(refusals(forged(UNSOLVABLE, ["separable", true]))).toEqual(["prediction"]);
    expect(refusals(forged(SOLVED, ["certificate", UNSOLVABLE.certificate]))).toEqual(["prediction"]);
    expect(refusals(forged(UNSOLVABLE, ["certificate", SOLVED.certificate]))).toEqual(["separable"]);
    expect(refusals(forged(SOLVED, ["certificate.data.scale", "3"]))).toEqual(["certificate", "prediction"]);
    for (const document of [SOLVED, UNSOLVABLE]) {
      const where = document.separable ? "prediction" : "separable";
      expect(refusals(forged(document, ["certificate", GONE]))).toEqual([where]);
      expect(refusals(forged(document, ["more", { certificate: document.certificate }]))).toEqual([where]);
      expect(refusals(forged(document, ["certificate.data.scale", "-1"]))).toEqual(["certificate", where]);
    }
  });

  it("what is not separable has no number", () => {
    for (const key of ["beta", "betaExact", "objective", "objectiveSquared", "dual", "dualExact", "gap"])
      for (const value of [0, GONE, []]) expect(refusals(forged(UNSOLVABLE, [key, value]))).toEqual(["separable"]);
  });
});

describe("documents that state nothing", () => {
  it.each(["train", "list", "recheck"])("%s: accepted, without verdict and certificates", (command) => {
    const document = { schemaVersion: 1, command, steps: 3, ...rest };
    expect(refusals(document)).toEqual([]);
    expect(judgeDocument(document)).toHaveLength(1);
    expect(refusals({ ...document, verdict: "holds" })).toEqual(["command"]);
    expect(refusals({ ...document, certificate: SOLVED.certificate })).toEqual(["command"]);
    expect(refusals({ ...document, schemaVersion: 2 })).toEqual(["schemaVersion"]);
  });

  it("an unknown command is not judged, so refused", () => {
    for (const command of ["prove", "", null, 7, "__proto__"])
      expect(refusals({ schemaVersion: 1, command, ...rest })).toEqual(["command"]);
    expect(refusals({ schemaVersion: 1, theorems: [{ certificate: SOLVED.certificate }] })).toEqual(["command"]);
  });

  it("a bare certificate is judged, and what holds nothing gives nothing", () => {
    expect(judgeDocument(SOLVED.certificate)).toMatchObject([
      { where: "certificate", kind: "exact-kkt", accepted: true },
    ]);
    expect(refusals({ ...SOLVED.certificate, note: "" })).toEqual(["certificate"]);
    expect(refusals({ ...SOLVED.certificate, command: "run" })).toContain("document");
    for (const value of [{}, [], null, 7, "x", { schemaVersion: 1 }]) expect(judgeDocument(value)).toEqual([]);
  });

  it("certificates are found wherever they are, but not without end", () => {
    const nested = (depth: number): unknown =>
      depth === 0 ? { certificates: [SOLVED.certificate, 7] } : { inside: [nested(depth - 1)] };
    const found = judgeDocument({ schemaVersion: 1, command: "prove", deep: nested(3) });
    expect(found.map((j) => [j.where, j.accepted])).toEqual([
      ["deep.inside[0].inside[0].inside[0].certificates[0]", true],
      ["deep.inside[0].inside[0].inside[0].certificates[1]", false],
      ["command", false],
    ]);
    expect(judgeDocument({ command: "list", schemaVersion: 1, deep: nested(5000) }).map((j) => j.where)).toEqual([
      "command",
    ]);
  });

  it("what cannot be judged is named", () => {
    for (const word of ["weights", "observed", "error bar", "declare", "proof", "settings", "replay"])
      expect(NOT_REJUDGED).toContain(word);
  });
});
