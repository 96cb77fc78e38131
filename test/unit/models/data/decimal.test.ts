import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { UseError } from "../../../../src/kernel/use-error.js";
import {
  clipped,
  compareDecimals,
  type Decimal,
  listed,
  parseDecimal,
  printable,
  readDecimal,
  shown,
  toCommonScale,
} from "../../../../src/models/data/decimal.js";

const place = () => 'iris.csv, row 3, column "b"';

describe("parseDecimal", () => {
  it.each<[string, bigint, number]>([
    ["0.1", 1n, -1],
    ["-1.25e-3", -125n, -5],
    ["+4", 4n, 0],
    [".5", 5n, -1],
    ["5.", 5n, 0],
    ["-.5E+1", -5n, 0],
    ["00120.3400", 12034n, -2],
    ["1200", 12n, 2],
    ["1e200", 1n, 200],
    ["-1e-399", -1n, -399],
    ["0", 0n, 0],
    ["-0.000", 0n, 0],
    ["0e999999999", 0n, 0],
    ["0e-999999999", 0n, 0],
    ["1e000000000000000000000000002", 1n, 2],
    ["9007199254740993", 9007199254740993n, 0],
  ])("reads %s", (text, mantissa, exponent) => {
    expect(parseDecimal(text)).toEqual({ mantissa, exponent });
  });

  it.each(
    [
      "NaN",
      "nan",
      "Infinity",
      "-Infinity",
      "inf",
      "0x1F",
      "0b1",
      "1_000",
      "1,5",
      "1 000",
      " 1",
      "1\n",
      "--1",
      "1e",
      "e5",
    ].concat([".", "-", "+.", "1e1.5", "1.2.3", "1n", "\u2212" + "1", "\u0661", "abc", "1/2"]),
  )("refuses %j with what it expected and what it found", (text) => {
    const read = readDecimal(text);
    expect(read).toBe(`expected a finite decimal number such as -1.25e-3, found ${shown(text)}`);
    expect(() => parseDecimal(text, place)).toThrow(new UseError(`iris.csv, row 3, column "b": ${read}`));
  });

  it.each(["", " ", "\t"])("calls %j a blank", (text) => {
    expect(readDecimal(text)).toBe("expected a finite decimal number such as -1.25e-3, found a blank");
  });

  it.each([
    "1e201",
    "-1e201",
    "1.0000001e200",
    "2e200",
    "1e999999999",
    `1e${"9".repeat(5000)}`,
    "1".repeat(202),
  ])("refuses a magnitude above 1e200 without building it: %.20s", (text) => {
    expect(readDecimal(text)).toBe(`expected a magnitude of at most 1e200, found ${shown(text)}`);
  });

  it.each([
    "1e-400",
    "1e-999999999",
    `1e-${"9".repeat(5000)}`,
    `0.${"0".repeat(399)}1`,
  ])("refuses a digit below 1e-399 without building it: %.20s", (text) => {
    expect(readDecimal(text)).toBe(
      `expected no digit below 1e-399, found ${shown(text)}: too large a spread to be exact`,
    );
  });

  it("is linear in hostile texts", () => {
    const n = 1_000_000;
    const started = performance.now();
    expect(readDecimal(`${"0".repeat(n)}1${"0".repeat(n)}x`)).toContain("found");
    expect(readDecimal(`1${"0".repeat(n)}1${"0".repeat(n)}`)).toContain("found");
    expect(readDecimal(`0.${"0".repeat(n)}1e${n}`)).toEqual({ mantissa: 1n, exponent: -1 });
    expect(readDecimal(`1${"0".repeat(n)}e-${n}`)).toEqual({ mantissa: 1n, exponent: 0 });
    expect(performance.now() - started).toBeLessThan(3000);
  });

  it("reads the same rational from every notation of it", () => {
    /** mantissa * 10^exponent, written with `point` digits after the point, padded with zeros. */
    const write = (m: bigint, e: number, point: number, left: number, right: number, upper: boolean, plus: boolean) => {
      const digits = (m < 0n ? -m : m).toString().padStart(point + left, "0");
      const cut = digits.length - point;
      const sign = m < 0n ? "-" : plus ? "+" : "";
      const shift = e + point;
      const power = shift === 0 && !upper ? "" : `${upper ? "E" : "e"}${plus && shift >= 0 ? "+" : ""}${shift}`;
      const fraction = digits.slice(cut) + "0".repeat(right);
      return `${sign}${digits.slice(0, cut)}${fraction === "" && !plus ? "" : `.${fraction}`}${power}`;
    };
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }),
        fc.integer({ min: -60, max: 60 }),
        fc.array(fc.tuple(fc.nat(40), fc.nat(3), fc.nat(3), fc.boolean(), fc.boolean()), {
          minLength: 2,
          maxLength: 5,
        }),
        (m, e, ways) => {
          const read = ways.map(([point, left, right, upper, plus]) => {
            const text = write(m, e, point, left + (point === 0 ? 1 : 0), right, upper, plus);
            return parseDecimal(text, () => text);
          });
          for (const r of read) {
            expect(r).toEqual(read[0]);
            if (m !== 0n) expect(r.mantissa % 10n).not.toBe(0n);
            // r.mantissa * 10^r.exponent = m * 10^e, both over 10^-60
            expect(r.mantissa * 10n ** BigInt(r.exponent + 60)).toBe(m * 10n ** BigInt(e + 60));
          }
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe("compareDecimals", () => {
  it.each([
    ["1", "1.0", 0],
    ["9", "10", -1],
    ["-9", "-10", 1],
    ["1e-399", "0", 1],
    ["1e200", "1e-399", 1],
  ])("%s against %s", (a, b, sign) => {
    expect(compareDecimals(parseDecimal(a), parseDecimal(b))).toBe(sign);
    expect(compareDecimals(parseDecimal(b), parseDecimal(a))).toBe(0 - sign);
  });
});

describe("toCommonScale", () => {
  const scaled = (rows: string[][]) => toCommonScale(rows.map((row) => row.map((text) => parseDecimal(text))));

  it("keeps 0.1 exact", () => {
    expect(scaled([["0.1"]])).toEqual({ X: [[1n]], scale: 10n });
  });

  it("puts mixed scales over the least power of ten", () => {
    expect(
      scaled([
        ["0.5", "-3"],
        ["1.25e-3", "200"],
      ]),
    ).toEqual({
      X: [
        [50000n, -300000n],
        [125n, 20000000n],
      ],
      scale: 100000n,
    });
    expect(scaled([["1.50", "2.500"]])).toEqual({ X: [[15n, 25n]], scale: 10n });
    expect(scaled([["10", "200"]])).toEqual({ X: [[10n, 200n]], scale: 1n });
    expect(
      scaled([
        ["0", "0.00"],
        ["-0e-5", "0"],
      ]),
    ).toEqual({
      X: [
        [0n, 0n],
        [0n, 0n],
      ],
      scale: 1n,
    });
    expect(scaled([])).toEqual({ X: [], scale: 1n });
  });

  it("agrees with the literal, and the scale is minimal", () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.tuple(fc.integer(), fc.integer({ min: -30, max: 30 })), { minLength: 1, maxLength: 4 }), {
          minLength: 1,
          maxLength: 4,
        }),
        (table) => {
          const { X, scale } = scaled(table.map((row) => row.map(([m, e]) => `${m}e${e}`)));
          table.forEach((row, n) => {
            row.forEach(([m, e], d) => {
              expect(X[n]![d]! * 10n ** 30n).toBe(BigInt(m) * 10n ** BigInt(e + 30) * scale);
            });
          });
          expect(scale === 1n || X.some((row) => row.some((x) => x % 10n !== 0n))).toBe(true);
        },
      ),
    );
  });

  it("allows 400 digits and refuses 401, naming both ends", () => {
    const { X, scale } = scaled([["1e200", "1e-199"]]);
    expect(X[0]![0]!.toString()).toHaveLength(400);
    expect(scale).toBe(10n ** 199n);
    expect(() =>
      scaled([
        ["0", "1e200"],
        ["-25e-201", "7"],
      ]),
    ).toThrow(
      new UseError(
        "entry [1][0]: expected numbers over one scale in at most 400 digits, found -25e-201 beside 1e200 (entry [0][1]): " +
          "too large a spread to be exact",
      ),
    );
    expect(scaled([["1e-399"]])).toEqual({ X: [[1n]], scale: 10n ** 399n });
    expect(() => scaled([["1e-399", "10"]])).toThrow("too large a spread to be exact");
  });

  it("checks ranges itself, for decimals that were not read", () => {
    const at = (v: Decimal) => () => toCommonScale([[v]], (n, d) => `X[${n}][${d}]`);
    expect(at({ mantissa: 3n, exponent: 200 })).toThrow(
      new UseError("X[0][0]: expected a magnitude of at most 1e200, found 3e200"),
    );
    expect(at({ mantissa: -1n, exponent: 999999999 })).toThrow("found -1e999999999");
    expect(at({ mantissa: 1n, exponent: -999999999 })).toThrow("too large a spread to be exact");
  });
});

describe("found text in messages", () => {
  it("is cut after 40 characters, whole ones", () => {
    expect(clipped("x".repeat(40))).toBe("x".repeat(40));
    expect(clipped("x".repeat(41))).toBe(`${"x".repeat(40)}...`);
    expect(clipped("\u{1F600}".repeat(1000))).toBe(`${"\u{1F600}".repeat(40)}...`);
  });

  it("has its invisible characters escaped", () => {
    expect(shown("a\n\x1b[31m\u202e\u2028\ud800")).toBe('"a\\u{a}\\u{1b}[31m\\u{202e}\\u{2028}\\u{d800}"');
    expect(printable("tail\x00")).toBe("tail\\u{0}");
  });

  it("lists at most ten", () => {
    expect(listed(["a", "b"])).toBe('"a", "b"');
    expect(listed("abcdefghijkl".split(""))).toBe('"a", "b", "c", "d", "e", "f", "g", "h", "i", "j" and 2 more');
  });
});
