/**
 * The limit direction of gradient flow from an initialization, R^m -> R^D, and whether the size of the steps chose it: where
 * the limit depends on the path, the run is made again with finer steps, until two runs in a row end at one limit.
 * Cost: one run, and where the path matters a second one of FINER times the steps, seldom more.
 */
import type { Parameterization } from "../models/architecture.js";
import { coordinatewiseForm } from "../models/coordinatewise.js";
import { gradientFlow } from "../models/optimizers/gradient-flow.js";
import { angle } from "../numeric/vec.js";
import { TURN } from "./continuation.js";
import { inSizeOfData } from "./door.js";
import { type LimitResult, type LimitStop, NO_LIMIT } from "./limit-result.js";
import { apartOnTheWay, besides, besidesKept } from "./nearby-start.js";
import { type LimitOptions, type Run, runToLimit } from "./run-to-limit.js";

export { LIMIT_STOPS, type LimitResult, type LimitStop } from "./limit-result.js";
export type { LimitOptions } from "./run-to-limit.js";

/** Does the limit depend on the path, so that coarse steps may end in another basin? */
function dependsOnPath(P: Parameterization): boolean {
  if (P.degree === 1 || P.architecture === "fully-connected") return false;
  return P.degree !== 2 || coordinatewiseForm(P) === null;
}

/** From one run to the next, the steps of descent and the turns of continuation shrink by this. */
const FINER = 1 / 8;
/** Runs that may be made: the steps of the last are FINER^3 times the first ones. */
const RUNS = 4;
/** Error of a step of the flow itself, relative to the parameters: far below what the finest steps of descent leave. */
const FLOW_ERROR = 1e-7;
/** Limits further apart than this are two. */
const ONE_LIMIT = 1e-6;
/** Ends that finer steps may change. */
const COARSE: readonly LimitStop[] = ["margin-lost", "residual-left"];
/** Ends of an initialization that is too large or too small for the data. */
const LOST: readonly LimitStop[] = ["descent-ended", "underflow"];

/** Where the limit does not depend on the path: that of the initialization in the size of the data, if there is one. */
function fromOtherSize(o: LimitOptions): LimitResult | null {
  const init = o.asGiven === true ? null : inSizeOfData(o);
  if (init === null) return null;
  const { result } = runToLimit({ ...o, init });
  if (result.stop !== "goal-met") return null;
  const note =
    "from the initialization given, descent does not get there; this limit, which does not depend on its size, is that from a multiple of it in the size of the data";
  return { ...result, notes: [...result.notes, note] };
}

/**
 * Where the optimum is not unique, the run ends at one of many, and the size of its steps moves it among them: again with finer
 * ones, and the difference is part of the error bar.
 */
function amongSeveral(o: LimitOptions, coarse: LimitResult): LimitResult {
  const { stepFactor = 1, turn = TURN } = o;
  const { result } = runToLimit({ ...o, stepFactor: stepFactor * FINER, turn: turn * FINER });
  if (result.beta === null || coarse.beta === null) return result;
  const apart = angle(coarse.beta, result.beta);
  return {
    ...result,
    basin: { refined: 1, apart },
    errorBar: result.errorBar === null ? null : Math.max(result.errorBar, 2 * apart),
    notes: [
      ...result.notes,
      "the optimum is not unique: at which one a run ends depends on its path, and so on its steps",
    ],
  };
}

/** At equal loss runs from beside each other may part by this on the way, rad; samples are read by lines between them. */
const ONE_WAY = 0.1;

/**
 * The limit, where a run from beside the initialization goes the same way with the same steps as `run`, its base. Blocks that are
 * known were decided one by one; a symmetry between several, or of the data, is seen here.
 */
function withoutSymmetry(o: LimitOptions, base: Run, limit: LimitResult): LimitResult {
  if (limit.stop !== "goal-met" || o.P.degree === 1 || o.P.architecture === "fully-connected") return limit;
  const form = coordinatewiseForm(o.P);
  const { result: other, way } =
    form === null || base.begun === null || base.result.alive === null
      ? runToLimit({ ...o, init: besides(o.init) })
      : runToLimit(o, besidesKept(form, base.result.alive, base.begun));
  if (other.stop === "time-budget" || other.stop === "interrupted")
    return { ...other, ...NO_LIMIT, why: "in the run from beside the initialization" };
  const met = base.result.stop === "goal-met" && other.stop === "goal-met";
  const apart = met ? angle(base.result.beta!, other.beta!) : 0;
  const onTheWay = apartOnTheWay(base.way, way);
  if (base.result.stop === other.stop && apart <= ONE_LIMIT && onTheWay <= ONE_WAY) return limit;
  const ends =
    base.result.stop !== other.stop
      ? "ends otherwise"
      : apart > ONE_LIMIT
        ? `ends ${apart.toPrecision(2)} rad away`
        : `goes another way, ${onTheWay.toPrecision(2)} rad apart at equal loss`;
  return {
    ...limit,
    ...NO_LIMIT,
    stop: "structure-undecided",
    why: `a run from beside the initialization, 1e-10 of its norm away, ${ends}: an exact zero or symmetry there may hold this one, and rounding may break it`,
  };
}

/**
 * The limit, or why there is none. Where it depends on the path, two runs in a row, one with steps FINER times those of the
 * other, must end at one limit, and so must the flow itself, followed with its error under control (Runge-Kutta): evidence that
 * the steps did not choose the basin, no proof. The finer run is reported.
 */
export function limitDirection(o: LimitOptions): LimitResult {
  const first = runToLimit(o);
  if (!dependsOnPath(o.P)) {
    if (LOST.includes(first.result.stop)) return fromOtherSize(o) ?? first.result;
    const limit = first.result.point?.unique.value === false ? amongSeveral(o, first.result) : first.result;
    return withoutSymmetry(o, first, limit);
  }
  const { stepFactor = 1, turn = TURN } = o;
  const apart: number[] = [];
  const ended = (r: LimitResult): boolean => r.stop === "time-budget" || r.stop === "interrupted";
  const between = (a: LimitResult, b: LimitResult): number =>
    a.stop === "goal-met" && b.stop === "goal-met" ? angle(a.beta!, b.beta!) : Number.NaN;
  for (let [last, k, factor]: [Run, number, number] = [first, 1, FINER]; ; k++, factor *= FINER) {
    const before = last.result;
    if (before.stop !== "goal-met" && !COARSE.includes(before.stop)) return before;
    if (k === RUNS) {
      const seen = apart.map((a) => (Number.isNaN(a) ? "no limit" : `${a.toPrecision(2)} rad`)).join(", ");
      return {
        ...before,
        ...NO_LIMIT,
        stop: "basin-undecided",
        why: `runs with ever finer steps (each 1/8 of the one before), or the flow itself, end apart: ${seen}`,
      };
    }
    const finer = runToLimit({ ...o, stepFactor: stepFactor * factor, turn: turn * factor });
    if (ended(finer.result))
      return { ...finer.result, ...NO_LIMIT, why: `in the run with steps ${1 / factor} times finer` };
    let distance = between(before, finer.result);
    if (distance <= ONE_LIMIT) {
      const flow = { optimizer: gradientFlow, eta: Number.POSITIVE_INFINITY, settings: { localError: FLOW_ERROR } };
      const other = runToLimit({ ...o, ...flow }).result;
      if (ended(other)) return { ...other, ...NO_LIMIT, why: "in the run of the flow itself" };
      const off = between(finer.result, other);
      if (off <= ONE_LIMIT) {
        const basin = { refined: k, apart: Math.max(distance, off) };
        const { errorBar } = finer.result;
        const bar = errorBar === null ? null : Math.max(errorBar, basin.apart);
        return withoutSymmetry(o, first, { ...finer.result, basin, errorBar: bar });
      }
      distance = off;
    }
    apart.push(distance);
    last = finer;
  }
}
