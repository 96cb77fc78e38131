/** Dimensions are checked once, with a sentence that says what was expected and what was given. */
import { describe, expect, it } from "vitest";
import { UseError } from "../../../src/kernel/use-error.js";
import type { Dimensions } from "../../../src/models/architecture.js";
import { ARCHITECTURES } from "../../../src/models/architectures/index.js";
import { byName } from "../../../src/models/by-name.js";

const CASES: readonly (readonly [string, Dimensions, string])[] = [
  ["linear", { dim: 2, depth: 1, kernel: 2 }, "linear: has no kernel, got 2"],
  ["diagonal", { dim: 2, depth: 1, channels: { out: 3, in: 2 } }, "diagonal: has no channels, got 3 out, 2 in"],
  ["diagonal", { dim: 2, depth: 2, widths: [3, 4] }, "diagonal: has no hidden widths, got 3,4"],
  ["fully-connected", { dim: 2, depth: 2, filters: [1, 2] }, "fully-connected: has no filter lengths, got 1,2"],
  ["convolutional", { dim: 4, depth: 2, shape: [2, 2] }, "convolutional: has no shape, got 2,2"],
  ["convolutional", { dim: 4, depth: 2, kernel: 5 }, "convolutional: expected a kernel of at most 4, the width, got 5"],
  ["convolutional", { dim: 4, depth: 2, kernel: 0 }, "convolutional: expected kernel to be a positive integer, got 0"],
  [
    "convolutional",
    { dim: 9000, depth: 9000, kernel: 1 },
    "convolutional: expected at most 1000000 parameters, got 81000000",
  ],
  ["convolutional-2d", { dim: 4, depth: 2 }, "convolutional-2d: expected shape, got none"],
  ["convolutional-2d", { dim: 4, depth: 2, shape: [4] }, "convolutional-2d: expected a shape of two sizes, got 4"],
  [
    "convolutional-2d",
    { dim: 6, depth: 2, shape: [2, 2] },
    "convolutional-2d: expected a shape whose product is the dim 6, got 2x2",
  ],
  [
    "convolutional-2d",
    { dim: 4, depth: 2, shape: [-2, -2] },
    "convolutional-2d: expected a shape whose product is the dim 4, got -2x-2",
  ],
  ["multi-channel", { dim: 4, depth: 1 }, "multi-channel: expected depth 2, got 1"],
  ["multi-channel", { dim: 4, depth: 3 }, "multi-channel: expected depth 2, got 3"],
  [
    "multi-channel",
    { dim: 5, depth: 2, channels: { out: 1, in: 2 } },
    "multi-channel: expected a dim that is a multiple of the 2 input channels, got 5",
  ],
  [
    "multi-channel",
    { dim: 6, depth: 2, kernel: 4, channels: { out: 1, in: 2 } },
    "multi-channel: expected a kernel of at most 3, the width, got 4",
  ],
  [
    "multi-channel",
    { dim: 6, depth: 2, channels: { out: 0.5, in: 2 } },
    "multi-channel: expected the number of hidden channels to be a positive integer, got 0.5",
  ],
  [
    "multi-channel",
    { dim: 6, depth: 2, channels: { out: 1e6, in: 2 } },
    "multi-channel: expected at most 1000000 parameters, got 9000000",
  ],
  ["linear-convolutional", { dim: 3, depth: 2 }, "linear-convolutional: expected filter lengths, got none"],
  ["residual-diagonal", { dim: 3, depth: 3 }, "residual-diagonal: expected depth 2, got 3"],
  ["diagonal", { dim: 1, depth: 1e9 }, "diagonal: expected at most 1000000 parameters, got 1000000000"],
];

describe("dimensions", () => {
  it.each(CASES)("of %s, %j: %s", (name, dimensions, sentence) => {
    const build = () => byName("architecture", ARCHITECTURES, name).build(dimensions);
    expect(build).toThrow(UseError);
    expect(build).toThrow(sentence);
  });
});
