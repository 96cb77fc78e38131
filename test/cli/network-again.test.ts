/** recheck holds the map of a `kkt-residual` to the network of the replay word: a certificate about another network is refused. */
import { beforeAll, describe, expect, it } from "vitest";
import { homogeneousKkt } from "../../proofs/theorems/homogeneous-kkt.js";
import { judgeDocument } from "../../src/certify/document.js";
import { judgeFile } from "../../src/cli/judge-file.js";
import { replayLine } from "../../src/cli/replay-line.js";
import type { Case } from "../../src/kernel/case.js";
import type { RunDocument, VerifyDocument } from "../../src/kernel/document.js";
import { campaignDocument, caseOf, forged, runDocument, uncounted } from "../unit/certify/documents/honest.js";

const X = [
  [2, -1, 1],
  [-1, 3, -1],
];
const COMMON = { depth: 2, tolerance: 1e-10, goal: 1e-10 } as const;
const KERNEL = caseOf(X, { ...COMMON, architecture: "convolutional", options: { kernel: 2 } });
const WIDER = caseOf(X, { ...COMMON, architecture: "convolutional", options: { kernel: 3 } });

const documentOf = async (c: Case): Promise<RunDocument> => ({
  ...(await runDocument(c, homogeneousKkt)),
  replay: replayLine(c, null),
});
let [kernel, wider]: RunDocument[] = [];
let campaign: VerifyDocument;
beforeAll(async () => {
  [kernel, wider] = [await documentOf(KERNEL), await documentOf(WIDER)];
  const made = await campaignDocument("holds", [{ cases: [KERNEL, WIDER], asked: 2, theorem: homogeneousKkt }]);
  const words = [KERNEL, WIDER].map((c) => replayLine(c, null));
  campaign = JSON.parse(JSON.stringify(made), (key, value) =>
    key === "replay" && typeof value === "string" ? words[Number(value.slice(4))] : value,
  );
});

async function rechecked(document: unknown) {
  const bytes = new TextEncoder().encode(JSON.stringify(document));
  const { judgments, notJudged } = await judgeFile({ bytes, file: "report.json" });
  return { refused: judgments.filter((j) => !j.accepted).map((j) => j.where), all: judgments, notJudged };
}

describe("the map of a certificate", () => {
  it("is that of the network, in a run and in each case of a campaign", async () => {
    const run = await rechecked(kernel);
    expect([run.refused, run.notJudged.length]).toEqual([[], 1]);
    expect(run.all.filter((j) => j.where.endsWith(".map")).map((j) => j.says)).toEqual([
      "the map is that of the convolutional network of the replay word, and so are the data",
    ]);
    const many = await rechecked(campaign);
    expect(many.refused).toEqual([]);
    expect(many.all.filter((j) => j.where.endsWith(".map"))).toHaveLength(2);
  });

  it("of another network is refused, though the judge has nothing against the document", async () => {
    // Certificate, predictor and weights of a kernel of length 3 in the document of one of length 2.
    const other = forged(kernel!, ["certificates", wider!.certificates], ["reached", wider!.reached]);
    expect(judgeDocument(other).filter((j) => !j.accepted)).toEqual([]);
    expect((await rechecked(other)).refused).toEqual(["certificates[0].map"]);
    const swapped = forged(campaign, [
      "theorems[0].cases",
      (rows: { replay: string }[]) => rows.map((row, i) => ({ ...row, replay: rows[1 - i]!.replay })),
    ]);
    expect((await rechecked(swapped)).refused).toEqual(
      expect.arrayContaining(["theorems[0].certificates[0].map", "theorems[0].certificates[2].map"]),
    );
  });

  it("is compared with the names shown, too, and left open by name where the word does not hold the case", async () => {
    expect((await rechecked(forged(kernel!, ["settings.depth", 3]))).refused).toContain("certificates[0].map");
    const named = forged(kernel!, ["settings.architecture", "diagonal"]);
    expect((await rechecked(named)).refused).toContain("certificates[0].map");
    for (const word of ["@case.json", "bp1.x", 7]) {
      const open = await rechecked(forged(kernel!, ["replay", word]));
      expect([open.refused, open.notJudged[1]]).toEqual([[], expect.stringMatching(/maps of 1 kkt-residual/)]);
    }
  });

  it("is tied to a replay word wherever the judge finds it: one moved away, or counted by no case, is refused", async () => {
    const [separation, residual] = [/separation/, /kkt/].map((kind) =>
      kernel!.certificates.filter((c) => kind.test(c.kind)),
    );
    expect([separation!.length, residual!.length]).toEqual([1, 1]);
    const moved = forged(kernel!, ["certificates", separation], ["extra", { certificate: residual![0] }]);
    expect(judgeDocument(moved).filter((j) => !j.accepted)).toEqual([]);
    expect((await rechecked(moved)).refused).toEqual(["extra.certificate.map"]);
    expect((await rechecked(uncounted(campaign))).refused).toEqual([
      "theorems[0].certificates[0].map",
      "theorems[0].certificates[2].map",
    ]);
    const alone = await rechecked(residual![0]);
    expect([alone.refused, alone.notJudged.join()]).toEqual([[], expect.stringMatching(/stands alone/)]);
    const shaped = forged(kernel!, ["certificates[0].data.shape", [3]]);
    expect((await rechecked(shaped)).refused).toContain("certificates[0].map");
  });
});
