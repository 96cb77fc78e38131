import { describe, expect, it } from "vitest";
import { UseError } from "../../../../src/kernel/use-error.js";
import { readTable, textFromBytes } from "../../../../src/models/data/csv-table.js";

describe("the cells of a CSV", () => {
  it("stand on the lines where their rows start, quoted line ends and blank lines at the end included", () => {
    expect(readTable('\uFEFFa, b ,c\r\n1,"x\ny",2\n3,"say ""z""",4\r\n\n', "t.csv")).toEqual({
      header: ["a", "b", "c"],
      rows: [
        ["1", "x\ny", "2"],
        ["3", 'say "z"', "4"],
      ],
      lines: [2, 4],
    });
  });

  it.each([
    ["a,b\n1,2\n3\n", "t.csv, row 3: expected 2 cells as in the header, found 1"],
    ["a,b\n1,2\n\n3,4\n", "t.csv, row 3: expected 2 cells as in the header, found a blank line"],
    ['a,b\n1,"2\n', "t.csv, row 2: expected a closing quote, found the end of the file"],
    ["a,b\n", "t.csv: expected rows of data after the header, found the header only"],
    [" \n", "t.csv: expected a header row and data, found an empty file"],
  ])("%j is refused with its line", (text, sentence) => {
    expect(() => readTable(text, "t.csv")).toThrow(new UseError(sentence));
  });

  it("come from text in UTF-8", () => {
    expect(textFromBytes(new TextEncoder().encode("a\u00e9"), "t.csv")).toBe("a\u00e9");
    expect(() => textFromBytes(Uint8Array.of(97, 0), "t\u001b.csv")).toThrow(
      new UseError("t\\u{1b}.csv: expected text, found binary data (a NUL at byte 2)"),
    );
  });
});
