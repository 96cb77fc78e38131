/** Which theorem speaks of a network: the one that says most, and never one of full-width filters of a network with a kernel. */
import { describe, expect, it } from "vitest";
import { covers, type NetworkOfCase, THEOREMS, theoremFor } from "../../../proofs/index.js";
import { ARCHITECTURES } from "../../../src/models/architectures/index.js";

const named = (network: NetworkOfCase): string => theoremFor(network).id;
const speaking = (network: NetworkOfCase): string[] => THEOREMS.filter((t) => covers(t, network)).map((t) => t.id);

describe("the theorem of a network", () => {
  it("is the one for its depth, then one that names it, then the one for all", () => {
    expect([1, 2, 3].map((depth) => named({ architecture: "convolutional", depth }))).toEqual([
      "conv-fourier-bridge",
      "conv-depth-2-fourier-l1",
      "conv-fourier-bridge",
    ]);
    expect(named({ architecture: "fully-connected", depth: 2 })).toBe("fully-connected-l2");
    expect(named({ architecture: "diagonal", depth: 3 })).toBe("diagonal-bridge");
    for (const architecture of [
      "multi-channel",
      "convolutional-2d",
      "linear-convolutional",
      "residual-diagonal",
      "mine",
    ])
      expect(named({ architecture, depth: 2 })).toBe("homogeneous-kkt");
  });

  it("with a kernel of its own is the one for all alone", () => {
    for (const depth of [1, 2, 3])
      expect(speaking({ architecture: "convolutional", depth, options: { kernel: 2 } })).toEqual(["homogeneous-kkt"]);
    expect(speaking({ architecture: "convolutional", depth: 2, options: {} })).toHaveLength(3);
  });

  it("there is one for every architecture that ships, and one theorem alone speaks of all", () => {
    for (const { name, minimalDepth = 1 } of ARCHITECTURES)
      expect(speaking({ architecture: name, depth: minimalDepth })).toContain("homogeneous-kkt");
    expect(THEOREMS.filter((t) => t.scope.architectures === "any").map((t) => t.id)).toEqual(["homogeneous-kkt"]);
  });
});
