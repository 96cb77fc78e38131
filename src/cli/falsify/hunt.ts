/**
 * The hunt behind `falsify`, in a thread of its own: random cases one after the other until one is refuted so that it counts, then
 * smaller ones as long as they are too, then the document of the smallest. What cuts it short is a budget or an interrupt;
 * a case that is under way is not waited for. The same seed gives the same counterexample, if nothing cuts it short.
 */
import { drawOf } from "../../../properties/arbitraries/draw.js";
import { describeSpace } from "../../../properties/arbitraries/space.js";
import { convinces } from "../../../properties/mutants/hunt.js";
import { shrink } from "../../../properties/shrink/shrink.js";
import type { Case } from "../../kernel/case.js";
import type { CounterexampleDocument, FalsifyDocument } from "../../kernel/counterexample-document.js";
import { type HypothesisRow, SCHEMA_VERSION } from "../../kernel/document.js";
import { createBench } from "../../verify/bench.js";
import { type CaseVerdict, verifyCase } from "../../verify/verify-case.js";
import { runCaseOf } from "../run-case.js";
import { type FileSource, theoremAgain } from "../user-file.js";
import type { Watch } from "../work/watch.js";
import { type Prey, preyOf } from "./prey.js";
import { writeTally } from "./tally.js";

export interface FalsifyInput {
  /** The id of a theorem; of a file's own where `source` is given. */
  readonly theorem: string;
  readonly source: FileSource | null;
  readonly without: string | null;
  readonly seed: string;
  readonly cases: number;
  /** Seconds for finding one, and as many again for making it smaller. */
  readonly budget: number | null;
  /** Where the waiting thread sees the counts. */
  readonly tally?: SharedArrayBuffer;
}

export type Falsified = Omit<FalsifyDocument, "versions" | "timing">;

/** Out of this many cases for each that is asked for, enough are in scope, or the space is not one of this theorem. */
const TRIED_FOR_EACH = 4;

/** How the dropped hypothesis stands on a case; null where none was dropped. */
async function standing({ dropped, theorem }: Prey, c: Case): Promise<HypothesisRow | null> {
  if (dropped === null) return null;
  const { brings } = theorem;
  const bench = createBench(
    c,
    { cancelled: () => null },
    { toLimit: true, ...(brings === undefined ? {} : { own: brings }) },
  );
  const { id, statement, decided, evidence, why } = await dropped.decide(bench);
  return { id, statement, decided, evidence, why };
}

export async function falsify(input: FalsifyInput, watch: Watch): Promise<Falsified> {
  const { theorem: id, source, without, seed, cases, budget } = input;
  const prey = preyOf(id, without, source === null ? null : await theoremAgain(source, id));
  const { theorem, space } = prey;
  let start = performance.now();
  const late = (): boolean => budget !== null && performance.now() - start > budget * 1000;
  const ended = (): boolean => watch.interrupted() || late();
  const clock = {
    cancelled: () => (watch.interrupted() ? ("interrupted" as const) : late() ? ("time-budget" as const) : null),
  };
  const counts = { ran: 0, inScope: 0, outOfScope: 0, inconclusive: 0, setAside: 0 };

  const tell = (found: boolean): void => {
    if (input.tally !== undefined) writeTally(input.tally, counts, found);
  };

  /** The verdict where it counts. */
  const refutation = async (c: Case, result: CaseVerdict): Promise<CaseVerdict | null> => {
    if (!convinces(theorem, c, result)) return null;
    const row = await standing(prey, c);
    return row === null || row.decided === false ? result : null;
  };
  let first: { readonly case: Case; readonly result: CaseVerdict } | null = null;
  while (first === null && counts.inScope < cases && counts.ran < TRIED_FOR_EACH * cases && !ended()) {
    tell(false);
    const c = prey.draw(drawOf(BigInt(seed), `falsify/${theorem.id}/${counts.ran}`));
    const row = await standing(prey, c);
    // Where the dropped hypothesis holds, or is not decided, a case says nothing about what comes of dropping it.
    if (row !== null && row.decided !== false) {
      counts.ran += 1;
      counts.outOfScope += 1;
      continue;
    }
    const result = await verifyCase(theorem, c, clock);
    if (ended() && result.verdict !== "refuted") break;
    counts.ran += 1;
    if (result.verdict === "out-of-scope") counts.outOfScope += 1;
    else counts.inScope += 1;
    if (result.verdict === "inconclusive" || result.verdict === "suspect") counts.inconclusive += 1;
    const counted = await refutation(c, result);
    if (counted !== null) first = { case: c, result: counted };
    else if (result.verdict === "refuted") counts.setAside += 1;
    watch.progress(`${theorem.id}: ${counts.inScope} of ${cases} cases, none refuted yet`);
  }
  const common = {
    schemaVersion: SCHEMA_VERSION,
    command: "falsify",
    theorem: prey.of,
    statement: theorem.statement,
    without,
    asked: cases,
    ...counts,
    drawnFrom: describeSpace(space),
    seed,
  } as const;
  if (first === null) {
    const stop = watch.interrupted() ? "interrupted" : late() ? "budget" : "asked";
    return { ...common, found: false, shrunk: null, stop, counterexample: null };
  }
  start = performance.now();
  tell(true);
  const smallest = await shrink(
    space,
    first,
    async (c) => {
      const found = await refutation(c, await verifyCase(theorem, c, clock));
      watch.progress(`${theorem.id}: refuted, now smaller: ${c.data.json.X.length} points in R^${c.data.shape[0]}`);
      return found;
    },
    ended,
  );
  const file = source === null ? {} : { file: { name: source.file, sha256: source.sha256 } };
  const c: Case = { ...smallest.case, theorem: theorem.id, ...file };
  const run = await runCaseOf(
    theorem,
    { command: "replay", case: c, data: null, notes: [] },
    { interrupted: () => false, progress: watch.progress },
  );
  const counterexample: CounterexampleDocument = {
    ...{ schemaVersion: SCHEMA_VERSION, command: "counterexample", of: prey.of, without },
    ...{ dropped: await standing(prey, c), seed, case: c, run },
  };
  const shrunk = { steps: smallest.steps, asked: smallest.asked };
  return { ...common, found: true, shrunk, stop: "found", counterexample };
}
