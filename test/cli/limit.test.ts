/**
 * `biasproof limit` as a user runs it: the document of the contract, exit codes for limits reached and not, data of any size,
 * initializations from a file, the same bytes twice.
 */

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { LimitDocument } from "../../src/kernel/limit-document.js";
import { biasproof, file, temporaryFolder } from "./biasproof.js";

const IRIS = ["iris", "--positive", "setosa"] as const;

function limit(...args: string[]): {
  readonly code: number | null;
  readonly document: LimitDocument;
  readonly text: string;
} {
  const { code, stdout } = biasproof(["limit", ...args, "--json", "-"]);
  return { code, document: JSON.parse(stdout) as LimitDocument, text: stdout };
}

describe("limit", () => {
  it("writes the document of the contract", () => {
    const { code, document } = limit(...IRIS, "--architecture", "convolutional", "--depth", "2");
    expect([code, document.command, document.stop]).toEqual([0, "limit", "goal-met"]);
    expect(document.beta).toHaveLength(4);
    expect(document.dual).toHaveLength(150);
    expect(Object.keys(document.kkt!)).toEqual(["stationarity", "complementarity", "feasibility"]);
    for (const residual of Object.values(document.kkt!)) expect(residual).toBeLessThanOrEqual(1e-10);
    expect(Object.keys(document.phases)).toEqual(["descent", "continuation", "finish", "polish"]);
    expect(document.phases.continuation!.logLogInverseLoss).toBeGreaterThan(20);
    expect(document.blocks).toEqual({ total: 3, dead: 0, oneSigned: 0 });
  });

  it("reaches the hard-margin SVM with fully connected networks of every depth, and at depth 1 with both losses", () => {
    const exact = JSON.parse(biasproof(["predict", ...IRIS, "--json", "-"]).stdout) as { beta: number[] };
    const size = Math.sqrt(exact.beta.reduce((s, b) => s + b * b, 0));
    for (const more of [
      ["--depth", "1"],
      ["--depth", "1", "--loss", "logistic"],
      ["--depth", "2"],
      ["--depth", "3"],
    ]) {
      const { code, document } = limit(...IRIS, ...more);
      expect(code).toBe(0);
      document.beta!.forEach((b, d) => {
        expect(Math.abs(b - exact.beta[d]!)).toBeLessThanOrEqual(1e-9 * size);
      });
    }
  });

  it("ends inconclusive, with a reason, where there is no limit", () => {
    const { code, document } = limit("iris", "--positive", "versicolor", "--negative", "virginica");
    expect([code, document.stop, document.beta]).toEqual([3, "descent-ended", null]);
    expect(document.why).toMatch(/^descent: /);
  });

  it("does not care for the size of the data, the initialization scaled along", () => {
    const folder = temporaryFolder();
    const of = (power: number): LimitDocument["beta"] => {
      const rows = [`[2e${power}, 1e${power}, 0]`, `[1e${power}, 3e${power}, -1e${power}]`];
      const data = file(folder, `d${power}.json`, `{"X": [${rows}], "y": [1, -1]}`);
      const { code, document } = limit(
        data,
        "--architecture",
        "diagonal",
        "--depth",
        "2",
        "--init-scale",
        `1e${-2 - power / 2}`,
      );
      expect(code).toBe(0);
      return document.beta;
    };
    const [one, large, small] = [of(0)!, of(140)!, of(-140)!];
    one.forEach((b, d) => {
      expect(Math.abs(large[d]! * 1e140 - b)).toBeLessThan(1e-9);
      expect(Math.abs(small[d]! * 1e-140 - b)).toBeLessThan(1e-9);
    });
  });

  it("sees exactly what an initialization forbids", () => {
    const folder = temporaryFolder();
    const data = file(folder, "d.json", '{"X": [[3, 1]], "y": [1]}');
    const init = file(folder, "init.json", '{"layers": [[[0.1, -0.1]], [[0.2, -0.2]]]}');
    const network = ["--architecture", "convolutional", "--depth", "2", "--init", init];
    const { document } = limit(data, ...network);
    expect(document.blocks).toEqual({ total: 2, dead: 1, oneSigned: 0 });
    expect(document.beta!.map((b) => b.toFixed(9))).toEqual(["0.500000000", "-0.500000000"]);
    expect(biasproof(["limit", data, ...network]).stdout).toContain("1 of 2 blocks are dead");
  });

  it("gives the same bytes twice, but for the time", () => {
    const args = [...IRIS, "--architecture", "diagonal", "--depth", "3", "--seed", "4"];
    const bytes = (text: string): string => text.replace(/"timing": \{[^}]*\}/, "");
    expect(bytes(limit(...args).text)).toBe(bytes(limit(...args).text));
  });

  it("refuses networks that are not homogeneous, and flags out of range", () => {
    for (const args of [
      ["--architecture", "residual-diagonal"],
      ["--turn", "1"],
      ["--handover", "0"],
      ["--budget", "soon"],
    ]) {
      const { code, stderr } = biasproof(["limit", ...IRIS, ...args]);
      expect(code).toBe(2);
      expect(stderr.trim().split("\n")).toHaveLength(1);
      expect(stderr).toMatch(/expected/);
    }
  });

  it("is judged by recheck through its certificate, and refused where a number was changed", () => {
    const path = join(temporaryFolder(), "limit.json");
    expect(biasproof(["limit", ...IRIS, "--architecture", "convolutional", "--depth", "3", "--json", path]).code).toBe(
      0,
    );
    const accepted = biasproof(["recheck", path]);
    expect(accepted.code).toBe(0);
    expect(accepted.stdout).toContain("the first-order conditions that belong to this network");
    const document = JSON.parse(readFileSync(path, "utf8")) as LimitDocument;
    const beta = document.beta!.map((b, d) => (d === 1 ? b + 1e-9 : b));
    writeFileSync(path, JSON.stringify({ ...document, beta }));
    const refused = biasproof(["recheck", path]);
    expect([refused.code, refused.stdout.includes("1 refused")]).toEqual([1, true]);
  });
});
