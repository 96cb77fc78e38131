/**
 * Hypotheses about t -> infinity, watched along the run. A finite run never decides a limit: they are `observed` at best,
 * and one that is not yet seen is `assumed` and leaves the case inconclusive, never out of scope.
 */

import type { Snapshot } from "../../engine/descent.js";
import { STOP_REASONS } from "../../kernel/stop.js";
import { FLOW_AGREEMENT } from "../../kernel/tolerance.js";
import type { HypothesisDecision } from "../../kernel/verdict.js";
import { signedData, unitExponent } from "../../models/signed-data.js";
import { norm, rowProducts } from "../../numeric/vec.js";
import { type Bench, snapshotsOf } from "../bench.js";
import { OCTAVE_SLACK } from "../octaves.js";
import {
  gradientOf,
  type PickDirection,
  parametersOf,
  predictorOf,
  REMAINING,
  readCalming,
  readSettling,
} from "../settling.js";
import type { Hypothesis } from "../theorem.js";
import { type AsymptoticId, AT_LIMIT, type Seen } from "./at-limit.js";

function asymptotic(id: AsymptoticId, statement: string, alongRun: (bench: Bench) => Seen): Hypothesis {
  return Object.freeze({
    id,
    statement,
    kind: "asymptotic",
    decide(bench): HypothesisDecision {
      const limit = bench.limit();
      const { seen, why } = limit === null ? alongRun(bench) : AT_LIMIT[id](bench, limit);
      return {
        id,
        statement,
        decided: seen ? true : null,
        evidence: seen ? "observed" : "assumed",
        why,
        certificate: null,
      };
    },
  } satisfies Hypothesis);
}

const round = (x: number): string => x.toPrecision(3);

/** Three octaves of log(1/loss) past 1. */
const THREE_OCTAVES = 8 / OCTAVE_SLACK;

/** The loss tends to 0: it fell strictly at every step (the descent takes no other), through three octaves past 1/e. */
export const lossToZero = asymptotic("loss-to-zero", "the loss tends to 0", (bench) => {
  const { logInverseLoss: M, stop } = bench.run().trajectory;
  return M >= THREE_OCTAVES
    ? { seen: true, why: `it fell at every step, to exp(-${round(M)})` }
    : { seen: false, why: `log(1/loss) ended at ${round(M)} (${STOP_REASONS[stop]})` };
});

function settling(what: string, bench: Bench, pick: PickDirection): { seen: boolean; why: string } {
  const read = pick === gradientOf ? readCalming : readSettling;
  const allowed = pick === gradientOf ? bench.case.tolerance : REMAINING * bench.case.tolerance;
  const { settled, turned } = read(snapshotsOf(bench.run().trajectory), pick, allowed);
  return {
    seen: settled,
    why:
      turned === null
        ? `the run is too short to compare ${what}s an octave of log(1/loss) apart`
        : `over the last octave of log(1/loss) the ${what} turned by ${round(turned)} rad`,
  };
}

/** The parameters and with them the predictor: for a homogeneous map the second follows where P does not vanish. */
export const directionConverges = asymptotic(
  "direction-converges",
  "the parameters converge in direction, and with them the predictor",
  (bench) => {
    const parameters = settling("parameter vector", bench, parametersOf);
    const predictor = settling("predictor", bench, predictorOf);
    return { seen: parameters.seen && predictor.seen, why: `${predictor.why}; ${parameters.why}` };
  },
);

export const gradientConverges = asymptotic("gradient-converges", "the gradient converges in direction", (bench) =>
  settling("gradient", bench, gradientOf),
);

/** Theorem 2 asks for it coefficient by coefficient; a gradient that converges in direction settles those that do not vanish. */
export const phasesConverge = asymptotic(
  "phases-converge",
  "the phases of the gradient's Fourier coefficients converge",
  (bench) => settling("gradient", bench, gradientOf),
);

/** The limit direction has a positive margin: the reached one has, and it has not halved since the middle of the run. */
export const positiveMargin = asymptotic("positive-margin", "the limit direction has a positive margin", (bench) => {
  const data = signedData(bench.dataset, unitExponent(bench.dataset)); // in the engine's unit: nothing leaves the doubles
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
    why: `the least margin over |beta| is ${round(end)} at the end, ${round(before)} in the middle of the run`,
  };
});

/** For statements about gradient flow: halving every step changes the direction by little. */
export const followsFlow = asymptotic("follows-flow", "the run follows gradient flow", (bench) => {
  const { angle: turned, upTo } = bench.discretization();
  if (upTo === 0) return { seen: false, why: "the run is too short to compare with one of halved steps" };
  return {
    seen: turned <= FLOW_AGREEMENT.value,
    why: `halving every step turns the predictor by at most ${round(turned)} rad up to log(1/loss) = ${round(upTo)}`,
  };
});
