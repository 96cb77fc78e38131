/**
 * Conducts a campaign over its theorems, one after the other, and makes its document. Everything in the document but `timing`
 * follows from the orders, whatever the workers, and whatever part of it was known before (a journal, or shards).
 */
import { SCHEMA_VERSION, type TheoremPart, type VerifyDocument } from "../../kernel/document.js";
import type { VerdictWord } from "../../kernel/verdict.js";
import { runCampaign } from "../../verify/campaign.js";
import type { Terminal } from "../terminal.js";
import { versions } from "../versions.js";
import { type Catalogue, type Listed, listedAs, SHIPPED } from "./catalogue.js";
import { type CaseTask, counted } from "./decided-case.js";
import type { CaseJournal } from "./journal.js";
import { askedOf, drawCases, dynamicsFor, type Orders, repeatLine } from "./orders.js";
import type { CasePool } from "./pool.js";
import { theoremPart } from "./theorem-part.js";

export interface Means {
  /** Default: what ships. */
  readonly catalogue?: Catalogue;
  readonly pool: Pick<CasePool, "atOnce" | "run">;
  readonly journal: Pick<CaseJournal, "known" | "keep"> | null;
  readonly stopped: () => boolean;
  readonly terminal: Terminal;
  /** Of performance.now(). */
  readonly start: number;
}

const secondsSince = (start: number): number => (performance.now() - start) / 1000;

async function conductTheorem({ theorem, source }: Listed, o: Orders, means: Means): Promise<TheoremPart> {
  const start = performance.now();
  const drawn = drawCases(theorem.id, o, means.catalogue);
  const asked = askedOf(o);
  const taskOf = (index: number, c: CaseTask["case"]): CaseTask => ({
    ...{ theorem: theorem.id, index, case: c },
    ...(source === null ? {} : { source }),
  });
  const fresh = new Set<number>();
  const campaign = await runCampaign({
    asked,
    cases: drawn.cases,
    atOnce: means.pool.atOnce,
    shard: o.shard,
    run: async (c, index) => {
      const decided = await means.pool.run(taskOf(index, c));
      if (decided === null) return null;
      fresh.add(index);
      return counted(decided);
    },
    journal: {
      known(index, c) {
        const decided = means.journal?.known(taskOf(index, c));
        return decided === undefined ? undefined : counted(decided);
      },
      keep: (_, { decided }) => means.journal?.keep(theorem.id, decided),
    },
    stopped: means.stopped,
    onCase: (_, inScope) => {
      const rate = fresh.size / secondsSince(start);
      const left = rate === 0 ? "" : `, ${rate.toFixed(0)} a second, ${((asked - inScope) / rate).toFixed(0)} s left`;
      means.terminal.progress(`${theorem.id}: ${inScope} of ${asked} cases${left}`);
    },
  });
  means.terminal.progress(null);
  return theoremPart(theorem, dynamicsFor(o), drawn.from, campaign, secondsSince(start));
}

const ORDER: readonly VerdictWord[] = ["refuted", "suspect", "inconclusive", "out-of-scope", "holds"];

export async function conduct(o: Orders, means: Means): Promise<VerifyDocument> {
  const theorems: TheoremPart[] = [];
  for (const id of o.theorems)
    theorems.push(await conductTheorem(listedAs("verify", means.catalogue ?? SHIPPED, id), o, means));
  const { optimizer, cases, caseSeconds } = o;
  return {
    schemaVersion: SCHEMA_VERSION,
    command: "verify",
    verdict: ORDER.find((w) => theorems.some((p) => p.verdict === w)) ?? "inconclusive",
    seed: o.seed,
    ...(o.files === undefined ? {} : { files: o.files }),
    ...(o.shard === null ? {} : { shard: { ...o.shard, cases, optimizer, caseSeconds } }),
    repeat: repeatLine(o),
    theorems,
    versions: versions(),
    timing: { seconds: secondsSince(means.start) },
  };
}
