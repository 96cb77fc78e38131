/** What descent saw, as samples for the monitors: its snapshots, scaled to parameters of norm 1. Cost: one pass over them. */
import type { SignedData } from "../models/signed-data.js";
import { log } from "../numeric/elementary.js";
import { leastMargin } from "./kkt-parts.js";
import type { Sample } from "./monitors.js";
import type { Separated } from "./separate.js";

const MOST = 64;

export function descentSamples({ snapshots }: Separated, data: SignedData, degree: number): Sample[] {
  const stride = Math.ceil(snapshots.length / MOST);
  return snapshots
    .filter((s, i) => i % stride === 0 && s.logInverseLoss > 0)
    .map((s) => {
      let scale = 1;
      for (let l = 0; l < degree; l++) scale *= s.parameterNorm;
      return {
        logLog: log(s.logInverseLoss),
        logNorm: log(s.parameterNorm),
        beta: s.beta,
        gradient: s.residual,
        margin: leastMargin(s.beta, data) / scale,
      };
    });
}
