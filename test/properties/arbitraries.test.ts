/** What case spaces draw: networks that can be built, of every architecture, within the space; the same from the same seed. */
import { describe, expect, it } from "vitest";
import { type CaseSpace, caseStream } from "../../properties/arbitraries/case.js";
import { drawOf } from "../../properties/arbitraries/draw.js";
import { drawNetwork } from "../../properties/arbitraries/network.js";
import { FULLY_CONNECTED_FLOW } from "../../properties/spaces.js";
import { ARCHITECTURES } from "../../src/models/architectures/index.js";

const SIZES = { minDim: 2, maxDim: 9, depths: [1, 3] } as const;

describe.each(ARCHITECTURES.map((a) => [a.name, a] as const))("networks of %s", (name, architecture) => {
  it("are built, within the space, with every option that it takes", () => {
    const seen = new Set<string>();
    for (let seed = 0n; seed < 60n; seed++) {
      const network = drawNetwork([{ architecture, vary: true }], SIZES, drawOf(seed, "test"));
      const { dim, depth, widths, options } = network;
      const P = architecture.build({ dim, depth, ...(widths === null ? {} : { widths }), ...options });
      expect([P.architecture, P.dimensions.dim, P.dimensions.depth]).toEqual([name, dim, depth]);
      expect(dim).toBeGreaterThanOrEqual(SIZES.minDim);
      expect(dim).toBeLessThanOrEqual(SIZES.maxDim);
      for (const option of Object.keys(options ?? {})) seen.add(option);
      if (widths !== null) seen.add("widths");
    }
    for (const [option, use] of Object.entries(architecture.uses ?? {}))
      if (option !== "strides") expect(use === undefined || seen.has(option)).toBe(true);
    expect(seen.has("widths")).toBe(architecture.usesWidths);
  });
});

it("a space of several networks draws each, options held where they are given, the same from the same seed", () => {
  const named = (name: string) => ARCHITECTURES.find((a) => a.name === name)!;
  const space: CaseSpace = {
    ...FULLY_CONNECTED_FLOW,
    networks: [
      { architecture: named("linear") },
      { architecture: named("convolutional"), options: { kernel: 3 }, depths: [2, 2] },
      { architecture: named("multi-channel"), vary: true },
    ],
  };
  const cases = caseStream(space, 5, 60);
  expect(new Set(cases.map((c) => c.architecture))).toEqual(new Set(["linear", "convolutional", "multi-channel"]));
  for (const c of cases.filter((one) => one.architecture === "convolutional"))
    expect([c.options?.kernel, c.depth]).toEqual([3, 2]);
  expect(caseStream(space, 5, 60)).toEqual(cases);
});
