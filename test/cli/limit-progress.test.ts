/** Progress of a run to its limit: lines of each phase, not more often than a reader can follow. */
import { describe, expect, it } from "vitest";
import { limitProgress } from "../../src/cli/limit-progress.js";

describe("progress of limit", () => {
  it("names the phase, the loss in the words of its size, and holds its tongue in between", () => {
    const lines: string[] = [];
    const tell = limitProgress({ interrupted: () => false, progress: (line) => lines.push(line) });
    tell({ phase: "descent", steps: 12, logInverseLoss: 3.1111 });
    tell({ phase: "descent", steps: 13, logInverseLoss: 3.2 });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^descent: 12 steps, log\(1\/loss\) = 3\.111, \d+\.\d s$/);
    const later: string[] = [];
    const other = limitProgress({ interrupted: () => false, progress: (line) => later.push(line) });
    other({ phase: "continuation", steps: 7, logLogInverseLoss: 30 * Math.LN10 });
    expect(later[0]).toMatch(/^continuation: 7 steps, loss = exp\(-10\^30\.0\), /);
  });
});
