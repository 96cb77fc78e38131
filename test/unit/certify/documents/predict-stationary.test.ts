/** Documents of stationary points: honest ones are accepted, and every word that a certificate backs is forged once. */
import { describe, expect, it } from "vitest";
import { predictOptimum } from "../../../../src/cli/optimum.js";
import type { Dataset } from "../../../../src/kernel/dataset.js";
import type { PredictDocument } from "../../../../src/kernel/document.js";
import { dataset, NOT_SEPARABLE, SEPARABLE } from "../samples.js";
import { forged, GONE, refusals } from "./honest.js";

const rest = { notes: [], versions: { biasproof: "0", node: "0" }, timing: { seconds: 0 } } as const;

async function stationary(data: Dataset, regularizer: string, all: boolean): Promise<PredictDocument> {
  const document = {
    schemaVersion: 1,
    command: "predict",
    regularizer,
    ...(await predictOptimum({ regularizer, data, all })),
    ...rest,
  };
  return JSON.parse(JSON.stringify(document)) as PredictDocument; // as it is read, nothing shared within
}

const DATA = dataset(
  [
    [3, 1, -2, 7],
    [2, 4, 1, -1],
  ],
  [1, -1],
);
const ALL = await stationary(DATA, "bridge:2/3", true);
const FROM = await stationary(DATA, "fourier-bridge:1/2", false);

describe("stationary points", () => {
  it("honest documents are accepted", async () => {
    for (const regularizer of ["bridge:2/3", "fourier-bridge:1/2"])
      for (const data of [...Object.values(SEPARABLE), ...Object.values(NOT_SEPARABLE), DATA])
        for (const all of [true, false])
          expect(refusals(await stationary(data, regularizer, all)), `${regularizer} ${all}`).toEqual([]);
    expect(ALL.stationary).toMatchObject({ complete: true, global: 0, why: null });
    expect(ALL.stationary!.points.length).toBeGreaterThan(3);
    expect(FROM.stationary!.points).toHaveLength(1);
  });

  const wrong = (document: PredictDocument, path: string, value: unknown): void => {
    expect(refusals(forged(document, [path, value])), path).toEqual(["prediction"]);
  };

  it.each([
    ["all", ALL, 2],
    ["from a start", FROM, 0],
  ] as const)("every number of a point is that of its certificate: %s", (_, document, i) => {
    const at = `stationary.points[${i}]`;
    for (const key of ["beta", "dual"]) wrong(document, `${at}.${key}[0]`, (x: number) => x + 1e-9);
    wrong(document, `${at}.betaExact[0]`, "7/5");
    wrong(document, `${at}.objective`, (x: number) => x * (1 + 1e-15));
    for (const key of ["support", "active"]) wrong(document, `${at}.${key}`, (list: number[]) => [...list, 3]);
    for (const key of ["beta", "betaExact", "dual", "support", "active"])
      for (const value of [null, GONE, [], "1"]) wrong(document, `${at}.${key}`, value);
    for (const key of ["beta", "betaExact", "objective", "dual"])
      for (const value of [null, GONE, "1", 0.5]) wrong(document, key, value);
    for (const key of ["objectiveSquared", "dualExact", "gap", "unique"])
      for (const value of [GONE, "1", 0]) wrong(document, key, value);
    wrong(document, "objectiveExact", "1");
    for (const value of ["bridge:1/3", "fourier-bridge:2/3", "l1", null]) wrong(document, "regularizer", value);
  });

  it("points are by objective, none left out or put in", () => {
    const { points } = ALL.stationary!;
    wrong(ALL, "stationary.points", [...points].reverse());
    wrong(ALL, "stationary.points", [points[0]!, points[2]!, points[1]!]);
    wrong(ALL, "stationary.points", []);
    wrong(ALL, "stationary.points", points.slice(1));
    wrong(ALL, "certificate", points[1]!.certificate);
    wrong(ALL, "certificate", FROM.certificate);
    wrong(ALL, "stationary.points[1].certificate", points[2]!.certificate);
    for (const value of [null, GONE, 3]) wrong(ALL, "stationary.points", value);
  });

  it("a certificate that bounds loosely shows no number", () => {
    const { certificate: c, ...point } = ALL.stationary!.points[0]!;
    const loose = {
      ...c,
      reached: ["100", "-50", "3", "1"],
      distance: { upper: "1000" },
      objective: { lower: "-7", upper: "9" },
    };
    const numbers = { beta: [100, -50, 3, 1], betaExact: loose.reached, objective: -7, dual: point.dual };
    const stationary = { ...ALL.stationary!, points: [{ ...point, ...numbers, certificate: loose }] };
    // Every certificate is accepted, for it claims next to nothing; the document is not.
    expect(refusals({ ...ALL, ...numbers, certificate: loose, stationary })).toEqual(["prediction"]);
  });

  it("no point is listed twice", () => {
    const [first] = ALL.stationary!.points;
    wrong(ALL, "stationary.points", [first, ...ALL.stationary!.points]);
    wrong(ALL, "verdict", { verdict: "holds" });
  });

  it("what was asked and what is said of the list is well-formed", () => {
    for (const value of ["some", null, GONE]) wrong(ALL, "stationary.asked", value);
    for (const value of ["yes", null, GONE]) wrong(ALL, "stationary.complete", value);
    for (const value of [1, -1, "0", GONE]) wrong(ALL, "stationary.global", value);
    wrong(FROM, "stationary.complete", true);
    wrong(FROM, "stationary.global", 0);
    wrong(ALL, "stationary.complete", false); // a global minimum by an incomplete list
    wrong(ALL, "stationary", null);
  });
});
