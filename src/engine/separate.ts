/**
 * Phase 1 of a run to its limit: descent until log(1/loss) is large, from plateau to plateau where the initialization lies
 * near a saddle (plateau.ts). Ends at the handover, or where descent ends for good, with the reason; a gradient or margins
 * that vanish by underflow alone are called that. Cost: that of descent.
 */
import type { StopReason } from "../kernel/stop.js";
import { type DescentOptions, descend, type Snapshot } from "./descent.js";
import { vanishedByUnderflow } from "./door.js";
import { leastMargin } from "./kkt-parts.js";
import { passPlateau } from "./plateau.js";

export interface Separated {
  readonly stop: StopReason | "underflow";
  readonly steps: number;
  readonly logInverseLoss: number;
  readonly parameters: Float64Array;
  readonly last: Snapshot;
  readonly snapshots: readonly Snapshot[];
  /** Are all margins positive there? */
  readonly separated: boolean;
}

/** A saddle for each coordinate of a small problem, and then it is no longer a matter of saddles. */
const PLATEAUS = 16;
const STANDING: readonly StopReason[] = ["loss-stalled", "zero-gradient", "step-underflow"];

export function separate(o: DescentOptions): Separated {
  const { P, data, loss } = o;
  const snapshots: Snapshot[] = [];
  let init = o.init;
  let steps = 0;
  for (let plateau = 0; ; plateau++) {
    const run = descend({ ...o, init, maxSteps: Math.max(0, o.maxSteps - steps) });
    steps += run.steps;
    snapshots.push(...run.snapshots);
    const separated = leastMargin(run.last.beta, data) > 0;
    const end = (stop: Separated["stop"]): Separated => ({
      stop,
      steps,
      logInverseLoss: run.logInverseLoss,
      parameters: run.parameters,
      last: run.last,
      snapshots,
      separated,
    });
    if (!STANDING.includes(run.stop)) return end(run.stop);
    if (vanishedByUnderflow(P, data, run.parameters, run.last.weights)) return end("underflow");
    if (separated || run.stop !== "loss-stalled" || plateau === PLATEAUS) return end(run.stop);
    const behind = passPlateau({
      P,
      data,
      loss,
      start: run.parameters,
      stepFactor: o.stepFactor ?? 1,
      cancelled: () => (o.cancelled?.() ?? null) !== null,
    });
    if (behind === null) return end(o.cancelled?.() ?? run.stop);
    steps += behind.steps;
    init = behind.parameters;
  }
}
