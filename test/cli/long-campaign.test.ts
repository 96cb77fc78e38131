/**
 * Long campaigns as users run them: killed and taken up again, in several threads, in shards that are merged, within a time.
 * The document is always that of one run, byte for byte but for `timing`.
 */
import { spawn } from "node:child_process";
import { appendFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { VerifyDocument } from "../../src/kernel/document.js";
import { biasproof, MAIN, temporaryFolder } from "./biasproof.js";

const CASES = 12;
const CAMPAIGN = ["verify", "fully-connected-l2", "conv-fourier-bridge", "--cases", String(CASES), "--seed", "14"];
const folder = temporaryFolder();
const at = (name: string): string => join(folder, name);

/** The bytes of a document without its times. */
const textOf = (name: string): string =>
  readFileSync(at(name), "utf8").replace(/"timing": \{\s*"seconds": [^\s}]+\s*\}/g, '"timing": {}');
const documentOf = (name: string): VerifyDocument => JSON.parse(readFileSync(at(name), "utf8"));
const linesOf = (name: string): number =>
  existsSync(at(name)) ? readFileSync(at(name), "utf8").split("\n").length - 1 : 0;

beforeAll(() => {
  expect(biasproof([...CAMPAIGN, "--workers", "1", "--json", at("one.json")]).code).toBe(0);
  expect(textOf("one.json")).not.toMatch(/"seconds"/);
});

/** Ends the campaign by kill -9 as soon as its journal has this many lines. */
function killedAt(lines: number, args: readonly string[], journal: string): Promise<string | null> {
  const child = spawn(process.execPath, [MAIN, ...args], { stdio: "ignore" });
  const watch = setInterval(() => {
    if (linesOf(journal) >= lines) child.kill("SIGKILL");
  }, 2);
  return new Promise((resolve) => {
    child.on("close", (_, signal) => {
      clearInterval(watch);
      resolve(signal);
    });
  });
}

describe("a journal", () => {
  it("takes up a campaign that was killed in its middle, twice, with a torn line", async () => {
    expect(await killedAt(6, [...CAMPAIGN, "--workers", "2", "--journal", at("j")], "j")).toBe("SIGKILL");
    const first = linesOf("j");
    expect(first).toBeGreaterThanOrEqual(6);
    expect(first).toBeLessThan(2 * CASES + 1);
    appendFileSync(at("j"), '{"theorem":"fully-connected-l2","row":{"index":');
    expect(await killedAt(first + 6, ["verify", "--resume", at("j")], "j")).toBe("SIGKILL");
    expect(linesOf("j")).toBeGreaterThanOrEqual(first + 6);
    const { code, stderr } = biasproof(["verify", "--resume", at("j"), "--json", at("resumed.json")]);
    expect(code).toBe(0);
    expect(stderr).toMatch(/goes on with \d+ decided cases/);
    expect(textOf("resumed.json")).toBe(textOf("one.json"));
    const ran = documentOf("one.json").theorems.reduce((s, t) => s + t.ran, 0);
    expect(linesOf("j")).toBe(ran + 1);
  });

  it("that is complete makes the report again and runs nothing", () => {
    const before = readFileSync(at("j"));
    expect(biasproof(["verify", "--resume", at("j"), "--json", at("again.json")]).code).toBe(0);
    expect(textOf("again.json")).toBe(textOf("one.json"));
    expect(readFileSync(at("j")).equals(before)).toBe(true);
  });

  it("is refused in one sentence where it is wrong, and stays as it was", () => {
    const before = readFileSync(at("j"));
    const said = (...args: string[]): string => {
      const { code, stdout, stderr } = biasproof(["verify", ...args]);
      expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
      expect(stderr.trim().split("\n")).toHaveLength(1);
      return stderr;
    };
    expect(said("--journal", at("j"))).toMatch(/expected a new file for --journal, got one that exists/);
    for (const more of [
      ["--seed", "14"],
      ["--cases", "24"],
      ["--shard", "1/2"],
      ["--journal", at("k")],
    ])
      expect(said("--resume", at("j"), ...more)).toContain(`got ${more[0]}`);
    expect(said("fully-connected-l2", "--resume", at("j"))).toContain("got fully-connected-l2");
    expect(said("--resume", at("j"), "--json", at("j"))).toContain("expected an output other than the input");
    expect(said("--resume", at("nowhere"))).toContain("there is no such file");
    expect(said("--resume", at("one.json"))).toContain("line 1: expected JSON");
    writeFileSync(at("foreign"), before.toString().replace('"seed":"14"', '"seed":"12"'));
    // Told after the notes: its cases have to be drawn first.
    const foreign = biasproof(["verify", "--resume", at("foreign")]);
    expect(foreign.code).toBe(2);
    expect(foreign.stderr).toMatch(
      /expected case 0 of fully-connected-l2 to be the one drawn from its seed, got another/,
    );
    writeFileSync(at("unknown"), before.toString().replace('["fully-connected-l2"', '["nothing"'));
    expect(said("--resume", at("unknown"))).toMatch(/expected one of fully-connected-l2.*got "nothing"/);
    expect(readFileSync(at("j")).equals(before)).toBe(true);
    expect(readdirSync(folder)).not.toContain("k");
  });
});

describe("threads", () => {
  it.each(["2", "3"])("%s give the same document, which re-checks", (workers) => {
    expect(biasproof([...CAMPAIGN, "--workers", workers, "--json", at("w.json")]).code).toBe(0);
    expect(textOf("w.json")).toBe(textOf("one.json"));
    expect(biasproof(["recheck", at("w.json")]).code).toBe(0);
  });

  it("stop a case that does not end, as inconclusive by name", () => {
    const args = ["verify", "conv-fourier-bridge", "--cases", "3", "--seed", "1", "--case-limit", "1ms"];
    expect(biasproof([...args, "--json", at("stopped.json")]).code).toBe(3);
    const [theorem] = documentOf("stopped.json").theorems;
    expect([theorem!.asked, theorem!.ran, theorem!.inScope, theorem!.inconclusive]).toEqual([3, 3, 3, 3]);
    expect(theorem!.cases.map((c) => c.why)).toEqual(Array(3).fill("stopped: the case did not end within 0.001 s"));
    expect(biasproof(["recheck", at("stopped.json")]).code).toBe(0);
  });
});

describe("shards", () => {
  it("of a campaign, merged in any order, are its report", () => {
    for (const part of [1, 2])
      expect(biasproof([...CAMPAIGN, "--shard", `${part}/2`, "--json", at(`${part}.json`)]).code).toBe(0);
    const { shard, theorems } = documentOf("2.json");
    expect([shard?.part, shard?.of, theorems[0]!.asked]).toEqual([2, 2, CASES / 2]);
    expect(theorems[0]!.cases.map((c) => c.index)).toEqual(Array.from({ length: CASES / 2 }, (_, i) => 2 * i + 1));
    expect(biasproof(["recheck", at("2.json")]).code).toBe(0);
    expect(biasproof(["merge", at("2.json"), at("1.json"), "--json", at("merged.json")]).code).toBe(0);
    expect(textOf("merged.json")).toBe(textOf("one.json"));
  });

  it("each fill their share where cases are out of scope, and merged have no more than the whole", () => {
    const parts = ["1.json", "2.json"].map((name) => documentOf(name).theorems[1]!);
    for (const t of parts) expect([t.id, t.asked, t.inScope]).toEqual(["conv-fourier-bridge", CASES / 2, CASES / 2]);
    expect(parts[0]!.outOfScope + parts[1]!.outOfScope).toBeGreaterThan(0);
    const merged = documentOf("merged.json").theorems[1]!;
    expect([merged.asked, merged.inScope]).toEqual([CASES, CASES]);
    expect(merged.outOfScope).toBeGreaterThan(0);
    expect(merged.cases.map((c) => c.index)).toEqual(merged.cases.map((_, i) => i));
  });

  it("are refused in one sentence where one is missing, there twice, of another campaign or not whole", () => {
    const refused = (...names: string[]): string => {
      const { code, stdout, stderr } = biasproof(["merge", ...names.map(at)]);
      expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
      expect(stderr.trim().split("\n")).toHaveLength(1);
      return stderr;
    };
    const changed = (
      name: string,
      change: (d: { -readonly [K in keyof VerifyDocument]: VerifyDocument[K] }) => void,
    ): string => {
      const document = documentOf("2.json");
      change(document);
      writeFileSync(at(name), JSON.stringify(document));
      return name;
    };
    expect(refused("1.json")).toContain("expected all 2 shards, got none that is 2/2");
    expect(refused("1.json", "2.json", "2.json")).toMatch(/expected each shard once, got 2\/2 in .*2\.json and in/);
    expect(refused("1.json", "one.json")).toContain("got that of a whole campaign");
    expect(refused("1.json", "j")).toContain("expected JSON");
    expect(refused()).toContain("got none");
    expect(
      refused(
        "1.json",
        changed("seed.json", (d) => {
          d.seed = "12";
        }),
      ),
    ).toMatch(/expected the seed of .*, 14, got 12/);
    expect(
      refused(
        "1.json",
        changed("of.json", (d) => {
          d.shard = { ...d.shard!, of: 3 };
        }),
      ),
    ).toContain("number of shards");
    const without = changed("gap.json", (d) => {
      d.theorems = d.theorems.map((t) => ({ ...t, cases: t.cases.filter((_, i) => i !== 4) }));
    });
    expect(refused("1.json", without)).toMatch(/expected case 9 of fully-connected-l2 next, got case 11/);
    const short = changed("short.json", (d) => {
      d.theorems = d.theorems.map((t) => ({ ...t, cases: t.cases.slice(0, -1) }));
    });
    expect(refused("1.json", short)).toContain("expected 6 cases of fully-connected-l2 in scope, got 5");
    const other = changed("other.json", (d) => {
      d.theorems = d.theorems.map((t) => ({ ...t, cases: t.cases.map((c) => ({ ...c, replay: "bp1.x" })) }));
    });
    expect(refused("1.json", other)).toContain("to be the one drawn from its seed, got another");
  });

  it("without a case, or beyond their number, are wrong use", () => {
    for (const shard of ["0/2", "3/2", "2", "1/0", "-1/2", "a/b"])
      expect(biasproof([...CAMPAIGN, "--shard", shard]).stderr).toContain("expected --shard to be I/N");
    expect(biasproof(["verify", "--cases", "1", "--shard", "2/2"]).stderr).toContain("expected a shard with a case");
  });
});

it("an under-run within a budget is inconclusive, and its journal goes on to the same report", () => {
  const args = [...CAMPAIGN, "--budget", "1ms", "--journal", at("late"), "--json", at("late.json")];
  const { code, stderr } = biasproof(args);
  expect(code).toBe(3);
  expect(stderr).toContain(`--resume ${at("late")} goes on`);
  const { verdict, theorems } = documentOf("late.json");
  expect(verdict).toBe("inconclusive");
  for (const t of theorems) {
    expect([t.asked, t.verdict]).toEqual([CASES, "inconclusive"]);
    expect(t.ran).toBeLessThan(CASES);
  }
  expect(biasproof(["verify", "--resume", at("late"), "--json", at("whole.json")]).code).toBe(0);
  expect(textOf("whole.json")).toBe(textOf("one.json"));
});
