/** The small simplex method of proposals: known programmes, what has no bound, and proposals that exact numbers accept. */
import { test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { Tableau } from "../../../src/oracle/fast-simplex.js";
import { proposeTight } from "../../../src/oracle/lp-support.js";
import { dataset, separableData, touchingData } from "./data.js";

const INFINITE = Number.POSITIVE_INFINITY;

/** max <cost, x> s.t. T x <= high in the rows, 0 <= x <= top. */
function best(T: number[][], cost: number[], high: number[], top: number[]): { ended: boolean; x: number[] } {
  const [m, n] = [T.length, cost.length];
  const x = new Float64Array(n + m);
  const ended = new Tableau({
    ...{ m, n, x, T: Float64Array.from(T.flat()), cost: Float64Array.from(cost) },
    low: new Float64Array(n + m).fill(-INFINITE, n),
    high: Float64Array.from([...top, ...high]),
  }).maximize();
  return { ended, x: [...x.subarray(0, n)] };
}

describe("Tableau", () => {
  it("finds a corner", () => {
    const corner = [
      [1, 2],
      [3, 1],
    ];
    const { ended, x } = best(corner, [1, 1], [4, 6], [INFINITE, INFINITE]);
    expect(ended).toBe(true);
    expect(x[0]).toBeCloseTo(1.6, 12);
    expect(x[1]).toBeCloseTo(1.2, 12);
  });

  it("stops columns at bounds of their own", () => {
    expect(best([[1, 1]], [2, 1], [10], [3, 4])).toEqual({ ended: true, x: [3, 4] });
  });

  it("says where nothing bounds the objective", () => {
    expect(best([[1, -1]], [1, 1], [1], [INFINITE, INFINITE]).ended).toBe(false);
  });
});

describe("proposeTight", () => {
  it.each(["l1", "linf"] as const)("%s: as many points as unknowns", (R) => {
    const data = dataset(
      [
        [3n, 1n, -2n],
        [1n, 4n, 1n],
        [2n, -1n, 5n],
        [1n, 1n, 1n],
      ],
      [1, 1, 1, 1],
    );
    const { carriers, own } = proposeTight(R, data)!;
    expect(carriers.length).toBe(own.length + (R === "linf" ? 1 : 0));
  });

  test.prop([separableData])("squares, also where optima are degenerate", (data) => {
    for (const R of ["l1", "linf"] as const) {
      const tight = proposeTight(R, data);
      expect(tight === null ? 0 : tight.carriers.length - tight.own.length).toBe(
        tight !== null && R === "linf" ? 1 : 0,
      );
    }
  });

  test.prop([touchingData])("nothing, or what exact numbers refuse, where points touch", (data) => {
    for (const R of ["l1", "linf"] as const) expect(() => proposeTight(R, data)).not.toThrow();
  });

  it("nothing beyond the sizes of doubles, or of a zero row", () => {
    expect(proposeTight("l1", dataset([[10n ** 200n, 1n]], [1]))).toBeNull();
    expect(proposeTight("linf", dataset([[0n, 0n]], [1]))).toBeNull();
  });
});
