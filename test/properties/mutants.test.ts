/** Every false theorem is refuted with a certificate, and its smallest counterexample is the pinned one. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { fullyConnectedL2 } from "../../proofs/theorems/fully-connected-l2.js";
import { hunt } from "../../properties/mutants/hunt.js";
import { THEOREM_MUTANTS } from "../../properties/mutants/theorems.js";
import { MUTANTS } from "../../properties/spaces.js";
import { judge } from "../../src/certify/judge.js";
import type { Case } from "../../src/kernel/case.js";
import { verifyCase } from "../../src/verify/verify-case.js";

interface Pinned {
  readonly theorem: string;
  readonly X: readonly (readonly string[])[];
  readonly y: readonly number[];
  readonly depth: number;
}
const pinned = JSON.parse(
  readFileSync(new URL("../golden/mutant-counterexamples.json", import.meta.url), "utf8"),
) as readonly Pinned[];
const SEED = 1;
const RUNS = 100;

describe.each(THEOREM_MUTANTS.map((m) => [m.id, m] as const))("%s", (id, mutant) => {
  it("is refuted with a certificate that the judge accepts, at the pinned smallest case", async () => {
    const found = await hunt(mutant, MUTANTS, SEED, RUNS);
    expect(found).not.toBeNull();
    if (found === null) return;
    expect(found.result.verdict).toBe("refuted");
    const certificate = found.result.certificates.find((c) => c.kind === "counterexample");
    expect(judge(certificate)).toMatchObject({ accepted: true });
    const { X, y } = found.case.data.json;
    expect({ theorem: id, X, y, depth: found.case.depth }).toEqual(pinned.find((p) => p.theorem === id));
  });
});

it("does not refute the l1 mutant where the l2 direction is one of many l1 optima", async () => {
  // x = (1,1): every b >= 0 with b_1 + b_2 = 1 is an l1 optimum, the l2 direction among them.
  const case_ = (X: readonly (readonly string[])[]): Case => ({
    version: 1,
    architecture: "fully-connected",
    depth: 1,
    widths: null,
    data: { name: "d", shape: [2], json: { scale: "1", X, y: [1] } },
    loss: "exponential",
    optimizer: "normalized-gradient-descent",
    eta: null,
    init: { kind: "gaussian", scale: 0.1 },
    seed: "1",
    tolerance: 0.1,
    goal: 1e-3,
    budget: { steps: 20_000, seconds: null },
  });
  const clock = { cancelled: () => null };
  const [l1, linf] = THEOREM_MUTANTS;
  expect((await verifyCase(l1!, case_([["1", "1"]]), clock)).verdict).toBe("inconclusive");
  expect((await verifyCase(linf!, case_([["1", "1"]]), clock)).verdict).toBe("inconclusive");
  expect((await verifyCase(l1!, case_([["2", "1"]]), clock)).verdict).toBe("refuted");
  expect((await verifyCase(linf!, case_([["2", "1"]]), clock)).verdict).toBe("refuted");
});

it("the true theorem survives the same hunt", async () => {
  expect(await hunt(fullyConnectedL2, MUTANTS, SEED, RUNS)).toBeNull();
});
