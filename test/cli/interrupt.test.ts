/** An interrupt (SIGINT) ends a command with exit 130 and a sentence or what is known, never by the raw signal. */
import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { biasproof, file, MAIN, temporaryFolder } from "./biasproof.js";

interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts the command and interrupts it `delay` milliseconds after it could be heard, `times` times. */
function interrupted(args: readonly string[], delay: number, times = 1): Promise<Ended> {
  const child = spawn(process.execPath, [MAIN, ...args], { env: { ...process.env, NO_COLOR: "1" } });
  const text = { stdout: "", stderr: "" };
  child.stdout.on("data", (d: Buffer) => {
    text.stdout += d.toString();
  });
  child.stderr.on("data", (d: Buffer) => {
    text.stderr += d.toString();
  });
  for (let i = 0; i < times; i++) setTimeout(() => child.kill("SIGINT"), delay + 50 * i);
  return new Promise((resolve) => {
    child.on("close", (code, signal) => resolve({ code, signal, ...text }));
  });
}

const LONG = ["wdbc", "--positive", "malignant", "--bias"];

describe("an interrupt", () => {
  it("ends `run` with a whole report on what is known, which re-checks", async () => {
    const out = join(temporaryFolder(), "out");
    const flags = ["--tolerance", "1e-6", "--budget", "100s", "--report", out];
    const { code, signal, stdout, stderr } = await interrupted(["run", ...LONG, ...flags], 3000);
    expect({ code, signal }).toEqual({ code: 130, signal: null });
    expect(stdout).toMatch(/^inconclusive\n {2}The run was interrupted/);
    expect(stderr).toContain("interrupted");
    expect(readdirSync(out).sort()).toEqual(["case.json", "junit.xml", "report.html", "report.json", "summary.md"]);
    const report = JSON.parse(readFileSync(join(out, "report.json"), "utf8"));
    expect(report.reached.stop).toBe("interrupted");
    expect(biasproof(["recheck", join(out, "report.json")]).code).toBe(0);
  });

  it("ends `train` with the records made so far", async () => {
    const json = join(temporaryFolder(), "train.json");
    const flags = ["--step", "1e-9", "--steps", "1000000000", "--record", "0,10,1000000000", "--json", json];
    const { code, signal } = await interrupted(["train", ...LONG, ...flags], 2000);
    expect({ code, signal }).toEqual({ code: 130, signal: null });
    const document = JSON.parse(readFileSync(json, "utf8"));
    expect(document.stop).toBe("interrupted");
    expect(document.records.map((r: { step: number }) => r.step)).toEqual([0, 10]);
  });

  it("ends `limit` with the phases it went through", async () => {
    const json = join(temporaryFolder(), "limit.json");
    const flags = ["--architecture", "convolutional", "--depth", "3", "--budget", "100s", "--json", json];
    const { code, signal, stdout } = await interrupted(["limit", "digits", "--positive", "3", ...flags], 3000);
    expect({ code, signal }).toEqual({ code: 130, signal: null });
    expect(stdout).toMatch(/^no limit\n/);
    const document = JSON.parse(readFileSync(json, "utf8"));
    expect([document.stop, document.beta]).toEqual(["interrupted", null]);
    expect(document.phases.descent.steps).toBeGreaterThan(0);
  });

  it("ends `predict`, which knows nothing before it is done, with one sentence and nothing written", async () => {
    const folder = temporaryFolder();
    // Exact elimination with 40 digits in each of 90 columns takes far longer than the delay.
    const entry = (i: number): string => `0.${((i * 7919 + 13) % 104729).toString().repeat(8)}`;
    const X = Array.from({ length: 90 }, (_, n) => Array.from({ length: 90 }, (_, d) => entry(n * 97 + d * d)));
    const data = file(
      folder,
      "d.json",
      `{"X": [${X.map((r) => `[${r}]`)}], "y": [${X.map((_, n) => (n % 2) * 2 - 1)}]}`,
    );
    const { code, signal, stdout, stderr } = await interrupted(["predict", data, "--json", join(folder, "j")], 1000);
    expect({ code, signal, stdout }).toEqual({ code: 130, signal: null, stdout: "" });
    expect(stderr.trim().split("\n")).toHaveLength(1);
    expect(stderr).toContain("interrupted");
    expect(readdirSync(folder)).toEqual(["d.json"]);
  });

  it("ends `verify` with the cases that were finished", async () => {
    const { code, signal, stdout } = await interrupted(["verify", "--cases", "100000", "--seed", "1"], 2000);
    expect({ code, signal }).toEqual({ code: 130, signal: null });
    expect(stdout).toContain("fully-connected-l2");
  });

  it("ends at once when it comes twice", async () => {
    const flags = ["--tolerance", "1e-6", "--budget", "100s"];
    const { code, signal } = await interrupted(["run", ...LONG, ...flags], 1500, 2);
    expect({ code, signal }).toEqual({ code: 130, signal: null });
  });
});
