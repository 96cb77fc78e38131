/**
 * Every mutant ends as its rule says: a refuted one at its pinned counterexample, with a certificate that the judge accepts, and
 * at none of the simpler cases; a true one holds. The hunt that finds them is test/bench/mutant-campaign.mjs.
 */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { THEOREMS } from "../../proofs/index.js";
import { caseStream } from "../../properties/arbitraries/case.js";
import { convinces, hunt, simplerRefutation } from "../../properties/mutants/hunt.js";
import { caseOf, type Pinned, pin } from "../../properties/mutants/pinned.js";
import { MUTANTS, mutantNamed } from "../../properties/mutants/registry.js";
import { THEOREM_MUTANTS } from "../../properties/mutants/theorems.js";
import { judge } from "../../src/certify/judge.js";
import type { Case, CaseOptions } from "../../src/kernel/case.js";
import { verifyCase } from "../../src/verify/verify-case.js";

const pinned = JSON.parse(
  readFileSync(new URL("../golden/mutant-counterexamples.json", import.meta.url), "utf8"),
) as readonly Pinned[];
const clock = { cancelled: () => null };
const REFUTED = MUTANTS.filter((m) => m.expected === "refuted");
const TRUE = MUTANTS.filter((m) => m.expected === "equivalent" || m.expected === "implied");

describe("the registry", () => {
  it("has 60 false theorems and more, each once, and none that is open", () => {
    expect(REFUTED.length).toBeGreaterThanOrEqual(60);
    expect(new Set(MUTANTS.map((m) => m.id)).size).toBe(MUTANTS.length);
    expect(MUTANTS.filter((m) => m.expected === "open").map((m) => m.id)).toEqual([]);
    for (const m of MUTANTS) expect(mutantNamed(m.id)).toBe(m);
    expect(mutantNamed("fully-connected-l2")).toBeNull();
  });

  it("every theorem of the catalogue has mutants, and every true one says why it is true", () => {
    const ids = THEOREMS.map((t) => t.id);
    expect(ids.filter((id) => !REFUTED.some((m) => m.of === id))).toEqual([]);
    for (const { id, of, theorem, proof, kind, expected } of MUTANTS) {
      expect([id, id.startsWith(`${of}~`), theorem.id]).toEqual([id, true, id]);
      expect([id, proof !== null && proof.length > 40, kind !== null]).toEqual([
        id,
        expected !== "refuted",
        expected === "refuted",
      ]);
    }
  });

  it("the pinned counterexamples are those of the refuted ones, one each", () => {
    expect(pinned.map((p) => p.mutant)).toEqual(REFUTED.map((m) => m.id));
  });
});

describe.each(REFUTED.map((m) => [m.id, m] as const))("%s", (id, mutant) => {
  const line = pinned.find((p) => p.mutant === id)!;
  const c = caseOf(mutant, line);

  it("is refuted at the pinned case, with a certificate that the judge accepts", async () => {
    expect(pin(mutant, c)).toEqual(line);
    const result = await verifyCase(mutant.theorem, c, clock);
    expect([result.verdict, result.evidence.claim]).toEqual(["refuted", "certified"]);
    expect(convinces(mutant.theorem, c, result)).toBe(true);
    expect(judge(result.certificates.find((x) => x.kind === mutant.kind))).toMatchObject({ accepted: true });
    for (const certificate of result.certificates) expect(judge(certificate)).toMatchObject({ accepted: true });
  });

  it("and at no simpler one", async () => {
    expect(await simplerRefutation(mutant.theorem, c, mutant.space)).toBeNull();
  });
});

const SPOKEN_OF = REFUTED.filter((m) => m.rule !== "wrong architecture");
it.each(SPOKEN_OF.map((m) => [m.id, m] as const))("%s: the true theorem is not, there", async (id, mutant) => {
  const truth = THEOREMS.find((t) => t.id === mutant.of)!;
  const c = caseOf(mutant, pinned.find((p) => p.mutant === id)!);
  expect(["holds", "out-of-scope"]).toContain((await verifyCase(truth, c, clock)).verdict);
});

describe.each(TRUE.map((m) => [m.id, m] as const))("%s", (_, { theorem, space, plant }) => {
  it("holds on random cases, as its proof says", async () => {
    let holds = 0;
    for (const drawn of caseStream(space, 20180601, 8)) {
      const c = plant?.into(drawn) ?? drawn;
      const { verdict, certificates, findings } = await verifyCase(theorem, c, clock);
      for (const certificate of certificates) expect(judge(certificate)).toMatchObject({ accepted: true });
      holds += verdict === "holds" ? 1 : 0;
      // What is planted may forbid all that separates the data; nothing else is left open.
      if (verdict !== "holds")
        expect([plant?.name, verdict, findings.map(({ why }) => why)]).toEqual([
          ...["dead frequency", "inconclusive"],
          [expect.stringMatching(/^no limit of the run was reached: ./)],
        ]);
    }
    expect(holds).toBeGreaterThanOrEqual(plant === undefined ? 8 : 4);
  });
});

it("the hunt finds what is false from scratch, and nothing in what is true", async () => {
  const [none, some] = [
    mutantNamed("conv-fourier-bridge~p=1/depth-2")!,
    mutantNamed("conv-fourier-bridge~signal:p=1")!,
  ];
  expect(await hunt(none.theorem, none.space, 7, 10)).toBeNull();
  const found = await hunt(some.theorem, some.space, 7, 40);
  expect(found?.result.verdict).toBe("refuted");
  expect(await simplerRefutation(some.theorem, found!.case, some.space)).toBeNull();
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
  const [l1, linf] = THEOREM_MUTANTS;
  expect((await verifyCase(l1!, case_([["1", "1"]]), clock)).verdict).toBe("inconclusive");
  expect((await verifyCase(linf!, case_([["1", "1"]]), clock)).verdict).toBe("inconclusive");
  expect((await verifyCase(l1!, case_([["2", "1"]]), clock)).verdict).toBe("refuted");
  expect((await verifyCase(linf!, case_([["2", "1"]]), clock)).verdict).toBe("refuted");
});

describe("what does not count as a counterexample", () => {
  const at = (id: string, X: readonly (readonly string[])[], options: CaseOptions): [string, Case] => {
    const mutant = mutantNamed(id)!;
    const line = pinned.find((p) => p.mutant === id)!;
    return [id, caseOf(mutant, { ...line, X, y: [1], options })];
  };
  // u * v at the middle is u_0 v_1 + u_1 v_0: every u with its reverse is an optimum. An impulse in one channel has all
  // frequencies alike, and any share of them is one.
  it.each([
    at("fully-connected-l2~on-open-ended", [["0", "1", "0"]], { filters: [2, 2] }),
    at("diagonal-bridge~on-open-ended", [["0", "1", "0"]], { filters: [2, 2] }),
    at("fully-connected-l2~on-two-channels", [["0", "0", "0", "1"]], { channels: { out: 2, in: 2 } }),
  ])("%s: refuted where the network has many optima, one of which the run chose", async (id, c) => {
    const { theorem } = mutantNamed(id)!;
    const result = await verifyCase(theorem, c, clock);
    expect([result.verdict, convinces(theorem, c, result)]).toEqual(["refuted", false]);
  });

  it("nothing is said of the difference of class means where a class is empty", async () => {
    const { theorem, ...mutant } = mutantNamed("fully-connected-l2~class-means")!;
    const line = pinned.find((p) => p.mutant === mutant.id)!;
    const c = caseOf({ ...mutant, theorem }, { ...line, y: [1, 1] });
    expect((await verifyCase(theorem, c, clock)).verdict).toBe("inconclusive");
  });
});
