/**
 * A data set from the cells of a CSV (csv-table.ts): a header row, one label column, exact decimals in all others, two
 * classes. Convention: labels compare as text; rows of classes that were not asked for are dropped: they must have all
 * their cells, but their numbers are not read.
 * Cost: linear in the text (10^6 cells take two seconds), kept in memory once as text and once as integers.
 * Errors: UseError, one sentence with file, row, column, expected and found.
 */
import type { Dataset } from "../../kernel/dataset.js";
import { UseError } from "../../kernel/use-error.js";
import { readTable, textFromBytes } from "./csv-table.js";
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
