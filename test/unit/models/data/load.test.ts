import { describe, expect, it } from "vitest";
import { UseError } from "../../../../src/kernel/use-error.js";
import { datasetFromBytes, type LoadOptions } from "../../../../src/models/data/load.js";

const load = (content: string | number[], file: string, options: Partial<LoadOptions> = {}) =>
  datasetFromBytes(typeof content === "string" ? new TextEncoder().encode(content) : Uint8Array.from(content), {
    file,
    ...options,
  });

const CSV = "a,l\n0.5,x\n2,y\n";
const JSON_TEXT = ' \n{"X": [[0.5], [2]], "y": [1, -1]}';

describe("datasetFromBytes", () => {
  it("tells CSV from JSON by the name or the first character", () => {
    const csv = load(CSV, "a/t.csv", { bias: true, name: "t" });
    expect(csv).toMatchObject({ format: "csv", classes: { positive: "x", negative: ["y"], dropped: 0 } });
    expect(csv.dataset).toMatchObject({
      name: "t",
      X: [
        [5n, 10n],
        [20n, 10n],
      ],
      y: [1, -1],
    });
    expect(csv.notes).toHaveLength(1);
    for (const [text, file] of [
      [JSON_TEXT, "t.json"],
      [JSON_TEXT, "T.JSON"],
      [JSON_TEXT, "data"],
      [`\uFEFF${JSON_TEXT}`, "t.csv"],
    ] as const) {
      const json = load(text, file, { bias: true, name: "t" });
      expect(json).toMatchObject({ format: "json", notes: [], classes: null });
      expect(json.dataset).toEqual({ ...csv.dataset, features: null });
    }
    expect(() => load(CSV, "t.json")).toThrow("t.json: expected valid JSON, found a fault: JSON value expected");
  });

  it.each<[string, string | number[], string]>([
    ["empty", "", "x.dat: expected data in CSV or JSON, found an empty file"],
    ["blank", "\uFEFF \r\n", "x.dat: expected data in CSV or JSON, found an empty file"],
    ["a NUL", "a,l\n1\0,x\n", "x.dat: expected text, found binary data (a NUL at byte 6)"],
    ["UTF-16", [0xff, 0xfe, 0x61, 0x00], "x.dat: expected text, found binary data (a NUL at byte 4)"],
    ["Latin 1", [0x61, 0xe9, 0x0a], "x.dat: expected text in UTF-8, found binary data (bytes that are not UTF-8)"],
    ["cut UTF-8", [0x61, 0xe2, 0x82], "x.dat: expected text in UTF-8, found binary data (bytes that are not UTF-8)"],
  ])("refuses %s", (_, content, sentence) => {
    expect(() => load(content, "x.dat")).toThrow(new UseError(sentence));
  });

  it.each(["label", "positive", "negative"] as const)("refuses --%s for JSON", (flag) => {
    expect(() => load(JSON_TEXT, "t.json", { [flag]: "v" })).toThrow(
      new UseError(`t.json: expected a CSV for --${flag} "v", found JSON, whose y is 1 or -1`),
    );
  });

  it("hands the readers' sentences through", () => {
    expect(() => load(CSV.replace("2", "0x2"), "t.csv")).toThrow('t.csv, row 3, column "a": expected');
    expect(() => load(JSON_TEXT.replace("-1", "2"), "t.json")).toThrow("t.json, y[1]: expected 1 or -1, found 2");
  });
});
