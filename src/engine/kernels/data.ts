/**
 * The part of a kernel that every network shares, in two readings with the same operations in the same order: margins
 * <z_n, q>, the exponentials e_n = exp(least - margin_n) with their total, and the residual sum_n e_n z_n (not divided by the
 * total: the step is). Each result is one sum in the order of its terms, so two or more results go side by side; least and
 * total are taken over even and odd n first. For N odd the point beyond the last has margin Infinity, so e = 0.
 */
import { exp } from "../../numeric/elementary.js";
import { type Code, each, type Local, type Place, place, s, v, v128 } from "../../numeric/wasm.js";
import { expCode, FLUSHED } from "../../numeric/wasm-exp.js";
import type { Memory } from "./memory.js";
import type { Variable } from "./network.js";

/** Sums kept in registers at a time: beside each lies a product, and there are 16. */
const SUMS = 8;
/** Exponentials at a time. */
const BATCH = 5;

/** finish(i, sum) for each pair i of columns: sum_k c_k matrix_k, for a matrix of `count` rows of `width` doubles. */
export function combinationCode(
  variable: Variable,
  { count, width, c, matrix }: { count: number; width: number; c: number; matrix: number },
  finish: (i: number, sum: Code) => Code,
): Code {
  const factor = variable(v128);
  const parts = Math.ceil(width / 2 / SUMS);
  const edge = (part: number): number => Math.floor(((width / 2) * part) / parts);
  return Array.from({ length: parts }, (_, part) => {
    const from = edge(part);
    const sums = Array.from({ length: edge(part + 1) - from }, () => variable(v128));
    return [
      sums.map((sum) => sum.set(v.of(0))),
      each(variable, count, [8, 8 * width], 1, (ofC, ofRow) => [
        factor.set(v.loadSplat(ofC(place(8 * c)))),
        sums.map((sum, i) =>
          sum.set(v.add(sum.get, v.mul(factor.get, v.load(ofRow(place(8 * matrix + 16 * (from + i))))))),
        ),
      ]),
      sums.map((sum, i) => finish(from + i, sum.get)),
    ];
  });
}

/** out = sum_k c_k matrix_k. */
export function combine(x: Float64Array, count: number, width: number, c: number, matrix: number, out: number): void {
  for (let i = 0; i < width; i++) x[out + i] = 0;
  for (let k = 0, at = matrix; k < count; k++) {
    const factor = x[c + k]!;
    for (let i = 0; i < width; i++, at++) x[out + i] = x[out + i]! + factor * x[at]!;
  }
}

const pair =
  (start: number) =>
  (i: number): Place =>
    place(8 * start + 16 * i);

export function marginsCode(m: Memory, variable: Variable): Code {
  const last = m.points / 2 - 1;
  const margin = pair(m.margins);
  return combinationCode(variable, { count: m.slots, width: m.points, c: m.q, matrix: m.columns }, (i, sum) =>
    v.store(margin(i), i === last && m.N % 2 === 1 ? v.withLane(sum, 1, s.of(Infinity)) : sum),
  );
}

export function margins(x: Float64Array, m: Memory): void {
  combine(x, m.slots, m.points, m.q, m.columns, m.margins);
  if (m.N % 2 === 1) x[m.margins + m.N] = Infinity;
}

export function residualCode(m: Memory, variable: Variable): Code {
  return combinationCode(variable, { count: m.N, width: m.slots, c: m.weights, matrix: m.rows }, (i, sum) =>
    v.store(pair(m.residual)(i), sum),
  );
}

export function residual(x: Float64Array, m: Memory): void {
  combine(x, m.N, m.slots, m.weights, m.rows, m.residual);
}

/** From margins to weights e_n, least and total. */
export function weightsCode(m: Memory, variable: Variable): Code {
  const [least, total] = [variable(v128), variable(v128)];
  const pairs = m.points / 2;
  const swapped = (x: Local): Code => v.join(x.get, 1, x.get, 0);
  const es = Array.from({ length: BATCH }, () => variable(v128));
  const batch = (size: number, at: (start: number) => Place): Code => [
    es.slice(0, size).map((e, i) => e.set(v.sub(least.get, v.load(at(m.margins + 2 * i))))),
    expCode(variable, es.slice(0, size)),
    es.slice(0, size).map((e, i) => [v.store(at(m.weights + 2 * i), e.get), total.set(v.add(total.get, e.get))]),
  ];
  // Batches of one size, the last smaller.
  const size = Math.ceil(pairs / Math.ceil(pairs / BATCH));
  const whole = Math.floor(pairs / size);
  return [
    least.set(v.load(pair(m.margins)(0))),
    pairs === 1
      ? []
      : each(variable, pairs - 1, [16], 4, (of) => least.set(v.lesser(least.get, v.load(of(pair(m.margins)(1)))))),
    least.set(v.lesser(least.get, swapped(least))),
    least.set(v.splat(v.lane(least.get, 0))),
    s.store(place(8 * m.least), v.lane(least.get, 0)),
    total.set(v.of(0)),
    each(variable, whole, [16 * size], 2, (of) => batch(size, (start) => of(place(8 * start)))),
    pairs > whole * size ? batch(pairs - whole * size, (start) => place(8 * (start + 2 * whole * size))) : [],
    s.store(place(8 * m.total), v.lane(v.add(total.get, swapped(total)), 0)),
  ];
}

export function weights(x: Float64Array, m: Memory): void {
  let [even, odd] = [x[m.margins]!, x[m.margins + 1]!];
  for (let n = 2; n < m.points; n += 2) {
    if (x[m.margins + n]! < even) even = x[m.margins + n]!;
    if (x[m.margins + n + 1]! < odd) odd = x[m.margins + n + 1]!;
  }
  const least = odd < even ? odd : even;
  even = 0;
  odd = 0;
  for (let n = 0; n < m.points; n++) {
    const t = least - x[m.margins + n]!;
    const e = t < FLUSHED ? 0 : exp(t);
    x[m.weights + n] = e;
    if (n % 2 === 0) even += e;
    else odd += e;
  }
  x[m.least] = least;
  x[m.total] = even + odd;
}
