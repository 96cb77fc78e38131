/** Data at the ends of what a loader takes: every oracle answers, certified to some gap, or refuses in one sentence. */
import { describe, expect, it } from "vitest";
import { judgeDocument } from "../../../src/certify/document.js";
import { predictOptimum } from "../../../src/cli/optimum.js";
import type { Dataset } from "../../../src/kernel/dataset.js";
import { UseError } from "../../../src/kernel/use-error.js";
import { datasetFromJson } from "../../../src/models/data/json.js";

const read = (X: string, y: string): Dataset => datasetFromJson(`{"X": ${X}, "y": ${y}}`, { file: "extreme" });

const DATA: Readonly<Record<string, Dataset>> = {
  "nearly opposite, 1e7": read("[[1e7, 1], [-1e7, 1]]", "[1, 1]"),
  "nearly opposite, 1e18": read("[[1e18, 1], [-1e18, 1]]", "[1, 1]"),
  "three 1e7 digits": read("[[3000001,6000001,5000002,2000001],[-2999997,-5999998,-4999997,-1999997]]", "[1, 1]"),
  "columns 1e50 apart": read("[[1e25,2e-25,1],[3e25,-1e-25,2],[1e24,5e-25,-1]]", "[1, 1, -1]"),
  "columns 1e300 apart": read("[[1e150,2e-150],[3e150,-1e-150],[1e149,5e-150]]", "[1, 1, -1]"),
  "channels 1e300 apart": read("[[[1e150,2e-150],[3e10,1]],[[1e-150,1],[2,4]]]", "[1, -1]"),
  tiny: read("[[1e-160, 2e-160], [1, -0.5]]", "[1, 1]"),
  subnormal: read("[[1e-320, 1e-320]]", "[1]"),
  large: read("[[1e200, 1]]", "[1]"),
  narrow: read("[[1, 1e-12], [-1, 1e-12], [1e-6, 2e-12]]", "[1, 1, 1]"),
};
const REGULARIZERS = [
  "l2",
  "l1",
  "linf",
  "lp:3",
  "lp:3/2",
  "fourier-l1",
  "group-l21",
  "fourier-l21",
  "nuclear",
  "kernel:1",
  "kernel:2",
];

describe.each(REGULARIZERS)("%s", (regularizer) => {
  it.each(Object.entries(DATA))("%s", async (_, data) => {
    const answer = await predictOptimum({ regularizer, data }).catch((error: unknown) => error);
    if (answer instanceof Error) {
      expect(answer).toBeInstanceOf(UseError);
      expect(answer.message).toMatch(/^predict: expected data .*; scale the (data|coordinates)$/);
      return;
    }
    const rest = { notes: [], versions: { biasproof: "0", node: "0" }, timing: { seconds: 0 } };
    const document = { schemaVersion: 1, command: "predict", regularizer, ...(answer as object), ...rest };
    const said = judgeDocument(JSON.parse(JSON.stringify(document)));
    expect(said.filter((j) => !j.accepted)).toEqual([]);
    expect(said).toHaveLength(2);
  });
});
