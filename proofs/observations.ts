/**
 * What fixed small runs show of the steps about t -> infinity that no check decides: alignment of the parameters with J^T r,
 * concentration of the softmax on the points of least margin, growth outside the support at the rate of the dual. Read by
 * src/verify/along-the-run.ts; evidence `observed` at best. Cost: about a tenth of a second a run.
 */

import type { Parameterization } from "../src/models/architecture.js";
import { convolutional } from "../src/models/architectures/convolutional.js";
import { diagonal } from "../src/models/architectures/diagonal.js";
import { fullyConnected } from "../src/models/architectures/fully-connected.js";
import {
  fallsByOctaves,
  growthRates,
  looseShare,
  misalignment,
  type WatchedRun,
  watchRun,
} from "../src/verify/along-the-run.js";
import type { Sample } from "../src/verify/octaves.js";
import type { Observation } from "../src/verify/proof-node.js";

const run = (P: Parameterization, X: readonly (readonly number[])[], seed: bigint, until: number): WatchedRun => {
  const rows = X.map((row) => row.map(BigInt));
  const dataset = { name: "fixed", shape: [rows[0]!.length], scale: 1n, X: rows, y: rows.map(() => 1 as const) };
  return watchRun({ P, dataset: { ...dataset, features: null }, seed, scale: 0.3, until });
};

/** The last point is not of least margin at the limits of these. */
const THREE = [
  [3, -1, 2, 0],
  [1, 4, -2, 1],
  [2, 1, 5, -1],
];
const ALIGNING: readonly Parameterization[] = [
  fullyConnected.build({ dim: 4, depth: 2, widths: [2] }),
  fullyConnected.build({ dim: 4, depth: 3, widths: [2] }),
  convolutional.build({ dim: 4, depth: 3 }),
  diagonal.build({ dim: 4, depth: 3 }),
];
/** Of log(1/loss): past the saddles near the start, and six octaves on. */
const [FROM, UNTIL] = [16, 1024];

function falling(what: (r: WatchedRun) => readonly Sample[], most: number, named: string): Observation {
  const seen = ALIGNING.map((P) => fallsByOctaves(what(run(P, THREE, 3n, UNTIL)), FROM));
  const ends = seen.map(({ end }) => end.toPrecision(2)).join(", ");
  return {
    seen: seen.every(({ falls, end }) => falls && end <= most),
    why: `on ${ALIGNING.length} fixed runs ${named} falls from octave to octave of log(1/loss), from ${FROM} to ${UNTIL}, to ${ends}`,
  };
}

export const parametersAlign = (): Observation =>
  falling(misalignment, 0.1, "the angle between the parameters and J^T r (rad)");

export const gradientConcentrates = (): Observation =>
  falling(looseShare, 1e-9, "the share of the softmax on points that are not of least margin");

/**
 * Runs whose limits leave blocks out, with duals from a third to three quarters of kappa there, and with one set of multipliers
 * each: where there are several the softmax of the run need not tend to those of the engine's limit, nor the rates to their dual.
 */
const GROWING: readonly (readonly [P: Parameterization, X: readonly (readonly number[])[]])[] = [
  [
    convolutional.build({ dim: 5, depth: 2 }),
    [
      [3, 5, 4, 4, -5],
      [-2, -3, 4, 1, 1],
      [-4, 0, 5, -1, -2],
    ],
  ],
  [
    diagonal.build({ dim: 5, depth: 2 }),
    [
      [-2, 2, 0, 5, 4],
      [-5, 5, -3, 3, 3],
      [0, -5, -2, 0, 2],
    ],
  ],
];
/** What is left of the transient between log(1/loss) = 256 and 4096. */
const RATE = 0.02;

/** Outside the support the growing part grows |zhat| / kappa times as fast as on it. */
export function growthByDual(architecture: "convolutional" | "diagonal"): Observation {
  const rates = GROWING.filter(([P]) => P.architecture === architecture).flatMap(([P, X]) =>
    growthRates(run(P, X, 1n, 4096), 256),
  );
  const words = rates.map((r) => `${r.seen.toFixed(3)} for ${r.predicted.toFixed(3)}`).join(", ");
  return {
    seen: rates.length > 0 && rates.every(({ seen, predicted }) => Math.abs(seen - predicted) <= RATE && predicted < 1),
    why: `on a fixed run the blocks outside the support grow in the logarithm at these multiples of the rate on it, for |zhat| / kappa: ${words}`,
  };
}
