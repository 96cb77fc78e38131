/** How many conserved quantities gradient flow has, for the families in which the number is known, and which they are. */
import { describe, expect, it } from "vitest";
import { conservedQuantities } from "../../../src/exact/conserved.js";
import { keyOf } from "../../../src/exact/monomial.js";
import { inverseRootPower } from "../../../src/exact/polymap.js";
import { fromTerms, type Polynomial, scaled } from "../../../src/exact/polynomial.js";
import { type Q, q } from "../../../src/exact/rational.js";
import { rationals } from "../../../src/exact/ring.js";
import { showPolynomial } from "../../../src/exact/text/show.js";
import { architectureMap, basisOf, mapOf, modularRank, monomials, vectors } from "./conserved-samples.js";

const half = (h: number): number => (h * (h + 1)) / 2;
const count = (name: string, dimensions: Parameters<typeof architectureMap>[1]): number =>
  basisOf(architectureMap(name, dimensions)).length;

describe("counts", () => {
  it.each([
    [1, [2]],
    [1, [3]],
    [2, [1, 2]],
    [2, [2]],
    [3, [2]],
    [2, [3]],
    [2, [2, 2]],
    [2, [3, 2]],
    [1, [1]],
    [1, [2, 2]],
    [1, [2, 1, 3]],
  ] as const)("fully connected, %i inputs, hidden widths %j", (dim, widths) => {
    const sizes = [dim, ...widths, 1];
    const expected = widths.reduce((n, h, l) => {
      const between = sizes[l] === 1 && sizes[l + 2] === 1 ? (h * (h - 1)) / 2 : 0;
      return n + half(h) + between;
    }, 0);
    expect(count("fully-connected", { dim, depth: widths.length + 1, widths })).toBe(expected);
  });

  it("1-2-1: 4, 1-3-1: 9, 2-1-2-1: 5", () => {
    expect(count("fully-connected", { dim: 1, depth: 2, widths: [2] })).toBe(4);
    expect(count("fully-connected", { dim: 1, depth: 2, widths: [3] })).toBe(9);
    expect(count("fully-connected", { dim: 2, depth: 3, widths: [1, 2] })).toBe(5);
  });

  it("diagonal: (L - 1) D", () => {
    // depth 1 is the identity: nothing moves but as the residual pleases
    for (const dim of [1, 2, 3, 5])
      for (const depth of [1, 2, 3, 4]) expect(count("diagonal", { dim, depth })).toBe((depth - 1) * dim);
  });

  it("circular of full width: (L - 1)(floor(D/2) + 1)", () => {
    for (const dim of [1, 2, 3, 4, 5, 6, 7, 8])
      for (const depth of dim <= 6 ? [1, 2, 3] : [2])
        expect(count("convolutional", { dim, depth })).toBe((depth - 1) * (Math.floor(dim / 2) + 1));
  });

  it("on a torus: (L - 1) times the frequencies up to sign", () => {
    for (const [a, b] of [
      [1, 3],
      [2, 2],
      [2, 3],
      [3, 2],
      [2, 4],
      [3, 3],
    ] as const) {
      // biome-ignore format: pairs
      const orbits = new Set<string>();
      for (let i = 0; i < a; i++)
        for (let j = 0; j < b; j++) orbits.add([`${i},${j}`, `${(a - i) % a},${(b - j) % b}`].sort().join("|"));
      for (const depth of a * b <= 6 ? [2, 3] : [2])
        expect(count("convolutional-2d", { dim: a * b, depth, shape: [a, b] })).toBe((depth - 1) * orbits.size);
    }
  });

  it("kernels shorter than the signal, and linear convolutions: L - 1", () => {
    for (const [dim, depth, kernel] of [[3, 2, 2], [4, 2, 3], [4, 3, 2], [5, 2, 1], [5, 3, 2]] as const) // biome-ignore format: triples
      expect(count("convolutional", { dim, depth, kernel })).toBe(depth - 1);
    expect(count("linear-convolutional", { dim: 3, depth: 2, filters: [2, 2] })).toBe(1);
    expect(count("linear-convolutional", { dim: 4, depth: 2, filters: [2, 2], strides: [2, 1] })).toBe(1);
    expect(count("linear-convolutional", { dim: 4, depth: 2, filters: [3, 2] })).toBe(1);
    expect(count("linear-convolutional", { dim: 8, depth: 3, filters: [2, 2, 2], strides: [2, 2, 1] })).toBe(2);
    expect(count("linear-convolutional", { dim: 4, depth: 3, filters: [2, 2, 2], strides: [1, 1, 1] })).toBe(2);
  });
});

describe("which they are", () => {
  const NAMES = ["a", "b", "c"];
  it.each([
    [
      "u^2 - v^2",
      mapOf(
        ["u", "v"],
        [
          [
            [1, [2, 0]],
            [-1, [0, 2]],
          ],
        ],
      ),
      ["u*v"],
    ],
    ["a b^2", mapOf(["a", "b"], [[[1, [1, 2]]]]), ["2*a^2 - b^2"]],
    ["s v_i", mapOf(["s", "v1", "v2"], [[[1, [1, 1, 0]]], [[1, [1, 0, 1]]]]), ["s^2 - v1^2 - v2^2"]],
    [
      "(1 + u) v",
      mapOf(
        ["u", "v"],
        [
          [
            [1, [0, 1]],
            [1, [1, 1]],
          ],
        ],
      ),
      ["u^2 - v^2 + 2*u"],
    ],
    [
      "a + b",
      mapOf(
        ["a", "b"],
        [
          [
            [1, [1, 0]],
            [1, [0, 1]],
          ],
        ],
      ),
      ["a - b", "a^2 - 2*a*b + b^2"],
    ],
    ["a b, c dead", mapOf(NAMES, [[[1, [1, 1, 0]]]]), ["a^2 - b^2"]],
    ["a^2", mapOf(["a"], [[[3, [2]]]]), []],
    ["a b c", mapOf(NAMES, [[[5, [1, 1, 1]]]]), ["a^2 - b^2", "a^2 - c^2"]],
    ["x + y and x + 2 y", mapOf(["x", "y"], [[[1, [1, 0]], [1, [0, 1]]], [[1, [1, 0]], [2, [0, 1]]]]), []], // biome-ignore format: one term each
    ["constants", mapOf(["a"], [[[5, [0]]]]), []],
  ] as const)("%s", (_, P, expected) => {
    const sorted = basisOf(P).map((p) => showPolynomial(p, P.names));
    expect([...sorted].sort()).toEqual([...expected].sort());
  });

  it("dead parameters are named and not counted; coefficients and the scale play no part", () => {
    const P = mapOf(NAMES, [[[1, [1, 1, 0]]]]);
    const found = conservedQuantities(P);
    expect(found).toMatchObject({ found: true, dead: ["c"] });
    const coordinates = P.coordinates.map((p) => scaled(p, q(-7n, 3n)));
    expect(conservedQuantities({ ...P, coordinates, scale: inverseRootPower(3n, 1) })).toEqual(found);
  });

  it("sums of squares come first, with a positive first coefficient", () => {
    const basis = basisOf(architectureMap("fully-connected", { dim: 2, depth: 2, widths: [2] }));
    expect(basis.map((p) => showPolynomial(p, ["a", "b", "c", "d", "s", "t"]))).toEqual([
      "a^2 + b^2 - s^2",
      "c^2 + d^2 - t^2",
      "a*c + b*d - s*t",
    ]);
  });

  it("a search that would not end is not begun", () => {
    const n = 2000;
    const names = Array.from({ length: n }, (_, i) => `x${i}`);
    const all = fromTerms(
      rationals,
      n,
      names.map((_, i) => [keyOf([[i, 2]]), q(1n)] as const),
    );
    const found = conservedQuantities({ names, coordinates: [all, all], scale: inverseRootPower(1n, 0) });
    expect(found).toMatchObject({ found: false });
    expect(found.found ? "" : found.why).toMatch(
      /^2000 parameters have 2003000 monomials of degree at most 2, more than 60000/,
    );
  });
});

describe("circular convolutions", () => {
  /** sum_i w_l[i] w_l[(i + s) mod D] - the same of w_{l+1} */
  function autocorrelations(D: number, L: number): Polynomial<Q>[] {
    const own = (l: number, s: number): (readonly [string, bigint])[] =>
      Array.from({ length: D }, (_, i) => [keyOf([[l * D + i, 1], [l * D + ((i + s) % D), 1]]), 1n] as const); // biome-ignore format: a pair
    return Array.from({ length: L - 1 }, (_, l) =>
      Array.from({ length: Math.floor(D / 2) + 1 }, (_x, s) =>
        fromTerms(rationals, L * D, [
          ...own(l, s).map(([key, c]) => [key, q(c)] as const),
          ...own(l + 1, s).map(([key, c]) => [key, q(-c)] as const),
        ]),
      ),
    ).flat();
  }

  it.each([
    [2, 2],
    [3, 2],
    [4, 2],
    [5, 2],
    [6, 2],
    [8, 2],
    [3, 3],
    [4, 3],
  ])("D = %i, L = %i: the span of autocorrelations of w_l minus those of w_{l+1}", (D, L) => {
    // biome-ignore format: pairs
    const basis = basisOf(architectureMap("convolutional", { dim: D, depth: L }));
    const known = autocorrelations(D, L);
    const keys = monomials(Array.from({ length: L * D }, (_, v) => v));
    expect(modularRank(vectors(known, keys))).toBe(basis.length);
    expect(modularRank(vectors([...basis, ...known], keys))).toBe(basis.length);
  });
});
