import { describe, expect, it } from "vitest";
import { dataFromJSON, dataToJSON } from "../../../../src/kernel/dataset.js";
import { UseError } from "../../../../src/kernel/use-error.js";
import { type CsvOptions, datasetFromCsv } from "../../../../src/models/data/csv.js";

const read = (text: string | Uint8Array, options: Partial<CsvOptions> = {}) =>
  datasetFromCsv(text, { file: "t.csv", ...options });

const PLAIN = "a,b,label\n0.1,2,yes\n-3,4e-2,no\n";

describe("datasetFromCsv", () => {
  it("reads decimals exactly, over one scale", () => {
    const { dataset, classes } = read(PLAIN, { positive: "yes" });
    expect(dataset).toEqual({
      name: "t.csv",
      shape: [2],
      scale: 100n,
      X: [
        [10n, 200n],
        [-300n, 4n],
      ],
      y: [1, -1],
      features: ["a", "b"],
    });
    expect(classes).toEqual({ positive: "yes", negative: ["no"], dropped: 0 });
    expect(read("a,l\n0.1,1\n0,0\n").dataset).toMatchObject({ X: [[1n], [0n]], scale: 10n });
  });

  it("survives dataToJSON and dataFromJSON", () => {
    const { dataset } = read(PLAIN, { bias: true, name: "plain" });
    expect(dataFromJSON(dataToJSON(dataset), "plain")).toEqual({ ...dataset, features: null });
  });

  it("reads BOM, CRLF, lone CR, quotes, blanks around cells, trailing blank lines and a missing last newline alike", () => {
    const expected = read(PLAIN);
    const bytes = new TextEncoder().encode(`\uFEFF${PLAIN}`);
    for (const text of [
      `\uFEFF${PLAIN}`,
      bytes,
      PLAIN.replaceAll("\n", "\r\n"),
      PLAIN.replaceAll("\n", "\r"),
      `${PLAIN}\r\n \n\n`,
      PLAIN.trim(),
      PLAIN.replaceAll(",", " ,\t"),
      'a,"b","label"\n"0.1",2,"yes"\n-3 , "4e-2" ,no',
    ])
      expect(read(text)).toEqual(expected);
  });

  it("keeps commas, quotes and line breaks of quoted cells, and counts lines through them", () => {
    const text = 'a,"x ""y"", z",label\r\n1,2,"one\r\ntwo"\r\n3,oops,b\r\n';
    expect(() => read(text, { positive: "b" })).toThrow('t.csv, row 4, column "x "y", z": ');
    const fine = read(text.replace("oops", "4"), { positive: "b" });
    expect(fine.dataset.features).toEqual(["a", 'x "y", z']);
    expect(fine.classes.negative).toEqual(["one\ntwo"]);
  });

  it("appends a bias", () => {
    const { dataset } = read(PLAIN, { bias: true });
    expect(dataset.shape).toEqual([3]);
    expect(dataset.features).toEqual(["a", "b", "(bias)"]);
    expect(dataset.X.map((row) => row[2])).toEqual([100n, 100n]);
    const first = read("l,a\nx,1\ny,2\n", { bias: true, label: "l" }).dataset;
    expect(first).toMatchObject({
      X: [
        [1n, 1n],
        [2n, 1n],
      ],
      features: ["a", "(bias)"],
    });
  });

  it("takes the label column anywhere, and rows of zeros", () => {
    const { dataset } = read("l,a,b\np,0,0\nq,1,2\n", { label: "l", positive: "q" });
    expect(dataset).toMatchObject({
      X: [
        [0n, 0n],
        [1n, 2n],
      ],
      y: [-1, 1],
      features: ["a", "b"],
    });
  });

  it("keeps names such as __proto__ and constructor", () => {
    const { dataset } = read("__proto__,constructor,l\n1,2,toString\n3,4,hasOwnProperty\n", { positive: "toString" });
    expect(dataset.features).toEqual(["__proto__", "constructor"]);
  });
});

describe("classes", () => {
  const THREE = "x,l\n1,a\n2,b\n3,c\n4,a\nfive,c\n";

  it("is one label against the rest, in order of appearance", () => {
    const { dataset, classes, notes } = read(THREE.replace("five", "5"), { positive: "b" });
    expect(dataset.y).toEqual([-1, 1, -1, -1, -1]);
    expect(classes).toEqual({ positive: "b", negative: ["a", "c"], dropped: 0 });
    expect(notes).toEqual([]);
  });

  it("drops the labels that were not asked for, without reading their numbers", () => {
    const { dataset, classes } = read(THREE, { positive: "b", negative: "a" });
    expect(dataset).toMatchObject({ X: [[1n], [2n], [4n]], y: [-1, 1, -1] });
    expect(classes).toEqual({ positive: "b", negative: ["a"], dropped: 2 });
  });

  it("takes the larger of two numbers and says so", () => {
    const { classes, notes } = read("x,l\n1,9\n2,10\n");
    expect(classes).toEqual({ positive: "10", negative: ["9"], dropped: 0 });
    expect(notes).toEqual([
      't.csv, column "l": "10" (the larger number) is the positive class, "9" the negative; --positive chooses',
    ]);
    expect(read("x,l\n1,-1\n2,1\n").classes.positive).toBe("1");
    expect(read("x,l\n1,1\n2,-1.5\n").classes.positive).toBe("1");
  });

  it("takes the alphabetically first of two words and says so", () => {
    const { classes, notes } = read("x,l\n1,malignant\n2,benign\n");
    expect(classes.positive).toBe("benign");
    expect(notes[0]).toContain('"benign" (alphabetically first) is the positive class');
    expect(read("x,l\n1,b\n2,10\n").classes.positive).toBe("10");
    expect(read("x,l\n1,1e999999999\n2,a\n").classes.positive).toBe("1e999999999");
  });

  it("takes the other of two when only the negative is given", () => {
    expect(read("x,l\n1,0\n2,1\n", { negative: "1" })).toMatchObject({
      classes: { positive: "0", negative: ["1"], dropped: 0 },
      notes: [],
    });
  });
});

const number = "expected a finite decimal number such as -1.25e-3, found";
const MALFORMED: [string, string, Partial<CsvOptions>, string][] = [
  ["empty", "", {}, "t.csv: expected a header row and data, found an empty file"],
  ["only blanks", "\uFEFF \r\n\n", {}, "t.csv: expected a header row and data, found an empty file"],
  ["header only", "a,l\n\n", {}, "t.csv: expected rows of data after the header, found the header only"],
  ["short row", "a,b,l\n1,2,x\n1,y\n", {}, "t.csv, row 3: expected 3 cells as in the header, found 2"],
  ["long row", "a,b,l\n1,2,3,x\n", {}, "t.csv, row 2: expected 3 cells as in the header, found 4"],
  ["blank line inside", "a,l\n1,x\n\n2,y\n", {}, "t.csv, row 3: expected 2 cells as in the header, found a blank line"],
  ["blank line first", "\na,l\n1,x\n", {}, "t.csv, row 1: expected a header row, found a blank line"],
  ["blank cell", "a,b,l\n1,2,x\n1,,y\n", {}, `t.csv, row 3, column "b": ${number} a blank`],
  ["quoted blank cell", 'a,b,l\n1," ",x\n1,2,y\n', {}, `t.csv, row 2, column "b": ${number} a blank`],
  ["blank label", "a,l\n1,x\n2,\n", {}, 't.csv, row 3, column "l": expected a label, found a blank'],
  ["not a number", "a,l\nfoo,x\n1,y\n", {}, `t.csv, row 2, column "a": ${number} "foo"`],
  ["NaN", "a,l\n1,x\nNaN,y\n", {}, `t.csv, row 3, column "a": ${number} "NaN"`],
  ["Infinity", "a,l\n1,x\n-Infinity,y\n", {}, `t.csv, row 3, column "a": ${number} "-Infinity"`],
  ["hexadecimal", "a,l\n0x1F,x\n1,y\n", {}, `t.csv, row 2, column "a": ${number} "0x1F"`],
  ["underscore", "a,l\n1_0,x\n1,y\n", {}, `t.csv, row 2, column "a": ${number} "1_0"`],
  ["long found value", `a,l\n${"z".repeat(99)},x\n1,y\n`, {}, `${number} "${"z".repeat(40)}..."`],
  ["control characters", "a\x07,l\n\x1b[2J,x\n1,y\n", {}, `row 2, column "a\\u{7}": ${number} "\\u{1b}[2J"`],
  [
    "too large",
    "a,l\n1,x\n1e201,y\n",
    {},
    't.csv, row 3, column "a": expected a magnitude of at most 1e200, found "1e201"',
  ],
  ["absurd", "a,l\n1e999999999,x\n1,y\n", {}, 'expected a magnitude of at most 1e200, found "1e999999999"'],
  ["too fine", "a,l\n1e-400,x\n1,y\n", {}, 't.csv, row 2, column "a": expected no digit below 1e-399, found "1e-400"'],
  [
    "spread",
    "a,b,l\n1,1e190,z\n1,1e190,x\n2,1.5e-250,y\n",
    { positive: "x", negative: "y" },
    't.csv, row 4, column "b": expected numbers over one scale in at most 400 digits, found 15e-251 beside 1e190 ' +
      '(t.csv, row 3, column "b"): too large a spread to be exact',
  ],
  [
    "one class",
    "a,l\n1,x\n2,x\n",
    {},
    't.csv, column "l": expected two classes, found only the label "x" in all 2 rows',
  ],
  ["one class chosen", "a,l\n1,x\n2,x\n", { positive: "x" }, 'found only the label "x" in all 2 rows'],
  [
    "no such label column",
    "a,b,l\n1,2,x\n",
    { label: "species" },
    't.csv, row 1: expected a label column "species", found the columns "a", "b", "l"',
  ],
  [
    "bias twice",
    "(bias),l\n1,x\n2,y\n",
    { bias: true },
    'column 3: expected a column name of its own, found "(bias)" again',
  ],
  [
    "bias as label",
    "a,l\n1,x\n",
    { label: "(bias)", bias: true },
    'expected a label column "(bias)", found the columns',
  ],
  [
    "no such positive",
    "a,l\n1,x\n2,y\n",
    { positive: "q" },
    't.csv, column "l": expected the label "q" of --positive, found the labels "x", "y"',
  ],
  [
    "no such negative",
    "a,l\n1,x\n2,y\n",
    { negative: "" },
    'expected the label "" of --negative, found the labels "x", "y"',
  ],
  [
    "same label twice",
    "a,l\n1,x\n2,y\n",
    { positive: "x", negative: "x" },
    't.csv, column "l": expected different labels for --positive and --negative, found "x" twice',
  ],
  [
    "many labels",
    `a,l\n${Array.from({ length: 12 }, (_, i) => `1,c${i}`).join("\n")}`,
    {},
    't.csv, column "l": expected two labels, or --positive to choose one, found 12 of them: "c0", "c1", "c2", "c3", "c4", ' +
      '"c5", "c6", "c7", "c8", "c9" and 2 more',
  ],
  [
    "three labels, negative only",
    "a,l\n1,x\n2,y\n3,z\n",
    { negative: "x" },
    "or --positive to choose one, found 3 of them",
  ],
  ["two spellings of a number", "a,l\n1,1\n2,1.0\n", {}, 'or --positive to choose one, found 2 of them: "1", "1.0"'],
  [
    "duplicate header",
    "a,b,a\n1,2,x\n",
    {},
    't.csv, row 1, column 3: expected a column name of its own, found "a" again (column 1)',
  ],
  ["blank header", "a,,l\n1,2,x\n", {}, "t.csv, row 1, column 2: expected a column name, found a blank"],
  ["no features", "l\nx\ny\n", {}, "t.csv, row 1: expected a feature column beside the label column"],
  ["semicolons", "a;b;l\n1;2;x\n", {}, 'separated by commas, found only "a;b;l"'],
  [
    "unterminated quote",
    'a,l\n1,x\n2,"y\n3,x\n',
    {},
    "t.csv, row 3: expected a closing quote, found the end of the file",
  ],
  [
    "quote inside a cell",
    'a,l\n1,x\n2"3,y\n',
    {},
    "t.csv, row 3: expected a quote only around a whole cell, found one inside",
  ],
  [
    "text after a quote",
    'a,l\n1,"x"y\n',
    {},
    "t.csv, row 2: expected a comma or the end of the row after a closing quote, found",
  ],
  ["text after a quote and a blank", 'a,l\n1,"x" y\n', {}, "t.csv, row 2: expected a comma or the end of the row"],
];

describe("malformed CSV", () => {
  it.each(MALFORMED)("%s", (_, text, options, sentence) => {
    let caught: unknown;
    try {
      read(text, options);
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(UseError);
    const { message } = caught as UseError;
    expect(message).toContain(sentence);
    expect(message).toMatch(/^t\.csv.*: expected .* found /);
    expect(message).not.toMatch(/\p{Cc}/u);
  });

  it("escapes the file's own name", () => {
    expect(() => read("", { file: "a\nb" })).toThrow("a\\u{a}b: expected");
  });
});

describe("size", () => {
  it.each([
    [10_000, 100],
    [500_000, 1],
    [2, 500_000],
  ])("%i rows of %i numbers parse in a few seconds", (rows, columns) => {
    const header = Array.from({ length: columns }, (_, d) => `c${d}`).join(",");
    const cells = Array.from({ length: columns }, (_, d) => (d % 977) / 100).join(",");
    const text = `${header},l\n${Array.from({ length: rows }, (_, n) => `${cells},${n % 2}\n`).join("")}`;
    const started = performance.now();
    const { dataset } = read(text);
    expect(performance.now() - started).toBeLessThan(20_000);
    expect(dataset.X.length * dataset.X[0]!.length).toBe(rows * columns);
  });

  it("gives up at the first fault of a long file", () => {
    const text = `a,l\n1\n${"1\n".repeat(300_000)}`;
    const started = performance.now();
    expect(() => read(text)).toThrow("row 2: expected 2 cells");
    expect(() => read(`a,l\n"1${",x\n".repeat(300_000)}`)).toThrow("row 2: expected a closing quote");
    expect(() => read(`a,l\n1,x\n2,y\n${"\n".repeat(300_000)}3`)).toThrow("row 4: expected 2 cells");
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});
