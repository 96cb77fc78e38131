/**
 * The cyclotomic field Q(zeta_n), zeta_n = exp(2 pi i / n), for any n >= 1: rational combinations of 1, zeta, ...,
 * zeta^(phi(n)-1), the normal form modulo the cyclotomic polynomial, so that equality is structural. n = 1 and 2 give Q,
 * n = 4 the Gaussian rationals. With conjugation and an embedding into the complex numbers by rigorous intervals.
 * Cost of a product: n^2 products of integers.
 */
import { UseError } from "../kernel/use-error.js";
import { add, gcd, type Q, q, showQ, ZERO } from "./rational.js";
import type { Ring } from "./ring.js";
import { cosOfTurn, type Interval, scaledInterval, sinOfTurn } from "./turn.js";
import { cyclotomicPolynomial, divideMonic } from "./univariate.js";

/** sum_k n_k zeta^k / d in lowest terms, d > 0, with phi(n) entries. */
export interface Cyclotomic {
  readonly n: readonly bigint[];
  readonly d: bigint;
}

export interface CyclotomicField extends Ring<Cyclotomic> {
  readonly order: number;
  /** phi(n), the dimension over Q. */
  readonly dimension: number;
  /** zeta^k for any integer k. */
  zeta(k: number): Cyclotomic;
  ofRational(c: Q): Cyclotomic;
  /** The rational it is, or null. */
  asRational(a: Cyclotomic): Q | null;
  conjugate(a: Cyclotomic): Cyclotomic;
  /** Bounds of real and imaginary part under zeta -> exp(2 pi i / n). */
  embed(a: Cyclotomic): { readonly re: Interval; readonly im: Interval };
}

export const ORDER_LIMIT = 1000;

function lowest(n: readonly bigint[], d: bigint): Cyclotomic {
  if (d === 1n) return { n, d };
  let g = d;
  for (const c of n) {
    if (g === 1n) break;
    g = gcd(g, c);
  }
  return g === 1n ? { n, d } : { n: n.map((c) => c / g), d: d / g };
}

export function cyclotomicField(order: number): CyclotomicField {
  if (!(Number.isSafeInteger(order) && order >= 1 && order <= ORDER_LIMIT))
    throw new UseError(`cyclotomic: expected an order from 1 to ${ORDER_LIMIT}, got ${order}`);
  const phi = cyclotomicPolynomial(order);
  const dimension = phi.length - 1;
  // zeta^k in the basis, for 0 <= k < n.
  const powers = Array.from({ length: order }, (_, k) => {
    const { remainder } = divideMonic([...new Array<bigint>(k).fill(0n), 1n], phi);
    return Array.from({ length: dimension }, (_x, i) => remainder[i] ?? 0n);
  });
  const mod = (k: number): number => ((k % order) + order) % order;
  /** sum_k c_k zeta^k for coefficients by exponent mod n. */
  const reduced = (c: readonly bigint[], d: bigint): Cyclotomic => {
    const out = new Array<bigint>(dimension).fill(0n);
    c.forEach((x, k) => {
      if (x !== 0n)
        powers[k]!.forEach((p, i) => {
          if (p !== 0n) out[i] = out[i]! + x * p;
        });
    });
    return lowest(out, d);
  };
  const ofRational = (c: Q): Cyclotomic => ({ n: [c.n, ...new Array<bigint>(dimension - 1).fill(0n)], d: c.d });
  const isRational = (a: Cyclotomic): boolean => a.n.every((x, i) => i === 0 || x === 0n);
  const part = (a: Cyclotomic, of: (k: bigint, n: bigint) => Interval): Interval => {
    let [lower, upper] = [ZERO, ZERO];
    a.n.forEach((x, k) => {
      if (x === 0n) return;
      const term = scaledInterval(of(BigInt(k), BigInt(order)), q(x, a.d));
      [lower, upper] = [add(lower, term.lower), add(upper, term.upper)];
    });
    return { lower, upper };
  };
  return Object.freeze({
    name: `Q(zeta_${order})`,
    order,
    dimension,
    zero: ofRational(ZERO),
    one: ofRational({ n: 1n, d: 1n }),
    zeta: (k: number): Cyclotomic => ({ n: powers[mod(k)]!, d: 1n }),
    ofInteger: (k: bigint): Cyclotomic => ofRational({ n: k, d: 1n }),
    ofRational,
    asRational: (a: Cyclotomic): Q | null => (isRational(a) ? { n: a.n[0]!, d: a.d } : null),
    add: (a: Cyclotomic, b: Cyclotomic): Cyclotomic =>
      a.d === b.d
        ? lowest(
            a.n.map((x, i) => x + b.n[i]!),
            a.d,
          )
        : lowest(
            a.n.map((x, i) => x * b.d + b.n[i]! * a.d),
            a.d * b.d,
          ),
    neg: (a: Cyclotomic): Cyclotomic => ({ n: a.n.map((x) => -x), d: a.d }),
    mul(a: Cyclotomic, b: Cyclotomic): Cyclotomic {
      const c = new Array<bigint>(order).fill(0n);
      a.n.forEach((x, i) => {
        if (x !== 0n)
          b.n.forEach((y, j) => {
            if (y !== 0n) c[(i + j) % order] = c[(i + j) % order]! + x * y;
          });
      });
      return reduced(c, a.d * b.d);
    },
    equals: (a: Cyclotomic, b: Cyclotomic): boolean => a.d === b.d && a.n.every((x, i) => x === b.n[i]),
    conjugate(a: Cyclotomic): Cyclotomic {
      const c = new Array<bigint>(order).fill(0n);
      a.n.forEach((x, k) => {
        c[mod(-k)] = x;
      });
      return reduced(c, a.d);
    },
    embed: (a: Cyclotomic) => ({ re: part(a, cosOfTurn), im: part(a, sinOfTurn) }),
    show: (a: Cyclotomic): string => {
      const terms = a.n.flatMap((x, k) => {
        if (x === 0n) return [];
        const unit = k === 0 ? "" : k === 1 ? "zeta" : `zeta^${k}`;
        return [unit === "" ? showQ(q(x, a.d)) : `${showQ(q(x, a.d))}*${unit}`];
      });
      return terms.length === 0 ? "0" : terms.join(" + ");
    },
  } satisfies CyclotomicField);
}

/** Q(i), as the field of fourth roots of unity: a + b i has the entries [a, b]. */
export const gaussianRationals = (): CyclotomicField => cyclotomicField(4);
