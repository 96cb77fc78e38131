/** Shrinking: each step is smaller, in the space and still so; what is left is small wherever one starts. */
import { describe, expect, it } from "vitest";
import { type CaseSpace, caseStream } from "../../properties/arbitraries/case.js";
import { DATA_FAMILIES } from "../../properties/arbitraries/data/index.js";
import { INIT_FAMILIES } from "../../properties/arbitraries/initializations/index.js";
import { hunt } from "../../properties/mutants/hunt.js";
import { BRIDGE_MUTANTS, THEOREM_MUTANTS } from "../../properties/mutants/theorems.js";
import { isSmaller, measure } from "../../properties/shrink/measure.js";
import { isInSpace, shrink } from "../../properties/shrink/shrink.js";
import { CONVOLUTIONAL_FLOW, FULLY_CONNECTED_FLOW } from "../../properties/spaces.js";
import type { Case } from "../../src/kernel/case.js";
import { dataFromJSON } from "../../src/kernel/dataset.js";
import { ARCHITECTURES } from "../../src/models/architectures/index.js";
import { decideSeparability } from "../../src/oracle/separability.js";

const WIDE: CaseSpace = {
  ...CONVOLUTIONAL_FLOW,
  networks: ARCHITECTURES.map((architecture) => ({ architecture, vary: true })),
  depths: [1, 3],
  maxDim: 8,
  data: DATA_FAMILIES,
  inits: INIT_FAMILIES,
  losses: ["exponential", "logistic"],
  optimizers: ["normalized-gradient-descent", "gradient-flow"],
};

/** A question about a case that needs no training. */
type Question = (c: Case) => boolean;
const sum = (c: Case): number => c.data.json.X.flat().reduce((s, x) => s + Math.abs(Number(x)), 0);
const QUESTIONS: readonly (readonly [string, Question])[] = [
  ["anything", () => true],
  ["two points and three coordinates", (c) => c.data.json.X.length >= 2 && c.data.shape[0]! >= 3],
  ["depth 2", (c) => c.depth >= 2],
  ["entries with a sum of 5", (c) => sum(c) >= 5],
];

describe("of cases of every family and every network", () => {
  const cases = caseStream(WIDE, 3, 40);

  it.each(QUESTIONS)("while there is %s: smaller at each step, in the space, the same again", async (_, question) => {
    for (const start of cases.filter(question)) {
      const seen: Case[] = [];
      const still = async (c: Case): Promise<true | null> => {
        expect(isInSpace(WIDE, c)).toBe(true);
        if (!question(c)) return null;
        seen.push(c);
        return true;
      };
      const small = await shrink(WIDE, { case: start, result: true as const }, still);
      expect(small.steps).toBe(seen.length);
      for (const [i, c] of seen.entries())
        expect(isSmaller(measure(WIDE, c), measure(WIDE, seen[i - 1] ?? start))).toBe(true);
      expect(question(small.case)).toBe(true);
      const again = await shrink(WIDE, { case: start, result: true as const }, async (c) =>
        question(c) ? true : null,
      );
      expect(again.case).toEqual(small.case);
      // As few points and as small a dimension as the question leaves.
      const [points, dim] = question === QUESTIONS[1]![1] ? [2, 3] : [1, 2];
      expect([small.case.data.json.X.length, small.case.data.shape[0]]).toEqual([points, dim]);
      if (question === QUESTIONS[3]![1]) expect(sum(small.case)).toBe(5);
    }
  });

  it("told to stop, it returns the smallest so far", async () => {
    let left = 4;
    const small = await shrink(
      WIDE,
      { case: cases[0]!, result: true as const },
      async () => true,
      () => left-- <= 0,
    );
    expect(small.steps).toBeLessThanOrEqual(4);
  });
});

describe("of refutations", () => {
  const [l1, , mean] = THEOREM_MUTANTS;
  const bridge = BRIDGE_MUTANTS[0]!.mutant;
  it.each([
    [l1!, FULLY_CONNECTED_FLOW, 1],
    [mean!, FULLY_CONNECTED_FLOW, 2],
    [bridge, CONVOLUTIONAL_FLOW, 1],
  ] as const)("$id: ends at $2 points in the plane with entries up to 2, from every seed", async (mutant, space, points) => {
    for (const seed of [1, 2, 3]) {
      const found = await hunt(mutant, { ...space, data: DATA_FAMILIES }, seed, 40);
      expect(found).not.toBeNull();
      const { data } = found!.case;
      expect(found!.result.verdict).toBe("refuted");
      expect([data.json.X.length, data.shape[0], found!.case.depth, data.json.scale]).toEqual([points, 2, 1, "1"]);
      for (const x of data.json.X.flat()) expect(["0", "1", "2"]).toContain(x);
      expect((await decideSeparability(dataFromJSON(data.json))).kind).toBe("separation");
    }
  });
});
