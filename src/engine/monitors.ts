/**
 * What the asymptotic hypotheses of the theorems speak of, along one run: the loss tends to 0, the predictor converges in
 * direction, so does the gradient in predictor space, so do its phases block by block, and the least normalized margin stays
 * positive. Samples -> for each its last value, the speed at which it still moves, fitted as a power of log(1/loss), and
 * what that leaves to go. These are observations of a run, never proofs; where the samples do not tell, there is null.
 * Convention: `logLog` is log log(1/loss), so that speed ~ exp(-rate logLog) is convergence like log(1/loss)^(-rate).
 * Cost: at most 2 MOST samples are kept, a few vectors of length D each.
 */
import type { Block } from "../models/coordinatewise.js";
import { exp, log } from "../numeric/elementary.js";
import { angle, length2, norm } from "../numeric/vec.js";

export interface Sample {
  readonly logLog: number;
  readonly logNorm: number;
  /** The predictor, of any length, and sum p_n z_n: both in one orthonormal basis. */
  readonly beta: Float64Array;
  readonly gradient: Float64Array;
  /** The least margin of the parameters scaled to norm 1. */
  readonly margin: number;
}

export interface Monitor {
  readonly id: "loss" | "direction" | "gradient-direction" | "phases" | "margin";
  /** Loss: log log(1/loss). Margin: the margin. Directions and phases: the angle of the last two samples. */
  readonly value: number;
  /** Loss: growth of log log(1/loss) with the log-norm. Else: the power of log(1/loss) by which it still moves less. */
  readonly rate: number | null;
  /** One standard error of the rate. */
  readonly rateError: number | null;
  /** What is left to go, extrapolated: rad, for the margin relative. Null where it cannot be told; for the loss always. */
  readonly remainder: number | null;
  /** Samples that the estimate rests on. */
  readonly samples: number;
}

const MOST = 32;

/** Keeps at most 2 MOST samples, evenly over all that were offered. `make` is called only for one that is kept. */
export function createSampler(): { offer(make: () => Sample): void; samples(): readonly Sample[] } {
  let kept: Sample[] = [];
  let [stride, offered] = [1, 0];
  return {
    offer(make) {
      if (offered++ % stride !== 0) return;
      kept.push(make());
      if (kept.length < 2 * MOST) return;
      kept = kept.filter((_, i) => i % 2 === 0);
      stride *= 2;
    },
    samples: () => kept,
  };
}

/** Angles and relative changes below this are rounding. */
const FLOOR = 1e-14;
const FEWEST = 5;

interface Line {
  readonly slope: number;
  readonly error: number;
}

/** Least squares y = a + slope x, and the standard error of the slope. */
function fitLine(x: readonly number[], y: readonly number[]): Line {
  const n = x.length;
  const mean = (v: readonly number[]): number => v.reduce((a, b) => a + b, 0) / n;
  const [mx, my] = [mean(x), mean(y)];
  let [xx, xy] = [0, 0];
  x.forEach((value, i) => {
    xx += (value - mx) * (value - mx);
    xy += (value - mx) * (y[i]! - my);
  });
  const slope = xx > 0 ? xy / xx : 0;
  const left = y.reduce((s, value, i) => {
    const r = value - my - slope * (x[i]! - mx);
    return s + r * r;
  }, 0);
  return { slope, error: xx > 0 && n > 2 ? Math.sqrt(left / (n - 2) / xx) : Number.POSITIVE_INFINITY };
}

interface Estimate {
  readonly rate: number | null;
  readonly rateError: number | null;
  readonly remainder: number | null;
  readonly samples: number;
}

/** From the steps between samples at `x`: how they shrink over the last half of those that show, and the sum of the rest. */
export function estimate(x: readonly number[], steps: readonly number[]): Estimate {
  const speeds = steps
    .map((step, i) => ({ at: (x[i]! + x[i + 1]!) / 2, over: x[i + 1]! - x[i]!, step }))
    .filter(({ over, step }) => over > 0 && Number.isFinite(step));
  const showing = speeds.filter(({ step }) => step > FLOOR);
  const last = speeds[speeds.length - 1];
  const settled = last !== undefined && speeds.slice(-2).every(({ step }) => step <= FLOOR);
  const used = showing.slice(-Math.max(FEWEST, Math.ceil(showing.length / 2)));
  if (used.length < FEWEST)
    return {
      rate: null,
      rateError: null,
      remainder: settled && speeds.length >= FEWEST ? FLOOR : null,
      samples: used.length,
    };
  const { slope, error } = fitLine(
    used.map(({ at }) => at),
    used.map(({ step, over }) => log(step / over)),
  );
  const end = x[x.length - 1]!;
  const final = used[used.length - 1]!;
  // The integral of the fitted speed from the end on; the last step that showed stands for a fit that lies below it.
  const told = -slope > 2 * error;
  const left = (final.step / final.over / -slope) * exp(slope * (end - final.at));
  return {
    rate: -slope,
    rateError: Number.isFinite(error) ? error : null,
    remainder: settled ? FLOOR : told && Number.isFinite(left) ? Math.max(FLOOR, left) : null,
    samples: used.length,
  };
}

/** The largest turn of a phase, over blocks whose part shows in both; a real block turns by 0 or pi. */
function phaseTurn(a: Float64Array, b: Float64Array, blocks: readonly Block[]): number {
  const least = 1e-8 * Math.max(norm(a), norm(b));
  let most = 0;
  for (const { at, complex } of blocks) {
    const cut = (g: Float64Array): Float64Array => g.subarray(at, at + (complex ? 2 : 1));
    const size = (g: Float64Array): number => (complex ? length2(g[at]!, g[at + 1]!) : Math.abs(g[at]!));
    if (Math.min(size(a), size(b)) > least) most = Math.max(most, angle(cut(a), cut(b)));
  }
  return most;
}

/** All monitors of a run, in the order of its samples; `blocks` null where the network has none. */
export function monitorsOf(samples: readonly Sample[], blocks: readonly Block[] | null): readonly Monitor[] {
  const told = samples.filter((s) => Number.isFinite(s.logLog) && s.margin > 0);
  const last = told[told.length - 1];
  if (last === undefined) return [];
  const x = told.map((s) => s.logLog);
  const between = (f: (a: Sample, b: Sample) => number): number[] => told.slice(1).map((b, i) => f(told[i]!, b));
  const moving = (id: Monitor["id"], steps: number[]): Monitor => ({
    id,
    value: steps[steps.length - 1] ?? 0,
    ...estimate(x, steps),
  });
  const half = told.slice(Math.floor(told.length / 2));
  const line =
    half.length < FEWEST
      ? null
      : fitLine(
          half.map((s) => s.logNorm),
          half.map((s) => s.logLog),
        );
  return [
    {
      id: "loss",
      value: last.logLog,
      rate: line?.slope ?? null,
      rateError: line === null || !Number.isFinite(line.error) ? null : line.error,
      remainder: null,
      samples: half.length,
    },
    moving(
      "direction",
      between((a, b) => angle(a.beta, b.beta)),
    ),
    moving(
      "gradient-direction",
      between((a, b) => angle(a.gradient, b.gradient)),
    ),
    ...(blocks === null
      ? []
      : [
          moving(
            "phases",
            between((a, b) => phaseTurn(a.gradient, b.gradient, blocks)),
          ),
        ]),
    {
      ...moving(
        "margin",
        between((a, b) => Math.abs(b.margin - a.margin) / last.margin),
      ),
      value: last.margin,
    },
  ];
}
