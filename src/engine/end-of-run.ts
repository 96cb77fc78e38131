/**
 * From where continuation stands to the limit that is reported: finished at depth 2 (finish.ts), polished by Newton where p =
 * 2/L is known (polish.ts, polish-l2.ts), else as it stands; with its error bar, its rate, and what kind of point it is. A
 * polish that fails, or moves further than the run's own error bar, is not used, and a note says so. Everything in the
 * coordinates of the run. Cost: that of the polish.
 */
import type { Parameterization } from "../models/architecture.js";
import type { CoordinatewiseForm } from "../models/coordinatewise.js";
import type { Alive } from "../models/run-structure.js";
import type { SignedData } from "../models/signed-data.js";
import { length2 } from "../numeric/vec.js";
import type { ContinuationState } from "./continuation.js";
import type { Finished } from "./finish.js";
import { leastMargin } from "./kkt-parts.js";
import { balancedLift, rankOneLift } from "./lift.js";
import { type LimitPoint, type LimitResult, NOT_SEEN, type Rate } from "./limit-result.js";
import type { Monitor } from "./monitors.js";
import { freeWeights, otherMultipliers } from "./other-multipliers.js";
import { type PolishAttempt, type PolishProblem, polish } from "./polish.js";
import { polishL2 } from "./polish-l2.js";
import { ALWAYS_UNIQUE, NOT_CONVEX, uniqueAtDepthTwo } from "./uniqueness.js";

export interface End extends Point {
  readonly freeWeights: number;
}

interface Point {
  /** In the coordinates of the run, |w| = 1. */
  readonly w: Float64Array;
  readonly dual: Float64Array;
  readonly polish: LimitResult["phases"]["polish"];
  readonly errorBar: number | null;
  readonly rate: Rate;
  readonly point: LimitPoint;
  readonly notes: readonly string[];
}

export interface EndOptions {
  /** In the coordinates of the run. */
  readonly P: Parameterization;
  readonly data: SignedData;
  readonly form: CoordinatewiseForm | null;
  readonly alive: readonly Alive[] | null;
  readonly state: ContinuationState;
  readonly finished: Finished | null;
  readonly monitors: readonly Monitor[];
  readonly checkpoint: () => void;
}

/** A last correction of Newton is this much of an error bar: the next ones, and rounding of the data. */
const SAFETY = 8;
/** A polish may move by this where the run's own error bar is smaller than what its residuals leave. */
const RESIDUALS_LEAVE = 1e-8;
/** Without an error bar of the run's own. */
const UNTOLD = 1e-6;
/** What the rounding of some thousand steps leaves, rad. */
const ROUNDING = 1e-13;
/** Weights and relative slacks below this are none. */
const NONE = 1e-9;
/** |b| relative to the largest that is part of the direction. */
const SHARE = 1e-12;

export function endOfRun(o: EndOptions): End {
  const end = pointOf(o);
  const free = freeWeights(o.P, o.data, end.w, end.dual);
  return { ...end, freeWeights: free, notes: free === 0 ? end.notes : [...end.notes, otherMultipliers(free)] };
}

function pointOf(o: EndOptions): Point {
  const { P, data, form, state, finished, monitors, checkpoint } = o;
  const direction = monitors.find((m) => m.id === "direction");
  const remainder = direction?.remainder ?? null;
  const measured: Rate =
    direction?.rate === null || direction?.rate === undefined
      ? NOT_SEEN
      : {
          power: P.degree! * direction.rate,
          why: "measured over the last half of continuation, whose long steps make it slower than the flow",
        };
  if (finished !== null) return finishedEnd(o, finished);
  const beta = new Float64Array(data.D);
  P.apply(state.v, beta);
  const least = leastMargin(beta, data);
  const now = beta.map((x) => x / least);
  const notes: string[] = [];
  const problem: Omit<PolishProblem, "blocks" | "depth"> = {
    data,
    beta: now,
    weights: state.p,
    most: Math.max(remainder ?? UNTOLD, RESIDUALS_LEAVE),
    checkpoint,
  };
  const strict = P.architecture === "fully-connected" || (form !== null && form.depth === 1);
  const attempt: PolishAttempt | null = strict
    ? polishL2(problem)
    : form !== null && form.depth > 2
      ? polish({ ...problem, blocks: form.blocks, depth: form.depth })
      : null;
  const polished = attempt?.polished ?? null;
  const lifted =
    polished === null
      ? null
      : form === null
        ? rankOneLift(P, polished.beta, state.v)
        : balancedLift(form, polished.beta, state.v);
  if (attempt !== null && attempt.polished === null)
    notes.push(`not polished: ${attempt.why}; this is where continuation stands`);
  const unique = strict
    ? ALWAYS_UNIQUE
    : form !== null && form.depth === 2 && o.alive !== null
      ? uniqueAtDepthTwo(form, data, o.alive, now, state.p)
      : NOT_CONVEX;
  if (polished === null || lifted === null) {
    if (unique.value === false && remainder === null)
      notes.push("the optimum is not unique, and how far the run is from its own limit among them cannot be told");
    const support = supportOf(form, now);
    const active = countActive(state.p, data, now);
    return {
      w: state.v,
      dual: state.p,
      polish: null,
      errorBar: remainder === null ? null : Math.max(remainder, ROUNDING),
      rate: measured,
      point: { active, unknowns: support, vertex: active === support, unique, isolated: null, degenerate: null },
      notes,
    };
  }
  return {
    w: lifted,
    dual: polished.dual,
    polish: {
      moved: polished.moved,
      before: { stationarity: state.stationarity, complementarity: state.complementarity },
    },
    errorBar: SAFETY * polished.correction,
    rate: measured,
    point: {
      active: polished.active.length,
      unknowns: polished.unknowns,
      vertex: polished.active.length === polished.unknowns,
      unique,
      isolated: strict ? null : true,
      degenerate: polished.degenerate,
    },
    notes,
  };
}

function finishedEnd({ form }: EndOptions, f: Finished): Point {
  const unknowns = f.support.reduce((s, b) => s + (form!.blocks[b]!.complex ? 2 : 1), 0);
  const rounding = SAFETY * Math.max(f.correction, Math.abs(f.gap), 2.3e-16);
  return {
    w: f.parameters,
    dual: f.dual,
    polish: null,
    // Among several optima the limit would lie between this one and where the run stood.
    errorBar: f.unique.value === true ? rounding : Math.max(rounding, f.moved),
    rate: {
      power: 2 * f.slack,
      why: `a block outside the support decays like |w|^(-2 slack), and the least slack is ${f.slack.toPrecision(3)}`,
    },
    point: {
      active: f.active.length,
      unknowns,
      vertex: f.active.length === unknowns,
      unique: f.unique,
      isolated: null,
      degenerate: null,
    },
    notes: [],
  };
}

/** Real coordinates that are part of the direction. */
function supportOf(form: CoordinatewiseForm | null, beta: Float64Array): number {
  const top = beta.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  if (form === null) return beta.length;
  return form.blocks.reduce((s, { at, complex }) => {
    const size = complex ? length2(beta[at]!, beta[at + 1]!) : Math.abs(beta[at]!);
    return s + (size > SHARE * top ? (complex ? 2 : 1) : 0);
  }, 0);
}

function countActive(q: Float64Array, { D, z }: SignedData, beta: Float64Array): number {
  return q.filter((weight, n) => {
    let m = 0;
    for (let d = 0; d < D; d++) m += z[n * D + d]! * beta[d]!;
    return weight > NONE && m - 1 <= NONE;
  }).length;
}
