/**
 * The data set that a command names: a file of that path, else a shipped set of that name, whose bytes must be the ones
 * that were shipped. `called` is how sentences name it. Errors: UseError with file and place, here and in the readers.
 */
import { createHash } from "node:crypto";
import { basename, join } from "node:path";
import { UseError } from "../kernel/use-error.js";
import { printable, shown } from "../models/data/decimal.js";
import { datasetFromBytes, type Loaded, type LoadOptions } from "../models/data/load.js";
import { SHIPPED_SETS, type ShippedSet } from "../models/data/shipped.js";
import type { Arguments } from "./arguments.js";
import { look, PACKAGE_ROOT, readBytes } from "./files.js";

export interface NamedData extends Loaded {
  /** How sentences name the file. */
  readonly called: string;
  /** Set when the data are a shipped set: what a replay line needs to name them. */
  readonly shipped: { readonly set: ShippedSet; readonly options: ShippedOptions } | null;
}

export interface ShippedOptions {
  readonly label?: string | undefined;
  readonly positive?: string | undefined;
  readonly negative?: string | undefined;
  readonly bias?: boolean | undefined;
}

export const SHIPPED_NAMES = SHIPPED_SETS.map((s) => s.name).join(", ");

/** What stands for DATA in the usage line of a command. */
export const DATA_USAGE = `DATA [flags]   (DATA: a CSV or JSON file, or one of ${SHIPPED_NAMES})`;

/** Loads a shipped set and checks that its file is the one that was shipped. */
export function loadShipped(name: string, sha256: string | null, options: ShippedOptions): NamedData {
  const set = SHIPPED_SETS.find((s) => s.name === name);
  if (set === undefined) throw new UseError(`data: expected a shipped set (${SHIPPED_NAMES}), got ${shown(name)}`);
  const bytes = readBytes(join(PACKAGE_ROOT, "src", "models", "data", "shipped", set.file));
  const hash = createHash("sha256").update(bytes).digest("hex");
  if (hash !== set.sha256)
    throw new UseError(`${set.file}: expected the shipped file (sha256 ${set.sha256}), got ${hash}`);
  if (sha256 !== null && sha256 !== hash)
    throw new UseError(`${set.file}: expected sha256 ${hash} as shipped, got ${shown(sha256)}`);
  return {
    ...datasetFromBytes(bytes, { file: set.file, name, ...options }),
    called: set.file,
    shipped: { set, options },
  };
}

export function loadData(word: string, args: Arguments): NamedData {
  const pick = (name: string): Record<string, string> => {
    const value = args.values.get(name);
    return value === undefined ? {} : { [name]: value };
  };
  const options: ShippedOptions = {
    ...pick("label"),
    ...pick("positive"),
    ...pick("negative"),
    ...(args.switches.has("bias") ? { bias: true } : {}),
  };
  const isFile = look(word) !== undefined;
  if (!isFile && SHIPPED_SETS.some((s) => s.name === word)) return loadShipped(word, null, options);
  if (!isFile)
    throw new UseError(
      `${printable(word)}: expected a readable file or a shipped set (${SHIPPED_NAMES}), but there is neither`,
    );
  const load: LoadOptions = { file: word, name: basename(word), ...options };
  return { ...datasetFromBytes(readBytes(word), load), called: printable(word), shipped: null };
}

/** Only vectors so far: a predictor with channels has no architecture in the toolkit yet. */
export function requireVectors(command: string, data: NamedData): void {
  const { shape, X } = data.dataset;
  if (shape.length !== 1)
    throw new UseError(
      `${data.called}, X[0][0]: expected N x D data for ${command}, found N x D x R = ${X.length} x ${shape.join(" x ")}`,
    );
}
