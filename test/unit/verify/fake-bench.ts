/**
 * Benches made by hand: snapshots, angles and comparisons as the test chooses them, over a real (tiny) data set whose
 * optimum and separability are decided by the real oracles. Default data: the one point (2, 1) with label 1.
 */
import type { Snapshot, Trajectory } from "../../../src/engine/descent.js";
import { type LimitResult, type LimitStop, nothing } from "../../../src/engine/limit-result.js";
import { angleBounds, angleData } from "../../../src/exact/angle.js";
import { ofNumber, showQ } from "../../../src/exact/rational.js";
import { entriesOf, vectorOfNumbers } from "../../../src/exact/vector.js";
import type { Case } from "../../../src/kernel/case.js";
import { dataFromJSON } from "../../../src/kernel/dataset.js";
import type { StopReason } from "../../../src/kernel/stop.js";
import type { Parameterization } from "../../../src/models/architecture.js";
import { linear } from "../../../src/models/architectures/linear.js";
import type { LossFunction } from "../../../src/models/loss.js";
import { exponential } from "../../../src/models/losses/exponential.js";
import type { Optimizer } from "../../../src/models/optimizer.js";
import { gradientDescent } from "../../../src/models/optimizers/gradient-descent.js";
import { l2MaxMargin } from "../../../src/oracle/l2-margin.js";
import { decideSeparability } from "../../../src/oracle/separability.js";
import type { Bench } from "../../../src/verify/bench.js";
import type { Comparison } from "../../../src/verify/compare-runs.js";
import { exactMapOf } from "../../../src/verify/exact-map.js";
import type { Sample } from "../../../src/verify/octaves.js";

export type Rows = readonly (readonly (number | bigint)[])[];

/** A case on the rows X with labels 1, for a linear predictor under loss-normalized descent. */
export function caseOf(X: Rows, change: Partial<Case> = {}, scale: number | bigint = 1): Case {
  const json = { scale: String(scale), X: X.map((row) => row.map(String)), y: X.map(() => 1) };
  return {
    version: 1,
    architecture: "linear",
    depth: 1,
    widths: null,
    data: { name: "made", shape: [X[0]!.length], json },
    loss: "exponential",
    optimizer: "normalized-gradient-descent",
    eta: null,
    init: { kind: "gaussian", scale: 0.1 },
    seed: "1",
    tolerance: 0.1,
    goal: 0.1,
    budget: { steps: 20_000, seconds: null },
    ...change,
  };
}

/** A snapshot at log(1/loss) = M; what is not given does not turn. */
export function snapshot(M: number, given: Partial<Snapshot> = {}): Snapshot {
  return {
    step: 0,
    logInverseLoss: M,
    time: 0,
    boundSteps: 0,
    parameterNorm: 1,
    parameters: Float64Array.of(1, 0),
    beta: Float64Array.of(2, 1),
    weights: Float64Array.of(1),
    residual: Float64Array.of(2, 1),
    ...given,
  };
}

/** The vector of length `size` at `angle` (radians) from the first axis, turned towards the second. */
export const at = (angle: number, size = 1): Float64Array =>
  Float64Array.of(size * Math.cos(angle), size * Math.sin(angle));

/** log(1/loss) from `from` on at powers of 2^(1/4), over so many octaves, both ends included. */
export const thresholds = (from: number, octaves: number): number[] =>
  Array.from({ length: 4 * octaves + 1 }, (_, i) => from * 2 ** (i / 4));

export interface Path {
  readonly stop?: StopReason;
  readonly steps?: number;
  /** The end of the run, when it is no snapshot. */
  readonly last?: Snapshot;
}

export function trajectory(snapshots: readonly Snapshot[], { stop = "step-budget", steps = 100, last }: Path = {}) {
  const end = last ?? snapshots[snapshots.length - 1] ?? snapshot(0);
  return {
    stop,
    steps,
    logInverseLoss: end.logInverseLoss,
    snapshots,
    last: end,
    parameters: end.parameters,
  } satisfies Trajectory;
}

/** A run that was followed to the limit `beta`, with these weights, to a loss of exp(-10^20). */
export const limitAt = (
  beta: readonly number[],
  dual: readonly number[] = [1],
  change: Partial<LimitResult> = {},
): LimitResult => {
  const none = nothing("goal-met", "");
  return {
    ...none,
    beta: Float64Array.from(beta),
    dual: Float64Array.from(dual),
    kkt: { stationarity: 3e-16, complementarity: 2e-16, feasibility: 1e-16 },
    phases: {
      ...none.phases,
      descent: { steps: 7, logInverseLoss: 64 },
      continuation: { steps: 9, logLogInverseLoss: 20 * Math.LN10 },
    },
    ...change,
  };
};

/** A run that was not: why. */
export const noLimit = (stop: LimitStop, why = ""): LimitResult => nothing(stop, why);

export interface Made {
  readonly X?: Rows;
  readonly scale?: bigint;
  readonly case?: Partial<Case>;
  readonly run?: Trajectory;
  readonly angles?: readonly Sample[];
  readonly P?: Parameterization;
  readonly loss?: LossFunction;
  readonly optimizer?: Optimizer;
  readonly limit?: LimitResult;
  readonly limitError?: number;
  readonly discretization?: Comparison;
  readonly againstFlow?: Comparison;
}

export function fakeBench(made: Made = {}): Bench {
  const c = caseOf(made.X ?? [[2, 1]], made.case, made.scale);
  const dataset = dataFromJSON(c.data.json);
  const run = made.run ?? trajectory([]);
  const unasked = (what: string) => (): never => {
    throw new Error(`the ${what} was not to be asked for`);
  };
  const comparison = (what: string, given: Comparison | undefined) =>
    given === undefined ? unasked(what) : (): Comparison => given;
  const P = made.P ?? linear.build({ dim: c.data.shape[0]!, depth: 1 });
  const reached = () => vectorOfNumbers(made.limit?.beta ?? run.last.beta);
  return {
    case: c,
    dataset,
    P,
    exactMap: () => exactMapOf(P),
    loss: made.loss ?? exponential,
    optimizer: made.optimizer ?? gradientDescent,
    init: new Float64Array(made.P?.parameters ?? c.data.shape[0]!),
    notes: [],
    limit: () => made.limit ?? null,
    limitError: () => made.limitError ?? Number.POSITIVE_INFINITY,
    separability: () => decideSeparability(dataset),
    optimum: () => l2MaxMargin(dataset),
    run: () => ({ trajectory: run, angles: made.angles ?? [] }),
    discretization: comparison("companion of halved steps", made.discretization),
    againstFlow: comparison("companion of the flow", made.againstFlow),
    reached,
    directionBound() {
      const o = l2MaxMargin(dataset);
      if (!o.separable) throw new Error("no optimum");
      const { kind: _kind, data, ...optimum } = o.certificate;
      const { lower, upper } = angleBounds(angleData(reached(), o.beta));
      return {
        kind: "direction-bound",
        data,
        optimum,
        reached: entriesOf(reached()).map(showQ),
        angle: { lower: showQ(ofNumber(lower)), upper: showQ(ofNumber(upper)) },
      };
    },
  };
}
