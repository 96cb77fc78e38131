/** The small tools of the judge of documents, each at the edge where it says no; and what a judgment says. */
import { describe, expect, it } from "vitest";
import { judgeDocument } from "../../../../src/certify/document.js";
import {
  nearest,
  recordsOf,
  rowStatements,
  sameNumbers,
  sameTexts,
  sizeOfShape,
  sizesOf,
  statement,
  upperOf,
  withinTolerance,
} from "../../../../src/certify/documents/finding.js";
import { optimumOf, SEPARABLE } from "../samples.js";

describe("statements", () => {
  it("say yes or no at their place", () => {
    expect(statement("verdict", true, "y", "n")).toEqual({
      where: "verdict",
      kind: "statement",
      accepted: true,
      says: "y",
    });
    expect(statement("verdict", false, "y", "n")).toMatchObject({ accepted: false, says: "n" });
  });

  it("of rows: each fault at its row, or all accepted at once", () => {
    expect(rowStatements("claims", [null, "a", null, "b"], "y").map((j) => [j.where, j.accepted, j.says])).toEqual([
      ["claims[1]", false, "a"],
      ["claims[3]", false, "b"],
    ]);
    for (const none of [[], [null, null]])
      expect(rowStatements("claims", none, "y")).toEqual([statement("claims", true, "y", "")]);
  });

  it("of certificates: the statement accepted or the reason refused", () => {
    const { certificate } = optimumOf(SEPARABLE.pair);
    const says = (c: object): string | undefined => judgeDocument(c)[0]?.says;
    expect(says(certificate)).toContain("hard-margin SVM");
    expect(says({ ...certificate, objectiveSquared: "7" })).toContain("objectiveSquared");
  });
});

describe("depth", () => {
  const nested = (depth: number): object => (depth === 0 ? { certificate: {} } : { inside: nested(depth - 1) });
  it("twelve levels are searched, and no more", () => {
    expect(judgeDocument(nested(12))[0]?.where).toMatch(/certificate$/);
    expect(judgeDocument(nested(13))).toEqual([]);
    const listed = (depth: number): unknown => (depth === 0 ? { certificate: {} } : [listed(depth - 1)]);
    expect(judgeDocument({ inside: listed(11) })[0]?.where).toMatch(/certificate$/);
    expect(judgeDocument({ inside: listed(12) })).toEqual([]);
  });
});

describe("comparisons", () => {
  it("nearest: the double of an exact text, or null", () => {
    expect(["1/2", "1/3", "-7"].map(nearest)).toEqual([0.5, 1 / 3, -7]);
    for (const text of ["0.5", "", 0.5, null, undefined, "1/0"]) expect(nearest(text)).toBeNull();
  });

  it("lists are equal entry by entry, of one length", () => {
    expect(sameNumbers([0.5, 2], ["1/2", "2"])).toBe(true);
    expect(sameTexts(["1/2", "2"], ["1/2", "2"])).toBe(true);
    for (const [a, b] of [
      [[0.5], ["1/2", "2"]],
      [[0.5, 2], ["1/2"]],
      [
        [0.5, 3],
        ["1/2", "2"],
      ],
      [
        ["1/2", "2"],
        ["1/2", "2"],
      ],
      [[null], ["x"]],
      [[], {}],
      [{}, []],
      [[], null],
      [[], undefined],
    ])
      expect([a, b, sameNumbers(a, b)]).toEqual([a, b, false]);
    for (const [a, b] of [
      [["1"], ["1", "2"]],
      [["1", "2"], ["1"]],
      [["1"], ["2"]],
      [
        ["1", "3"],
        ["1", "2"],
      ],
      ["12", ["1", "2"]],
      [["1", "2"], "12"],
      [[], {}],
      [{}, []],
      [[], undefined],
    ])
      expect([a, b, sameTexts(a, b)]).toEqual([a, b, false]);
  });

  it("upperOf: never below the bound", () => {
    expect(upperOf({ angle: { upper: "1/16" } })).toBe(0.0625);
    expect(upperOf({ angle: { upper: "1/10" } })).toBe(0.1); // the nearest double is above
    expect(upperOf({ angle: { upper: "3/10" } })).toBeNull(); // and here below
    for (const angle of [undefined, null, {}, { upper: 0.1 }]) expect(upperOf({ angle })).toBeNull();
  });

  it("withinTolerance: at most the tolerance, itself at most the largest", () => {
    expect(withinTolerance(0.1, 0.1)).toBe(true);
    expect(withinTolerance(0.2, 0.2)).toBe(true);
    for (const [angle, tolerance] of [
      [0.11, 0.1],
      [0.1, 0.21],
      [null, 0.1],
      [0.1, null],
      ["0.1", 0.1],
      [0.1, "0.1"],
      [Number.NaN, 0.1],
    ])
      expect([angle, tolerance, withinTolerance(angle, tolerance)]).toEqual([angle, tolerance, false]);
  });

  it("sizes of data and of shapes", () => {
    expect(sizesOf({ X: [["1", "2"]] })).toEqual([1, 2]);
    expect(sizesOf({ X: ["12"] })).toEqual([1, 0]);
    expect(sizesOf({ X: [] })).toEqual([0, 0]);
    for (const data of [null, [], {}, { X: "12" }]) expect(sizesOf(data)).toBeNull();
    expect(sizeOfShape([2, 3])).toBe(6);
    for (const shape of [2, null, ["2"], [2, null]]) expect(sizeOfShape(shape)).toBeNaN();
  });

  it("records are a list of records", () => {
    expect(recordsOf([{ a: 1 }, {}])).toEqual([{ a: 1 }, {}]);
    for (const value of [{}, null, [null], [[]], [{}, 7]]) expect(recordsOf(value)).toBeNull();
  });
});
