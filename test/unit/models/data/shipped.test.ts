import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { datasetFromBytes } from "../../../../src/models/data/load.js";
import { SHIPPED_SETS } from "../../../../src/models/data/shipped.js";

const folder = new URL("../../../../src/models/data/shipped/", import.meta.url);

describe("shipped data sets", () => {
  it("are the files of the folder", () => {
    const files = readdirSync(folder).filter((name) => name.endsWith(".csv"));
    expect(files.sort()).toEqual(SHIPPED_SETS.map((set) => set.file).sort());
  });

  it.each(SHIPPED_SETS)("$name is what its entry says", (set) => {
    const bytes = readFileSync(new URL(set.file, folder));
    expect(createHash("sha256").update(bytes).digest("hex")).toBe(set.sha256);
    const header = bytes.toString("utf8").split("\n", 1)[0]!.split(",");
    expect(header.at(-1)).toBe(set.label);
    const positive = { iris: "setosa", wdbc: "benign", digits: "0" }[set.name];
    const { dataset, classes } = datasetFromBytes(bytes, {
      file: set.file,
      name: set.name,
      label: set.label,
      positive,
    });
    expect(dataset.shape).toEqual([set.features]);
    expect(dataset.X).toHaveLength(set.rows);
    expect(dataset.features).toEqual(header.slice(0, -1));
    expect(classes!.dropped).toBe(0);
    expect(classes!.negative).toHaveLength({ iris: 2, wdbc: 1, digits: 9 }[set.name]!);
  });

  it.each(SHIPPED_SETS)("$name is attributed in the README as in its entry", (set) => {
    const readme = readFileSync(new URL("README.md", folder), "utf8");
    const row = readme.split("\n").find((line) => line.startsWith(`| \`${set.file}\` | ${set.rows} | ${set.features}`));
    expect(row).toContain(set.license);
    expect(row).toContain(set.attribution.split(",", 1)[0]);
  });

  it("reads iris exactly", () => {
    const iris = SHIPPED_SETS[0]!;
    const { dataset } = datasetFromBytes(readFileSync(new URL(iris.file, folder)), {
      file: iris.file,
      positive: "versicolor",
      negative: "virginica",
    });
    expect(dataset.scale).toBe(10n);
    expect(dataset.X[0]).toEqual([70n, 32n, 47n, 14n]);
    expect(dataset.y.filter((y) => y === 1)).toHaveLength(50);
    expect(dataset.X).toHaveLength(100);
  });
});
