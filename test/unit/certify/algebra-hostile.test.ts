/** Attacks on the judges of algebra: JSON that tempts them to throw, to dwell, or to read what is not canonical. */
import { describe, expect, it } from "vitest";
import { judge } from "../../../src/certify/judge.js";
import { averaged, binomial, fourierProduct, halfSquare, NULLSPACES, rootsAddUp } from "./algebra-samples.js";

const PRODUCT = NULLSPACES["u v"]!;
const clock = (): number => process.cpuUsage().user / 1000;

function reasonAgainst(certificate: unknown, milliseconds: number): string {
  const start = clock();
  const answer = judge(certificate);
  expect(clock() - start).toBeLessThan(milliseconds);
  expect(answer.accepted ? answer.statement : "").toBe("");
  return answer.accepted ? "" : `${answer.cause}: ${answer.reason}`;
}

const refused = (certificate: unknown, reason: RegExp | string = /^refuted: /): void => {
  expect(reasonAgainst(certificate, 1500)).toMatch(reason);
};
/** Too large, and so nothing is said against it. */
const tooLarge = (certificate: unknown, what: RegExp | string = "", milliseconds = 1500): void => {
  const reason = reasonAgainst(certificate, milliseconds);
  expect(reason).toMatch(/^too-large: too large for this judge: /);
  expect(reason).toMatch(what);
};
const accepted = (certificate: unknown): void => {
  expect(judge(certificate)).toMatchObject({ accepted: true });
};

const names = (n: number): string[] => Array.from({ length: n }, (_, i) => `x${i}`);
const sumOf = (n: number, from = 0): unknown => ({ sum: names(n).map((_, i) => ({ variable: from + i })) });
/** e = e, or e = other, over n variables. */
const same = (e: unknown, n = 2, other: unknown = e): unknown => ({
  kind: "poly-identity",
  order: 1,
  variables: names(n),
  polynomials: [],
  identities: [[e, other]],
});
const withPoly = (p: unknown, n = 2): unknown => ({ ...(same({ poly: 0 }, n) as object), polynomials: [p] });
const nested = (levels: number, kind: string, leaf: string, end = ""): unknown =>
  JSON.parse(`${`{"${kind}":[`.repeat(levels)}${leaf}${`]${end}}`.repeat(levels)}`);

describe("nesting", () => {
  it.each(["sum", "product"])("of %s, a hundred thousand deep", (kind) => {
    tooLarge(same(nested(100_000, kind, '{"variable":0}')), /nested/);
    tooLarge(same(nested(101, kind, '{"variable":0}')), /nested/);
    accepted(same(nested(100, kind, '{"variable":0}')));
  });

  it("of powers and derivatives", () => {
    const deep = (kind: string, number: number, levels: number): unknown => {
      let e: unknown = { variable: 0 };
      for (let i = 0; i < levels; i++) e = { [kind]: [e, number] };
      return e;
    };
    tooLarge(same(deep("power", 1, 100_000)), /nested/);
    tooLarge(same(deep("derivative", 0, 100_000)), /nested/);
    tooLarge(same(deep("power", 2, 90)), /degree/);
    accepted(same(deep("derivative", 0, 90)));
  });

  it("of what is no expression", () => {
    const lists = JSON.parse(`${"[".repeat(100_000)}${"]".repeat(100_000)}`) as unknown;
    for (const e of [lists, { sum: lists }, { power: lists }, { constant: lists }]) refused(same(e));
    refused({ ...binomial, identities: lists });
    refused({ ...binomial, polynomials: lists });
    refused({ ...halfSquare, squares: lists });
    refused({ ...halfSquare, classes: lists });
    refused({ ...PRODUCT, basis: lists });
  });
});

describe("size", () => {
  it("of powers: refused before they are multiplied out", () => {
    for (const n of [257, 1e9, Number.MAX_SAFE_INTEGER]) tooLarge(same({ power: [sumOf(2), n] }), /power/);
    tooLarge(same({ power: [{ power: [{ variable: 0 }, 16] }, 17] }), /degree/);
    accepted(same({ power: [{ power: [{ variable: 0 }, 16] }, 16] }));
    accepted(same({ power: [{ variable: 0 }, 256] }));
    tooLarge(same({ power: [{ power: [sumOf(2), 16] }, 17] }), /degree/);
    tooLarge(same({ power: [sumOf(40), 200] }, 40), /terms/);
    tooLarge(withPoly([["1", [[0, 1e9]]]]), /degree/);
    tooLarge(
      withPoly([
        [
          "1",
          [
            [0, 200],
            [1, 57],
          ],
        ],
      ]),
      /degree/,
    );
    accepted(
      withPoly([
        [
          "1",
          [
            [0, 200],
            [1, 56],
          ],
        ],
      ]),
    );
    for (const n of [0, -1, 1.5, 2 ** 53, Number.NaN, Number.POSITIVE_INFINITY, "2", null, [2]]) {
      refused(same({ power: [{ variable: 0 }, n] }));
      refused(withPoly([["1", [[0, n]]]]));
    }
  });

  it("of products: no more terms than are paid for", () => {
    tooLarge(same({ product: [sumOf(2000), sumOf(2000, 2000)] }, 4000), /terms/);
    tooLarge(same({ product: [sumOf(700), sumOf(700, 700), sumOf(700, 1400)] }, 2100), /terms/);
    const many = { sum: Array.from({ length: 400 }, () => ({ power: [sumOf(6), 9] })) };
    tooLarge(same(many, 6), /terms/, 8000);
  });

  it("of numbers", () => {
    const digits = (n: number): string => "7".repeat(n);
    tooLarge(same({ constant: digits(2001) }), /characters/);
    tooLarge(same({ constant: digits(10_000_000) }), /characters/);
    tooLarge(withPoly([[`1/${digits(2001)}`, []]]), /characters/);
    tooLarge({ ...halfSquare, squares: [{ weight: digits(30_000), of: [] }] }, /characters/);
    accepted(same({ constant: digits(2000) }));
    const big = { constant: digits(2000) };
    tooLarge(same({ power: [big, 100] }), /bits/);
    tooLarge(same({ product: Array.from({ length: 50 }, () => big) }), /bits/);
    tooLarge(same({ power: [{ sum: [big, { variable: 0 }] }, 100] }), /bits/);
    const small = [1, 3].map((k) => ({ constant: `1/${digits(1990)}${k}` }));
    accepted(same({ sum: [{ variable: 0 }, ...small] }));
    tooLarge(same({ sum: [{ product: [big, big] }, ...small] }), /coefficient of more than \d+ bits/);
    const coprime = Array.from({ length: 40 }, (_, i) => ({ constant: `1/${digits(900)}${2 * i + 1}` }));
    tooLarge(same({ sum: coprime }), /common denominator/);
    tooLarge(withPoly(coprime.map(({ constant }, i) => [constant, [[0, i + 1]]])), /common denominator/);
    const wide = Array.from({ length: 30_000 }, (_, i) => [
      "1",
      [
        [i % 4000, 1],
        [4000 + Math.floor(i / 4000), 1],
      ],
    ]);
    tooLarge(withPoly([[`1/${digits(1990)}`, []], ...wide], 4096), /bits/);
  });

  it("of lists: a million terms, polynomials, variables, nodes, squares, identities", () => {
    const million = new Array<unknown>(1_000_000).fill(0);
    tooLarge(withPoly(million.map((_, i) => ["1", [[0, 1 + (i % 200)]]])), /terms/);
    tooLarge({ ...binomial, polynomials: million.map(() => []) }, /terms/);
    tooLarge({ ...PRODUCT, basis: million.map(() => []) }, /terms/);
    tooLarge({ ...binomial, variables: million.map((_, i) => `x${i}`) }, /variables/);
    tooLarge(same({ sum: million.map(() => ({ variable: 0 })) }), /terms/, 4000);
    tooLarge({ ...halfSquare, squares: million.map(() => ({ weight: "1", of: [] })) }, /terms/);
    tooLarge({ ...binomial, identities: million.map(() => binomial.identities[0]) }, /terms/, 4000);
    refused({ ...halfSquare, classes: million.map(() => [0]) });
    refused({ ...halfSquare, classes: [million] });
    tooLarge(withPoly([["1", million]]), /degree/);
    refused({ ...binomial, order: 4, identities: [[{ constant: million }, { variable: 0 }]] });
  });

  it("of roots of unity", () => {
    for (const order of [1001, 1e9, 2 ** 53]) tooLarge({ ...binomial, order }, /order/);
    for (const order of [997, 1000]) tooLarge({ ...binomial, order }, /dimension/);
    accepted({ ...binomial, order: 257 }); // of dimension 256
    accepted({ ...binomial, order: 990 });
    for (const order of [0, -3, 1.5, Number.NaN, Number.POSITIVE_INFINITY, "3", null, [3]])
      refused({ ...binomial, order });
    const dense = { constant: Array.from({ length: 240 }, (_, i) => String(i - 120)) };
    tooLarge({ ...(same({ power: [{ sum: [dense, { variable: 0 }] }, 60] }) as object), order: 990 }, /terms/, 8000);
  });

  it("of nullspaces: variables that occur", () => {
    const squares = (n: number): unknown => ({
      ...PRODUCT,
      variables: names(152),
      polynomials: [names(n).map((_, i) => ["1", [[i, 2]]])],
      basis: [],
    });
    tooLarge(squares(151), /150 variables/);
    const answer = judge(squares(150)); // q would have to be of degree 0
    expect(answer.accepted ? answer.statement : answer.reason).toMatch(/in 150 variables has exactly 0 /);
  });

  /** Numbers from 1 to 10 007 without a pattern. */
  const scattered = (i: number): number => ((i * 7919 + i * i * 104_729) % 10_007) + 1;

  it("of nullspaces: terms of the conditions", () => {
    const dense = Array.from({ length: 30 }, (_, d) =>
      Array.from({ length: 2000 }, (_x, k) => [
        String(scattered(k + 2000 * d)),
        [
          [Math.floor(k / 50), 1],
          [40 + (k % 50), 1],
          [90 + ((k * 3) % 50), 1],
        ],
      ]),
    );
    tooLarge({ ...PRODUCT, variables: names(140), polynomials: dense, basis: [] }, /terms/, 6000);
  });

  it("of nullspaces: an elimination that is given up is no proof, neither of completeness nor of independence", () => {
    const n = 60;
    const pairs = names(n).flatMap((_, i) => names(n - i).map((_x, k) => [i, i + k] as const));
    const monomial = (i: number, j: number): unknown =>
      i === j
        ? [[i, 2]]
        : [
            [i, 1],
            [j, 1],
          ];
    const form = pairs.map(([i, j], k) => [String(scattered(k)), monomial(i, j)]);
    tooLarge({ ...PRODUCT, variables: names(n), polynomials: [form], basis: [] }, /elimination/, 6000);
    // x_0 + ... + x_59 conserves all products (x_a - x_b)(x_c - x_d): sums of many of them, and twice the same one
    const product = (seed: number): (readonly [number, number, number])[] => {
      const [a, b, c, d] = [1, 2, 3, 4].map((k) => scattered(5 * seed + k) % n);
      return [
        [a!, c!, 1],
        [a!, d!, -1],
        [b!, c!, -1],
        [b!, d!, 1],
      ] as const as (readonly [number, number, number])[];
    };
    const element = (seed: number): unknown => {
      const terms = new Map<string, number>();
      for (let k = 0; k < 16; k++)
        for (const [i, j, c] of product(16 * seed + k)) {
          const key = `${Math.min(i, j)},${Math.max(i, j)}`;
          terms.set(key, (terms.get(key) ?? 0) + c);
        }
      return [...terms]
        .filter(([, c]) => c !== 0)
        .map(([key, c]) => {
          const [i, j] = key.split(",").map(Number);
          return [String(c), monomial(i!, j!)];
        });
    };
    const basis = names(900).map((_, seed) => element(seed % 899));
    const linear = names(n).map((_, i) => ["1", [[i, 1]]]);
    tooLarge({ ...PRODUCT, variables: names(n), polynomials: [linear], basis }, /elimination/, 6000);
  });
});

describe("canonical input", () => {
  it("no zero coefficient, no monomial twice, no variable twice, variables in range", () => {
    accepted(withPoly([]));
    accepted(withPoly([["1", names(256).map((_, i) => [i, 1])]], 256));
    tooLarge(withPoly([["1", names(257).map((_, i) => [i, 1])]], 257), /degree/);
    accepted(
      withPoly([
        [
          "1",
          [
            [1, 1],
            [0, 1],
          ],
        ],
        ["2/4", []],
      ]),
    );
    refused(withPoly([["0", [[0, 1]]]]), /zero/);
    refused(
      withPoly([
        ["1", [[0, 1]]],
        ["1", [[0, 1]]],
      ]),
      /monomial twice/,
    );
    refused(
      withPoly([
        [
          "1",
          [
            [0, 1],
            [1, 1],
          ],
        ],
        [
          "1",
          [
            [1, 1],
            [0, 1],
          ],
        ],
      ]),
      /monomial twice/,
    );
    refused(
      withPoly([
        [
          "1",
          [
            [0, 1],
            [0, 1],
          ],
        ],
      ]),
      /twice in a monomial/,
    );
    for (const v of [2, -1, 0.5, 65_536, Number.NaN, "0", null]) refused(withPoly([["1", [[v, 1]]]]), /variable/);
    const zeros = { ...fourierProduct(3), polynomials: [[[["0", "0"], [[0, 1]]]]] };
    refused(zeros, /zero/);
  });

  it("terms, factors and coefficients have their shape", () => {
    for (const p of [
      null,
      {},
      "1",
      0,
      { length: 1, 0: ["1", []] },
      [null],
      [["1"]],
      [["1", [], []]],
      [{ 0: "1", 1: [] }],
    ])
      refused(withPoly(p));
    for (const monomial of [null, {}, "0", [0], [[0]], [[0, 1, 1]], [null], new Array(1)])
      refused(withPoly([["1", monomial]]));
    for (const c of [1, null, "", "x", "1/0", "-0", "1.0", ["1"], [], {}, 1n, "0x1"]) refused(withPoly([[c, []]]));
    refused(withPoly(new Array(1)));
    const sixth = rootsAddUp(6);
    for (const c of [["1"], ["1", "0", "0"], ["1", 0], [], ["1", ["0"]], new Array(2)])
      refused({ ...sixth, identities: [[{ constant: c }, { constant: "1" }]] });
    accepted({ ...sixth, identities: [[{ constant: ["1", "0"] }, { constant: "1" }]] });
    accepted({ ...sixth, order: 2, identities: [[{ constant: ["1"] }, { constant: "1" }]] });
    refused({ ...sixth, order: 1, identities: [[{ constant: ["1"] }, { constant: "1" }]] });
  });

  it("names are single words, each once", () => {
    for (const name of ["", "1x", "a b", "x + y", "x*y", "zeta", "x".repeat(41), "x\n", "#1", "∂", null, 7, ["x"]])
      refused({ ...binomial, variables: [name, "y"] });
    for (const name of ["x", "w1_0", "beta[3]", "u'", "α", "x".repeat(40), "_a", "$0"])
      accepted({ ...binomial, variables: [name, "y"] });
    refused({ ...binomial, variables: ["x", "x"] }, /one name/);
    refused({ ...binomial, variables: { length: 2, 0: "x", 1: "y" } });
    refused({ ...binomial, variables: new Array(2) });
  });

  it("expressions have one entry of a known kind, and indices in range", () => {
    const bad = [
      ...[
        null,
        "x",
        0,
        [],
        {},
        { variable: 0, poly: 0 },
        { Variable: 0 },
        { toString: 0 },
        { __proto__: { variable: 0 } },
      ],
      ...[{ variable: 2 }, { variable: -1 }, { variable: 0.5 }, { variable: "0" }, { poly: 0 }, { poly: -1 }],
      ...[{ sum: {} }, { sum: { length: 0 } }, { sum: "" }, { product: null }, { sum: new Array(1) }, { sum: [null] }],
      ...[
        { power: [{ variable: 0 }] },
        { power: { 0: { variable: 0 }, 1: 2, length: 2 } },
        { power: [2, { variable: 0 }] },
      ],
      ...[{ power: [{ variable: 0 }, 2, 2] }, { derivative: [{ variable: 0 }] }, { derivative: [{ variable: 0 }, 2] }],
      ...[
        { derivative: [{ variable: 0 }, -1] },
        { derivative: [{ variable: 0 }, "0"] },
        { constant: 1 },
        { constant: null },
      ],
      ...[Object.create({ variable: 0 }), new Map([["variable", 0]]), JSON.parse('{"__proto__":{"variable":0}}')],
    ];
    for (const e of bad) {
      refused(same(e));
      refused(same({ variable: 0 }, 2, e));
      refused({ ...halfSquare, target: e });
      refused(same({ product: [{ sum: [] }, e] })); // not hidden behind a factor of 0
    }
    refused({ ...binomial, identities: [[{ variable: 0 }]] });
    refused({ ...binomial, identities: [[{ variable: 0 }, { variable: 0 }, { variable: 0 }]] });
    refused({ ...binomial, identities: [{ 0: { variable: 0 }, 1: { variable: 0 }, length: 2 }] });
    refused({ ...binomial, identities: { length: 0 } });
    refused({ ...binomial, identities: [] });
  });

  it("squares and classes have their shape", () => {
    const [square] = halfSquare.squares;
    for (const s of [null, [], { weight: "1" }, { of: [] }, { ...square, note: 1 }, "1"])
      refused({ ...halfSquare, squares: [s] });
    for (const weight of ["-1/2", "-1", 1, null, ["1"], "x", Number.NaN])
      refused({ ...halfSquare, squares: [{ ...square, weight }] });
    for (const squares of [[], null, {}, "1", new Array(1)]) refused({ ...halfSquare, squares });
    for (const classes of [
      null,
      {},
      [0],
      [[]],
      [[0, 0]],
      [[0], [0]],
      [[0, 3]],
      [["0"]],
      [[0.5]],
      [[-1]],
      new Array(1),
      [new Array(1)],
    ])
      refused({ ...averaged, classes });
    accepted({ ...averaged, classes: [[0, 1], [2]] });
  });

  it("exactly the keys of the kind", () => {
    for (const certificate of [binomial, halfSquare, PRODUCT]) {
      accepted(certificate);
      refused({ ...certificate, note: "1" });
      for (const key of Object.keys(certificate)) {
        const { [key]: _, ...rest } = certificate as unknown as Record<string, unknown>;
        refused(rest);
        for (const wrong of [null, undefined, 0, "x", Number.NaN, {}, true])
          if (key !== "kind") refused({ ...certificate, [key]: wrong });
      }
      for (const kind of ["poly-identity", "sum-of-squares", "nullspace"])
        if (kind !== certificate.kind) refused({ ...certificate, kind });
    }
  });
});
