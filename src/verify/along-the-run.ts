/**
 * Asymptotic steps of proofs, looked at along one run of descent: do the parameters align with J^T r, does the softmax leave
 * the points that are not of least margin, does a block outside the support of the limit grow at the rate of its dual? What is
 * seen is `observed`: it backs a statement about t -> infinity and proves none. The limit that the run is held to is that of
 * the engine. Convention: M = log(1/loss), octaves of M. Cost: one run to M = `until` and one to its limit.
 */
import { descend, type Snapshot } from "../engine/descent.js";
import { limitDirection } from "../engine/limit.js";
import type { Dataset } from "../kernel/dataset.js";
import { OCTAVES } from "../kernel/tolerance.js";
import { UseError } from "../kernel/use-error.js";
import type { Parameterization } from "../models/architecture.js";
import { type Block, type CoordinatewiseForm, coordinatewiseForm } from "../models/coordinatewise.js";
import { gaussianInitialization } from "../models/initialization.js";
import { exponential } from "../models/losses/exponential.js";
import { normalizedGradientDescent } from "../models/optimizers/normalized-gradient-descent.js";
import { type SignedData, signedData } from "../models/signed-data.js";
import { log } from "../numeric/elementary.js";
import { angle, combineRows, length2, rowProducts } from "../numeric/vec.js";
import type { Sample } from "./octaves.js";

export interface WatchedRun {
  readonly P: Parameterization;
  readonly data: SignedData;
  /** In the order of their M. */
  readonly points: readonly Snapshot[];
  /** The predictor of the limit, least margin 1, and its weights. */
  readonly beta: Float64Array;
  readonly dual: Float64Array;
}

export interface Watched {
  readonly P: Parameterization;
  readonly dataset: Dataset;
  readonly seed: bigint;
  readonly scale: number;
  /** log(1/loss) at the end. */
  readonly until: number;
}

const MOST_STEPS = 100_000;

export function watchRun({ P, dataset, seed, scale, until }: Watched): WatchedRun {
  const data = signedData(dataset);
  const init = gaussianInitialization(P, seed, scale);
  const same = { P, data, loss: exponential, optimizer: normalizedGradientDescent, init } as const;
  const eta = Number.POSITIVE_INFINITY;
  const { snapshots, last } = descend({
    ...{ ...same, eta, maxSteps: MOST_STEPS, cancelled: () => null },
    observe: (s) => s.logInverseLoss >= until,
  });
  const limit = limitDirection({ ...same, eta, asGiven: true });
  if (limit.beta === null || limit.dual === null || !(last.logInverseLoss >= until))
    throw new UseError(`along the run: expected a run that reaches its limit, got one that does not (${limit.stop})`);
  return { P, data, points: snapshots, beta: limit.beta, dual: limit.dual };
}

const reading = ({ points }: WatchedRun, look: (s: Snapshot) => number): Sample[] =>
  points.filter((s) => s.logInverseLoss > 0).map((s) => ({ M: s.logInverseLoss, value: look(s) }));

/** The angle between the parameters and J(w)^T r, by snapshot. */
export function misalignment(run: WatchedRun): Sample[] {
  const pull = new Float64Array(run.P.parameters);
  return reading(run, (s) => {
    run.P.pullback(s.parameters, s.residual, pull);
    return angle(pull, s.parameters);
  });
}

/** Margins of the limit above 1 by this much are not the least. */
const LOOSE = 1e-6;

/** The share of the softmax on points that are not of least margin at the limit, by snapshot. */
export function looseShare(run: WatchedRun): Sample[] {
  const margins = new Float64Array(run.data.N);
  rowProducts(run.data.z, run.beta, margins);
  return reading(run, (s) => s.weights.reduce((sum, w, n) => (margins[n]! > 1 + LOOSE ? sum + w : sum), 0));
}

/** The median: single looks at a run jitter with its steps. */
const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

/**
 * Does it fall from octave to octave of M, from `from` on, by the median of each, and how low? A share that underflows has
 * fallen. At least three octaves, since two points can be luck.
 */
export function fallsByOctaves(
  samples: readonly Sample[],
  from: number,
): { readonly falls: boolean; readonly end: number } {
  const octaves: number[][] = [];
  for (const { M, value } of samples) {
    let k = -1;
    for (let edge = from; edge <= M; edge *= 2) k += 1;
    if (k >= 0) {
      octaves[k] ??= [];
      octaves[k]!.push(value);
    }
  }
  const medians = octaves.map(median);
  return {
    falls:
      medians.length >= OCTAVES.value &&
      medians.every((m, k) => k === 0 || m === 0 || m < (medians[k - 1] ?? Number.NEGATIVE_INFINITY)),
    end: medians[medians.length - 1] ?? Number.POSITIVE_INFINITY,
  };
}

export interface GrowthRate {
  readonly block: number;
  /** |zhat_k| / kappa, from the weights of the limit. */
  readonly predicted: number;
  /** log |s_k| over that of a block of the support, s = a + e^(i psi) conj(b): by how much both grew along the run. */
  readonly seen: number;
}

/** A coefficient of the support is no smaller than this share of the largest. */
const SUPPORT = 1e-9;

const sizeOf = (x: Float64Array, { at, complex }: Block): number =>
  complex ? length2(x[at]!, x[at + 1]!) : Math.abs(x[at]!);

function inCoordinates(form: CoordinatewiseForm, signal: Float64Array): Float64Array {
  const x = Float64Array.from(signal);
  form.toCoordinates(x);
  return x;
}

/** |a + e^(i psi) conj(b)| of a block, psi the phase of r there. */
function growingPart(a: Float64Array, b: Float64Array, r: Float64Array, block: Block): number {
  const { at, complex } = block;
  const size = sizeOf(r, block);
  if (!complex) return Math.abs(a[at]! + (r[at]! / size) * b[at]!);
  const [u, v] = [r[at]! / size, r[at + 1]! / size];
  return length2(a[at]! + u * b[at]! + v * b[at + 1]!, a[at + 1]! + v * b[at]! - u * b[at + 1]!);
}

/** Of the blocks outside the support of the limit of a product of two layers, between M = `from` and the end of the run. */
export function growthRates(run: WatchedRun, from: number): GrowthRate[] {
  const form = coordinatewiseForm(run.P);
  if (form === null || form.depth !== 2)
    throw new UseError(`growth rates: expected a product of two layers in each block, got ${run.P.architecture}`);
  const { D } = run.data;
  const late = run.points.filter((s) => s.logInverseLoss >= from);
  const [first, last] = [late[0], late[late.length - 1]];
  if (first === undefined || last === undefined || last.logInverseLoss < 4 * first.logInverseLoss)
    throw new UseError(`growth rates: expected two octaves of log(1/loss) from ${from} on, got fewer`);
  const z = new Float64Array(D);
  combineRows(run.data.z, run.dual, z);
  const [beta, dual, r] = [run.beta, z, last.residual].map((x) => inCoordinates(form, x)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const grown = (block: Block): number => {
    const [start, end] = [first, last].map(({ parameters }) => {
      const [a, b] = [0, 1].map((l) => inCoordinates(form, parameters.subarray(l * D, (l + 1) * D)));
      return log(growingPart(a!, b!, r, block));
    }) as [number, number];
    return end - start;
  };
  // In these coordinates a pair weighs sqrt(2).
  const rate = (block: Block): number => sizeOf(dual, block) / (block.complex ? Math.SQRT2 : 1);
  const sizes = form.blocks.map((b) => sizeOf(beta, b));
  const largest = sizes.reduce((a, x) => Math.max(a, x), 0);
  const carrier = form.blocks[sizes.indexOf(largest)]!;
  return form.blocks.flatMap((b, block) =>
    sizes[block]! > SUPPORT * largest
      ? []
      : [{ block, predicted: rate(b) / rate(carrier), seen: grown(b) / grown(carrier) }],
  );
}
