/**
 * The weighted inequality of arithmetic and geometric means as a sum of squares over the rationals: for integers k_l >= 1
 * with sum K, (sum_l w_l^2)^K - K^K prod_l (w_l^2 / k_l)^(k_l) >= 0, equal to 0 where the w_l^2 / k_l agree.
 * In K letters x_i >= 0 with averages [lambda] over all permutations of the monomial with exponents lambda: (sum x)^K is a
 * combination of the [lambda], and so of [lambda] - [mu], mu with one unit moved from a largest exponent a to a smallest
 * b <= a - 2 (Hardy, Littlewood, Polya 1934, on Muirhead's means), down to mu = (1, ..., 1). Each such difference is the
 * average of (1/2) (x y)^b (x - y)^2 sum_i x^i y^(a-b-2-i) times the rest. Then x = w_l^2 / k_l for k_l letters each:
 * every term is a square of a monomial times (w_p^2 / k_p - w_s^2 / k_s)^2. One square is kept for each orbit under
 * exchanges of variables with equal k. Cost: up to K! assignments of letters; K <= 8.
 */
import type { SumOfSquaresCertificate } from "../kernel/algebra-certificate.js";
import { UseError } from "../kernel/use-error.js";
import { add, integerPower, mul, type Q, q, showQ } from "./rational.js";

export const AM_GM_LIMIT = 8;

const factorial = (n: number): bigint => (n <= 1 ? 1n : BigInt(n) * factorial(n - 1));

/** Exponent lists of length n, descending, of sum n, in descending lexicographic order. */
function partitions(n: number): number[][] {
  const found: number[][] = [];
  const extend = (rest: number, most: number, head: number[]): void => {
    if (head.length === n) {
      if (rest === 0) found.push(head);
      return;
    }
    for (let part = Math.min(rest, most); part >= 0; part--) extend(rest - part, part, [...head, part]);
  };
  extend(n, n, []);
  return found;
}

/** Sum of the coefficients of all monomials of this type in (sum x)^n. */
function typeTotal(type: readonly number[]): bigint {
  const n = type.length;
  const arrangements = new Map<number, number>();
  for (const e of type) arrangements.set(e, (arrangements.get(e) ?? 0) + 1);
  let total = factorial(n) * factorial(n);
  for (const e of type) total /= factorial(e);
  for (const count of arrangements.values()) total /= factorial(count);
  return total;
}

/** weight * average of x^ex y^ey rest (x - y)^2. */
interface Step {
  readonly weight: Q;
  readonly ex: number;
  readonly ey: number;
  readonly rest: readonly number[];
}

/** (sum x)^n - n^n x_1 ... x_n as a sum of such steps, n letters. */
function steps(n: number): Step[] {
  const flow = new Map<string, Q>(partitions(n).map((type) => [type.join(), q(typeTotal(type))]));
  const found: Step[] = [];
  // Descending lexicographic order: whatever flows into a type comes from an earlier one.
  for (const type of partitions(n)) {
    const [a, b] = [type[0]!, type[n - 1]!];
    if (a - b < 2) continue; // (1, ..., 1) is the only one
    const weight = flow.get(type.join())!;
    const middle = type.slice(1, n - 1);
    const next = [a - 1, ...middle, b + 1].sort((x, y) => y - x).join();
    flow.set(next, add(flow.get(next)!, weight));
    for (let i = 0; i <= a - b - 2; i++)
      found.push({ weight: mul(weight, q(1n, 2n)), ex: b + i, ey: a - 2 - i, rest: middle });
  }
  return found;
}

/** All distinct orders of a list, each with the number of permutations that give it divided by all of them. */
function* orders(list: readonly number[]): Generator<readonly number[]> {
  if (list.length === 0) yield [];
  const tried = new Set<number>();
  for (let i = 0; i < list.length; i++) {
    if (tried.has(list[i]!)) continue;
    tried.add(list[i]!);
    for (const rest of orders([...list.slice(0, i), ...list.slice(i + 1)])) yield [list[i]!, ...rest];
  }
}

/** A square: the monomial with these powers of w, times (w_p^2 / k_p - w_s^2 / k_s). */
interface Square {
  readonly powers: readonly number[];
  readonly p: number;
  readonly s: number;
}

/** The representative of its orbit under exchanges within the classes: variables of a class sorted by what they carry. */
function representative(square: Square, classes: readonly (readonly number[])[]): Square {
  const powers = [...square.powers];
  let { p, s } = square;
  for (const members of classes) {
    const carried = members.map((l) => ({ power: square.powers[l]!, p: l === square.p, s: l === square.s }));
    carried.sort((x, y) => Number(y.p) - Number(x.p) || Number(y.s) - Number(x.s) || y.power - x.power);
    members.forEach((l, i) => {
      powers[l] = carried[i]!.power;
      if (carried[i]!.p) p = l;
      if (carried[i]!.s) s = l;
    });
  }
  return { powers, p, s };
}

export function amGmCertificate(k: readonly number[], names: readonly string[]): SumOfSquaresCertificate {
  const K = k.reduce((a, b) => a + b, 0);
  if (k.length < 2 || k.some((x) => !(Number.isSafeInteger(x) && x >= 1)) || K > AM_GM_LIMIT)
    throw new UseError(
      `am-gm: expected two positive weights or more with sum at most ${AM_GM_LIMIT}, got ${k.join(", ")}`,
    );
  const classes = [...new Set(k)]
    .map((weight) => k.flatMap((x, l) => (x === weight ? [l] : [])))
    .filter((members) => members.length > 1);
  const squares = new Map<string, { square: Square; weight: Q }>();
  const collect = (square: Square, weight: Q): void => {
    const kept = representative(square, classes);
    const key = `${kept.powers.join()}|${kept.p}|${kept.s}`;
    const known = squares.get(key);
    squares.set(key, { square: kept, weight: known === undefined ? weight : add(known.weight, weight) });
  };
  const distinct = k.every((x) => x === 1);
  const letters = k.flatMap((x, l) => new Array<number>(x).fill(l));
  for (const step of steps(K)) {
    if (distinct) {
      collect({ powers: [step.ex, step.ey, ...step.rest], p: 0, s: 1 }, step.weight);
      continue;
    }
    const arrangements = [...orders(step.rest)];
    // Each ordered pair of letters, then each order of the rest, is equally likely.
    const share = q(1n, BigInt(K * (K - 1)) * BigInt(arrangements.length));
    for (let x = 0; x < K; x++)
      for (let y = 0; y < K; y++) {
        if (x === y || letters[x] === letters[y]) continue; // (x - y) vanishes within one variable
        const others = letters.filter((_, i) => i !== x && i !== y);
        for (const order of arrangements) {
          const powers = new Array<number>(k.length).fill(0);
          const place = (l: number, e: number): void => {
            powers[l] = powers[l]! + e;
          };
          place(letters[x]!, step.ex);
          place(letters[y]!, step.ey);
          others.forEach((l, i) => {
            place(l, order[i]!);
          });
          // x = w^2 / k: the monomial of the x's brings prod k^-power.
          const scale = powers.reduce((d, e, l) => d * integerPower(BigInt(k[l]!), e), 1n);
          collect({ powers, p: letters[x]!, s: letters[y]! }, mul(mul(step.weight, share), q(1n, scale)));
        }
      }
  }
  return {
    kind: "sum-of-squares",
    variables: names,
    target: {
      sum: [
        { power: [{ sum: k.map((_, l) => ({ power: [{ variable: l }, 2] as const })) }, K] },
        {
          product: [
            {
              constant: showQ(
                q(
                  -integerPower(BigInt(K), K),
                  k.reduce((d, x) => d * integerPower(BigInt(x), x), 1n),
                ),
              ),
            },
            ...k.map((x, l) => ({ power: [{ variable: l }, 2 * x] as const })),
          ],
        },
      ],
    },
    classes,
    squares: [...squares.values()].map(({ square: { powers, p, s }, weight }) => ({
      weight: showQ(weight),
      of: (
        [
          [p, 1n],
          [s, -1n],
        ] as const
      ).map(([l, sign]) => {
        const total = powers.map((e, i) => e + (i === l ? 2 : 0));
        return [showQ(q(sign, BigInt(k[l]!))), total.flatMap((e, i) => (e > 0 ? [[i, e] as const] : []))] as const;
      }),
    })),
  };
}
