/** The numbers of the folds: the share of open cases that a campaign may have, and the exit codes that scripts read. */
import { expect, it } from "vitest";
import { EXIT, exitCodeOf, foldCampaign } from "../../../src/kernel/verdict.js";

const fold = (inScope: number, inconclusive: number, asked = inScope) =>
  foldCampaign({ asked, ran: inScope, inScope, refuted: 0, suspect: 0, inconclusive });

it("a campaign holds with at most 1 % of its in-scope cases open", () => {
  expect([fold(100, 1), fold(100, 2), fold(99, 1), fold(1000, 10), fold(1000, 11)]).toEqual([
    "holds",
    "inconclusive",
    "inconclusive",
    "holds",
    "inconclusive",
  ]);
});

it("a campaign of one case can hold, one of none cannot", () => {
  expect([fold(1, 0), fold(0, 0), fold(1, 1), fold(1, 0, 0), fold(3, 0, 2)]).toEqual([
    "holds",
    "inconclusive",
    "inconclusive",
    "inconclusive",
    "holds",
  ]);
});

it("exit codes are those of the README", () => {
  expect(EXIT).toEqual({
    holds: 0,
    refuted: 1,
    suspect: 1,
    use: 2,
    inconclusive: 3,
    "out-of-scope": 4,
    fault: 70,
    interrupted: 130,
  });
  expect([exitCodeOf(["refuted"]), exitCodeOf(["suspect"]), exitCodeOf(["holds", "refuted"])]).toEqual([1, 1, 1]);
});
