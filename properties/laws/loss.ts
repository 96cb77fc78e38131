/**
 * The laws that every loss is held to, unwritten by its author. With L = sum_n l(m_n) over the margins:
 * - value: log L and the weights -l'(m_n) / L against an independent reading in 256-bit fixed point, where there is one;
 * - sum: L of all points is the sum over the points one by one, and so are the slopes;
 * - gradient: |log L(m + h u) - log L(m) + h <weights, u>| falls like h^2;
 * - tail: the declared fact `exponentialTail` is what is seen, -l'/l = 1 far out;
 * - range: margins of +-1e300 give a finite log L and weights that are numbers >= 0; with an exponential tail the least
 *   margin alone decides;
 * - permutation: the points have no order;
 * - pure: same bits twice, margins untouched, all weights written.
 */
import { ofNumber, q, toNumber } from "../../src/exact/rational.js";
import { type RandomStream, randomStream } from "../../src/kernel/seed.js";
import type { LossFunction } from "../../src/models/loss.js";
import { exp, log } from "../../src/numeric/elementary.js";
import { type Finding, fittedOrder, judgeLaw, type LawReport, sameBits } from "./law.js";

export const LOSS_LAWS = ["value", "sum", "gradient", "tail", "range", "permutation", "pure"] as const;
export type LossLaw = (typeof LOSS_LAWS)[number];

/** Fixed point: the integer x stands for x / 2^BITS. */
export const BITS = 256n;
const ONE = 1n << BITS;

export const toFixedPoint = (x: number): bigint => {
  const { n, d } = ofNumber(x);
  return (n << BITS) / d;
};

export const fromFixedPoint = (x: bigint): number => toNumber(q(x, ONE));

/** e^x in fixed point: x is divided by 2^64, its Taylor series summed, the result squared 64 times. */
export function expFixedPoint(x: bigint): bigint {
  const extra = 192n; // guards the digits that the squarings lose
  const one = ONE << extra;
  const y = (x << extra) >> 64n;
  let sum = one;
  let term = one;
  for (let k = 1n; term !== 0n && term !== -1n; k++) {
    term = ((term * y) >> (BITS + extra)) / k;
    sum += term;
  }
  for (let i = 0; i < 64; i++) sum = (sum * sum) >> (BITS + extra);
  return sum >> extra;
}

/** log(1 + x) for x >= 0: halved by square roots until small, then by its series in (y-1)/(y+1). */
export function log1pFixedPoint(x: bigint): bigint {
  const extra = 128n;
  const one = ONE << extra;
  let y = one + (x << extra);
  let halvings = 0n;
  for (; y > one + (one >> 8n); halvings++) y = rootFixedPoint(y * one);
  const u = ((y - one) << (BITS + extra)) / (y + one);
  const square = (u * u) >> (BITS + extra);
  let sum = 0n;
  let power = u;
  for (let k = 1n; power !== 0n; k += 2n) {
    sum += power / k;
    power = (power * square) >> (BITS + extra);
  }
  return ((2n * sum) << halvings) >> extra;
}

/** The integer square root, by Newton from above. */
function rootFixedPoint(x: bigint): bigint {
  let y = 1n << BigInt((x.toString(2).length + 1) >> 1);
  for (;;) {
    const next = (y + x / y) >> 1n;
    if (next >= y) return y;
    y = next;
  }
}

/** l and -l' in fixed point, written down again from the literature and not from the code under judgment. */
export interface LossReference {
  value(margin: bigint): bigint;
  slope(margin: bigint): bigint;
}

const REFERENCES: Readonly<Record<string, LossReference>> = {
  exponential: { value: (m) => expFixedPoint(-m), slope: (m) => expFixedPoint(-m) },
  logistic: {
    value: (m) => log1pFixedPoint(expFixedPoint(-m)),
    slope: (m) => (expFixedPoint(-m) << BITS) / (ONE + expFixedPoint(-m)),
  },
};

interface Reading {
  readonly logLoss: number;
  readonly weights: Float64Array;
}

function read(loss: LossFunction, margins: Float64Array | readonly number[]): Reading {
  const weights = new Float64Array(margins.length).fill(Number.NaN);
  const logLoss = loss.evaluate(Float64Array.from(margins), weights);
  return { logLoss, weights };
}

const uniform = (stream: RandomStream, N: number, from: number, to: number): Float64Array =>
  Float64Array.from({ length: N }, () => from + (to - from) * stream.uniform());

/** A few roundings of numbers of this size. */
const ROUNDINGS = 1e-15;
const close = (a: number, b: number, size: number): boolean => Math.abs(a - b) <= 8 * ROUNDINGS * (1 + size);

/** Numbers of points and ranges of the moderate margins. */
const MODERATE = [
  [1, -1, 1],
  [2, -3, 3],
  [5, -20, 20],
  [7, 0, 40],
  [9, -40, 0],
] as const;

function value(loss: LossFunction, reference: LossReference, stream: RandomStream): Finding {
  for (const [N, from, to] of MODERATE) {
    const margins = uniform(stream, N, from, to);
    const { logLoss, weights } = read(loss, margins);
    const fixed = Array.from(margins, toFixedPoint);
    const total = fixed.reduce((s, m) => s + reference.value(m), 0n);
    // exp(log L) / L - 1 is the absolute error of log L.
    const error = fromFixedPoint((expFixedPoint(toFixedPoint(logLoss)) << BITS) / total - ONE);
    if (!close(error, 0, Math.abs(logLoss))) return { wrong: `log L is off by ${error} at ${margins.join(" ")}` };
    for (const [n, m] of fixed.entries()) {
      const weight = fromFixedPoint((reference.slope(m) << BITS) / total);
      const far = Math.abs(fromFixedPoint(m)) + Math.abs(logLoss); // the exponent of the weight, up to rounding
      if (!(Math.abs(weights[n]! / weight - 1) <= 8 * ROUNDINGS * (1 + far)))
        return { wrong: `weight ${n} is ${weights[n]}, not ${weight}` };
    }
  }
  return { seen: `${MODERATE.length} sets of margins` };
}

function sum(loss: LossFunction, stream: RandomStream): Finding {
  for (const [N, from, to] of [...MODERATE, [4, 700, 900], [4, -900, -700]] as const) {
    const margins = uniform(stream, N, from, to);
    const { logLoss, weights } = read(loss, margins);
    const singles = Array.from(margins, (m) => read(loss, [m]));
    const size = Math.max(...singles.map((s) => Math.abs(s.logLoss)));
    const shares = singles.map((s) => exp(s.logLoss - logLoss));
    const total = shares.reduce((a, b) => a + b, 0);
    if (!close(total, 1, N * size)) return { wrong: `the points one by one give ${total} of the loss of all` };
    for (const [n, share] of shares.entries())
      if (!close(weights[n]!, share * singles[n]!.weights[0]!, size))
        return {
          wrong: `weight ${n} is ${weights[n]} among all, ${share * singles[n]!.weights[0]!} from the point alone`,
        };
  }
  return { seen: "additive over the points" };
}

function gradient(loss: LossFunction, stream: RandomStream): Finding {
  const orders: number[] = [];
  for (const [N, from, to] of [
    [4, -1, 1],
    [5, 0, 6],
    [3, -6, 0],
    [1, -1, 1],
  ] as const) {
    const margins = uniform(stream, N, from, to);
    const u = uniform(stream, N, -1, 1);
    const { logLoss, weights } = read(loss, margins);
    const slope = weights.reduce((s, p, n) => s + p * u[n]!, 0);
    const visible: [number, number][] = [];
    for (let h = 1 / 16; h > 1e-6; h /= 2) {
      const moved = margins.map((m, n) => m + h * u[n]!);
      const remainder = Math.abs(read(loss, moved).logLoss - logLoss + h * slope);
      if (!Number.isFinite(remainder)) return { wrong: `the remainder at h = ${h} is ${remainder}` };
      if (remainder > 200 * ROUNDINGS * (1 + Math.abs(logLoss))) visible.push([h, remainder]);
    }
    if (visible.length === 0) continue; // log L is affine along u, as for one point of the exponential loss
    const order = fittedOrder(visible);
    if (!(order >= 1.8)) return { wrong: `the remainder falls with order ${order.toFixed(2)}, not 2 (N = ${N})` };
    orders.push(order);
  }
  return orders.length > 0 ? { seen: `orders ${orders.map((o) => o.toFixed(2)).join(", ")}` } : { wrong: "never seen" };
}

function tail(loss: LossFunction): Finding {
  const rates = [50, 1e3, 1e6].map((m) => read(loss, [m]).weights[0]!);
  const seen = rates.every((r) => Math.abs(r - 1) < 1e-9);
  return seen === loss.facts.exponentialTail
    ? { seen: `-l'/l far out: ${rates.join(", ")}` }
    : { wrong: `declared exponentialTail: ${loss.facts.exponentialTail}, but -l'/l is ${rates.join(", ")}` };
}

const FAR = [1e4, 1e8, 1e100, 1e300] as const;

function range(loss: LossFunction): Finding {
  for (const a of FAR)
    for (const margins of [
      [a],
      [-a],
      [a, a],
      [a, -a],
      [-a, -a],
      [0, a, -a],
      [a, 2 * a],
      [-1.5 * a, -a],
      [a, 1],
      [1, -a],
    ]) {
      const { logLoss, weights } = read(loss, margins);
      const who = `margins ${margins.join(" ")}`;
      if (!Number.isFinite(logLoss)) return { wrong: `log L is ${logLoss} at ${who}` };
      if (!weights.every((p) => p >= 0 && Number.isFinite(p)))
        return { wrong: `weights ${weights.join(" ")} at ${who}` };
      const least = Math.min(...margins);
      if (!loss.facts.exponentialTail || least < 1e4) continue;
      if (!(Math.abs(logLoss + least) <= log(margins.length) + 8 * ROUNDINGS * least))
        return { wrong: `log L is ${logLoss} at ${who}` };
      const far = margins.findIndex((m, n) => m > least + 1e3 && weights[n] !== 0);
      if (far >= 0) return { wrong: `margin ${margins[far]} still weighs ${weights[far]} at ${who}` };
    }
  return { seen: `up to ${FAR.join(", ")}` };
}

function permutation(loss: LossFunction, stream: RandomStream): Finding {
  for (const [N, from, to] of MODERATE) {
    const margins = uniform(stream, N, from, to);
    const turn = (n: number): number => (n + 1) % N;
    const before = read(loss, margins);
    const after = read(
      loss,
      Array.from(margins, (_, n) => margins[turn(n)]!),
    );
    if (!close(before.logLoss, after.logLoss, Math.abs(before.logLoss)))
      return { wrong: `log L is ${before.logLoss}, and ${after.logLoss} in another order` };
    const wrong = Array.from(margins).findIndex((_, n) => {
      const weight = before.weights[turn(n)]!;
      return !close(after.weights[n]!, weight, 40 * weight);
    });
    if (wrong >= 0) return { wrong: `the weight of point ${turn(wrong)} depends on its place` };
  }
  return { seen: "no order" };
}

function pure(loss: LossFunction, stream: RandomStream): Finding {
  const [first, second] = [uniform(stream, 4, -2, 5), uniform(stream, 4, -5, 2)];
  const kept = Float64Array.from(first);
  const weights = new Float64Array(4).fill(Number.NaN);
  const logLoss = loss.evaluate(first, weights);
  if (!sameBits(first, kept)) return { wrong: "evaluate changes the margins" };
  if (weights.some(Number.isNaN)) return { wrong: "evaluate leaves weights as they were" };
  read(loss, second);
  const again = read(loss, first);
  return Object.is(again.logLoss, logLoss) && sameBits(again.weights, weights)
    ? { seen: "same bits twice" }
    : { wrong: "other bits the second time" };
}

/** Every law on one loss, in the order of LOSS_LAWS; `value` is skipped by name where there is no reference. */
export function lossLaws(loss: LossFunction, seed: number): LawReport[] {
  const reference = REFERENCES[loss.name];
  return LOSS_LAWS.map((law) => {
    if (law === "value" && reference === undefined)
      return {
        law,
        ok: null,
        detail: `skipped: no independent reading of "${loss.name}" is written in properties/laws`,
      };
    const stream = randomStream(BigInt(seed), `loss/${law}`);
    return judgeLaw(law, () => {
      if (law === "sum") return sum(loss, stream);
      if (law === "gradient") return gradient(loss, stream);
      if (law === "tail") return tail(loss);
      if (law === "range") return range(loss);
      if (law === "permutation") return permutation(loss, stream);
      return law === "pure" || reference === undefined ? pure(loss, stream) : value(loss, reference, stream);
    });
  });
}
