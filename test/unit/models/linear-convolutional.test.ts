/** Products of polynomials: against strided layers without padding, and the example of two filters of length 2. */
import { describe, expect, it } from "vitest";
import { evaluateMap } from "../../../src/exact/polymap.js";
import { q } from "../../../src/exact/rational.js";
import { linearConvolutional } from "../../../src/models/architectures/linear-convolutional.js";
import { drawn } from "./signals.js";

/** (dim, filters, strides) */
const NETWORKS = [
  [4, [2, 2], [2, 1]],
  [3, [2, 2], [1, 1]],
  [9, [3, 2, 2], [2, 2, 1]],
  [12, [3, 4], [3, 1]],
  [13, [2, 3, 4], [1, 3, 1]],
  [10, [4, 1, 3], [1, 3, 1]],
  [7, [7], [1]],
] as const;

describe("linear-convolutional", () => {
  it.each(NETWORKS)("dim %i, filters %j, strides %j: what strided layers give", (dim, filters, strides) => {
    const P = linearConvolutional.build({ dim, depth: filters.length, filters, strides });
    const w = drawn(P.parameters, dim);
    const x = drawn(dim, 2);
    // h_l[i] = sum_j w_l[j] h_{l-1}[i s_l + j], as often as it fits.
    let h = x;
    let at = 0;
    filters.forEach((k, l) => {
      const u = w.slice(at, at + k);
      at += k;
      const count = Math.floor((h.length - k) / strides[l]!) + 1;
      const before = h;
      h = Float64Array.from({ length: count }, (_, i) =>
        u.reduce((s, c, j) => s + c * before[i * strides[l]! + j]!, 0),
      );
    });
    expect(h.length).toBe(1);
    const v = new Float64Array(dim);
    P.apply(w, v);
    expect(Math.abs(h[0]! - v.reduce((s, c, i) => s + c * x[i]!, 0))).toBeLessThan(1e-14);
  });

  it("(a, b) and (c, d) with stride 2 give (ac, bc, ad, bd), with stride 1 (ac, ad + bc, bd)", () => {
    const w = Float64Array.of(2, 3, 5, 7);
    const composed = (dim: number, stride: number): number[] => {
      const P = linearConvolutional.build({ dim, depth: 2, filters: [2, 2], strides: [stride, 1] });
      const v = new Float64Array(dim);
      P.apply(w, v);
      const { map } = P.exact();
      expect(
        map === null
          ? null
          : evaluateMap(
              map,
              Array.from(w, (x) => q(BigInt(x))),
            ),
      ).toEqual(Array.from(v, (x) => q(BigInt(x))));
      return [...v];
    };
    expect(composed(4, 2)).toEqual([10, 15, 14, 21]);
    expect(composed(3, 1)).toEqual([10, 29, 21]);
    expect(composed(5, 3)).toEqual([10, 15, 0, 14, 21]);
  });

  it("has no use for its last stride, and takes stride 1 where none is given", () => {
    const w = drawn(6, 1);
    const [a, b, c] = [
      [2, 1, 1],
      [2, 1, 9],
      [2, 1],
    ].map((strides) => {
      const out = new Float64Array(6);
      linearConvolutional.build({ dim: 6, depth: 3, filters: [2, 2, 2], strides }).apply(w, out);
      return out;
    });
    expect(b).toEqual(a);
    expect(c).toEqual(a);
    expect(linearConvolutional.build({ dim: 4, depth: 3, filters: [2, 2, 2] }).parameters).toBe(6);
  });

  it("says what its filters compose to where that is not the data's dimension", () => {
    expect(() => linearConvolutional.build({ dim: 5, depth: 2, filters: [2, 2], strides: [2, 1] })).toThrow(
      "linear-convolutional: filters 2,2 with strides 2 compose to one of length 4, expected 5, the dimension of the data",
    );
    expect(() => linearConvolutional.build({ dim: 5, depth: 3, filters: [2, 2] })).toThrow(
      "linear-convolutional: expected 3 filter lengths for depth 3, got 2",
    );
    expect(() => linearConvolutional.build({ dim: 3, depth: 2, filters: [2, 2], strides: [1, 1, 1] })).toThrow(
      "linear-convolutional: expected 2 strides for depth 2, got 3",
    );
    expect(() => linearConvolutional.build({ dim: 3, depth: 2, filters: [2, 2], strides: [0] })).toThrow(
      /every stride/,
    );
    expect(() => linearConvolutional.build({ dim: 3, depth: 2, filters: [2, 0] })).toThrow(/every filter length/);
    expect(() => linearConvolutional.build({ dim: 3, depth: 2, filters: [2, 2], strides: [2e15] })).toThrow(/compose/);
  });
});
