/** Help is made from the registries, fits a terminal, and starts fast. */
import { describe, expect, it } from "vitest";
import { THEOREMS } from "../../proofs/index.js";
import { ARCHITECTURES } from "../../src/models/architectures/index.js";
import { SHIPPED_SETS } from "../../src/models/data/shipped.js";
import { LOSSES } from "../../src/models/losses/index.js";
import { OPTIMIZERS } from "../../src/models/optimizers/index.js";
import { biasproof } from "./biasproof.js";

/** The help of a command; its lines broken by width made one. */
const help = (name: string): string => biasproof([name, "--help"]).stdout;
const flat = (name: string): string => help(name).replace(/\s+/g, " ");
const names = (list: readonly { readonly name: string }[]): string[] => list.map((item) => item.name);

describe("help", () => {
  it.each([
    "run",
    "train",
    "limit",
  ])("of %s names every architecture, optimizer, loss and data set, and marks defaults", (name) => {
    const text = flat(name);
    for (const list of [ARCHITECTURES, OPTIMIZERS, LOSSES, SHIPPED_SETS])
      for (const known of names(list)) expect(text).toContain(known);
    const bare = biasproof([
      name,
      "iris",
      "--positive",
      "setosa",
      ...(name === "train" ? ["--steps", "1"] : []),
      "--json",
      "-",
    ]);
    const { settings } = JSON.parse(bare.stdout) as { settings: Record<string, string> };
    for (const flag of ["architecture", "optimizer", "loss"]) expect(text).toContain(`${settings[flag]} (default)`);
  });

  it("of verify names every theorem and what each optimizer speaks of", () => {
    for (const { id } of THEOREMS) expect(flat("verify")).toContain(id);
    for (const { name, facts } of OPTIMIZERS) {
      const dynamics = facts.boundedSteps ? "gradient descent" : "gradient flow";
      expect(flat("verify")).toContain(`${name} speaks of ${facts.discretizes === null ? "neither" : dynamics}`);
    }
  });

  it("of predict names every regularizer that list names", () => {
    const { regularizers } = JSON.parse(biasproof(["list", "--json", "-"]).stdout) as { regularizers: string[] };
    expect(regularizers.length).toBeGreaterThan(0);
    for (const name of regularizers) expect(flat("predict")).toContain(`${name}: min`);
  });

  it.each([
    "run",
    "verify",
    "merge",
    "new",
    "predict",
    "derive",
    "train",
    "limit",
    "recheck",
    "replay",
    "list",
  ])("of %s fits in 100 columns", (name) => {
    const lines = help(name).split("\n");
    const example = lines.indexOf("Example:");
    expect(example).toBeGreaterThan(0);
    for (const line of lines.slice(0, example)) expect(line.length).toBeLessThanOrEqual(100);
  });
});
