/**
 * First-order stationary points of min sum_k |bhat_k|^p s.t. margins >= 1 in Fourier coordinates, as many as are found: for
 * each support and each active set that can determine it, Newton's method on margins 1 from random multipliers, x being what
 * they make it; and re-weighted least squares on each support from random starts. A support may carry several points, so
 * that the list is not known to be complete; with one point in the data it is, since then each support carries exactly one,
 * x_k proportional to |z_k|^(-1/(1-p)) z_k / |z_k|. Cost: starts times supports times active sets.
 */
import { coefficientReader, restrictedRows } from "../../exact/coefficient-rows.js";
import { signedRows } from "../../kernel/dataset.js";
import { type RandomStream, randomStream } from "../../kernel/seed.js";
import { gaussian } from "../../numeric/gaussian.js";
import { certified, type StationaryPoint } from "./certify.js";
import { vertexPoint } from "./critical.js";
import { among, unclear } from "./identity.js";
import { guessesFrom } from "./local.js";
import { pointOnMargins } from "./multipliers.js";
import { polished } from "./polish.js";
import { coordinatesOf, type Proposal, type StationaryProblem } from "./problem.js";
import { distinctRows, type Found } from "./signal-all.js";

/** Starts for each support and active set, and for each support alone. */
const STARTS = 8;
const DESCENTS = 4;
/** Supports times active sets that are searched one by one; beyond, re-weighted least squares choose the active sets. */
const SETS = 20_000;
/** Proposals of one support and active set that are nearer are one. */
const CLOSE = 1e-9;

function* subsets(of: readonly number[], most: number, from = 0): Generator<number[]> {
  if (most === 0) return;
  for (let i = from; i < of.length; i++) {
    yield [of[i]!];
    for (const rest of subsets(of, most - 1, i + 1)) yield [of[i]!, ...rest];
  }
}

const close = (a: Float64Array, b: Float64Array): boolean => {
  const peak = a.reduce((m, v) => Math.max(m, Math.abs(v)), 0);
  return a.every((v, i) => Math.abs(v - b[i]!) <= CLOSE * peak);
};

/** Margins below 1 by more than rounding, or multipliers below 0: not worth a certificate. */
function hopeless({ N, D, rows }: StationaryProblem, active: readonly number[], { x, alpha }: Proposal): boolean {
  if (active.some((n) => !(alpha[n]! > 0))) return true;
  for (let n = 0; n < N; n++) {
    let [margin, size] = [0, 0];
    for (let d = 0; d < D; d++) {
      margin += rows[n * D + d]! * x[d]!;
      size += Math.abs(rows[n * D + d]! * x[d]!);
    }
    if (margin < 1 - 1e-9 * (1 + size)) return true;
  }
  return false;
}

export function fourierPoints(problem: StationaryProblem, seed: bigint, checkpoint: () => void): Found {
  const { data, penalty, blocks, D } = problem;
  const rows = signedRows(data);
  const kept = distinctRows(rows);
  const reader = coefficientReader(penalty.space, D);
  const points: StationaryPoint[] = [];
  const open: string[] = [];
  const tried: { readonly key: string; readonly x: Float64Array }[] = [];

  const take = (support: readonly number[], active: readonly number[], proposal: Proposal | null): void => {
    if (proposal === null || hopeless(problem, active, proposal)) return;
    const key = `${support.join()};${active.join()}`;
    if (tried.some((t) => t.key === key && close(t.x, proposal.x))) return;
    tried.push({ key, x: proposal.x });
    const found = certified(problem, support, active, proposal, { reader });
    if (found.answer === "stationary") {
      const known = among(problem, points, found.point);
      if (known === "two") points.push(found.point);
      else if (known === "unknown") open.push(unclear(found.point));
    } else if (found.answer !== "not")
      open.push(`support {${support.join(", ")}}, active {${active.join(", ")}}: ${found.why}`);
  };

  const indices = blocks.map((_, k) => k);
  const supports = [...subsets(indices, indices.length)].filter((support) =>
    // a coefficient that is 0 in all points is 0 in every combination of them
    support.every((k) => restrictedRows(rows, penalty.space, [k]).some((r) => r.some((x) => x !== 0n))),
  );
  const sets = supports.map((s) => countOfSubsets(kept.length, coordinatesOf(problem, s).length));
  const each = sets.reduce((a, b) => a + b, 0) <= SETS;
  for (const support of supports) {
    checkpoint();
    const stream = randomStream(seed, `stationary/${support.join()}`);
    const size = coordinatesOf(problem, support).length;
    if (each)
      for (const active of subsets(kept, size)) {
        checkpoint();
        for (const proposal of proposalsOn(problem, support, active, size, stream)) take(support, active, proposal);
      }
    if (kept.length === 1) continue;
    const draw = gaussian(stream);
    for (let i = 0; i < DESCENTS; i++) {
      checkpoint();
      const start = new Float64Array(D);
      for (const j of coordinatesOf(problem, support)) start[j] = draw();
      for (const guess of guessesFrom(problem, start, support)) take(guess.support, guess.active, guess);
    }
  }
  if (kept.length === 1 && !supports.every((support) => points.some((x) => x.support.join() === support.join())))
    open.push("a support lacks the stationary point that it carries");
  if (kept.length > 1)
    open.push("a support of Fourier coefficients may carry more stationary points than those that were found");
  return { points, open: [...new Set(open)], exact: new Map() };
}

/** Subsets of at most `most` of n things, none left out. */
function countOfSubsets(n: number, most: number): number {
  let [term, sum] = [1, 0];
  for (let k = 1; k <= Math.min(n, most); k++) {
    term = (term * (n - k + 1)) / k;
    sum += term;
  }
  return sum;
}

function* proposalsOn(
  problem: StationaryProblem,
  support: readonly number[],
  active: readonly number[],
  size: number,
  stream: RandomStream,
): Generator<Proposal | null> {
  if (active.length === size) {
    yield vertexPoint(problem, support, active);
    return;
  }
  for (let i = 0; i < (active.length === 1 ? 1 : STARTS); i++) {
    const start = active.map(() => 0.02 + stream.uniform());
    const found = pointOnMargins(problem, support, active, start);
    if (found !== null) yield polished(problem, support, active, found) ?? found;
  }
}
