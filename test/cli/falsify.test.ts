/** `biasproof falsify` as a user meets it: exit codes, documents, the ledger file that recheck and replay take. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { CounterexampleDocument, FalsifyDocument } from "../../src/kernel/counterexample-document.js";
import type { RunDocument } from "../../src/kernel/document.js";
import { biasproof, ROOT, temporaryFolder } from "./biasproof.js";

const hunt = (...args: readonly string[]): { readonly code: number | null; readonly document: FalsifyDocument } => {
  const { code, stdout } = biasproof(["falsify", ...args, "--seed", "1", "--json", "-"]);
  return { code, document: JSON.parse(stdout) as FalsifyDocument };
};

it("without a hypothesis that is needed: 1, and a ledger file that recheck accepts and replay repeats", () => {
  const folder = temporaryFolder();
  const { code, document } = hunt(
    ...["conv-depth-2-fourier-l1", "--without", "generic-initialization", "--ledger", folder, "--report", folder],
  );
  expect([code, document.found, document.command, document.stop]).toEqual([1, true, "falsify", "found"]);
  const found = document.counterexample as CounterexampleDocument;
  expect(found.dropped).toMatchObject({ id: "generic-initialization", decided: false, evidence: "exact" });
  expect(found.run.hypotheses.map((h) => h.decided)).toEqual(found.run.hypotheses.map(() => true));
  expect(found.case.data.json.X).toHaveLength(1);
  const files = readdirSync(folder).sort();
  const kept = "conv-depth-2-fourier-l1~without_generic-initialization.json";
  expect(files).toEqual(["case.json", kept, "junit.xml", "report.html", "report.json", "summary.md"]);
  for (const name of [kept, "report.json"]) expect(biasproof(["recheck", join(folder, name)]).code).toBe(0);
  const again = biasproof(["replay", found.run.replay, "--json", "-"]);
  const run = JSON.parse(again.stdout) as RunDocument;
  expect([again.code, run.verdict, run.theorem]).toEqual([1, "refuted", found.run.theorem]);
  expect(run.certificates).toEqual(found.run.certificates);
});

it("of a false theorem, whose id may have a slash: 1, with a table for people", () => {
  const { code, stdout, stderr } = biasproof(["falsify", "conv-fourier-bridge~p=1/L", "--seed", "1"]);
  expect(code).toBe(1);
  expect(stderr).toContain("seed 1");
  expect(stdout).toMatch(/conv-fourier-bridge~p=1\/L: a counterexample/);
  expect(stdout).toMatch(/\n {2}data +\(/);
  expect(stdout).toMatch(/\n {2}but +at the limit/);
});

it("of a true theorem: 0 after as many cases as asked, 3 after fewer that say anything", () => {
  const all = hunt("fully-connected-l2", "--cases", "5");
  expect([all.code, all.document.found, all.document.inScope]).toEqual([0, false, 5]);
  const few = hunt("fully-connected-l2", "--cases", "100000", "--budget", "1s");
  expect([few.code, few.document.stop]).toEqual([3, "budget"]);
  expect(few.document.inScope).toBeLessThan(100_000);
  // Nothing that is drawn breaks this one, which is said at once.
  const none = biasproof(["falsify", "fully-connected-l2", "--without", "separable", "--seed", "1", "--json", "-"]);
  const { stop, ran } = JSON.parse(none.stdout) as FalsifyDocument;
  expect([none.code, stop, ran]).toEqual([3, "no-sampler", 0]);
  expect(none.stderr).toMatch(/no case that is drawn breaks separable .* implied by positive-margin: /);
});

it.each([
  ["never returns", "{ for (;;) {} }"],
  ["never settles", "new Promise<never>(() => undefined)"],
])("a check that %s is stopped: 3, with a sentence and a document", (_, body) => {
  const folder = temporaryFolder();
  const text = readFileSync(join(ROOT, "test/example/kernel-3.ts"), "utf8");
  const endless = `{ id: "endless", statement: "it ends", kind: "structural", decide: () => ${body} }`;
  writeFileSync(
    join(folder, "endless.ts"),
    text.replace("hypotheses: limitHypotheses", `hypotheses: [${endless}, ...limitHypotheses]`),
  );
  const ran = biasproof(["falsify", "./endless.ts", "--budget", "1s", "--seed", "1", "--json", "-"], folder);
  expect(ran.stderr).toMatch(/kernel-3-fourier-l1: a hypothesis or claim did not end, in case 0, and was stopped/);
  const { stop, found } = JSON.parse(ran.stdout) as FalsifyDocument;
  expect([ran.code, stop, found]).toEqual([3, "unending", false]);
});

it("a ledger that has it already, and the false theorems by name", () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "diagonal-bridge~p=2.json"), "{}");
  const { code, stderr } = biasproof(["falsify", "diagonal-bridge~p=2", "--ledger", folder]);
  expect([code, readFileSync(join(folder, "diagonal-bridge~p=2.json"), "utf8")]).toEqual([2, "{}"]);
  expect(stderr).toMatch(/expected a counterexample that is not in the ledger yet/);
  expect(biasproof(["list", "--false"]).stdout).toContain("conv-fourier-bridge~p=1/L");
});

it.each([
  [[], /^falsify: expected one theorem or file, got 0/],
  [["nobody-knows"], /^falsify: expected a theorem \(fully-connected-l2, .*, got nobody-knows/],
  [["./nowhere.ts"], /nowhere\.ts: expected a file with a theorem/],
  [["fully-connected-l2", "--without", "x"], /^fully-connected-l2: expected a hypothesis among separable, .*, got x/],
  [["fully-connected-l2", "--cases", "0"], /expected/],
])("wrong use is one sentence: %j", (args, sentence) => {
  const { code, stdout, stderr } = biasproof(["falsify", ...args]);
  expect([code, stdout]).toEqual([2, ""]);
  expect(stderr).toMatch(sentence);
  expect(stderr.trim().split("\n")).toHaveLength(1);
});
