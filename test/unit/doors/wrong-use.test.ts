/** The doors to test runners refuse what makes no sense in one sentence, before anything is drawn. */
import { expect, it } from "vitest";
import { fullyConnectedL2 } from "../../../proofs/theorems/fully-connected-l2.js";
import { caseOf, separableDataset } from "../../../src/doors/fast-check.js";
import { separates } from "../../../src/doors/judged.js";
import { theoremTest } from "../../../src/doors/vitest.js";
import { UseError } from "../../../src/kernel/use-error.js";
import { defineArchitecture, type Parameterization } from "../../../src/models/architecture.js";
import { linear } from "../../../src/models/architectures/linear.js";

const broken = defineArchitecture({
  ...linear,
  name: "broken",
  build: () => undefined as unknown as Parameterization,
});

it.each<[string, () => unknown, RegExp]>([
  ["no dimension", () => separableDataset({ maxDim: 0 }), /expected maxDim to be an integer of at least 2, got 0/],
  ["half a point", () => separableDataset({ maxPoints: 1.5 }), /expected maxPoints .*, got 1\.5/],
  ["no network", () => caseOf({ networks: [] }), /a case space: expected networks, one or more/],
  ["no case", () => theoremTest(fullyConnectedL2, { cases: -1 }), /expected cases to be a positive integer, got -1/],
  [
    "no map",
    () => broken.build({ dim: 2, depth: 1 }),
    /broken: expected build to return a parameterization, got undefined/,
  ],
])("%s", (_, wrong, sentence) => {
  expect(wrong).toThrow(UseError);
  expect(wrong).toThrow(sentence);
});

it("no number", async () => {
  await expect(async () => separates([Number.NaN, 1], { X: [[1, 2]], y: [1] })).rejects.toThrow(
    /expected a predictor of 2 finite numbers, got \[NaN, 1\]/,
  );
});
