/**
 * A data set from the bytes of a file, CSV or JSON: the one entry the doors need.
 * Convention: JSON when the name ends in .json or the first character that is not blank is `{`; else CSV. Options that
 * only a CSV has (label, positive, negative) are refused for JSON rather than ignored.
 * Cost: that of the reader chosen. Errors: UseError for empty and binary files, and the readers' own.
 */
import { UseError } from "../../kernel/use-error.js";
import { type Classes, type CsvOptions, type CsvReading, datasetFromCsv } from "./csv.js";
import { textFromBytes } from "./csv-table.js";
import { printable, shown } from "./decimal.js";
import { datasetFromJson } from "./json.js";

export type LoadOptions = CsvOptions;

export interface Loaded extends Omit<CsvReading, "classes"> {
  readonly format: "csv" | "json";
  /** Null for JSON, whose labels are signs. */
  readonly classes: Classes | null;
}

export function datasetFromBytes(bytes: Uint8Array, options: LoadOptions): Loaded {
  const text = textFromBytes(bytes, options.file);
  const file = printable(options.file);
  const start = text.search(/\S/);
  if (start < 0) throw new UseError(`${file}: expected data in CSV or JSON, found an empty file`);
  if (!/\.json$/i.test(options.file) && text[start] !== "{") return { format: "csv", ...datasetFromCsv(text, options) };
  for (const flag of ["label", "positive", "negative"] as const) {
    const value = options[flag];
    if (value !== undefined)
      throw new UseError(`${file}: expected a CSV for --${flag} ${shown(value)}, found JSON, whose y is 1 or -1`);
  }
  return { format: "json", dataset: datasetFromJson(text, options), notes: [], classes: null };
}
