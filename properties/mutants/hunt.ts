/**
 * The hunt for a smallest counterexample: fast-check looks for a case on which the theorem is refuted with a certificate
 * and shrinks it, in the order of the case arbitrary. A refutation keeps its violation at least ten error bars large, so
 * the smallest case is convincing and not a rounding artifact.
 */
import fc from "fast-check";
import type { Case } from "../../src/kernel/case.js";
import type { Theorem } from "../../src/verify/theorem.js";
import { type CaseVerdict, verifyCase } from "../../src/verify/verify-case.js";
import { type CaseSpace, caseArbitrary } from "../arbitraries/case.js";

export interface Hunted {
  readonly case: Case;
  readonly result: CaseVerdict;
  /** Cases tried before the first refutation, and shrinking steps after it. */
  readonly tried: number;
  readonly shrinks: number;
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
    const result = await verifyCase(theorem, c, { cancelled: () => null });
    memo.set(key, result);
    return result;
  };
  const property = fc.asyncProperty(caseArbitrary(space), async (c) => (await decide(plant(c))).verdict !== "refuted");
  const details = await fc.check(property, { seed, numRuns: runs, endOnFailure: false });
  if (!details.failed || details.counterexample === null) return null;
  const smallest = plant(details.counterexample[0]);
  return { case: smallest, result: await decide(smallest), tried: details.numRuns, shrinks: details.numShrinks };
}
