/**
 * The words of a document that are not its own: what a theorem of the catalogue says and rests on is read again from the
 * catalogue, and network, settings and data of a run or of the cases of a campaign from their replay words. What neither knows is
 * named. Costs the checks of the proofs' lemmas; trains nothing.
 */
import { covers, THEOREMS, theoremFor } from "../../proofs/index.js";
import { type DocumentJudgment, statement } from "../certify/documents/finding.js";
import { isRecord } from "../certify/reading.js";
import type { Case } from "../kernel/case.js";
import { clipped } from "../models/data/decimal.js";
import { readProof } from "../verify/proof-node.js";
import type { Theorem } from "../verify/theorem.js";
import type { Replayed } from "./replay-line.js";
import { dataPart, settingsPart } from "./run-case.js";
import { listOf, type Part, rowsOf, runIn, sameData, sameJson, wordOf } from "./word-again.js";

interface Again {
  readonly judgments: readonly DocumentJudgment[];
  readonly notJudged: readonly string[];
}

const known = (id: unknown): Theorem | undefined => THEOREMS.find((t) => t.id === id);

const STRANGE = "is not of the catalogue: what it supposes and claims, and of which networks, this document alone says";
const strange = (id: unknown): string[] =>
  typeof id === "string" && known(id) === undefined ? [`the theorem ${clipped(id)} ${STRANGE}`] : [];

/** The places of a record that are not as they should be. */
const differing = (shown: Part, own: Part): string[] =>
  Object.keys(own).filter((key) => !sameJson(shown[key], own[key]));

/** Are these rows among what the entry says, in its words? */
const inItsWords = (rows: unknown, own: readonly { readonly id: string; readonly statement: string }[]): boolean =>
  listOf(rows).every((row) => isRecord(row) && own.some((h) => h.id === row.id && h.statement === row.statement));

/** Statement, proof and rows of a theorem as the catalogue has them. */
function sayings(theorem: Theorem, part: Part, at: string, campaign: boolean): DocumentJudgment {
  const proof = readProof(theorem.proof);
  const { title, statement: said, notClaimed } = theorem;
  const own = { statement: said, notClaimed, restsOn: proof.restsOn, cited: proof.cited };
  const { hypotheses, claims } =
    theorem.entries[part.dynamics === "gradient-descent" ? "gradient-descent" : "gradient-flow"];
  const wrong = [
    ...differing(part, campaign ? { title, ...own } : own),
    ...(isRecord(part.evidence) && part.evidence.proof === proof.evidence ? [] : ["evidence.proof"]),
    ...(inItsWords(part.hypotheses, hypotheses) ? [] : ["hypotheses"]),
    ...(!campaign || inItsWords(part.claims, claims) ? [] : ["claims"]),
  ];
  return statement(
    `${at}statement`,
    wrong.length === 0,
    `it says and rests on what ${theorem.id} does in the catalogue`,
    `not as ${theorem.id} has it in the catalogue: ${wrong.join(", ")}`,
  );
}

/** Would a replay of this case be about the theorem? */
const isOf = (theorem: Theorem, c: Case): boolean =>
  c.file === undefined && (c.theorem ?? theoremFor(c).id) === theorem.id && covers(theorem, c);

/** What a run's document shows of its case. */
function settings(
  { case: c, data }: Replayed,
  { at, run }: { readonly at: string; readonly run: Part },
): DocumentJudgment {
  const own = settingsPart(c);
  const shown = isRecord(run.settings) ? run.settings : {};
  const { name, points, shape, ...columns } = dataPart(c, data);
  const theorem = known(run.theorem);
  const certificates = listOf(run.certificates);
  const wrong = [
    ...differing({ options: undefined, ...shown }, { options: undefined, ...own }),
    ...Object.keys(shown).filter((key) => !(key in own)),
    // The names of columns and classes are in no word that holds the data themselves.
    ...differing(isRecord(run.data) ? run.data : {}, { name, points, shape, ...(data === null ? {} : columns) }),
    ...(certificates.length > 0 && certificates.every((x) => isRecord(x) && sameData(c, x.data)) ? [] : ["data"]),
    // A counterexample is one of the theorem that was asked for, whatever its case is replayed as.
    ...(at !== "" || theorem === undefined || isOf(theorem, c) ? [] : ["theorem"]),
  ];
  return statement(
    `${at}settings`,
    wrong.length === 0,
    "network, settings and data are those of the replay word",
    `not those of the replay word: ${[...new Set(wrong)].join(", ")}`,
  );
}

const OPEN =
  "network, settings and data are those of the replay word: it does not hold the case, or what it names does not ship";

function ofRun(found: { readonly at: string; readonly run: Part }): Again {
  const { at, run } = found;
  const theorem = known(run.theorem);
  const word = wordOf(run.replay);
  return {
    judgments: [
      ...(theorem === undefined ? [] : [sayings(theorem, run, at, false)]),
      ...(word === null ? [] : [settings(word, found)]),
    ],
    // Of a ledger ledger-again.ts says who knows the theorem.
    notJudged: [...(at === "" ? strange(run.theorem) : []), ...(word === null ? [`whether ${OPEN}`] : [])],
  };
}

/** Is the row about the case of its word, and so are the certificates that it counts as its own? */
function rowFits(c: Case, row: Part, certificates: readonly unknown[], theorem: Theorem | undefined): boolean {
  const { architecture, depth, data } = c;
  return (
    differing(row, { architecture, depth, points: data.json.X.length, shape: data.shape }).length === 0 &&
    certificates.every((x) => isRecord(x) && sameData(c, x.data)) &&
    (theorem === undefined || isOf(theorem, c))
  );
}

function ofCampaign(part: Part, at: string): Again {
  const theorem = known(part.id);
  const rows = rowsOf(part).map(({ row, certificates }, i) => {
    const word = wordOf(row.replay);
    return { i, fits: word === null ? null : rowFits(word.case, row, certificates, theorem) };
  });
  const open = rows.filter((r) => r.fits === null).length;
  const wrong = rows.filter((r) => r.fits === false).map(({ i }) => `${at}cases[${i}].replay`);
  return {
    judgments: [
      ...(theorem === undefined ? [] : [sayings(theorem, part, at, true)]),
      ...wrong.map((where) => statement(where, false, "", "network, theorem or data are not those of its replay word")),
      ...(wrong.length > 0 || open === rows.length
        ? []
        : [statement(`${at}cases.replay`, true, "networks and data are those of the replay words", "")]),
    ],
    notJudged: [...strange(part.id), ...(open === 0 ? [] : [`of ${open} cases, whether ${OPEN}`])],
  };
}

export function catalogueAgain(document: Part): Again {
  const found = runIn(document);
  const parts =
    document.command === "verify"
      ? listOf(document.theorems).flatMap((t, i) => (isRecord(t) ? [ofCampaign(t, `theorems[${i}].`)] : []))
      : found === null
        ? []
        : [ofRun(found)];
  return { judgments: parts.flatMap((p) => p.judgments), notJudged: parts.flatMap((p) => p.notJudged) };
}
