/** Every false theorem is refuted with a certificate, and its smallest counterexample is the pinned one. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { fullyConnectedL2 } from "../../proofs/theorems/fully-connected-l2.js";
import { hunt } from "../../properties/mutants/hunt.js";
import { THEOREM_MUTANTS } from "../../properties/mutants/theorems.js";
import { MUTANTS } from "../../properties/spaces.js";
import { judge } from "../../src/certify/judge.js";

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

it("the true theorem survives the same hunt", async () => {
  expect(await hunt(fullyConnectedL2, MUTANTS, SEED, RUNS)).toBeNull();
});
