/**
 * The words of the trade, for a reader who meets them for the first time: what each stands for, in one line. A report
 * explains those that it uses. One place, so that the terminal, the page and the summary say the same. Plain text.
 */
import type { Evidence } from "../kernel/evidence.js";
import { EVIDENCE_WORDS } from "./words.js";

export interface Term {
  readonly name: string;
  readonly means: string;
  /** How it is spelled in running text; null for a word that only the page, which has room, explains. */
  readonly spelled: RegExp | null;
}

const TERMS: readonly Term[] = [
  {
    name: "direction",
    means:
      "a predictor divided by its length; training makes the length grow without end, so only the direction has a limit",
    spelled: null,
  },
  {
    name: "predicted",
    means:
      "the direction that the theorem names: the solution of a max-margin problem, computed exactly, without training",
    spelled: null,
  },
  {
    name: "margin",
    means: "y <x, b>: positive where the predictor b puts the point x on its side y; the least over the points counts",
    spelled: null,
  },
  {
    name: "log(1/loss)",
    means: "how far training got: 64 stands for a loss of e^-64; it grows without end as the loss goes to 0",
    spelled: /log\(1\/loss\)/,
  },
  {
    name: "limit",
    means: "where the predictor ends up as the loss goes to 0, the run followed past the end of floating point",
    spelled: /(?<![-\w])limit(?![-\w])/,
  },
  {
    name: "residual",
    means: "by how much a condition is missed at the limit, relative, bounded from above: no unit, 0 is exact",
    spelled: /\bresiduals?\b/,
  },
  {
    name: "margin gap",
    means: "the share of the best possible margin that the limit may miss, bounded from above with no solver trusted",
    spelled: /\bmargin gap\b/,
  },
  {
    name: "own weights",
    means: "how hard each point pulls at the end, read off the run: numbers >= 0 with sum 1, never fitted afterwards",
    spelled: /\bown weights\b|\bcarry the limit\b/,
  },
  {
    name: "octave",
    means: "a doubling of log(1/loss); directions settle so slowly that their progress is counted in doublings",
    spelled: /\boctaves?\b/,
  },
  {
    name: "no solver",
    means: "a bound of the same angle from the run and the data alone: weaker, but no computed optimum is trusted",
    spelled: null,
  },
  {
    name: "in scope",
    means: "a case that the theorem speaks of: no hypothesis is false there; the others are set aside, not counted",
    spelled: /\bin scope\b/,
  },
  {
    name: "worst, median",
    means: "the largest and the middle one over the cases in scope, in the measure that is named beside them",
    spelled: /\bworst\b/,
  },
  {
    name: "cannot tell",
    means: "the run shows too little to support the claim, and nothing against it",
    spelled: /\bcannot tell\b/,
  },
  {
    name: "gradient flow",
    means: "gradient descent with steps that tend to 0; loss-normalized descent follows the same path in another time",
    spelled: /\bgradient flow\b/,
  },
  {
    name: "rests on",
    means: "results of others that the proof quotes; nobody checked them here, so the proof counts as assumed",
    spelled: /\b(rests|Rests) on\b/,
  },
];

const EVIDENCE_TERMS: readonly Term[] = (Object.keys(EVIDENCE_WORDS) as Evidence[]).map((name) => ({
  name,
  means: EVIDENCE_WORDS[name],
  spelled: new RegExp(`\\b${name}\\b`),
}));

/** The terms that a text uses, in the order of the list; those of evidence only where the text does not explain them. */
export function termsIn(text: string, evidence: boolean): readonly Term[] {
  return [...TERMS, ...(evidence ? EVIDENCE_TERMS : [])].filter((t) => t.spelled?.test(text) === true);
}

/** All terms but the words of evidence, which the page explains by themselves. */
export const ALL_TERMS: readonly (readonly [string, string])[] = TERMS.map((t) => [t.name, t.means]);
