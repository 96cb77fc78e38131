/**
 * The cells of a CSV and the lines they stand on: from bytes to UTF-8 text, from text to a header and rows of its width.
 * Convention: commas; blanks around a cell are trimmed; BOM, CRLF, quoted cells and trailing blank lines are fine; a row
 * is named by the 1-based line of the file where it starts. What the cells mean is for csv.ts to say. Cost: linear.
 * Errors: UseError, one sentence with file, row, expected and found.
 */
import { CsvError, type InfoRecord, parse } from "csv-parse/browser/esm/sync"; // the build that needs no Node globals
import { UseError } from "../../kernel/use-error.js";
import { printable } from "./decimal.js";

export interface Table {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** The line where each row starts. */
  readonly lines: readonly number[];
}

const QUOTE_FAULTS: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: "expected a closing quote, found the end of the file",
  INVALID_OPENING_QUOTE: "expected a quote only around a whole cell, found one inside a cell",
  CSV_INVALID_CLOSING_QUOTE: "expected a comma or the end of the row after a closing quote, found more text",
  CSV_NON_TRIMABLE_CHAR_AFTER_CLOSING_QUOTE:
    "expected a comma or the end of the row after a closing quote, found more text",
};

export function readTable(raw: string, file: string): Table {
  const text = (raw.startsWith("\uFEFF") ? raw.slice(1) : raw).replace(/\r\n?/g, "\n");
  if (text.trim() === "") throw new UseError(`${file}: expected a header row and data, found an empty file`);
  const rows: string[][] = [];
  const lines: number[] = [];
  let last = 0; // the line where the previous row ended
  const take = (cells: string[], info: InfoRecord): null => {
    const place = `${file}, row ${last + 1}`;
    const expected = rows.length === 0 ? "a header row" : `${rows[0]!.length} cells as in the header`;
    if (info.empty_lines > 0) throw new UseError(`${place}: expected ${expected}, found a blank line`);
    if (rows.length > 0 && cells.length !== rows[0]!.length)
      throw new UseError(`${place}: expected ${expected}, found ${cells.length}`);
    rows.push(cells);
    lines.push(last + 1);
    last = info.lines;
    return null;
  };
  try {
    parse(text, {
      trim: true,
      record_delimiter: "\n",
      skip_empty_lines: true,
      relax_column_count: true,
      on_record: take,
    });
  } catch (error) {
    const fault = error instanceof CsvError ? QUOTE_FAULTS[error.code] : undefined;
    if (fault === undefined) throw error;
    throw new UseError(`${file}, row ${last + 1}: ${fault}`, { cause: error });
  }
  if (rows.length === 1) throw new UseError(`${file}: expected rows of data after the header, found the header only`);
  return { header: rows[0]!, rows: rows.slice(1), lines: lines.slice(1) };
}

/** UTF-8 text without its BOM; refuses what is not text. */
export function textFromBytes(bytes: Uint8Array, file: string): string {
  const nul = bytes.indexOf(0);
  if (nul >= 0) throw new UseError(`${printable(file)}: expected text, found binary data (a NUL at byte ${nul + 1})`);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new UseError(`${printable(file)}: expected text in UTF-8, found binary data (bytes that are not UTF-8)`, {
      cause,
    });
  }
}
