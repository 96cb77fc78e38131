/**
 * The door `biasproof/fast-check`: random separable data, initializations and cases as arbitraries of fast-check, for the
 * properties of other people's projects. All numbers are integers over one scale or drawn from a seed, so that what shrinks
 * stays exact and readable.
 */
import fc from "fast-check";
import { separated } from "../../properties/arbitraries/data/define.js";
import { caseArbitrary } from "../../properties/arbitraries/fast-check.js";
import type { CaseSpace } from "../../properties/arbitraries/space.js";
import { defineSpace, type SpaceDefinition } from "../../properties/conjecture.js";
import type { Case } from "../kernel/case.js";
import { type Dataset, dataFromJSON } from "../kernel/dataset.js";
import { UseError } from "../kernel/use-error.js";
import type { Architecture, Dimensions, Parameterization } from "../models/architecture.js";
import { gaussianInitialization } from "../models/initialization.js";

export type { CaseSpace, SpaceDefinition };

export interface DatasetOptions {
  readonly maxPoints?: number;
  readonly minDim?: number;
  readonly maxDim?: number;
  /** Largest absolute integer entry before rows are moved off the boundary. */
  readonly maxEntry?: number;
}

/** Strictly separable data through the origin, built and not filtered, entries in tenths. */
export function separableDataset(options: DatasetOptions = {}): fc.Arbitrary<Dataset> {
  const { maxPoints = 6, minDim = 2, maxDim = 6, maxEntry = 9 } = options;
  for (const [name, value, least] of [
    ["maxPoints", maxPoints, 1],
    ["minDim", minDim, 1],
    ["maxDim", maxDim, minDim],
    ["maxEntry", maxEntry, 1],
  ] as const)
    if (!Number.isSafeInteger(value) || value < least)
      throw new UseError(`separableDataset: expected ${name} to be an integer of at least ${least}, got ${value}`);
  const integer = fc.integer({ min: -maxEntry, max: maxEntry });
  const cells = maxPoints * maxDim;
  return fc
    .tuple(
      fc.integer({ min: 1, max: maxPoints }),
      fc.integer({ min: minDim, max: maxDim }),
      fc.array(integer, { minLength: cells, maxLength: cells }),
      fc.array(integer, { minLength: maxDim, maxLength: maxDim }),
    )
    .map(([points, dim, raw, planted]) => {
      const rows = Array.from({ length: points }, (_, n) => raw.slice(n * maxDim, n * maxDim + dim));
      const b = planted.slice(0, dim);
      if (!b.some((x) => x !== 0)) b[0] = 1;
      const { X, y } = separated(rows, b);
      return dataFromJSON({ scale: "10", X: X.map((row) => row.map(String)), y }, "random");
    });
}

export interface Initialized {
  readonly network: Parameterization;
  /** Its initial parameters. */
  readonly parameters: Float64Array;
}

/** Gaussian initializations of a network of the given dimensions; the plainest standard deviation first. */
export function initialization(
  architecture: Architecture,
  dimensions: Dimensions,
  scales: readonly number[] = [1, 0.3, 0.1],
): fc.Arbitrary<Initialized> {
  const network = architecture.build(dimensions);
  return fc
    .tuple(fc.constantFrom(...scales), fc.nat({ max: 0x7fffffff }))
    .map(([scale, seed]) => ({ network, parameters: gaussianInitialization(network, BigInt(seed), scale) }));
}

/** Cases of a space, as `verify` draws them. */
export const caseOf = (space: SpaceDefinition): fc.Arbitrary<Case> => caseArbitrary(defineSpace(space));
