/** A run refuted by another run that ends elsewhere, or by a predictor with a smaller penalty: accepted, and each forgery refused. */
import { beforeAll, describe, expect, it } from "vitest";
import { MUTANTS } from "../../../../properties/mutants/registry.js";
import { mul, parseQ, q, showQ } from "../../../../src/exact/rational.js";
import { minimumClaimId, minimumOf } from "../../../../src/kernel/backing.js";
import type { RunDocument } from "../../../../src/kernel/document.js";
import { caseOf, forged, refusals, runDocument } from "./honest.js";

const COMMON = { architecture: "convolutional", depth: 3, tolerance: 1e-8, goal: 1e-8 } as const;
const gaussian = { kind: "gaussian", scale: 1 } as const;

const refutedAs = async (id: string, X: readonly number[][], seed: string): Promise<RunDocument> => {
  const { theorem } = MUTANTS.find((m) => m.id === id)!;
  const budget = { steps: 200_000, seconds: null };
  return runDocument(caseOf(X, { ...COMMON, init: gaussian, seed, budget }), theorem);
};

let [other, smaller]: RunDocument[] = [];
beforeAll(async () => {
  other = await refutedAs("conv-fourier-bridge~any-start", [[0, 1]], "0");
  smaller = await refutedAs("conv-fourier-bridge~global/depth-3", [[0, 0, 1]], "1");
});

type Change = readonly [path: string, value: unknown];
/** What follows from a contradiction that nothing backs: neither the claim, nor its column, nor the verdict. */
const UNBACKED = ["claims[0]", "evidence.claim", "verdict"];
const NONE: Change = ["certificates", (list: { kind: string }[]) => list.filter((c) => c.kind === "separation")];
/** In place of the certificate, which comes first; the judge of certificates accepts it. */
const instead = (change: (c: Record<string, unknown>) => object): Change => [
  "certificates[0]",
  (c: Record<string, unknown>) => ({ ...c, ...change(c) }),
];
const withoutBar = (end: unknown): object => ({ ...(end as object), errorBar: "0" });

it("both are refuted, and accepted as they are", () => {
  expect([other, smaller].map((d) => [d!.verdict, d!.evidence.claim, d!.certificates[0]!.kind])).toEqual([
    ["refuted", "certified", "two-limits"],
    ["refuted", "certified", "smaller-penalty"],
  ]);
  expect([other, smaller].map((d) => refusals(d))).toEqual([[], []]);
});

describe("another run that ends apart", () => {
  it.each<[string, Change]>([
    ["of another predictor", instead(({ first, second }) => ({ first: second, second: first }))],
    [
      "apart by less than the tolerance",
      instead(({ first, second }) => ({
        ...{ first: withoutBar(first), second: withoutBar(second) },
        distance: "1/1000000000",
      })),
    ],
    ["that is not there", NONE],
    ["of a claim of another kind", ["claims[0].id", "limit-direction-is"]],
    ["of a claim about penalties", ["claims[0].id", minimumClaimId("fourier")]],
  ])("%s contradicts nothing", (_, change) => {
    expect(refusals(forged(other!, change))).toEqual(UNBACKED);
  });

  it("contradicts, whatever the row says", () => {
    for (const outcome of ["supports", "silent"])
      expect(refusals(forged(other!, ["claims[0].outcome", outcome]))).toContain("claims[0]");
  });
});

describe("a smaller penalty", () => {
  it.each<[string, Change]>([
    [
      "than that of another predictor",
      instead(({ reached }) => ({ reached: (reached as string[]).map((x) => showQ(mul(parseQ(x)!, q(2n)))) })),
    ],
    ["by next to nothing", instead(() => ({ errorBar: "0", gap: { lower: "1/1000000000000000" } }))],
    ["that is not there", NONE],
    ["of a claim about another space", ["claims[0].id", minimumClaimId("signal")]],
    ["of a claim about another run", ["claims[0].id", "limit-is-that-of:mine"]],
    ["of another depth", ["settings.depth", 4]],
  ])("%s contradicts nothing", (_, change) => {
    expect(refusals(forged(smaller!, change))).toEqual(UNBACKED);
  });

  it("is what nothing shows the absence of, so the claim is never supported", () => {
    const supported: Change[] = [["claims[0].outcome", "supports"], ["evidence.claim", "observed"], NONE];
    expect(refusals(forged(smaller!, ...supported))).toContain("claims[0]");
    expect(["limit-is-fourier-bridge-minimum", "limit-is-global-minimum", ""].map(minimumOf)).toEqual([
      { space: "fourier", exponent: "2/L" },
      null,
      null,
    ]);
  });
});
