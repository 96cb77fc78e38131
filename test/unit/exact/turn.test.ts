/** Bounds of pi, cos and sin of rational turns, against reference digits, minimal polynomials and identities. */
import { describe, expect, it } from "vitest";
import { add, compare, mul, ONE, powerOfTwo, type Q, q, sub, toNumber, ZERO } from "../../../src/exact/rational.js";
import { cosOfTurn, type Interval, piBounds, scaledInterval, sinOfTurn } from "../../../src/exact/turn.js";

const below = (a: Q, b: Q): boolean => compare(a, b) <= 0;
const contains = (x: Interval, value: Q): boolean => below(x.lower, value) && below(value, x.upper);
const width = (x: Interval): Q => sub(x.upper, x.lower);
const NARROW = q(1n, 1n << 240n);

/** The interval meets every number that begins with these decimals. */
function meetsDigits(x: Interval, digits: string): boolean {
  const [whole, decimals] = digits.split(".") as [string, string];
  const unit = q(1n, 10n ** BigInt(decimals.length));
  const lower = mul(q(BigInt(whole + decimals)), unit);
  return below(lower, x.lower) && below(x.upper, add(lower, unit));
}

const at = (p: readonly bigint[], x: Q): Q => p.reduceRight((v, c) => add(mul(v, x), q(c)), ZERO);

const hull = (list: readonly Q[]): Interval => {
  const sorted = [...list].sort(compare);
  return { lower: sorted[0]!, upper: sorted[sorted.length - 1]! };
};
const times = (a: Interval, b: Interval): Interval =>
  hull([a.lower, a.upper].flatMap((x) => [b.lower, b.upper].map((y) => mul(x, y))));
const plus = (a: Interval, b: Interval): Interval => ({ lower: add(a.lower, b.lower), upper: add(a.upper, b.upper) });

describe("pi", () => {
  it("50 digits, and no wider than 2^-255", () => {
    expect(meetsDigits(piBounds(), "3.14159265358979323846264338327950288419716939937510")).toBe(true);
    expect(below(width(piBounds()), q(1n, 1n << 255n))).toBe(true);
    // sin(pi) = 0: the bounds lie on the two sides of a zero of the sine, sin x = x - x^3/6 + ...
    const sine = (x: Q): Q => {
      let [term, total] = [x, x];
      for (let k = 2n; k < 200n; k += 2n) {
        const next = mul(term, mul(mul(x, x), q(-1n, k * (k + 1n))));
        // cut to 400 bits, far below the width of the bounds
        term = q((next.n << 400n) / next.d, 1n << 400n);
        total = add(total, term);
      }
      return total;
    };
    expect(sine(piBounds().lower).n > 0n).toBe(true);
    expect(sine(piBounds().upper).n < 0n).toBe(true);
  });
});

describe("cosines", () => {
  it.each([
    [5n, "0.30901699437494742410229341718281905886015458990288"],
    [7n, "0.62348980185873353052500488400423981063227473089640"],
    [9n, "0.76604444311897803520239265055541667393583245708039"],
    [11n, "0.84125353283118116886181164891936771751329249842053"],
  ])("50 digits of cos(2 pi / %s)", (n, digits) => {
    expect(meetsDigits(cosOfTurn(1n, n), digits)).toBe(true);
    expect(meetsDigits(cosOfTurn(-1n, n), digits)).toBe(true);
    expect(meetsDigits(cosOfTurn(2n, n), digits)).toBe(false);
    expect(meetsDigits(sinOfTurn(n + 4n, 4n * n), digits)).toBe(true); // sin(x + pi/2) = cos x
  });

  it("a minimal polynomial changes sign between the bounds", () => {
    const MINIMAL: readonly (readonly [bigint, readonly bigint[]])[] = [
      [5n, [-1n, 2n, 4n]],
      [7n, [-1n, -4n, 4n, 8n]],
      [8n, [-1n, 0n, 2n]],
      [9n, [1n, -6n, 0n, 8n]],
      [11n, [1n, 6n, -12n, -32n, 16n, 32n]],
      [12n, [-3n, 0n, 4n]],
    ];
    for (const [n, p] of MINIMAL)
      for (let k = 1n; k < n; k++) {
        if ([2n, 3n].some((d) => n % d === 0n && k % d === 0n)) continue;
        const { lower, upper } = cosOfTurn(k, n);
        expect(at(p, lower).n * at(p, upper).n < 0n).toBe(true);
      }
  });

  it("rational ones are exact", () => {
    const EXACT: readonly (readonly [bigint, bigint, Q])[] = [
      [0n, 5n, ONE],
      [1n, 6n, q(1n, 2n)],
      [1n, 4n, ZERO],
      [1n, 3n, q(-1n, 2n)],
      [1n, 2n, q(-1n)],
      [2n, 3n, q(-1n, 2n)],
      [3n, 4n, ZERO],
      [5n, 6n, q(1n, 2n)],
      [7n, 7n, ONE],
      [-3n, 12n, ZERO],
      [10n, 12n, q(1n, 2n)],
    ];
    for (const [k, n, value] of EXACT) expect(cosOfTurn(k, n)).toEqual({ lower: value, upper: value });
    expect(sinOfTurn(1n, 12n)).toEqual({ lower: q(1n, 2n), upper: q(1n, 2n) });
    expect(sinOfTurn(1n, 4n)).toEqual({ lower: ONE, upper: ONE });
    expect(sinOfTurn(3n, 4n)).toEqual({ lower: q(-1n), upper: q(-1n) });
    expect(sinOfTurn(0n, 9n)).toEqual({ lower: ZERO, upper: ZERO });
  });

  it("every turn up to n = 24: narrow, near the doubles, cos^2 + sin^2 = 1, the double angle", () => {
    for (let n = 1n; n <= 24n; n++)
      for (let k = -2n; k <= n + 1n; k++) {
        const [c, s] = [cosOfTurn(k, n), sinOfTurn(k, n)];
        const angle = (2 * Math.PI * Number(k)) / Number(n);
        for (const [x, value] of [
          [c, Math.cos(angle)],
          [s, Math.sin(angle)],
        ] as const) {
          expect(below(x.lower, x.upper)).toBe(true);
          expect(below(width(x), NARROW)).toBe(true);
          expect(Math.abs(toNumber(x.lower) - value)).toBeLessThan(4e-15); // the rounded angle, at most 7, is off by 1e-15
        }
        expect(contains(plus(times(c, c), times(s, s)), ONE)).toBe(true);
        const twice = plus(scaledInterval(times(c, c), q(2n)), { lower: q(-1n), upper: q(-1n) });
        const doubled = cosOfTurn(2n * k, n);
        expect(below(twice.lower, doubled.upper) && below(doubled.lower, twice.upper)).toBe(true);
      }
  });

  it("one angle, one answer: whole turns, reflections, fractions not in lowest terms", () => {
    for (const [k, n] of [
      [2n, 7n],
      [3n, 10n],
      [5n, 24n],
    ] as const) {
      const own = cosOfTurn(k, n);
      for (const other of [
        cosOfTurn(k + n, n),
        cosOfTurn(k - 3n * n, n),
        cosOfTurn(n - k, n),
        cosOfTurn(5n * k, 5n * n),
      ])
        expect(other).toEqual(own);
      expect(sinOfTurn(k + n, n)).toEqual(sinOfTurn(k, n));
    }
  });

  it("intervals scaled by either sign keep their order", () => {
    const x = { lower: q(-1n, 3n), upper: q(1n, 2n) };
    expect(scaledInterval(x, q(2n))).toEqual({ lower: q(-2n, 3n), upper: ONE });
    expect(scaledInterval(x, q(-2n))).toEqual({ lower: q(-1n), upper: q(2n, 3n) });
    expect(scaledInterval(x, ZERO)).toEqual({ lower: ZERO, upper: ZERO });
  });

  it("the doubles of cos(2 pi / 2^k) come out of half angles", () => {
    // cos(x/2) = sqrt((1 + cos x)/2)
    let value = 0;
    for (let k = 3; k <= 20; k++) {
      value = Math.sqrt((1 + value) / 2);
      expect(Math.abs(toNumber(cosOfTurn(1n, 1n << BigInt(k)).upper) - value)).toBeLessThan(8 * powerOfTwo(-52));
    }
  });
});
