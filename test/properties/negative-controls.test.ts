/** Runs that pass near a predicted direction on their way elsewhere: the verifier must not take a transit for an arrival. */
import { describe, expect, it } from "vitest";
import { fullyConnectedL2 } from "../../proofs/theorems/fully-connected-l2.js";
import { THEOREM_MUTANTS } from "../../properties/mutants/theorems.js";
import type { Case } from "../../src/kernel/case.js";
import { verifyCase } from "../../src/verify/verify-case.js";

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
    expect(verdict).not.toBe("holds");
  });
});

it("the l1 claim is not refuted on a diagonal network of depth 2, where it is true", async () => {
  const [l1] = THEOREM_MUTANTS;
  const { verdict } = await verifyCase(l1!, caseOf("diagonal", ["7", "8"], -1, "0"), clock);
  expect(verdict).not.toBe("refuted");
});
