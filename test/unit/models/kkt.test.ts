/**
 * The KKT system of min |w|^2 / 2 with margins at least 1: the compiled residual against the exact polynomials at rational
 * points, at KKT points that are known, and off them.
 */
import { describe, expect, it } from "vitest";
import { dyadic, scaleToQ } from "../../../properties/laws/exact-terms.js";
import { evaluate } from "../../../src/exact/polynomial.js";
import { add, mul, ofNumber, type Q, sub, toNumber, ZERO } from "../../../src/exact/rational.js";
import { randomStream } from "../../../src/kernel/seed.js";
import type { Parameterization } from "../../../src/models/architecture.js";
import { convolutional } from "../../../src/models/architectures/convolutional.js";
import { diagonal } from "../../../src/models/architectures/diagonal.js";
import { fullyConnected } from "../../../src/models/architectures/fully-connected.js";
import { ARCHITECTURES } from "../../../src/models/architectures/index.js";
import { compileKkt, pulledBack } from "../../../src/models/kkt.js";
import type { SignedData } from "../../../src/models/signed-data.js";

/** |w - J^T z| / |w| from the polynomials, exact but for the square roots. */
function exactStationarity(P: Parameterization, w: Float64Array, z: readonly Q[]): number {
  const { map } = P.exact();
  const at = [...[...w].map(ofNumber), ...z];
  const scale = scaleToQ(map!.scale);
  const off = pulledBack(map!).sides.map((p, i) => sub(ofNumber(w[i]!), mul(scale, evaluate(p, at))));
  const square = (list: readonly Q[]): number => toNumber(list.reduce((s, x) => add(s, mul(x, x)), ZERO));
  return Math.sqrt(square(off) / square([...w].map(ofNumber)));
}

describe("the compiled residual", () => {
  it.each(ARCHITECTURES.map((a) => [a.name, a] as const))("is the exact one on %s", (_name, a) => {
    for (const dimensions of a.examples.filter((e) => e.dim <= 4 && e.depth <= 3)) {
      const P = a.build(dimensions);
      const stream = randomStream(7n, `kkt/${a.name}`);
      const D = dimensions.dim;
      const data: SignedData = { N: 2, D, z: dyadic(stream, 2 * D) };
      const w = dyadic(stream, P.parameters);
      const alpha = dyadic(stream, 2).map(Math.abs);
      const z = Array.from({ length: D }, (_, d) =>
        add(mul(ofNumber(alpha[0]!), ofNumber(data.z[d]!)), mul(ofNumber(alpha[1]!), ofNumber(data.z[D + d]!))),
      );
      const expected = exactStationarity(P, w, z);
      const { stationarity } = compileKkt(P, data)(w, alpha);
      expect(Math.abs(stationarity - expected), JSON.stringify(dimensions)).toBeLessThanOrEqual(1e-12 * (1 + expected));
    }
  });

  it("names the sides after the parameters and z", () => {
    const { map } = diagonal.build({ dim: 2, depth: 2 }).exact();
    const { names, sides } = pulledBack(map!);
    expect(names.slice(4)).toEqual(["z_0", "z_1"]);
    expect(sides.every((p) => p.terms.size === 1 && p.variables === 6)).toBe(true);
  });
});

describe("at known points", () => {
  const one = (x: readonly number[]): SignedData => ({ N: 1, D: x.length, z: Float64Array.from(x) });

  it("the sparse optimum of a diagonal network of depth 2 is one, exactly", () => {
    const residual = compileKkt(diagonal.build({ dim: 2, depth: 2 }), one([3, 4]));
    expect(residual(Float64Array.of(0, 0.5, 0, 0.5), Float64Array.of(0.25))).toEqual({
      stationarity: 0,
      complementarity: 0,
      feasibility: 0,
    });
  });

  it("so is a fully connected network along x, and a convolutional one at a single frequency", () => {
    const deep = compileKkt(fullyConnected.build({ dim: 2, depth: 2, widths: [1] }), one([0.6, 0.8]));
    const there = deep(Float64Array.of(0.6, 0.8, 1), Float64Array.of(1));
    expect(Math.max(there.stationarity, there.complementarity, there.feasibility)).toBeLessThanOrEqual(1e-15);
    // x constant: betahat sits at frequency 0, beta = 1/4 each, what_l = 1/sqrt(2) at 0, alpha = 1/2.
    const circular = compileKkt(convolutional.build({ dim: 4, depth: 2 }), one([1, 1, 1, 1]));
    const c = Math.SQRT1_2 / 2;
    const found = circular(new Float64Array(8).fill(c), Float64Array.of(0.5));
    expect(found.stationarity).toBeLessThanOrEqual(1e-15);
    expect(found.complementarity).toBeLessThanOrEqual(1e-15);
  });

  it("elsewhere each part that is broken is positive, and only that", () => {
    const residual = compileKkt(diagonal.build({ dim: 2, depth: 2 }), one([3, 4]));
    const unbalanced = residual(Float64Array.of(0, 1, 0, 0.25), Float64Array.of(0.25));
    expect([unbalanced.stationarity > 0.1, unbalanced.complementarity, unbalanced.feasibility]).toEqual([true, 0, 0]);
    const short = residual(Float64Array.of(0, 0.25, 0, 0.25), Float64Array.of(0.25));
    expect(short.stationarity).toBe(0);
    expect(short.feasibility).toBe(0.75);
    expect(short.complementarity).toBeCloseTo(0.1875, 15);
    const origin = residual(new Float64Array(4), Float64Array.of(0.25));
    expect(origin).toEqual({ stationarity: 0, complementarity: 0.25, feasibility: 1 });
    const dense = residual(Float64Array.of(0.5, 0.5, 0.5, 0.5), Float64Array.of(0.25));
    expect(dense.stationarity).toBeGreaterThan(0.05);
  });
});
