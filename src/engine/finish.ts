/**
 * Phase 3 at depth 2: from where continuation stands to the equilibrium of the growth rates over the blocks alive in this run
 * (restricted-dual.ts), and whether the run explains the move. An off-support block decays like rho^(-2(1 - |z_b|/c_b)), so
 * its share at the end of continuation must be what its own slack leaves of it; a block of the support may not be one that
 * the run shows to be dying. A larger move than MOVE, one that the rates do not explain, or one to an optimum among several,
 * is no finish.
 */
import type { CoordinatewiseForm } from "../models/coordinatewise.js";
import type { Alive } from "../models/run-structure.js";
import type { SignedData } from "../models/signed-data.js";
import { angle, combineRows, length2, norm } from "../numeric/vec.js";
import type { ContinuationState } from "./continuation.js";
import { distinctPoints } from "./distinct-points.js";
import { balancedLift } from "./lift.js";
import { solveRestricted } from "./restricted-dual.js";
import { type Uniqueness, uniqueAtDepthTwo } from "./uniqueness.js";

export interface Finished {
  /** Parameters in block coordinates, |w| = 1. */
  readonly parameters: Float64Array;
  readonly dual: Float64Array;
  /** Angle between the direction before and after, in rad. */
  readonly moved: number;
  /** Relative duality gap after. */
  readonly gap: number;
  /** Residuals before. */
  readonly before: { readonly stationarity: number; readonly complementarity: number };
  /** Of the blocks that the move took out: the largest share left, and its rate |z_b|/c_b - 1 after the move. */
  readonly rates: readonly { readonly block: number; readonly share: number; readonly slack: number }[];
  /** The predictor, least margin 1, in block coordinates. */
  readonly beta: Float64Array;
  readonly support: readonly number[];
  readonly active: readonly number[];
  /** Size of the last correction of Newton, relative. */
  readonly correction: number;
  /** The least slack of a living block outside the support: what is left there decays like rho^(-2 slack). */
  readonly slack: number;
  /** True, or not told. */
  readonly unique: Uniqueness;
}

export type FinishAttempt = { readonly finished: Finished } | { readonly finished: null; readonly why: string };

/** Further than this the run is not yet where its limit can be told. */
const MOVE = 0.1;
/** A gap that a Newton step leaves; larger ones are no optimum. */
const GAP = 1e-12;
/** Shares of the norm below this are no longer part of the direction. */
const SHARE = 1e-12;
const LISTED = 5;

const COMPLEX_COST = Math.SQRT2;

export function finishDepthTwo(
  form: CoordinatewiseForm,
  data: SignedData,
  alive: readonly Alive[],
  state: ContinuationState,
  checkpoint?: () => void,
): FinishAttempt {
  const { blocks, P } = form;
  const D = data.D;
  const costs = blocks.map((b) => (b.complex ? COMPLEX_COST : 1));
  const points = distinctPoints(data);
  const solved = solveRestricted({ data: points.data, blocks, costs, alive }, points.merge(state.p), checkpoint);
  if (solved.found === null) return { finished: null, why: solved.why };
  const { beta, gap, support, correction } = solved.found;
  const alpha = points.share(solved.found.alpha, state.p);
  if (!(Math.abs(gap) <= GAP))
    return { finished: null, why: `the equilibrium was found to a relative gap of ${gap} only` };
  const sum = alpha.reduce((a, b) => a + b, 0);
  const dual = alpha.map((a) => a / sum);
  const unique = uniqueAtDepthTwo(form, data, alive, beta, dual);
  // The run ends at one of them, and only the run can tell at which.
  if (unique.value === false) return { finished: null, why: `the equilibrium is not the only one: ${unique.why}` };
  const before = new Float64Array(D);
  P.apply(state.v, before);
  const moved = angle(before, beta);
  if (!(moved <= MOVE))
    return {
      finished: null,
      why: `the equilibrium lies ${moved.toPrecision(2)} rad from where the run stands: too far to be told`,
    };
  // |z_b| / c_b at the equilibrium.
  const combined = new Float64Array(D);
  combineRows(data.z, alpha, combined);
  const length = (x: Float64Array, b: number): number => {
    const { at, complex } = blocks[b]!;
    return complex ? length2(x[at]!, x[at + 1]!) : Math.abs(x[at]!);
  };
  const total = norm(before);
  const outside = blocks
    .map((_, block) => ({
      block,
      share: length(before, block) / total,
      slack: 1 - length(combined, block) / costs[block]!,
    }))
    .filter(({ block }) => !support.includes(block) && alive[block] !== "dead");
  const rates = outside.filter(({ share }) => share > SHARE).sort((a, b) => b.share - a.share);
  // A block outside the support decays like rho^(-2 slack): over the run's log rho that must explain a small share.
  const stuck = rates.find(({ share, slack }) => slack <= 0 && share > SHARE);
  if (stuck !== undefined)
    return { finished: null, why: `block ${stuck.block} does not decay at the equilibrium, but is not part of it` };
  const dying = support.find((b) => length(before, b) / total < SHARE);
  if (dying !== undefined)
    return { finished: null, why: `block ${dying} carries the equilibrium, and the run does not show it growing` };
  return {
    finished: {
      parameters: balancedLift(form, beta, state.v),
      dual,
      unique,
      moved,
      gap,
      before: { stationarity: state.stationarity, complementarity: state.complementarity },
      rates: rates.slice(0, LISTED),
      beta,
      support,
      active: Array.from(alpha.keys()).filter((n) => alpha[n]! > 0),
      correction,
      slack: outside.reduce((least, r) => Math.min(least, r.slack), 1),
    },
  };
}

/**
 * The relative duality gap of where continuation stands, over the living blocks, with its own weights: least margin over cost
 * against the largest rate |z_b| / c_b. At 0 the direction is that of an equilibrium, also where the equations of the finish
 * are dependent. Infinite where nothing is left alive.
 */
export function ownGap(
  form: CoordinatewiseForm,
  data: SignedData,
  alive: readonly Alive[],
  state: ContinuationState,
): number {
  const { blocks, P } = form;
  const beta = new Float64Array(data.D);
  const combined = new Float64Array(data.D);
  P.apply(state.v, beta);
  combineRows(data.z, state.p, combined);
  let [cost, most] = [0, 0];
  blocks.forEach(({ at, complex }, b) => {
    if (alive[b] === "dead") return;
    const c = complex ? COMPLEX_COST : 1;
    const size = (x: Float64Array): number => (complex ? length2(x[at]!, x[at + 1]!) : Math.abs(x[at]!));
    const rate = alive[b] === "positive" ? combined[at]! : alive[b] === "negative" ? -combined[at]! : size(combined);
    cost += c * size(beta);
    most = Math.max(most, rate / c);
  });
  return cost > 0 && most > 0 ? 1 - state.leastMargin / cost / most : Number.POSITIVE_INFINITY;
}
