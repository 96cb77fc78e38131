/** What case spaces draw: networks that can be built, of every architecture, within the space; the same from the same seed. */
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CaseSpace, caseStream, casesInTurn, drawnStream } from "../../properties/arbitraries/case.js";
import { list } from "../../properties/arbitraries/data/define.js";
import { DATA_FAMILIES } from "../../properties/arbitraries/data/index.js";
import { drawOf } from "../../properties/arbitraries/draw.js";
import { caseArbitrary } from "../../properties/arbitraries/fast-check.js";
import { INIT_FAMILIES } from "../../properties/arbitraries/initializations/index.js";
import { drawNetwork } from "../../properties/arbitraries/network.js";
import { isInSpace } from "../../properties/shrink/shrink.js";
import { CONVOLUTIONAL_FLOW, FULLY_CONNECTED_FLOW } from "../../properties/spaces.js";
import { judge } from "../../src/certify/judge.js";
import { dataFromJSON } from "../../src/kernel/dataset.js";
import { ARCHITECTURES } from "../../src/models/architectures/index.js";
import { datasetFromBytes } from "../../src/models/data/load.js";
import { decideSeparability } from "../../src/oracle/separability.js";

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

describe.each(DATA_FAMILIES.map((f) => [f.name, f] as const))("data of the family %s", (_, family) => {
  it("are separable with an exact certificate, integers of the size asked for, and not all alike", async () => {
    const seen = new Set<string>();
    for (const [points, dim] of [
      [1, 1],
      [1, 2],
      [2, 2],
      [3, 2],
      [5, 3],
      [10, 8],
      [8, 16],
      [8, 15],
    ] as const)
      for (let seed = 0n; seed < 12n; seed++) {
        const { scale, X, y } = family.draw(drawOf(seed, `${points}/${dim}`), { points, dim, maxEntry: 20 });
        expect([X.length, y.length]).toEqual([points, points]);
        expect(X.every((row) => row.length === dim && row.every((x) => Number.isSafeInteger(x)))).toBe(true);
        const json = { scale: String(scale), X: X.map((row) => row.map(String)), y: [...y] };
        const certificate = await decideSeparability(dataFromJSON(json));
        expect(certificate.kind).toBe("separation");
        expect(judge(certificate)).toMatchObject({ accepted: true });
        seen.add(JSON.stringify(X));
      }
    expect(seen.size).toBeGreaterThan(60);
  });
});

it.each([
  ["digits", "digit", "1"],
  ["wdbc", "diagnosis", "malignant"],
] as const)("rows of %s are rows of the shipped file", (name, label, positive) => {
  const family = DATA_FAMILIES.find((f) => f.name === name)!;
  const file = `${name}.csv`;
  const bytes = readFileSync(new URL(`../../src/models/data/shipped/${file}`, import.meta.url));
  const { dataset } = datasetFromBytes(bytes, { file, name, label, positive });
  // Columns are in units of a power of ten: the digits of a number tell it.
  const digitsOf = (x: number): string => x.toExponential(5).replace(/e.*/, "");
  const shipped = dataset.X.map((row) => new Set(row.map((x) => digitsOf(Number(x) / Number(dataset.scale)))));
  for (let seed = 0n; seed < 20n; seed++) {
    const { X, scale } = family.draw(drawOf(seed, "rows"), { points: 4, dim: 6, maxEntry: 20 });
    for (const row of X) {
      const values = row.slice(0, -1).map((x) => digitsOf(x / scale));
      expect(row[5]! / scale).toBe(1);
      expect(shipped.some((all) => values.every((x) => all.has(x)))).toBe(true);
    }
  }
});

const named = (name: string) => ARCHITECTURES.find((a) => a.name === name)!;
const WIDE: CaseSpace = {
  ...CONVOLUTIONAL_FLOW,
  networks: [{ architecture: named("convolutional") }, { architecture: named("diagonal") }],
  data: DATA_FAMILIES,
  inits: INIT_FAMILIES,
  losses: ["exponential", "logistic"],
  optimizers: ["normalized-gradient-descent", "gradient-flow"],
};

it("every family of a space is drawn in some per cent of its cases, and the stream is a function of the seed", () => {
  const drawn = drawnStream(WIDE, 11, 1000);
  const share = (holds: (d: (typeof drawn)[number]) => boolean): number => drawn.filter(holds).length / drawn.length;
  for (const { name } of DATA_FAMILIES) expect(share((d) => d.data === name)).toBeGreaterThan(0.03);
  // At depth 2, which has all of them.
  const { length } = drawn.filter((d) => d.case.depth === 2);
  const atTwo = (name: string): number => drawn.filter((d) => d.case.depth === 2 && d.init === name).length / length;
  for (const { name } of INIT_FAMILIES) expect(atTwo(name)).toBeGreaterThan(0.05);
  for (const loss of WIDE.losses!) expect(share((d) => d.case.loss === loss)).toBeGreaterThan(0.4);
  for (const optimizer of WIDE.optimizers) expect(share((d) => d.case.optimizer === optimizer)).toBeGreaterThan(0.4);
  for (const d of drawn) expect(isInSpace(WIDE, d.case)).toBe(true);
  expect(drawnStream(WIDE, 11, 1000)).toEqual(drawn);
  // A longer stream begins with a shorter one, so that shards and budgets cut the same cases.
  expect(caseStream(WIDE, 11, 10)).toEqual(drawn.slice(0, 10).map((d) => d.case));
  expect(new Set(drawn.map((d) => JSON.stringify(d.case))).size).toBe(1000);
  expect(drawnStream(WIDE, 12, 20)).not.toEqual(drawn.slice(0, 20));
});

it("as an arbitrary of fast-check it is in the space and shrinks to a plain case", () => {
  const details = fc.check(
    fc.property(caseArbitrary(WIDE), (c) => {
      expect(isInSpace(WIDE, c)).toBe(true);
      return c.data.json.X.length < 3;
    }),
    { seed: 1, numRuns: 100 },
  );
  const smallest = details.counterexample![0];
  expect(smallest.data.json.X).toHaveLength(3);
  expect([smallest.data.shape, smallest.depth, smallest.architecture]).toEqual([[2], 1, "convolutional"]);
});

it("draws integers evenly, and bells near 0", () => {
  const draw = drawOf(1n, "even");
  const counts = list(7, () => 0);
  for (let i = 0; i < 7000; i++) counts[draw.signed(3) + 3]! += 1;
  for (const n of counts) expect(Math.abs(n - 1000)).toBeLessThan(160); // five standard deviations
  const bells = list(4000, () => draw.bell(20));
  const variance = bells.reduce((s, x) => s + x * x, 0) / bells.length;
  expect(Math.max(...bells.map(Math.abs))).toBeLessThanOrEqual(20);
  expect(variance).toBeGreaterThan(40); // three uniform parts of about 20 / 3: 3 * 7.5 * 7.5 / 3
  expect(variance).toBeLessThan(60);
});

it("a stream drawn in turn is the stream", () => {
  expect([...casesInTurn(WIDE, 11, 30)]).toEqual(drawnStream(WIDE, 11, 30).map((d) => d.case));
  // Only what is asked for is drawn.
  const turn = casesInTurn(WIDE, 11, Number.MAX_SAFE_INTEGER);
  expect([turn.next().value, turn.next().value]).toEqual(caseStream(WIDE, 11, 2));
});
