/** Honest certificates of algebra: accepted, in time, with statements that are built from them; and true by another way. */
import { describe, expect, it } from "vitest";
import { judge } from "../../../src/certify/judge.js";
import { polynomialJSON, squaresCertificate } from "../../../src/exact/certificates.js";
import { q } from "../../../src/exact/rational.js";
import type { PolyIdentityCertificate } from "../../../src/kernel/algebra-certificate.js";
import {
  amGm,
  averaged,
  binomial,
  constant,
  eulerOf,
  fourierProduct,
  fullyConnectedBalance,
  IDENTITIES,
  NULLSPACES,
  plus,
  poly,
  rootsAddUp,
  SQUARES,
  squared,
  times,
  x,
  y,
} from "./algebra-samples.js";
import { algebraFalsehood } from "./algebra-truth.js";

/** Milliseconds of this process, whatever else the machine does. */
const clock = (): number => process.cpuUsage().user / 1000;

function statementOf(certificate: unknown): string {
  const answer = judge(certificate);
  expect(answer).toMatchObject({ accepted: true });
  return answer.accepted ? answer.statement : "";
}

const refused = (certificate: unknown, reason: RegExp): void => {
  const answer = judge(certificate);
  expect(answer).toMatchObject({ accepted: false });
  expect(answer.accepted ? "" : answer.reason).toMatch(reason);
};

describe("honest certificates", () => {
  for (const [name, certificate] of Object.entries({ ...IDENTITIES, ...SQUARES, ...NULLSPACES }))
    it(`${name}: accepted, from the text too, and true`, () => {
      expect(statementOf(certificate).length).toBeGreaterThan(30);
      expect(judge(JSON.parse(JSON.stringify(certificate)))).toEqual(judge(certificate));
      expect(algebraFalsehood(certificate)).toBeNull();
    });

  it.each([
    ["diagonal", { dim: 4, depth: 3 }],
    ["convolutional", { dim: 4, depth: 3 }],
    ["fully-connected", { dim: 3, depth: 3, widths: [3, 2] }],
    ["linear", { dim: 5, depth: 1 }],
  ] as const)("Euler, %s", (name, dimensions) => {
    statementOf(eulerOf(name, dimensions));
  });

  it("Fourier products over Q(zeta_6), Q(zeta_8), Q(zeta_12); roots of larger orders", () => {
    for (const D of [6, 8, 12]) statementOf(fourierProduct(D));
    for (const n of [2, 7, 30, 105, 128]) statementOf(rootsAddUp(n));
  });

  it("over Q(zeta_5) variables, polynomials and the empty product are what they are over Q", () => {
    const one = { ...binomial, order: 5, polynomials: [[["1", [[0, 1]]]]], identities: [[x, { poly: 0 }]] };
    statementOf(one);
    statementOf({ ...one, identities: [[times(), constant("1")]] });
    statementOf({ ...one, identities: [[times(), { constant: ["1", "0", "0", "0"] }]] });
    refused({ ...one, identities: [[x, times({ constant: ["0", "1", "0", "0"] }, { poly: 0 })]] }, /different/);
  });

  it("AM-GM with eight factors, in a second or so, and with nine", () => {
    const certificates = [amGm(8), amGm(9)];
    const start = clock();
    statementOf(certificates[0]);
    expect(clock() - start).toBeLessThan(1500);
    statementOf(certificates[1]);
  });

  it("fully connected 4-4-4-1: 20 quantities of 36 parameters, and no others", () => {
    const certificate = fullyConnectedBalance([4, 4, 4, 1]);
    const start = clock();
    expect(statementOf(certificate)).toMatch(/in 36 variables has exactly 20 linearly independent conserved/);
    expect(clock() - start).toBeLessThan(4000);
    refused({ ...certificate, basis: certificate.basis.slice(1) }, /not complete/);
    refused({ ...certificate, basis: [...certificate.basis.slice(1), certificate.basis[3]] }, /linearly independent/);
  });

  it("fully connected nets with several widths", () => {
    for (const sizes of [
      [2, 1],
      [2, 2, 1],
      [3, 2, 1, 1],
      [2, 3, 2, 1],
    ])
      if (sizes.length > 2) statementOf(fullyConnectedBalance(sizes));
  });
});

describe("statements", () => {
  it("render the first identity and count them", () => {
    expect(statementOf(binomial)).toBe("the polynomial identity (x + y)^2 = x^2 + 2*x*y + y^2 holds over Q");
    expect(statementOf(IDENTITIES.derivatives)).toBe(
      "3 polynomial identities hold over Q, the first being ∂/∂x(#1) = x^2 - 1/2*y^2, with #1 = 1/3*x^3 - 1/2*x*y^2",
    );
    expect(statementOf(IDENTITIES["Fourier D = 3"])).toMatch(
      /^3 polynomial identities hold over Q\(zeta\), zeta = e\^\(2 pi i\/3\), the first being #1 \+ #2 \+ #3 = #4\*#5, with #1 = u_0\*v_0 \+ u_1\*v_2 \+ u_2\*v_1, .* and 2 more polynomials$/,
    );
    expect(statementOf(rootsAddUp(3))).toBe(
      "the polynomial identity 1 + zeta + (-1 - zeta) = 0 holds over Q(zeta), zeta = e^(2 pi i/3)",
    );
  });

  /** The statement's left side for an expression in x and y, which equals itself. */
  const shown = (e: PolyIdentityCertificate["identities"][number][0]): string =>
    / identity (.*?) = /.exec(
      statementOf({ ...binomial, polynomials: [[["1", [[0, 1]]]]], identities: [[e, e]] }),
    )![1]!;

  it("keep what binds together in parentheses", () => {
    const minusX = times(constant("-1"), x);
    expect(shown(times({ sum: [x, y] }, x))).toBe("(x + y)*x");
    expect(shown(times({ product: [{ sum: [x, y] }] }, x))).toBe("(x + y)*x");
    expect(shown(times({ sum: [{ sum: [x, y] }] }, x))).toBe("(x + y)*x");
    expect(shown(times(x, minusX))).toBe("x*(-x)");
    expect(shown(plus(y, minusX))).toBe("y - x");
    expect(shown(plus(y, times(constant("-1"), plus(x, y))))).toBe("y - (x + y)");
    expect(shown(squared(minusX))).toBe("(-x)^2");
    expect(shown(squared(squared(x)))).toBe("(x^2)^2");
    expect(shown(squared(constant("1/2")))).toBe("(1/2)^2");
    expect(shown(squared({ poly: 0 }))).toBe("#1^2");
    expect(shown(times(constant("-1/2"), x))).toBe("-1/2*x");
    expect(shown(times(x, constant("-2")))).toBe("x*(-2)");
    expect(shown({ derivative: [plus(x, y), 1] })).toBe("∂/∂y(x + y)");
    expect(shown(plus())).toBe("0");
    expect(shown(times())).toBe("1");
    expect(shown(plus(x, times(plus(), x)))).toBe("x + 0*x");
    expect(shown(times(constant("1"), plus(x, y)))).toBe("x + y");
    expect(shown(times(constant("1"), x, plus(x, y)))).toBe("x*(x + y)");
    expect(shown(times(x, times(constant("1"), y)))).toBe("x*y");
  });

  it("are cut where they would fill a page", () => {
    const long = { sum: Array.from({ length: 200 }, () => times(x, y)) };
    expect(shown(long)).toMatch(/^x\*y \+ .* \.\.\. \(cut\)$/);
    expect(statementOf({ ...binomial, identities: [[long, long]] }).length).toBeLessThan(1000);
    expect(shown(constant("7".repeat(500)))).toMatch(/^7{60} \.\.\. \(cut\)$/);
    const many = polynomialJSON(poly(2, ...Array.from({ length: 9 }, (_, i) => [1n, [[0, i + 1]]] as const)));
    const named = { ...binomial, polynomials: [many], identities: [[{ poly: 0 }, { poly: 0 }]] };
    expect(statementOf(named)).toMatch(/with #1 = x\^9 \+ x\^8 .* \+ \.\.\. \(3 more terms\)$/);
  });

  it("name the target, the squares and the exchanges", () => {
    expect(statementOf(SQUARES.halfSquare)).toBe(
      "the polynomial 1/2*(x^2 + y^2) - x*y is nowhere negative: it is a sum of 1 square with nonnegative rational weights",
    );
    expect(statementOf(SQUARES.twoClasses)).toMatch(
      /a sum of 1 square .*, averaged over all exchanges of variables within \{x, y\} and \{s, t\}$/,
    );
  });

  it("count what is conserved, and the variables", () => {
    expect(statementOf(NULLSPACES["u v"])).toBe(
      "gradient flow through 1 polynomial (the first is u*v) in 2 variables has exactly 1 linearly independent conserved quantity of degree at most 2, whatever the loss: spanned by the 1 of the basis, the first being u^2 - v^2",
    );
    expect(statementOf(NULLSPACES["u v over 7, and an idle variable"])).toMatch(/in 2 variables/);
    expect(statementOf(NULLSPACES["u and v: none"])).toMatch(/exactly 0 linearly .*: none at all$/);
  });
});

describe("false ones", () => {
  it("identities", () => {
    refused({ ...binomial, identities: [] }, /at least one/);
    refused({ ...binomial, identities: [[squared(plus(x, y)), plus(squared(x), squared(y))]] }, /identity 1: /);
    refused({ ...binomial, identities: [...binomial.identities, [x, y]] }, /identity 2: /);
    const fifth = fourierProduct(5);
    refused(
      { ...fifth, identities: [fifth.identities[0], [fifth.identities[1]![0], fifth.identities[2]![1]]] },
      /identity 2/,
    );
    // true of one root of unity, false of another: x^2 + 1 at i, and 1 + i + i^2 at a third root
    const square = { ...binomial, order: 4, identities: [[squared({ constant: ["0", "1"] }), constant("-1")]] };
    statementOf(square);
    refused({ ...square, order: 3 }, /different polynomials/);
  });

  it("squares: a target that is not symmetric, though all totals agree", () => {
    const lopsided = { ...averaged, target: plus(squared(x), squared({ variable: 2 })) };
    refused(lopsided, /exchanged/);
    statementOf({ ...lopsided, classes: [] });
    refused({ ...averaged, classes: [] }, /do not add up/);
    refused({ ...averaged, classes: [[0, 1, 2]] }, /exchanged/);
    refused({ ...averaged, squares: averaged.squares.slice(1) }, /do not add up/);
    refused({ ...averaged, squares: [] }, /at least one/);
    // symmetric under neighbors of one class only: x y + y z + z w is changed by a turn of all four
    const cycle = plus(
      ...[
        [0, 1],
        [1, 2],
        [2, 3],
        [3, 0],
      ].map(([a, b]) => times({ variable: a! }, { variable: b! })),
    );
    refused({ ...averaged, variables: ["x", "y", "z", "w"], target: cycle, classes: [[0, 2, 1, 3]] }, /exchanged/);
  });

  it("squares with a negative weight", () => {
    const minus = squaresCertificate({
      variables: ["x"],
      target: times(constant("-1"), squared(x)),
      squares: [{ weight: q(-1n), of: poly(1, [1n, [[0, 1]]]) }],
    });
    refused(minus, /must not be negative/);
    const zero = { ...minus, target: plus(), squares: [{ ...minus.squares[0], weight: "0" }] };
    expect(statementOf(zero)).toMatch(/^the polynomial 0 is nowhere negative/);
  });

  it("nullspaces: not conserved, dependent, incomplete, constants, other variables, other degrees", () => {
    const product = NULLSPACES["u v"]!;
    const [uu, vv] = [
      ["1", [[0, 2]]],
      ["1", [[1, 2]]],
    ];
    const minusVV = ["-1", [[1, 2]]];
    refused({ ...product, basis: [[uu, vv]] }, /not conserved/);
    refused({ ...product, basis: [] }, /not complete/);
    refused(
      {
        ...product,
        basis: [
          product.basis[0],
          [
            ["2", [[0, 2]]],
            ["-2", [[1, 2]]],
          ],
        ],
      },
      /linearly independent/,
    );
    refused({ ...product, basis: [[]] }, /linearly independent/);
    refused({ ...product, basis: [[uu, minusVV, ["1", []]]] }, /degree 1 to 2/);
    refused(
      {
        ...product,
        basis: [
          [
            ["1", [[0, 4]]],
            [
              "-2",
              [
                [0, 2],
                [1, 2],
              ],
            ],
            ["1", [[1, 4]]],
          ],
        ],
      },
      /degree 1 to 2/,
    );
    refused({ ...NULLSPACES["u v over 7, and an idle variable"], basis: [[["1", [[0, 1]]]]] }, /variables that occur/);
    refused({ ...product, polynomials: [] }, /no variable occurs/);
    refused({ ...product, polynomials: [[["1", []]]] }, /no variable occurs/);
  });

  it("a quantity is not independent of its multiple by the first prime of the judge", () => {
    const multiple = (n: number): unknown => [
      [String(n), [[0, 2]]],
      [String(-n), [[1, 2]]],
    ];
    refused({ ...NULLSPACES["u v"], basis: [multiple(67_108_859), multiple(1)] }, /linearly independent/);
    statementOf({ ...NULLSPACES["u v"], basis: [multiple(67_108_859)] });
  });

  it("nullspaces of polynomials that vanish modulo the judge's first prime are not misjudged", () => {
    const p = 67_108_859;
    statementOf({
      ...NULLSPACES["u v"],
      polynomials: [
        [
          [
            String(p),
            [
              [0, 1],
              [1, 1],
            ],
          ],
        ],
      ],
    });
    const [u, pv] = [
      ["1", [[0, 1]]],
      [String(p), [[1, 1]]],
    ];
    // conserved by u + p v: p u - v and its square; modulo p the rank is the same
    statementOf({
      ...NULLSPACES["u v"],
      polynomials: [[u, pv]],
      basis: [
        [
          [String(p), [[0, 1]]],
          ["-1", [[1, 1]]],
        ],
        [
          [String(p * p), [[0, 2]]],
          [
            String(-2 * p),
            [
              [0, 1],
              [1, 1],
            ],
          ],
          ["1", [[1, 2]]],
        ],
      ],
    });
  });
});
