/** Predictors that are not polynomials, or too large: each ends in one UseError of one sentence. */
import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { parsePredictor } from "../../../../src/exact/text/parse.js";
import { UseError } from "../../../../src/kernel/use-error.js";

const symbols = (letter: string, n: number): string => Array.from({ length: n }, (_, i) => letter + i).join("+");
const HUGE_PRODUCT = ["a", "b", "c", "d"].map((letter) => `(${symbols(letter, 60)})`).join("*");
/** Its lowest terms are worth most of the work that there is; two of them are too much. */
const LONG_FRACTION = `x${"*2/3".repeat(2_000)}`;

async function refusal(text: string): Promise<string> {
  let error: unknown = null;
  try {
    await parsePredictor(text);
  } catch (e) {
    error = e;
  }
  expect(error, `accepted or crashed: ${text.slice(0, 60)}`).toBeInstanceOf(UseError);
  const { message } = error as UseError;
  expect(message).toMatch(/^predictor(, coordinate [0-9]+)?: expected /);
  expect(message.length).toBeLessThan(320);
  expect(message).not.toMatch(/\n/);
  return message;
}

const POWERS = /expected powers that are integers from 0 to 100$/;
const WORK = /expected an expansion of at most 4000000 products of terms/;
const DEEP = /nested too deeply$/;
const NONE = /expected at least one parameter, got none$/;

const CASES: readonly (readonly [what: string, text: string, says: RegExp])[] = [
  ["an end too early", "u1*v1 - ", /coordinate 1: .*cannot read "u1\*v1 -": Unexpected end of expression/],
  ["two operators", "a+*b", /cannot read "a\+\*b": Value expected \(char 3\)$/],
  ["the second coordinate is named", "a, b, c*", /^predictor, coordinate 3: /],
  ["a function", "sin(x)", /got the function sin$/],
  ["a root", "sqrt(x)", /got the function sqrt$/],
  ["a product that looks like a call", "x(y + 1)", /got the function x$/],
  ["a division by a parameter", "1/x", /got a division by a parameter$/],
  ["a division by a sum", "x/(1 + x)", /got a division by a parameter$/],
  ["a division by zero", "x/0", /got a division by zero$/],
  ["a division by zero, hidden", "x/(2 - 2*1)", /got a division by zero$/],
  ["a division by zero, of parameters", "x/(y - y)", /got a division by zero$/],
  ["a negative power", "x^-1", POWERS],
  ["a fractional power", "x^(1/2)", POWERS],
  ["a decimal power", "x^0.5", POWERS],
  ["a symbolic power", "x^y", POWERS],
  ["a power with a parameter in it", "x^(y + 1)", POWERS],
  ["a power too high", "x^101", POWERS],
  ["a power far too high", "x^(10^90)", POWERS],
  ["an expansion too large", "(a+b+c+d+e+f)^60", WORK],
  ["13 million terms as products of sums", HUGE_PRODUCT, WORK],
  ["a large expansion in two coordinates", `${LONG_FRACTION}, ${LONG_FRACTION}`, WORK],
  ["towers of numbers", "((((9^100)^100)^100)^100)*x", WORK],
  ["fractions that never cancel", LONG_FRACTION.repeat(8).replaceAll("3x", "3*x"), WORK],
  ["towers of parameters", "(((x^100)^100)^100)^100", /polynomials of degree at most 1000, got a higher one$/],
  ["a long product", Array.from({ length: 1001 }, () => "x").join("*"), /degree at most 1000/],
  ["too long", "x+".repeat(60_000), /at most 100000 characters, got 120000$/],
  ["1e5 parentheses", "(".repeat(100_000), /nested parentheses, got more$/],
  ["parentheses", `${"(".repeat(201)}x${")".repeat(201)}`, /at most 200 nested parentheses, got more$/],
  ["brackets", "[".repeat(50_000), DEEP],
  ["braces", "{a:".repeat(20_000), DEEP],
  ["50000 minuses", `${"-".repeat(50_000)}x`, DEEP],
  ["2000 minuses", `${"-".repeat(2_000)}x`, DEEP],
  ["a tower of powers", `${"x^".repeat(2_000)}2`, DEEP],
  ["a string", '"abc"', NONE],
  ["a string times a parameter", '"abc"*x', /got abc$/],
  ["a matrix", "[x; y]", /cannot read "\[x"/],
  ["a row", "[x]", /got an array$/],
  ["an object", "{a: x}", /got an object$/],
  ["an index", "x[1]", /got an accessor$/],
  ["a property", "x.y", /got an accessor$/],
  ["an assignment", "x = 3", /got an assignment$/],
  ["a definition", "f(x) = x", /got an assignment$/],
  ["an equation", "x == y", /got the operator ==$/],
  ["a comparison", "x < y", /got the operator <$/],
  ["a chain of comparisons", "x < y < z", /got a relational$/],
  ["a condition", "x ? y : z", /got a conditional$/],
  ["a range", "x:y", /got a range$/],
  ["a factorial", "x!", /got the operator !$/],
  ["a transpose", "x'", /got the operator '$/],
  ["a remainder", "x mod 3", /got the operator mod$/],
  ["elementwise", "x .* y", /got the operator \.\*$/],
  ["a unit conversion", "x to y", /got the operator to$/],
  ["logic", "not x", /got the operator not$/],
  ["bits", "~x", /got the operator ~$/],
  ["stars of another language", "x**2", /cannot read/],
  ["nothing", "", /coordinate 1: expected a polynomial, got nothing$/],
  ["blanks", " \n\t ", /coordinate 1: expected a polynomial, got nothing$/],
  ["a comma", ",", /coordinate 1: .*got nothing$/],
  ["nothing in the middle", "x,,y", /coordinate 2: .*got nothing$/],
  ["nothing at the end", "x,", /coordinate 2: .*got nothing$/],
  ["an empty line", "x\n\ny", /coordinate 2: .*got nothing$/],
  ["empty parentheses", "x*()", /cannot read/],
  ["an open parenthesis", "(x", /Parenthesis \) expected/],
  ["a closed one", "x), y(", /^predictor, coordinate 1: .*cannot read/],
  ["a pair", "(x, y)", /Parenthesis \) expected/],
  ["NaN", "NaN*x", /got NaN$/],
  ["Infinity", "x + Infinity", /got Infinity$/],
  ["true", "true*x", /got true$/],
  ["null", "x - null", /got null$/],
  ["undefined", "undefined*x", /got undefined$/],
  ["only a number", "3, 4", NONE],
  ["401 digits", `${"1".repeat(401)}*x`, /numbers of at most 400 digits$/],
  ["401 decimals", `0.${"1".repeat(401)}*x`, /numbers of at most 400 digits$/],
  ["a small number of 401 decimals", `0.${"0".repeat(400)}1*x`, /numbers of at most 400 digits$/],
  ["99000 digits", `${"7".repeat(99_000)}*x`, /numbers of at most 400 digits$/],
  ["an exponent of ten that runs on", "1e3x", /cannot read "1e3x": a number in it is none that can be read exactly$/],
  ["an exponent of ten beyond everything", "1e99999999*x", /exponents from -300 to 300, got 1e99999999$/],
  ["an exponent of ten below everything", "2.5e-301*x", /exponents from -300 to 300, got 2.5e-301$/],
  ["hexadecimal", "0x10*x", /cannot read/],
  ["a comment", "x*y # a product", /without comments, got a #$/],
  ["a comment with a comma", "x*y # u, v", /without comments, got a #$/],
  ["a long minus", "x − y", /cannot read "x − y"/],
  ["a smiling name", "😀*x", /cannot read/],
  ["another sign", "x @ y", /cannot read/],
  ["a long rest that cannot be read", `x@${"y+".repeat(40_000)}y`, / \.\.\.$/],
  ["a rest of some length that cannot be read", `x@${"y+".repeat(150)}y`, / \.\.\.$/],
  ["a line end inside of what cannot be read", "(a\n@\nb)", /cannot read "\(a @ b\)"/],
];

describe("refused in one sentence", () => {
  it.each(CASES)("%s", async (_, text, says) => {
    expect(await refusal(text)).toMatch(says);
  });
});

describe("at the limits", () => {
  it("is accepted", async () => {
    const accepted = [
      `${"(".repeat(200)}x${")".repeat(200)}`,
      `${"(x+".repeat(200)}x${")".repeat(200)}`,
      `${"-".repeat(900)}x`,
      `${"1".repeat(400)}*x`,
      "((x^100)^5)^2",
      Array.from({ length: 1000 }, () => "x").join("*"),
      LONG_FRACTION,
      "(a/3^80 + b/7^50 + c)^10",
      "(a+b+c+d+e+f)^12",
    ];
    for (const text of accepted) expect((await parsePredictor(text)).coordinates.length).toBe(1);
  });

  const token = fc.constantFrom(
    ..."x y z1 2 0.5 3/4 + - * / ^ ( ) , ; [ ] { } = < ! ' \" # : ? . e i pi sin \n & | % @ \\ NaN null".split(" "),
  );
  test.prop([fc.array(token, { maxLength: 12 }).map((t) => t.join(""))], { numRuns: 150 })(
    "any sequence of tokens is a predictor or a UseError",
    async (text) => {
      try {
        const { names, coordinates } = await parsePredictor(text);
        expect(names.length).toBeGreaterThan(0);
        for (const p of coordinates) expect(p.variables).toBe(names.length);
      } catch (error) {
        expect(error, text).toBeInstanceOf(UseError);
      }
    },
  );
});
