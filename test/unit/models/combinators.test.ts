/** Networks made of networks: side by side, with tied weights, and from any polynomial map. All under the same laws. */
import { describe, expect, it } from "vitest";
import { architectureLaws } from "../../../properties/laws/architecture.js";
import { withoutExact } from "../../../properties/mutants/parameterizations.js";
import { type SqrtScale, sameMap, UNIT_SCALE } from "../../../src/exact/polymap.js";
import { constant, type Polynomial, product, scaled, sum, variable } from "../../../src/exact/polynomial.js";
import { type Q, q } from "../../../src/exact/rational.js";
import { rationals } from "../../../src/exact/ring.js";
import { UseError } from "../../../src/kernel/use-error.js";
import type { Parameterization } from "../../../src/models/architecture.js";
import { convolutional } from "../../../src/models/architectures/convolutional.js";
import { convolutional2d } from "../../../src/models/architectures/convolutional-2d.js";
import { diagonal } from "../../../src/models/architectures/diagonal.js";
import { fullyConnected } from "../../../src/models/architectures/fully-connected.js";
import { linear } from "../../../src/models/architectures/linear.js";
import { multiChannel } from "../../../src/models/architectures/multi-channel.js";
import { residualDiagonal } from "../../../src/models/architectures/residual-diagonal.js";
import { parallelSum } from "../../../src/models/combinators/parallel-sum.js";
import { sharedLayers, sharedStack } from "../../../src/models/combinators/shared-stack.js";
import { fromMap } from "../../../src/models/compiled-map.js";
import { lossRate } from "../../../src/verify/claims/loss-rate.js";
import { fakeBench } from "../verify/fake-bench.js";
import { drawn, gap, productOf, transform } from "./signals.js";

const x = (i: number, variables = 2): Polynomial<Q> => variable(rationals, variables, i);
const number = (n: bigint, variables = 2): Polynomial<Q> => constant(rationals, variables, q(n));
const typed = (coordinates: readonly Polynomial<Q>[], scale: SqrtScale = UNIT_SCALE): Parameterization =>
  fromMap("typed", { names: ["u", "v"], coordinates, scale });
const conv = (depth: number, kernel = 4): Parameterization => convolutional.build({ dim: 4, depth, kernel });
const diag = (depth: number): Parameterization => diagonal.build({ dim: 4, depth });
const betaOf = (P: Parameterization, w: ArrayLike<number>): Float64Array => {
  const out = new Float64Array(P.dimensions.dim);
  P.apply(Float64Array.from(w), out);
  return out;
};

const SOUND: readonly (readonly [string, Parameterization, number | null])[] = [
  ["two convolutions", parallelSum(conv(2), conv(2, 2)), 2],
  ["scales 1/2 and 1", parallelSum(conv(2), diag(2)), 2],
  [
    "scales sqrt(1/125) and sqrt(1/5)",
    parallelSum(convolutional.build({ dim: 5, depth: 4 }), convolutional.build({ dim: 5, depth: 2 })),
    null,
  ],
  ["three, with a linear one", parallelSum(linear.build({ dim: 4, depth: 1 }), diag(3), conv(3)), null],
  ["a residual one", parallelSum(residualDiagonal.build({ dim: 4, depth: 2 }), diag(2)), null],
  ["one alone", parallelSum(conv(3)), 3],
  ["a sum of sums", parallelSum(parallelSum(diag(2), diag(2)), sharedLayers(diag(2), [0, 0])), 2],
  ["one filter at all depths", sharedLayers(conv(3), [0, 0, 0]), 3],
  ["one image filter, twice", sharedLayers(convolutional2d.build({ dim: 4, depth: 3, shape: [2, 2] }), [1, 0, 1]), 3],
  ["powers", sharedLayers(diag(4), [0, 0, 0, 0]), 4],
  ["two of three", sharedLayers(diag(3), [0, 1, 0]), 3],
  ["a kernel shared by two", sharedLayers(conv(3, 2), [0, 0, 1]), 3],
  ["residual, u = v", sharedLayers(residualDiagonal.build({ dim: 2, depth: 2 }), [0, 0]), null],
  ["a filter that is constant", sharedStack(conv(2, 3), [[0, 1, 2], [3], [4], [5], [6]]), 2],
  ["symmetric weights", sharedStack(fullyConnected.build({ dim: 2, depth: 2 }), [[0], [1, 2], [3], [4], [5]]), 2],
  [
    "hidden channels tied",
    sharedStack(multiChannel.build({ dim: 4, depth: 2, channels: { out: 2, in: 2 }, kernel: 2 }), [
      [0, 4],
      [1, 5],
      [2, 6],
      [3, 7],
      [8],
      [9],
      [10],
      [11],
    ]),
    2,
  ],
  ["u^2 - v^2", typed([sum(product(x(0), x(0)), scaled(product(x(1), x(1)), q(-1n)))]), 2],
  [
    "u v^2, -2/3 v^3, times sqrt(2)/5",
    typed([product(x(0), product(x(1), x(1))), scaled(product(x(1), product(x(1), x(1))), q(-2n, 3n))], {
      rational: q(1n, 5n),
      radicand: 2n,
    }),
    3,
  ],
  ["(1 + u) v", typed([product(sum(number(1n), x(0)), x(1))]), null],
  ["3 + u and a zero", typed([sum(number(3n), x(0)), number(0n)]), null],
];

describe("combined networks", () => {
  it.each(SOUND)("%s: keep every law", (_name, P, degree) => {
    expect(P.degree).toBe(degree);
    for (const seed of [1, 2]) expect(architectureLaws(P, seed).filter((r) => r.ok !== true)).toEqual([]);
  });

  it("have structure where their parts have it", () => {
    expect(parallelSum(conv(2), conv(2, 2)).fourier?.channels[0]?.products).toHaveLength(2);
    expect(parallelSum(conv(2), conv(3)).fourier).toBeUndefined();
    expect(parallelSum(conv(2), diag(2)).fourier).toBeUndefined();
    expect(parallelSum(conv(2), diag(2)).groups).toHaveLength(4);
    expect(parallelSum(diag(2), typed([1n, 2n, 3n, 4n].map((c) => scaled(x(0), q(c))))).groups).toBeUndefined();
    expect(sharedLayers(conv(3), [0, 0, 0]).groups).toEqual([[0, 1, 2, 3]]);
  });
});

describe("a parallel sum", () => {
  it("is the sum of its parts", () => {
    const [A, B] = [conv(3, 2), diag(2)];
    const w = drawn(A.parameters + B.parameters, 1);
    const [a, b] = [betaOf(A, w.slice(0, A.parameters)), betaOf(B, w.slice(A.parameters))];
    expect(betaOf(parallelSum(A, B), w)).toEqual(a.map((v, d) => v + b[d]!));
  });

  it("refuses what does not fit", () => {
    const three = convolutional.build({ dim: 3, depth: 2 });
    expect(() => parallelSum()).toThrow("parallel sum: expected at least one network, got none");
    expect(() => parallelSum(diag(2), three)).toThrow("parallel sum: expected predictors of one shape, got 4 and 3");
    expect(() => parallelSum(three, diagonal.build({ dim: 3, depth: 2 }))).toThrow(
      "parallel sum: expected scales that differ by a rational factor, got 1/3 sqrt(3) and 1 sqrt(1)",
    );
    const image = multiChannel.build({ dim: 4, depth: 2, channels: { out: 1, in: 2 } });
    expect(() => parallelSum(image, diag(2))).toThrow("got 2x2 and 4");
  });

  it("has no exact reading where a part has none, and says whose", () => {
    const P = parallelSum(diag(2), withoutExact(conv(2), "planted"));
    expect(P.exact()).toEqual({ map: null, why: "convolutional: planted" });
    expect(architectureLaws(P, 1).filter((r) => r.ok === false)).toEqual([]);
  });
});

describe("tied weights", () => {
  it("of a convolutional network: betaHat is a power", () => {
    const w = drawn(5, 3);
    const beta = betaOf(sharedLayers(convolutional.build({ dim: 5, depth: 3 }), [0, 0, 0]), w);
    const hat = transform(w);
    expect(gap(transform(beta), productOf([hat, hat, hat]))).toBeLessThan(1e-12);
  });

  it("of a diagonal network: beta = u^a . v^b", () => {
    const P = sharedLayers(diagonal.build({ dim: 2, depth: 3 }), [1, 0, 1]);
    expect([...betaOf(P, [2, 3, 5, 7])]).toEqual([2 * 25, 3 * 49]);
    expect(P.parameters).toBe(4);
    const { map } = P.exact();
    expect(map?.names).toEqual(["w1_0", "w1_1", "w2_0", "w2_1"]);
  });

  it("that are not tied change nothing", () => {
    const P = conv(2);
    const same = sharedStack(
      P,
      Array.from({ length: 8 }, (_, i) => [i]),
      P.layers,
    );
    const [a, b] = [P.exact().map, same.exact().map];
    expect(a !== null && b !== null && sameMap(a, b)).toBe(true);
  });

  it("refuse what is no partition, or layers of several shapes", () => {
    const P = diagonal.build({ dim: 1, depth: 2 });
    const wrong = (groups: readonly (readonly number[])[], text: string) =>
      expect(() => sharedStack(P, groups)).toThrow(`shared stack: expected ${text}`);
    wrong([[0]], "every parameter in a group, got none with 1");
    wrong([[0, 1], [1]], "each parameter in one group, got 1 in two");
    wrong([[0, 1], []], "no empty group, got one as group 2");
    wrong([[0, 2]], "parameters from 0 to 1, got 2");
    expect(() => sharedStack(P, [[0, 1]], [{ rows: 1, columns: 2 }])).toThrow("expected layers of 1 parameters, got 2");
    expect(() => sharedLayers(conv(2, 3), [0, 0])).toThrow("expected layers of one shape to tie, got 1x3 and 1x4");
    for (const blocks of [[0], [0, 2], [1, 1], [0, -1], [0.5, 0]])
      expect(() => sharedLayers(P, blocks)).toThrow(UseError);
  });
});

describe("a network from a map", () => {
  it("computes what was typed", () => {
    const P = typed([product(sum(number(1n), x(0)), x(1)), scaled(product(x(0), x(0)), q(1n, 4n))]);
    expect([...betaOf(P, [3, 5])]).toEqual([20, 2.25]);
    const back = new Float64Array(2);
    P.pullback(Float64Array.of(3, 5), Float64Array.of(1, 2), back);
    expect([...back]).toEqual([5 + 2 * 1.5, 4]);
  });

  it("refuses what is no predictor", () => {
    expect(() => typed([])).toThrow("typed: expected at least one coordinate");
    expect(() => typed([x(0, 3)])).toThrow("each a polynomial in the 2 named parameters");
    expect(() => typed([number(0n), number(7n)])).toThrow("depends on a parameter, got a constant");
    expect(() => typed([scaled(x(0), q(1n << 1100n))])).toThrow("within the range of doubles, got 13582985290493");
    expect(() => typed([scaled(x(0), q(1n, 1n << 1100n))])).toThrow("within the range of doubles, got 1/1358298529049");
    const map = { names: ["u", "v"], coordinates: [x(0)], scale: UNIT_SCALE };
    expect(() => fromMap("typed", map, [{ rows: 1, columns: 3 }])).toThrow("layers of 2 parameters together, got 3");
  });
});

it("no rate of the loss is claimed for a map that is not homogeneous", async () => {
  const bench = { ...fakeBench(), P: residualDiagonal.build({ dim: 2, depth: 2 }) };
  expect((await lossRate.check(bench)).finding).toEqual({
    claim: "loss-rate",
    outcome: "silent",
    why: "the map is not homogeneous: there is no degree L to expect a rate from",
  });
});
