/**
 * Initializations and data whose symmetry the flow keeps for ever and rounding breaks: the engine must not give the limit of the
 * broken run. What the flow does is known by the symmetry itself, in the comment of each case. And balanced layers, small
 * starts and saddles on which coarse steps agree with each other and not with the flow.
 */
import { describe, expect, it } from "vitest";
import { isBalanced } from "../../../src/engine/balanced.js";
import { fullyConnected } from "../../../src/models/architectures/fully-connected.js";
import { angle } from "../../../src/numeric/vec.js";
import { limitCase, limitOf, NETWORKS, type NetworkName, rowsOf } from "./limit-cases.js";

function of(
  name: NetworkName,
  depth: number,
  rows: readonly (readonly number[])[],
  layers: readonly (readonly number[])[],
) {
  const P = NETWORKS[name].build({ dim: rows[0]!.length, depth });
  return limitOf({ P, data: rowsOf(rows), init: Float64Array.from(layers.flat()) }, { eta: Number.POSITIVE_INFINITY });
}

describe("symmetries that the flow keeps", () => {
  it.each([
    // Palindromic filters, mirrored points: the complex block stays real and below 0; the true limit is the constant.
    [
      "convolutional",
      2,
      [
        [3, 0, -2],
        [3, -2, 0],
      ],
      [
        [3, 1, 1],
        [0, 2, 2],
      ],
    ],
    // Coordinates 1 and 2 are swapped by a permutation of the layers: b_1 = b_2 for ever.
    [
      "diagonal",
      3,
      [
        [2, 2, 1],
        [1, 1, 3],
      ],
      [
        [1, 2, 1],
        [2, 3, 2],
        [3, 1, 3],
      ],
    ],
    [
      "diagonal",
      4,
      [[1, 1]],
      [
        [1, 2],
        [2, 3],
        [3, 1],
        [5, 5],
      ],
    ],
    // All blocks are alike up to the order of the layers: the limit is along x.
    [
      "convolutional",
      3,
      [[-1, -1, -1, 4, -1]],
      [
        [2, 1, 1, 1, 1],
        [1, 3, 1, 1, 1],
        [1, 1, 4, 1, 1],
      ],
    ],
  ] as const)("%s, depth %i: undecided, not the limit of rounding", (name, depth, rows, layers) => {
    const r = of(name, depth, rows, layers);
    expect(r.beta).toBeNull();
    expect(r.stop).toMatch(/^(structure|basin)-undecided$/);
  });

  it("a generic start on the same data reaches a limit", () => {
    for (const seed of [1, 2, 3]) {
      const { P, init } = limitCase("convolutional", 3, 2, 2, seed);
      const r = limitOf({
        P,
        data: rowsOf([
          [3, 0, -2],
          [3, -2, 0],
        ]),
        init,
      });
      expect(r.stop).toBe("goal-met");
      // The best of all is unique here, and the same from every generic start.
      expect(angle(r.beta!, Float64Array.of(0.25, -0.125, -0.125))).toBeLessThan(1e-9);
    }
  });
});

describe("balanced layers of a fully connected network", () => {
  const P = fullyConnected.build({ dim: 1, depth: 3, widths: [2] });
  const balanced = Float64Array.of(15, 20, 9, 12, 12, 16, 15, 20);

  it("are seen, and nothing else is", () => {
    expect(isBalanced(P, balanced)).toBe(true);
    expect(
      isBalanced(
        P,
        balanced.map((x, i) => (i === 2 ? x + 1e-6 : x)),
      ),
    ).toBe(false);
    expect(isBalanced(fullyConnected.build({ dim: 2, depth: 1 }), Float64Array.of(1, 2))).toBe(false);
    const random = limitCase("fully-connected", 4, 2, 3, 5);
    expect(isBalanced(random.P, random.init)).toBe(false);
  });

  it("cannot cross 0: beta = a^3 > 0 for ever, whatever the data ask for", () => {
    const against = limitOf({ P, data: rowsOf([[-1]]), init: balanced });
    expect([against.stop, against.beta]).toEqual(["structure-undecided", null]);
    const along = limitOf({ P, data: rowsOf([[1]]), init: balanced });
    expect(along.stop).toBe("goal-met");
    expect(along.beta![0]).toBeCloseTo(1, 12);
  });
});
