/** Documents of campaigns that are judged by a residual at the limit: honest ones are accepted, every forgery is refused. */
import { beforeAll, describe, expect, it } from "vitest";
import { convDepth2FourierL1 } from "../../../../proofs/theorems/conv-depth-2-fourier-l1.js";
import { convFourierBridge } from "../../../../proofs/theorems/conv-fourier-bridge.js";
import { BRIDGE_MUTANTS, L1_FROM_ANYWHERE } from "../../../../properties/mutants/theorems.js";
import type { Case } from "../../../../src/kernel/case.js";
import type { BridgeResidualCertificate, Certificate } from "../../../../src/kernel/certificate.js";
import type { CaseRow, VerifyDocument } from "../../../../src/kernel/document.js";
import type { Theorem } from "../../../../src/verify/theorem.js";
import { dataset, directionBound } from "../samples.js";
import { campaignDocument, caseOf, forged, GONE, refusals, uncounted } from "./honest.js";

const caseAt = (depth: number, k: number, changes: Partial<Case> = {}): Case =>
  caseOf(
    [
      [2, -1, 1],
      [-1, 3 + k, -1],
    ],
    { architecture: "convolutional", depth, tolerance: 1e-10, goal: 1e-10, ...changes },
  );
const OPPOSED = caseOf(
  [
    [1, 0],
    [-1, 0],
  ],
  { architecture: "convolutional", depth: 2, tolerance: 1e-10, goal: 1e-10 },
);
const STOPPED = { budget: { steps: 1, seconds: null }, init: { kind: "gaussian", scale: 0.01 } } as const;
/** Both layers sum to 0. */
const DEAD = { init: { kind: "layers", layers: [[[0.5, -0.25, -0.25]], [[0.25, 0.5, -0.75]]] } } as const;
const P1 = BRIDGE_MUTANTS.find(({ truth }) => truth === 2)!.mutant;

const depths = (...list: readonly number[]): Case[] => list.map((depth, k) => caseAt(depth, k));
const make = async () => {
  const one = (verdict: VerifyDocument["verdict"], theorem: Theorem, cases: readonly Case[], asked: number) =>
    campaignDocument(verdict, [{ cases, asked, theorem }]);
  return {
    bridge: await one(
      "holds",
      convFourierBridge,
      [...depths(1, 2, 3, 4), OPPOSED, caseAt(2, 7, DEAD), caseAt(3, 5)],
      5,
    ),
    "bridge stopped": await one("inconclusive", convFourierBridge, [caseAt(3, 0), caseAt(3, 1, STOPPED)], 2),
    "bridge refuted": await one("refuted", P1, depths(1, 2, 3), 3),
    "bridge by descent": await one(
      "inconclusive",
      convFourierBridge,
      [caseAt(1, 0, { optimizer: "gradient-descent", eta: 1 })],
      1,
    ),
    l1: await one("holds", convDepth2FourierL1, [caseAt(2, 0), caseAt(2, 1, DEAD), OPPOSED, caseAt(2, 2)], 2),
    "l1 stopped": await one("inconclusive", convDepth2FourierL1, [caseAt(2, 0, STOPPED)], 1),
    "l1 refuted": await one("refuted", L1_FROM_ANYWHERE, [caseAt(2, 0), caseAt(2, 0, DEAD)], 2),
    both: await campaignDocument("holds", [
      { cases: depths(3), asked: 1, theorem: convFourierBridge },
      { cases: depths(2), asked: 1, theorem: convDepth2FourierL1 },
    ]),
  };
};
type Made = keyof Awaited<ReturnType<typeof make>>;
let DOCUMENTS: Record<Made, VerifyDocument>;
/** Whose rows count their certificates. */
let COUNTED: VerifyDocument;
beforeAll(async () => {
  const made = await make();
  COUNTED = made.bridge;
  DOCUMENTS = Object.fromEntries(Object.entries(made).map(([name, doc]) => [name, uncounted(doc)])) as typeof made;
});

type Change = readonly [path: string, value: unknown];
/** Where it is refused, within the first theorem. */
const refused = (made: Made, ...changes: readonly Change[]): string[] =>
  refusals(forged(DOCUMENTS[made], ...changes.map(([path, value]): Change => [`theorems[0].${path}`, value]))).map(
    (where) => where.replace("theorems[0].", ""),
  );
const rowsOf = (made: Made): readonly CaseRow[] => DOCUMENTS[made].theorems[0]!.cases;
const certificatesOf = (made: Made): readonly Certificate[] => DOCUMENTS[made].theorems[0]!.certificates;
const allAt = (made: Made, kind: Certificate["kind"]): number[] =>
  certificatesOf(made).flatMap((c, i) => (c.kind === kind ? [i] : []));
const residualAt = (made: Made, i: number): BridgeResidualCertificate => {
  const c = certificatesOf(made)[i];
  if (c?.kind !== "bridge-residual") throw new Error("it is made");
  return c;
};

describe("honest campaigns", () => {
  it.each<[Made, VerifyDocument["verdict"], readonly CaseRow["verdict"][], unknown]>([
    ["bridge", "holds", ["holds", "holds", "holds", "holds", "out-of-scope", "out-of-scope", "holds"], "certified"],
    ["bridge stopped", "inconclusive", ["holds", "inconclusive"], "certified"],
    ["bridge refuted", "refuted", ["refuted", "holds", "refuted"], "certified"],
    ["bridge by descent", "inconclusive", ["inconclusive"], null],
    ["l1", "holds", ["holds", "out-of-scope", "out-of-scope", "holds"], "certified"],
    ["l1 stopped", "inconclusive", ["inconclusive"], null],
    ["l1 refuted", "refuted", ["holds", "refuted"], "certified"],
    ["both", "holds", ["holds"], "certified"],
  ])("%s: accepted", (made, verdict, words, claim) => {
    expect([DOCUMENTS[made].verdict, DOCUMENTS[made].theorems[0]!.evidence.claim]).toEqual([verdict, claim]);
    expect(rowsOf(made).map((r) => r.verdict)).toEqual(words);
    expect(refusals(DOCUMENTS[made])).toEqual([]);
    expect(refusals(JSON.parse(JSON.stringify(DOCUMENTS[made])))).toEqual([]);
    const { angleBounds, residuals } = DOCUMENTS[made].theorems[0]!;
    expect([angleBounds, residuals !== null]).toEqual([null, claim !== null]);
  });
});

describe("rows", () => {
  it("each residual is that of an accepted certificate of its own", () => {
    for (const made of ["bridge", "l1"] as const) {
      for (const change of [(x: number) => x / 2, 0.5e-10, 0, "0"])
        expect(refused(made, ["cases[0].residual", change])).toContain("cases[0]");
      expect(refused(made, ["cases[0].residual", null])).toEqual(expect.arrayContaining(["cases[0]", "certificates"]));
      const [first] = [...allAt(made, "bridge-residual"), ...allAt(made, "margin-gap")];
      // What stands beside the residual of the case is about none then, and raises nothing.
      expect(refused(made, ["certificates", (list: object[]) => list.filter((_, i) => i !== first)])).toEqual(
        made === "l1" ? ["cases[0]"] : ["cases[0]", "certificates", "evidence.claim"],
      );
    }
    // Of another case.
    expect(refused("bridge", ["cases[0].residual", rowsOf("bridge")[3]!.residual])).toContain("cases[0]");
  });

  it("a certificate of another depth's penalty backs no row", () => {
    rowsOf("bridge").forEach((row, i) => {
      if (row.verdict !== "holds") return;
      for (const depth of [row.depth + 1, row.depth === 1 ? 2 : 1, 2.5, 0, -2, "2", null, GONE])
        expect(refused("bridge", [`cases[${i}].depth`, depth])).toContain(`cases[${i}]`);
    });
    for (const depth of [1, 3, "2", 2.5, GONE]) expect(refused("l1", ["cases[0].depth", depth])).toContain("cases[0]");
  });

  it("holds with a residual above the tolerance is refused, whatever tolerance is named", () => {
    const [i] = allAt("bridge", "bridge-residual");
    const loose: Change[] = [
      [`certificates[${i}].largest`, { lower: "0", upper: "1/1024" }],
      ["cases[0].residual", 1 / 1024],
    ];
    for (const tolerance of [1e-10, 0.1]) {
      const found = refused("bridge", ...loose, ["tolerance", tolerance]);
      expect(found).toContain("cases[0]");
      expect(found.filter((where) => where.startsWith("certificates["))).toEqual([]);
    }
    const [k] = allAt("l1", "margin-gap");
    const wide: Change[] = [
      [`certificates[${k}].gap`, { lower: "0", upper: "1/1024" }],
      ["cases[0].residual", 1 / 1024],
    ];
    expect(refused("l1", ...wide)).toContain("cases[0]");
  });

  it("an angle for a theorem about a residual, or the reverse", () => {
    expect(refused("bridge", ["cases[0].angleBound", 0])).toContain("cases[0]");
    const data = dataset([
      [2, -1, 1],
      [-1, 3, -1],
    ]);
    const [i] = allAt("bridge", "bridge-residual");
    const bound = directionBound(data, residualAt("bridge", i!).reached);
    const certificates: Change = ["certificates", (list: object[]) => [...list, bound]];
    expect(refused("bridge", certificates)).toEqual([]); // true, about a case, and nothing rests on it
    const [n, d] = bound.angle.upper.split("/").map(Number) as [number, number?];
    const shownAngle: Change[] = [certificates, ["cases[0].angleBound", n / (d ?? 1)]];
    expect(refused("bridge", ...shownAngle)).toContain("cases[0]");
    const turned: Change[] = [
      ["claims", [{ id: "limit-direction", statement: "" }]],
      ["cases[0].angleBound", n / (d ?? 1)],
      ["cases[0].residual", null],
    ];
    expect(refused("bridge", certificates, ...turned)).toEqual(expect.arrayContaining(["claims", "cases[1]"]));
  });

  it("a case cannot be had twice", () => {
    const [row] = rowsOf("both");
    const copy = { ...row!, index: 1, replay: "bp1.1" };
    const twice: Change[] = [
      ...(["asked", "ran", "inScope"] as const).map((key): Change => [key, 2]),
      ["cases", [row, copy]],
      ["certificates", (list: object[]) => [...list, ...list]],
    ];
    expect(refused("both", ...twice)).toContain("cases[1]");
    // Not even at another depth, with a certificate of its own about the same predictor.
    const c = residualAt("both", allAt("both", "bridge-residual")[0]!);
    const other = { ...c, penalty: { space: "fourier", p: "1" }, largest: { lower: "0", upper: "1" } };
    expect(
      refused(
        "both",
        ...twice,
        ["cases[1]", { ...copy, depth: 2, residual: 1, verdict: "inconclusive", why: "so" }],
        ["certificates", (list: object[]) => [...list, other]],
      ),
    ).toContain("cases[1]");
  });

  it("refuted needs a certificate about this penalty that contradicts", () => {
    const refute = (i: number): Change[] => [
      [`cases[${i}].verdict`, "refuted"],
      [`cases[${i}].why`, "so"],
    ];
    for (const made of ["bridge", "l1"] as const) expect(refused(made, ...refute(0))).toContain("cases[0]");
    // The mutant's certificate, of p = 1 at depth 3, put beside that of p = 2/3 about the same predictor.
    const [, , third] = rowsOf("bridge refuted");
    expect(third!.depth).toBe(3);
    const foreign = allAt("bridge refuted", "bridge-residual").map((i) => residualAt("bridge refuted", i));
    const own = allAt("bridge", "bridge-residual").map((i) => residualAt("bridge", i));
    const same = foreign.filter((f) => own.some((o) => JSON.stringify(o.reached) === JSON.stringify(f.reached)));
    expect(same.length).toBe(3);
    const beside: Change = ["certificates", (list: object[]) => [...list, ...same]];
    expect(refused("bridge", beside)).toEqual([]);
    expect(refused("bridge", beside, ...refute(2))).toContain("cases[2]");
    // And what contradicts is not passed over.
    const holds: Change[] = [
      ["cases[2].verdict", "holds"],
      ["cases[2].why", null],
    ];
    expect(refused("bridge refuted", ...holds)).toContain("cases[2]");
    expect(refused("l1 refuted", ["cases[1].verdict", "holds"], ["cases[1].why", null])).toContain("cases[1]");
  });

  it("descent with bounded steps has no residual and does not hold by one", () => {
    for (const made of ["bridge", "l1"] as const)
      expect(refused(made, ["dynamics", "gradient-descent"])).toEqual(expect.arrayContaining(["claims", "cases[0]"]));
    for (const value of ["gradient-flux", null, GONE]) expect(refused("l1", ["dynamics", value])).toContain("dynamics");
    const bounded: Change = [
      "hypotheses",
      (l: object[]) => [...l, { id: "bounded-steps", statement: "", evidence: "exact" }],
    ];
    expect(refused("bridge", bounded)).toEqual(["dynamics"]);
  });
});

describe("the theorem", () => {
  it("claims that are removed, renamed, or several with one number", () => {
    for (const made of ["bridge", "l1"] as const) {
      for (const value of [[], null, GONE, {}, [null], [{ id: 7 }]])
        expect(refused(made, ["claims", value])).toEqual(expect.arrayContaining(["claims", "cases[0]"]));
      expect(refused(made, ["claims[0].id", "mine"])).toEqual(expect.arrayContaining(["claims", "cases[0]"]));
      expect(refused(made, ["claims[0].id", "mine"], ["id", "mine"])).toContain("cases[0]");
    }
    const both: Change = ["claims", (l: object[]) => [...l, { id: "limit-is-fourier-l1-max-margin", statement: "" }]];
    expect(refused("bridge", both)).toEqual(["claims"]);
    expect(refused("l1", ["id", "conv-fourier-bridge"])).toContain("claims");
    expect(refused("l1", ["id", "fully-connected-l2"])).toEqual(expect.arrayContaining(["claims", "hypotheses"]));
    expect(refused("bridge refuted", ["id", "conv-fourier-bridge"])).toContain("claims");
    expect(
      refused("bridge refuted", ["id", "conv-fourier-bridge"], ["claims[0].id", "limit-is-fourier-bridge-stationary"]),
    ).toContain("cases[0]");
  });

  it("a network that the theorem does not speak of", () => {
    for (const made of ["bridge", "l1"] as const)
      for (const name of ["diagonal", "fully-connected", null, GONE])
        expect(refused(made, ["cases[0].architecture", name])).toContain("cases[0]");
  });

  it("what no certificate shows is supposed where the theorem supposes it, and nowhere else", () => {
    const gone: Change = ["hypotheses", (l: { id: string }[]) => l.filter((h) => h.id !== "generic-initialization")];
    expect(refused("l1", gone)).toEqual(expect.arrayContaining(["hypotheses", "cases[1]"]));
    expect(refused("bridge", gone)).toEqual(expect.arrayContaining(["hypotheses", "cases[5]"]));
    const i = DOCUMENTS.l1.theorems[0]!.hypotheses.findIndex((h) => h.id === "generic-initialization");
    for (const grade of ["certified", "observed", "assumed"])
      expect(refused("l1", [`hypotheses[${i}].evidence`, grade])).toContain("evidence.hypotheses");
  });

  it("a claim column above what its certificates can show", () => {
    for (const grade of ["exact", null])
      expect(refused("bridge", ["evidence.claim", grade])).toEqual(["evidence.claim"]);
    // One case with its residual alone is enough.
    for (const kind of ["direction-bound", "margin-gap", "stationary-point"] as const) {
      const all = allAt("bridge", kind);
      expect(all.length).toBe(kind === "stationary-point" ? 3 : 1);
      for (const k of all) {
        const without: Change = ["certificates", (list: object[]) => list.filter((_, i) => i !== k)];
        expect(refused("bridge", without)).toEqual(["evidence.claim"]);
        expect(refused("bridge", without, ["evidence.claim", "sampled"])).toEqual([]);
        const broken: Change = [`certificates[${k}].reached[0]`, "1"];
        expect(refused("bridge", broken)).toEqual(expect.arrayContaining([`certificates[${k}]`, "evidence.claim"]));
      }
    }
    // That of another case, though there are as many as before.
    const [a, b] = allAt("bridge", "stationary-point");
    expect(refused("bridge", [`certificates[${a}]`, certificatesOf("bridge")[b!]])).toEqual(["evidence.claim"]);
    const wide: Change = [`certificates[${a}].distance.upper`, "1/1000"];
    expect(refused("bridge", wide)).toEqual(["evidence.claim"]);
    for (const grade of ["exact", null]) expect(refused("l1", ["evidence.claim", grade])).toEqual(["evidence.claim"]);
  });

  it("where rows count their certificates, what raises a case is among its own", () => {
    const list = COUNTED.theorems[0]!.certificates;
    const at = list.flatMap((c, i) => (c.kind === "stationary-point" ? [i] : []));
    expect(refusals(COUNTED)).toEqual([]);
    const swapped = list.map((c, i) => (i === at[0] ? list[at[1]!]! : i === at[1] ? list[at[0]!]! : c));
    expect(refusals(forged(COUNTED, ["theorems[0].certificates", swapped]))).toEqual(["theorems[0].evidence.claim"]);
    const one = at[0]!;
    const row = COUNTED.theorems[0]!.cases.findIndex((c) => c.depth === 3 && c.verdict === "holds");
    const dropped: Change[] = [
      ["theorems[0].certificates", list.filter((_, i) => i !== one)],
      [`theorems[0].cases[${row}].certificates`, (n: number) => n - 1],
    ];
    expect(refusals(forged(COUNTED, ...dropped))).toEqual(["theorems[0].evidence.claim"]);
    expect(refusals(forged(COUNTED, ...dropped, ["theorems[0].evidence.claim", "sampled"]))).toEqual([]);
  });

  it("quantiles of the residuals are those of the cases", () => {
    for (const key of ["median", "p95", "largest"])
      expect(refused("bridge", [`residuals.${key}`, 1e-20])).toEqual(["angleBounds"]);
    expect(refused("bridge", ["residuals", null])).toEqual(["angleBounds"]);
    expect(refused("bridge", ["angleBounds", { median: 0, p95: 0, largest: 0 }])).toEqual(["angleBounds"]);
  });
});
