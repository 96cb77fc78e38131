/**
 * Kernels: WebAssembly against the plain loops bit by bit, in the whole memory; both against the network's own apply and
 * pullback; and the change of engine in the middle of a run.
 */
import { describe, expect, it } from "vitest";
import { createKernel, type Kernel } from "../../../src/engine/kernels/kernel.js";
import { createKernelSlope, kernelNetwork } from "../../../src/engine/kernels/slope.js";
import { randomStream } from "../../../src/kernel/seed.js";
import type { Parameterization } from "../../../src/models/architecture.js";
import { ARCHITECTURES } from "../../../src/models/architectures/index.js";
import { byName } from "../../../src/models/by-name.js";
import { coordinatewiseForm } from "../../../src/models/coordinatewise.js";
import { exponential } from "../../../src/models/losses/exponential.js";
import { logistic } from "../../../src/models/losses/logistic.js";
import type { SignedData } from "../../../src/models/signed-data.js";
import { combineRows, rowProducts } from "../../../src/numeric/vec.js";

const build = (name: string, dimensions: { dim: number; depth: number; widths?: readonly number[] }) =>
  byName("architecture", ARCHITECTURES, name).build(dimensions);
const blocks = (dim: number, depth: number): Parameterization =>
  coordinatewiseForm(build("convolutional", { dim, depth }))!.P;

const CASES: readonly (readonly [string, number, () => Parameterization])[] = [
  ...[1, 2, 3, 4, 5, 8, 16, 17, 33].flatMap((dim) =>
    [1, 2, 3, 4, 7].map((depth): readonly [string, number, () => Parameterization] => [
      `convolution in blocks, D = ${dim}, L = ${depth}`,
      (dim + 3 * depth) % 23 || 1,
      () => blocks(dim, depth),
    ]),
  ),
  ...[1, 2, 5, 6].map((dim): readonly [string, number, () => Parameterization] => [
    `diagonal, D = ${dim}`,
    dim,
    () => build("diagonal", { dim, depth: 3 }),
  ]),
  ["linear, D = 7", 4, () => build("linear", { dim: 7, depth: 1 })],
  ["fully connected 16-16-1", 10, () => build("fully-connected", { dim: 16, depth: 2, widths: [16] })],
  ["fully connected 5-1-1", 3, () => build("fully-connected", { dim: 5, depth: 2, widths: [1] })],
  ["fully connected 1-3-1", 1, () => build("fully-connected", { dim: 1, depth: 2, widths: [3] })],
  ["fully connected 7-3-6-1", 26, () => build("fully-connected", { dim: 7, depth: 3, widths: [3, 6] })],
  ["fully connected 23-9-2-5-1", 41, () => build("fully-connected", { dim: 23, depth: 4, widths: [9, 2, 5] })],
];

function problem(P: Parameterization, N: number): { data: SignedData; w: Float64Array } {
  const { dim: D } = P.dimensions;
  const stream = randomStream(BigInt(D * 100 + N), "kernels");
  const draw = (): number => 2 * stream.uniform() - 1;
  return {
    data: { N, D, z: Float64Array.from({ length: N * D }, draw) },
    w: Float64Array.from({ length: P.parameters }, draw),
  };
}

/** All bits of the memory, as text when they differ somewhere. */
function bits(k: Kernel): BigUint64Array {
  const { x } = k.engine(0);
  return new BigUint64Array(x.slice(0, k.m.size).buffer);
}

describe("WebAssembly and plain loops", () => {
  it.each(CASES)("%s, N = %i: the same bits in the whole memory after every operation", (_name, N, make) => {
    const P = make();
    const { data, w } = problem(P, N);
    const network = kernelNetwork(P)!;
    const [plain, wasm] = [createKernel(network, data, "plain")!, createKernel(network, data, "wasm")!];
    for (const k of [plain, wasm])
      for (const [i, value] of w.entries()) k.engine(0).x[k.m.w + network.parameterSlotOf[i]!] = value;
    const both = (what: string, run: (k: Kernel) => void): void => {
      run(plain);
      run(wasm);
      const { m } = plain;
      // Scratch of the code alone: partial sums of rows.
      const [a, b] = [bits(plain).subarray(0, m.scratch), bits(wasm).subarray(0, m.scratch)];
      const at = a.findIndex((x, i) => x !== b[i]);
      expect(at, what).toBe(-1);
    };
    both("look", (k) => k.engine(0).look());
    both("pull", (k) => k.engine(0).pull());
    for (let step = 0; step < 40; step++)
      both(`step ${step}`, (k) => k.engine(0).run(1 + (step % 3), step % 2 === 0 ? 0.05 : 2));
  });
});

describe("a kernel is the network", () => {
  it.each(CASES)("%s, N = %i", (_name, N, make) => {
    const P = make();
    const { data, w } = problem(P, N);
    for (const loss of [exponential, logistic])
      for (const engine of ["plain", "wasm"] as const) {
        const slope = createKernelSlope(kernelNetwork(P)!, data, loss, engine)!;
        const [beta, margins, weights] = [new Float64Array(data.D), new Float64Array(N), new Float64Array(N)];
        P.apply(w, beta);
        rowProducts(data.z, beta, margins);
        const logLoss = loss.evaluate(margins, weights);
        const residual = new Float64Array(data.D);
        combineRows(data.z, weights, residual);
        const u = new Float64Array(w.length);
        P.pullback(w, residual, u);

        slope.put(w);
        const close = (seen: Float64Array, expected: Float64Array): void => {
          const scale = Math.max(...expected.map(Math.abs));
          for (const [i, x] of expected.entries()) expect(Math.abs(seen[i]! - x)).toBeLessThanOrEqual(1e-13 * scale);
        };
        const take = (from: (out: Float64Array) => void, n: number): Float64Array => {
          const out = new Float64Array(n);
          from(out);
          return out;
        };
        expect(Math.abs(slope.look() - logLoss)).toBeLessThanOrEqual(1e-13 * (1 + Math.abs(logLoss)));
        close(take(slope.beta, data.D), beta);
        close(take(slope.margins, N), margins);
        close(take(slope.weights, N), weights);
        close(take(slope.direction, w.length), u);
        close(take(slope.residual, data.D), residual);
        expect(take(slope.parameters, w.length)).toEqual(w);
        slope.run(1, 0.25);
        close(
          take(slope.parameters, w.length),
          w.map((x, i) => x + 0.25 * u[i]!),
        );
      }
  });
});
