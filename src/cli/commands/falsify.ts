/**
 * `biasproof falsify THEOREM`: looks for a counterexample, makes it as small as it gets, certifies it, and writes it down. Its exit
 * code is 1 where there is one, and 0 only where as many cases as were asked for show none.
 */
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { describeSpace } from "../../../properties/arbitraries/space.js";
import { mutantNamed } from "../../../properties/mutants/registry.js";
import type { FalsifyDocument } from "../../kernel/counterexample-document.js";
import { SCHEMA_VERSION } from "../../kernel/document.js";
import { UseError } from "../../kernel/use-error.js";
import { EXIT } from "../../kernel/verdict.js";
import { runPage } from "../../report/html.js";
import { junitOf } from "../../report/junit.js";
import { summaryOf } from "../../report/summary.js";
import { falsifyTable } from "../../report/terminal/falsify-table.js";
import { durationValue, positiveInteger, seedValue } from "../arguments.js";
import { CASE_FILE, checkOutputs } from "../check-outputs.js";
import type { Command } from "../command.js";
import { deliverJson } from "../deliver-json.js";
import type { Falsified } from "../falsify/hunt.js";
import { noSampler } from "../falsify/no-sampler.js";
import { type Prey, preyOf } from "../falsify/prey.js";
import { newTally, overdue, readTally } from "../falsify/tally.js";
import { checkTarget, look, type OutputFile, writeTexts } from "../files.js";
import { JSON_FLAG } from "../flags.js";
import { documentText } from "../schema.js";
import { loadTheorems, namesFile, sourceOf, type UserFile } from "../user-file.js";
import { versions } from "../versions.js";
import { atWork } from "../work/at-work.js";

const DEFAULT_CASES = 500;
const DEFAULT_BUDGET = "60s";

/** The file of a counterexample in a ledger. */
const fileOf = (id: string): string => `${id.replace(/[^A-Za-z0-9.~=+-]+/g, "_")}.json`;

type FalsifyAsked = Pick<FalsifyDocument, "without" | "asked" | "seed">;

/** What a user's file is hunted for: its one theorem. */
function ownOf({ file, theorems }: UserFile): UserFile["theorems"][number] {
  const [own, ...others] = theorems;
  if (own === undefined || others.length > 0)
    throw new UseError(`${file}: expected one theorem for falsify, got ${theorems.length}`);
  return own;
}

/** Before anything is hunted: can its file be written, and is there none yet? */
function checkLedger(ledger: string, id: string): void {
  const file = join(ledger, fileOf(id));
  checkTarget(file, []);
  if (look(file) !== undefined)
    throw new UseError(`${file}: expected a counterexample that is not in the ledger yet, but there is such a file`);
}

/** What is known of a hunt that says nothing itself. */
function nothingOf(
  prey: Prey,
  tally: SharedArrayBuffer,
  stop: "unending" | "no-sampler",
  asked: FalsifyAsked,
): Falsified {
  const { counts } = readTally(tally);
  return {
    ...{ schemaVersion: SCHEMA_VERSION, command: "falsify", theorem: prey.of, statement: prey.theorem.statement },
    ...{ ...asked, ...counts, drawnFrom: describeSpace(prey.space) },
    ...{ found: false, shrunk: null, stop, counterexample: null },
  };
}

function filesOf(document: FalsifyDocument, report: string | undefined, ledger: string | undefined): OutputFile[] {
  const { counterexample } = document;
  const run = counterexample?.run;
  return [
    ...(report === undefined ? [] : [{ file: join(report, "report.json"), text: `${documentText(document)}\n` }]),
    ...(report === undefined || run === undefined
      ? []
      : [
          { file: join(report, "report.html"), text: runPage(run) },
          { file: join(report, "junit.xml"), text: junitOf(run) },
          { file: join(report, "summary.md"), text: summaryOf(run) },
          { file: join(report, CASE_FILE), text: `${JSON.stringify(counterexample?.case)}\n` },
        ]),
    ...(ledger === undefined || counterexample === null
      ? []
      : [{ file: join(ledger, fileOf(counterexample.run.theorem ?? "")), text: `${documentText(counterexample)}\n` }]),
  ];
}

/** At most one in a hundred may stay open, as in a campaign. */
const isEnough = ({ inScope, asked, inconclusive }: FalsifyDocument): boolean =>
  inScope >= asked && inconclusive * 100 <= inScope;

export const falsify: Command = {
  name: "falsify",
  summary: "look for a smallest certified counterexample to a theorem, or to it without a hypothesis",
  usage: "THEOREM [flags]   (an id of `list`, a false theorem of `list --false`, or a file ./mine.ts)",
  flags: {
    without: { value: "HYPOTHESIS", help: "drop this hypothesis, and look where it alone is broken" },
    cases: { value: "N", help: `in-scope cases to look at (default ${DEFAULT_CASES})` },
    budget: {
      value: "TIME",
      help: `time to find one, and as much again to make it smaller (default ${DEFAULT_BUDGET})`,
    },
    seed: { value: "N", help: "any non-negative integer (default: fresh, and printed)" },
    json: JSON_FLAG,
    report: { value: "DIR", help: "write report.json, and of a counterexample report.html, junit.xml and summary.md" },
    ledger: { value: "DIR", help: "write the counterexample to a file of its own there; `recheck` takes it" },
  },
  example: "biasproof falsify conv-depth-2-fourier-l1 --without generic-initialization --seed 1",
  async run(args, terminal) {
    const start = performance.now();
    const [word, ...more] = args.positional;
    if (word === undefined || more.length > 0)
      throw new UseError(`falsify: expected one theorem or file, got ${args.positional.length}`);
    const given = (name: string): string | undefined => args.values.get(name);
    const seed =
      given("seed") === undefined
        ? BigInt(`0x${randomBytes(6).toString("hex")}`).toString()
        : seedValue("falsify", given("seed")!);
    const cases = given("cases") === undefined ? DEFAULT_CASES : positiveInteger("falsify", "cases", given("cases")!);
    const budget = durationValue("falsify", "budget", given("budget") ?? DEFAULT_BUDGET);
    const without = given("without") ?? null;
    const isFile = namesFile(word) && mutantNamed(word) === null; // exponents have a slash too
    checkOutputs(args, isFile ? [word] : []);
    const file = isFile ? await loadTheorems(word) : null;
    const own = file === null ? null : ownOf(file);
    const id = own?.theorem.id ?? word;
    const prey = preyOf(id, without, own); // what is wrong with the words is said before anything runs
    const ledger = given("ledger");
    if (ledger !== undefined) checkLedger(ledger, prey.theorem.id);
    for (const note of file?.notes ?? []) terminal.note(note);
    terminal.note(`seed ${seed}${given("seed") === undefined ? " (fresh; --seed repeats it)" : ""}`);
    const source = file === null ? null : sourceOf(file);
    const asked = { without, asked: cases, seed };
    const tally = newTally();
    const none = noSampler(prey, own !== null);
    const value =
      none === null
        ? (
            await atWork("falsify", { theorem: id, source, without, seed, cases, budget, tally }, terminal, {
              late: overdue(tally, budget),
              value: () => nothingOf(prey, tally, "unending", asked),
            })
          ).value
        : nothingOf(prey, tally, "no-sampler", asked);
    const timing = { seconds: (performance.now() - start) / 1000 };
    const document: FalsifyDocument = { ...value, versions: versions(), timing };
    const files = filesOf(document, given("report"), ledger);
    deliverJson(document, falsifyTable(document, terminal.color), args, terminal);
    if (none !== null) terminal.note(none);
    if (document.stop === "unending")
      terminal.note(
        `${prey.theorem.id}: a hypothesis or claim did not end, in case ${document.ran}${readTally(tally).found ? ", or a smaller one of a counterexample" : ""}, and was stopped`,
      );
    writeTexts(files); // after the result is said: a place that is gone by now does not take it along
    for (const one of files) if (one.file.endsWith(".html")) terminal.note(`Report: ${one.file}`);
    if (ledger !== undefined && document.found) terminal.note(`Ledger: ${files[files.length - 1]!.file}`);
    if (document.found) return EXIT.refuted;
    if (document.stop === "interrupted") return EXIT.interrupted;
    return isEnough(document) ? 0 : EXIT.inconclusive;
  },
};
