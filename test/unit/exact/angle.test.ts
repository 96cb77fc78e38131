import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { angleBetween, angleOfCosine as exactAngle } from "../../../properties/laws/truth.js";
import {
  ANGLE_LIMIT,
  angleAtLeast,
  angleAtMost,
  angleBounds,
  angleData,
  angleOfCosine,
  cosBounds,
} from "../../../src/exact/angle.js";
import { add, compare, mul, neg, ofNumber, parseQ, type Q, q, sub, ZERO } from "../../../src/exact/rational.js";
import { vectorOf, vectorOfNumbers } from "../../../src/exact/vector.js";

/**
 * 10^90 cos(theta), rounded, for rational theta: python3 with mpmath 1.3.0, mp.dps = 140,
 * int(nint(cos(mpf(p) / mpf(q)) * mpf(10) ** 90)).
 */
const COSINES: readonly (readonly [theta: string, units: string])[] = [
  ["0", "1000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000"],
  [
    "1/1000000000000000000000000000000",
    "999999999999999999999999999999999999999999999999999999999999500000000000000000000000000000",
  ],
  ["1/10000000000", "999999999999999999995000000000000000000004166666666666666666665277777777777777777778025794"],
  ["1/3", "944956946314737664388284007675880607845852699565140737677645733750099562196500364824428159"],
  ["1/2", "877582561890372716116281582603829651991645197109744052997610868315950763274213947405794184"],
  ["1", "540302305868139717400936607442976603732310420617922227670097255381100394774471764517951856"],
  ["3/2", "70737201667702910088189851434268709085091027563346869422645417190922934573500700646935299"],
  [
    "314159265358979323846264338327950288/200000000000000000000000000000000000",
    "2098584699687552910487472296153908203143104499314017413",
  ],
  ["7/4", "-178246055649492090382676943942631358969920851291548272886062568342585177869117191953457805"],
  ["2", "-416146836547142386997568229500762189766000771075544890755149973781964936124079169074531778"],
  ["5/2", "-801143615546933714833502790467351664428567848767820135074597991662024077171186391880105220"],
  ["3", "-989992496600445457271572794731261302393679096615588328814085932928329197513133220428294479"],
  [
    "314159265358979/100000000000000",
    "-999999999999999999999999999994756179853705490923508465123192785260727610377003798586105641",
  ],
  ["157/50", "-999998731727539545285114306345049983854508439392120932039300065855650647201044053531340917"],
  ["22/7", "-999999200533552903268335739656574951575828820661096490675543481448002863856760655174632740"],
  ["123456789/987654321", "992197667371341366000262600513965308739826223819066918958954640197131961723800399227097971"],
  ["1/9007199254740992", "999999999999999999999999999999993837024177960845270220870583728238911056571898909922757394"],
];

const DIGITS = 10n ** 90n;
const UNIT = 1n << 256n;

/** Bounds of 2^700 cos(theta) from the series in rationals over one denominator: no rounding but in the last step. */
function cosine(theta: Q): { readonly lower: bigint; readonly upper: bigint } {
  let sum = 0n;
  let [n, d] = [1n << 700n, 1n];
  let k = 0n;
  let sign = 1n;
  while (n > d) {
    sum += (sign * n) / d; // off by less than one unit
    n *= theta.n * theta.n;
    d *= theta.d * theta.d * (2n * k + 1n) * (2n * k + 2n);
    k += 1n;
    sign = -sign;
  }
  return { lower: sum - k - 1n, upper: sum + k + 1n };
}

const angle = fc
  .tuple(fc.bigInt({ min: 1n, max: 10n ** 18n }), fc.integer({ min: 0, max: 80 }))
  .map(([n, shift]) => q(22n * n, 7n * 10n ** 18n * (1n << BigInt(shift))));

describe("cosines", () => {
  it.each(COSINES)("of %s to 90 digits", (text, units) => {
    const theta = parseQ(text)!;
    const { lower, upper } = cosBounds(theta);
    // the golden value is rounded to half a unit of 10^-90, that is, about 2^-44 units of 2^-256
    expect(lower * DIGITS).toBeLessThanOrEqual(BigInt(units) * UNIT + UNIT);
    expect(upper * DIGITS).toBeGreaterThanOrEqual(BigInt(units) * UNIT - UNIT);
    // at most 40 terms are needed up to 22/7, so the slack stays below 3 * 41 units on each side
    expect(upper - lower).toBeLessThanOrEqual(246n);
  });

  test.prop([angle], { numRuns: 300 })("the slack covers all truncations", (theta) => {
    const { lower, upper } = cosBounds(theta);
    const exact = cosine(theta);
    expect(lower << 444n).toBeLessThanOrEqual(exact.lower);
    expect(upper << 444n).toBeGreaterThanOrEqual(exact.upper);
  });
});

const coordinate = fc.oneof(fc.bigInt({ min: -9n, max: 9n }), fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }));
const rational = fc.tuple(coordinate, fc.bigInt({ min: 1n, max: 1000n })).map(([n, d]) => q(n, d));
const vector = fc.array(rational, { minLength: 3, maxLength: 3 }).filter((v) => v.some((x) => x.n !== 0n));
/** Two vectors: any, or the second one a tiny step off the first or off its negative. */
const pair = fc
  .tuple(vector, vector, fc.constantFrom(-1n, 0n, 1n), fc.integer({ min: 1, max: 34 }))
  .map(([u, v, side, digits]): [Q[], Q[]] => [
    u,
    side === 0n ? v : u.map((x, d) => add(mul(q(side), x), mul(q(1n, 10n ** BigInt(digits)), v[d]!))),
  ])
  .filter(([, v]) => v.some((x) => x.n !== 0n));

/** Angles of the second opinion are off by less than this. */
const EPSILON = q(1n, 1n << 440n);

function expectEnclosed([u, v]: readonly [readonly Q[], readonly Q[]]): void {
  const truth = angleBetween(u, v);
  const { lower, upper } = angleBounds(angleData(vectorOf(u), vectorOf(v)));
  expect(compare(ofNumber(lower), add(truth, EPSILON))).toBeLessThanOrEqual(0);
  expect(compare(ofNumber(upper), sub(truth, EPSILON))).toBeGreaterThanOrEqual(0);
  expect(compare(ofNumber(upper), ANGLE_LIMIT)).toBeLessThan(0);
  // 44 bisections of an interval of at most the angle itself, on both sides; near pi no lower bound exceeds 14 digits
  const width = sub(ofNumber(upper), ofNumber(lower));
  if (compare(truth, q(1n, 10n ** 30n)) >= 0)
    expect(compare(width, add(mul(truth, q(1n, 1n << 42n)), q(1n, 10n ** 45n)))).toBeLessThanOrEqual(0);
}

describe("angle bounds", () => {
  test.prop([pair], { numRuns: 150 })("enclose the angle of random vectors, closely", expectEnclosed);

  const near = (...x: (number | bigint)[]): Q[] => x.map((n) => (typeof n === "bigint" ? q(n) : ofNumber(n)));
  const CASES: readonly (readonly [string, Q[], Q[]])[] = [
    ["nearly parallel, 1e-30", near(10n ** 30n, 0n), near(10n ** 30n, 1n)],
    ["nearly parallel, 1e-36", near(10n ** 36n, 0n), near(10n ** 36n, 1n)],
    ["nearly parallel, 1e-70", near(10n ** 70n, 0n), near(10n ** 70n, 1n)],
    ["nearly antiparallel, pi - 1e-30", near(10n ** 30n, 0n), near(-(10n ** 30n), 1n)],
    ["nearly antiparallel, pi - 1e-14", near(10n ** 14n, 0n), near(-(10n ** 14n), 1n)],
    ["orthogonal", near(3n, 4n), near(-4n, 3n)],
    ["nearly orthogonal", near(3n, 4n), near(-4n * 10n ** 25n, 3n * 10n ** 25n + 1n)],
    ["a right angle and a bit", near(1n, 0n), near(-1n, 10n ** 40n)],
    ["extreme doubles", near(1e300, 1e-300), near(5e-324, 1e308)],
    ["one dimension", near(2n), near(-3n)],
    ["equal", near(1n, 2n, 3n), near(1n, 2n, 3n)],
    ["a multiple", near(1n, 2n, 3n), [q(1n, 7n), q(2n, 7n), q(3n, 7n)]],
  ];
  it.each(CASES)("%s", (_, u, v) => expectEnclosed([u, v]));

  it("are exact at 0 and stay below 22/7 at pi", () => {
    const [u, minus] = [vectorOfNumbers([1, 2]), vectorOfNumbers([-2, -4])];
    expect(angleBounds(angleData(u, u))).toEqual({ lower: 0, upper: 0 });
    const { lower, upper } = angleBounds(angleData(u, minus));
    expect(lower).toBeGreaterThan(Math.PI - 1e-12); // where the 44 bisections end
    expect(lower).toBeLessThan(Math.PI);
    expect(upper).toBeGreaterThan(Math.PI);
    expect(compare(ofNumber(upper), ANGLE_LIMIT)).toBeLessThan(0); // so that the judge takes it
  });

  test.prop([rational.filter((a) => a.n > 0n), rational.filter((p) => p.n > 0n)])("of a given cosine", (a, b) => {
    const product = add(mul(a, a), b); // inner^2 < product
    const truth = exactAngle(a, product);
    for (const inner of [a, neg(a)]) {
      const angleHere = inner.n > 0n ? truth : exactAngle(inner, product);
      const { lower, upper } = angleBounds(angleOfCosine(inner, product));
      expect(compare(ofNumber(lower), add(angleHere, EPSILON))).toBeLessThanOrEqual(0);
      expect(compare(ofNumber(upper), sub(angleHere, EPSILON))).toBeGreaterThanOrEqual(0);
    }
  });
});

describe("questions", () => {
  const offset = fc
    .tuple(fc.bigInt({ min: -9n, max: 9n }), fc.integer({ min: 0, max: 80 }))
    .map(([n, digits]) => q(n, 10n ** BigInt(digits)));

  test.prop([pair, offset, angle], { numRuns: 400 })(
    "an answer of yes is never wrong, one of two is given",
    ([u, v], o, any) => {
      const data = angleData(vectorOf(u), vectorOf(v));
      const truth = angleBetween(u, v);
      for (const theta of [add(truth, o), any, sub(any, ANGLE_LIMIT)]) {
        const [most, least] = [angleAtMost(data, theta), angleAtLeast(data, theta)];
        if (most) expect(compare(truth, add(theta, EPSILON))).toBeLessThanOrEqual(0);
        if (least) expect(compare(add(truth, EPSILON), theta)).toBeGreaterThanOrEqual(0);
        // Silence only where theta is close: an angle of 1e-30 is told apart to 2^-246 / 1e-30, smaller ones below 1e-36;
        // beyond 3.14159265358979 nothing is said to be larger.
        const gap = sub(truth, theta);
        const close = compare(gap.n < 0n ? neg(gap) : gap, q(1n, 10n ** 36n)) <= 0;
        const late = compare(theta, q(314159265358979n, 10n ** 14n)) > 0;
        if (!close && !late) expect(most !== least).toBe(true);
      }
    },
  );

  it("the ends of the scale", () => {
    const parallel = angleData(vectorOfNumbers([1, 2]), vectorOfNumbers([2, 4]));
    const opposite = angleData(vectorOfNumbers([1, 2]), vectorOfNumbers([-1, -2]));
    const right = angleData(vectorOfNumbers([1, 0]), vectorOfNumbers([0, 5]));
    const [below, above] = [parseQ("314159265358979/100000000000000")!, parseQ("3141592653589794/1000000000000000")!];
    expect(angleAtMost(parallel, ZERO)).toBe(true);
    expect(angleAtLeast(parallel, ZERO)).toBe(true);
    expect(angleAtLeast(parallel, q(1n, 10n ** 900n))).toBe(false);
    expect(angleAtMost(opposite, below)).toBe(false);
    expect(angleAtMost(opposite, above)).toBe(true);
    expect(angleAtMost(opposite, ANGLE_LIMIT)).toBe(true);
    expect(angleAtLeast(opposite, below)).toBe(true);
    expect(angleAtLeast(opposite, above)).toBe(false);
    expect(angleAtLeast(opposite, ANGLE_LIMIT)).toBe(false);
    expect(angleAtMost(parallel, q(-1n, 10n ** 900n))).toBe(false);
    expect(angleAtLeast(parallel, q(-1n))).toBe(true);
    // pi/2 = 1.57079632679489661923132169163975144209858...
    const [less, more] = [
      q(157079632679489661923132169163975144n, 10n ** 35n),
      q(157079632679489661923132169163975145n, 10n ** 35n),
    ];
    expect([angleAtMost(right, less), angleAtLeast(right, less)]).toEqual([false, true]);
    expect([angleAtMost(right, more), angleAtLeast(right, more)]).toEqual([true, false]);
  });
});
