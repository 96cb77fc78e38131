/**
 * The limit direction of gradient flow from an initialization, R^m -> R^D, and whether the size of the steps chose it: where
 * the limit depends on the path, the run is made again with finer steps, until two runs in a row end at one limit.
 * Cost: one run, and where the path matters a second one of FINER times the steps, seldom more.
 */
import type { Parameterization } from "../models/architecture.js";
import { coordinatewiseForm } from "../models/coordinatewise.js";
import { angle } from "../numeric/vec.js";
import { TURN } from "./continuation.js";
import type { LimitResult, LimitStop } from "./limit-result.js";
import { type LimitOptions, runToLimit } from "./run-to-limit.js";

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
/** Limits further apart than this are two. */
const ONE_LIMIT = 1e-6;
/** Ends that finer steps may change. */
const COARSE: readonly LimitStop[] = ["margin-lost", "residual-left"];
/** What a result without a limit holds in place of one. */
const NOTHING_FOUND = { beta: null, parameters: null, dual: null, kkt: null } as const;

/**
 * The limit, or why there is none. Where it depends on the path, two runs in a row, one with steps FINER times those of the
 * other, must end at one limit, and the finer one is reported: evidence that the steps did not choose the basin, no proof.
 */
export function limitDirection(o: LimitOptions): LimitResult {
  const first = runToLimit(o);
  if (!dependsOnPath(o.P)) return first;
  const { stepFactor = 1, turn = TURN } = o;
  const apart: number[] = [];
  for (let [last, k, factor] = [first, 1, FINER]; ; k++, factor *= FINER) {
    if (last.stop !== "goal-met" && !COARSE.includes(last.stop)) return last;
    if (k === RUNS) {
      const seen = apart.map((a) => (Number.isNaN(a) ? "no limit" : `${a.toPrecision(2)} rad`)).join(", ");
      return {
        ...last,
        ...NOTHING_FOUND,
        stop: "basin-undecided",
        why: `runs with ever finer steps (each 1/8 of the one before) end apart: ${seen}`,
      };
    }
    const finer = runToLimit({ ...o, stepFactor: stepFactor * factor, turn: turn * factor });
    if (finer.stop === "time-budget" || finer.stop === "interrupted")
      return { ...finer, ...NOTHING_FOUND, why: `in the run with steps ${1 / factor} times finer` };
    const between = last.beta === null || finer.beta === null ? Number.NaN : angle(last.beta, finer.beta);
    apart.push(between);
    if (last.stop === "goal-met" && finer.stop === "goal-met" && between <= ONE_LIMIT)
      return { ...finer, basin: { refined: k, apart: between } };
    last = finer;
  }
}
