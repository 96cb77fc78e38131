/** A prediction's document, and the documents that state nothing: every word is forged once, and refused. */
import { describe, expect, it } from "vitest";
import { judgeDocument, NOT_REJUDGED } from "../../../../src/certify/document.js";
import { predictOptimum } from "../../../../src/cli/optimum.js";
import { mul, parseQ, q, showQ } from "../../../../src/exact/rational.js";
import type { Dataset } from "../../../../src/kernel/dataset.js";
import type { PredictDocument } from "../../../../src/kernel/document.js";
import { NOT_SEPARABLE, SEPARABLE } from "../samples.js";
import { forged, GONE, refusals } from "./honest.js";

const rest = { notes: [], versions: { biasproof: "0", node: "0" }, timing: { seconds: 0 } } as const;

async function prediction(data: Dataset, regularizer = "l2"): Promise<PredictDocument> {
  const document = {
    schemaVersion: 1,
    command: "predict",
    regularizer,
    ...(await predictOptimum({ regularizer, data })),
    ...rest,
  };
  return JSON.parse(JSON.stringify(document)) as PredictDocument; // as it is read, nothing shared within
}

const SOLVED = await prediction(SEPARABLE.labelled);
const UNSOLVABLE = await prediction(NOT_SEPARABLE.surrounded);
const EXACT = ["l2", "l1", "linf"] as const;
const WITHIN_GAP = ["lp:3", "lp:3/2", "fourier-l1", "group-l21", "fourier-l21", "nuclear", "kernel:2"] as const;
/** Two points of three places and two channels. */
const CHANNELS: Dataset = {
  ...SEPARABLE.labelled,
  shape: [3, 2],
  X: [
    [3n, -1n, 0n, 2n, -2n, 1n],
    [1n, 2n, 1n, 1n, 0n, 3n],
  ],
  y: [1, -1],
};

describe("predict", () => {
  it("honest documents are accepted", async () => {
    for (const regularizer of [...EXACT, ...WITHIN_GAP])
      for (const data of [...Object.values(SEPARABLE), ...Object.values(NOT_SEPARABLE), CHANNELS])
        if (regularizer !== "kernel:2" || data.shape[0]! >= 2)
          expect(refusals(await prediction(data, regularizer))).toEqual([]);
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
    for (const key of ["beta", "betaExact", "objective", "objectiveSquared", "dual", "dualExact", "gap", "unique"])
      for (const value of [null, GONE, "1", 0.5]) wrong(key, value);
    wrong("objectiveExact", "1");
    for (const key of ["beta", "dual"]) wrong(`unique.${key}`, (x: boolean) => !x);
    wrong("objective", (x: number) => x * (1 + 1e-15));
    for (const value of ["l1", null, GONE]) wrong("regularizer", value);
    for (const value of ["true", 1, null, GONE]) wrong("separable", value);
  });

  it.each(["l1", "linf"])("%s: every number is that of the certificate, and uniqueness is decided again", async (R) => {
    const document = await prediction(SEPARABLE.labelled, R);
    const wrong = (path: string, value: unknown): void => {
      expect(refusals(forged(document, [path, value]))).toEqual(["prediction"]);
    };
    for (const key of ["beta", "dual"]) {
      wrong(`${key}[0]`, (x: number) => x + 1e-9);
      wrong(`${key}Exact[0]`, "7/5");
    }
    for (const key of ["beta", "betaExact", "objective", "objectiveExact", "dual", "dualExact", "gap", "unique"])
      for (const value of [null, GONE, "1", 0.5]) wrong(key, value);
    wrong("objectiveSquared", "1");
    for (const key of ["beta", "dual"]) wrong(`unique.${key}`, (x: boolean) => !x);
    wrong("unique.more", true);
    for (const value of ["l2", "fourier-l1", R === "l1" ? "linf" : "l1"]) wrong("regularizer", value);
    expect(refusals(forged(document, ["certificate", SOLVED.certificate]))).toEqual(["prediction"]);
    expect(refusals(forged(SOLVED, ["certificate", document.certificate]))).toEqual(["prediction"]);
  });

  it.each(WITHIN_GAP)("%s: every number is that of the certificate", async (R) => {
    const document = await prediction(CHANNELS, R);
    const wrong = (path: string, value: unknown): void => {
      expect(refusals(forged(document, [path, value]))).toEqual(["prediction"]);
    };
    for (const key of ["beta", "dual"]) {
      wrong(key === "beta" ? "beta[0][1]" : "dual[0]", (x: number) => x + 1e-9);
      wrong(key, (list: number[]) => list.slice(1));
    }
    wrong("betaExact[0][1]", "7/5");
    for (const key of ["beta", "betaExact", "objective", "dual", "gap", "unique"])
      for (const value of [null, GONE, "1", 0.5]) wrong(key, value);
    for (const value of [GONE, "1"]) for (const key of ["objectiveSquared", "dualExact"]) wrong(key, value);
    wrong("objectiveExact", "1");
    wrong("objective", (x: number) => x * (1 + 1e-15));
    wrong("gap", 0);
    wrong("unique.beta", "true");
    wrong("unique.more", true);
    for (const value of ["l2", "l1", null, GONE]) wrong("regularizer", value);
    expect(refusals(forged(document, ["certificate", SOLVED.certificate]))).toEqual(["prediction"]);
    expect(refusals(forged(document, ["certificate.gap.upper", "-1"]))).toEqual(["certificate", "prediction"]);
    const beta = document.beta as readonly (readonly number[])[];
    const betaExact = document.betaExact as readonly (readonly string[])[];
    expect([beta.map((row) => row.length), betaExact.length]).toEqual([[2, 2, 2], 3]);
    for (const [key, value] of Object.entries({ beta: beta.flat(), betaExact: betaExact.flat() })) wrong(key, value);
    wrong(
      "beta",
      beta[0]!.map((_, r) => beta.map((row) => row[r]!)),
    ); // transposed
    wrong("verdict", "holds");
    if (document.certificate.kind !== "margin-gap") return;
    // A gap is the same for every multiple; a prediction has least margin 1.
    const twice = document.certificate.reached.map((x) => showQ(mul(q(2n), parseQ(x)!)));
    const { objective, dual } = document;
    const doubled = {
      ...document,
      ...{
        beta: beta.map((row) => row.map((x) => 2 * x)),
        betaExact: [twice.slice(0, 2), twice.slice(2, 4), twice.slice(4)],
      },
      ...{ objective: 2 * objective!, dual: dual!.map((a) => 2 * a) },
      certificate: { ...document.certificate, reached: twice },
    };
    expect(refusals(doubled)).toEqual(["prediction"]);
    // A gap between two predictors is no prediction.
    const { reached } = document.certificate as { reached: readonly string[] };
    expect(refusals(forged(document, ["certificate.witness", reached]))).toEqual(["prediction"]);
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
    for (const key of ["beta", "betaExact", "objective", "objectiveSquared", "dual", "dualExact", "gap", "unique"])
      for (const value of [0, GONE, []]) expect(refusals(forged(UNSOLVABLE, [key, value]))).toEqual(["separable"]);
    expect(refusals(forged(UNSOLVABLE, ["objectiveExact", "1"]))).toEqual(["separable"]);
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
