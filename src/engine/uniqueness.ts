/**
 * Is the optimum at the end of a run the only one? At depth 1 and for fully connected networks always (a strictly convex
 * problem). At depth 2 of a coordinatewise network, over the blocks alive in the run, where the columns of
 * Re(conj(z_b) x_nb), rows n with margin 1, blocks b with |z_b| = c_b, are linearly independent: optima differ by amounts of
 * z_b on such blocks. Not where those of the blocks that carry something are dependent; else it is not told. Deeper problems are not convex, and nothing is said of others.
 * Source: the criterion is derived from the optimality conditions of the Fourier l1 problem. Cost: A T^2 for T such blocks.
 */
import type { CoordinatewiseForm } from "../models/coordinatewise.js";
import type { Alive } from "../models/run-structure.js";
import type { SignedData } from "../models/signed-data.js";
import { combineRows, length2, rowProducts } from "../numeric/vec.js";
import { independentRows } from "./independent-rows.js";

export interface Uniqueness {
  /** Null where nothing is said. */
  readonly value: boolean | null;
  readonly why: string;
}

export const ALWAYS_UNIQUE: Uniqueness = { value: true, why: "the problem is strictly convex in the predictor" };
export const NOT_CONVEX: Uniqueness = {
  value: null,
  why: "the problem is not convex at this depth: other initializations may lead to other limits",
};

/** Relative slack below which a bound is met; ten times that, and it cannot be told. */
const MET = 1e-9;
const UNTOLD = 1e-6;
/** |beta_b| relative to the largest that carries something. */
const SHARE = 1e-9;

/** `beta` with least margin 1 and weights q, both of the run's end, in block coordinates. */
export function uniqueAtDepthTwo(
  { blocks }: CoordinatewiseForm,
  data: SignedData,
  alive: readonly Alive[],
  beta: Float64Array,
  q: Float64Array,
): Uniqueness {
  const { N, D, z: Z } = data;
  const z = new Float64Array(D);
  const margins = new Float64Array(N);
  combineRows(Z, q, z);
  rowProducts(Z, beta, margins);
  const rate = blocks.map(({ at, complex }, b) => {
    if (alive[b] === "dead") return 0;
    if (complex) return length2(z[at]!, z[at + 1]!) / Math.SQRT2;
    return alive[b] === "positive" ? z[at]! : alive[b] === "negative" ? -z[at]! : Math.abs(z[at]!);
  });
  const top = rate.reduce((a, b) => Math.max(a, b), 0);
  const slackOf = (b: number): number => 1 - rate[b]! / top;
  const tied = blocks.map((_, b) => b).filter((b) => slackOf(b) <= MET);
  const near = blocks.map((_, b) => b).filter((b) => slackOf(b) > MET && slackOf(b) <= UNTOLD).length;
  const active = Array.from({ length: N }, (_, n) => n).filter((n) => margins[n]! - 1 <= MET);
  const doubtful = Array.from(margins).filter((m) => m - 1 > MET && m - 1 <= UNTOLD).length;
  // One row for each tied block: its column of the criterion.
  const column = (b: number): number[] => {
    const { at, complex } = blocks[b]!;
    return active.map((n) => Z[n * D + at]! * z[at]! + (complex ? Z[n * D + at + 1]! * z[at + 1]! : 0));
  };
  const rank = (of: readonly number[]): number => {
    const matrix: SignedData = { N: of.length, D: active.length, z: Float64Array.from(of.flatMap(column)) };
    const places = Array.from(active.keys());
    return independentRows(matrix, Array.from(of.keys()), places, new Float64Array(of.length)).kept.length;
  };
  const size = (b: number): number =>
    blocks[b]!.complex ? length2(beta[blocks[b]!.at]!, beta[blocks[b]!.at + 1]!) : Math.abs(beta[blocks[b]!.at]!);
  const carrying = tied.filter((b) => size(b) > SHARE * tied.reduce((most, k) => Math.max(most, size(k)), 0));
  const count = `${tied.length} blocks meet the bound, ${active.length} margins are active`;
  if (rank(carrying) < carrying.length)
    return {
      value: false,
      why: `${count}, and ${carrying.length - rank(carrying)} directions change nothing: others fit as well`,
    };
  if (near + doubtful > 0)
    return { value: null, why: `${near} blocks and ${doubtful} margins are too near their bounds to tell` };
  if (rank(tied) < tied.length)
    return { value: null, why: `${count}, but ${tied.length - carrying.length} of the blocks carry nothing: not told` };
  return { value: true, why: `${count}, and their equations determine it` };
}
