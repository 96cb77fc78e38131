/**
 * What determines a campaign, as plain data: it stands in the first line of a journal and, of a shard, in the report. What
 * only decides how long it takes (workers, budget) is not in it.
 */
import { casesInTurn, describeSpace } from "../../../properties/arbitraries/case.js";
import type { Case } from "../../kernel/case.js";
import { randomStream } from "../../kernel/seed.js";
import { UseError } from "../../kernel/use-error.js";
import { byName } from "../../models/by-name.js";
import { OPTIMIZERS } from "../../models/optimizers/index.js";
import { words } from "../../report/words.js";
import { type Dynamics, dynamicsOf } from "../../verify/theorem.js";
import type { FileRef } from "../user-file.js";
import { type Catalogue, listedAs, SHIPPED } from "./catalogue.js";

export interface Shard {
  readonly part: number;
  readonly of: number;
}

export interface OrderedFile extends FileRef {
  /** Those of its theorems that are verified. */
  readonly theorems: readonly string[];
}

export interface Orders {
  /** Ids of the theorems, in the order in which they run. */
  readonly theorems: readonly string[];
  /** The user's files that some of them are in; absent where all ship. */
  readonly files?: readonly OrderedFile[];
  readonly optimizer: string;
  readonly seed: string;
  /** In-scope cases asked of each theorem by the whole campaign. */
  readonly cases: number;
  /** Seconds after which a case that has not ended is stopped. */
  readonly caseSeconds: number;
  readonly shard: Shard | null;
}

/** More are drawn than asked, so that those out of scope (initializations that are not generic) do not end the campaign early. */
const RESERVE = 1.5;
const RESERVE_AT_LEAST = 20;
export const CASE_SECONDS = 60;

/** "i/n". */
export function shardValue(text: string): Shard {
  const m = /^([1-9][0-9]{0,8})\/([1-9][0-9]{0,8})$/.exec(text);
  const [part, of] = m === null ? [0, 0] : [Number(m[1]), Number(m[2])];
  if (part < 1 || part > of)
    throw new UseError(`verify: expected --shard to be I/N with 1 <= I <= N, such as 1/2, got "${text.slice(0, 40)}"`);
  return { part, of };
}

/** How many cases are asked of a theorem here: of a shard, its share. */
export const askedOf = ({ cases, shard }: Pick<Orders, "cases" | "shard">): number =>
  shard === null ? cases : Math.ceil((cases - shard.part + 1) / shard.of);

export const dynamicsFor = ({ optimizer }: Pick<Orders, "optimizer">): Dynamics =>
  dynamicsOf(byName("--optimizer", OPTIMIZERS, optimizer).facts);

export interface Drawn {
  readonly cases: Iterable<Case>;
  /** The space they were drawn from, in words. */
  readonly from: string;
}

/** The cases of one theorem, by their index, with a reserve; a shard takes of them until as many as its share are in scope. */
export function drawCases(theorem: string, o: Orders, catalogue: Catalogue = SHIPPED): Drawn {
  const dynamics = dynamicsFor(o);
  const listed = listedAs("verify", catalogue, theorem);
  const { optimizers, ...rest } = listed.spaceFor(dynamics)!;
  const own = listed.theorem.brings?.optimizers?.some(({ name }) => optimizers.includes(name)) ?? false;
  const space = { ...rest, optimizers: own ? optimizers : [o.optimizer] };
  const word = randomStream(BigInt(o.seed), `campaign/${theorem}/${dynamics}`).uint32();
  const cases = casesInTurn(space, word | 0, Math.ceil(o.cases * RESERVE) + RESERVE_AT_LEAST);
  return { cases, from: describeSpace(space) };
}

/** As they are named on the command line: a file stands for all its theorems. */
const wordsOf = ({ theorems, files = [] }: Orders): readonly string[] => {
  const inFiles = new Set(files.flatMap((f) => f.theorems));
  return [...theorems.filter((id) => !inFiles.has(id)), ...files.map((f) => f.file)];
};

/** The command line that draws the same cases again. */
export const repeatLine = (o: Orders): string =>
  [
    `biasproof verify ${wordsOf(o).join(" ")} --optimizer ${o.optimizer} --cases ${o.cases} --seed ${o.seed}`,
    ...(o.caseSeconds === CASE_SECONDS ? [] : [`--case-limit ${o.caseSeconds}s`]),
    ...(o.shard === null ? [] : [`--shard ${o.shard.part}/${o.shard.of}`]),
  ].join(" ");

/** Throws UseError where a theorem or the optimizer is not known, or a theorem has no random cases in its entry. */
export function checkOrders(who: string, o: Orders, catalogue: Catalogue = SHIPPED): void {
  const dynamics = dynamicsFor(o);
  for (const id of o.theorems) {
    if (listedAs(who, catalogue, id).spaceFor(dynamics) === null)
      throw new UseError(`${who}: expected a theorem with random cases for ${words(dynamics)}, got ${id}`);
  }
  if (o.theorems.length === 0 || new Set(o.theorems).size < o.theorems.length)
    throw new UseError(`${who}: expected one theorem or more, each once, got ${o.theorems.join(" ") || "none"}`);
  if (askedOf(o) < 1)
    throw new UseError(
      `${who}: expected a shard with a case, got ${o.shard?.part}/${o.shard?.of} of ${o.cases} case${o.cases === 1 ? "" : "s"}`,
    );
}
