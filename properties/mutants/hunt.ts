/**
 * The hunt for a smallest counterexample: fast-check looks for a case on which the theorem is refuted with a certificate
 * and shrinks it, in the order of the case arbitrary; then single simplifications are tried until none is left that is
 * refuted too. A refutation keeps its violation at least ten error bars large, so the smallest case is convincing and not a
 * rounding artifact; and where the optimum at the end of the run is one of many, it does not count: simplifying does not
 * cross from one optimum to many.
 */
import fc from "fast-check";
import type { Case } from "../../src/kernel/case.js";
import { createBench } from "../../src/verify/bench.js";
import type { Theorem } from "../../src/verify/theorem.js";
import { type CaseVerdict, verifyCase } from "../../src/verify/verify-case.js";
import { type CaseSpace, caseArbitrary } from "../arbitraries/case.js";
import { simpler } from "./simpler.js";

export interface Hunted {
  readonly case: Case;
  readonly result: CaseVerdict;
  /** Cases tried before the first refutation, and shrinking steps after it. */
  readonly tried: number;
  readonly shrinks: number;
}

const never = { cancelled: () => null };

/** Does the run end at one of many optima, as far as the engine can tell? */
function endsAtOneOfMany(c: Case, { brings }: Theorem): boolean {
  const bench = createBench(c, never, { toLimit: true, ...(brings === undefined ? {} : { own: brings }) });
  return bench.limit()?.point?.unique.value === false;
}

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
  const memo = new Map<string, CaseVerdict>(); // entries outside the used rows shrink to the very same case
  const decide = async (c: Case): Promise<CaseVerdict> => {
    const key = JSON.stringify(c);
    const known = memo.get(key);
    if (known !== undefined) return known;
    const result = await verifyCase(theorem, c, never);
    memo.set(key, result);
    return result;
  };
  const property = fc.asyncProperty(caseArbitrary(space), async (c) => {
    const planted = plant(c);
    return !convinces(theorem, planted, await decide(planted));
  });
  const details = await fc.check(property, { seed, numRuns: runs, endOnFailure: false });
  if (!details.failed || details.counterexample === null) return null;
  let [smallest, more] = [plant(details.counterexample[0]), 0];
  for (let next = await simplerRefutation(theorem, smallest, space); next !== null; more++) {
    smallest = next;
    next = await simplerRefutation(theorem, smallest, space);
  }
  return { case: smallest, result: await decide(smallest), tried: details.numRuns, shrinks: details.numShrinks + more };
}
