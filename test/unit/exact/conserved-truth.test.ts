/** Conserved quantities: exactly conserved, conserved along integrated flows, independent, and all that there are. */
import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { judge } from "../../../src/certify/judge.js";
import { nullspaceCertificate } from "../../../src/exact/certificates.js";
import { degreeOf } from "../../../src/exact/monomial.js";
import { type PolyMap, UNIT_SCALE } from "../../../src/exact/polymap.js";
import { difference, dotProduct, gradient, isZero, type Polynomial, sum } from "../../../src/exact/polynomial.js";
import { type Q, toNumber } from "../../../src/exact/rational.js";
import { termsInOrder } from "../../../src/exact/text/show.js";
import {
  architectureMap,
  basisOf,
  countByPoints,
  mapOf,
  modularRank,
  monomials,
  vectors,
} from "./conserved-samples.js";
import { polynomialIn } from "./random.js";

const random = (seed: number): (() => bigint) => {
  let state = BigInt(seed) + 88172645463325252n;
  return () => {
    state ^= (state << 13n) & 0xffffffffffffffffn;
    state ^= state >> 7n;
    state ^= (state << 17n) & 0xffffffffffffffffn;
    return (state % 2_000_001n) - 1_000_000n;
  };
};

const MAPS: readonly (readonly [string, PolyMap<Q>])[] = [
  ["1-2-1", architectureMap("fully-connected", { dim: 1, depth: 2, widths: [2] })],
  ["2-1-2-1", architectureMap("fully-connected", { dim: 2, depth: 3, widths: [1, 2] })],
  ["2-2-2-1", architectureMap("fully-connected", { dim: 2, depth: 3, widths: [2, 2] })],
  ["diagonal", architectureMap("diagonal", { dim: 2, depth: 3 })],
  ["circular", architectureMap("convolutional", { dim: 4, depth: 2 })],
  ["kernel", architectureMap("convolutional", { dim: 4, depth: 2, kernel: 2 })],
  ["torus", architectureMap("convolutional-2d", { dim: 4, depth: 2, shape: [2, 2] })],
  [
    "linear convolutional",
    architectureMap("linear-convolutional", { dim: 4, depth: 2, filters: [2, 2], strides: [2, 1] }),
  ],
  ["residual", architectureMap("residual-diagonal", { dim: 2, depth: 2 })],
  ["channels", architectureMap("multi-channel", { dim: 3, depth: 2 })],
  ["u^2 - v^2", mapOf(["u", "v"], [[[1, [2, 0]], [-1, [0, 2]]]])], // biome-ignore format: one term each
  ["a b^2", mapOf(["a", "b"], [[[1, [1, 2]]]])],
  ["shared", mapOf(["s", "u", "v"], [[[1, [1, 1, 0]], [2, [0, 1, 1]]], [[3, [1, 0, 1]]]])], // biome-ignore format: one term each
];

/** Every term of degree 1 or 2, and <grad q, grad P_d> = 0 for each coordinate. */
function expectConserved(P: PolyMap<Q>, basis: readonly Polynomial<Q>[]): void {
  for (const p of basis) {
    for (const key of p.terms.keys()) expect([1, 2]).toContain(degreeOf(key));
    expect(isZero(p)).toBe(false);
    for (const coordinate of P.coordinates) expect(isZero(dotProduct(gradient(p), gradient(coordinate)))).toBe(true);
  }
  const keys = monomials(P.names.map((_, v) => v));
  expect(modularRank(vectors(basis, keys))).toBe(basis.length);
}

/** Sums of squares and linear terms first, then by the first monomial; no two combine to something shorter than both. */
function expectReadable(basis: readonly Polynomial<Q>[]): void {
  const places = basis.map((p) => {
    const mixed = [...p.terms.keys()].some((key) => key.length === 2 && key[0] !== key[1]);
    return `${mixed ? 1 : 0}${termsInOrder(p)[0]![0]}`;
  });
  expect(places).toEqual([...places].sort());
  for (const p of basis) {
    expect(termsInOrder(p)[0]![1].n > 0n).toBe(true);
    for (const r of basis)
      if (p !== r)
        for (const combined of [sum(p, r), difference(p, r)])
          expect(combined.terms.size).toBeGreaterThanOrEqual(p.terms.size);
  }
}

describe("exactly", () => {
  it.each(MAPS)("%s: conserved, independent, complete, and the judge agrees", (_, P) => {
    const basis = basisOf(P);
    expectConserved(P, basis);
    expectReadable(basis);
    expect(basis.length).toBe(countByPoints(P, random(basis.length)));
    if (basis.length > 0) expect(judge(nullspaceCertificate(P.names, P.coordinates, basis)).accepted).toBe(true);
  });

  const maps = fc.array(polynomialIn(3, 3, 1), { minLength: 1, maxLength: 2 });

  test.prop([maps, fc.integer()], { numRuns: 150 })("random small maps", (coordinates, seed) => {
    const P = { names: ["x", "y", "z"], coordinates, scale: UNIT_SCALE };
    const basis = basisOf(P);
    expectConserved(P, basis);
    expectReadable(basis);
    expect(basis.length).toBe(countByPoints(P, random(seed)));
  });
});

/** A polynomial with double coefficients: much faster than exact evaluation. */
type Float = readonly { readonly c: number; readonly key: readonly number[] }[];
const floats = (p: Polynomial<Q>): Float =>
  [...p.terms].map(([key, c]) => ({ c: toNumber(c), key: Array.from(key, (_, i) => key.charCodeAt(i)) }));
const value = (p: Float, w: readonly number[]): number =>
  p.reduce((s, { c, key }) => s + key.reduce((t, v) => t * w[v]!, c), 0);

describe("along gradient flow", () => {
  /** w' = J(w)^T g(t) from a fixed start, by the classical Runge-Kutta method; the end. */
  function flow(P: PolyMap<Q>, steps: number): { readonly from: number[]; readonly to: number[] } {
    const slopes = P.coordinates.map((p) => gradient(p).map(floats));
    const residual = (t: number, d: number): number => Math.cos(3 * t + d) + 0.5 * Math.sin(5 * t * (d + 1)) - 0.3;
    const speed = (t: number, w: readonly number[]): number[] =>
      w.map((_, i) => slopes.reduce((s, row, d) => s + value(row[i]!, w) * residual(t, d), 0));
    const moved = (w: readonly number[], k: readonly number[], by: number): number[] => w.map((x, i) => x + by * k[i]!);
    const from = P.names.map((_, i) => 0.9 * Math.cos(1.3 * i + 0.4));
    let w = from;
    const h = 1 / steps;
    for (let n = 0; n < steps; n++) {
      const t = n * h;
      const k1 = speed(t, w);
      const k2 = speed(t + h / 2, moved(w, k1, h / 2));
      const k3 = speed(t + h / 2, moved(w, k2, h / 2));
      const k4 = speed(t + h, moved(w, k3, h));
      w = w.map((x, i) => x + (h / 6) * (k1[i]! + 2 * k2[i]! + 2 * k3[i]! + k4[i]!));
    }
    return { from, to: w };
  }

  it.each(MAPS)("%s: the drift falls with the fourth power of the step", (_, P) => {
    const basis = basisOf(P).map(floats);
    const drift = (steps: number): number => {
      const { from, to } = flow(P, steps);
      return Math.max(0, ...basis.map((p) => Math.abs(value(p, to) - value(p, from))));
    };
    const [coarse, fine] = [drift(20), drift(80)];
    expect(coarse).toBeLessThan(1e-3);
    // a quarter of the step: 4^4 = 256 at order 4; doubles end near 1e-14
    expect(fine).toBeLessThan(Math.max(coarse / 100, 1e-14));
    const { from, to } = flow(P, 20);
    expect(Math.max(...from.map((x, i) => Math.abs(to[i]! - x)))).toBeGreaterThan(0.02); // it moved
  });

  it("and what is not conserved does drift", () => {
    const [, P] = MAPS[0]!;
    const { from, to } = flow(P, 80);
    const square = [{ c: 1, key: [0, 0] }];
    expect(Math.abs(value(square, to) - value(square, from))).toBeGreaterThan(1e-3);
  });
});
