/**
 * The asymptotic hypotheses where the run was followed to its limit: what the engine saw of each there. Observed at best, as
 * along any run: the limit is a fixed point of the flow's direction to rounding, which no finite run proves to be the limit.
 */
import type { LimitResult } from "../../engine/limit.js";
import { FLOW_AGREEMENT } from "../../kernel/tolerance.js";
import { norm } from "../../numeric/vec.js";
import type { Bench } from "../bench.js";
import { farAway, withoutLimit } from "../claims/direction-at-limit.js";

export interface Seen {
  readonly seen: boolean;
  readonly why: string;
}

const round = (x: number): string => x.toPrecision(3);

const ORDINALS = ["first", "second", "third"];

/** The claim says why. */
const NO_LIMIT = "no limit of the run was reached";

/** What `see` says of the limit; where there is none, why. */
function atLimit(
  see: (limit: LimitResult & Reached, bench: Bench) => Seen,
): (bench: Bench, limit: LimitResult) => Seen {
  return (bench, limit) => {
    return isReached(limit) && withoutLimit(limit) === null ? see(limit, bench) : { seen: false, why: NO_LIMIT };
  };
}

interface Reached {
  readonly beta: Float64Array;
  readonly kkt: NonNullable<LimitResult["kkt"]>;
}
const isReached = (limit: LimitResult): limit is LimitResult & Reached => limit.beta !== null && limit.kkt !== null;

export const AT_LIMIT = Object.freeze({
  "loss-to-zero": atLimit((limit) => ({ seen: true, why: `the run was ${farAway(limit)}` })),
  "direction-converges": atLimit(({ kkt }) => ({
    seen: true,
    why: `the flow leaves the direction no more: the sine of the angle between the parameters and their velocity is ${round(kkt.stationarity)}`,
  })),
  "gradient-converges": atLimit(({ kkt }) => ({
    seen: true,
    why: `the weights of the points are at rest on those of least margin, to ${round(kkt.complementarity)} of it`,
  })),
  "positive-margin": atLimit(({ beta }) => ({
    seen: true,
    why: `the least margin over |beta| is ${round(1 / norm(beta))} at the limit, in the engine's unit of the data`,
  })),
  "phases-converge": atLimit(({ kkt }) => ({
    seen: true,
    why: `the gradient is at rest with the weights of the points, and with it the phase of each coefficient, to ${round(kkt.complementarity)}`,
  })),
  "follows-flow": atLimit(({ basin }, bench) => {
    const apart = bench.limitError();
    if (!Number.isFinite(apart))
      return { seen: false, why: "a run with halved steps reached no limit to compare with" };
    return {
      seen: apart <= FLOW_AGREEMENT.value,
      why:
        basin === null
          ? `halving every step moves the limit by at most ${round(apart)} rad`
          : `runs with ever finer steps, each 1/8 of the one before, end at one limit to ${round(basin.apart)} rad from the ${ORDINALS[basin.refined - 1] ?? `${basin.refined}th`} on`,
    };
  }),
} as const satisfies Record<string, (bench: Bench, limit: LimitResult) => Seen>);

export type AsymptoticId = keyof typeof AT_LIMIT;
