/** The folding rules, case by case: nothing folds to holds by default. */
import { describe, expect, it } from "vitest";
import { weaker, weakest } from "../../../src/kernel/evidence.js";
import {
  exitCodeOf,
  type Finding,
  foldCampaign,
  foldCase,
  type HypothesisDecision,
} from "../../../src/kernel/verdict.js";

const hypothesis = (
  decided: boolean | null,
  evidence: HypothesisDecision["evidence"] = "certified",
): HypothesisDecision => ({
  id: "h",
  statement: "h",
  decided,
  evidence,
  why: "",
  certificate: null,
});
const supports: Finding = { claim: "c", outcome: "supports", evidence: "certified", why: "" };
const silent: Finding = { claim: "c", outcome: "silent", why: "" };
const contradicts = (certified: boolean): Finding => ({ claim: "c", outcome: "contradicts", certified, why: "" });

describe("a case", () => {
  it.each([
    ["holds", [hypothesis(true)], [supports]],
    ["out-of-scope", [hypothesis(true), hypothesis(false)], [supports]],
    ["out-of-scope", [hypothesis(false, "exact")], [contradicts(true)]],
    ["refuted", [hypothesis(true)], [supports, contradicts(true)]],
    ["suspect", [hypothesis(true)], [supports, contradicts(false)]],
    ["inconclusive", [hypothesis(null, "observed")], [contradicts(true)]],
    ["inconclusive", [hypothesis(true)], [supports, silent]],
    ["inconclusive", [hypothesis(null, "observed")], [supports]],
    ["inconclusive", [hypothesis(true)], []],
    // false with weak evidence is not a decision: never out of scope, never holds
    ["inconclusive", [hypothesis(false, "observed")], [supports]],
  ] as const)("folds to %s", (word, hypotheses, findings) => {
    expect(foldCase(hypotheses, findings)).toBe(word);
  });
});

describe("a campaign", () => {
  const counts = { asked: 200, ran: 200, inScope: 200, refuted: 0, suspect: 0, inconclusive: 0 };
  it.each([
    ["holds", {}],
    ["holds", { inconclusive: 2 }],
    ["inconclusive", { inconclusive: 3 }],
    ["inconclusive", { inScope: 199 }],
    ["inconclusive", { asked: 0, ran: 0, inScope: 0 }],
    ["refuted", { refuted: 1, suspect: 1 }],
    ["suspect", { suspect: 1 }],
  ] as const)("folds to %s", (word, change) => {
    expect(foldCampaign({ ...counts, ...change })).toBe(word);
  });
});

it("exit codes: 1 before 3 before 4 before 0, and nothing is inconclusive", () => {
  expect(exitCodeOf(["holds", "out-of-scope", "inconclusive", "suspect"])).toBe(1);
  expect(exitCodeOf(["holds", "out-of-scope", "inconclusive"])).toBe(3);
  expect(exitCodeOf(["holds", "out-of-scope"])).toBe(4);
  expect(exitCodeOf(["holds", "holds"])).toBe(0);
  expect(exitCodeOf([])).toBe(3);
});

it("evidence has a ladder, and the weakest of nothing is nothing", () => {
  expect(weaker("exact", "observed")).toBe("observed");
  expect(weakest(["certified", "assumed", "exact"])).toBe("assumed");
  expect(weakest([])).toBeNull();
});
