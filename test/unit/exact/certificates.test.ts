/** The builders of certificates of algebra, read by the judge. */
import { test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { judge } from "../../../src/certify/judge.js";
import {
  cyclotomicJSON,
  cyclotomicPolynomialJSON,
  eulerCertificate,
  identityCertificate,
  nullspaceCertificate,
  polynomialJSON,
  squaresCertificate,
} from "../../../src/exact/certificates.js";
import { cyclotomicField } from "../../../src/exact/cyclotomic.js";
import { keyOf } from "../../../src/exact/monomial.js";
import { UNIT_SCALE } from "../../../src/exact/polymap.js";
import {
  difference,
  fromTerms,
  mapCoefficients,
  product,
  scaled,
  sum,
  sumOf,
  variable,
} from "../../../src/exact/polynomial.js";
import { parseQ, q } from "../../../src/exact/rational.js";
import { rationals } from "../../../src/exact/ring.js";
import { polynomialIn, same } from "./random.js";

const NAMES = ["x", "y", "z"];
const [x, y, z] = NAMES.map((_, i) => variable(rationals, 3, i)) as [
  ReturnType<typeof variable<ReturnType<typeof q>>>,
  ReturnType<typeof variable<ReturnType<typeof q>>>,
  ReturnType<typeof variable<ReturnType<typeof q>>>,
];

describe("polynomials", () => {
  test.prop([polynomialIn(3)])("are written term by term", (p) => {
    const back = polynomialJSON(p).map(([c, factors]) => [keyOf(factors), parseQ(c)!] as const);
    same(fromTerms(rationals, 3, back), p);
    const degrees = back.map(([key]) => key.length);
    expect(degrees).toEqual([...degrees].sort((a, b) => b - a));
  });

  it("over Q(zeta_n) coefficients are lists", () => {
    const F = cyclotomicField(5);
    expect(cyclotomicJSON(F.zeta(1))).toEqual(["0", "1", "0", "0"]);
    expect(cyclotomicJSON(F.zeta(4))).toEqual(["-1", "-1", "-1", "-1"]);
    expect(cyclotomicJSON(F.ofRational(q(2n, 3n)))).toEqual(["2/3", "0", "0", "0"]);
    const p = mapCoefficients(x, F, (c) => F.mul(F.ofRational(c), F.zeta(2)));
    expect(cyclotomicPolynomialJSON(p)).toEqual([[["0", "0", "1", "0"], [[0, 1]]]]);
  });
});

describe("identities", () => {
  it("Euler's, for the degree and for no other", () => {
    const map = {
      names: NAMES,
      coordinates: [product(product(x, y), z), product(x, product(x, x))],
      scale: UNIT_SCALE,
    };
    for (const degree of [1, 2, 3, 4]) expect(judge(eulerCertificate(map, degree)).accepted).toBe(degree === 3);
  });

  it("over Q by default, over Q(zeta_n) where it is said", () => {
    const parts = {
      variables: NAMES,
      polynomials: [polynomialJSON(product(sum(x, y), difference(x, y)))],
      identities: [
        [
          { poly: 0 },
          {
            sum: [{ power: [{ variable: 0 }, 2] }, { product: [{ constant: "-1" }, { power: [{ variable: 1 }, 2] }] }],
          },
        ],
      ] as const,
    };
    expect(identityCertificate(parts).order).toBe(1);
    expect(judge(identityCertificate(parts)).accepted).toBe(true);
    expect(judge(identityCertificate({ ...parts, polynomials: [polynomialJSON(x)] })).accepted).toBe(false);
    const F = cyclotomicField(4);
    const turned = mapCoefficients(x, F, (c) => F.mul(F.ofRational(c), F.zeta(1)));
    const gaussian = identityCertificate({
      order: 4,
      variables: ["x", "y", "z"],
      polynomials: [cyclotomicPolynomialJSON(turned)],
      identities: [
        [{ power: [{ poly: 0 }, 2] }, { product: [{ constant: ["-1", "0"] }, { power: [{ variable: 0 }, 2] }] }],
      ],
    });
    expect(judge(gaussian).accepted).toBe(true);
  });
});

describe("squares and conserved quantities", () => {
  it("x^2 + y^2 - 2xy is a square; with classes one square stands for all", () => {
    const target = {
      sum: [
        { power: [{ variable: 0 }, 2] as const },
        { power: [{ variable: 1 }, 2] as const },
        { product: [{ constant: "-2" }, { variable: 0 }, { variable: 1 }] },
      ],
    };
    const of = difference(x, y);
    const good = squaresCertificate({ variables: NAMES, target, squares: [{ weight: q(1n), of }] });
    expect(good.classes).toEqual([]);
    expect(judge(good).accepted).toBe(true);
    expect(judge(squaresCertificate({ variables: NAMES, target, squares: [{ weight: q(2n), of }] })).accepted).toBe(
      false,
    );
    const squares = { sum: NAMES.map((_, i) => ({ power: [{ variable: i }, 2] as const })) };
    const orbit = squaresCertificate({
      variables: NAMES,
      target: squares,
      classes: [[0, 1, 2]],
      squares: [{ weight: q(3n), of: y }],
    });
    expect(judge(orbit).accepted).toBe(true);
  });

  it("x y conserves x^2 - y^2 and nothing else", () => {
    const p = product(x, y);
    const kept = difference(product(x, x), product(y, y));
    const answer = (basis: readonly (typeof p)[]): boolean => judge(nullspaceCertificate(NAMES, [p], basis)).accepted;
    expect(answer([kept])).toBe(true);
    expect(answer([scaled(kept, q(-2n, 3n))])).toBe(true);
    expect(answer([])).toBe(false);
    expect(answer([kept, kept])).toBe(false);
    expect(answer([sumOf([kept, x])])).toBe(false);
  });
});
