import { describe, expect, it } from "vitest";
import { dataFromJSON, dataToJSON, sizesOf } from "../../../../src/kernel/dataset.js";
import { UseError } from "../../../../src/kernel/use-error.js";
import { datasetFromJson, type JsonOptions } from "../../../../src/models/data/json.js";

const read = (text: string, options: Partial<JsonOptions> = {}) =>
  datasetFromJson(text, { file: "d.json", ...options });

describe("datasetFromJson", () => {
  it("keeps the literals exact, not their doubles", () => {
    const data = read('{"X": [[0.1, 9007199254740993], [-2.5e-1, 0]], "y": [1, -1.0], "from": {"who": ["me"]}}');
    expect(data).toEqual({
      name: "d.json",
      shape: [2],
      scale: 100n,
      X: [
        [10n, 900719925474099300n],
        [-25n, 0n],
      ],
      y: [1, -1],
      features: null,
    });
    expect(read('{"X":[[0.1]],"y":[1]}')).toMatchObject({ X: [[1n]], scale: 10n });
  });

  it("survives dataToJSON and dataFromJSON", () => {
    const data = read('{"X": [[0.5, 1e2], [3, 0]], "y": [-1, 1]}', { bias: true, name: "half" });
    expect(data.shape).toEqual([3]);
    expect(data.X).toEqual([
      [5n, 1000n, 10n],
      [30n, 0n, 10n],
    ]);
    expect(dataFromJSON(dataToJSON(data), "half")).toEqual(data);
  });

  it("allows one class, one point, zeros, a BOM and any spelling of the signs", () => {
    expect(read('\uFEFF {"y": [1], "X": [[0]]}\n').y).toEqual([1]);
    expect(read('{"X": [[1], [2], [3]], "y": [-10e-1, -1, -0.1e1]}').y).toEqual([-1, -1, -1]);
  });

  it("flattens N x D x R row-major", () => {
    const data = read('{"X": [[[1, 2, 3], [4, 5, 6]], [[7, 8, 9], [10, 11, 12.5]]], "y": [1, -1]}');
    expect(data.shape).toEqual([2, 3]);
    expect(data.X[0]).toEqual([10n, 20n, 30n, 40n, 50n, 60n]);
    expect(data.X[1]![5]).toBe(125n);
    expect(sizesOf(data)).toEqual({ N: 2, D: 6 });
    expect(read('{"X": [[[1], [2]]], "y": [1]}').shape).toEqual([2, 1]);
  });

  it("allows a key twice when it says the same", () => {
    expect(read('{"X": [[1]], "y": [1], "y": [1]}').y).toEqual([1]);
  });
});

const number = "expected a finite decimal number";
const MALFORMED: [string, string, string][] = [
  ["empty", "", "d.json: expected a JSON object with X and y, found an empty file"],
  ["blank", " \n", "d.json: expected a JSON object with X and y, found an empty file"],
  ["an array", "[1, 2]", "d.json: expected a JSON object with X and y, found an array of 2"],
  ["null", "null", "d.json: expected a JSON object with X and y, found null"],
  ["a number", "12", "d.json: expected a JSON object with X and y, found 12"],
  ["a string", '"a\\u001bb"', 'found the string "a\\u{1b}b"'],
  ["no X", '{"x": [[1]], "y": [1]}', 'd.json: expected the key "X", found the keys "x", "y"'],
  ["no y", '{"X": [[1]]}', 'd.json: expected the key "y", found the keys "X"'],
  ["no keys", "{}", 'd.json: expected the key "X", found no keys'],
  ["X only as prototype", '{"__proto__": {"X": [[1]], "y": [1]}}', 'expected the key "X", found the keys "__proto__"'],
  ["X not an array", '{"X": {"a": 1}, "y": [1]}', "d.json, X: expected a non-empty array of rows, found an object"],
  ["X empty", '{"X": [], "y": []}', "d.json, X: expected a non-empty array of rows, found an empty array"],
  ["row empty", '{"X": [[]], "y": [1]}', "d.json, X[0]: expected a non-empty array of numbers, found an empty array"],
  [
    "inner row empty",
    '{"X": [[[]]], "y": [1]}',
    "d.json, X[0][0]: expected a non-empty array of numbers, found an empty",
  ],
  ["row not an array", '{"X": [1, 2], "y": [1, 1]}', "d.json, X[0]: expected a non-empty array of numbers, found 1"],
  ["ragged", '{"X": [[1, 2], [3]], "y": [1, 1]}', "d.json, X[1]: expected an array of 2 numbers, found an array of 1"],
  [
    "ragged inside",
    '{"X": [[[1, 2], [3]]], "y": [1]}',
    "d.json, X[0][1]: expected an array of 2 numbers, found an array of 1",
  ],
  [
    "ragged outside",
    '{"X": [[[1], [2]], [[3]]], "y": [1, 1]}',
    "d.json, X[1]: expected an array of 2 rows of numbers, found an array of 1",
  ],
  ["mixed depth", '{"X": [[1, [2]]], "y": [1]}', "d.json, X[0][1]: expected a number, found an array of 1"],
  [
    "mixed depth, nested first",
    '{"X": [[[1], 2]], "y": [1]}',
    "d.json, X[0][1]: expected an array of 1 numbers, found 2",
  ],
  ["too deep", '{"X": [[[[1]]]], "y": [1]}', "d.json, X[0][0][0]: expected a number, found an array of 1"],
  [
    "a string for a number",
    '{"X": [[1], ["1.5"]], "y": [1, 1]}',
    'd.json, X[1][0]: expected a number, found the string "1.5"',
  ],
  ["null for a number", '{"X": [[null]], "y": [1]}', "d.json, X[0][0]: expected a number, found null"],
  ["a long string", `{"X": [["${"z".repeat(99)}"]], "y": [1]}`, `found the string "${"z".repeat(40)}..."`],
  [
    "too large",
    '{"X": [[1, 1e201]], "y": [1]}',
    'd.json, X[0][1]: expected a magnitude of at most 1e200, found "1e201"',
  ],
  ["absurd", '{"X": [[1e999999999]], "y": [1]}', 'expected a magnitude of at most 1e200, found "1e999999999"'],
  [
    "too fine",
    '{"X": [[[2], [1e-400]]], "y": [1]}',
    'd.json, X[0][1][0]: expected no digit below 1e-399, found "1e-400"',
  ],
  [
    "spread",
    '{"X": [[[1, 1e190], [2, 3e-220]]], "y": [1]}',
    "d.json, X[0][1][1]: expected numbers over one scale in at most 400 digits, found 3e-220 beside 1e190 " +
      "(d.json, X[0][0][1]): too large a spread to be exact",
  ],
  [
    "lengths differ",
    '{"X": [[1], [2]], "y": [1]}',
    "d.json, y: expected an array of 2 labels, one for each row of X, found an array of 1",
  ],
  [
    "y not an array",
    '{"X": [[1]], "y": 1}',
    "d.json, y: expected an array of 1 labels, one for each row of X, found 1",
  ],
  ["y zero", '{"X": [[1], [2]], "y": [1, 0]}', "d.json, y[1]: expected 1 or -1, found 0"],
  [
    "y nearly one",
    '{"X": [[1]], "y": [1.0000000000000000000001]}',
    "d.json, y[0]: expected 1 or -1, found 1.0000000000000000000001",
  ],
  ["y ten", '{"X": [[1]], "y": [10]}', "d.json, y[0]: expected 1 or -1, found 10"],
  ["y a string", '{"X": [[1]], "y": ["1"]}', 'd.json, y[0]: expected 1 or -1, found the string "1"'],
  ["y true", '{"X": [[1]], "y": [true]}', "d.json, y[0]: expected 1 or -1, found true"],
  ["y absurd", '{"X": [[1]], "y": [1e999]}', 'd.json, y[0]: expected a magnitude of at most 1e200, found "1e999"'],
  [
    "truncated",
    '{"X": [[1, 2',
    "d.json: expected valid JSON, found a fault: Array item or end of array ']' expected but reached end",
  ],
  ["NaN", '{"X": [[NaN]], "y": [1]}', "found a fault: Array item expected but got 'N' at position 8"],
  [
    "Infinity",
    '{"X": [[-Infinity]], "y": [1]}',
    "found a fault: Invalid number '-', expecting a digit but got 'I' at position 9",
  ],
  [
    "hexadecimal",
    '{"X": [[0x10]], "y": [1]}',
    "found a fault: Comma ',' expected after value but got 'x' at position 9",
  ],
  ["leading point", '{"X": [[.5]], "y": [1]}', "found a fault: Array item expected but got '.' at position 8"],
  ["trailing text", '{"X": [[1]], "y": [1]} x', "found a fault: Expected end of input but got 'x' at position 23"],
  ["control character", '{"X": [[\x1b]], "y": [1]}', "got '\\u{1b}' at position 8"],
  ["a long fault", `{"X": [[${"1".repeat(5000)}.x]], "y": [1]}`, "111...111"],
  [
    "unterminated quote",
    '{"X": [[1]], "y": [1], "z',
    "found a fault: End of string '\"' expected but reached end of input",
  ],
  ["key twice", '{"X": [[1]], "y": [1], "y": [-1]}', 'd.json, position 24: expected each key once, found "y" again'],
  [
    "hostile nesting",
    "[".repeat(1_000_000),
    "d.json: expected at most 100 levels of nesting, found more at position 100",
  ],
];

describe("malformed JSON", () => {
  it.each(MALFORMED)("%s", (_, text, sentence) => {
    let caught: unknown;
    try {
      read(text);
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(UseError);
    const { message } = caught as UseError;
    expect(message).toContain(sentence);
    expect(message).toMatch(/^d\.json.*: expected .* found /);
    expect(message).not.toMatch(/\p{Cc}/u);
    expect(message.length).toBeLessThan(300);
    expect(message).not.toContain(number);
  });

  it("refuses a bias for N x D x R", () => {
    expect(() => read('{"X": [[[1, 2]]], "y": [1]}', { bias: true })).toThrow(
      new UseError("d.json, X: expected rows of numbers to append a bias to, found shape 1 x 1 x 2"),
    );
  });

  it("does not count brackets in strings as nesting", () => {
    expect(read(`{"note": "\\"${"[".repeat(1000)}", "X": [[1]], "y": [1]}`).y).toEqual([1]);
  });
});

describe("size", () => {
  it.each([
    [10_000, 100],
    [1_000_000, 1],
    [1, 1_000_000],
  ])("%i rows of %i numbers parse in a few seconds", (rows, columns) => {
    const row = `[${Array.from({ length: columns }, (_, d) => (d % 977) / 100).join(",")}]`;
    const text = `{"X": [${Array(rows).fill(row).join(",")}], "y": [${Array(rows).fill("1").join(",")}]}`;
    const started = performance.now();
    const data = read(text);
    expect(performance.now() - started).toBeLessThan(20_000);
    expect(data.X.length * data.X[0]!.length).toBe(rows * columns);
  });
});
