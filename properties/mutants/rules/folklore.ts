/** What is often said of linear networks, and is not so. */
import { fullyConnectedL2 } from "../../../proofs/theorems/fully-connected-l2.js";
import type { Dataset } from "../../../src/kernel/dataset.js";
import type { Bench } from "../../../src/verify/bench.js";
import { limitIs } from "../../../src/verify/claims/claimed-limit.js";
import type { Claim } from "../../../src/verify/theorem.js";
import { claiming, type Mutant, refuted } from "../mutant.js";
import { SMALL_FULL } from "../small.js";
import { claimOf } from "../view.js";

const mean = limitIs({ kind: "mean" }, "the predictor converges in direction to the mean of the y_n x_n");

/** Each point as often as the other class has points: the mean of the y_n x_n is then the difference of the class means. */
function balanced(set: Dataset): Dataset {
  const positive = set.y.filter((y) => y === 1).length;
  const times = (y: number): number => Math.max(1, y === 1 ? set.y.length - positive : positive);
  const repeat = <T>(list: readonly T[]): T[] =>
    list.flatMap((x, n) => Array.from({ length: times(set.y[n]!) }, () => x));
  return { ...set, X: repeat(set.X), y: repeat(set.y) };
}

const ofClasses = claimOf(mean, "the predictor converges in direction to the difference of the class means", {
  data: balanced,
});
/** With one class only there is no difference to speak of. */
const classMeans: Claim = Object.freeze({
  ...ofClasses,
  check: async (bench: Bench) =>
    new Set(bench.dataset.y).size === 2
      ? ofClasses.check(bench)
      : {
          finding: { claim: ofClasses.id, outcome: "silent", why: "a class has no points" } as const,
          certificates: [],
        },
});

const full = (id: string, claim: Claim): Mutant =>
  refuted(
    { of: fullyConnectedL2, rule: "folklore", theorem: claiming(fullyConnectedL2, id, claim), space: SMALL_FULL },
    "counterexample",
  );

export const FOLKLORE: readonly Mutant[] = Object.freeze([full("mean", mean), full("class-means", classMeans)]);
