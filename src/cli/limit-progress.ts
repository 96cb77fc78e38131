/** The progress of a run to its limit as lines for a terminal, at most ten a second: the phase, how far the loss is, the time. */
import type { Progress } from "../engine/patience.js";
import type { Watch } from "./work/watch.js";

const BETWEEN = 100;

/** log(1/loss) where people can read it, else the loss as a tower. */
function lossWords(p: Progress): string {
  if (p.phase === "descent") return `log(1/loss) = ${p.logInverseLoss.toPrecision(4)}`;
  const power = p.logLogInverseLoss / Math.LN10;
  return `loss = exp(-10^${power.toFixed(1)})`;
}

export function limitProgress(watch: Watch): (p: Progress) => void {
  const start = performance.now();
  let shown = Number.NEGATIVE_INFINITY;
  return (p) => {
    const now = performance.now();
    if (now - shown < BETWEEN) return;
    shown = now;
    watch.progress(`${p.phase}: ${p.steps} steps, ${lossWords(p)}, ${((now - start) / 1000).toFixed(1)} s`);
  };
}
