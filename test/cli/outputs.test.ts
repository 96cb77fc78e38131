/** Outputs that cannot be written, readers that leave, and reports that are whole or not there at all. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { biasproof, MAIN, ROOT, temporaryFolder } from "./biasproof.js";

const RUN = ["run", "iris", "--positive", "setosa"];

function shell(
  script: string,
  cwd = ROOT,
): { readonly code: number | null; readonly out: string; readonly err: string } {
  const command = `biasproof() { '${process.execPath}' '${MAIN}' "$@"; }; ${script}`;
  const { status, stdout, stderr } = spawnSync("bash", ["-c", command], { cwd, encoding: "utf8" });
  return { code: status, out: stdout, err: stderr };
}

const FULL = existsSync("/dev/full");

describe.runIf(FULL)("a full disk", () => {
  it.each([
    "run iris --positive setosa",
    "run iris --positive setosa --json -",
    "list",
    "verify --cases 1",
    "--help",
  ])("behind stdout of `%s` is one sentence and exit 2", (words) => {
    const { code, err } = shell(`biasproof ${words} > /dev/full`);
    expect(code).toBe(2);
    const said = err.trim().split("\n");
    expect(said[said.length - 1]).toBe("stdout: expected a place to write to, but there is no space left");
    expect(err).not.toMatch(/fault of ours|\bat .*\.js/);
  });

  it("behind --json is one sentence and exit 2, and nothing else is written or said", () => {
    const folder = temporaryFolder();
    const out = join(folder, "deep", "out");
    const { code, stdout, stderr } = biasproof([...RUN, "--json", "/dev/full", "--report", out]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr.trim()).toBe("/dev/full: expected a place to write to, but there is no space left");
    expect(readdirSync(folder)).toEqual([]);
  });

  it("behind stderr loses the notes and not the result", () => {
    const { code, out } = shell("biasproof verify --cases 1 --seed 1 2> /dev/full");
    expect(code).toBe(0);
    expect(out).toContain("holds");
  });
});

describe("a reader that leaves", () => {
  it("is no fault: nothing is said, the report is written and the code is the verdict's", () => {
    const folder = temporaryFolder();
    const { code, out, err } = shell(
      `set -o pipefail; biasproof ${RUN.join(" ")} --json - --report out | head -c 1`,
      folder,
    );
    expect({ code, out }).toEqual({ code: 0, out: "{" });
    expect(err).not.toMatch(/EPIPE|fault/);
    expect(readdirSync(join(folder, "out"))).toContain("report.html");
    const away = shell("set -o pipefail; biasproof run iris --positive versicolor --negative virginica | true");
    expect(away.code).toBe(4);
  });
});

describe("a report", () => {
  it("is whole or not there: one file that cannot be replaced keeps all others away", () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, "out"));
    mkdirSync(join(folder, "out", "summary.md"));
    const { code, stderr } = biasproof([...RUN, "--report", join(folder, "out"), "--json", join(folder, "j.json")]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/summary\.md: expected a file to write to, got a directory/);
    expect(readdirSync(join(folder, "out"))).toEqual(["summary.md"]);
    expect(readdirSync(folder)).toEqual(["out"]);
  });

  it("may go to the file that --json names too", () => {
    const folder = temporaryFolder();
    expect(biasproof([...RUN, "--report", folder, "--json", join(folder, "report.json")]).code).toBe(0);
    expect(readdirSync(folder)).toHaveLength(5);
  });

  it("is refused where a file is in the way, for any user", () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "file"), "");
    expect(biasproof([...RUN, "--report", join(folder, "file", "out")]).code).toBe(2);
    expect(readdirSync(folder)).toEqual(["file"]);
  });
});

describe.runIf(existsSync("/dev/zero"))("an input without an end", () => {
  it.each([
    ["run", "/dev/zero"],
    ["recheck", "/dev/zero"],
    ["replay", "@/dev/zero"],
  ])("%s %s is refused", (...args) => {
    const { code, stderr } = biasproof(args);
    expect(code).toBe(2);
    expect(stderr.trim()).toMatch(/^\/dev\/zero: expected at most \d+ bytes, found more$/);
  });
});
