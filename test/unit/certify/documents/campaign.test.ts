/** A campaign's document: every word is forged once, and refused where it stands. */
import { beforeAll, describe, expect, it } from "vitest";
import { quantile } from "../../../../src/certify/documents/campaign.js";
import { nearest } from "../../../../src/certify/documents/finding.js";
import type { Certificate } from "../../../../src/kernel/certificate.js";
import type { CaseRow, VerifyDocument } from "../../../../src/kernel/document.js";
import { dataset, directionBound } from "../samples.js";
import { campaignDocument, caseOf, forged, GONE, L1_MUTANT, refusals, uncounted } from "./honest.js";

type Made = "holds" | "mixed" | "refuted" | "descent" | "nothing" | "away" | "both" | "outside";
const DOCUMENTS = {} as Record<Made, VerifyDocument>;
const HOLDING = 22;
/** Too few steps to separate the data. */
const SHORT = { budget: { steps: 1, seconds: null } } as const;

beforeAll(async () => {
  const goes = Array.from({ length: HOLDING }, (_, k) =>
    caseOf([
      [3 + k, 1],
      [1, 4 + k],
    ]),
  );
  const outside = caseOf([
    [1, 0],
    [-1, 0],
  ]);
  const stays = caseOf([[3, 1]], SHORT);
  DOCUMENTS.holds = await campaignDocument("holds", [{ cases: [goes[0]!, outside, ...goes.slice(1)], asked: HOLDING }]);
  DOCUMENTS.mixed = await campaignDocument("inconclusive", [
    { cases: goes.slice(0, 2), asked: 2 },
    { cases: [goes[2]!, stays, caseOf([[2, -3, 1]], SHORT)], asked: 3 },
  ]);
  DOCUMENTS.refuted = await campaignDocument("refuted", [
    { cases: [caseOf([[2, 1]], { goal: 1e-3 }), caseOf([[3, 1]], { goal: 1e-3 })], asked: 2, theorem: L1_MUTANT },
  ]);
  const descent = { optimizer: "gradient-descent", eta: 1, goal: 0.05 } as const;
  DOCUMENTS.descent = await campaignDocument("holds", [{ cases: [caseOf([[2, 1]], descent)], asked: 1 }]);
  DOCUMENTS.nothing = await campaignDocument("inconclusive", [{ cases: [outside, stays], asked: 1 }]);
  const diagonal = { architecture: "diagonal", depth: 2, goal: 0.1 } as const;
  DOCUMENTS.away = await campaignDocument("refuted", [{ cases: [caseOf([[7, 8]], diagonal)], asked: 1 }]);
  DOCUMENTS.both = await campaignDocument("refuted", [{ cases: [goes[0]!, caseOf([[7, 8]], diagonal)], asked: 2 }]);
  DOCUMENTS.outside = await campaignDocument("inconclusive", [{ cases: [outside], asked: 1 }]);
  for (const [made, document] of Object.entries(DOCUMENTS)) DOCUMENTS[made as Made] = uncounted(document);
});

type Change = readonly [path: string, value: unknown];
/** Changes within the first theorem. */
const inside = (changes: readonly Change[], t = 0): Change[] =>
  changes.map(([path, value]) => [`theorems[${t}].${path}`, value]);
const expectAt = (made: Made, where: string, ...changes: readonly Change[]): void => {
  expect(refusals(forged(DOCUMENTS[made], ...inside(changes)))).toContain(`theorems[0].${where}`);
};
const expectOnly = (made: Made, where: string, ...changes: readonly Change[]): void => {
  expect(refusals(forged(DOCUMENTS[made], ...inside(changes)))).toEqual([`theorems[0].${where}`]);
};
const accepted = (made: Made, ...changes: readonly Change[]): void => {
  expect(refusals(forged(DOCUMENTS[made], ...inside(changes)))).toEqual([]);
};
const rowsOf = (made: Made): readonly CaseRow[] => DOCUMENTS[made].theorems[0]!.cases;
const certificatesOf = (made: Made, t = 0): readonly Certificate[] => DOCUMENTS[made].theorems[t]!.certificates;
const at = (made: Made, kind: Certificate["kind"]): number => certificatesOf(made).findIndex((c) => c.kind === kind);
const without = (gone: number) => (list: readonly object[]) => list.filter((_, i) => i !== gone);
const plus = (extra: unknown) => (list: readonly unknown[]) => [...list, extra];

describe("honest campaigns", () => {
  it.each<[Made, VerifyDocument["verdict"], readonly CaseRow["verdict"][]]>([
    ["holds", "holds", ["holds", "out-of-scope", ...Array<"holds">(HOLDING - 1).fill("holds")]],
    ["mixed", "inconclusive", ["holds", "holds"]],
    ["refuted", "refuted", ["refuted", "refuted"]],
    ["descent", "holds", ["holds"]],
    ["nothing", "inconclusive", ["out-of-scope", "inconclusive"]],
    ["away", "refuted", ["refuted"]],
    ["both", "refuted", ["holds", "refuted"]],
    ["outside", "inconclusive", ["out-of-scope"]],
  ])("%s: accepted", (made, verdict, words) => {
    expect(DOCUMENTS[made].verdict).toBe(verdict);
    expect(rowsOf(made).map((r) => r.verdict)).toEqual(words);
    expect(refusals(DOCUMENTS[made])).toEqual([]);
    expect(refusals(JSON.parse(JSON.stringify(DOCUMENTS[made])))).toEqual([]);
  });
});

describe("the whole document", () => {
  it("is about one theorem or more", () => {
    for (const value of [[], null, {}, [null], GONE])
      expect(refusals(forged(DOCUMENTS.holds, ["theorems", value]))).toContain("theorems");
  });

  it("has the verdict of its theorems, the first in the order of the words", () => {
    const word = (made: Made, verdict: unknown): void => {
      expect(refusals(forged(DOCUMENTS[made], ["verdict", verdict]))).toEqual(["verdict"]);
    };
    for (const verdict of ["refuted", "suspect", "inconclusive", "out-of-scope", "true", GONE]) word("holds", verdict);
    for (const verdict of ["holds", "refuted", "suspect", "out-of-scope"]) word("mixed", verdict);
    for (const verdict of ["holds", "inconclusive"]) word("refuted", verdict);
    const [first, second] = DOCUMENTS.mixed.theorems;
    expect(refusals(forged(DOCUMENTS.mixed, ["theorems", [second, first]]))).toEqual([]);
    expect(refusals(forged(DOCUMENTS.mixed, ["theorems", [first]]))).toEqual(["verdict"]);
  });

  it("a word that no part has says nothing: the parts are judged, not their words alone", () => {
    const doubtful: Change[] = [
      ["theorems[0].verdict", "suspect"],
      ["verdict", "suspect"],
    ];
    expect(refusals(forged(DOCUMENTS.mixed, ...doubtful))).toEqual(["theorems[0].verdict"]);
    const outside: Change[] = [
      ["theorems[0].verdict", "out-of-scope"],
      ["verdict", "inconclusive"],
    ];
    expect(refusals(forged(DOCUMENTS.mixed, ...outside))).toEqual(["theorems[0].verdict"]);
    expect(
      refusals(forged(DOCUMENTS.holds, ["theorems[0].verdict", "out-of-scope"], ["verdict", "out-of-scope"])),
    ).toEqual(["theorems[0].verdict"]);
    expect(
      refusals(
        forged(
          DOCUMENTS.mixed,
          ["theorems[0].verdict", "refuted"],
          ["theorems[1].verdict", "suspect"],
          ["verdict", "refuted"],
        ),
      ),
    ).toEqual(["theorems[0].verdict", "theorems[1].verdict"]);
    expect(refusals(forged(DOCUMENTS.mixed, ["theorems[0].verdict", "suspect"], ["verdict", "inconclusive"]))).toEqual([
      "theorems[0].verdict",
      "verdict",
    ]);
    expect(refusals(forged(DOCUMENTS.mixed, ["theorems[1].verdict", "out-of-scope"], ["verdict", "holds"]))).toEqual([
      "theorems[1].verdict",
      "verdict",
    ]);
  });
});

describe("counts", () => {
  it("are those of the cases", () => {
    for (const key of ["ran", "inScope", "outOfScope", "refuted", "suspect", "inconclusive"])
      for (const change of [(n: number) => n + 1, String, GONE]) expectOnly("holds", "counts", [key, change]);
    expectOnly("refuted", "counts", ["refuted", 1]);
    expect(refusals(forged(DOCUMENTS.mixed, ["theorems[1].inconclusive", 1]))).toEqual(["theorems[1].counts"]);
  });

  it("as many as were asked", () => {
    for (const asked of [0, -1, 2.5, "22", null, GONE]) expectAt("holds", "asked", ["asked", asked]);
    expectOnly("holds", "asked", ["asked", HOLDING - 1]);
    expectOnly("holds", "verdict", ["asked", HOLDING + 1]);
    expectOnly("refuted", "asked", ["asked", 0]);
    for (const asked of [0, null, "1", GONE]) expectOnly("outside", "asked", ["asked", asked]);
    for (const asked of [null, "1", GONE]) expectAt("descent", "asked", ["asked", asked]);
  });

  it("fold to the verdict", () => {
    for (const verdict of ["refuted", "suspect", "inconclusive", "out-of-scope", GONE])
      expectAt("holds", "verdict", ["verdict", verdict]);
    expectAt("refuted", "verdict", ["verdict", "holds"]);
    expectAt("nothing", "verdict", ["verdict", "holds"]);
  });
});

describe("quantiles and the worst case", () => {
  it("a quantile is that of the ascending numbers", () => {
    const numbers = Array.from({ length: 100 }, (_, i) => i);
    expect([0, 0.05, 0.5, 0.95, 0.999, 1].map((p) => quantile(numbers, p))).toEqual([0, 5, 50, 95, 99, 99]);
    expect(quantile([3], 0.5)).toBe(3);
  });

  it("are those of the cases in scope", () => {
    const ascending = rowsOf("holds")
      .flatMap((r) => r.angleBound ?? [])
      .sort((a, b) => a - b);
    expect(DOCUMENTS.holds.theorems[0]!.angleBounds).toEqual({
      median: ascending[11],
      p95: ascending[20],
      largest: ascending[21],
    });
    expect(new Set(ascending).size).toBe(HOLDING);
    for (const key of ["median", "p95", "largest"])
      for (const other of [ascending[0]!, 1e-9, null, GONE])
        expectOnly("holds", "angleBounds", [`angleBounds.${key}`, other]);
    for (const [key, i] of [
      ["p95", 1],
      ["p95", 21],
      ["largest", 20],
      ["median", 10],
      ["median", 12],
    ] as const)
      expectOnly("holds", "angleBounds", [`angleBounds.${key}`, ascending[i]]);
    expectOnly("holds", "angleBounds", ["angleBounds", null]);
    expectOnly("nothing", "angleBounds", ["angleBounds", { median: 0, p95: 0, largest: 0 }]);
  });

  it("the worst case is the worst: its verdict first, then its angle", () => {
    const rows = rowsOf("holds");
    const { worst } = DOCUMENTS.holds.theorems[0]!;
    expect(worst).toEqual([...rows].sort((a, b) => (b.angleBound ?? 0) - (a.angleBound ?? 0))[0]);
    for (const row of rows) if (row.index !== worst!.index) expectOnly("holds", "worst", ["worst", row]);
    for (const value of [null, GONE, { ...worst, angleBound: 1e-9 }]) expectOnly("holds", "worst", ["worst", value]);
    const [, mixed] = DOCUMENTS.mixed.theorems;
    expect(mixed!.worst!.verdict).toBe("inconclusive");
    expect(mixed!.cases.map((r) => r.verdict)).toEqual(["holds", "inconclusive", "inconclusive"]);
    for (const row of mixed!.cases)
      if (row.index !== mixed!.worst!.index)
        expect(refusals(forged(DOCUMENTS.mixed, ["theorems[1].worst", row]))).toEqual(["theorems[1].worst"]);
  });

  it("a case without an angle is worse than one with, and out of scope is not in question", () => {
    const { cases } = DOCUMENTS.mixed.theorems[1]!;
    const [holding, one, two] = cases;
    const no = { ...two!, angleBound: null };
    const changes: Change[] = [
      ["cases[2]", no],
      ["worst", no],
    ];
    expect(refusals(forged(DOCUMENTS.mixed, ...inside(changes, 1)))).not.toContain("theorems[1].worst");
    expect(refusals(forged(DOCUMENTS.mixed, ...inside([...changes, ["worst", one]], 1)))).toContain(
      "theorems[1].worst",
    );
    const none: Change[] = [
      ["cases[1].angleBound", null],
      ["cases[2].angleBound", null],
    ];
    const first = { ...one!, angleBound: null };
    expect(refusals(forged(DOCUMENTS.mixed, ...inside([...none, ["worst", first]], 1)))).not.toContain(
      "theorems[1].worst",
    );
    expect(refusals(forged(DOCUMENTS.mixed, ...inside([...none, ["worst", no]], 1)))).toContain("theorems[1].worst");
    const suspect = { ...holding!, verdict: "suspect", why: "so" };
    const doubted: Change[] = [
      ["cases[0]", suspect],
      ["worst", suspect],
    ];
    expect(refusals(forged(DOCUMENTS.mixed, ...inside(doubted, 1)))).not.toContain("theorems[1].worst");
    const outside = rowsOf("nothing")[0];
    expectOnly("nothing", "worst", ["worst", outside]);
    expectOnly("nothing", "worst", ["worst", null]);
  });

  it("a refuted case is worse than a suspect one", () => {
    const [a, b] = rowsOf("refuted");
    const suspect = (row: CaseRow): object => ({ ...row, verdict: "suspect" });
    for (const [i, row, other] of [
      [0, a!, b!],
      [1, b!, a!],
    ] as const) {
      const changes: Change[] = [
        [`cases[${i}]`, suspect(row)],
        ["worst", other],
      ];
      expect(refusals(forged(DOCUMENTS.refuted, ...inside(changes)))).not.toContain("theorems[0].worst");
      expectAt("refuted", "worst", ...changes, ["worst", suspect(row)]);
    }
  });
});

describe("cases", () => {
  it("are rows", () => {
    for (const value of [GONE, null, {}, [7]]) expectOnly("holds", "cases", ["cases", value]);
  });

  it("each is in its place, with a replay line of its own, a known verdict and a reason unless it holds", () => {
    for (const index of [1, "0", null]) expectAt("holds", "cases[0]", ["cases[0].index", index]);
    for (const replay of ["bp1.0", null, GONE]) expectAt("holds", "cases[2]", ["cases[2].replay", replay]);
    for (const verdict of ["hold", null, GONE]) {
      expectAt("holds", "cases[2]", ["cases[2].verdict", verdict]);
      expectAt("refuted", "cases[1]", ["cases[1].verdict", verdict]);
    }
    expectAt("holds", "cases[2]", ["cases[2].why", "but"]);
    expectOnly("holds", "cases[1]", ["cases[1].why", null]);
    expectAt("refuted", "cases[0]", ["cases[0].why", null]);
  });

  it("out of scope has neither angle nor loss, all others have a loss", () => {
    expectAt("holds", "cases[1]", ["cases[1].logInverseLoss", 3]);
    for (const M of ["3", Number.NaN, GONE]) expectOnly("holds", "cases[1]", ["cases[1].logInverseLoss", M]);
    expectOnly("holds", "cases[1]", ["cases[1].angleBound", 0.01]);
    for (const M of [null, "9", Number.POSITIVE_INFINITY])
      expectAt("holds", "cases[0]", ["cases[0].logInverseLoss", M]);
    expectAt("nothing", "cases[1]", ["cases[1].logInverseLoss", null]);
  });

  it("each has data of its size, decided by a certificate of its own, in their order", () => {
    expectAt("holds", "cases[0]", ["cases[0].points", 3]);
    expectAt("holds", "cases[0]", ["cases[0].shape", [3]]);
    expectOnly("holds", "cases[1]", ["cases[1].points", GONE]);
    expectOnly("holds", "cases[1]", ["cases[1].shape", "2"]);
    const farkas = at("holds", "farkas");
    expectAt("holds", "cases[1]", ["certificates", without(farkas)]);
    expectAt("holds", "certificates", ["certificates", without(farkas)]);
    expectAt("holds", "certificates", ["certificates", plus(certificatesOf("holds")[farkas])]);
    expectAt("holds", "cases[0]", ["certificates", (list: Certificate[]) => [list[farkas], ...without(farkas)(list)]]);
    expectAt("holds", "cases[1]", ["cases[1].verdict", "inconclusive"]);
    expectAt("holds", "cases[1]", ["cases[1].verdict", "inconclusive"], ["cases[1].logInverseLoss", 3]);
    const broken = at("holds", "separation");
    expectAt("holds", "cases[0]", [`certificates[${broken}].margin`, "1000"]);
  });

  it("out of scope needs a farkas certificate, unless a declared fact puts all cases there", () => {
    const out = (i: number): Change[] => [
      [`cases[${i}].verdict`, "out-of-scope"],
      [`cases[${i}].angleBound`, null],
      [`cases[${i}].logInverseLoss`, null],
      [`cases[${i}].why`, "so"],
    ];
    const certified: Change = [
      "hypotheses",
      (list: { id: string }[]) => list.filter((h) => !/steps|exponential/.test(h.id)),
    ];
    accepted("holds", certified);
    expectAt("holds", "cases[0]", ...out(0));
    expectAt("descent", "cases[0]", ...out(0), certified);
    expectAt("descent", "cases[0]", ...out(0), ["hypotheses", null]);
    expect(refusals(forged(DOCUMENTS.descent, ...inside(out(0))))).not.toContain("theorems[0].cases[0]");
  });

  it("each angle is that of an accepted direction-bound of its own", () => {
    expectAt("holds", "cases[0]", ["cases[0].angleBound", (x: number) => x / 2]);
    const bound = at("holds", "direction-bound");
    expectAt("holds", "cases[0]", ["certificates", without(bound)]);
    expectAt("holds", "cases[0]", [`certificates[${bound}].angle.upper`, "0"]);
    const [first, , second] = rowsOf("holds");
    expectAt("holds", "cases[2]", ["cases[2].angleBound", first!.angleBound]); // of another case's data
    expectAt("holds", "cases[0]", ["cases[0].angleBound", second!.angleBound]);
    expectAt("holds", "cases[0]", ["cases[0].angleBound", null]);
    expectAt("holds", "certificates", ["cases[0].angleBound", null]);
  });

  it("a case cannot be had twice, not even with its bound stated more loosely", () => {
    const { cases, certificates } = DOCUMENTS.descent.theorems[0]!;
    const copy = { ...cases[0]!, index: 1, replay: "bp1.1" };
    const bound = certificates[at("descent", "direction-bound")]!;
    if (bound.kind !== "direction-bound") throw new Error("expected a direction-bound");
    const loose = { ...bound, angle: { ...bound.angle, upper: "1/16" } };
    const separation = certificates[at("descent", "separation")];
    const twice = (row: object, more: readonly unknown[]): Change[] => [
      ...(["asked", "ran", "inScope"] as const).map((key): Change => [key, 2]),
      ["cases", plus(row)],
      ["certificates", (list: unknown[]) => [...list, ...more]],
    ];
    expectAt("descent", "cases[1]", ...twice(copy, certificates));
    const found = refusals(
      forged(DOCUMENTS.descent, ...inside(twice({ ...copy, angleBound: 1 / 16 }, [loose, separation]))),
    );
    expect(found.filter((where) => where.includes("cases["))).toHaveLength(1); // one bound, one case
  });

  it("nor with its predictor scaled, which is the same direction", () => {
    const { cases, certificates } = DOCUMENTS.descent.theorems[0]!;
    const scaled = (c: Certificate): Certificate =>
      c.kind === "direction-bound" || c.kind === "duality-gap"
        ? { ...c, reached: c.reached.map((x) => x.replace(/^-?\d+/, (n) => String(7n * BigInt(n)))) }
        : c;
    const more = certificates.map(scaled);
    expect(more).not.toEqual(certificates);
    const angle = cases[0]!.angleBound;
    const changes: Change[] = [
      ...(["asked", "ran", "inScope"] as const).map((key): Change => [key, 2]),
      ["cases", plus({ ...cases[0]!, index: 1, replay: "bp1.1" })],
      ["certificates", [...certificates, ...more]],
      ["angleBounds", { median: angle, p95: angle, largest: angle }],
    ];
    expectOnly("descent", "cases[1]", ...changes); // all of them true
  });

  it("holds within the tolerance, at a loss below 1", () => {
    const i = DOCUMENTS.holds.theorems[0]!.worst!.index;
    const angle = rowsOf("holds")[i]!.angleBound!;
    for (const tolerance of [angle * (1 - 1e-12), 0, -1, 0.21, 0.4, 1, "0.1", null, GONE])
      expectAt("holds", `cases[${i}]`, ["tolerance", tolerance]);
    for (const tolerance of [angle, 0.2]) accepted("holds", ["tolerance", tolerance]);
    for (const M of [0, -3]) expectAt("holds", `cases[${i}]`, [`cases[${i}].logInverseLoss`, M]);
    accepted("holds", [`cases[${i}].logInverseLoss`, 0.5], ["worst.logInverseLoss", 0.5]);
    const { cases } = DOCUMENTS.mixed.theorems[1]!;
    expect(cases[1]!.angleBound).toBeGreaterThan(0.1);
    const held: Change[] = [
      ["cases[1].verdict", "holds"],
      ["cases[1].why", null],
    ];
    expect(refusals(forged(DOCUMENTS.mixed, ...inside(held, 1)))).toContain("theorems[1].cases[1]");
  });

  it("holds by a claim about the angle, not by an angle that nothing claims", () => {
    const renamed: Change = ["claims", [{ id: "mine", statement: "" }]];
    expectAt("holds", "cases[0]", renamed);
    expectAt("holds", "cases[0]", renamed, ["id", "mine"], ["evidence.claim", "observed"]);
    accepted("holds", ["id", "mine"]);
    expectAt("holds", "claims", renamed);
  });

  it("refuted has an accepted counterexample of its own, and nothing holds against one", () => {
    const i = at("refuted", "counterexample");
    expectOnly("refuted", "cases[0]", ["certificates", without(i)]);
    const broken = forged(DOCUMENTS.refuted, [`theorems[0].certificates[${i}].distance`, "3"]);
    expect(refusals(broken)).toEqual([`theorems[0].certificates[${i}]`, "theorems[0].cases[0]"]);
    const other = certificatesOf("refuted").filter((c) => c.kind === "counterexample")[1];
    expectOnly("refuted", "cases[0]", [`certificates[${i}]`, other]);
    expectAt("refuted", "cases[0]", ["cases[0].verdict", "holds"], ["cases[0].why", null]);
    expectAt("holds", "cases[0]", ["cases[0].verdict", "refuted"], ["cases[0].why", "so"]);
    const near = { ...certificatesOf("refuted")[i], reached: ["2", "1"], distance: "2/5" };
    accepted("refuted", ["certificates", plus(near)]); // the same direction, about the same case
    const elsewhere = certificatesOf("away")[at("away", "counterexample")];
    expectAt("refuted", "certificates", ["certificates", plus(elsewhere)]);
    expectAt("away", "cases[0]", ["tolerance", 3]); // within what would support the claim
    expectAt("refuted", "cases[0]", ["cases[0].angleBound", null]);
  });

  it("suspect is a case with a certificate of ours that the judge refuses", () => {
    const { worst } = DOCUMENTS.descent.theorems[0]!;
    const suspect: Change[] = [
      ["cases[0].verdict", "suspect"],
      ["cases[0].why", "so"],
      ["worst", { ...worst, verdict: "suspect", why: "so" }],
      ["suspect", 1],
      ["verdict", "suspect"],
      ["evidence", { claim: null, hypotheses: null, proof: "assumed" }],
    ];
    const whole = (...more: Change[]): string[] =>
      refusals(forged(DOCUMENTS.descent, ["verdict", "suspect"], ...inside([...suspect, ...more])));
    expect(whole()).toEqual(["theorems[0].cases[0]"]);
    const gap = at("descent", "duality-gap");
    expect(whole([`certificates[${gap}].angle.upper`, "0"])).toEqual([`theorems[0].certificates[${gap}]`]);
  });

  it("a case may end without an angle", () => {
    const bound = at("nothing", "direction-bound");
    const gap = at("nothing", "duality-gap");
    const changes: Change[] = [
      ["cases[1].angleBound", null],
      ["worst.angleBound", null],
      ["angleBounds", null],
    ];
    expectOnly("nothing", "certificates", ...changes);
    accepted("nothing", ...changes, [
      "certificates",
      (list: object[]) => list.filter((_, i) => i !== bound && i !== gap),
    ]);
  });

  it("one predictor on two data sets is two cases", () => {
    const { cases, certificates } = DOCUMENTS.descent.theorems[0]!;
    const bound = certificates[at("descent", "direction-bound")]!;
    if (bound.kind !== "direction-bound") throw new Error("expected a direction-bound");
    const twice = dataset([[4, 2]]);
    const other = directionBound(twice, bound.reached);
    expect(nearest(other.angle.upper)).toBe(cases[0]!.angleBound); // a longer point, the same optimum direction
    const separation = { kind: "separation", data: other.data, beta: ["2", "1"], margin: "10" };
    const { worst } = DOCUMENTS.descent.theorems[0]!;
    const angle = cases[0]!.angleBound;
    accepted(
      "descent",
      ...(["asked", "ran", "inScope"] as const).map((key): Change => [key, 2]),
      ["cases", plus({ ...cases[0]!, index: 1, replay: "bp1.1" })],
      ["certificates", (list: unknown[]) => [...list, other, separation]],
      ["worst", worst],
      ["angleBounds", { median: angle, p95: angle, largest: angle }],
    );
  });

  it("no certificate belongs to no case", () => {
    const strange = certificatesOf("refuted");
    for (const kind of ["exact-kkt", "direction-bound", "counterexample"] as const)
      expectOnly("holds", "certificates", ["certificates", plus(strange.find((c) => c.kind === kind))]);
    expectOnly("descent", "certificates", ["certificates", plus(certificatesOf("holds")[at("holds", "duality-gap")])]);
    accepted("holds", ["certificates", plus(certificatesOf("holds")[at("holds", "exact-kkt")])]); // said twice, still true
    const last = certificatesOf("holds").length;
    const refused = { ...strange.find((c) => c.kind === "exact-kkt"), objectiveSquared: "7" };
    expectOnly("holds", `certificates[${last}]`, ["certificates", plus(refused)]); // its refusal says enough
  });

  it("the certificates of one theorem back no other", () => {
    const changes: Change[] = [
      ["theorems[0].certificates", certificatesOf("mixed", 1)],
      ["theorems[1].certificates", certificatesOf("mixed", 0)],
    ];
    const found = refusals(forged(DOCUMENTS.mixed, ...changes));
    for (const t of [0, 1]) expect(found).toContain(`theorems[${t}].cases[0]`);
  });

  it("what is said of many theorems is found at each", () => {
    const [first] = DOCUMENTS.mixed.theorems;
    const eleven = { ...DOCUMENTS.holds, theorems: Array.from({ length: 11 }, () => first!) };
    expect(refusals(eleven)).toEqual([]);
    expect(refusals(forged(eleven, ["theorems[1].certificates", []]))).toContain("theorems[1].cases[0]");
  });
});

describe("evidence", () => {
  it("of the claim: no more than what the decided cases can show", () => {
    for (const grade of ["exact", null, "proved", GONE])
      expectOnly("holds", "evidence.claim", ["evidence.claim", grade]);
    for (const grade of ["sampled", "certified", "exact", null])
      expectOnly("descent", "evidence.claim", ["evidence.claim", grade]);
    for (const grade of ["observed", "exact", null]) expectOnly("refuted", "evidence.claim", ["evidence.claim", grade]);
    for (const grade of ["assumed", "certified"]) expectOnly("nothing", "evidence.claim", ["evidence.claim", grade]);
    expectAt("holds", "evidence.claim", ["evidence", null]);
    // Refuted in descent: the counterexample is certified, whatever else is claimed there.
    expect(refusals(forged(DOCUMENTS.refuted, ...inside([["dynamics", "gradient-descent"]])))).not.toContain(
      "theorems[0].evidence.claim",
    );
  });

  it("of the hypotheses: the weakest listed, none stronger than it can be, none left out", () => {
    for (const grade of ["assumed", "sampled", "certified", "exact", null, GONE])
      expectOnly("holds", "evidence.hypotheses", ["evidence.hypotheses", grade]);
    for (const grade of ["assumed", "observed"])
      expectOnly("nothing", "evidence.hypotheses", ["evidence.hypotheses", grade]);
    const listed = DOCUMENTS.holds.theorems[0]!.hypotheses;
    listed.forEach(({ id }, i) => {
      for (const grade of ["assumed", "sampled", "certified", "exact", "proved", null, GONE])
        if (grade !== listed[i]!.evidence)
          expectOnly("holds", "evidence.hypotheses", [`hypotheses[${i}].evidence`, grade]);
      const gone: Change = ["hypotheses", without(i)];
      if (["separable", "loss-to-zero"].includes(id)) expectOnly("holds", "evidence.hypotheses", gone);
      else accepted("holds", gone);
    });
    for (const value of [GONE, null, {}, [null], []]) expectOnly("holds", "evidence.hypotheses", ["hypotheses", value]);
    expectOnly("holds", "evidence.hypotheses", ["hypotheses", plus(listed[0])]);
    expectOnly(
      "holds",
      "evidence.hypotheses",
      ["hypotheses", plus({ id: "x", evidence: "proved" })],
      ["evidence.hypotheses", "proved"],
    );
    for (const made of ["descent", "both"] as const)
      expectOnly(made, "evidence.hypotheses", ["hypotheses[0].evidence", "observed"]);
    for (const grade of ["assumed", null]) expectOnly("both", "evidence.hypotheses", ["evidence.hypotheses", grade]);
    for (const grade of ["exact", null]) expectOnly("both", "evidence.claim", ["evidence.claim", grade]);
    expectOnly("nothing", "evidence.hypotheses", ["hypotheses[0].evidence", "exact"]);
    expectOnly("nothing", "evidence.hypotheses", ["hypotheses[4].evidence", "certified"]);
    accepted("nothing", ["hypotheses[0].evidence", "certified"]);
  });

  it("of the proof: assumed where it rests on what nobody checked", () => {
    for (const grade of ["observed", "exact", null, GONE])
      expectOnly("holds", "evidence.proof", ["evidence.proof", grade]);
    expectOnly("holds", "evidence.proof", ["cited", []]);
    expectOnly("holds", "evidence.proof", ["restsOn", []]);
  });
});
