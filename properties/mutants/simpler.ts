/**
 * The cases one step simpler than a given one: a point less, a coordinate less, a layer less, an entry nearer to 0. A
 * counterexample none of whose simpler cases is one is locally smallest, and what is left of it is all needed.
 */
import type { Case } from "../../src/kernel/case.js";
import type { CaseSpace } from "../arbitraries/case.js";

const without = <T>(list: readonly T[], i: number): T[] => list.filter((_, k) => k !== i);

function withData(c: Case, X: readonly (readonly string[])[], y: readonly number[] = c.data.json.y): Case {
  return { ...c, data: { ...c.data, shape: [X[0]!.length], json: { ...c.data.json, X, y } } };
}

/** An entry at 0, half of it, and one less. */
function nearer(text: string): string[] {
  const x = BigInt(text);
  const one = x > 0n ? 1n : -1n;
  return [...new Set([0n, x / 2n, x - one])].filter((value) => value !== x).map(String);
}

/** Does the network stay what it is in one dimension less? Of options only a kernel says so, if it stays a short one. */
const narrows = ({ options }: Case, D: number): boolean =>
  options === undefined || (Object.keys(options).join() === "kernel" && (options.kernel ?? D) < D - 1);

/** In the order of preference. Networks with layers of their own keep their dimension and depth. */
export function simpler(c: Case, space: CaseSpace): Case[] {
  const { X, y } = c.data.json;
  const D = X[0]!.length;
  const free = c.init.kind === "gaussian";
  const fewer = X.length === 1 ? [] : X.map((_, n) => withData(c, without(X, n), without(y, n)));
  const narrower =
    !free || D <= space.minDim || !narrows(c, D)
      ? []
      : X[0]!.map((_, d) =>
          withData(
            c,
            X.map((row) => without(row, d)),
          ),
        );
  const shallower =
    !free || c.options !== undefined || c.depth <= space.depths[0] ? [] : [{ ...c, depth: c.depth - 1 }];
  const labeled = y.flatMap((label, n) =>
    label === 1
      ? []
      : [
          withData(
            c,
            X,
            y.map((l, k) => (k === n ? 1 : l)),
          ),
        ],
  );
  const smaller = X.flatMap((row, n) =>
    row.flatMap((x, d) =>
      x === "0"
        ? []
        : nearer(x).map((value) =>
            withData(
              c,
              X.map((r, k) => (k === n ? r.map((e, j) => (j === d ? value : e)) : r)),
            ),
          ),
    ),
  );
  return [...fewer, ...narrower, ...shallower, ...smaller, ...labeled];
}
