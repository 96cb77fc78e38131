/** The composition identity of full-width convolutions in one axis, by two transforms and layer by layer. */
import { describe, expect, it } from "vitest";
import { conjugated, flipped } from "../../../properties/mutants/parameterizations.js";
import type { Parameterization } from "../../../src/models/architecture.js";
import { convolutional } from "../../../src/models/architectures/convolutional.js";
import { cos, sin } from "../../../src/numeric/elementary.js";
import { type Complex, conjugate, drawn, gap, productOf, transform, transformByFft } from "./signals.js";

function sides(P: Parameterization, seed: number, dft: (a: ArrayLike<number>) => Complex[]) {
  const { dim: D, depth } = P.dimensions;
  const w = drawn(P.parameters, seed);
  const beta = new Float64Array(D);
  P.apply(w, beta);
  const layers = Array.from({ length: depth }, (_, l) => dft(w.subarray(l * D, (l + 1) * D)));
  return { betaHat: dft(beta), layers };
}

/** (u * v)[d] = D^(-1/2) sum_k u[k] v[(d + k) mod D], the layer of the papers. */
const layer = (u: Float64Array, v: Float64Array): Float64Array =>
  v.map((_, d) => u.reduce((s, x, k) => s + x * v[(d + k) % v.length]!, 0) / Math.sqrt(v.length));
const flip = (z: Float64Array): Float64Array => z.map((_, d) => z[z.length - 1 - d]!);

describe("the composition identity of convolutions (no conjugate, no flip)", () => {
  const SIZES = [1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 16];

  it.each(SIZES)("betaHat is the product of the layers' transforms, D = %i", (D) => {
    for (let depth = 1; depth <= 4; depth++) {
      const { betaHat, layers } = sides(convolutional.build({ dim: D, depth }), D, transform);
      expect(gap(betaHat, productOf(layers))).toBeLessThan(1e-14 * D);
    }
  });

  it.each([2, 4, 8, 16, 64, 256])("the same by fft.js, D = %i", (D) => {
    const input = drawn(D, 99);
    expect(gap(transform(input), transformByFft(input))).toBeLessThan(1e-14 * D);
    for (let depth = 1; depth <= 4; depth++) {
      const { betaHat, layers } = sides(convolutional.build({ dim: D, depth }), D, transformByFft);
      expect(gap(betaHat, productOf(layers))).toBeLessThan(1e-14 * D);
    }
  });

  it.each([3, 5, 8])("refutes the flipped and the conjugated filter, D = %i", (D) => {
    for (const mutate of [flipped, conjugated])
      for (let depth = 1; depth <= 3; depth++) {
        const { betaHat, layers } = sides(mutate(convolutional.build({ dim: D, depth })), D, transform);
        expect(gap(betaHat, productOf(layers))).toBeGreaterThan(1e-3);
      }
    // What the conjugated one computes instead.
    const { betaHat, layers } = sides(conjugated(convolutional.build({ dim: D, depth: 3 })), D, transform);
    const instead = productOf([layers[0]!.map(conjugate), ...layers.slice(1)]);
    expect(gap(betaHat, instead)).toBeLessThan(1e-14 * D);
  });

  it.each([3, 4, 5, 8])("is what layer by layer evaluation gives, f = <w_L, h_(L-1)>, D = %i", (D) => {
    const P = convolutional.build({ dim: D, depth: 3 });
    const w = drawn(P.parameters, 17);
    const x = drawn(D, 18);
    const beta = new Float64Array(D);
    P.apply(w, beta);
    const [w1, w2, w3] = [w.slice(0, D), w.slice(D, 2 * D), w.slice(2 * D)];
    const h = layer(w2, layer(w1, x));
    const f = w3.reduce((s, c, d) => s + c * h[d]!, 0);
    expect(Math.abs(f - beta.reduce((s, b, d) => s + b * x[d]!, 0))).toBeLessThan(1e-14 * D);
  });

  it.each([3, 4, 5, 8])("the flip has a phase of its own, which the outer flip cancels, D = %i", (D) => {
    const [u, v] = [drawn(D, 21), drawn(D, 22)];
    const [uHat, vHat] = [transform(u), transform(v)];
    // The rule: F(flip z)[k] = e^(2 pi i k / D) conj(F z)[k]; without the phase it is refuted.
    const phase = uHat.map((_, k): Complex => [cos((2 * Math.PI * k) / D), sin((2 * Math.PI * k) / D)]);
    expect(gap(transform(flip(u)), productOf([phase, uHat.map(conjugate)]))).toBeLessThan(1e-14 * D);
    expect(gap(transform(flip(u)), uHat.map(conjugate))).toBeGreaterThan(1e-3);
    // Fourier rule of one layer, and (u * flip v) flipped: no phase is left.
    expect(gap(transform(layer(u, v)), productOf([uHat.map(conjugate), vHat]))).toBeLessThan(1e-14 * D);
    expect(gap(transform(flip(layer(u, flip(v)))), productOf([uHat, vHat]))).toBeLessThan(1e-14 * D);
  });
});
