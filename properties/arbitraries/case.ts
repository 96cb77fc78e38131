/**
 * Random in-scope Cases for theorems about networks on separable data. Data are built, not filtered: integer rows and an
 * integer planted predictor b; a row on the wrong side flips its label, one that is too close to the boundary is moved
 * along b. All numbers are integers over one scale, so a shrunk case is readable and exact. Shrinking goes to fewer
 * points, smaller dimension, smaller depth, smaller width, plainer initialization, smaller integers, in this order.
 */
import fc from "fast-check";
import type { Case } from "../../src/kernel/case.js";
import { drawOf } from "./draw.js";
import { depthsOf, describeNetwork, drawNetwork, type Network, type NetworkChoice } from "./network.js";

export interface CaseSpace {
  /** The networks, one or more, the plainest first. */
  readonly networks: readonly NetworkChoice[];
  readonly maxPoints: number;
  /** Least dimension: in D = 1 a direction is a sign, and says little. */
  readonly minDim: number;
  readonly maxDim: number;
  readonly depths: readonly [number, number];
  /** Largest absolute integer entry. */
  readonly maxEntry: number;
  /** Standard deviations of the initialization, the plainest first. */
  readonly initScales: readonly number[];
  /** Default: the exponential one. */
  readonly loss?: string;
  readonly optimizer: string;
  /** Bound on the step; null for loss-normalized descent under step control alone. */
  readonly eta: number | null;
  /** What a claim about an angle asks (radians). */
  readonly tolerance: number;
  /** Angle at which plain descent may end. */
  readonly goal: number;
  readonly maxSteps: number;
}

/** Builds separable integer rows and labels from raw integers; entry (n, d) is raw[n * stride + d]. */
export function separableRows(
  points: number,
  dim: number,
  stride: number,
  raw: readonly number[],
  planted: readonly number[],
): { readonly X: number[][]; readonly y: (1 | -1)[] } {
  const b: number[] = planted.slice(0, dim);
  if (!b.some((x) => x !== 0)) b[0] = 1;
  const bb = b.reduce((s, x) => s + x * x, 0);
  const X: number[][] = [];
  const y: (1 | -1)[] = [];
  for (let n = 0; n < points; n++) {
    let row = raw.slice(n * stride, n * stride + dim);
    const side: number = row.reduce((s, x, d) => s + x * b[d]!, 0);
    const label: 1 | -1 = side < 0 ? -1 : 1;
    // cos(row, b) at least 1/4 in absolute value; adding b on the row's own side only raises it.
    for (
      let inner = Math.abs(side);
      inner === 0 || 16 * inner * inner < row.reduce((s, x) => s + x * x, 0) * bb;
      inner += bb
    )
      row = row.map((x, d) => x + label * b[d]!);
    X.push(row);
    y.push(label);
  }
  return { X, y };
}

/** The one network of a space whose dimensions shrink with the numbers that they were drawn as; else null. */
function plainNetwork({ networks }: CaseSpace): NetworkChoice | null {
  const [first, ...others] = networks;
  if (first === undefined || others.length > 0) return null;
  const { architecture, options, vary = false } = first;
  return options === undefined && !vary && architecture.uses === undefined ? first : null;
}

export function caseArbitrary(space: CaseSpace): fc.Arbitrary<Case> {
  const integer = fc.integer({ min: -space.maxEntry, max: space.maxEntry });
  const plain = plainNetwork(space);
  const depths = plain === null ? space.depths : depthsOf(plain, space);
  const cells = space.maxPoints * space.maxDim;
  return fc
    .tuple(
      fc.integer({ min: 1, max: space.maxPoints }),
      fc.integer({ min: space.minDim, max: space.maxDim }),
      fc.integer({ min: depths[0], max: depths[1] }),
      fc.integer({ min: 1, max: space.maxDim }),
      fc.integer({ min: 0, max: space.initScales.length - 1 }),
      fc.nat({ max: 0x7fffffff }),
      fc.array(integer, { minLength: cells, maxLength: cells }),
      fc.array(integer, { minLength: space.maxDim, maxLength: space.maxDim }),
    )
    .map(([points, wish, level, width, scaleIndex, seed, raw, planted]): Case => {
      const { architecture, dim, depth, widths, options }: Network =
        plain === null
          ? drawNetwork(space.networks, space, drawOf(BigInt(seed), "network"))
          : {
              ...{ architecture: plain.architecture, dim: wish, depth: level, options: null },
              widths: plain.architecture.usesWidths && level > 1 ? [width] : null,
            };
      const { X, y } = separableRows(points, dim, space.maxDim, raw, planted);
      return {
        version: 1,
        architecture: architecture.name,
        depth,
        widths,
        ...(options === null ? {} : { options }),
        data: { name: "random", shape: [dim], json: { scale: "10", X: X.map((row) => row.map(String)), y } },
        loss: space.loss ?? "exponential",
        optimizer: space.optimizer,
        eta: space.eta,
        init: { kind: "gaussian", scale: space.initScales[scaleIndex]! },
        seed: String(seed),
        tolerance: space.tolerance,
        goal: space.goal,
        budget: { steps: space.maxSteps, seconds: null },
      };
    });
}

/** The space in words, for a report. */
export function describeSpace(s: CaseSpace): string {
  const steps = s.eta === null ? "controlled steps" : `steps of at most ${s.eta}`;
  return (
    `${s.networks.map((choice) => describeNetwork(choice, s)).join(", or ")}; ` +
    `1 to ${s.maxPoints} points in R^${s.minDim} to R^${s.maxDim}, separable by construction, with integer entries over 10; ` +
    `Gaussian initialization of standard deviation ${s.initScales.join(", ")}; ${s.loss === undefined ? "" : `${s.loss} loss; `}${s.optimizer}, ${steps}, at most ${s.maxSteps} of them`
  );
}

/** A stream of `count` cases from one seed; the same on every engine. */
export function caseStream(space: CaseSpace, seed: number, count: number): Case[] {
  return fc.sample(caseArbitrary(space), { seed, numRuns: count });
}
