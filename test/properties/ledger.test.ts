/**
 * The ledger that ships: every counterexample in it fits its schema, is judged again, and is found again by the hunt that found it,
 * to the same certificates; forged in any of its parts it is refused, and so is one that is made to be about a true theorem.
 */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { falsify } from "../../dist/src/cli/falsify/hunt.js";
import { judgeDocument } from "../../src/certify/document.js";
import { ledgerAgain } from "../../src/cli/ledger-again.js";
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

/** A document with one place of it changed. */
function changed(document: CounterexampleDocument, place: string, value: unknown): CounterexampleDocument {
  const copy = structuredClone(document) as unknown as Record<string, unknown>;
  const keys = place.split(".");
  const last = keys.pop()!;
  let at = copy;
  for (const key of keys) at = at[key] as Record<string, unknown>;
  at[last] = value;
  return copy as unknown as CounterexampleDocument;
}
const forged = (document: CounterexampleDocument, changes: Readonly<Record<string, unknown>>): CounterexampleDocument =>
  Object.entries(changes).reduce((d, [place, value]) => changed(d, place, value), document);
const refusedAgain = async (document: CounterexampleDocument): Promise<string[]> => {
  const again = await ledgerAgain(document as unknown as Readonly<Record<string, unknown>>);
  return [...refusals(document), ...again.judgments.filter((j) => !j.accepted).map((j) => j.where)];
};
const named = (of: string): CounterexampleDocument => LEDGER.find((d) => d.run.theorem === of)!;
const BRIDGE = "conv-fourier-bridge";
const all = (id: string): Readonly<Record<string, unknown>> => ({ of: id, "run.theorem": id, "case.theorem": id });
const row = (decided: boolean): unknown => ({
  ...{ id: "generic-initialization", decided, evidence: "exact", why: "it is said to be" },
  statement: named(`${BRIDGE}~p=1/L`).run.hypotheses[3]!.statement,
});
const L1 = "conv-depth-2-fourier-l1";
const L1_WITHOUT = named(`${L1}~without:generic-initialization`);
const L1_ROWS: readonly unknown[] = L1_WITHOUT.run.hypotheses;

describe("a file that says of a true theorem that it is false", () => {
  it.each<readonly [string, CounterexampleDocument, Readonly<Record<string, unknown>>, string]>([
    ["of", named(`${BRIDGE}~p=1/L`), { of: BRIDGE }, "of"],
    ["the theorem of the run", named(`${BRIDGE}~p=1/L`), { of: BRIDGE, "run.theorem": BRIDGE }, "case.theorem"],
    ["the theorem everywhere", named(`${BRIDGE}~p=1/L`), all(BRIDGE), "run.claims"],
    ["theorem of the case", named("diagonal-bridge~p=2"), { "case.theorem": "diagonal-bridge" }, "case.theorem"],
    ["no theorem of the case", named("diagonal-bridge~p=2"), { "case.theorem": undefined }, "case.theorem"],
    ["dropped elsewhere", L1_WITHOUT, { of: BRIDGE }, "of"],
    [
      "a broken hypothesis that is said to hold",
      L1_WITHOUT,
      {
        ...all(L1),
        ...{ without: null, dropped: null },
        "run.hypotheses": [...L1_ROWS.slice(0, 3), row(true), ...L1_ROWS.slice(3)],
      },
      "run.hypotheses[3]",
    ],
    ["a broken hypothesis left out", L1_WITHOUT, { ...all(L1), without: null, dropped: null }, "run.hypotheses"],
    ["another sentence", L1_WITHOUT, { "run.statement": "all of it is false" }, "run.statement"],
    ["version", named("fully-connected-l2~l1"), { "case.version": 2 }, "case"],
    ["architecture", named("fully-connected-l2~l1"), { "case.architecture": "diagonal" }, "case"],
    ["loss", named("fully-connected-l2~l1"), { "case.loss": "logistic" }, "case"],
    ["optimizer", named("fully-connected-l2~l1"), { "case.optimizer": "gradient-descent" }, "case"],
    ["seed of the case", named("fully-connected-l2~l1"), { "case.seed": "77" }, "case"],
    ["tolerance", named("fully-connected-l2~l1"), { "case.tolerance": 0.1 }, "case"],
    ["shape", named("fully-connected-l2~l1"), { "case.data.shape": [9] }, "case"],
    ["seed", named("fully-connected-l2~l1"), { seed: "7/3" }, "seed"],
    ["initialization", L1_WITHOUT, { "case.init": { kind: "gaussian", scale: 1 } }, "run.replay"],
    ["steps", L1_WITHOUT, { "case.budget.steps": 7 }, "run.replay"],
    ["replay", L1_WITHOUT, { "run.replay": named("fully-connected-l2~l1").run.replay }, "run.replay"],
    ["a word elsewhere", L1_WITHOUT, { "run.replay": "@case.json" }, "run.replay"],
    ...["architecture", "depth", "widths", "loss", "optimizer", "eta", "seed", "tolerance"].map(
      (key) => [`setting ${key}`, L1_WITHOUT, { [`run.settings.${key}`]: "7" }, "case"] as const,
    ),
  ])("is refused by %s", async (_, document, changes, where) => {
    expect(await refusedAgain(document)).toEqual([]);
    expect(await refusedAgain(forged(document, changes))).toContain(where);
  });

  it("says what was not decided again, and of a theorem that nobody knows here that", async () => {
    const again = async (d: CounterexampleDocument): Promise<readonly string[]> =>
      (await ledgerAgain(d as unknown as Readonly<Record<string, unknown>>)).notJudged;
    expect(await again(L1_WITHOUT)).toEqual([expect.stringMatching(/^loss-to-zero, .*as the document states/)]);
    expect(await again(forged(L1_WITHOUT, all("mine")))).toEqual([
      expect.stringMatching(/^the theorem mine is not of the catalogue/),
    ]);
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
