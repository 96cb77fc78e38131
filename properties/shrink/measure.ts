/**
 * How plain a case is, as a list of numbers that are compared in order: points, dimension, depth, width, options, initialization,
 * optimizer, loss, data. A case is made smaller only to one whose list is smaller, so that shrinking ends.
 */
import type { Case, CaseInit } from "../../src/kernel/case.js";
import type { CaseSpace } from "../arbitraries/space.js";
import { lossesOf } from "../arbitraries/space.js";

/** The place of a choice in a list of a space; what is not in it counts as the last. */
const placeOf = <T>(all: readonly T[], one: T): number => (all.includes(one) ? all.indexOf(one) : all.length);

/** |n| + d - 1 of a double n / d in lowest terms, d a power of two: 0 is the plainest, then 1, 2 and a half. */
function costOf(x: number): number {
  let [n, d] = [Math.abs(x), 1];
  while (n % 1 !== 0) [n, d] = [2 * n, 2 * d];
  return n + d - 1;
}

function ofInit(space: CaseSpace, init: CaseInit, seed: string): number[] {
  if (init.kind === "layers") {
    const entries = init.layers.flat(2);
    const cost = entries.reduce((sum, x) => sum + costOf(x), 0);
    return [2, cost, entries.filter((x) => x < 0).length, Number(seed)];
  }
  return [init.layerScales === undefined ? 0 : 1, placeOf(space.initScales, init.scale), Number(seed), 0];
}

export function measure(space: CaseSpace, c: Case): readonly number[] {
  const { scale, X, y } = c.data.json;
  const entries = X.flat().map(Number);
  return [
    X.length,
    c.data.shape[0]!,
    c.depth,
    (c.widths ?? []).reduce((s, w) => s + w, 0),
    space.networks.findIndex((n) => n.architecture.name === c.architecture),
    Object.keys(c.options ?? {}).length,
    Object.values(c.options ?? {})
      .flatMap((value) => (typeof value === "object" ? Object.values(value) : [value]))
      .reduce((s: number, x: number) => s + x, 0),
    ...ofInit(space, c.init, c.seed),
    placeOf(space.optimizers, c.optimizer),
    placeOf(lossesOf(space), c.loss),
    scale.length,
    Number(scale),
    y.filter((label) => label < 0).length,
    entries.reduce((s, x) => s + Math.abs(x), 0),
    entries.filter((x) => x < 0).length,
  ];
}

/** Is the first list smaller than the second, at the first place where they differ? */
export function isSmaller(a: readonly number[], b: readonly number[]): boolean {
  const at = a.findIndex((x, i) => x !== b[i]);
  return at >= 0 && a[at]! < b[at]!;
}
