/**
 * Initializations: Gaussian weights of a given standard deviation from a seed, or layers given as matrices.
 * Layers are (out x in), input side first; a convolutional or diagonal layer is one row of length D.
 * The doubles drawn are dyadic rationals, so the exact side can read the very same initialization.
 */
import type { CaseInit } from "../kernel/case.js";
import { randomStream } from "../kernel/seed.js";
import { UseError } from "../kernel/use-error.js";
import { gaussian } from "../numeric/gaussian.js";
import type { Parameterization } from "./architecture.js";

function checkScale(scale: number): void {
  if (!(scale >= 0 && Number.isFinite(scale)))
    throw new UseError(`initialization: expected a finite scale >= 0, got ${scale}`);
}

/**
 * Independent Gaussian weights with standard deviation `scale`, in layer l times `layerScales[l]` where there are any; the same for
 * the same seed on every engine.
 */
export function gaussianInitialization(
  P: Parameterization,
  seed: bigint,
  scale: number,
  layerScales?: readonly number[],
): Float64Array {
  checkScale(scale);
  layerScales?.forEach(checkScale);
  if (layerScales !== undefined && layerScales.length !== P.layers.length)
    throw new UseError(
      `${P.architecture} initialization: expected a scale for each of ${P.layers.length} layers, got ${layerScales.length}`,
    );
  const draw = gaussian(randomStream(seed, "initialization"));
  if (layerScales === undefined) return Float64Array.from({ length: P.parameters }, () => scale * draw());
  const all = P.layers.flatMap(({ rows, columns }, l) =>
    Array.from({ length: rows * columns }, () => scale * layerScales[l]! * draw()),
  );
  return Float64Array.from(all);
}

/** The parameters that a Case starts from. */
export function initializationOf(P: Parameterization, init: CaseInit, seed: bigint): Float64Array {
  return init.kind === "gaussian"
    ? gaussianInitialization(P, seed, init.scale, init.layerScales)
    : initializationFromLayers(P, init.layers);
}

/** Flattens layers into the parameter vector; throws UseError naming the layer whose shape is wrong. */
export function initializationFromLayers(
  P: Parameterization,
  layers: readonly (readonly (readonly number[])[])[],
): Float64Array {
  const who = `${P.architecture} initialization`;
  if (layers.length !== P.layers.length)
    throw new UseError(`${who}: expected ${P.layers.length} layers, got ${layers.length}`);
  const w = new Float64Array(P.parameters);
  let at = 0;
  P.layers.forEach(({ rows, columns }, l) => {
    const layer = layers[l]!;
    const odd = layer.findIndex((row) => row.length !== columns);
    if (layer.length !== rows)
      throw new UseError(`${who}: expected layer ${l + 1} to have ${rows} rows, got ${layer.length}`);
    if (odd >= 0)
      throw new UseError(
        `${who}: expected row ${odd + 1} of layer ${l + 1} to have ${columns} entries, got ${layer[odd]!.length}`,
      );
    for (const row of layer) for (const x of row) w[at++] = x;
  });
  return w;
}

/** The inverse: the parameter vector as layers. */
export function layersOf(P: Parameterization, w: Float64Array): number[][][] {
  let at = 0;
  return P.layers.map(({ rows, columns }) =>
    Array.from({ length: rows }, () => Array.from({ length: columns }, () => w[at++]!)),
  );
}
