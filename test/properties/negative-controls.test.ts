/**
 * Runs that pass near a predicted direction on their way elsewhere: the verifier must not take a transit for an arrival.
 * And the whole verifier as a measuring device: a true theorem is never contradicted, wherever its runs are cut, and on
 * networks that it does not speak of it is refuted in most cases, with certificates.
 */
import { describe, expect, it } from "vitest";
import { fullyConnectedL2 } from "../../proofs/theorems/fully-connected-l2.js";
import { type CaseSpace, caseStream } from "../../properties/arbitraries/case.js";
import { THEOREM_MUTANTS } from "../../properties/mutants/theorems.js";
import { FULLY_CONNECTED_DESCENT, FULLY_CONNECTED_FLOW } from "../../properties/spaces.js";
import { judge } from "../../src/certify/judge.js";
import type { Case } from "../../src/kernel/case.js";
import { type CaseVerdict, verifyCase } from "../../src/verify/verify-case.js";

const clock = { cancelled: () => null };
const caseOf = (architecture: string, X: readonly string[], y: 1 | -1, seed: string): Case => ({
  version: 1,
  architecture,
  depth: 2,
  widths: null,
  data: { name: "d", shape: [X.length], json: { scale: "10", X: [X], y: [y] } },
  loss: "exponential",
  optimizer: "normalized-gradient-descent",
  eta: null,
  init: { kind: "gaussian", scale: 0.1 },
  seed,
  tolerance: 0.1,
  goal: 0.1,
  budget: { steps: 20_000, seconds: null },
});

describe("the l2 claim on networks that go elsewhere", () => {
  it.each([
    ["convolutional", ["-3", "4", "3"], "13"],
    ["diagonal", ["-4", "5"], "0"],
    ["diagonal", ["7", "8"], "0"],
  ] as const)("%s %j does not hold", async (architecture, X, seed) => {
    const { verdict } = await verifyCase(fullyConnectedL2, caseOf(architecture, X, -1, seed), clock);
    expect(verdict).toBe("refuted");
    // Along plain descent, which passes by, too: there it may be undecided.
    const plain = { ...caseOf(architecture, X, -1, seed), optimizer: "gradient-descent", eta: 1 };
    expect((await verifyCase(fullyConnectedL2, plain, clock)).verdict).not.toBe("holds");
  });
});

it("the l1 claim is not refuted on a diagonal network of depth 2, where it is true", async () => {
  const [l1] = THEOREM_MUTANTS;
  const { verdict } = await verifyCase(l1!, caseOf("diagonal", ["7", "8"], -1, "0"), clock);
  expect(verdict).not.toBe("refuted");
});

/** From `least` to `most` steps, log-uniform over the indices (a golden-ratio sequence). */
const budgetOf = (index: number, least: number, most: number): number =>
  Math.round(least * (most / least) ** ((index * 0.6180339887498949) % 1));

/** The verdicts of the true theorem over `count` random cases, each changed by its index. */
async function verdicts(space: CaseSpace, seed: number, count: number, change: (index: number) => Partial<Case>) {
  const results: CaseVerdict[] = [];
  for (const [index, c] of caseStream(space, seed, count).entries())
    results.push(await verifyCase(fullyConnectedL2, { ...c, ...change(index) }, clock));
  return { results, count: (word: CaseVerdict["verdict"]) => results.filter((r) => r.verdict === word).length };
}

describe("the true theorem is never refuted nor suspect", () => {
  it("wherever descent is cut before the limit, and whatever its tolerance", async () => {
    const { results, count } = await verdicts(FULLY_CONNECTED_FLOW, 20180601, 200, (index) => ({
      ...(index % 2 === 0 ? {} : { tolerance: 0.1, goal: index % 4 === 1 ? 0.005 : 0.1 }),
      budget: { steps: budgetOf(index, 1, 400), seconds: null },
    }));
    expect(results.length).toBe(200);
    expect([count("refuted"), count("suspect"), count("out-of-scope")]).toEqual([0, 0, 0]);
    // Both happen, or the budgets say nothing: measured were 149 and 51.
    expect(count("holds")).toBeGreaterThan(100);
    expect(count("inconclusive")).toBeGreaterThan(25);
    for (const { verdict, reached } of results) expect(reached!.limit !== null).toBe(verdict === "holds");
  });

  it("wherever plain descent with bounded steps is cut, and whatever its goal", async () => {
    const { results, count } = await verdicts(FULLY_CONNECTED_DESCENT, 20180601, 120, (index) => ({
      goal: index % 2 === 0 ? 0.005 : 0.1,
      budget: { steps: budgetOf(index, 50, 5000), seconds: null },
    }));
    expect(results.length).toBe(120);
    expect([count("refuted"), count("suspect"), count("out-of-scope")]).toEqual([0, 0, 0]);
    // Measured were 9 and 111.
    expect(count("holds")).toBeGreaterThan(4);
    expect(count("inconclusive")).toBeGreaterThan(40);
  });
});

describe("the same theorem on networks that it does not speak of", () => {
  const CASES = 20;
  const space: CaseSpace = { ...FULLY_CONNECTED_FLOW, minDim: 3, depths: [2, 4] };

  it.each(["diagonal", "convolutional"])("%s: is refuted in most cases, with certificates", async (architecture) => {
    const { results, count } = await verdicts(space, 7, CASES, () => ({ architecture, widths: null }));
    expect(count("refuted")).toBeGreaterThanOrEqual(17); // the others end without a limit;
    expect(count("suspect") + count("out-of-scope")).toBe(0);
    for (const { verdict, certificates, reached } of results) {
      for (const c of certificates) expect(judge(c)).toMatchObject({ accepted: true });
      const refutes = certificates.some((c) => c.kind === "counterexample");
      if (verdict === "refuted") expect(refutes).toBe(true);
      if (verdict === "holds") {
        expect(refutes).toBe(false);
        expect(reached!.angleBound).toBeLessThanOrEqual(1e-8);
      }
    }
  });
});
