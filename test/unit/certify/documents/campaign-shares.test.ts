/** How a campaign's document counts: certificates by case, cases that were stopped, and the places of a shard's cases. */
import { beforeAll, describe, expect, it } from "vitest";
import type { CaseRow, VerifyDocument } from "../../../../src/kernel/document.js";
import { campaignDocument, caseOf, forged, GONE, refusals } from "./honest.js";

type Change = readonly [path: string, value: unknown];
const DOCUMENTS = {} as Record<"whole" | "open", VerifyDocument>;

beforeAll(async () => {
  const cases = [0, 1, 2].map((k) =>
    caseOf([
      [3 + k, 1],
      [1, 4 + k],
    ]),
  );
  const opposed = caseOf([
    [1, 0],
    [-1, 0],
  ]);
  DOCUMENTS.whole = await campaignDocument("holds", [{ cases: [cases[0]!, opposed, cases[1]!, cases[2]!], asked: 3 }]);
  const short = { budget: { steps: 1, seconds: null } } as const;
  DOCUMENTS.open = await campaignDocument("inconclusive", [
    { cases: [cases[0]!, caseOf([[2, -3, 1]], short)], asked: 2 },
  ]);
});

const refused = (made: keyof typeof DOCUMENTS, ...changes: readonly Change[]): string[] =>
  refusals(forged(DOCUMENTS[made], ...changes));
const rows = (made: keyof typeof DOCUMENTS): readonly CaseRow[] => DOCUMENTS[made].theorems[0]!.cases;

describe("certificates by case", () => {
  it("are counted as they stand", () => {
    for (const made of ["whole", "open"] as const) expect(refusals(DOCUMENTS[made])).toEqual([]);
    for (const n of [0, 1, 99, -1, 0.5, "3", null, GONE])
      expect(refused("whole", ["theorems[0].cases[0].certificates", n])).toContain("theorems[0].certificates");
    const [first, , third] = rows("whole");
    expect(
      refused(
        "whole",
        ["theorems[0].cases[0].certificates", first!.certificates + 1],
        ["theorems[0].cases[2].certificates", third!.certificates - 1],
      ),
    ).toContain("theorems[0].certificates");
    const more = (list: readonly unknown[]): unknown[] => [...list, list[0]];
    expect(refused("whole", ["theorems[0].certificates", more])).toContain("theorems[0].certificates");
  });
});

it("two cases of one point each may be the same and end the same; each has certificates of its own", async () => {
  const point = [1, 2].map((seed) =>
    caseOf([[2, 0]], { seed: String(seed), init: { kind: "layers", layers: [[[1, 0]]] } }),
  );
  const twins = await campaignDocument("holds", [{ cases: point, asked: 2 }]);
  const [one, two] = twins.theorems[0]!.cases;
  expect(one!.angleBound).toBe(two!.angleBound);
  expect(refusals(twins)).toEqual([]);
  // Not where no row says which are its own, or the second's line is that of the first.
  const alone = [0, 1].map((i): Change => [`theorems[0].cases[${i}].certificates`, GONE]);
  expect(refusals(forged(twins, ...alone))).toContain("theorems[0].cases[1]");
  expect(refusals(forged(twins, ["theorems[0].cases[1].replay", one!.replay]))).toContain("theorems[0].cases[1]");
});

describe("a case that was stopped", () => {
  const own = (): number => rows("open")[1]!.certificates;
  const stopped = (): Change[] => {
    const row = { ...rows("open")[1]!, angleBound: null, logInverseLoss: null, certificates: 0, why: "stopped" };
    return [
      ["theorems[0].cases[1]", row],
      ["theorems[0].worst", row],
      ["theorems[0].certificates", (list: readonly unknown[]) => list.slice(0, -own())],
      ["theorems[0].angleBounds", { median: bound(), p95: bound(), largest: bound() }],
    ];
  };
  const bound = (): number | null => rows("open")[0]!.angleBound;

  it("has no number and no certificate, and is inconclusive", () => {
    expect(refused("open", ...stopped())).toEqual([]);
    expect(refused("open", ...stopped(), ["theorems[0].cases[1].verdict", "holds"])).toContain("theorems[0].cases[1]");
    expect(refused("open", ...stopped(), ["theorems[0].cases[1].why", null])).toContain("theorems[0].cases[1]");
    expect(refused("open", ...stopped(), ["theorems[0].cases[1].angleBound", 0.1])).toContain("theorems[0].cases[1]");
    expect(refused("open", ...stopped(), ["theorems[0].cases[1].certificates", GONE])).toContain(
      "theorems[0].cases[1]",
    );
  });

  it("counts among those in scope", () => {
    expect(refused("open", ...stopped(), ["theorems[0].inconclusive", 0])).toContain("theorems[0].counts");
    expect(refused("open", ...stopped(), ["theorems[0].verdict", "holds"])).toContain("theorems[0].verdict");
  });
});

describe("a shard", () => {
  const shard = { part: 2, of: 3, cases: 8, optimizer: "normalized-gradient-descent", caseSeconds: 60 };
  /** Of 8 cases the second third is 1, 4, 7. */
  const placed = (first: number, step: number): Change[] => [
    ...rows("whole").map((_, i): Change => [`theorems[0].cases[${i}].index`, first + i * step]),
    ["theorems[0].worst", null],
  ];
  const share = (changes: object, first = 1, step = 3): string[] => {
    const [worst] = rows("whole").flatMap((row, i) =>
      row.replay === DOCUMENTS.whole.theorems[0]!.worst!.replay ? [{ ...row, index: first + i * step }] : [],
    );
    return refused("whole", ...placed(first, step), ["theorems[0].worst", worst], ["shard", { ...shard, ...changes }]);
  };

  it("has every n-th case, and is asked for as many", () => {
    expect(share({})).toEqual([]);
    expect(share({ cases: 9 })).toEqual([]);
    for (const cases of [7, 11, 0, null, "8"]) expect(share({ cases })).toContain("shard");
    for (const part of [0, 4, 1.5, null]) expect(share({ part })).toContain("shard");
    expect(share({}, 0)).toContain("theorems[0].cases[0]");
    expect(share({}, 1, 1)).toContain("theorems[0].cases[1]");
    expect(refused("whole", ...placed(1, 3))).toContain("theorems[0].cases[0]");
    expect(refused("whole", ["shard", null])).toContain("shard");
  });
});
