/**
 * A data set from CSV: a header row, one label column, exact decimals in all others, two classes.
 * Convention: commas; blanks around a cell are trimmed; BOM, CRLF, quoted cells and trailing blank lines are fine; a row
 * is named by the 1-based line of the file where it starts. Labels compare as text. Rows of classes that were not asked
 * for are dropped: they must have all their cells, but their numbers are not read.
 * Cost: linear in the text (10^6 cells take two seconds), kept in memory once as text and once as integers.
 * Errors: UseError, one sentence with file, row, column, expected and found.
 */
import { CsvError, type InfoRecord, parse } from "csv-parse/browser/esm/sync"; // the build that needs no Node globals
import type { Dataset } from "../../kernel/dataset.js";
import { UseError } from "../../kernel/use-error.js";
import {
  compareDecimals,
  type Decimal,
  listed,
  parseDecimal,
  printable,
  readDecimal,
  shown,
  toCommonScale,
} from "./decimal.js";

export interface CsvOptions {
  /** How messages name the file. */
  readonly file: string;
  /** The label column; else the last one. */
  readonly label?: string | undefined;
  readonly positive?: string | undefined;
  readonly negative?: string | undefined;
  /** Append a constant feature 1, named "(bias)". */
  readonly bias?: boolean | undefined;
  /** The data set's name; else `file`. */
  readonly name?: string | undefined;
}

/** Which labels are +1 and -1, and how many rows of other labels were left out. */
export interface Classes {
  readonly positive: string;
  readonly negative: readonly string[];
  readonly dropped: number;
}

export interface CsvReading {
  readonly dataset: Dataset;
  /** Choices made on the reader's behalf, one sentence each. */
  readonly notes: string[];
  readonly classes: Classes;
}

export const BIAS = "(bias)";

export function datasetFromCsv(input: Uint8Array | string, options: CsvOptions): CsvReading {
  const file = printable(options.file);
  const table = readTable(typeof input === "string" ? input : textFromBytes(input, options.file), file);
  const header = table.header.concat(options.bias ? [BIAS] : []);
  const column = checkHeader(header, table.header.length, options.label, file);
  const labels = table.rows.map((row, n) => {
    if (row[column] !== "") return row[column]!;
    throw new UseError(
      `${file}, row ${table.lines[n]}, column ${shown(header[column]!)}: expected a label, found a blank`,
    );
  });
  const { positive, negative, notes } = chooseClasses(labels, `${file}, column ${shown(header[column]!)}`, options);

  const others = new Set(negative);
  const kept: number[] = [];
  labels.forEach((label, n) => {
    if (label === positive || others.has(label)) kept.push(n);
  });
  const columns = header.map((_, c) => c).filter((c) => c !== column);
  const place = (n: number, d: number): string =>
    `${file}, row ${table.lines[kept[n]!]}, column ${shown(header[columns[d]!]!)}`;
  const decimals = kept.map(
    (k, n) => columns.map((c, d): Decimal => parseDecimal(table.rows[k]![c] ?? "1", () => place(n, d))), // past the row: the bias
  );
  const dataset: Dataset = {
    name: options.name ?? options.file,
    shape: [columns.length],
    ...toCommonScale(decimals, place),
    y: kept.map((k) => (labels[k] === positive ? 1 : -1)),
    features: columns.map((c) => header[c]!),
  };
  const numeric = columns.every((c) => c >= table.header.length || typeof readDecimal(header[c]!) !== "string");
  if (numeric) notes.push(`${file}: the first row was read as the header, though its names are numbers`);
  return { dataset, notes, classes: { positive, negative, dropped: labels.length - kept.length } };
}

interface Table {
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

function readTable(raw: string, file: string): Table {
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

/** The index of the label column; `own` of the columns are the file's. */
function checkHeader(header: readonly string[], own: number, label: string | undefined, file: string): number {
  const seen = new Map<string, number>();
  header.forEach((name, c) => {
    if (name === "") throw new UseError(`${file}, row 1, column ${c + 1}: expected a column name, found a blank`);
    const first = seen.get(name);
    if (first !== undefined)
      throw new UseError(
        `${file}, row 1, column ${c + 1}: expected a column name of its own, found ${shown(name)} again (column ${first + 1})`,
      );
    seen.set(name, c);
  });
  const column = label === undefined ? own - 1 : seen.get(label);
  if (column === undefined || column >= own)
    throw new UseError(
      `${file}, row 1: expected a label column ${shown(label ?? "")}, found the columns ${listed(header.slice(0, own))}`,
    );
  if (own === 1)
    throw new UseError(
      `${file}, row 1: expected a feature column beside the label column, separated by commas, found only ${shown(header[0]!)}`,
    );
  return column;
}

function chooseClasses(
  labels: readonly string[],
  place: string,
  { positive, negative }: CsvOptions,
): { positive: string; negative: string[]; notes: string[] } {
  const present = [...new Set(labels)];
  const found = `found ${present.length} of them: ${listed(present)}`;
  if (positive !== undefined && positive === negative)
    throw new UseError(
      `${place}: expected different labels for --positive and --negative, found ${shown(positive)} twice`,
    );
  if (present.length === 1)
    throw new UseError(
      `${place}: expected two classes, found only the label ${listed(present)} in all ${labels.length} rows`,
    );
  for (const [flag, value] of [
    ["--positive", positive],
    ["--negative", negative],
  ] as const)
    if (value !== undefined && !present.includes(value))
      throw new UseError(
        `${place}: expected the label ${shown(value)} of ${flag}, found the labels ${listed(present)}`,
      );
  if (positive !== undefined)
    return {
      positive,
      negative: negative === undefined ? present.filter((l) => l !== positive) : [negative],
      notes: [],
    };
  const [a, b] = present;
  if (a === undefined || b === undefined || present.length > 2)
    throw new UseError(`${place}: expected two labels, or --positive to choose one, ${found}`);
  if (negative !== undefined) return { positive: negative === a ? b : a, negative: [negative], notes: [] };
  const [u, v] = [readDecimal(a), readDecimal(b)];
  const order = typeof u === "string" || typeof v === "string" ? null : compareDecimals(u, v);
  if (order === 0) throw new UseError(`${place}: expected labels of two values, or --positive to choose one, ${found}`);
  const first = order === null ? a < b : order > 0;
  const chosen = first ? { positive: a, negative: [b] } : { positive: b, negative: [a] };
  const why = order === null ? "alphabetically first" : "the larger number";
  const note = `${place}: ${shown(chosen.positive)} (${why}) is the positive class, ${shown(chosen.negative[0]!)} the negative; --positive chooses`;
  return { ...chosen, notes: [note] };
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
