/** recheck holds what a document says of a theorem to the catalogue, and what it says of its network and data to its replay word. */
import { beforeAll, describe, expect, it } from "vitest";
import { convFourierBridge } from "../../proofs/theorems/conv-fourier-bridge.js";
import { judgeDocument } from "../../src/certify/document.js";
import { judgeFile } from "../../src/cli/judge-file.js";
import { replayLine } from "../../src/cli/replay-line.js";
import { withoutHypothesis } from "../../src/cli/theorem-named.js";
import type { RunDocument, VerifyDocument } from "../../src/kernel/document.js";
import { campaignDocument, caseOf, forged, runDocument } from "../unit/certify/documents/honest.js";

const X = [
  [2, -1, 1],
  [-1, 3, -1],
];
const CASE = caseOf(X, { architecture: "convolutional", depth: 2, tolerance: 1e-10, goal: 1e-10 });
const SECOND = { ...CASE, seed: "2" };
const word = replayLine(CASE, null);
const other = replayLine(SECOND, null);

let run: RunDocument;
let campaign: VerifyDocument;
let mutant: RunDocument;
beforeAll(async () => {
  // At depth 2 the catalogue has a theorem that says more, so the word names this one.
  const named = { ...CASE, theorem: convFourierBridge.id };
  run = { ...(await runDocument(CASE, convFourierBridge)), replay: replayLine(named, null) };
  const made = await campaignDocument("holds", [{ cases: [CASE, SECOND], asked: 2, theorem: convFourierBridge }]);
  const words = [named, { ...SECOND, theorem: convFourierBridge.id }].map((c) => replayLine(c, null));
  campaign = JSON.parse(JSON.stringify(made), (key, value) =>
    key === "replay" && typeof value === "string" ? words[Number(value.slice(4))] : value,
  );
  const dropped = withoutHypothesis(convFourierBridge, "direction-converges");
  mutant = { ...(await runDocument(CASE, dropped)), replay: replayLine({ ...CASE, theorem: dropped.id }, null) };
});

async function rechecked(document: unknown) {
  const bytes = new TextEncoder().encode(JSON.stringify(document));
  const { judgments, notJudged } = await judgeFile({ bytes, file: "report.json" });
  return { refused: judgments.filter((j) => !j.accepted).map((j) => j.where), notJudged: notJudged.slice(1) };
}

type Change = readonly [path: string, value: unknown];
/** Expects that the judge of certificates has nothing against the forgery, and that recheck refuses it there only. */
async function expectOnly(document: object, where: string, ...changes: readonly Change[]): Promise<void> {
  const made = forged(document, ...changes);
  expect(judgeDocument(made).filter((j) => !j.accepted)).toEqual([]);
  expect([changes[0]![0], (await rechecked(made)).refused]).toEqual([changes[0]![0], [where]]);
}

it("what run and verify write is accepted, and nothing of it is left open", async () => {
  for (const document of [run, campaign]) expect(await rechecked(document)).toEqual({ refused: [], notJudged: [] });
});

describe("a theorem of the catalogue", () => {
  it("says and rests on what it does there", async () => {
    const nothing: Change[] = [
      ["restsOn", []],
      ["cited", []],
    ];
    await expectOnly(run, "statement", ["statement", "the limit is the GLOBAL minimizer"]);
    await expectOnly(run, "statement", ...nothing, ["evidence.proof", "exact"]);
    await expectOnly(run, "statement", ["cited[0].statement", "so"]);
    await expectOnly(run, "statement", ["notClaimed", []]);
    await expectOnly(run, "statement", ["hypotheses[0].statement", "there are data"]);
    for (const key of ["title", "statement"])
      await expectOnly(campaign, "theorems[0].statement", [`theorems[0].${key}`, "so"]);
    await expectOnly(campaign, "theorems[0].statement", ["theorems[0].claims[0].statement", "so"]);
    const bare = nothing.map(([key, value]): Change => [`theorems[0].${key}`, value]);
    await expectOnly(campaign, "theorems[0].statement", ...bare, ["theorems[0].evidence.proof", "exact"]);
  });

  it("is known by its id: of another one, or of one without a hypothesis, it is named that nobody here knows it", async () => {
    const { refused, notJudged } = await rechecked(mutant);
    expect([refused, notJudged]).toEqual([
      [],
      [expect.stringMatching(/^the theorem conv-fourier-bridge~without:.* is not of the catalogue/)],
    ]);
  });
});

describe("the replay word", () => {
  it("is of the network, settings, data and theorem that a run shows", async () => {
    const changes: Change[] = [
      ["settings.options", { kernel: 2 }],
      ["settings.widths", [3]],
      ["settings.optimizer", "other"],
      ["settings.seed", "7"],
      ["settings.more", 1],
      ["data.name", "iris"],
      ["replay", other],
      ["replay", word],
      ["replay", replayLine({ ...CASE, theorem: run.theorem!, depth: 3 }, null)],
      [
        "replay",
        replayLine(
          {
            ...caseOf([[1, 2, 3], X[1]!], CASE),
            theorem: run.theorem!,
            data: { ...CASE.data, json: { ...CASE.data.json, y: [1, -1] } },
          },
          null,
        ),
      ],
    ];
    for (const change of changes) await expectOnly(run, "settings", change);
  });

  it("is of the network and data of each case of a campaign", async () => {
    const at = "theorems[0].cases";
    const swap: Change = [`${at}[1].replay`, replayLine({ ...SECOND, depth: 3, theorem: run.theorem! }, null)];
    await expectOnly(campaign, `${at}[1].replay`, swap);
    await expectOnly(campaign, `${at}[1].replay`, [`${at}[1].replay`, other]); // of the theorem that says more
  });

  it("that holds no case leaves this open by name", async () => {
    for (const replay of ["@case.json", "bp1.x"]) {
      const open = await rechecked(forged(run, ["replay", replay], ["settings.seed", "7"]));
      expect(open).toEqual({ refused: [], notJudged: [expect.stringMatching(/^whether network, settings and data/)] });
    }
    const open = await rechecked(forged(campaign, ["theorems[0].cases[1].replay", "@case.json"]));
    expect(open).toEqual({ refused: [], notJudged: [expect.stringMatching(/^of 1 cases, whether/)] });
  });
});
