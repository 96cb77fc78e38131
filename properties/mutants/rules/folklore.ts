/** What is often said of linear networks, and is not so. */
import { fullyConnectedL2 } from "../../../proofs/theorems/fully-connected-l2.js";
import { solveCommon } from "../../../src/exact/linear.js";
import { dotIntegers } from "../../../src/exact/vector.js";
import { type Dataset, signedRows } from "../../../src/kernel/dataset.js";
import type { Bench } from "../../../src/verify/bench.js";
import { limitIs } from "../../../src/verify/claims/claimed-limit.js";
import type { Claim, ClaimResult } from "../../../src/verify/theorem.js";
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
const silent = (why: string): ClaimResult => ({
  finding: { claim: mean.id, outcome: "silent", why },
  certificates: [],
});

/** With one class only there is no difference to speak of. */
const classMeans: Claim = Object.freeze({
  ...ofClasses,
  check: async (bench: Bench) =>
    new Set(bench.dataset.y).size === 2 ? ofClasses.check(bench) : silent("a class has no points"),
});

/** By coefficients over one denominator, of the points themselves: the least-norm b with y_n <x_n, b> = 1, up to a factor. */
function interpolator(rows: readonly (readonly bigint[])[]): bigint[] | null {
  const gram = rows.map((a) => rows.map((b) => dotIntegers(a, b)));
  const found = solveCommon(
    gram,
    rows.map(() => 1n),
  );
  return found === null ? null : rows[0]!.map((_, d) => rows.reduce((s, row, n) => s + found.n[n]! * row[d]!, 0n));
}

/**
 * One point more, farther than the others along the interpolator, so that the mean is along it. Its product with the l2 max
 * margin is positive, as all multipliers there are: far enough out, the point is no constraint, and the limit is as before.
 */
const FAR = 1000n;
function meanInterpolates(set: Dataset): Dataset {
  const rows = signedRows(set);
  const along = interpolator(rows);
  if (along === null) return set;
  const sum = rows.reduce((s, row) => s.map((x, d) => x + row[d]!), new Array<bigint>(along.length).fill(0n));
  return { ...set, X: [...set.X, along.map((x, d) => FAR * x - sum[d]!)], y: [...set.y, 1] };
}
const ofInterpolator = claimOf(
  mean,
  "all points are support vectors: the predictor converges in direction to the least-norm solution of y_n <x_n, b> = 1",
  { data: meanInterpolates, weights: (q) => Float64Array.from([...q, 0]) },
);
/** Dependent points may have no such solution. */
const allSupport: Claim = Object.freeze({
  ...ofInterpolator,
  check: async (bench: Bench) =>
    interpolator(signedRows(bench.dataset)) === null ? silent("the points are dependent") : ofInterpolator.check(bench),
});

const full = (id: string, claim: Claim): Mutant =>
  refuted(
    { of: fullyConnectedL2, rule: "folklore", theorem: claiming(fullyConnectedL2, id, claim), space: SMALL_FULL },
    "counterexample",
  );

export const FOLKLORE: readonly Mutant[] = Object.freeze([
  full("mean", mean),
  full("class-means", classMeans),
  full("all-support-vectors", allSupport),
]);
