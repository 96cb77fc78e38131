/**
 * The shards of a campaign put together. Their cases are counted again in the order of the whole campaign, as if they came out
 * of one journal, so that the document is that of a single run. Of a decided case a report has its row and its certificates;
 * evidence it has for all decided cases at once, which is enough: the weakest of the weakest is the weakest. Where cases are
 * out of scope a shard may have gone further than the whole, and what it has beyond is left out, or less far: then the rest
 * is run by who merges.
 */
import type { CaseRow, ShardPart, TheoremPart, VerifyDocument } from "../../kernel/document.js";
import { UseError } from "../../kernel/use-error.js";
import { printable } from "../../models/data/decimal.js";
import { readBytes } from "../files.js";
import { parseJson, read } from "../read-json.js";
import { verifyDocument } from "../schema-verify.js";
import { versions } from "../versions.js";
import { type Catalogue, catalogueWith } from "./catalogue.js";
import { type CaseTask, type DecidedCase, wordOf } from "./decided-case.js";
import { askedOf, checkOrders, type Orders } from "./orders.js";

export interface ShardFile {
  /** How sentences name it. */
  readonly file: string;
  readonly shard: ShardPart;
  readonly document: VerifyDocument;
}

export function readShard(path: string): ShardFile {
  const file = printable(path);
  const value = parseJson(readBytes(path), file);
  if (typeof value !== "object" || value === null || !("command" in value) || value.command !== "verify")
    throw new UseError(`${file}: expected the report of a shard, got no document of verify`);
  const document = read(verifyDocument, value, file) as unknown as VerifyDocument;
  const { shard } = document;
  if (shard === undefined)
    throw new UseError(`${file}: expected the report of a shard (verify --shard I/N), got that of a whole campaign`);
  if (shard.part > shard.of)
    throw new UseError(`${file}: expected a shard I/N with I <= N, got ${shard.part}/${shard.of}`);
  const { node, biasproof } = versions();
  if (document.versions.biasproof !== biasproof || document.versions.node !== node)
    throw new UseError(
      `${file}: expected a report of biasproof ${biasproof} under Node ${node}, got one of ${printable(document.versions.biasproof)} under ${printable(document.versions.node)}`,
    );
  return { file, shard, document };
}

/** Everything that must be the same in all shards, each with its name. */
const settingsOf = ({ shard, document }: ShardFile): readonly (readonly [string, string])[] => [
  ["seed", document.seed],
  ["theorems", document.theorems.map((t) => t.id).join(" ")],
  ["files", (document.files ?? []).map((f) => `${f.file} (${f.sha256})`).join(" ") || "none"],
  ["optimizer", shard.optimizer],
  ["cases", String(shard.cases)],
  ["case limit", `${shard.caseSeconds}s`],
  ["number of shards", String(shard.of)],
];

/** The orders of the whole campaign; a UseError where the files are not its shards, each once. */
export async function mergedOrders(
  files: readonly ShardFile[],
): Promise<{ readonly orders: Orders; readonly catalogue: Catalogue }> {
  const [first, ...others] = files;
  if (first === undefined) throw new UseError("merge: expected the reports of all shards, got none");
  for (const other of others)
    for (const [i, [name, value]] of settingsOf(other).entries()) {
      const wanted = settingsOf(first)[i]![1];
      if (value !== wanted)
        throw new UseError(
          `${other.file}: expected the ${name} of ${first.file}, ${printable(wanted)}, got ${printable(value)}`,
        );
    }
  const { of, optimizer, cases, caseSeconds } = first.shard;
  for (const [i, { file, shard }] of files.entries()) {
    const twin = files.findIndex((f) => f.shard.part === shard.part);
    if (twin < i)
      throw new UseError(
        `merge: expected each shard once, got ${shard.part}/${of} in ${files[twin]!.file} and in ${file}`,
      );
  }
  if (files.length < of) {
    const parts = new Set(files.map((f) => f.shard.part));
    let missing = 1;
    while (parts.has(missing)) missing += 1;
    throw new UseError(`merge: expected all ${of} shards, got none that is ${missing}/${of}`);
  }
  const theorems = first.document.theorems.map((t) => t.id);
  const named = first.document.files;
  const common = { theorems, optimizer, seed: first.document.seed, cases, caseSeconds, shard: null };
  const orders: Orders = named === undefined ? common : { ...common, files: named };
  const catalogue = await catalogueWith(named ?? []);
  checkOrders("merge", orders, catalogue);
  return { orders, catalogue };
}

/** The decided cases of a theorem's part, by index. */
function* casesOf(file: string, theorem: TheoremPart, shard: ShardPart): Generator<DecidedCase> {
  const { claim, hypotheses } = theorem.evidence;
  const grades = theorem.hypotheses.map(({ id, evidence }) => ({ id, evidence }));
  let at = 0;
  for (const [place, row] of theorem.cases.entries()) {
    if (row.index !== shard.part - 1 + place * shard.of)
      throw new UseError(
        `${file}: expected case ${shard.part - 1 + place * shard.of} of ${theorem.id} next, got case ${row.index}`,
      );
    const certificates = theorem.certificates.slice(at, at + row.certificates);
    at += row.certificates;
    yield { row, evidence: { claim, hypotheses }, hypotheses: grades, certificates };
  }
  const asked = askedOf({ cases: shard.cases, shard });
  const inScope = theorem.cases.filter((c) => c.verdict !== "out-of-scope").length;
  if (inScope !== asked)
    throw new UseError(
      `${file}: expected ${asked} cases of ${theorem.id} in scope, got ${inScope} (a shard that was stopped has to be run to its end)`,
    );
  if (at !== theorem.certificates.length)
    throw new UseError(`${file}: expected ${at} certificates of ${theorem.id}, got ${theorem.certificates.length}`);
}

/** What the shards know of a case; a UseError where it is not the one that the seed draws. */
export function knownOfShards(files: readonly ShardFile[]): (task: CaseTask) => DecidedCase | undefined {
  const known = new Map<string, { readonly file: string; readonly decided: DecidedCase }>();
  const keyOf = (theorem: string, index: CaseRow["index"]): string => `${theorem} ${index}`;
  for (const { file, shard, document } of files)
    for (const theorem of document.theorems)
      for (const decided of casesOf(file, theorem, shard))
        known.set(keyOf(theorem.id, decided.row.index), { file, decided });
  return (task) => {
    const found = known.get(keyOf(task.theorem, task.index));
    if (found !== undefined && found.decided.row.replay !== wordOf(task))
      throw new UseError(
        `${found.file}: expected case ${task.index} of ${task.theorem} to be the one drawn from its seed, got another`,
      );
    return found?.decided;
  };
}
