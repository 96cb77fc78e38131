/**
 * All (support, signs, active set) in the signal's own entries that can carry a stationary point, for any p < 1: the face of
 * the points with margin 1 is not empty for these signs, and the combination of the active points with positive weights can
 * have them. Found by a search over active sets, then coordinate by coordinate over the signs +, -, 0, with both conditions
 * decided exactly at each step where the last witness does not settle them. The active points are independent on the support,
 * which is no loss: weights of a combination may be moved to such ones (Caratheodory). Cost: the programmes that `budget` counts.
 */
import { independentRows } from "../../exact/linear.js";
import { dualWitness, type Label, primalWitness } from "./faces.js";

export interface Cell {
  readonly support: readonly number[];
  readonly signs: readonly (1 | -1)[];
  readonly active: readonly number[];
  /** Weights > 0 on the active points whose combination has these signs. */
  readonly alpha: readonly bigint[];
}

/** How many programmes the search may solve; it counts down, and ends the search at 0. */
export interface Budget {
  left: number;
}

type Rows = readonly (readonly bigint[])[];
const signOf = (x: bigint): Label => (x > 0n ? 1 : x < 0n ? -1 : 0);

export function* cells(rows: Rows, budget: Budget, checkpoint: () => void): Generator<Cell> {
  const [N, D] = [rows.length, rows[0]!.length];
  const programme = <T>(solve: () => T | null): T | null => {
    if (budget.left <= 0) return null;
    budget.left -= 1;
    checkpoint();
    return solve();
  };

  function* labelled(
    active: readonly number[],
    labels: Label[],
    d: number,
    b: readonly bigint[],
    alpha: readonly bigint[],
  ): Generator<Cell> {
    if (d === D) {
      const support = labels.flatMap((label, k) => (label === 0 ? [] : [k]));
      const inside = active.map((n) => support.map((k) => rows[n]![k]!));
      if (independentRows(inside).length < active.length) return;
      yield { support, signs: support.map((k) => labels[k] as 1 | -1), active, alpha };
      return;
    }
    const pull = active.reduce((sum, n, j) => sum + alpha[j]! * rows[n]![d]!, 0n);
    const known = labels.slice(0, d).filter((label) => label !== 0).length;
    for (const label of [1, -1, 0] as const) {
      if (label === 0 && known + D - d - 1 < active.length) continue;
      labels[d] = label;
      const weights =
        label === 0 || signOf(pull) === label ? alpha : programme(() => dualWitness(rows, active, labels));
      const point =
        weights === null || signOf(b[d]!) === label ? b : programme(() => primalWitness(rows, active, labels));
      if (weights !== null && point !== null) yield* labelled(active, labels, d + 1, point, weights);
    }
    labels[d] = null;
  }

  function* faces(active: readonly number[], from: number, b: readonly bigint[]): Generator<Cell> {
    if (active.length > 0) {
      const one = active.map(() => 1n);
      yield* labelled(active, new Array<Label>(D).fill(null), 0, b, one);
    }
    if (active.length === D) return;
    for (let n = from; n < N; n++) {
      const more = [...active, n];
      if (independentRows(more.map((m) => rows[m]!)).length < more.length) continue;
      const point = programme(() => primalWitness(rows, more, new Array<Label>(D).fill(null)));
      if (point !== null) yield* faces(more, n + 1, point);
    }
  }

  yield* faces([], 0, new Array<bigint>(D).fill(0n));
}
