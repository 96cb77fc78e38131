/** A campaign whose cases run several at once, come out of a journal, or are every n-th: the result is that of one after the other. */
import { describe, expect, it } from "vitest";
import type { Case } from "../../../src/kernel/case.js";
import type { VerdictWord } from "../../../src/kernel/verdict.js";
import { type CampaignOptions, type CaseOutcome, type Journal, runCampaign } from "../../../src/verify/campaign.js";
import { caseOf } from "./fake-bench.js";

const CASES: readonly Case[] = Array.from({ length: 30 }, (_, i) => caseOf([[1, i]]));
const outcome = (index: number): CaseOutcome => {
  const verdict: VerdictWord = index % 5 === 3 ? "out-of-scope" : index === 11 ? "inconclusive" : "holds";
  return {
    verdict,
    evidence: { claim: "certified", hypotheses: "observed" },
    hypotheses: [{ id: "h", evidence: index === 7 ? "assumed" : "observed" }],
    reached: verdict === "out-of-scope" ? null : { angleBound: index / 1000, residual: null },
  };
};

/** Ends its cases out of order: of those that run, the last begun first. */
function pool(size: number): {
  readonly begun: number[];
  readonly most: () => number;
  readonly run: CampaignOptions<CaseOutcome>["run"];
} {
  const begun: number[] = [];
  const running = new Set<number>();
  const seen: number[] = [];
  return {
    begun,
    most: () => Math.max(...seen),
    run: async (_, index) => {
      begun.push(index);
      running.add(index);
      seen.push(running.size);
      for (let i = 0; i < size - (index % size); i++) await new Promise((resolve) => setImmediate(resolve));
      running.delete(index);
      return outcome(index);
    },
  };
}

const campaign = (more: Partial<CampaignOptions<CaseOutcome>> = {}) =>
  runCampaign<CaseOutcome>({ asked: 20, cases: CASES, run: async (_, index) => outcome(index), ...more });

describe("several at once", () => {
  it.each([1, 2, 3, 8, 50])("%i: the same result, and no case that was not needed", async (atOnce) => {
    const p = pool(4);
    expect(await campaign({ atOnce, run: p.run })).toEqual(await campaign());
    expect(p.begun).toEqual(Array.from({ length: 25 }, (_, i) => i));
    expect(p.most()).toBe(Math.min(atOnce, 20));
  });

  it("tells the cases in their order", async () => {
    const told: number[] = [];
    await campaign({ atOnce: 6, run: pool(6).run, onCase: (c) => told.push(c.index) });
    expect(told).toEqual(Array.from({ length: 25 }, (_, i) => i));
  });

  it("ends before the first that was cut short, whatever ended after it", async () => {
    const kept: number[] = [];
    const journal: Journal<CaseOutcome> = { known: () => undefined, keep: (index) => kept.push(index) };
    const cut = await campaign({ atOnce: 5, journal, run: async (_, index) => (index === 6 ? null : outcome(index)) });
    expect(cut.cases.map((c) => c.index)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(cut.verdict).toBe("inconclusive");
    expect(kept).toEqual([0, 1, 2, 3, 4, 5, 7, 8, 9, 10]);
  });

  it("throws a fault of the runner, once all that run have ended", async () => {
    const ended: number[] = [];
    const run: CampaignOptions<CaseOutcome>["run"] = async (_, index) => {
      await new Promise((resolve) => setImmediate(resolve));
      if (index === 2 || index === 1) throw new Error(`fault ${index}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
      ended.push(index);
      return outcome(index);
    };
    await expect(campaign({ atOnce: 4, run })).rejects.toThrow("fault 1");
    expect(ended).toEqual([0, 3, 4]);
  });
});

describe("a journal", () => {
  it("is asked first: what it knows is not run again, and the result is the same", async () => {
    const whole = await campaign();
    for (const knows of [(i: number) => i < 9, (i: number) => i % 2 === 0, () => true, () => false]) {
      const run: number[] = [];
      const kept: number[] = [];
      const journal: Journal<CaseOutcome> = {
        known: (index) => (knows(index) ? outcome(index) : undefined),
        keep: (index) => kept.push(index),
      };
      const again = await campaign({
        atOnce: 3,
        journal,
        run: async (_, index) => {
          run.push(index);
          return outcome(index);
        },
      });
      expect(again).toEqual(whole);
      expect(run).toEqual(Array.from({ length: 25 }, (_, i) => i).filter((i) => !knows(i)));
      expect(kept).toEqual(run);
    }
  });

  it("gives what it knows after the campaign was told to stop, up to the first case that it does not", async () => {
    const journal: Journal<CaseOutcome> = {
      known: (index) => (index === 4 ? undefined : outcome(index)),
      keep: () => undefined,
    };
    const { ran } = await campaign({ journal, stopped: () => true });
    expect(ran).toBe(4);
  });
});

it("a shard runs every n-th case; all shards together run each once", async () => {
  const seen: number[] = [];
  for (const part of [1, 2, 3]) {
    const { cases } = await campaign({ shard: { part, of: 3 }, atOnce: 2 });
    expect(cases.every((c) => c.index % 3 === part - 1 && c.case === CASES[c.index])).toBe(true);
    seen.push(...cases.map((c) => c.index));
  }
  expect(seen.sort((a, b) => a - b)).toEqual(CASES.map((_, i) => i));
});
