import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { polyhedralNorm, subgradient } from "../../../src/exact/norm.js";
import { add, compare, mul, type Q, q, sub, ZERO } from "../../../src/exact/rational.js";
import { vectorOf } from "../../../src/exact/vector.js";

const rational = fc.tuple(fc.bigInt({ min: -20n, max: 20n }), fc.bigInt({ min: 1n, max: 6n })).map(([n, d]) => q(n, d));
const vector = fc.array(rational, { minLength: 4, maxLength: 4 });
const inner = (a: readonly Q[], b: readonly Q[]): Q => a.map((x, i) => mul(x, b[i]!)).reduce(add);

describe.each(["l1", "linf"] as const)("%s", (R) => {
  const norm = (u: readonly Q[]): Q => polyhedralNorm(R, vectorOf(u));

  test.prop([vector, vector, rational])("is a norm", (u, v, c) => {
    const size = (x: Q): Q => (x.n < 0n ? sub(ZERO, x) : x);
    expect(norm(u.map((x) => mul(c, x)))).toEqual(mul(size(c), norm(u)));
    expect(compare(norm(u.map((x, i) => add(x, v[i]!))), add(norm(u), norm(v)))).toBeLessThanOrEqual(0);
    expect(norm(u).n === 0n).toBe(u.every((x) => x.n === 0n));
    const sizes = u.map(size);
    expect(norm(u)).toEqual(R === "l1" ? sizes.reduce(add) : sizes.reduce((a, b) => (compare(a, b) > 0 ? a : b)));
  });

  test.prop([vector, vector], { numRuns: 500 })("R(v) >= R(u) + <s, v - u>, and R(u) = <s, u>", (u, v) => {
    const s = subgradient(R, vectorOf(u));
    expect(inner(s, u)).toEqual(norm(u));
    const linear = add(
      norm(u),
      inner(
        s,
        v.map((x, i) => sub(x, u[i]!)),
      ),
    );
    expect(compare(norm(v), linear)).toBeGreaterThanOrEqual(0);
  });

  it("has a subgradient at zeros and ties", () => {
    const s = subgradient(R, vectorOf([q(0n), q(-2n), q(2n)]));
    expect(s).toEqual(R === "l1" ? [ZERO, q(-1n), q(1n)] : [ZERO, q(-1n), ZERO]);
    expect(subgradient(R, vectorOf([ZERO, ZERO]))).toEqual([ZERO, ZERO]);
  });
});
