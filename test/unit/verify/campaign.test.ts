/** A campaign over verdicts made by hand: who is counted, who decides, who is the worst, and where it ends. */
import { describe, expect, it } from "vitest";
import type { Case } from "../../../src/kernel/case.js";
import type { Evidence } from "../../../src/kernel/evidence.js";
import type { StopReason } from "../../../src/kernel/stop.js";
import type { VerdictWord } from "../../../src/kernel/verdict.js";
import { type CampaignOptions, type CampaignResult, runCampaign } from "../../../src/verify/campaign.js";
import type { CaseVerdict } from "../../../src/verify/verify-case.js";
import { caseOf } from "./fake-bench.js";

interface Told {
  readonly verdict: VerdictWord;
  readonly angleBound?: number | null;
  readonly claim?: Evidence | null;
  readonly hypotheses?: Evidence | null;
  /** Grades by hypothesis. */
  readonly grades?: Readonly<Record<string, Evidence>>;
  readonly stop?: StopReason;
}

function verdictOf(told: Told): CaseVerdict {
  const trained = told.verdict !== "out-of-scope";
  return {
    verdict: told.verdict,
    theorem: "t",
    dynamics: "gradient-flow",
    evidence: { claim: told.claim ?? null, hypotheses: told.hypotheses ?? null },
    hypotheses: Object.entries(told.grades ?? {}).map(([id, evidence]) => ({
      id,
      statement: id,
      decided: true,
      evidence,
      why: "",
      certificate: null,
    })),
    findings: [],
    predicted: null,
    reached: trained
      ? {
          beta: [],
          logInverseLoss: 1,
          angleBound: told.angleBound ?? null,
          solverFreeBound: null,
          residual: null,
          limit: null,
          stop: told.stop ?? "goal-met",
          steps: 1,
          path: [],
        }
      : null,
    certificates: [],
    notes: [],
  };
}

const CASES: readonly Case[] = Array.from({ length: 20 }, (_, i) => caseOf([[1, i]]));

/** The campaign that asks for all of `told`, unless told otherwise. */
const over = (told: readonly Told[], more: Partial<CampaignOptions> = {}): Promise<CampaignResult> =>
  runCampaign({
    asked: told.length,
    cases: CASES.slice(0, told.length),
    run: async (_c, index) => verdictOf(told[index]!),
    ...more,
  });

const words = (...list: readonly VerdictWord[]): Told[] => list.map((verdict) => ({ verdict }));

describe("counting", () => {
  it("counts every verdict by its word, and sets out-of-scope cases aside", async () => {
    const list = words("holds", "out-of-scope", "refuted", "suspect", "suspect", "inconclusive", "inconclusive");
    const result = await over([...list, ...words("inconclusive", "out-of-scope", "out-of-scope", "out-of-scope")]);
    expect(result).toMatchObject({
      asked: 11,
      ran: 11,
      inScope: 7,
      outOfScope: 4,
      refuted: 1,
      suspect: 2,
      inconclusive: 3,
      verdict: "refuted",
    });
    expect(result.cases.map((c) => c.index)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(result.cases.map((c) => c.case)).toEqual(CASES.slice(0, 11));
  });

  it("goes on until as many in-scope cases ran as were asked", async () => {
    const list = words("out-of-scope", "holds", "out-of-scope", "holds", "holds");
    expect(await over(list, { asked: 2 })).toMatchObject({ ran: 4, inScope: 2, outOfScope: 2, verdict: "holds" });
    expect(await over(list, { asked: 4 })).toMatchObject({ ran: 5, inScope: 3, verdict: "inconclusive" });
    expect(await over(list, { asked: 0 })).toMatchObject({ ran: 0, verdict: "inconclusive", worst: null });
    expect(await over([], { asked: 1 })).toMatchObject({ ran: 0, inScope: 0, verdict: "inconclusive" });
  });

  it("tells each case as it ends, with the in-scope count so far", async () => {
    const told: [number, number][] = [];
    await over(words("holds", "out-of-scope", "holds"), {
      onCase: (done, inScope) => told.push([done.index, inScope]),
    });
    expect(told).toEqual([
      [0, 1],
      [1, 1],
      [2, 2],
    ]);
  });
});

describe("ending early", () => {
  it("runs no further case once it is told to stop", async () => {
    let asked = 0;
    const result = await over(words("holds", "holds", "holds"), { stopped: () => ++asked > 2 });
    expect(result).toMatchObject({ ran: 2, inScope: 2, verdict: "inconclusive" });
    expect(await over(words("holds", "holds"), { stopped: () => false })).toMatchObject({ ran: 2, verdict: "holds" });
  });

  it("drops a case that was interrupted, and ends there", async () => {
    const told: number[] = [];
    const list: Told[] = [...words("holds"), { verdict: "inconclusive", stop: "interrupted" }, ...words("holds")];
    const result = await over(list, { onCase: (done) => told.push(done.index) });
    expect(result).toMatchObject({ ran: 1, inScope: 1, inconclusive: 0, verdict: "inconclusive" });
    expect(told).toEqual([0]);
    const budget: Told[] = [{ verdict: "inconclusive", stop: "time-budget" }, ...words("holds")];
    expect(await over(budget)).toMatchObject({ ran: 2, inconclusive: 1 });
  });
});

describe("evidence", () => {
  it("is the weakest of the cases that decided, and of no others", async () => {
    const result = await over([
      { verdict: "holds", claim: "exact", hypotheses: "certified", grades: { a: "exact", b: "observed" } },
      { verdict: "refuted", claim: "certified", hypotheses: "observed", grades: { a: "certified", b: "certified" } },
      { verdict: "inconclusive", claim: "assumed", hypotheses: "assumed", grades: { a: "assumed", c: "assumed" } },
      { verdict: "suspect", claim: "assumed", hypotheses: "assumed", grades: { a: "assumed" } },
      { verdict: "out-of-scope", claim: "assumed", hypotheses: "assumed", grades: { a: "assumed" } },
      { verdict: "holds", grades: {} },
    ]);
    expect(result.evidence).toEqual({ claim: "certified", hypotheses: "observed" });
    expect(result.hypotheses).toEqual({ a: "certified", b: "observed" });
  });

  it("of cases that decided nothing is none", async () => {
    const result = await over([
      { verdict: "inconclusive", claim: "exact", hypotheses: "exact", grades: { a: "exact" } },
    ]);
    expect(result.evidence).toEqual({ claim: null, hypotheses: null });
    expect(result.hypotheses).toEqual({});
  });
});

describe("the worst case", () => {
  const worst = async (...told: readonly Told[]): Promise<number | null> => (await over(told)).worst?.index ?? null;

  it("is a refuted one before a suspect, an inconclusive, and one that holds", async () => {
    expect(await worst(...words("holds", "inconclusive", "suspect", "refuted"))).toBe(3);
    expect(await worst(...words("refuted", "suspect", "inconclusive", "holds"))).toBe(0);
    expect(await worst(...words("holds", "inconclusive", "suspect"))).toBe(2);
    expect(await worst(...words("holds", "inconclusive", "holds"))).toBe(1);
  });

  it("is among equals the one with the largest angle, or with none, and then the first", async () => {
    const holds = (angleBound: number | null): Told => ({ verdict: "holds", angleBound });
    expect(await worst(holds(0.01), holds(0.03), holds(0.02))).toBe(1);
    expect(await worst(holds(0.01), holds(null), holds(0.02))).toBe(1);
    expect(await worst(holds(0.02), holds(0.02), holds(0.01))).toBe(0);
    expect(await worst(holds(0.05), { verdict: "refuted", angleBound: 0.01 })).toBe(1);
  });

  it("is never one that was out of scope", async () => {
    expect(await worst(...words("out-of-scope", "holds"))).toBe(1);
    expect(await worst(...words("out-of-scope"))).toBeNull();
  });
});

it("angle bounds are those of the in-scope cases that have one, ascending", async () => {
  const result = await over([
    { verdict: "holds", angleBound: 0.2 },
    { verdict: "holds", angleBound: 0.1 },
    { verdict: "inconclusive", angleBound: 10 },
    { verdict: "holds", angleBound: null },
    { verdict: "out-of-scope", angleBound: 5 },
    { verdict: "refuted", angleBound: 2 },
  ]);
  expect(result.angleBounds).toEqual([0.1, 0.2, 2, 10]);
});
