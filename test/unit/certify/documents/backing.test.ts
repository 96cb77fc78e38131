/**
 * The table of what can stand behind a row (kernel/backing.ts) against the catalogue: a hypothesis or claim of a theorem
 * that could be said more strongly than the judge of documents allows, or the reverse, is found here.
 */
import { describe, expect, it } from "vitest";
import { THEOREMS } from "../../../../proofs/index.js";
import { THEOREM_MUTANTS } from "../../../../properties/mutants/theorems.js";
import {
  ALWAYS_SUPPOSED,
  claimBacking,
  contradictedClaim,
  GRADE_BY,
  hypothesisBacking,
} from "../../../../src/kernel/backing.js";
import { weakest } from "../../../../src/kernel/evidence.js";
import { createBench } from "../../../../src/verify/bench.js";
import { caseOf } from "./honest.js";

const ENTRIES = THEOREMS.flatMap((t) =>
  Object.entries(t.entries).map(([dynamics, entry]) => ({ name: `${t.id}, ${dynamics}`, dynamics, entry })),
);
const PLAIN = { optimizer: "gradient-descent", eta: 1 } as const;
const clock = { cancelled: () => null };

describe.each(ENTRIES)("$name", ({ dynamics, entry }) => {
  it("supposes what every theorem does, before training and along the run", () => {
    const of = (kind: string): string[] => entry.hypotheses.filter((h) => h.kind === kind).map((h) => h.id);
    expect(of("structural")).toEqual(expect.arrayContaining([...ALWAYS_SUPPOSED.beforeTraining]));
    expect(of("asymptotic")).toEqual(expect.arrayContaining([...ALWAYS_SUPPOSED.alongTheRun]));
  });

  it("decides each hypothesis with the grade of what stands behind it", async () => {
    const bench = createBench(caseOf([[2, 1]], dynamics === "gradient-descent" ? PLAIN : {}), clock);
    for (const h of entry.hypotheses) {
      const backing = hypothesisBacking(h.id);
      expect([h.id, backing.by === "observation"]).toEqual([h.id, h.kind === "asymptotic"]);
      const { decided, evidence, certificate } = await h.decide(bench);
      expect([h.id, evidence]).toEqual([h.id, decided === null ? "assumed" : GRADE_BY[backing.by]]);
      expect(certificate?.kind).toBe(backing.by === "certificate" ? backing.yes : undefined);
    }
  });

  it("has a claim that is observed where the steps are bounded, as the judge of campaigns presumes", async () => {
    const bench = createBench(caseOf([[2, 1]], dynamics === "gradient-descent" ? { ...PLAIN, goal: 0.05 } : {}), clock);
    const grades = entry.claims.map(({ id }) => GRADE_BY[claimBacking(id).by]);
    expect(weakest(grades)).toBe(dynamics === "gradient-descent" ? "observed" : "certified");
    for (const claim of entry.claims) {
      const { finding } = await claim.check(bench);
      expect(finding).toMatchObject({
        claim: claim.id,
        outcome: "supports",
        evidence: GRADE_BY[claimBacking(claim.id).by],
      });
    }
  });
});

it("a counterexample contradicts the claim of the name that claims have", () => {
  const limits = [
    { kind: "max-margin", regularizer: "l1" },
    { kind: "max-margin", regularizer: "linf" },
    { kind: "mean" },
  ];
  expect(limits.map(contradictedClaim)).toEqual(THEOREM_MUTANTS.map((t) => t.entries["gradient-flow"].claims[0].id));
  const [direct] = THEOREMS[0]!.entries["gradient-flow"].claims;
  expect(contradictedClaim({ kind: "max-margin", regularizer: "l2" })).toBe(direct.id);
});

it("what is not listed rests on observation, whatever its name", () => {
  for (const id of ["", "toString", "__proto__", "constructor", "Separable"])
    expect([hypothesisBacking(id).by, claimBacking(id).by]).toEqual(["observation", "observation"]);
});
