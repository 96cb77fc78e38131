/**
 * The hunt for a smallest counterexample: the first random case of a space on which a theorem is refuted with a certificate, made
 * smaller as long as it is (shrink/). A refutation keeps its violation at least ten error bars large, so the smallest case is
 * convincing and not a rounding artifact; and where the optimum at the end of the run is one of many (one-of-many.ts), it does
 * not count: shrinking does not cross from one optimum to many.
 */
import type { Case } from "../../src/kernel/case.js";
import type { Theorem } from "../../src/verify/theorem.js";
import { type CaseVerdict, verifyCase } from "../../src/verify/verify-case.js";
import { type CaseSpace, caseStream } from "../arbitraries/case.js";
import { shrink } from "../shrink/shrink.js";
import { endsAtOneOfMany } from "./one-of-many.js";
import { simpler } from "./simpler.js";

export interface Hunted {
  readonly case: Case;
  readonly result: CaseVerdict;
  /** Cases tried up to the first refutation, and shrinking steps after it. */
  readonly tried: number;
  readonly shrinks: number;
}

const never = { cancelled: () => null };

/** A refutation that counts. */
export const convinces = (theorem: Theorem, c: Case, { verdict }: CaseVerdict): boolean =>
  verdict === "refuted" && !endsAtOneOfMany(c, theorem);

/** The first of the simpler cases that is refuted too; null at a smallest one. */
export async function simplerRefutation(theorem: Theorem, c: Case, space: CaseSpace): Promise<Case | null> {
  for (const other of simpler(c, space))
    if (convinces(theorem, other, await verifyCase(theorem, other, never))) return other;
  return null;
}

/** `null` when `runs` cases in the space show no certified refutation; `plant` puts into each what the hunt is for. */
export async function hunt(
  theorem: Theorem,
  space: CaseSpace,
  seed: number,
  runs: number,
  plant: (c: Case) => Case = (c) => c,
): Promise<Hunted | null> {
  const refutedOn = async (c: Case): Promise<CaseVerdict | null> => {
    const result = await verifyCase(theorem, c, never);
    return convinces(theorem, c, result) ? result : null;
  };
  for (const [i, drawn] of caseStream(space, seed, runs).entries()) {
    const c = plant(drawn);
    const result = await refutedOn(c);
    if (result === null) continue;
    const { steps, ...smallest } = await shrink(space, { case: c, result }, refutedOn);
    return { case: smallest.case, result: smallest.result, tried: i + 1, shrinks: steps };
  }
  return null;
}
