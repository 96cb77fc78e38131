/** Polynomials as text: parse(show(p)) = p, one text for one polynomial, and mathjs as a second reader. */
import { fc, test } from "@fast-check/vitest";
import { all, create, type Fraction } from "mathjs";
import { describe, expect, it } from "vitest";
import { evaluateMap, UNIT_SCALE } from "../../../../src/exact/polymap.js";
import { equalPolynomials, type Polynomial } from "../../../../src/exact/polynomial.js";
import { ONE, type Q, q, showQ, toNumber } from "../../../../src/exact/rational.js";
import { parsePredictor } from "../../../../src/exact/text/parse.js";
import { showMonomial, showPolynomial, termsInOrder } from "../../../../src/exact/text/show.js";
import { pointIn, polynomialIn, same } from "../random.js";

const NAMES = ["u1", "v_2", "beta"];
const polynomial = polynomialIn(3, 6, 3);

/** Texts -> polynomials in NAMES: a leading sum of all of them fixes the order of the parameters. One call is slow, so many. */
async function readAll(texts: readonly string[]): Promise<readonly Polynomial<Q>[]> {
  const map = await parsePredictor([NAMES.join("+"), ...texts].join(", "));
  expect(map.names).toEqual(NAMES);
  return map.coordinates.slice(1);
}
const read = async (text: string): Promise<Polynomial<Q>> => (await readAll([text]))[0]!;
const many = <T>(of: fc.Arbitrary<T>): fc.Arbitrary<T[]> => fc.array(of, { minLength: 20, maxLength: 20 });

describe("parse(show(p))", () => {
  test.prop([many(polynomial)], { numRuns: 20 })("is p, and its text is the same again", async (list) => {
    const texts = list.map((p) => showPolynomial(p, NAMES));
    const back = await readAll(texts);
    back.forEach((p, i) => {
      same(p, list[i]!);
      expect(showPolynomial(p, NAMES)).toBe(texts[i]);
    });
    // with no spaces, and in parentheses
    const tight = await readAll(texts.map((text) => `(${text.replaceAll(" ", "")})`));
    tight.forEach((p, i) => {
      same(p, list[i]!);
    });
  });

  test.prop([polynomial, fc.integer()])("the text does not depend on the order of the terms", (p, seed) => {
    const shuffled = [...p.terms].sort(([a], [b]) => ((a.length * 7 + seed) % 3) - ((b.length * 7 + seed) % 3));
    const other = { ...p, terms: new Map(shuffled.reverse()) };
    expect(equalPolynomials(p, other)).toBe(true);
    expect(showPolynomial(other, NAMES)).toBe(showPolynomial(p, NAMES));
    const degrees = termsInOrder(p).map(([key]) => key.length);
    expect(degrees).toEqual([...degrees].sort((a, b) => b - a));
  });

  test.prop([polynomial, polynomial])("different polynomials have different texts", (p, r) => {
    expect(showPolynomial(p, NAMES) === showPolynomial(r, NAMES)).toBe(equalPolynomials(p, r));
  });

  it("signs, units, constants", async () => {
    const CANONICAL = [
      "0",
      "-1",
      "3/2",
      "u1",
      "-u1",
      "u1*v_2 - 2/3*beta",
      "-2*u1^2*v_2 + u1 - beta - 1/2",
      "u1^3 - 7*u1*v_2*beta + 100",
    ];
    for (const text of CANONICAL) expect(showPolynomial(await read(text), NAMES)).toBe(text);
    expect(showMonomial("", NAMES)).toBe("1");
  });

  test.prop([many(fc.tuple(fc.nat(1_000_000), fc.nat(1_000_000), fc.integer({ min: -300, max: 300 })))])(
    "exponents of ten are exact",
    async (list) => {
      const back = await readAll(
        list.map(([whole, fraction, e]) => `${whole}.${fraction}E${e >= 0 ? "+" : ""}${e}*u1`),
      );
      list.forEach(([whole, fraction, e], i) => {
        const digits = String(fraction).length;
        const mantissa = BigInt(`${whole}${fraction}`);
        const power = 10n ** BigInt(Math.abs(e - digits));
        const value = e >= digits ? q(mantissa * power) : q(mantissa, power);
        const c = [...back[i]!.terms.values()][0] ?? q(0n);
        expect(showQ(c)).toBe(showQ(value));
      });
    },
  );

  it("an e that belongs to a name is no exponent of ten", async () => {
    const map = await parsePredictor("x1e3*y, 3*e2, .5e1*u, 5.e-1*u, 7e0*u");
    expect(map.names).toEqual(["x1e3", "y", "e2", "u"]);
    expect(map.coordinates.map((p) => showPolynomial(p, map.names))).toEqual(["x1e3*y", "3*e2", "5*u", "1/2*u", "7*u"]);
  });

  it("with a limit, says how many terms it leaves out", async () => {
    const p = await read("u1^2 + u1 - v_2 + 1");
    expect(showPolynomial(p, NAMES, 2)).toBe("u1^2 + u1 + ... (2 more terms)");
    expect(showPolynomial(p, NAMES, 4)).toBe("u1^2 + u1 - v_2 + 1");
    expect(showPolynomial(p, NAMES, 3)).toBe("u1^2 + u1 - v_2 + ... (1 more terms)");
  });
});

describe("expressions that are not expanded", () => {
  const exact = create(all, { number: "Fraction" });
  const leaf = fc.oneof(
    fc.constantFrom(...NAMES),
    fc.constantFrom("2", "3/4", "0.25", "1.5", "7"),
    fc.constantFrom("2 u1", "3beta", "2*v_2"),
  );
  const { expression } = fc.letrec<{ expression: string }>((tie) => ({
    expression: fc.oneof(
      { maxDepth: 4, depthSize: "small" },
      leaf,
      fc
        .tuple(tie("expression"), fc.constantFrom("+", "-", " - ", "*", " * "), tie("expression"))
        .map((t) => t.join("")),
      fc.tuple(tie("expression"), tie("expression")).map(([a, b]) => `(${a})*(${b})`),
      fc.tuple(tie("expression"), tie("expression")).map(([a, b]) => `${a} - (${b})`),
      fc.tuple(tie("expression"), fc.constantFrom("0", "1", "2", "3")).map(([a, n]) => `(${a})^${n}`),
      fc.tuple(tie("expression"), fc.constantFrom("3", "(-2)", "0.5", "(2/3)")).map(([a, c]) => `(${a})/${c}`),
      tie("expression").map((a) => `-(${a})`),
      tie("expression").map((a) => `+-(${a})`),
    ),
  }));

  test.prop([many(expression), pointIn(3)], { numRuns: 20 })("evaluate as mathjs evaluates them", async (texts, at) => {
    // 0^0 is left to others
    const where = at.map((c) => (c.n === 0n ? ONE : c));
    const scope = Object.fromEntries(NAMES.map((name, i) => [name, exact.fraction(showQ(where[i]!))]));
    const values = evaluateMap({ names: NAMES, coordinates: await readAll(texts), scale: UNIT_SCALE }, where);
    texts.forEach((text, i) => {
      const { s, n, d } = exact.fraction(exact.evaluate(text, scope) as Fraction) as unknown as Record<
        "s" | "n" | "d",
        bigint
      >;
      expect(values[i], text).toEqual(q(s * n, d));
    });
  });

  it.each([
    ["-u1^2", "-u1^2"],
    ["(-u1)^2", "u1^2"],
    ["u1^2^3", "u1^8"],
    ["u1/2/3", "1/6*u1"],
    ["u1/(1/3)", "3*u1"],
    ["u1 - v_2 - beta", "u1 - v_2 - beta"],
    ["u1 - (v_2 - beta)", "u1 - v_2 + beta"],
    ["u1--v_2", "u1 + v_2"],
    ["2u1 v_2", "2*u1*v_2"],
    ["1/3 u1", "1/3*u1"],
    ["0.1*u1", "1/10*u1"],
    [".5u1", "1/2*u1"],
    ["u1^(beta - beta)", "1"],
    ["0*u1", "0"],
    ["(u1 + v_2)^2 - u1^2 - 2*u1*v_2", "v_2^2"],
    ["(u1+\n v_2)*beta", "u1*beta + v_2*beta"],
    ["2*3 + u1*4 - 5*(u1 - 1)", "-u1 + 11"],
    ["u1^100", "u1^100"],
  ])("%s is %s", async (text, expected) => {
    expect(showPolynomial(await read(text), NAMES)).toBe(expected);
  });
});

describe("predictors", () => {
  it("coordinates at commas, semicolons and line ends; parameters by first appearance", async () => {
    for (const text of ["v*a, a - b", "v*a;a - b", "v*a\na - b", "  v*a\r\n a - b\n"]) {
      const map = await parsePredictor(text);
      expect(map.names).toEqual(["v", "a", "b"]);
      expect(map.scale).toEqual(UNIT_SCALE);
      expect(map.coordinates.map((p) => showPolynomial(p, map.names))).toEqual(["v*a", "a - b"]);
    }
  });

  it("every symbol is a parameter: i, pi, e, Greek, underscores, names of JavaScript", async () => {
    const names = ["i", "pi", "e", "β", "𝛽", "_x", "$y", "w1_0", "constructor", "__proto__", "tau", "hasOwnProperty"];
    const map = await parsePredictor(names.join("*"));
    expect(map.names).toEqual(names);
    expect(showPolynomial(map.coordinates[0]!, names)).toBe(names.join("*"));
  });

  it("a sum of 5000 parameters, a product of 900, and 3000 fractions", async () => {
    const names = Array.from({ length: 5000 }, (_, i) => `s${i}`);
    const long = await parsePredictor(names.join(" - "));
    expect(long.names).toEqual(names);
    const [p] = long.coordinates;
    expect(p!.terms.size).toBe(5000);
    expect([...p!.terms.values()].filter((c) => c.n === -1n).length).toBe(4999);
    const few = names.slice(0, 900);
    expect(showPolynomial((await parsePredictor(few.join("*"))).coordinates[0]!, few)).toBe(few.join("*"));
    const thirds = await parsePredictor(Array.from({ length: 3000 }, (_, i) => `x/${i + 1}`).join("+"));
    const harmonic = [...thirds.coordinates[0]!.terms.values()][0]!;
    expect(toNumber(harmonic)).toBeCloseTo(Math.log(3000) + 0.5772156649015329 + 1 / 6000, 7);
  });
});
