/**
 * Do the parts of a Case fit each other? A network that can be built for data of this dimension, an initialization of its
 * shape with a finite predictor, data whose rows are as wide as they say. Checked before anything is allocated or trained,
 * so that what does not fit is a sentence (UseError) and not a fault or a computer without memory.
 */
import type { Case, CaseInit, CaseOptions } from "../kernel/case.js";
import type { DataJSON } from "../kernel/certificate.js";
import { dataFromJSON } from "../kernel/dataset.js";
import { UseError } from "../kernel/use-error.js";
import type { Parameterization } from "../models/architecture.js";
import { ARCHITECTURES } from "../models/architectures/index.js";
import { byName } from "../models/by-name.js";
import { clipped } from "../models/data/decimal.js";
import { initializationOf } from "../models/initialization.js";
import { LOSSES } from "../models/losses/index.js";
import { OPTIMIZERS } from "../models/optimizers/index.js";
import { unitExponent } from "../models/signed-data.js";
import type { Own } from "../verify/theorem.js";

/** As many as an architecture builds; it counts only what it has allocated, so more must not reach it. */
const MOST_PARAMETERS = 1_000_000;
/** The readers of data allow 400 digits over one scale, and magnitudes to 10^200. */
const MOST_DIGITS = 400;
const MOST_POWER = 200n;

/** Margins of such a predictor on data in their own unit are far inside the range of doubles. */
const MOST_PREDICTOR = 1e250;

export interface NetworkParts {
  readonly architecture: string;
  readonly depth: number;
  readonly widths: readonly number[] | null;
  readonly options?: CaseOptions;
  readonly seed: string;
  readonly init: CaseInit;
}

/** Parameters of the network, or at least a number beyond the limit; allocates nothing. */
function parametersOf({ depth, widths }: NetworkParts, usesWidths: boolean, dim: number): number {
  if (!usesWidths) return dim * depth;
  const hidden = widths ?? [dim];
  const last = hidden[hidden.length - 1] ?? dim;
  const between = hidden.length === 1 ? Math.max(0, depth - 2) * last * last : 0;
  return hidden.reduce((sum, h, i) => sum + h * (hidden[i - 1] ?? dim), 0) + between + last;
}

/** Runs a check whose sentences do not name the file that they are about. */
function about<T>(file: string, check: () => T): T {
  try {
    return check();
  } catch (error) {
    throw error instanceof UseError ? new UseError(`${file}, ${error.message}`) : error;
  }
}

/** The network for data of dimension `dim` with its initial parameters; `file` is where the initialization comes from. */
export function checkNetwork(
  network: NetworkParts,
  dim: number,
  file: string,
  own: Own = {},
): { readonly P: Parameterization; readonly init: Float64Array } {
  return about(file, () => {
    const { depth, widths, options, seed, init } = network;
    const architecture = byName(
      "architecture",
      [...ARCHITECTURES, ...(own.architectures ?? [])],
      clipped(network.architecture),
    );
    const { name, usesWidths, maximalDepth } = architecture;
    if (widths !== null && !usesWidths)
      throw new UseError(`${name}: expected no widths, got ${clipped(widths.join(","))}`);
    const parameters = parametersOf(network, usesWidths, dim);
    const tooDeep = maximalDepth !== null && depth > maximalDepth; // its own sentence is better
    if (!tooDeep && parameters > MOST_PARAMETERS)
      throw new UseError(`${name}: expected at most ${MOST_PARAMETERS} parameters, got ${parameters}`);
    const P = architecture.build({ dim, depth, ...(widths === null ? {} : { widths }), ...options });
    const start = initializationOf(P, init, BigInt(seed));
    const beta = new Float64Array(dim);
    P.apply(start, beta);
    if (!beta.every((x) => Math.abs(x) <= MOST_PREDICTOR))
      throw new UseError(
        `${name}: expected an initialization whose predictor has entries of at most ${MOST_PREDICTOR}, got larger ones`,
      );
    return { P, init: start };
  });
}

function checkData({ X, y, scale }: DataJSON, shape: readonly number[]): void {
  if (shape.length !== 1)
    throw new UseError(`data: expected N x D data, got inputs of shape ${clipped(shape.join(" x "))}`);
  const D = shape[0]!;
  if (X.length === 0 || y.length !== X.length)
    throw new UseError(`data: expected one y for each of at least one row of X, got ${y.length} for ${X.length} rows`);
  X.forEach((row, n) => {
    if (row.length !== D) throw new UseError(`data, X[${n}]: expected ${D} numbers as in the shape, got ${row.length}`);
    const long = row.findIndex((x) => x.replace("-", "").length > MOST_DIGITS);
    if (long >= 0) throw new UseError(`data, X[${n}][${long}]: expected at most ${MOST_DIGITS} digits, got more`);
  });
  if (scale.length > MOST_DIGITS)
    throw new UseError(`data: expected a scale of at most ${MOST_DIGITS} digits, got more`);
  const most = BigInt(scale) * 10n ** MOST_POWER;
  X.forEach((row, n) => {
    const d = row.map(BigInt).findIndex((x) => x > most || -x > most);
    if (d >= 0) throw new UseError(`data, X[${n}][${d}]: expected a magnitude of at most 1e${MOST_POWER}, got more`);
  });
}

/** The case itself, once everything in it fits; `file` is what sentences call it. */
export function checkCase(c: Case, file: string, own: Own = {}): Case {
  about(file, () => {
    checkData(c.data.json, c.data.shape);
    byName("loss", [...LOSSES, ...(own.losses ?? [])], clipped(c.loss));
    const { name, facts } = byName("optimizer", [...OPTIMIZERS, ...(own.optimizers ?? [])], clipped(c.optimizer));
    if (c.eta === null && facts.boundedSteps) throw new UseError(`eta: expected a step bound for ${name}, got null`);
    if (!(c.tolerance > 0 && c.tolerance < 1.5) || !(c.goal > 0 && c.goal <= c.tolerance))
      throw new UseError(`goal: expected 0 < goal <= tolerance < 1.5 radians, got ${c.goal} and ${c.tolerance}`);
    if (facts.boundedSteps && unitExponent(dataFromJSON(c.data.json)) !== 0)
      throw new UseError(
        `data: expected X within 2^64 of 1 for ${name}, whose step bound has a unit, got more or less`,
      );
  });
  checkNetwork(c, c.data.shape[0]!, file, own);
  return c;
}
