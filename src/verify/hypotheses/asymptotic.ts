/**
 * Hypotheses about t -> infinity, watched along the run. A finite run never decides a limit: they are `observed` at best,
 * and one that is not yet seen leaves the case inconclusive, never out of scope.
 */

import type { Snapshot } from "../../engine/descent.js";
import { OCTAVES } from "../../kernel/tolerance.js";
import type { HypothesisDecision } from "../../kernel/verdict.js";
import { signedData } from "../../models/signed-data.js";
import { angle, norm, rowProducts } from "../../numeric/vec.js";
import type { Bench } from "../bench.js";
import { readOctaves } from "../octaves.js";
import type { Hypothesis } from "../theorem.js";

function asymptotic(id: string, statement: string, see: (bench: Bench) => { seen: boolean; why: string }): Hypothesis {
  return Object.freeze({
    id,
    statement,
    kind: "asymptotic",
    decide(bench): HypothesisDecision {
      const { seen, why } = see(bench);
      return { id, statement, decided: seen ? true : null, evidence: "observed", why, certificate: null };
    },
  } satisfies Hypothesis);
}

const round = (x: number): string => x.toPrecision(3);

/** The loss tends to 0: it fell strictly at every step (by construction of the descent) through three octaves. */
export const lossToZero = asymptotic("loss-to-zero", "the loss tends to 0", (bench) => {
  const { trajectory } = bench.run();
  const M = trajectory.logInverseLoss;
  const first = trajectory.snapshots[0]?.logInverseLoss ?? Number.POSITIVE_INFINITY;
  return M >= first * 8
    ? { seen: true, why: `it fell at every step, to exp(-${round(M)})` }
    : { seen: false, why: `log(1/loss) ended at ${round(M)} (${trajectory.stop}), short of three octaves` };
});

/** Angles between directions one octave of log(1/loss) apart. */
function directionChanges(bench: Bench, pick: (s: Snapshot) => Float64Array): { M: number; value: number }[] {
  const { trajectory } = bench.run();
  const points = [...trajectory.snapshots];
  if (trajectory.logInverseLoss > (points[points.length - 1]?.logInverseLoss ?? 0)) points.push(trajectory.last);
  const changes: { M: number; value: number }[] = [];
  for (const s of points) {
    let before: Snapshot | null = null;
    for (const r of points) if (r.logInverseLoss <= (s.logInverseLoss / 2) * 1.05) before = r;
    if (before !== null && norm(pick(before)) > 0)
      changes.push({ M: s.logInverseLoss, value: angle(pick(before), pick(s)) });
  }
  return changes;
}

function settling(what: string, bench: Bench, pick: (s: Snapshot) => Float64Array): { seen: boolean; why: string } {
  const changes = directionChanges(bench, pick);
  const end = changes[changes.length - 1];
  if (end === undefined) return { seen: false, why: `the run is too short to compare ${what}s an octave apart` };
  // Small against the tolerance, or still falling octave after octave.
  const small = end.value <= bench.case.tolerance;
  const falling = readOctaves(changes, bench.case.tolerance / 100).octaves >= OCTAVES.value - 1;
  return {
    seen: small || falling,
    why: `over the last octave of log(1/loss) the ${what} turned by ${round(end.value)} rad`,
  };
}

export const directionConverges = asymptotic("direction-converges", "the predictor converges in direction", (bench) =>
  settling("predictor", bench, (s) => s.beta),
);

export const gradientConverges = asymptotic("gradient-converges", "the gradient converges in direction", (bench) =>
  settling("gradient", bench, (s) => s.residual),
);

/** The limit direction has a positive margin: the reached one has, by an amount that does not shrink. */
export const positiveMargin = asymptotic("positive-margin", "the limit direction has a positive margin", (bench) => {
  const data = signedData(bench.dataset);
  const margins = new Float64Array(data.N);
  const normalized = (s: Snapshot): number => {
    rowProducts(data.z, s.beta, margins);
    return margins.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY) / norm(s.beta);
  };
  const { trajectory } = bench.run();
  const end = normalized(trajectory.last);
  const middle = trajectory.snapshots[Math.floor(trajectory.snapshots.length / 2)];
  const before = middle === undefined ? Number.NaN : normalized(middle);
  return {
    seen: end > 0 && end >= before / 2,
    why: `its least normalized margin is ${round(end)}`,
  };
});

/** For statements about gradient flow: halving every step changes the direction by little. */
export const followsFlow = asymptotic("follows-flow", "the run follows gradient flow", (bench) => {
  const { angle: turned, upTo } = bench.discretization();
  return {
    seen: turned <= bench.case.tolerance / 2,
    why: `halving every step turns the predictor by at most ${round(turned)} rad up to log(1/loss) = ${round(upTo)}`,
  };
});
