import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { boundsOf, normNamed } from "../../../src/exact/norms/index.js";
import { conjugate, exponentOf, powerName, powerNorm } from "../../../src/exact/norms/power.js";
import { compare, mul, ONE, ofNumber, q, sub, toNumber } from "../../../src/exact/rational.js";
import { dot, vectorOf } from "../../../src/exact/vector.js";

const vectors = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 6 });
const names = fc.constantFrom("lp:2", "lp:3", "lp:3/2", "lp:64/63", "lp:64", "lp:7/5");

describe("names", () => {
  it("are exponents above 1 in lowest terms", () => {
    expect(exponentOf("lp:3")).toEqual({ n: 3, d: 1 });
    expect(exponentOf("lp:64/63")).toEqual({ n: 64, d: 63 });
    for (const name of [
      "lp:1",
      "lp:4/2",
      "lp:3/1",
      "lp:65",
      "lp:3/4",
      "lp:-3",
      "lp:03",
      "lp:3/02",
      "lp:",
      "l2",
      "lp:2.5",
    ])
      expect(exponentOf(name)).toBeNull();
    expect(powerName({ n: 3, d: 2 })).toBe("lp:3/2");
    expect(conjugate({ n: 3, d: 1 })).toEqual({ n: 3, d: 2 });
    expect(conjugate({ n: 3, d: 2 })).toEqual({ n: 3, d: 1 });
    expect(conjugate({ n: 2, d: 1 })).toEqual({ n: 2, d: 1 });
    expect(normNamed("lp:5/4", [3])).not.toBeNull();
    expect(normNamed("lp:4/5", [3])).toBeNull();
  });
});

describe("enclosures", () => {
  test.prop([vectors, names], { numRuns: 200 })("hold the value, narrowly", (entries, name) => {
    const p = exponentOf(name)!;
    const e = p.n / p.d;
    const peak = Math.max(...entries.map(Math.abs));
    if (peak < 1e-3) return;
    const { lower, upper } = boundsOf(powerNorm(p).primal(vectorOf(entries.map(ofNumber))));
    const value = peak * entries.reduce((s, x) => s + (Math.abs(x) / peak) ** e, 0) ** (1 / e);
    expect(compare(lower, upper) <= 0).toBe(true);
    expect(toNumber(sub(upper, lower)) / value).toBeLessThan(1e-40);
    expect(Math.abs(toNumber(lower) / value - 1)).toBeLessThan(1e-12);
  });

  it("of (3, 4) and (1, 1, 1, 1) hold 5, and 4^(d/n)", () => {
    const five = boundsOf(normNamed("lp:2", [2])!.primal(vectorOf([q(3n), q(-4n)])));
    expect(compare(five.lower, q(5n)) <= 0 && compare(q(5n), five.upper) <= 0).toBe(true);
    const ones = boundsOf(normNamed("lp:4", [4])!.dual(vectorOf([ONE, ONE, ONE, ONE]))); // exponent 4/3: 4^(3/4) = 8^(1/2)
    const [low, high] = [mul(ones.lower, ones.lower), mul(ones.upper, ones.upper)];
    expect(compare(low, q(8n)) <= 0 && compare(q(8n), high) <= 0).toBe(true);
  });

  test.prop([vectors, vectors, names], { numRuns: 200 })("obey Hoelder's inequality", (x, y, name) => {
    const norm = powerNorm(exponentOf(name)!);
    const size = Math.min(x.length, y.length);
    const [b, z] = [x, y].map((v) => vectorOf(v.slice(0, size).map(ofNumber))) as [
      ReturnType<typeof vectorOf>,
      ReturnType<typeof vectorOf>,
    ];
    const product = mul(boundsOf(norm.primal(b)).upper, boundsOf(norm.dual(z)).upper);
    expect(compare(dot(b, z), product) <= 0).toBe(true);
  });
});
