/** The proof nodes of the regularizer calculus: every rule has one, and what is checked in them is accepted by the judge. */
import { describe, expect, it } from "vitest";
import { amGm, cauchySchwarz, twoFactors } from "../../../proofs/lemmas/regularizer/inequalities.js";
import { RULE_LEMMAS, schatten, unitaryChange } from "../../../proofs/lemmas/regularizer/rules.js";
import { RULES } from "../../../src/models/regularizer/rules/index.js";
import { nodesOf, readProof } from "../../../src/verify/proof-node.js";

describe("inequalities", () => {
  it.each([amGm, cauchySchwarz, twoFactors].map((node) => [node.id, node] as const))("%s is accepted", (_, node) => {
    expect(node.check?.()).toMatchObject({ holds: true, evidence: "sampled" });
  });
});

describe("rules", () => {
  it("have one node each, in their order", () => {
    expect(RULE_LEMMAS.map((n) => n.id)).toEqual(RULES.map((r) => `rule-${r.id}`));
  });

  it("rest on inequalities that are checked, and on arguments that are named", () => {
    const reading = readProof([...RULE_LEMMAS, unitaryChange]);
    const checked = reading.nodes.filter((n) => n.evidence === "sampled").map((n) => n.id);
    expect(checked.sort()).toEqual(["am-gm", "cauchy-schwarz", "fourier-diagonal", "two-factors", "unitary-scalars"]);
    expect([...reading.restsOn].sort()).toEqual([...RULE_LEMMAS, unitaryChange].map((n) => n.id).sort());
    expect(nodesOf([schatten])).toHaveLength(1);
    expect(schatten.check).toBeNull();
  });
});
