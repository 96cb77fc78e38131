/**
 * What a run to its limit is given, held to what it can take, and read in a unit of its own. Homogeneity of degree L: data
 * times 2^-e and initialization times 2^(e/L) have the same margins, so where the largest entry of the data is far from 1 the
 * run is made with e a multiple of L, which doubles represent exactly, and the predictor times 2^-e is that of the data given;
 * steps of gradient descent then have the bound eta 2^(2e/L). Where a number would leave the doubles, nothing is scaled.
 * Cost: two passes over the data.
 */
import { powerOfTwo } from "../exact/rational.js";
import { UseError } from "../kernel/use-error.js";
import type { Parameterization } from "../models/architecture.js";
import type { Optimizer } from "../models/optimizer.js";
import type { SignedData } from "../models/signed-data.js";
import { norm, rowProducts } from "../numeric/vec.js";

export interface Door {
  readonly P: Parameterization;
  readonly data: SignedData;
  readonly init: Float64Array;
  readonly eta: number;
}

/** Throws one sentence where no run can be made of it. */
export function checkDoor({ P, data, init, optimizer }: Door & { readonly optimizer: Optimizer }): void {
  const { N, D, z } = data;
  const fail = (expected: string, got: string | number): never => {
    throw new UseError(`limit: expected ${expected}, got ${got}`);
  };
  if (P.degree === null) fail("a homogeneous network", P.architecture);
  // Continuation is that of the flow: behind any other descent it would be the limit of neither.
  if (optimizer.facts.discretizes !== "gradient-flow") fail("an optimizer that follows gradient flow", optimizer.name);
  const entries = P.shape.reduce((a, b) => a * b, 1);
  if (D !== entries) fail(`data of dimension ${entries}`, D);
  if (N < 1 || z.length !== N * D) fail("at least one data point, all of one dimension", `${z.length} numbers`);
  if (init.length !== P.parameters) fail(`${P.parameters} initial parameters`, init.length);
  const bad = z.findIndex((x) => !Number.isFinite(x));
  if (bad >= 0) fail("finite data", `${z[bad]} in point ${Math.floor(bad / D) + 1}`);
  const wrong = init.findIndex((x) => !Number.isFinite(x));
  if (wrong >= 0) fail("finite initial parameters", `${init[wrong]} as number ${wrong + 1}`);
}

/** Beyond 2^64 either way the run has a unit of its own. */
const COMFORTABLE = 64;
const MAX = Number.MAX_VALUE;
/** 2^k and 2^-k are doubles, and not subnormal ones. */
const MOST = 1022;

/** e with 2^e <= peak < 2^(e+1); 0 for nothing. */
function exponentOf(x: Float64Array): number {
  let peak = x.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (peak === 0) return 0;
  let e = 0;
  for (let step = 512; step >= 1; step /= 2) {
    while (peak >= powerOfTwo(step)) [peak, e] = [peak * powerOfTwo(-step), e + step];
    while (peak < powerOfTwo(1 - step)) [peak, e] = [peak * powerOfTwo(step), e - step];
  }
  return e;
}

/** x 2^k, or null where a bit would be lost. */
function scaled(x: Float64Array, k: number): Float64Array | null {
  if (Math.abs(k) > MOST) return null;
  const [there, back] = [powerOfTwo(k), powerOfTwo(-k)];
  const out = x.map((value) => value * there);
  return out.every((value, i) => Number.isFinite(value) && value * back === x[i]) ? out : null;
}

/** The same run in a unit where the largest entry of the data is about 1, and e: the predictor found there is 2^e too large. */
export function inOwnUnit(given: Door): { readonly own: Door; readonly unit: number } {
  const { P, data, init, eta } = given;
  const L = P.degree!;
  const unit = Math.round(exponentOf(data.z) / L) * L;
  if (Math.abs(unit) <= COMFORTABLE) return { own: given, unit: 0 };
  const z = scaled(data.z, -unit);
  const start = scaled(init, unit / L);
  if (z === null || start === null) return { own: given, unit: 0 };
  const factor = powerOfTwo(unit / L);
  const bound = Number.isFinite(eta) ? Math.min(Math.max(eta * factor * factor, Number.MIN_VALUE), MAX) : eta;
  return { own: { P, data: { ...data, z }, init: start, eta: bound }, unit };
}

/**
 * The initialization times a power of two by which it is as large as the data are small, for networks whose limit does not
 * depend on its size; null where it is of that size already, or a bit would be lost.
 */
export function inSizeOfData({ P, data, init }: Omit<Door, "eta">): Float64Array | null {
  const shift = -Math.round(exponentOf(data.z) / P.degree!) - exponentOf(init);
  return Math.abs(shift) <= COMFORTABLE || init.every((x) => x === 0) ? null : scaled(init, shift);
}

/** Margins and gradients below this are at the end of the doubles. */
const VANISHING = 1e-290;

/** Is it only in floating point that the gradient, or every margin, vanishes at w? Decided where w and the data have size 1. */
export function vanishedByUnderflow(
  P: Parameterization,
  { N, D, z }: SignedData,
  w: Float64Array,
  weights: Float64Array,
): boolean {
  const unit = (x: Float64Array): Float64Array => {
    const size = x.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    return size === 0 ? x : x.map((value) => value / size);
  };
  const beta = new Float64Array(D);
  const margins = new Float64Array(N);
  const pull = new Float64Array(P.parameters);
  const look = (at: Float64Array, rows: Float64Array): readonly [number, number] => {
    const combined = new Float64Array(D);
    weights.forEach((p, n) => {
      for (let d = 0; d < D; d++) combined[d] = combined[d]! + p * rows[n * D + d]!;
    });
    P.apply(at, beta);
    rowProducts(rows, beta, margins);
    P.pullback(at, combined, pull);
    return [norm(margins), norm(pull)];
  };
  const here = look(w, z);
  const there = look(unit(w), unit(z));
  return here.some((size, i) => size < VANISHING && there[i]! > 0);
}
