/**
 * The ladder of evidence: how a statement was established, weakest first.
 * `assumed` (cited or taken for granted), `observed` (seen along one run), `sampled` (seen on random cases),
 * `certified` (a certificate the judge accepts), `exact` (decided by exact algebra).
 */
export const EVIDENCE = ["assumed", "observed", "sampled", "certified", "exact"] as const;

export type Evidence = (typeof EVIDENCE)[number];

/** The weaker of two grades. */
export function weaker(a: Evidence, b: Evidence): Evidence {
  return EVIDENCE.indexOf(a) <= EVIDENCE.indexOf(b) ? a : b;
}

/** The weakest grade of a list; `null` for an empty list, since nothing was established. */
export function weakest(grades: readonly Evidence[]): Evidence | null {
  return grades.length === 0 ? null : grades.reduce(weaker);
}
