/**
 * Imports a file of the user's into this thread, TypeScript or JavaScript, from any folder: `biasproof` is this very package
 * there, wherever it is installed. What it exports is held to what a theorem is. Nothing is cached on disk.
 */
import { createHash } from "node:crypto";
import { dirname, relative } from "node:path";
import { createJiti } from "jiti";
import { THEOREMS } from "../../../proofs/index.js";
import { type Conjecture, defineConjecture } from "../../../properties/conjecture.js";
import { UseError } from "../../kernel/use-error.js";
import { clipped } from "../../models/data/decimal.js";
import { backed } from "../../verify/backed.js";
import { defineTheorem, type Theorem, type TheoremDefinition } from "../../verify/theorem.js";
import { readBytes } from "../files.js";
import { importFault, type UserSource, userFault } from "./fault.js";
import { guarded } from "./guard.js";

export interface Imported {
  readonly theorems: readonly Conjecture[];
  /** Absolute: the file, then what it imports of its own, in order. */
  readonly files: readonly string[];
}

/** Of the file as it is; with files of its own, of the list of their sums. */
export function sumOf(files: readonly string[]): string {
  const sums = files.map((path) => createHash("sha256").update(readBytes(path)).digest("hex"));
  if (sums.length === 1) return sums[0]!;
  const folder = dirname(files[0]!);
  const list = files.map((path, i) => `${sums[i]}  ${relative(folder, path)}\n`).sort();
  return createHash("sha256").update(list.join("")).digest("hex");
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;

/** What one exported thing is: a conjecture, or a theorem alone, which has no random cases. */
function conjectureOf(value: unknown): Conjecture {
  if (isRecord(value) && isRecord(value.theorem) && isRecord(value.spaces)) {
    const { theorem, spaces } = value as unknown as Conjecture;
    return defineConjecture({ theorem: defineTheorem(theorem), space: Object.values(spaces) });
  }
  if (isRecord(value) && isRecord(value.entries))
    return { theorem: defineTheorem(value as unknown as TheoremDefinition), spaces: {} };
  const got = isRecord(value)
    ? `{${Object.keys(value).slice(0, 8).join(", ")}}`
    : value === undefined
      ? "none"
      : String(value);
  throw new UseError(
    `expected a default export made by defineConjecture or defineTheorem, or a list of such, got ${clipped(got)}`,
  );
}

function checked(value: unknown): readonly Conjecture[] {
  const all = (Array.isArray(value) ? value : [value]).map(conjectureOf);
  if (all.length === 0) throw new UseError("expected one theorem or more, got an empty list");
  const ids = all.map(({ theorem }) => theorem.id);
  const taken = ids.find((id, i) => ids.indexOf(id) < i || THEOREMS.some((t) => t.id === id));
  if (taken !== undefined) throw new UseError(`expected theorems with ids that are not taken, got ${taken}`);
  return all;
}

export async function importTheorems(file: string, path: string, known: readonly string[] = [path]): Promise<Imported> {
  const source: UserSource = { file, files: known };
  const virtualModules = {
    biasproof: await import("../../index.js"),
    "biasproof/fast-check": await import("../../doors/fast-check.js"),
  };
  const jiti = createJiti(path, { fsCache: false, interopDefault: false, virtualModules });
  const before = new Set(Object.keys(jiti.cache));
  let exported: unknown;
  const { write } = process.stdout;
  try {
    // What a stranger's file prints as it is imported is no result: stdout may carry a document.
    process.stdout.write = process.stderr.write.bind(process.stderr) as typeof write;
    exported = await jiti.import(path);
  } catch (error) {
    throw importFault(error, source);
  } finally {
    process.stdout.write = write;
  }
  const own = Object.keys(jiti.cache).filter(
    (name) => !before.has(name) && name !== path && !/[\\/]node_modules[\\/]/.test(name),
  );
  const files = [path, ...own.sort()];
  try {
    const theorems = checked(isRecord(exported) ? exported.default : undefined);
    const guard = (theorem: Theorem): Theorem =>
      backed(guarded(theorem, { file, files: known.length > 1 ? known : files }));
    return { theorems: theorems.map((c) => ({ ...c, theorem: guard(c.theorem) })), files };
  } catch (error) {
    throw userFault(error, source, null);
  }
}
