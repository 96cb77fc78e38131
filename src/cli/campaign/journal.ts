/**
 * The journal of a campaign: a file of JSON lines that is only appended to. The first says what campaign it is, every other
 * line is one decided case, written as soon as it was, in one call. A process that is killed leaves at most its last line
 * unfinished: that is dropped when the journal is taken up again, and its case is run again. A file begins with its
 * first line or does not begin.
 */
import { closeSync, ftruncateSync, openSync, writeSync } from "node:fs";
import type { Versions } from "../../kernel/document.js";
import { UseError } from "../../kernel/use-error.js";
import { printable } from "../../models/data/decimal.js";
import { fileFault } from "../file-fault.js";
import { look, readBytes, writeTexts } from "../files.js";
import { parseJson, read } from "../read-json.js";
import { journalHeader, journalLine } from "../schema-verify.js";
import { type CaseTask, type DecidedCase, wordOf } from "./decided-case.js";
import type { Orders } from "./orders.js";

export interface CaseJournal {
  /** What it knows of a case; a UseError where that is another case than was drawn. */
  known(task: CaseTask): DecidedCase | undefined;
  keep(theorem: string, decided: DecidedCase): void;
  close(): void;
}

const NEWLINE = 10;
const keyOf = (theorem: string, index: number): string => `${theorem} ${index}`;

/** Begins a journal; an existing file is never continued or overwritten without being asked to. */
export function beginJournal(file: string, orders: Orders, versions: Versions): CaseJournal {
  if (look(file) !== undefined)
    throw new UseError(
      `${printable(file)}: expected a new file for --journal, got one that exists (--resume goes on with a journal)`,
    );
  const { theorems, files, optimizer, seed, cases, caseSeconds, shard } = orders;
  const header = {
    journal: 1,
    theorems,
    ...(files === undefined ? {} : { files }),
    optimizer,
    seed,
    cases,
    caseSeconds,
    shard,
    versions,
  };
  writeTexts([{ file, text: `${JSON.stringify(header)}\n` }]);
  return appending(file, null, new Map());
}

export interface Resumed {
  readonly orders: Orders;
  readonly decided: number;
  /** Opens it to be continued; what came after the last whole line is cut off. */
  open(): CaseJournal;
}

/** Reads a journal; it must be of these versions, for others may decide otherwise. */
export function readJournal(file: string, versions: Versions): Resumed {
  const bytes = readBytes(file);
  const name = printable(file);
  const whole = bytes.lastIndexOf(NEWLINE) + 1;
  const known = new Map<string, DecidedCase>();
  let orders: Orders | null = null;
  for (let from = 0, line = 1; from < whole; line++) {
    const to = bytes.indexOf(NEWLINE, from);
    const place = `${name}, line ${line}`;
    const value = parseJson(bytes.subarray(from, to), place);
    if (orders === null) {
      const { journal: _, versions: made, ...rest } = read(journalHeader, value, place);
      if (made.biasproof !== versions.biasproof || made.node !== versions.node)
        throw new UseError(
          `${name}: expected a journal of biasproof ${versions.biasproof} under Node ${versions.node}, got one of ${printable(made.biasproof)} under ${printable(made.node)}`,
        );
      orders = rest;
    } else {
      const { theorem, ...decided } = read(journalLine, value, place) as unknown as DecidedCase & {
        readonly theorem: string;
      };
      known.set(keyOf(theorem, decided.row.index), decided);
    }
    from = to + 1;
  }
  if (orders === null) throw new UseError(`${name}: expected a journal, found no whole first line`);
  const torn = whole < bytes.length;
  return { orders, decided: known.size, open: () => appending(file, torn ? whole : null, known) };
}

/** `whole` is where what was torn begins, or null. */
function appending(file: string, whole: number | null, known: Map<string, DecidedCase>): CaseJournal {
  const attempt = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      throw new UseError(`${printable(file)}: expected a journal to write to, but ${fileFault(error)}`);
    }
  };
  const handle = attempt(() => openSync(file, "a"));
  if (whole !== null) attempt(() => ftruncateSync(handle, whole));
  return {
    known(task) {
      const { theorem, index } = task;
      const decided = known.get(keyOf(theorem, index));
      if (decided !== undefined && decided.row.replay !== wordOf(task))
        throw new UseError(
          `${printable(file)}: expected case ${index} of ${theorem} to be the one drawn from its seed, got another (a journal of another build?)`,
        );
      return decided;
    },
    keep(theorem, decided) {
      const line = Buffer.from(`${JSON.stringify({ theorem, ...decided })}\n`);
      for (let at = 0; at < line.length; ) at += attempt(() => writeSync(handle, line, at));
    },
    close: () => closeSync(handle),
  };
}
