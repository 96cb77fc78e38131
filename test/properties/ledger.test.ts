/**
 * The ledger that ships: every counterexample in it fits its schema, is judged again, and is found again by the hunt that found it,
 * to the same certificates; forged in any of its parts it is refused.
 */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { falsify } from "../../dist/src/cli/falsify/hunt.js";
import { judgeDocument } from "../../src/certify/document.js";
import { documentText } from "../../src/cli/schema.js";
import type { CounterexampleDocument } from "../../src/kernel/counterexample-document.js";

const FOLDER = new URL("../../properties/ledger/", import.meta.url);
const LEDGER = readdirSync(FOLDER).map(
  (name) => JSON.parse(readFileSync(new URL(name, FOLDER), "utf8")) as CounterexampleDocument,
);
const watch = { interrupted: () => false, progress: () => undefined };
const refusals = (document: unknown): string[] =>
  judgeDocument(document)
    .filter((j) => !j.accepted)
    .map((j) => j.where);

it("has counterexamples of false theorems and of theorems without a hypothesis", () => {
  expect(LEDGER.length).toBeGreaterThanOrEqual(6);
  expect(LEDGER.filter((d) => d.without !== null).length).toBeGreaterThanOrEqual(2);
});

describe.each(LEDGER.map((d) => [d.run.theorem, d] as const))("%s", (_, document) => {
  it("fits its schema, and everything in it is accepted", () => {
    expect(JSON.parse(documentText(document))).toEqual(document);
    expect(refusals(document)).toEqual([]);
    expect(document.run.verdict).toBe("refuted");
  });

  it("is what the hunt finds with its seed", async () => {
    const { of, without, seed } = document;
    const found = await falsify({ theorem: of, source: null, without, seed, cases: 50, budget: null }, watch);
    const { timing: _now, versions: _node, ...run } = found.counterexample!.run;
    const { timing: _then, versions: _other, ...kept } = document.run;
    expect(found.counterexample).toMatchObject({ of, without, seed, case: document.case, dropped: document.dropped });
    expect(JSON.parse(JSON.stringify(run))).toEqual(kept);
  });

  it("forged, it is refused", () => {
    const data = { ...document.case.data, json: { ...document.case.data.json, scale: "7" } };
    const forged: readonly (readonly [string, unknown])[] = [
      ["case", { ...document, case: { ...document.case, data } }],
      ["case", { ...document, case: { ...document.case, depth: document.case.depth + 1 } }],
      ["run.verdict", { ...document, run: { ...document.run, verdict: "holds" } }],
      ["without", { ...document, without: document.without === null ? "separable" : null }],
      ["without", { ...document, dropped: document.dropped === null ? {} : { ...document.dropped, decided: true } }],
      ["run", { ...document, run: null }],
      ["schemaVersion", { ...document, schemaVersion: 2 }],
    ];
    for (const [where, one] of forged) expect(refusals(one)).toContain(where);
  });
});

describe("a hunt", () => {
  it("through what is true finds nothing, and says in how many cases", async () => {
    const theorem = "conv-depth-2-fourier-l1";
    const none = await falsify({ theorem, source: null, without: null, seed: "3", cases: 12, budget: null }, watch);
    expect(none).toMatchObject({
      found: false,
      stop: "asked",
      inScope: 12,
      inconclusive: 0,
      setAside: 0,
      counterexample: null,
    });
    expect(none.ran).toBe(12 + none.outOfScope);
    expect(refusals(none)).toEqual([]);
    expect(refusals({ ...none, found: true })).toEqual(["found"]);
  });

  it("without a hypothesis that no case breaks looks at nothing, and says so", async () => {
    const input = { theorem: "fully-connected-l2", source: null, without: "exponential-loss" };
    const none = await falsify({ ...input, seed: "3", cases: 6, budget: null }, watch);
    expect(none).toMatchObject({ found: false, inScope: 0, outOfScope: 24, ran: 24 });
  });

  it("that is interrupted or out of time says so", async () => {
    const input = { theorem: "fully-connected-l2", source: null, without: null, seed: "3", cases: 50 };
    const cut = await falsify({ ...input, budget: null }, { ...watch, interrupted: () => true });
    expect(cut).toMatchObject({ found: false, stop: "interrupted", ran: 0 });
    expect(await falsify({ ...input, budget: 1e-9 }, watch)).toMatchObject({ found: false, stop: "budget", ran: 0 });
  });
});
