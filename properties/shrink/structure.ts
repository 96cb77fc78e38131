/**
 * Smaller cases by structure: without a point, a coordinate, a layer; narrower; of plainer options. Layers that are given go along:
 * a coordinate is left out of them or added to its neighbor, which keeps the sum, so that what a planted one forbids may stay
 * forbidden. Whether a network of these dimensions exists is for its architecture to say.
 */
import type { Case, CaseInit, CaseOptions } from "../../src/kernel/case.js";

const without = <T>(all: readonly T[], at: number): T[] => all.filter((_, i) => i !== at);
const indices = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

/** A half, a quarter, ..., one at a time, of the last ones first. */
function* parts(n: number): Generator<readonly number[]> {
  for (let size = n >> 1; size >= 1; size >>= 1)
    for (let from = n - size; from > -size; from -= size) {
      const part = indices(n).filter((i) => i >= from && i < from + size);
      if (part.length < n) yield part;
    }
}

export const withData = (c: Case, json: Partial<Case["data"]["json"]>): Case => ({
  ...c,
  data: { ...c.data, json: { ...c.data.json, ...json } },
});

/** Without some of the points, or with the sum of two in their place, which is as separable as they are. */
export function* fewerPoints(c: Case): Generator<Case> {
  const { X, y } = c.data.json;
  for (const part of parts(X.length)) {
    const keep = <T>(all: readonly T[]): T[] => all.filter((_, n) => !part.includes(n));
    yield withData(c, { X: keep(X), y: keep(y) });
  }
  for (const [n, row] of X.entries())
    for (let k = n + 1; k < X.length; k++) {
      const sign = y[n] === y[k] ? 1n : -1n;
      const sum = row.map((x, d) => String(BigInt(x) + sign * BigInt(X[k]![d]!)));
      yield withData(c, { X: without(X, k).map((r, i) => (i === n ? sum : r)), y: without(y, k) });
    }
}

/** Rows of the layers without some of their entries: left out, or added to the entry that follows. */
function narrowed(init: CaseInit, D: number, part: readonly number[], add: boolean): CaseInit {
  if (init.kind !== "layers") return init;
  return {
    kind: "layers",
    layers: init.layers.map((layer) =>
      layer.map((row) => {
        if (row.length !== D) return row;
        const out = [...row];
        if (add)
          for (const d of part) {
            const to = indices(D).find((i) => !part.includes(i) && i > d) ?? indices(D).find((i) => !part.includes(i))!;
            out[to] = out[to]! + row[d]!;
          }
        return out.filter((_, d) => !part.includes(d));
      }),
    ),
  };
}

/** The options of a network of dim D as those of one of dim `to`, as far as that is to be guessed. */
function* optionsFor(options: CaseOptions | undefined, to: number): Generator<CaseOptions | undefined> {
  if (options === undefined) {
    yield undefined;
    return;
  }
  const { kernel, channels, shape, filters, ...rest } = options;
  const inputs = channels === undefined || to % channels.in === 0 ? channels : { ...channels, in: 1 };
  const common: CaseOptions = {
    ...rest,
    ...(inputs === undefined ? {} : { channels: inputs }),
    ...(kernel === undefined ? {} : { kernel: Math.min(kernel, Math.floor(to / (inputs?.in ?? 1))) }),
  };
  if (filters !== undefined) {
    const excess = filters.reduce((s, k) => s + k - 1, 1) - to;
    for (const [l, k] of filters.entries())
      if (k > excess) yield { ...common, filters: filters.map((x, i) => (i === l ? x - excess : x)) };
  } else if (shape !== undefined) {
    for (const h of indices(to + 1)) if (h > 0 && to % h === 0) yield { ...common, shape: [h, to / h] };
  } else yield common;
}

const withOptions = (c: Case, options: CaseOptions | undefined): Case => {
  const { options: _, ...rest } = c;
  return options === undefined || Object.keys(options).length === 0 ? rest : { ...rest, options };
};

export function* fewerCoordinates(c: Case): Generator<Case> {
  const D = c.data.shape[0]!;
  const { X } = c.data.json;
  const keeping = (part: readonly number[]): string[][] => X.map((row) => row.filter((_, d) => !part.includes(d)));
  const merged = (d: number): string[][] =>
    X.map((row) =>
      without(
        row.map((x, k) => (k === (d + 1) % D ? String(BigInt(x) + BigInt(row[d]!)) : x)),
        d,
      ),
    );
  const ways = [
    ...[...parts(D)].map((part) => ({ part, rows: keeping(part) })),
    ...(D > 1 ? indices(D).map((d) => ({ part: [d], rows: merged(d) })) : []),
  ];
  for (const { part, rows } of ways) {
    const data = { ...c.data, shape: [D - part.length], json: { ...c.data.json, X: rows } };
    for (const options of optionsFor(c.options, D - part.length))
      for (const add of c.init.kind === "layers" ? [true, false] : [false])
        yield withOptions({ ...c, data, init: narrowed(c.init, D, part, add) }, options);
  }
}

function shallower(c: Case, at: number): Case {
  const { init, options, widths } = c;
  const depth = c.depth - 1;
  const filters = options?.filters;
  const cut = <T>(all: readonly T[]): T[] => without(all, Math.min(at, all.length - 1));
  return withOptions(
    {
      ...c,
      depth,
      widths: depth === 1 || widths === null ? null : widths.length > 1 ? cut(widths) : widths,
      init:
        init.kind === "layers"
          ? { kind: "layers", layers: cut(init.layers) }
          : { ...init, ...(init.layerScales === undefined ? {} : { layerScales: cut(init.layerScales) }) },
    },
    // The filters that remain are to be as long together as before.
    filters === undefined
      ? options
      : { ...options, filters: cut(filters).map((k, l) => (l === 0 ? k + filters[Math.min(at, depth)]! - 1 : k)) },
  );
}

/** Rows with entries 0, 1 and 2, those with the smallest sum first. */
function plainRows(D: number): number[][] {
  let rows: number[][] = [[]];
  for (let d = 0; d < D; d++) rows = [2, 1, 0].flatMap((x) => rows.map((row) => [...row, x]));
  const sum = (row: readonly number[]): number => row.reduce((a, b) => a + b, 0);
  return rows.filter((row) => sum(row) > 0).sort((a, b) => sum(a) - sum(b));
}

/** The plainest cases that there are: one point with entries 0, 1 and 2, at the least depth, else at this one. */
export function* plainest(c: Case, { minDim }: { readonly minDim: number }): Generator<Case> {
  const D = Math.max(2, minDim);
  if (c.init.kind === "layers" || c.options !== undefined || D > 3) return;
  for (let least: Case | null = c; least !== null; least = least.depth > 1 ? shallower(least, 0) : null) {
    if (least !== c && least.depth > 1) continue;
    for (const row of plainRows(D))
      yield { ...least, data: { ...c.data, shape: [D], json: { scale: "1", X: [row.map(String)], y: [1] } } };
  }
}

export function* fewerLayers(c: Case): Generator<Case> {
  if (c.depth === 1) return;
  let least = c;
  while (least.depth > 1) least = shallower(least, 0);
  yield least;
  for (const l of indices(c.depth)) yield shallower(c, l);
}

export function* narrower(c: Case): Generator<Case> {
  for (const [i, w] of (c.widths ?? []).entries())
    for (const to of [1, w >> 1, w - 1])
      if (to >= 1 && to < w && c.init.kind !== "layers")
        yield { ...c, widths: c.widths!.map((x, l) => (l === i ? to : x)) };
}

export function* plainerOptions(c: Case): Generator<Case> {
  const { options } = c;
  if (options === undefined) return;
  for (const name of Object.keys(options) as (keyof CaseOptions)[]) {
    const { [name]: _, ...rest } = options;
    yield withOptions(c, rest);
  }
  const { kernel, channels } = options;
  for (const to of kernel === undefined ? [] : [1, kernel >> 1, kernel - 1])
    if (to >= 1) yield withOptions(c, { ...options, kernel: to });
  if (channels !== undefined)
    for (const to of [
      { out: 1, in: 1 },
      { ...channels, out: 1 },
      { ...channels, out: channels.out - 1 },
    ])
      if (to.out >= 1) yield withOptions(c, { ...options, channels: to });
}
