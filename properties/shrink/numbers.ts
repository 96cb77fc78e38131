/**
 * Smaller cases by numbers: a plainer initialization, optimizer and loss, a plainer scale and labels of the data, smaller integers.
 * Numbers go to 0, to their absolute value, to a half and to the next one, in this order.
 */
import type { Case, CaseInit } from "../../src/kernel/case.js";
import type { CaseSpace } from "../arbitraries/space.js";
import { lossesOf } from "../arbitraries/space.js";
import { withData } from "./structure.js";

/** Seeds that a reader may try by hand. */
const SEEDS = ["0", "1", "2", "3"];

function* plainerEntries(layers: readonly (readonly (readonly number[])[])[]): Generator<CaseInit> {
  const all = (f: (x: number) => number): CaseInit => ({
    kind: "layers",
    layers: layers.map((layer) => layer.map((row) => row.map((x) => f(x) + 0))),
  });
  const peakOf = (rows: readonly (readonly number[])[]): number =>
    rows.flat().reduce((most, x) => Math.max(most, Math.abs(x)), 0) || 1;
  yield all((x) => x / peakOf(layers.flat()));
  for (const [l, layer] of layers.entries())
    yield {
      kind: "layers",
      layers: layers.map((one, i) => (i === l ? one.map((row) => row.map((x) => x / peakOf(layer) + 0)) : one)),
    };
  for (const times of [256, 16, 4, 2]) yield all((x) => x * times);
  for (const grain of [1, 2, 4, 8]) yield all((x) => Math.round(x * grain) / grain);
  yield all((x) => -x);
  const set = (l: number, r: number, d: number, to: number): CaseInit => ({
    kind: "layers",
    layers: layers.map((layer, i) =>
      i !== l ? layer : layer.map((row, j) => (j !== r ? row : row.map((x, k) => (k === d ? to + 0 : x)))),
    ),
  });
  for (const [l, layer] of layers.entries())
    for (const [r, row] of layer.entries())
      for (const [d, x] of row.entries())
        for (const to of [0, 1, Math.abs(x), Math.round(x), Math.round(2 * x) / 2, Math.round(4 * x) / 4])
          if (to !== x) yield set(l, r, d, to);
  // Two entries of a row at once, their sum kept: what a sum forbids stays forbidden.
  for (const [l, layer] of layers.entries())
    for (const [r, row] of layer.entries())
      for (const [d, x] of row.entries())
        for (const e of row.keys())
          if (e !== d && x !== 0) {
            const moved = row.map((value, k) => (k === d ? 0 : k === e ? value + x : value));
            yield {
              kind: "layers",
              layers: layers.map((one, i) => (i !== l ? one : one.map((other, j) => (j === r ? moved : other)))),
            };
          }
}

export function* plainerInit(c: Case, space: CaseSpace): Generator<Case> {
  const { init } = c;
  const [plainest = 1] = space.initScales;
  if (init.kind === "layers") {
    for (const seed of SEEDS) yield { ...c, init: { kind: "gaussian", scale: plainest }, seed };
    if (c.seed !== "0") yield { ...c, seed: "0" };
    for (const layers of plainerEntries(init.layers)) yield { ...c, init: layers };
    return;
  }
  for (const scale of [...space.initScales, init.scale])
    for (const seed of [c.seed, ...SEEDS]) {
      if (init.layerScales !== undefined) yield { ...c, init: { ...init, scale }, seed };
      yield { ...c, init: { kind: "gaussian", scale }, seed };
    }
}

export function* plainerMeans(c: Case, space: CaseSpace): Generator<Case> {
  for (const optimizer of space.optimizers) yield { ...c, optimizer };
  for (const loss of lossesOf(space)) yield { ...c, loss };
}

/** The greatest common divisor of a list of integers. */
function divisor(all: readonly bigint[]): bigint {
  return all.reduce((g, x) => {
    let [a, b] = [g, x < 0n ? -x : x];
    while (b !== 0n) [a, b] = [b, a % b];
    return a;
  }, 0n);
}

export function* smallerNumbers(c: Case): Generator<Case> {
  const { json } = c.data;
  const X = json.X.map((row) => row.map(BigInt));
  const withRows = (rows: readonly (readonly bigint[])[], rest: Partial<typeof json> = {}): Case =>
    withData(c, { ...rest, X: rows.map((row) => row.map(String)) });
  if (json.scale !== "1") yield withRows(X, { scale: "1" });
  for (const [n, label] of json.y.entries())
    if (label < 0)
      yield withRows(
        X.map((row, i) => (i === n ? row.map((x) => -x) : row)),
        { y: json.y.map((y, i) => (i === n ? 1 : y)) },
      );
  const common = divisor(X.flat());
  if (common > 1n) yield withRows(X.map((row) => row.map((x) => x / common)));
  for (const by of [1000n, 100n, 10n, 4n, 2n]) yield withRows(X.map((row) => row.map((x) => x / by)));
  yield withRows(X.map((row) => row.map((x) => -x)));
  for (let d = 0; d < (X[0]?.length ?? 0); d++) yield withRows(X.map((row) => row.map((x, k) => (k === d ? -x : x))));
  for (const [n, row] of X.entries())
    for (const [d, x] of row.entries()) {
      const toward = x > 0n ? x - 1n : x + 1n;
      for (const to of new Set([0n, 1n, x < 0n ? -x : x, x / 10n, x / 2n, toward]))
        if (to !== x) yield withRows(X.map((r, i) => (i === n ? r.map((v, k) => (k === d ? to : v)) : r)));
    }
}
