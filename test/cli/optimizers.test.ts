/** The optimizers on the command line: their names, their own flags, and what a theorem says to each. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { OPTIMIZERS } from "../../src/models/optimizers/index.js";
import { biasproof, file, json, temporaryFolder } from "./biasproof.js";

const IRIS = ["iris", "--positive", "setosa"];
const HEAVY = ["train", ...IRIS, "--optimizer", "momentum", "--step", "0.001", "--steps", "10"];

interface Trained {
  readonly records: readonly { readonly step: number; readonly logLoss: number; readonly beta: readonly number[] }[];
  readonly settings: Readonly<Record<string, unknown>>;
  readonly stop: string;
}

const trained = (args: readonly string[]): Trained => {
  const { code, document } = json(args);
  expect(code).toBe(0);
  return document as unknown as Trained;
};

it("names of the contract, and one more", () => {
  const names = OPTIMIZERS.map((o) => o.name);
  for (const name of ["gradient-descent", "normalized-gradient-descent", "gradient-flow", "momentum"])
    expect(names).toContain(name);
  const { optimizers } = json(["list"]).document as { optimizers: { name: string }[] };
  expect(optimizers.map((o) => o.name)).toEqual(names);
});

describe("train and limit", () => {
  it("by momentum is the heavy ball of the flag, and says so in its settings", () => {
    const folder = temporaryFolder();
    const data = file(folder, "one.json", JSON.stringify({ X: [[1]], y: [1] }));
    const init = file(folder, "init.json", JSON.stringify({ layers: [[[0]]] }));
    const one = ["train", data, "--depth", "1", "--init", init, "--step", "0.125", "--record", "1,2", "--optimizer"];
    const { records, settings } = trained([...one, "momentum", "--momentum", "0.5"]);
    expect(settings).toMatchObject({ optimizer: "momentum", momentum: 0.5, step: 0.125 });
    expect(records[0]!.beta[0]).toBe(0.125);
    expect(records[1]!.beta[0]).toBeCloseTo(0.125 + 0.125 * Math.exp(-0.125) + 0.0625, 14);
    // One point: the flow goes at speed 1, in loss-normalized time.
    const flow = trained([...one, "gradient-flow", "--local-error", "1e-6"]);
    expect(flow.settings).toMatchObject({ localError: 1e-6 });
    for (const { step, beta } of flow.records) expect(beta[0]).toBeCloseTo(0.125 * step, 12);
  });

  it("tells the default of an option, and none that the optimizer does not take", () => {
    expect(trained(HEAVY).settings).toMatchObject({ momentum: 0.9 });
    expect(trained(["train", ...IRIS, "--steps", "1", "--step", "0.001"]).settings).not.toHaveProperty("momentum");
  });

  it.each([
    [[...HEAVY, "--momentum", "1"], 'expected --momentum to be a number from 0 to below 1, got "1"'],
    [[...HEAVY, "--momentum=-0.5"], "expected --momentum to be"],
    [[...HEAVY, "--local-error", "1e-6"], "expected --local-error only for gradient-flow, got it for momentum"],
    [["train", ...IRIS, "--momentum", "0.9"], "expected --momentum only for momentum, got it for gradient-descent"],
    [["limit", ...IRIS, "--optimizer", "momentum"], "expected an optimizer that follows gradient flow, got momentum"],
    [["train", ...IRIS, "--optimizer", "adam"], "--optimizer: expected one of gradient-descent"],
  ])("refuses %j", (args, sentence) => {
    const { code, stdout, stderr } = biasproof(args);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(sentence);
    expect(stderr.trim().split("\n")).toHaveLength(1);
  });
});

describe("run and limit", () => {
  it("momentum is out of scope, with the reason; locally bounded descent is not", () => {
    const report = file(
      temporaryFolder(),
      "report.json",
      biasproof(["run", ...IRIS, "--optimizer", "momentum", "--json", "-"]).stdout,
    );
    const document = JSON.parse(readFileSync(report, "utf8")) as Record<string, unknown>;
    expect([document.verdict, document.predicted]).toEqual(["out-of-scope", null]);
    expect(biasproof(["recheck", report]).code).toBe(0);
    const hypotheses = document.hypotheses as { id: string; decided: boolean; why: string }[];
    expect(hypotheses.filter((h) => !h.decided).map((h) => h.id)).toEqual(["gradient-steps"]);
    expect(hypotheses.find((h) => h.id === "gradient-steps")!.why).toContain("known for linear models only");
    const local = json(["run", ...IRIS, "--optimizer", "local-gradient-descent", "--max-steps", "300"]);
    expect([local.code, local.document.dynamics]).toEqual([3, "gradient-descent"]);
  });

  it("gradient flow is evidence for the flow, and leads to the limit", () => {
    const { code, document } = json(["run", ...IRIS, "--optimizer", "gradient-flow"]);
    expect([code, document.verdict, document.dynamics]).toEqual([0, "holds", "gradient-flow"]);
    const flow = json(["limit", ...IRIS, "--optimizer", "gradient-flow"]);
    const normalized = json(["limit", ...IRIS]);
    expect([flow.code, flow.document.stop]).toEqual([0, "goal-met"]);
    for (const [d, b] of (flow.document.beta as number[]).entries())
      expect(b).toBeCloseTo((normalized.document.beta as number[])[d]!, 8);
  });
});
