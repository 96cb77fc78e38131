/**
 * What a counterexample says of a theorem that is known here (of the catalogue, or a false one, maybe without a hypothesis) is held to that
 * theorem: its words, the ids of its hypotheses and claims, and the structural hypotheses, decided again on the case. Nothing is
 * trained. Of a theorem that is not known here only the replay word is compared with the case.
 */
import { covers } from "../../proofs/index.js";
import type { DocumentJudgment } from "../certify/documents/finding.js";
import { isRecord } from "../certify/reading.js";
import type { Case } from "../kernel/case.js";
import { UseError } from "../kernel/use-error.js";
import { clipped } from "../models/data/decimal.js";
import { createBench } from "../verify/bench.js";
import { dynamicsOf, type Entry, type Theorem } from "../verify/theorem.js";
import { checkCase } from "./check-case.js";
import { readCase } from "./read-json.js";
import { replayLine, splitLine, unpacked } from "./replay-line.js";
import { droppedIn, theoremNamed } from "./theorem-named.js";
import type { Rejudged } from "./work/tasks.js";

type Part = Readonly<Record<string, unknown>>;

const statement = (where: string, fault: string | null, yes: string): DocumentJudgment => ({
  ...{ where, kind: "statement", accepted: fault === null },
  says: fault ?? yes,
});

/** Null where it throws a sentence. */
function orNull<T>(make: () => T): T | null {
  try {
    return make();
  } catch (error) {
    if (error instanceof UseError) return null;
    throw error;
  }
}

/** The theorem of this id; null where it is not known here. */
const knownHere = (id: string): Theorem | null => orNull(() => theoremNamed(id));

const recordsOf = (value: unknown): readonly Part[] => (Array.isArray(value) ? value.filter(isRecord) : []);

function wordFault(replay: unknown, c: Case): string | null {
  if (typeof replay !== "string") return "there is none";
  const own = replayLine(c, null);
  if (replay === own) return null; // also where the case is too long for a word
  const held = orNull(() => readCase(unpacked(splitLine(replay).word), "replay word"));
  return held !== null && JSON.stringify(held) === JSON.stringify(c) && splitLine(replay).file === splitLine(own).file
    ? null
    : "it holds another case";
}

function wordsOf(run: Part, theorem: Theorem, dynamics: string, { hypotheses, claims }: Entry): DocumentJudgment[] {
  const rows = recordsOf(run.hypotheses);
  const sameRows =
    rows.length === hypotheses.length &&
    hypotheses.every(({ id, statement: says }, i) => rows[i]?.id === id && rows[i]?.statement === says);
  const shown = recordsOf(run.claims);
  const sameClaims = shown.length === claims.length && claims.every(({ id }, i) => shown[i]?.id === id);
  const other = (same: boolean): string | null => (same ? null : `it is not what ${theorem.id} says`);
  return [
    statement("run.statement", other(run.statement === theorem.statement), "what the theorem says"),
    statement("run.dynamics", run.dynamics === dynamics ? null : `the optimizer is one of ${dynamics}`, dynamics),
    statement("run.hypotheses", other(sameRows), "those of the theorem, each once"),
    statement("run.claims", other(sameClaims), "those of the theorem, each once"),
  ];
}

async function decidedAgain(
  doc: Part,
  run: Part,
  theorem: Theorem,
  c: Case,
): Promise<{ readonly judgments: DocumentJudgment[]; readonly stated: readonly string[] }> {
  const { brings } = theorem;
  const bench = createBench(
    c,
    { cancelled: () => null },
    { toLimit: true, ...(brings === undefined ? {} : { own: brings }) },
  );
  const dynamics = dynamicsOf(bench.optimizer.facts);
  const entry = theorem.entries[dynamics];
  const judgments = wordsOf(run, theorem, dynamics, entry);
  const rows = recordsOf(run.hypotheses);
  const stated: string[] = [];
  for (const [i, h] of entry.hypotheses.entries()) {
    if (h.kind === "asymptotic") {
      stated.push(h.id);
      continue;
    }
    const { decided, evidence } = await h.decide(bench);
    const same = rows[i]?.decided === decided && rows[i]?.evidence === evidence;
    const fault = same ? null : `decided again on the case it is ${String(decided)}, ${evidence}`;
    judgments.push(statement(`run.hypotheses[${i}]`, fault, `${h.id}: decided again, ${String(decided)}`));
  }
  const { id, without } = droppedIn(theorem.id);
  if (without === null) return { judgments, stated };
  const whole = theoremNamed(id).entries[dynamics].hypotheses.find((h) => h.id === without);
  if (whole?.kind === "asymptotic") return { judgments, stated: [...stated, without] };
  const row = whole === undefined ? null : await whole.decide(bench);
  const dropped = isRecord(doc.dropped) ? doc.dropped : {};
  const same = row?.decided === false && dropped.evidence === row.evidence && dropped.statement === row.statement;
  const fault = same ? null : `decided again on the case it is ${row === null ? "none of its" : String(row.decided)}`;
  return { judgments: [...judgments, statement("dropped", fault, `${without}: decided again, false`)], stated };
}

async function counterexampleAgain(doc: Part): Promise<Rejudged> {
  const run = isRecord(doc.run) ? doc.run : {};
  const id = typeof run.theorem === "string" ? run.theorem : "";
  const c = orNull(() => readCase(doc.case, "case"));
  if (c === null) return { judgments: [statement("case", "it is no case", "")], notJudged: [] };
  const word = statement("run.replay", wordFault(run.replay, c), "its replay word holds this very case");
  const theorem = knownHere(id);
  if (theorem === null)
    return {
      judgments: [word],
      notJudged: [
        `the theorem ${clipped(id)} is not of the catalogue: what it supposes and claims, and how its hypotheses are decided, is as the document states`,
      ],
    };
  if (!covers(theorem, c) || orNull(() => checkCase(c, "case", theorem.brings ?? {})) === null)
    return {
      judgments: [word, statement("case", "the theorem does not speak of such a network, or it cannot be built", "")],
      notJudged: [],
    };
  const { judgments, stated } = await decidedAgain(doc, run, theorem, c);
  return {
    judgments: [word, ...judgments],
    notJudged: [
      `${stated.join(", ")}, and that the run ends at what the certificates are about, are as the document states; replay makes the run again`,
    ],
  };
}

/** Of any other document nothing. */
export async function ledgerAgain(document: Part): Promise<Rejudged> {
  if (document.command === "counterexample") return counterexampleAgain(document);
  const { counterexample } = document;
  if (document.command !== "falsify" || !isRecord(counterexample)) return { judgments: [], notJudged: [] };
  const { judgments, notJudged } = await counterexampleAgain(counterexample);
  return { judgments: judgments.map((j) => ({ ...j, where: `counterexample.${j.where}` })), notJudged };
}
