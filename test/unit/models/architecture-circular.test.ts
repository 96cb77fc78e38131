/**
 * Circular convolutions with kernels, on images and with channels, against loops straight from their definitions with
 * drawn numbers: layer by layer as a network computes, and in Fourier coordinates by naive transforms. At full width the
 * one-axis network keeps the bits it had before it knew kernels.
 */
import { describe, expect, it } from "vitest";
import { inverseRootPower, scaleToNumber } from "../../../src/exact/polymap.js";
import type { Parameterization } from "../../../src/models/architecture.js";
import { convolutional } from "../../../src/models/architectures/convolutional.js";
import { convolutional2d } from "../../../src/models/architectures/convolutional-2d.js";
import { multiChannel } from "../../../src/models/architectures/multi-channel.js";
import { parallelSum } from "../../../src/models/combinators/parallel-sum.js";
import { dotAt } from "../../../src/numeric/vec.js";
import { type Complex, drawn, gap, productOf, transform, transform2d } from "./signals.js";

const betaOf = (P: Parameterization, w: Float64Array): Float64Array => {
  const out = new Float64Array(P.dimensions.dim);
  P.apply(w, out);
  return out;
};
const backOf = (P: Parameterization, w: Float64Array, g: Float64Array): Float64Array => {
  const out = new Float64Array(P.parameters);
  P.pullback(w, g, out);
  return out;
};
const inner = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a).reduce((s, x, i) => s + x * b[i]!, 0);
const padded = (u: Float64Array, D: number): Float64Array => Float64Array.from({ length: D }, (_, i) => u[i] ?? 0);
/** (u * v)[d] = D^(-1/2) sum_{k < K} u[k] v[(d + k) mod D]. */
const layer = (u: Float64Array, v: Float64Array): Float64Array =>
  v.map((_, d) => u.reduce((s, x, k) => s + x * v[(d + k) % v.length]!, 0) / Math.sqrt(v.length));

/** The full-width network as it was before kernels, with the same loops and so the same bits. */
function formerly(D: number, L: number, w: Float64Array, g: Float64Array) {
  const factor = scaleToNumber(inverseRootPower(BigInt(D), 1));
  const prefix = [w.slice(0, D)];
  const unroll = (v: Float64Array, backwards: boolean): Float64Array =>
    Float64Array.from({ length: 2 * D }, (_, i) => v[(backwards ? 2 * D - i : i) % D]!);
  for (let l = 1; l < L; l++) {
    const twice = unroll(prefix[l - 1]!, true);
    prefix.push(Float64Array.from({ length: D }, (_, d) => factor * dotAt(w, l * D, twice, D - d, D)));
  }
  let back = g.slice();
  const out = new Float64Array(D * L);
  for (let l = L - 1; l > 0; l--) {
    const twice = unroll(back, false);
    back = back.map((_, d) => factor * dotAt(w, l * D, twice, d, D));
    for (let d = 0; d < D; d++) out[l * D + d] = factor * dotAt(prefix[l - 1]!, 0, twice, d, D);
  }
  out.set(back, 0);
  return { beta: prefix[L - 1]!, back: out };
}

describe("convolutional with a kernel", () => {
  it.each([1, 2, 3, 4, 5, 7, 8, 16])("of full width has the bits it always had, D = %i", (D) => {
    for (let depth = 1; depth <= 4; depth++)
      for (const P of [convolutional.build({ dim: D, depth }), convolutional.build({ dim: D, depth, kernel: D })]) {
        const [w, g] = [drawn(D * depth, D), drawn(D, depth)];
        const before = formerly(D, depth, w, g);
        expect(betaOf(P, w)).toEqual(before.beta);
        expect(backOf(P, w, g)).toEqual(before.back);
      }
  });

  it.each([2, 3, 5, 6, 8])("is what layer by layer evaluation gives, D = %i", (D) => {
    for (let K = 1; K <= D; K++)
      for (let depth = 1; depth <= 4; depth++) {
        const P = convolutional.build({ dim: D, depth, kernel: K });
        expect(P.parameters).toBe((depth - 1) * K + D);
        const [w, x] = [drawn(P.parameters, K), drawn(D, depth)];
        let h = x;
        for (let l = 0; l + 1 < depth; l++) h = layer(w.slice(l * K, (l + 1) * K), h);
        const f = inner(w.slice((depth - 1) * K), h);
        expect(Math.abs(f - inner(betaOf(P, w), x))).toBeLessThan(1e-14 * D);
      }
  });

  it.each([2, 3, 5, 8])("betaHat is the product of the transforms of the padded filters, D = %i", (D) => {
    for (let K = 1; K <= D; K++) {
      const P = convolutional.build({ dim: D, depth: 3, kernel: K });
      const w = drawn(P.parameters, 7);
      const filters = [w.slice(0, K), w.slice(K, 2 * K), w.slice(2 * K)];
      expect(gap(transform(betaOf(P, w)), productOf(filters.map((u) => transform(padded(u, D)))))).toBeLessThan(1e-12);
    }
  });

  it("of length 1 scales the last layer", () => {
    const P = convolutional.build({ dim: 4, depth: 3, kernel: 1 });
    expect([...betaOf(P, Float64Array.of(2, 3, 1, -2, 5, 7))]).toEqual([1.5, -3, 7.5, 10.5]); // 6 w_3 / 4
  });
});

describe("convolutional-2d", () => {
  const SHAPES: readonly (readonly [number, number])[] = [
    [1, 1],
    [1, 4],
    [4, 1],
    [2, 3],
    [3, 3],
    [4, 5],
  ];
  const build = (shape: readonly [number, number], depth: number): Parameterization =>
    convolutional2d.build({ dim: shape[0] * shape[1], depth, shape });

  it.each(SHAPES)("is what layer by layer evaluation gives on %i x %i", (a, b) => {
    const D = a * b;
    const at = (r: number, c: number): number => (r % a) * b + (c % b);
    for (let depth = 1; depth <= 3; depth++) {
      const [w, x] = [drawn(D * depth, a), drawn(D, b)];
      let h = x;
      for (let l = 0; l + 1 < depth; l++) {
        const next = new Float64Array(D);
        for (let r = 0; r < a; r++)
          for (let c = 0; c < b; c++) {
            let s = 0;
            for (let i = 0; i < a; i++) for (let j = 0; j < b; j++) s += w[l * D + at(i, j)]! * h[at(r + i, c + j)]!;
            next[at(r, c)] = s / Math.sqrt(D);
          }
        h = next;
      }
      const f = inner(w.slice((depth - 1) * D), h);
      expect(Math.abs(f - inner(betaOf(build([a, b], depth), w), x))).toBeLessThan(1e-14 * D);
    }
  });

  it.each(SHAPES)("multiplies 2-D transforms on %i x %i", (a, b) => {
    const D = a * b;
    for (let depth = 1; depth <= 4; depth++) {
      const w = drawn(D * depth, 3);
      const layers = Array.from({ length: depth }, (_, l) => transform2d(w.slice(l * D, (l + 1) * D), [a, b]));
      const betaHat = transform2d(betaOf(build([a, b], depth), w), [a, b]);
      expect(gap(betaHat, productOf(layers))).toBeLessThan(1e-12);
      // The one-axis transform of the same numbers tells the two networks apart.
      if (depth > 1 && a > 1 && b > 1) {
        const rows = Array.from({ length: depth }, (_, l) => transform(w.slice(l * D, (l + 1) * D)));
        expect(gap(transform(betaOf(build([a, b], depth), w)), productOf(rows))).toBeGreaterThan(1e-3);
      }
    }
  });

  it("with one row or one column is the network in one axis", () => {
    for (const shape of [[1, 5] as const, [5, 1] as const]) {
      const [w, g] = [drawn(15, 1), drawn(5, 2)];
      const [P, one] = [build(shape, 3), convolutional.build({ dim: 5, depth: 3 })];
      for (const [x, y] of [
        [betaOf(P, w), betaOf(one, w)],
        [backOf(P, w, g), backOf(one, w, g)],
      ] as const)
        x.forEach((v, i) => {
          expect(Math.abs(v - y[i]!)).toBeLessThan(1e-15);
        });
    }
  });
});

describe("multi-channel", () => {
  const SIZES = [
    [4, 2, 3, 2],
    [5, 5, 2, 3],
    [6, 1, 2, 2],
    [3, 2, 1, 4],
    [7, 4, 3, 1],
  ] as const;
  const build = (D: number, K: number, C: number, R: number): Parameterization =>
    multiChannel.build({ dim: D * R, depth: 2, kernel: K, channels: { out: C, in: R } });
  const parts = (w: Float64Array, D: number, K: number, C: number, R: number) => ({
    U: (c: number, r: number): Float64Array => w.slice((c * R + r) * K, (c * R + r + 1) * K),
    V: (c: number): Float64Array => w.slice(C * R * K + c * D, C * R * K + (c + 1) * D),
  });

  it.each(SIZES)("is sum_c <V_c, sum_r U_rc * x_r>, D = %i, K = %i, C = %i, R = %i", (D, K, C, R) => {
    const P = build(D, K, C, R);
    expect([P.shape, P.parameters]).toEqual([[D, R], C * (R * K + D)]);
    const [w, x] = [drawn(P.parameters, 11), drawn(D * R, 12)];
    const { U, V } = parts(w, D, K, C, R);
    const signal = (r: number): Float64Array => Float64Array.from({ length: D }, (_, d) => x[d * R + r]!);
    let f = 0;
    for (let c = 0; c < C; c++) for (let r = 0; r < R; r++) f += inner(V(c), layer(U(c, r), signal(r)));
    expect(Math.abs(f - inner(betaOf(P, w), x))).toBeLessThan(1e-13);
  });

  it.each(SIZES)("What[:, r] = diag(Uhat_r Vhat^T), D = %i, K = %i, C = %i, R = %i", (D, K, C, R) => {
    const P = build(D, K, C, R);
    const w = drawn(P.parameters, 13);
    const W = betaOf(P, w);
    const { U, V } = parts(w, D, K, C, R);
    for (let r = 0; r < R; r++) {
      const products = Array.from({ length: C }, (_, c) => productOf([transform(padded(U(c, r), D)), transform(V(c))]));
      const expected = products.reduce((s, p) => s.map(([re, im], k): Complex => [re + p[k]![0], im + p[k]![1]]));
      expect(gap(transform(Float64Array.from({ length: D }, (_, d) => W[d * R + r]!)), expected)).toBeLessThan(1e-12);
    }
  });

  it.each([1, 2, 3, 5])("with one channel in and out is the convolutional network of depth 2, K = %i", (K) => {
    const [P, one] = [build(5, K, 1, 1), convolutional.build({ dim: 5, depth: 2, kernel: K })];
    expect(P.layers).toEqual(one.layers);
    const [w, g] = [drawn(K + 5, 1), drawn(5, 2)];
    for (const [x, y] of [
      [betaOf(P, w), betaOf(one, w)],
      [backOf(P, w, g), backOf(one, w, g)],
    ] as const)
      x.forEach((v, i) => {
        expect(Math.abs(v - y[i]!)).toBeLessThan(1e-15);
      });
    expect(multiChannel.build({ dim: 5, depth: 2 }).layers).toEqual(build(5, 5, 1, 1).layers);
  });

  it("with one input channel is the sum of C networks side by side", () => {
    const [D, K, C] = [5, 2, 3];
    const P = build(D, K, C, 1);
    const w = drawn(P.parameters, 4);
    const { U, V } = parts(w, D, K, C, 1);
    const sum = parallelSum(...Array.from({ length: C }, () => convolutional.build({ dim: D, depth: 2, kernel: K })));
    const sorted = Float64Array.from([0, 1, 2].flatMap((c) => [...U(c, 0), ...V(c)]));
    const beta = betaOf(sum, sorted);
    betaOf(P, w).forEach((x, d) => {
      expect(Math.abs(x - beta[d]!)).toBeLessThan(1e-15);
    });
  });
});
