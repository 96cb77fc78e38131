/** Every error about data names the file and the place in it. */
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { biasproof, file, temporaryFolder } from "./biasproof.js";

const folder = temporaryFolder();
const said = (args: readonly string[]): string => {
  const { code, stdout, stderr } = biasproof(args);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr.trim().split("\n")).toHaveLength(1);
  return stderr.trim();
};

describe("an error about data", () => {
  const deep = file(folder, "deep.json", '{"X": [[[1, 2], [3, 4], [5, 6]]], "y": [1]}');

  it.each(["run", "train", "limit"])("of inputs with channels, in %s", (command) => {
    expect(said([command, deep])).toBe(
      `${deep}, X[0][0]: expected N x D data for ${command}, found N x D x R = 1 x 3 x 2`,
    );
  });

  it("of a size that the optimizer cannot take", () => {
    const large = file(folder, "large.csv", "a,b,label\n1,2,x\n-1,3e30,y\n");
    expect(said(["run", large, "--optimizer", "gradient-descent"])).toBe(
      `${large}, point 2, column "b": expected data within 2^64 of 1 for gradient-descent, whose step bound has a unit, found a largest entry of 3.00e+30`,
    );
    const json = file(folder, "large.json", '{"X": [[1, 2], [1, -5e40]], "y": [1, -1]}');
    expect(said(["run", json, "--optimizer", "gradient-descent"])).toContain(
      `${json}, point 2, coordinate 2: expected`,
    );
  });

  it("of an initialization that does not fit", () => {
    const init = (text: string): string => file(folder, "init.json", text);
    for (const command of ["run", "train", "limit"]) {
      const at = (text: string): string => said([command, "iris", "--positive", "setosa", "--init", init(text)]);
      expect(at('{"layers": [[[1, 2, 3]]]}')).toMatch(
        /init\.json, .*expected row 1 of layer 1 to have 4 entries, got 3$/,
      );
      expect(at('{"layers": [[[1, 2, 3, "4"]]]}')).toMatch(/init\.json, layers\.0\.0\.3: expected number, got "4"$/);
      expect(at('{"layers": [[[1, 2, 3, 1e999]]]}')).toMatch(
        /init\.json, layers\.0\.0\.3: expected a finite number, got Infinity$/,
      );
      expect(at("{}")).toMatch(/init\.json, layers: expected .*, got nothing$/);
      expect(at('{"layers": [')).toMatch(/init\.json: expected JSON, found /);
    }
  });

  it("of a path with control characters does not reach the terminal raw", () => {
    const { stderr } = biasproof(["run", join(folder, "\u001b[31mred\nline.csv")]);
    expect(stderr).not.toContain("\u001b");
    expect(stderr.trim().split("\n")).toHaveLength(1);
  });
});

describe("a network that does not fit into memory", () => {
  it.each([
    ["--depth", "1000000000"],
    ["--depth", "99999999999999"],
    ["--width", "1000000000"],
    ["--architecture=diagonal", "--depth=1000000000"],
  ])("%s %s is a sentence", (...flags) => {
    for (const command of ["run", "train", "limit"])
      expect(said([command, "iris", "--positive", "setosa", ...flags])).toMatch(
        /expected at most 1000000 parameters, got \d/,
      );
  });

  it("nor do weights beyond the range of doubles", () => {
    const flags = ["--init-scale", "1e100", "--depth", "4"];
    expect(said(["run", "iris", "--positive", "setosa", ...flags])).toMatch(
      /entries of at most 1e\+250, got larger ones/,
    );
  });
});
