/**
 * A conjecture of a user's, as the command verifies it: refuted with a certificate where it is false, the same in journals,
 * shards and threads, replayed to the same bits; and what its own claims say is worth what stands behind it.
 */
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { judgeDocument } from "../../src/certify/document.js";
import type { RunDocument, VerifyDocument } from "../../src/kernel/document.js";
import { biasproof, file, ROOT, temporaryFolder } from "./biasproof.js";

const folder = temporaryFolder();
copyFileSync(join(ROOT, "test/example/kernel-3.ts"), join(folder, "kernel-3.ts"));
const read = <T>(name: string): T => JSON.parse(readFileSync(join(folder, name), "utf8")) as T;
const timeless = (document: object): unknown =>
  JSON.parse(JSON.stringify(document, (key, value: unknown) => (key === "timing" ? undefined : value)));

function verify(name: string, ...args: string[]): VerifyDocument {
  const ran = biasproof(["verify", ...args, "--json", name], folder);
  expect(ran.stderr).not.toMatch(/fault of ours/);
  return read(name);
}

const ORDER = ["./kernel-3.ts", "--cases", "4", "--seed", "1"];

describe("a conjecture that is false", () => {
  const whole = verify("whole.json", ...ORDER, "--workers", "2", "--journal", "journal.jsonl");
  const [part] = whole.theorems;

  it("is refuted with certificates, and every word of the document is accepted", () => {
    expect(whole.verdict).toBe("refuted");
    expect(part).toMatchObject({ id: "kernel-3-fourier-l1", inScope: 4, inconclusive: 0, suspect: 0 });
    expect(part!.evidence).toEqual({ claim: "certified", hypotheses: "observed", proof: "assumed" });
    expect(judgeDocument(whole).filter((j) => !j.accepted)).toEqual([]);
    expect(whole.repeat).toMatch(/^biasproof verify \.\/kernel-3\.ts --optimizer/);
  });

  it("goes on from its journal, and not when the file has changed", () => {
    const lines = readFileSync(join(folder, "journal.jsonl"), "utf8").split("\n");
    writeFileSync(join(folder, "torn.jsonl"), `${lines.slice(0, 3).join("\n")}\n`);
    expect(timeless(verify("resumed.json", "--resume", "torn.jsonl"))).toEqual(timeless(whole));
    const text = readFileSync(join(folder, "kernel-3.ts"), "utf8");
    try {
      writeFileSync(join(folder, "kernel-3.ts"), `${text}// another\n`);
      const { code, stderr } = biasproof(["verify", "--resume", "torn.jsonl"], folder);
      expect([code, stderr]).toEqual([2, expect.stringMatching(/expected the file that the campaign was begun with/)]);
    } finally {
      writeFileSync(join(folder, "kernel-3.ts"), text);
    }
  });

  it("its shards are its whole", () => {
    for (const i of [1, 2]) verify(`shard${i}.json`, ...ORDER, "--shard", `${i}/2`);
    const { code } = biasproof(["merge", "shard1.json", "shard2.json", "--json", "merged.json"], folder);
    expect(code).toBe(1);
    expect(timeless(read("merged.json"))).toEqual(timeless(whole));
  });

  it("a case replays to the same bits from its word; without its file it is a sentence", () => {
    const row = part!.cases[1]!;
    expect(row.replay).toMatch(/^\.\/kernel-3\.ts@bp1\./);
    expect(biasproof(["replay", row.replay, "--json", "replay.json"], folder).code).toBe(1);
    const again = read<RunDocument>("replay.json");
    expect(again).toMatchObject({ theorem: "kernel-3-fourier-l1", verdict: "refuted", replay: row.replay });
    expect(again.settings.options).toEqual({ kernel: 3 });
    expect(again.reached!.residual).toBe(row.residual);
    expect(judgeDocument(again).filter((j) => !j.accepted)).toEqual([]);
    const word = row.replay.replace(/^.*@bp1/, "bp1");
    const { code, stderr } = biasproof(["replay", word], folder);
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(/expected --theorem FILE, for the theorem kernel-3-fourier-l1/),
    ]);
  });
});

it("new theorem writes a conjecture that holds as it stands, and never over a file", () => {
  const made = biasproof(["new", "theorem", "my-conjecture.ts"], folder);
  expect([made.code, made.stdout]).toEqual([0, expect.stringMatching(/Next: biasproof verify \.\/my-conjecture\.ts/)]);
  const document = verify("new.json", "my-conjecture.ts", "--cases", "10", "--seed", "1");
  expect(document.theorems[0]).toMatchObject({ id: "my-conjecture", verdict: "holds", inScope: 10 });
  const again = biasproof(["new", "theorem", "my-conjecture.ts"], folder);
  expect([again.code, again.stderr]).toEqual([2, expect.stringMatching(/expected a new file, got one that exists/)]);
});

describe("what a claim of one's own says", () => {
  const claiming = (name: string, body: string): string =>
    file(
      folder,
      `${name}.mjs`,
      `import { defineConjecture, defineTheorem, fullyConnected, limitHypotheses } from "biasproof";
       const claim = { id: "mine", statement: "so it is", async check(bench) { ${body} } };
       const theorem = defineTheorem({ id: "own", statement: "so it is", scope: { architectures: ["fully-connected"] },
         entries: { "gradient-flow": { hypotheses: limitHypotheses, claims: [claim] } } });
       console.log("printed");
       export default defineConjecture({ theorem, space: { networks: [{ architecture: fullyConnected }] } });\n`,
    );
  const says = (finding: string): string =>
    `return { finding: { claim: "mine", why: "so", ${finding} }, certificates: [] };`;
  const ran = (name: string, body: string, ...more: string[]) =>
    biasproof(["verify", claiming(name, body), "--cases", "1", "--seed", "1", "--json", "-", ...more], folder);

  it.each([
    ["holds, by its own word", says('outcome: "supports", evidence: "exact"'), "inconclusive", 3],
    ["does not hold, by its own word", says('outcome: "contradicts", certified: true'), "suspect", 1],
    ["nothing, for ever", "for (;;);", "inconclusive", 3],
  ])("%s", (_, body, verdict, exit) => {
    const { code, stdout } = ran("says", body, "--case-limit", "2s");
    const document = JSON.parse(stdout) as VerifyDocument;
    expect([document.verdict, code]).toEqual([verdict, exit]);
    expect(judgeDocument(document).filter((j) => !j.accepted && j.where !== "theorems[0].cases[0]")).toEqual([]);
  });

  it.each([
    [
      "a throw",
      'throw new TypeError("no\\nway");',
      /says\.mjs:2: theorem own, claim mine: it threw no way \(in case 0, biasproof replay/,
    ],
    [
      "an answer that is none",
      "return 1;",
      /theorem own, claim mine: expected it to answer with \{finding, certificates\}, got 1/,
    ],
    ["an end of the process", "process.exit(9);", /says\.mjs: a thread of the campaign ended with 9/],
  ])("%s is a sentence", (_, body, sentence) => {
    const { code, stdout, stderr } = ran("says", body);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(sentence);
  });
});
