/**
 * The stages of one Case, each a frozen value computed at most once and handed forward:
 * data -> parameterization, optimum -> trajectory -> reached direction with its certificates. Ten checks cost one run.
 * The clock is handed in; without one, budgets are counted in steps only.
 */
import { TURN } from "../engine/continuation.js";
import { descend, type Snapshot, type Trajectory } from "../engine/descent.js";
import { type LimitOptions, type LimitResult, limitDirection } from "../engine/limit.js";
import { angleBounds, angleData } from "../exact/angle.js";
import { ofNumber, q, showQ, toNumber } from "../exact/rational.js";
import { entriesOf, type QVector, vectorOfNumbers } from "../exact/vector.js";
import type { Case } from "../kernel/case.js";
import type { DirectionBoundCertificate, FarkasCertificate, SeparationCertificate } from "../kernel/certificate.js";
import { type Dataset, dataFromJSON } from "../kernel/dataset.js";
import { ANGLE, LIMIT_ERROR } from "../kernel/tolerance.js";
import { UseError } from "../kernel/use-error.js";
import type { Parameterization } from "../models/architecture.js";
import { ARCHITECTURES } from "../models/architectures/index.js";
import { byName } from "../models/by-name.js";
import { initializationOf } from "../models/initialization.js";
import type { LossFunction } from "../models/loss.js";
import { LOSSES } from "../models/losses/index.js";
import type { Optimizer } from "../models/optimizer.js";
import { OPTIMIZERS } from "../models/optimizers/index.js";
import { normalizedGradientDescent } from "../models/optimizers/normalized-gradient-descent.js";
import { type SignedData, signedData, unitExponent } from "../models/signed-data.js";
import { exp } from "../numeric/elementary.js";
import { angle } from "../numeric/vec.js";
import { type L2Margin, l2MaxMargin } from "../oracle/l2-margin.js";
import { decideSeparability } from "../oracle/separability.js";
import { type CompareRange, type Comparison, compareRuns } from "./compare-runs.js";
import { endAt, endAtGoal, endWhenSettled } from "./ending.js";
import { type ExactMap, exactMapOf } from "./exact-map.js";
import type { Sample } from "./octaves.js";
import { dynamicsOf, type Own } from "./theorem.js";

export interface Clock {
  /** A reason to end the run now, or null. */
  cancelled(): "time-budget" | "interrupted" | null;
  /** Called at every snapshot. */
  progress?(logInverseLoss: number, angle: number | null): void;
}

interface TrainSettings {
  readonly optimizer: Optimizer;
  readonly eta: number;
  readonly stepFactor: number;
  readonly observe: (s: Snapshot) => boolean;
}

export interface Run {
  readonly trajectory: Trajectory;
  /** Angle to the predicted optimum in floating point, by snapshot and at the end. */
  readonly angles: readonly Sample[];
}

export interface Bench {
  readonly case: Case;
  readonly dataset: Dataset;
  readonly P: Parameterization;
  readonly loss: LossFunction;
  readonly optimizer: Optimizer;
  readonly init: Float64Array;
  /** What a reader of the verdict must know of how the case was run. */
  readonly notes: readonly string[];
  /** The network's map in exact terms, or why it is not written out. */
  exactMap(): ExactMap;
  /** Decided exactly, with its certificate. */
  separability(): Promise<SeparationCertificate | FarkasCertificate>;
  /** The predicted optimum with its exact-kkt certificate, or a Farkas certificate. */
  optimum(): L2Margin;
  /**
   * The limit of the run, or why there is none; null where a run is not followed to its limit: plain descent with bounded
   * steps is looked at for what it shows itself. Predictor, weights and residuals are there exactly where the engine met its
   * goal. In the engine's unit: `reached` is in that of the data.
   */
  limit(): LimitResult | null;
  /** How far (rad) the reported limit may be from that of the run, as a run with halved steps or its basin shows it. */
  limitError(): number;
  /** Trains. Without an optimum (data not separable) no angles are taken and the run ends by its budget. */
  run(): Run;
  /** The same run with all steps halved, up to a small log(1/loss), and its largest angle to the first (radians). */
  discretization(): Comparison;
  /**
   * Against loss-normalized descent from the same start, at equal log(1/loss), from the first snapshot after a step that
   * the optimizer's own bound limited to the end of this run. Nothing (upTo 0) where no step was limited so.
   */
  againstFlow(): Comparison;
  /** The certified enclosure of the angle between the reached predictor and the optimum. */
  directionBound(): DirectionBoundCertificate;
  /** The predictor that stands for the run, exactly: its limit where there is one, else its end. */
  reached(): QVector;
}

/** The snapshots of a run, with its end. */
export function snapshotsOf({ snapshots, last }: Trajectory): readonly Snapshot[] {
  const end = snapshots[snapshots.length - 1];
  return end !== undefined && last.logInverseLoss > end.logInverseLoss ? [...snapshots, last] : snapshots;
}

/**
 * Up to here, or two octaves past the first snapshot, the halved companion run is compared: early, where steps are
 * relatively largest, and cheap.
 */
const COMPANION_LIMIT = 32;

/** A rational vector scaled by a power of two into the range of doubles: its direction, for floating point. */
function directionOf(v: QVector): Float64Array {
  const peak = v.n.reduce((a, x) => (x > a ? x : -x > a ? -x : a), 0n);
  return Float64Array.from(v.n, (x) => toNumber(q(x, peak)));
}

/** A companion run may take this many times the steps of the run it is compared with; halved steps need twice as many. */
const COMPANION_STEPS = 8;

/** A run that shows the way to a limit ends here, at log(1/loss) where continuation has taken over. */
const WAY = 64;

export interface BenchOptions {
  /** How a run ends: by the angle to the predicted optimum, or (where there is no such prediction) by settling. */
  readonly ending?: "goal" | "settled";
  /** Is a run of gradient flow followed to its limit? */
  readonly toLimit?: boolean;
  /** Networks, losses and optimizers beside those that ship. */
  readonly own?: Own;
}

export function createBench(
  c: Case,
  clock: Clock,
  { ending = "goal", toLimit = false, own = {} }: BenchOptions = {},
): Bench {
  const dataset: Dataset = { ...dataFromJSON(c.data.json, c.data.name), shape: c.data.shape };
  const D = dataset.shape.reduce((a, b) => a * b, 1);
  if (!(c.tolerance > 0 && c.tolerance < 1.5) || !(c.goal > 0 && c.goal <= c.tolerance))
    throw new UseError(`case: expected 0 < goal <= tolerance < 1.5 radians, got ${c.goal} and ${c.tolerance}`);
  const P = byName("architecture", [...ARCHITECTURES, ...(own.architectures ?? [])], c.architecture).build({
    dim: D,
    depth: c.depth,
    ...(c.widths === null ? {} : { widths: c.widths }),
    ...c.options,
  });
  const loss = byName("loss", [...LOSSES, ...(own.losses ?? [])], c.loss);
  const optimizer = byName("optimizer", [...OPTIMIZERS, ...(own.optimizers ?? [])], c.optimizer);
  const init = initializationOf(P, c.init, BigInt(c.seed));
  if (c.eta === null && optimizer.facts.boundedSteps)
    throw new UseError(`case: expected a step bound for ${optimizer.name}, got none`);
  if (unitExponent(dataset) !== 0 && optimizer.facts.boundedSteps)
    throw new UseError(`case: expected data within 2^64 of 1 for ${optimizer.name}, whose step bound has a unit`);
  // Data near the ends of the range of doubles are read in a power-of-two unit; the predictor is scaled back exactly.
  const unit = unitExponent(dataset);
  const data: SignedData = signedData(dataset, unit);
  const notes =
    unit === 0
      ? []
      : [
          `the data are far from 1 in size, so the engine works on them times 2^${-unit}: loss and initialization are meant in that unit`,
        ];
  const once = <T>(compute: () => T): (() => T) => {
    let done: { readonly value: T } | null = null;
    return () => {
      done ??= { value: compute() };
      return done.value;
    };
  };

  const exactMap = once(() => exactMapOf(P));
  const separability = once(() => decideSeparability(dataset));
  const optimum = once(() => l2MaxMargin(dataset));
  const target = once(() => {
    const o = optimum();
    return o.separable ? directionOf(o.beta) : null;
  });
  const bound = c.eta ?? Number.POSITIVE_INFINITY;
  const train = (settings: TrainSettings, maxSteps: number, cancelled: Clock["cancelled"]): Trajectory =>
    descend({ P, data, loss, init, maxSteps, cancelled, ...settings });
  const run = once((): Run => {
    const direction = ending === "goal" ? target() : null;
    const progress = (M: number, value: number | null): void => clock.progress?.(M, value);
    // Where a limit was looked for and not found, the run itself is looked at as coarsely as a run can be.
    const coarse = limit() === null ? 0 : ANGLE.value;
    const [goal, tolerance] = [Math.max(c.goal, coarse), Math.max(c.tolerance, coarse)];
    const watch =
      limit()?.beta != null
        ? endAt(WAY, direction, progress)
        : direction === null || ending === "settled"
          ? endWhenSettled(goal, progress)
          : endAtGoal({ target: direction, goal, tolerance, dynamics: dynamicsOf(optimizer.facts) }, progress);
    const trajectory = train(
      { optimizer, eta: bound, stepFactor: 1, observe: (s) => watch.observe(s) },
      c.budget.steps,
      () => clock.cancelled(),
    );
    const end = trajectory.last;
    // Steps are only taken to a finite loss, so this is the start.
    if (!Number.isFinite(end.logInverseLoss))
      throw new UseError("case: expected an initialization whose loss is in the range of doubles, got a larger one");
    const angles = [...watch.angles];
    if (direction !== null && ending === "goal" && end.logInverseLoss > (angles[angles.length - 1]?.M ?? 0))
      angles.push({ M: end.logInverseLoss, value: angle(end.beta, direction) });
    return { trajectory, angles };
  });
  const against = (range: CompareRange, other: Omit<TrainSettings, "observe">): Comparison => {
    const { trajectory } = run();
    // A companion of a run that was cut short would be cut too, and says nothing that the verdict needs.
    const cut = trajectory.stop === "time-budget" || trajectory.stop === "interrupted" ? trajectory.stop : null;
    const cancelled = (): ReturnType<Clock["cancelled"]> =>
      cut ?? (clock.cancelled() === "interrupted" ? "interrupted" : null);
    return compareRuns(snapshotsOf(trajectory), range, (observe) =>
      train({ ...other, observe }, COMPANION_STEPS * trajectory.steps, cancelled),
    );
  };
  const discretization = once(() => {
    const from = run().trajectory.snapshots[0]?.logInverseLoss ?? 0;
    return against({ from: 0, limit: Math.max(COMPANION_LIMIT, 4 * from) }, { optimizer, eta: bound, stepFactor: 0.5 });
  });
  const againstFlow = once(() => {
    // Before its own bound ever limited a step, a run with bounded steps is loss-normalized descent itself, bit by bit.
    const own = run().trajectory.snapshots.find((s) => s.boundSteps > 0);
    return against(
      { from: own?.logInverseLoss ?? Number.POSITIVE_INFINITY, limit: Number.POSITIVE_INFINITY },
      { optimizer: normalizedGradientDescent, eta: Number.POSITIVE_INFINITY, stepFactor: 1 },
    );
  });
  const limitOptions = (): LimitOptions => ({
    P,
    data,
    loss,
    optimizer,
    eta: bound,
    init,
    maxSteps: c.budget.steps,
    asGiven: true,
    progress: (p) =>
      clock.progress?.(p.phase === "descent" ? p.logInverseLoss : exp(Math.min(p.logLogInverseLoss, 700)), null),
    cancelled: () => clock.cancelled(),
  });
  const limit = once((): LimitResult | null => {
    // What the engine follows a run to is the limit that an exponential tail leads to.
    if (!loss.facts.exponentialTail) return null;
    if (!toLimit || P.degree === null || dynamicsOf(optimizer.facts) !== "gradient-flow") return null;
    const found = limitDirection(limitOptions());
    // A point that the engine does not call a limit stands for no run: the end of descent does.
    return found.stop === "goal-met" ? found : { ...found, beta: null, dual: null, kkt: null };
  });
  const limitError = once(() => {
    const own = limit();
    if (own?.beta == null) return Number.POSITIVE_INFINITY;
    // Where the path matters two runs were compared already.
    if (own.basin !== null) return Math.max(own.basin.apart, LIMIT_ERROR.value);
    const finer = limitDirection({ ...limitOptions(), stepFactor: 1 / 2, turn: TURN / 2 });
    return finer.stop !== "goal-met" || finer.beta === null
      ? Number.POSITIVE_INFINITY
      : Math.max(angle(own.beta, finer.beta), LIMIT_ERROR.value);
  });
  const reached = once(() => {
    const { n, d } = vectorOfNumbers(limit()?.beta ?? run().trajectory.last.beta);
    return unit > 0 ? { n, d: d << BigInt(unit) } : { n: n.map((x) => x << BigInt(-unit)), d };
  });
  const directionBound = once((): DirectionBoundCertificate => {
    const exact = optimum();
    if (!exact.separable) throw new Error("bench: no optimum to compare with (an internal fault)");
    const { kind: _kind, data: json, ...stated } = exact.certificate;
    const bounds = angleBounds(angleData(reached(), exact.beta));
    return {
      kind: "direction-bound",
      data: json,
      optimum: stated,
      reached: entriesOf(reached()).map(showQ),
      angle: { lower: showQ(ofNumber(bounds.lower)), upper: showQ(ofNumber(bounds.upper)) },
    };
  });
  return {
    case: c,
    dataset,
    P,
    loss,
    optimizer,
    init,
    notes,
    exactMap,
    separability,
    optimum,
    limit,
    limitError,
    run,
    discretization,
    againstFlow,
    directionBound,
    reached,
  };
}
