/**
 * Does it matter where continuation takes over from descent? The limits of one run handed over at several losses, and that of
 * a fine flow: runs whose steps are FINE times the usual ones, handed over at the last of these. Where two of them part, or
 * one has no limit, the answer is that it is inconclusive, with the angles. Cost: a run for each, and a fine one.
 */
import { angle } from "../numeric/vec.js";
import { TURN } from "./continuation.js";
import { limitDirection } from "./limit.js";
import type { LimitResult } from "./limit-result.js";
import { type LimitOptions, runToLimit } from "./run-to-limit.js";

export const HANDOVERS: readonly number[] = [32, 64, 128];
const FINE = 1 / 64;
const ONE_LIMIT = 1e-6;

export interface HandoverComparison {
  readonly verdict: "agree" | "inconclusive";
  readonly why: string;
  /** From the limit of the fine flow, rad, in the order of the handovers; NaN where either has none. */
  readonly apart: readonly number[];
  readonly flow: LimitResult;
}

export function compareHandovers(o: LimitOptions, handovers = HANDOVERS): HandoverComparison {
  const { stepFactor = 1, turn = TURN } = o;
  const flow = runToLimit({
    ...o,
    handover: handovers.reduce((a, b) => Math.max(a, b)),
    stepFactor: stepFactor * FINE,
    turn: turn * FINE,
  }).result;
  const apart = handovers.map((handover) => {
    const { beta } = limitDirection({ ...o, handover });
    return beta === null || flow.beta === null ? Number.NaN : angle(beta, flow.beta);
  });
  const parted = apart.findIndex((a) => !(a <= ONE_LIMIT));
  if (parted < 0) return { verdict: "agree", why: "", apart, flow };
  const a = apart[parted]!;
  const how = Number.isNaN(a)
    ? "has no limit, or the fine flow none"
    : `ends ${a.toPrecision(2)} rad from the fine flow`;
  return {
    verdict: "inconclusive",
    why: `handed over at log(1/loss) = ${handovers[parted]}, the run ${how}`,
    apart,
    flow,
  };
}
