/**
 * The table of what can stand behind a row (kernel/backing.ts) against the catalogue: a hypothesis or claim of a theorem
 * that could be said more strongly than the judge of documents allows, or the reverse, is found here.
 */
import { describe, expect, it } from "vitest";
import { THEOREMS } from "../../../../proofs/index.js";
import { THEOREM_MUTANTS } from "../../../../properties/mutants/theorems.js";
import {
  ALWAYS_SUPPOSED,
  bridgeClaimId,
  bridgeOf,
  claimBacking,
  contradictedClaim,
  EXPONENTS,
  GRADE_BY,
  gradeBeside,
  gradeOf,
  hypothesisBacking,
  saidBy,
  speaksOf,
} from "../../../../src/kernel/backing.js";
import { weakest } from "../../../../src/kernel/evidence.js";
import { createBench } from "../../../../src/verify/bench.js";
import { caseOf } from "./honest.js";

const ENTRIES = THEOREMS.flatMap((t) =>
  Object.entries(t.entries).map(([dynamics, entry]) => ({
    name: `${t.id}, ${dynamics}`,
    dynamics,
    entry,
    network: {
      architecture: t.scope.architectures === "any" ? "multi-channel" : t.scope.architectures[0]!,
      depth: t.scope.architectures === "any" ? 2 : (t.scope.depth ?? 1),
    },
  })),
);
const PLAIN = { optimizer: "gradient-descent", eta: 1 } as const;
const clock = { cancelled: () => null };

describe.each(ENTRIES)("$name", ({ dynamics, entry, network }) => {
  it("supposes what every theorem does, before training and along the run", () => {
    const of = (kind: string): string[] => entry.hypotheses.filter((h) => h.kind === kind).map((h) => h.id);
    expect(of("structural")).toEqual(expect.arrayContaining([...ALWAYS_SUPPOSED.beforeTraining]));
    expect(of("asymptotic")).toEqual(expect.arrayContaining([...ALWAYS_SUPPOSED.alongTheRun]));
  });

  it("decides each hypothesis with the grade of what stands behind it", async () => {
    const bench = createBench(
      caseOf([[2, 1]], { ...network, ...(dynamics === "gradient-descent" ? PLAIN : {}) }),
      clock,
    );
    for (const h of entry.hypotheses) {
      const backing = hypothesisBacking(h.id);
      expect([h.id, backing.by === "observation"]).toEqual([h.id, h.kind === "asymptotic"]);
      const { decided, evidence, certificate } = await h.decide(bench);
      expect([h.id, evidence]).toEqual([h.id, decided === null ? "assumed" : GRADE_BY[backing.by]]);
      expect(certificate?.kind).toBe(backing.by === "certificate" ? backing.yes : undefined);
    }
  });

  it("supports each claim with the grade of what stands behind it, observed where the steps are bounded", async () => {
    const descent = dynamics === "gradient-descent";
    const changes = { ...network, ...(descent ? { ...PLAIN, goal: 0.05 } : {}) };
    const bench = createBench(caseOf([[2, 1]], changes), clock, { toLimit: true });
    const first = claimBacking(entry.claims[0].id);
    const kind = first.by === "certificate" ? first.yes : null;
    const stated = kind === "bridge-residual" || kind === "kkt-residual" ? "sampled" : "certified";
    const grades = [gradeOf, gradeBeside].map((of) => weakest(entry.claims.map(({ id }) => of(claimBacking(id)))));
    const raised = kind === "kkt-residual" ? "sampled" : "certified";
    expect(grades).toEqual(descent ? ["observed", "observed"] : [stated, raised]);
    for (const claim of entry.claims) {
      const { finding, certificates } = await claim.check(bench);
      const backing = claimBacking(claim.id);
      const kind = backing.by === "certificate" ? backing.yes : null;
      if (descent && (kind === "margin-gap" || stated === "sampled") && kind !== null) {
        expect([finding.outcome, certificates]).toEqual(["silent", []]); // only the flow is followed to its limit
        continue;
      }
      expect(finding).toMatchObject({ claim: claim.id, outcome: "supports", evidence: gradeBeside(backing) });
      if (kind !== null) expect(certificates.map((c) => c.kind)).toContain(kind);
    }
  });
});

it("what the catalogue says is known to the judge: the claims of each entry, and what is computed for it", () => {
  for (const { id, entries, scope } of THEOREMS) {
    expect(saidBy(id)?.architectures).toEqual(scope.architectures);
    const any = scope.architectures === "any";
    for (const name of scope.architectures === "any" ? ["diagonal", "mine"] : scope.architectures)
      expect(speaksOf(id, name)).toBe(true);
    for (const name of ["", null, undefined, 7]) expect(speaksOf(id, name)).toBe(false);
    expect(speaksOf(id, "residual-diagonal")).toBe(any); // whether it is homogeneous is a hypothesis
    const [flow, descent] = [entries["gradient-flow"], entries["gradient-descent"]];
    const ids = (rows: readonly { readonly id: string }[]): string[] => rows.map((r) => r.id);
    for (const { hypotheses } of [flow, descent])
      expect(ids(hypotheses).filter((h) => hypothesisBacking(h).by === "computation")).toEqual(saidBy(id)?.computed);
    const sets = [flow, descent].map(({ hypotheses }) => ids(hypotheses).sort());
    const { supposes } = saidBy(id)!;
    expect(sets).toEqual([[...supposes.flow].sort(), [...supposes.descent].sort()]);
    expect([ids(flow.claims), ids(descent.claims)]).toEqual([saidBy(id)?.flow, saidBy(id)?.descent]);
  }
  for (const other of [...THEOREM_MUTANTS.map((t) => t.id), "", "constructor", "__proto__", null, 7, ["x"]])
    expect([saidBy(other), speaksOf(other, "diagonal")]).toEqual([null, true]);
});

it("a claim of stationarity names its penalty, space and exponent, and nothing else does", () => {
  const names = (["fourier", "signal"] as const).flatMap((space) =>
    (Object.keys(EXPONENTS) as (keyof typeof EXPONENTS)[]).map((exponent) => ({ space, exponent })),
  );
  expect(new Set(names.map(bridgeClaimId)).size).toBe(2 * Object.keys(EXPONENTS).length);
  for (const name of names) {
    expect(bridgeOf(bridgeClaimId(name))).toEqual(name);
    const backing = claimBacking(bridgeClaimId(name));
    expect(backing).toEqual({ by: "certificate", yes: "bridge-residual", grade: "sampled", beside: "certified" });
  }
  for (const id of ["", "constructor", "limit-direction", "limit-is-fourier-bridge-stationary:2/L"])
    expect([id, bridgeOf(id)]).toEqual([id, null]);
  const order = ["2/L", "1/L", "2/(L+1)", "1", "2"] as const;
  const at = (depth: number): number[] => order.map((p) => EXPONENTS[p](depth)[0]! / EXPONENTS[p](depth)[1]!);
  expect(at(1)).toEqual([2, 1, 1, 1, 2]);
  expect(at(3)).toEqual([2 / 3, 1 / 3, 1 / 2, 1, 2]);
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
