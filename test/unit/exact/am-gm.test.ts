/** The AM-GM certificate for every list of weights up to 8: the judge's opinion, a second one at points, and tampering. */
import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { judge } from "../../../src/certify/judge.js";
import { AM_GM_LIMIT, amGmCertificate } from "../../../src/exact/am-gm.js";
import { add, integerPower, mul, ONE, parseQ, type Q, q, showQ, ZERO } from "../../../src/exact/rational.js";
import type { SumOfSquaresCertificate } from "../../../src/kernel/algebra-certificate.js";
import { UseError } from "../../../src/kernel/use-error.js";
import { pointIn } from "./random.js";

const raised = (c: Q, n: number): Q => q(integerPower(c.n, n), integerPower(c.d, n));
const totalOf = (list: readonly Q[]): Q => list.reduce(add, ZERO);
const productOf = (list: readonly Q[]): Q => list.reduce(mul, ONE);
const namesOf = (k: readonly number[]): string[] => k.map((_, l) => `w${l}`);
const made = (k: readonly number[]): SumOfSquaresCertificate => amGmCertificate(k, namesOf(k));

/** Lists in falling order with this sum, two entries or more. */
function weights(sum: number, most = sum): number[][] {
  if (sum === 0) return [[]];
  return Array.from({ length: Math.min(sum, most) }, (_, i) => i + 1).flatMap((first) =>
    weights(sum - first, first).map((rest) => [first, ...rest]),
  );
}
const ALL = Array.from({ length: AM_GM_LIMIT - 1 }, (_, i) => weights(i + 2))
  .flat()
  .filter((k) => k.length > 1);
const MIXED = [
  [1, 2],
  [1, 3, 1],
  [2, 1, 2],
  [1, 2, 1, 2],
  [1, 1, 2, 2],
  [1, 4, 3],
];

/** (sum v)^K - K^K prod (v_l / k_l)^(k_l), for v_l = w_l^2. */
function gap(k: readonly number[], squares: readonly Q[]): Q {
  const K = k.reduce((a, b) => a + b, 0);
  const geometric = productOf(squares.map((v, l) => raised(mul(v, q(1n, BigInt(k[l]!))), k[l]!)));
  return add(raised(totalOf(squares), K), mul(q(-integerPower(BigInt(K), K)), geometric));
}

function permutations(list: readonly number[]): number[][] {
  if (list.length === 0) return [[]];
  return list.flatMap((x, i) => permutations(list.filter((_, j) => j !== i)).map((rest) => [x, ...rest]));
}

/** All exchanges within the classes, as lists of where each variable goes. */
function group(classes: SumOfSquaresCertificate["classes"], variables: number): number[][] {
  const start = [Array.from({ length: variables }, (_, i) => i)];
  return classes.reduce(
    (all, members) =>
      all.flatMap((g) =>
        permutations(members).map((images) => {
          const next = [...g];
          members.forEach((v, i) => {
            next[v] = images[i]!;
          });
          return next;
        }),
      ),
    start,
  );
}

/** The certificate's right side at a point: the average over its exchanges of the weighted squares. */
function squaresAt({ classes, squares }: SumOfSquaresCertificate, at: readonly Q[]): Q {
  const images = group(classes, at.length);
  const values = images.map((g) =>
    totalOf(
      squares.map(({ weight, of }) => {
        const value = totalOf(
          of.map(([c, factors]) => productOf([parseQ(c)!, ...factors.map(([v, power]) => raised(at[g[v]!]!, power))])),
        );
        return mul(parseQ(weight)!, mul(value, value));
      }),
    ),
  );
  return mul(totalOf(values), q(1n, BigInt(images.length)));
}

describe("accepted", () => {
  it.each([...ALL, ...MIXED].map((k) => [k]))("weights %s", (k) => {
    const certificate = made(k);
    const answer = judge(certificate);
    expect(answer).toMatchObject({ accepted: true, kind: "sum-of-squares" });
    expect(certificate.variables).toEqual(namesOf(k));
    for (const { weight } of certificate.squares) expect(parseQ(weight)!.n > 0n).toBe(true);
    const sharing = [...new Set(k)].map((weight) => k.flatMap((x, l) => (x === weight ? [l] : [])));
    expect(certificate.classes).toEqual(sharing.filter((members) => members.length > 1));
  });

  it("one square stands for its orbit: certificates stay short", () => {
    const lengths = [[1, 1], [2, 1], [1, 1, 1, 1], [2, 2], [2, 1, 1, 1], [2, 2, 1, 1]].map((k) => made(k).squares.length); // biome-ignore format: lists
    expect(lengths).toEqual([1, 4, 7, 3, 43, 108]);
  });

  it("there are 58 such lists", () => {
    expect(ALL.length).toBe(58);
  });
});

describe("second opinion", () => {
  const list = fc.constantFrom(...ALL.filter((k) => k.length <= 5), ...MIXED);

  test.prop([list.chain((k) => fc.tuple(fc.constant(k), pointIn(k.length)))], { numRuns: 40 })(
    "the squares, averaged, are the gap, and that is not negative",
    ([k, at]) => {
      const value = squaresAt(made(k), at);
      expect(value).toEqual(
        gap(
          k,
          at.map((w) => mul(w, w)),
        ),
      );
      expect(value.n >= 0n).toBe(true);
    },
  );

  test.prop([fc.constantFrom(...ALL, ...MIXED), fc.bigInt({ min: 1n, max: 9n })])(
    "equality at w_l^2 = k_l t",
    (k, t) => {
      const squares = k.map((x) => q(BigInt(x) * t));
      expect(gap(k, squares)).toEqual(ZERO);
      // and not beside it
      expect(gap(k, [add(squares[0]!, ONE), ...squares.slice(1)]).n > 0n).toBe(true);
    },
  );
});

describe("refused", () => {
  const plusOne = (text: string): string => showQ(add(parseQ(text)!, ONE));

  test.prop([fc.constantFrom(...ALL.filter((k) => k.reduce((a, b) => a + b, 0) <= 6), ...MIXED), fc.nat()], {
    numRuns: 60,
  })("a weight that is off, a square that is missing, a sign that is not there", (k, pick) => {
    const { squares, ...rest } = made(k);
    const at = pick % squares.length;
    const replaced = (square: SumOfSquaresCertificate["squares"][number]): SumOfSquaresCertificate => ({
      ...rest,
      squares: squares.map((s, i) => (i === at ? square : s)),
    });
    const { weight, of } = squares[at]!;
    const [[c, factors], second] = of as [(typeof of)[number], (typeof of)[number]];
    const tampered: readonly SumOfSquaresCertificate[] = [
      replaced({ weight: plusOne(weight), of }),
      replaced({ weight: `-${weight}`, of }),
      replaced({ weight, of: [[plusOne(c as string), factors], second] }),
      { ...rest, squares: squares.filter((_, i) => i !== at) },
      { ...rest, squares: [...squares, squares[at]!] },
    ];
    for (const certificate of tampered) expect(judge(certificate).accepted).toBe(false);
  });

  it("lists that are too short, too long, or not of positive integers", () => {
    for (const k of [[], [1], [3], [0, 2], [-1, 2], [1.5, 1], [4, 5], [1, 1, 1, 1, 1, 1, 1, 1, 1], [Number.NaN, 1]])
      expect(() => made(k)).toThrow(UseError);
  });
});
