/**
 * The block form of a network against the network itself: the same predictor, gradient, norms and margins after a change of
 * basis that is the unitary transform; and what only the blocks have: products block by block, and zeros that stay zeros.
 */
import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import type { Parameterization } from "../../../src/models/architecture.js";
import { convolutional } from "../../../src/models/architectures/convolutional.js";
import { convolutional2d } from "../../../src/models/architectures/convolutional-2d.js";
import { diagonal } from "../../../src/models/architectures/diagonal.js";
import { fullyConnected } from "../../../src/models/architectures/fully-connected.js";
import { ARCHITECTURES } from "../../../src/models/architectures/index.js";
import { linear } from "../../../src/models/architectures/linear.js";
import { multiChannel } from "../../../src/models/architectures/multi-channel.js";
import { parallelSum } from "../../../src/models/combinators/parallel-sum.js";
import { type CoordinatewiseForm, coordinatewiseForm } from "../../../src/models/coordinatewise.js";
import { dot, norm } from "../../../src/numeric/vec.js";
import { drawn, transform, transform2d } from "./signals.js";

const SHAPES = [
  [2, 3],
  [3, 3],
  [4, 2],
  [1, 5],
  [5, 1],
  [2, 2],
  [3, 4],
  [1, 1],
] as const;
const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i + 1);
const ONE_AXIS = upTo(9).flatMap((dim) => upTo(4).map((depth) => convolutional.build({ dim, depth })));
const IMAGES = SHAPES.flatMap((shape) =>
  upTo(3).map((depth) => convolutional2d.build({ dim: shape[0] * shape[1], depth, shape })),
);
const PLAIN = [
  ...upTo(5).flatMap((dim) => upTo(4).map((depth) => diagonal.build({ dim, depth }))),
  ...upTo(3).map((dim) => linear.build({ dim, depth: 1 })),
];
const NETWORKS = [...ONE_AXIS, ...IMAGES, ...PLAIN].map((P) => {
  const { dim, depth, shape = [dim] } = P.dimensions;
  return { name: `${P.architecture} ${shape.join("x")}, depth ${depth}`, P };
});

const formOf = (P: Parameterization): CoordinatewiseForm => {
  const form = coordinatewiseForm(P);
  if (form === null) throw new Error(`${P.architecture} has no block form`);
  return form;
};
const betaOf = (P: Parameterization, w: Float64Array): Float64Array => {
  const out = new Float64Array(P.dimensions.dim).fill(Number.NaN);
  P.apply(w, out);
  return out;
};
const backOf = (P: Parameterization, w: Float64Array, g: Float64Array): Float64Array => {
  const out = new Float64Array(P.parameters).fill(Number.NaN);
  P.pullback(w, g, out);
  return out;
};
/** A change of basis on each row of length D. */
function onRows(change: (row: Float64Array) => void, x: Float64Array, D: number): Float64Array {
  const out = x.slice();
  for (let at = 0; at < out.length; at += D) change(out.subarray(at, at + D));
  return out;
}
const apart = (x: Float64Array, y: Float64Array): number => norm(x.map((a, i) => a - y[i]!));
/** Rounding of L products of numbers of size at most 1 and of sums of D of them, a few units each. */
const few = ({ dimensions: { dim, depth } }: Parameterization): number => 1e-15 * depth * (4 + dim);
const inputs = fc.tuple(fc.constantFrom(...NETWORKS), fc.integer({ min: 0, max: 1e9 }));

describe.each(NETWORKS)("$name", ({ P }) => {
  const { dim: D, depth: L } = P.dimensions;
  const form = formOf(P);
  const to = (x: Float64Array): Float64Array => onRows(form.toCoordinates, x, D);
  const from = (x: Float64Array): Float64Array => onRows(form.fromCoordinates, x, D);

  it("is the network after a change of basis", () => {
    for (let seed = 0; seed < 5; seed++) {
      const [w, g] = [drawn(P.parameters, seed), drawn(D, seed + 100)];
      expect(apart(from(betaOf(form.P, to(w))), betaOf(P, w))).toBeLessThan(few(P));
      expect(apart(from(backOf(form.P, to(w), to(g))), backOf(P, w, g))).toBeLessThan(few(P));
    }
  });

  it("in an orthonormal basis: there and back, lengths, margins", () => {
    for (let seed = 0; seed < 5; seed++) {
      const [x, y] = [drawn(D, seed), drawn(D, seed + 100)];
      expect(apart(from(to(x)), x)).toBeLessThan(few(P));
      expect(apart(to(from(x)), x)).toBeLessThan(few(P));
      expect(Math.abs(norm(to(x)) - norm(x))).toBeLessThan(few(P));
      expect(Math.abs(dot(to(x), to(y)) - dot(x, y))).toBeLessThan(few(P));
      const w = drawn(P.parameters, seed);
      expect(Math.abs(dot(to(x), betaOf(form.P, to(w))) - dot(x, betaOf(P, w)))).toBeLessThan(few(P));
    }
  });

  it("has blocks side by side, of two numbers for each pair of frequencies", () => {
    let next = 0;
    for (const { at, complex } of form.blocks) {
      expect(at).toBe(next);
      next += complex ? 2 : 1;
    }
    expect(next).toBe(D);
    const { shape } = P.dimensions;
    const axes = P.fourier === undefined ? null : (shape ?? [D]);
    // Its own mirror is a frequency that is 0 or half of the side on each axis.
    const real = axes === null ? D : axes.reduce((n, side) => n * (side % 2 === 0 ? 2 : 1), 1);
    expect(form.blocks.filter((b) => !b.complex).length).toBe(real);
    expect(form.torus?.shape ?? null).toEqual(axes);
    expect(form.P).toMatchObject({
      dimensions: P.dimensions,
      parameters: L * D,
      degree: L,
      layers: P.layers,
      shape: [D],
    });
    expect(form.depth).toBe(L);
    expect(form.torus?.frequencies ?? []).toEqual([...(form.torus?.frequencies ?? [])].sort((a, b) => a - b));
    expect(form.P.exact()).toMatchObject({ map: null });
  });
});

describe("bases", () => {
  it.each(
    [...ONE_AXIS, ...IMAGES].filter((P) => P.dimensions.depth === 1),
  )("is the unitary transform, $dimensions", (P) => {
    const { dim: D, shape } = P.dimensions;
    const { blocks, torus, toCoordinates } = formOf(P);
    const x = drawn(D, 7);
    const hat = shape === undefined ? transform(x) : transform2d(x, [shape[0]!, shape[1]!]);
    toCoordinates(x);
    expect(torus!.frequencies.length).toBe(blocks.length);
    blocks.forEach(({ at, complex }, i) => {
      const [re, im] = hat[torus!.frequencies[i]!]!;
      const weight = complex ? Math.SQRT2 : 1;
      expect(Math.abs(x[at]! - weight * re)).toBeLessThan(few(P));
      expect(Math.abs((complex ? x[at + 1]! : 0) - weight * im)).toBeLessThan(few(P));
    });
  });

  it.each(PLAIN)("leaves numbers as they are, $architecture $dimensions", (P) => {
    const form = formOf(P);
    const [w, g] = [drawn(P.parameters, 1), drawn(P.dimensions.dim, 2)];
    const x = g.slice();
    form.toCoordinates(x);
    expect(x).toEqual(g);
    form.fromCoordinates(x);
    expect(x).toEqual(g);
    expect(form.torus).toBe(null);
    expect(betaOf(form.P, w)).toEqual(betaOf(P, w));
    expect(backOf(form.P, w, g)).toEqual(backOf(P, w, g));
  });
});

describe("block products", () => {
  test.prop([inputs, fc.nat(3)], { numRuns: 300 })(
    "the pullback is the adjoint in each layer",
    ([{ P }, seed], layer) => {
      // P is linear in a layer, so that the difference along d is exact: <g, P(.. d ..)> = <pullback, d>.
      const { dim: D, depth: L } = P.dimensions;
      const B = formOf(P).P;
      const l = layer % L;
      const [w, g, d] = [drawn(B.parameters, seed), drawn(D, seed + 1), drawn(D, seed + 2)];
      const back = backOf(B, w, g).slice(l * D, (l + 1) * D);
      const moved = w.slice();
      moved.set(d, l * D);
      expect(Math.abs(dot(g, betaOf(B, moved)) - dot(back, d))).toBeLessThan(few(P));
    },
  );

  test.prop([inputs, fc.integer({ min: -9, max: 9 })])(
    "degree L: powers of two come out exactly",
    ([{ P }, seed], e) => {
      const { dim: D, depth: L } = P.dimensions;
      const B = formOf(P).P;
      const [w, g] = [drawn(B.parameters, seed), drawn(D, seed + 1)];
      const scaled = w.map((x) => x * 2 ** e);
      expect(betaOf(B, scaled)).toEqual(betaOf(B, w).map((x) => x * 2 ** (e * L)));
      expect(backOf(B, scaled, g)).toEqual(backOf(B, w, g).map((x) => x * 2 ** (e * (L - 1))));
    },
  );

  test.prop([inputs])("complex products with kappa = 2^((1 - L)/2), by polar coordinates", ([{ P }, seed]) => {
    const { dim: D, depth: L } = P.dimensions;
    const { P: B, blocks } = formOf(P);
    const w = drawn(B.parameters, seed);
    const beta = betaOf(B, w);
    for (const { at, complex } of blocks) {
      let [size, angle] = [1, 0];
      for (let l = 0; l < L; l++) {
        const [x, y] = [w[l * D + at]!, complex ? w[l * D + at + 1]! : 0];
        size *= Math.hypot(x, y);
        angle += Math.atan2(y, x);
      }
      if (complex) size *= 2 ** ((1 - L) / 2);
      expect(Math.abs(beta[at]! - size * Math.cos(angle))).toBeLessThan(few(P));
      if (complex) expect(Math.abs(beta[at + 1]! - size * Math.sin(angle))).toBeLessThan(few(P));
    }
  });

  test.prop([inputs, fc.nat(100)], { numRuns: 300 })(
    "a block knows no other, and a zero one stays zero",
    ([{ P }, seed], pick) => {
      const { dim: D, depth: L } = P.dimensions;
      const { P: B, blocks } = formOf(P);
      const { at, complex } = blocks[pick % blocks.length]!;
      const inBlock = (i: number): boolean => i % D === at || (complex && i % D === at + 1);
      const [w, g] = [drawn(B.parameters, seed), drawn(D, seed + 1)];
      const dead = w.map((x, i) => (inBlock(i) ? 0 : x));
      const [beta, before] = [betaOf(B, dead), betaOf(B, w)];
      const [back, backBefore] = [backOf(B, dead, g), backOf(B, w, g)];
      beta.forEach((x, i) => {
        if (inBlock(i)) expect(x + 0).toBe(0);
        else expect(x).toBe(before[i]);
      });
      back.forEach((x, i) => {
        if (!inBlock(i)) expect(x).toBe(backBefore[i]);
        else if (L > 1) expect(x + 0).toBe(0);
      });
    },
  );
});

describe("networks without a block form", () => {
  it.each([
    fullyConnected.build({ dim: 3, depth: 2 }),
    fullyConnected.build({ dim: 3, depth: 1 }),
    convolutional.build({ dim: 4, depth: 2, kernel: 3 }),
    convolutional.build({ dim: 5, depth: 3, kernel: 1 }),
    multiChannel.build({ dim: 4, depth: 2, channels: { out: 2, in: 1 } }),
    multiChannel.build({ dim: 4, depth: 2, channels: { out: 1, in: 2 } }),
    parallelSum(convolutional.build({ dim: 3, depth: 2 }), convolutional.build({ dim: 3, depth: 2 })),
  ])("null for $architecture $dimensions", (P) => {
    expect(coordinatewiseForm(P)).toBe(null);
  });

  it("whatever has one agrees with it, among all architectures", () => {
    const seen = new Set<string>();
    for (const { build, examples } of ARCHITECTURES)
      for (const dimensions of examples) {
        const P = build(dimensions);
        const form = coordinatewiseForm(P);
        if (form === null) continue;
        seen.add(P.architecture);
        const D = P.dimensions.dim;
        const w = drawn(P.parameters, 5);
        const beta = betaOf(form.P, onRows(form.toCoordinates, w, D));
        form.fromCoordinates(beta);
        expect(apart(beta, betaOf(P, w)), `${P.architecture} ${JSON.stringify(dimensions)}`).toBeLessThan(few(P));
      }
    expect([...seen]).toEqual(expect.arrayContaining(["linear", "diagonal", "convolutional", "convolutional-2d"]));
  });

  it("several channels, or sums of products, are none", () => {
    const P = convolutional.build({ dim: 4, depth: 2 });
    const [channel] = P.fourier!.channels;
    const [product] = channel!.products;
    for (const channels of [[channel!, channel!], [{ ...channel!, products: [product!, product!] }], []])
      expect(coordinatewiseForm({ ...P, fourier: { shape: [4], channels } })).toBe(null);
  });

  it("a torus that does not fit the network is refused", () => {
    const P = convolutional.build({ dim: 4, depth: 2 });
    const wrong = { ...P, fourier: { shape: [5], channels: P.fourier!.channels } };
    expect(() => coordinatewiseForm(wrong)).toThrow("convolutional: expected 4 coordinates on the torus");
  });
});
