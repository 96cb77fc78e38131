/** Both doors to test runners, as a project uses them. */
import { dataToJSON, diagonal, judge, l2MaxMargin, THEOREMS } from "biasproof";
import { caseOf, initialization, separableDataset } from "biasproof/fast-check";
import { theoremTest } from "biasproof/vitest";
import fc from "fast-check";
import { expect, test } from "vitest";
import conjecture from "./my-theorem.js";

theoremTest(conjecture, { cases: 10 });
theoremTest(THEOREMS[0]!, { cases: 5, seed: 7 });

test("a predictor of one's own, held to the optimum", async () => {
  const data = {
    X: [
      [3, 1],
      [1, 2],
    ],
    y: [1, 1],
  };
  await expect([0.5, 0.5]).toSeparate(data);
  await expect([0.2, 0.4]).toBeMaxMarginDirection(data, { norm: "l2" });
  await expect([1, 1]).not.toBeMaxMarginDirection(data);
  await expect([0.2, 0.4])
    .toBeStationaryFor(data, { space: "signal", p: "2", weights: [0, 1] })
    .catch(() => undefined);
});

test("what a failure says is certified", async () => {
  const data = {
    X: [
      [3, 1],
      [1, 2],
    ],
    y: [1, 1],
  };
  await expect(expect([1, 1]).toBeMaxMarginDirection(data, { norm: "l1" })).rejects.toThrow(
    /to have the largest margin over the l1 norm, but of the best margin over the l1 norm, certified, from 0\.1/,
  );
});

test("random data are separable, and the optimum's certificate is accepted", () =>
  fc.assert(
    fc.property(separableDataset({ maxDim: 4 }), (data) => {
      const optimum = l2MaxMargin(data);
      expect(optimum.separable).toBe(true);
      expect(optimum.certificate).toBeAcceptedByTheJudge();
      expect(judge(optimum.certificate).accepted).toBe(true);
      expect(dataToJSON(data).X).toHaveLength(data.X.length);
    }),
    { numRuns: 20, seed: 1 },
  ));

test("random initializations and cases", () =>
  fc.assert(
    fc.property(
      initialization(diagonal, { dim: 3, depth: 2 }),
      caseOf({ networks: [{ architecture: diagonal }] }),
      ({ network, parameters }, c) => {
        expect(parameters).toHaveLength(network.parameters);
        expect(c.architecture).toBe("diagonal");
      },
    ),
    { numRuns: 20, seed: 1 },
  ));
