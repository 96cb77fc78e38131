/** The journal of a campaign as a file: wherever it is cut it is taken up again, and nothing whole is lost. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type CaseTask, stoppedCase } from "../../src/cli/campaign/decided-case.js";
import { beginJournal, readJournal } from "../../src/cli/campaign/journal.js";
import type { Orders } from "../../src/cli/campaign/orders.js";
import { UseError } from "../../src/kernel/use-error.js";
import { caseOf } from "../unit/verify/fake-bench.js";
import { file, temporaryFolder } from "./biasproof.js";

const VERSIONS = { biasproof: "1", node: "v20" };
const ORDERS: Orders = {
  theorems: ["fully-connected-l2"],
  optimizer: "normalized-gradient-descent",
  seed: "7",
  cases: 5,
  caseSeconds: 60,
  shard: null,
};
const taskOf = (index: number, entry = index): CaseTask => ({
  theorem: "fully-connected-l2",
  index,
  case: caseOf([[1, entry]]),
});
// Not ASCII, so that a cut may fall into a character.
const decided = (index: number) => stoppedCase(taskOf(index), `stopped — ∞ ${index}`);

function written(count: number): string {
  const path = join(temporaryFolder(), "deep", "j.jsonl");
  const journal = beginJournal(path, ORDERS, VERSIONS);
  for (let i = 0; i < count; i++) journal.keep("fully-connected-l2", decided(i));
  journal.close();
  return path;
}

const sentence = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof UseError) return error.message;
    throw error;
  }
  return "nothing was thrown";
};

describe("a journal", () => {
  it("gives back what was kept, under the same campaign", () => {
    const { orders, decided: count, open } = readJournal(written(3), VERSIONS);
    expect(orders).toEqual(ORDERS);
    expect(count).toBe(3);
    const journal = open();
    for (const i of [0, 1, 2]) expect(journal.known(taskOf(i))).toEqual(decided(i));
    expect(journal.known(taskOf(3))).toBeUndefined();
    journal.close();
  });

  it("cut at any byte of its last line loses that line and no other, and goes on", () => {
    const path = written(3);
    const bytes = readFileSync(path);
    const whole = bytes.lastIndexOf(10, bytes.length - 2) + 1;
    for (let end = whole; end < bytes.length; end++) {
      writeFileSync(path, bytes.subarray(0, end));
      const { decided: count, open } = readJournal(path, VERSIONS);
      expect(count).toBe(2);
      const journal = open();
      journal.keep("fully-connected-l2", decided(2));
      journal.close();
      expect(readFileSync(path).equals(bytes)).toBe(true);
    }
  });

  it("is never begun over a file that exists, not even an empty one", () => {
    const folder = temporaryFolder();
    for (const content of ["", "something\n"]) {
      const path = file(folder, "there", content);
      expect(sentence(() => beginJournal(path, ORDERS, VERSIONS))).toMatch(/expected a new file for --journal/);
      expect(readFileSync(path, "utf8")).toBe(content);
    }
  });

  it("of other versions, of other cases, or of nothing is refused in a sentence", () => {
    const path = written(2);
    expect(sentence(() => readJournal(path, { ...VERSIONS, biasproof: "2" }))).toMatch(/of biasproof 2.*got one of 1/);
    expect(sentence(() => readJournal(path, { ...VERSIONS, node: "v24" }))).toMatch(/under Node v24.*under v20/);
    const journal = readJournal(path, VERSIONS).open();
    expect(sentence(() => journal.known(taskOf(1, 5)))).toMatch(
      /expected case 1 of .* drawn from its seed, got another/,
    );
    journal.close();
    const folder = temporaryFolder();
    for (const content of ["", "{", JSON.stringify({ journal: 1 })])
      expect(sentence(() => readJournal(file(folder, "none", content), VERSIONS))).toMatch(/found no whole first line/);
    expect(sentence(() => readJournal(file(folder, "other", '{"command": "verify"}\n'), VERSIONS))).toMatch(
      /other, line 1, .*: expected .*, got/,
    );
    expect(sentence(() => readJournal(file(folder, "text", "Dear diary\n"), VERSIONS))).toMatch(
      /line 1: expected JSON/,
    );
  });

  it("with a line in its middle that is none is refused: that is not how a write ends", () => {
    const path = written(3);
    const lines = readFileSync(path, "utf8").split("\n");
    writeFileSync(path, [lines[0], lines[1]!.slice(0, 30), ...lines.slice(2)].join("\n"));
    expect(sentence(() => readJournal(path, VERSIONS))).toMatch(/line 2: expected JSON/);
    writeFileSync(path, [lines[0], lines[1]!.replace('"inconclusive"', '"true"'), ...lines.slice(2)].join("\n"));
    expect(sentence(() => readJournal(path, VERSIONS))).toMatch(/line 2, row.verdict: expected/);
  });
});
