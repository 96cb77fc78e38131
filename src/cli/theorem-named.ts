/**
 * A theorem by the word that a command line or a case names it by: of the catalogue, or a false one (a mutant), either of them
 * without one of its hypotheses where "~without:HYPOTHESIS" follows.
 */
import { THEOREMS } from "../../proofs/index.js";
import { mutantNamed } from "../../properties/mutants/registry.js";
import { UseError } from "../kernel/use-error.js";
import { byName } from "../models/by-name.js";
import { clipped } from "../models/data/decimal.js";
import type { Entry, Theorem } from "../verify/theorem.js";

const MARK = "~without:";

/** The ids of its hypotheses in either entry. */
const hypothesesOf = ({ entries }: Theorem): readonly string[] => [
  ...new Set(Object.values(entries).flatMap((e: Entry) => e.hypotheses.map((h) => h.id))),
];

/** One hypothesis less; UseError where it has none of that name. */
export function withoutHypothesis(theorem: Theorem, hypothesis: string): Theorem {
  const ids = hypothesesOf(theorem);
  if (!ids.includes(hypothesis))
    throw new UseError(`${theorem.id}: expected a hypothesis among ${ids.join(", ")}, got ${clipped(hypothesis)}`);
  const dropped = Object.values(theorem.entries)
    .flatMap((e: Entry) => e.hypotheses)
    .find((h) => h.id === hypothesis)!;
  const less = (e: Entry): Entry => ({ ...e, hypotheses: e.hypotheses.filter((h) => h.id !== hypothesis) });
  return Object.freeze({
    ...theorem,
    id: `${theorem.id}${MARK}${hypothesis}`,
    statement: `Without the hypothesis that ${dropped.statement}: ${theorem.statement}`,
    entries: {
      "gradient-flow": less(theorem.entries["gradient-flow"]),
      "gradient-descent": less(theorem.entries["gradient-descent"]),
    },
  });
}

/** An id, and the hypothesis that it says is dropped, or null. */
export function droppedIn(word: string): { readonly id: string; readonly without: string | null } {
  const at = word.indexOf(MARK);
  return at < 0 ? { id: word, without: null } : { id: word.slice(0, at), without: word.slice(at + MARK.length) };
}

export function theoremNamed(word: string): Theorem {
  const { id, without } = droppedIn(word);
  if (without !== null) return withoutHypothesis(theoremNamed(id), without);
  const named = THEOREMS.map((t) => ({ name: t.id, theorem: t }));
  return mutantNamed(word)?.theorem ?? byName("theorem", named, clipped(word)).theorem;
}
