/** A run's document: every word is forged once, and refused where it stands. */
import { beforeAll, describe, expect, it } from "vitest";
import { nearest } from "../../../../src/certify/documents/finding.js";
import type { Certificate } from "../../../../src/kernel/certificate.js";
import type { RunDocument } from "../../../../src/kernel/document.js";
import { caseOf, forged, GONE, L1_MUTANT, refusals, runDocument, untheorized } from "./honest.js";

type Made = "holds" | "refuted" | "scope" | "undecided" | "descent" | "none" | "away";
const DOCUMENTS = {} as Record<Made, RunDocument>;

beforeAll(async () => {
  // An optimum over 11: the limit is not its direction exactly, so that there is an angle to forge.
  const X = [
    [3, 1],
    [1, 4],
  ];
  DOCUMENTS.holds = await runDocument(caseOf(X));
  DOCUMENTS.refuted = await runDocument(caseOf([[2, 1]], { goal: 1e-3 }), L1_MUTANT);
  DOCUMENTS.scope = await runDocument(
    caseOf([
      [1, 0],
      [-1, 0],
    ]),
  );
  DOCUMENTS.undecided = await runDocument(caseOf(X, { budget: { steps: 1, seconds: null } }));
  DOCUMENTS.descent = await runDocument(caseOf([[2, 1]], { optimizer: "gradient-descent", eta: 1, goal: 0.05 }));
  DOCUMENTS.none = await untheorized(caseOf(X, { architecture: "diagonal", depth: 2 }));
  // The theorem said of an architecture that it does not speak of: the l2 claim itself is contradicted.
  DOCUMENTS.away = await runDocument(caseOf([[7, 8]], { architecture: "diagonal", depth: 2, goal: 0.1 }));
});

const kindsOf = (d: RunDocument): Certificate["kind"][] => d.certificates.map((c) => c.kind);
const at = (d: RunDocument, kind: Certificate["kind"]): number => kindsOf(d).indexOf(kind);
const without = (kind: Certificate["kind"]) => (list: readonly Certificate[]) => list.filter((c) => c.kind !== kind);
const plus = (extra: object) => (list: readonly object[]) => [...list, extra];
const row = (id: string, decided: boolean | null, evidence: string): object => ({
  id,
  decided,
  evidence,
  statement: "",
  why: "",
});

const dropped = (id: string) => (rows: readonly { id: string }[]) => rows.filter((h) => h.id !== id);

type Change = readonly [path: string, value: unknown];
/** Expects a refusal at `where`, whatever else is refused. */
const expectAt = (made: Made, where: string, ...changes: readonly Change[]): void => {
  expect(refusals(forged(DOCUMENTS[made], ...changes))).toContain(where);
};
/** Expects a refusal there and nowhere else. */
const expectOnly = (made: Made, where: string, ...changes: readonly Change[]): void => {
  expect(refusals(forged(DOCUMENTS[made], ...changes))).toEqual([where]);
};

describe("honest documents", () => {
  it.each<[Made, RunDocument["verdict"], RunDocument["evidence"]["claim"]]>([
    ["holds", "holds", "certified"],
    ["refuted", "refuted", "certified"],
    ["scope", "out-of-scope", null],
    ["undecided", "inconclusive", null],
    ["descent", "holds", "observed"],
    ["none", "inconclusive", null],
    ["away", "refuted", "certified"],
  ])("%s: accepted, as is and as a replay", (made, verdict, claim) => {
    const d = DOCUMENTS[made];
    expect([d.verdict, d.evidence.claim]).toEqual([verdict, claim]);
    expect(refusals(d)).toEqual([]);
    expect(refusals(JSON.parse(JSON.stringify(forged(d, ["command", "replay"]))))).toEqual([]);
  });
});

describe("the whole document", () => {
  it("theorem, reached and predicted are there, each as what it can be", () => {
    for (const path of ["theorem", "reached", "predicted"])
      for (const value of [GONE, 7, [], false]) expectOnly("holds", "document", [path, value]);
    for (const path of ["reached", "predicted"]) expectOnly("holds", "document", [path, "none"]);
  });

  it("its certificates are about one data set, of the size shown", () => {
    expectOnly("holds", "data", ["data.points", 3]);
    expectOnly("holds", "data", ["data.shape", [3]]);
    expectOnly("holds", "data", ["data.shape", ["2"]]);
    expectOnly("holds", "data", ["data.shape", 2]);
    expectOnly("holds", "data", ["data", null]);
    for (const value of [[], [{}], [null], {}, GONE]) expectAt("holds", "data", ["certificates", value]);
    expectOnly("holds", "data", ["certificates", plus(DOCUMENTS.scope.certificates[0]!)]);
    expect(refusals(forged(DOCUMENTS.holds, ["data.shape", [1, 2]]))).toEqual([]); // the same size
  });

  it("a certificate that is refused is refused by its place", () => {
    const i = at(DOCUMENTS.holds, "exact-kkt");
    expectAt("holds", `certificates[${i}]`, [`certificates[${i}].objectiveSquared`, "1"]);
  });

  it("the schema is the one known here", () => {
    expectOnly("holds", "schemaVersion", ["schemaVersion", 2]);
    expectOnly("holds", "schemaVersion", ["schemaVersion", "1"]);
  });
});

describe("hypotheses", () => {
  const index = (made: Made, id: string): number => DOCUMENTS[made].hypotheses.findIndex((h) => h.id === id);

  it("rows are well-formed, and speak of a hypothesis once", () => {
    for (const value of [GONE, null, {}, "none", [null]]) expectOnly("holds", "hypotheses", ["hypotheses", value]);
    expectOnly("holds", "hypotheses", ["hypotheses[0].id", 7]);
    for (const value of ["true", 1, GONE]) expectOnly("holds", "hypotheses", ["hypotheses[0].decided", value]);
    for (const value of ["proved", null, GONE]) expectOnly("holds", "hypotheses", ["hypotheses[0].evidence", value]);
    expectOnly("holds", "hypotheses", ["hypotheses", plus(row("separable", true, "certified"))]);
  });

  it("separability is what its certificate says, and certified", () => {
    const i = index("holds", "separable");
    expectAt("holds", `hypotheses[${i}]`, [`hypotheses[${i}].decided`, false]);
    expectAt("holds", `hypotheses[${i}]`, [`hypotheses[${i}].decided`, null]);
    expectAt("holds", `hypotheses[${i}]`, ["certificates", without("separation")]);
    expectAt("scope", `hypotheses[0]`, ["hypotheses[0].decided", true]);
    for (const grade of ["exact", "observed"])
      expectOnly("holds", `hypotheses[${i}]`, [`hypotheses[${i}].evidence`, grade]);
    const broken = at(DOCUMENTS.holds, "separation");
    expectAt("holds", `hypotheses[${i}]`, [`certificates[${broken}].margin`, "1000"]);
  });

  it("what is declared is exact, and decided", () => {
    const i = index("holds", "exponential-loss");
    for (const grade of ["certified", "observed"])
      expectOnly("holds", `hypotheses[${i}]`, [`hypotheses[${i}].evidence`, grade]);
    expectAt("holds", `hypotheses[${i}]`, [`hypotheses[${i}].decided`, null]);
  });

  it("bounded steps are those of gradient descent", () => {
    const i = index("descent", "bounded-steps");
    expectAt("descent", `hypotheses[${i}]`, [`hypotheses[${i}].decided`, false]);
    expect(refusals(forged(DOCUMENTS.descent, ["dynamics", "gradient-flow"]))).toEqual([
      "theorem", // the flow supposes something else
      `hypotheses[${i}]`,
      "verdict", // the flow is judged at its limit
    ]);
    const last = DOCUMENTS.holds.hypotheses.length;
    expectAt("holds", `hypotheses[${last}]`, ["hypotheses", plus(row("bounded-steps", true, "exact"))]);
    for (const value of ["newton", null, GONE]) expectOnly("holds", "dynamics", ["dynamics", value]);
  });

  it("what is watched along the run, or unknown here, is observed at most and never false", () => {
    const first = index("holds", "loss-to-zero");
    const last = DOCUMENTS.holds.hypotheses.length;
    expect(last - first).toBe(5);
    for (let i = first; i < last; i++) {
      for (const grade of ["sampled", "certified", "exact"])
        expectOnly(
          "holds",
          `hypotheses[${i}]`,
          [`hypotheses[${i}].evidence`, grade],
          ["evidence.hypotheses", "observed"],
        );
      expectAt("holds", `hypotheses[${i}]`, [`hypotheses[${i}].decided`, false]);
      expectAt("holds", `hypotheses[${i}]`, [`hypotheses[${i}].decided`, null]); // undecided, and yet observed
    }
    expectAt("holds", `hypotheses[${last}]`, ["hypotheses", plus(row("generic", true, "exact"))]);
    expectAt("holds", `hypotheses[${last}]`, ["hypotheses", plus(row("generic", false, "observed"))]);
    const assumed: Change[] = [
      ["hypotheses", plus(row("generic", true, "assumed"))],
      ["evidence.hypotheses", "assumed"],
    ];
    // Not a fault of the row: the theorem supposes no such thing.
    expect(refusals(forged(DOCUMENTS.holds, ...assumed))).toEqual(["theorem"]);
  });

  it("none is left out: without the row of what was not seen an inconclusive run would hold", () => {
    for (const id of DOCUMENTS.holds.hypotheses.map((h) => h.id))
      expectAt("holds", "theorem", ["hypotheses", dropped(id)]);
    for (const id of DOCUMENTS.descent.hypotheses.map((h) => h.id))
      expectAt("descent", "theorem", ["hypotheses", dropped(id)]);
  });

  it("false rows of a holding document cannot make it out of scope", () => {
    const i = index("holds", "loss-to-zero");
    const changes: Change[] = [
      [`hypotheses[${i}].decided`, false],
      [`hypotheses[${i}].evidence`, "certified"],
      ["verdict", "out-of-scope"],
      ["claims", []],
      ["reached", null],
      ["evidence.claim", null],
    ];
    expect(refusals(forged(DOCUMENTS.holds, ...changes))).toEqual([`hypotheses[${i}]`]);
  });

  it("the column is the weakest of the rows", () => {
    for (const grade of ["assumed", "sampled", "certified", "exact", null])
      expectOnly("holds", "evidence.hypotheses", ["evidence.hypotheses", grade]);
    expectAt("holds", "evidence.hypotheses", ["evidence", GONE]);
  });
});

describe("scope", () => {
  it("a document of a theorem supposes what all theorems suppose", () => {
    expectAt("holds", "scope", ["hypotheses", dropped("separable")]);
    expectAt("holds", "scope", ["hypotheses", dropped("loss-to-zero")]);
    expectAt("holds", "scope", ["hypotheses", dropped("separable")], ["predicted", null]);
    expectAt("scope", "scope", ["hypotheses", dropped("separable")]);
    expectAt("holds", "scope", ["hypotheses", []]);
    expectAt(
      "holds",
      "scope",
      ["hypotheses", (rows: object[]) => rows.slice(0, 3)],
      ["evidence.hypotheses", "certified"],
    );
  });

  it("a run, a prediction and claims are there exactly where no hypothesis is false", () => {
    expectAt("holds", "scope", ["reached", null]);
    expectAt("holds", "scope", ["predicted", null]);
    expectAt("holds", "scope", ["claims", []]);
    const more: Change[] = [
      ["claims", [{ id: "agrees-with-flow", outcome: "supports", why: "" }]],
      ["evidence.claim", "observed"],
    ];
    expect(refusals(forged(DOCUMENTS.scope, ...more))).toEqual(["scope", "theorem"]);
    expectAt("scope", "scope", ["reached", DOCUMENTS.holds.reached]);
    expectAt("scope", "scope", ["predicted", DOCUMENTS.holds.predicted]);
  });

  it("a declared fact that is false puts separable data out of scope; nothing else of the run may stay", () => {
    const i = DOCUMENTS.holds.hypotheses.findIndex((h) => h.id === "exponential-loss");
    const changes: Change[] = [
      [`hypotheses[${i}].decided`, false],
      ["hypotheses", (rows: object[]) => rows.slice(0, 3)],
      ["evidence", { claim: null, hypotheses: "certified", proof: "assumed" }],
      ["verdict", "out-of-scope"],
      ["claims", []],
      ["reached", null],
    ];
    expect(refusals(forged(DOCUMENTS.holds, ...changes))).toEqual([]);
    expect(refusals(forged(DOCUMENTS.holds, ...changes.slice(0, 4)))).toEqual(["scope", "evidence.claim"]);
  });
});

describe("claims", () => {
  it("rows are well-formed", () => {
    for (const value of [GONE, null, {}, [null], ["holds"]]) expectOnly("holds", "claims", ["claims", value]);
    expectOnly("holds", "claims", ["claims[0].id", null]);
    for (const value of ["Supports", true, GONE]) expectOnly("holds", "claims", ["claims[0].outcome", value]);
  });

  it("a limit is supported by a direction-bound of the reached predictor within the tolerance", () => {
    expectAt("undecided", "claims[0]", ["claims[0].outcome", "supports"]);
    expectAt("holds", "claims[0]", ["certificates", without("direction-bound")]);
    expectAt("holds", "claims[0]", ["reached.beta[0]", (x: number) => x * 2]);
    const angle = DOCUMENTS.holds.reached!.angleBound!;
    for (const tolerance of [angle * (1 - 1e-12), 0, -1, 0.2000001, 0.4, "0.1", Number.NaN, null, GONE])
      expectAt("holds", "claims[0]", ["settings.tolerance", tolerance]);
    expectAt("holds", "claims[0]", ["settings", GONE]);
    for (const tolerance of [angle, 0.2])
      expect(refusals(forged(DOCUMENTS.holds, ["settings.tolerance", tolerance]))).toEqual([]);
    const bound = at(DOCUMENTS.holds, "direction-bound");
    expectAt("holds", "claims[0]", [`certificates[${bound}].angle.upper`, "1"], ["reached.angleBound", 1]);
  });

  it("a contradiction has a counterexample to this claim, about the reached predictor", () => {
    expectAt(
      "holds",
      "claims[0]",
      ["claims[0].outcome", "contradicts"],
      ["verdict", "suspect"],
      ["evidence.claim", null],
    );
    for (const id of ["limit-is-linf-max-margin", "limit-is-mean", "limit-direction", "limit-is-l1-max-margin "])
      expectAt("refuted", "claims[0]", ["claims[0].id", id]);
    expectAt("refuted", "claims[0]", ["certificates", without("counterexample")]);
    const i = at(DOCUMENTS.refuted, "counterexample");
    expectAt("refuted", "claims[0]", [`certificates[${i}].distance`, "3"]);
    expectAt("refuted", "claims[0]", [`certificates[${i}].reached`, ["2", "1"]]);
    for (const id of ["limit-is-mean", "limit-is-l2-max-margin"]) expectAt("away", "claims[0]", ["claims[0].id", id]);
    const elsewhere: Change[] = [
      [`certificates[${i}].reached`, ["2", "1"]],
      [`certificates[${i}].distance`, "2/5"],
    ];
    expect(refusals(forged(DOCUMENTS.refuted, ...elsewhere))).toEqual(["claims[0]", "evidence.claim", "verdict"]);
  });

  it("the l2 limit is not contradicted by what would support it", () => {
    const bound = DOCUMENTS.holds.certificates[at(DOCUMENTS.holds, "direction-bound")]!;
    if (bound.kind !== "direction-bound") throw new Error("expected a direction-bound");
    const counterexample = {
      kind: "counterexample",
      data: bound.data,
      claim: { kind: "max-margin", regularizer: "l2" },
      reached: bound.reached,
      distance: bound.angle.lower,
      errorBar: "0",
      limit: null,
      proof: { by: "optimum", optimum: bound.optimum },
    };
    const changes: Change[] = [
      ["certificates", plus(counterexample)],
      ["claims[0].outcome", "contradicts"],
      ["verdict", "refuted"],
    ];
    expect(refusals(forged(DOCUMENTS.holds, ...changes))).toEqual(["claims[0]", "evidence.claim", "verdict"]);
    expectAt("away", "claims[0]", ["settings.tolerance", 3]);
    const far = DOCUMENTS.away.certificates[at(DOCUMENTS.away, "counterexample")]!;
    const distance = far.kind === "counterexample" ? nearest(far.distance) : null;
    expect(distance).toBeGreaterThan(0.1);
    for (const tolerance of [distance, GONE, null, "0"])
      expectAt("away", "claims[0]", ["settings.tolerance", tolerance]);
    expect(refusals(forged(DOCUMENTS.refuted, ["settings.tolerance", 3]))).toEqual([]); // of the l2 claim only
  });

  it("a counterexample is not passed over in silence", () => {
    for (const made of ["refuted", "away"] as const)
      expectOnly(
        made,
        "claims[0]",
        ["claims[0].outcome", "silent"],
        ["verdict", "inconclusive"],
        ["evidence.claim", null],
      );
    expectAt("refuted", "claims[0]", ["claims[0].outcome", "supports"]);
  });

  it("suspect is the word for a certificate of ours that the judge refuses, and for nothing else", () => {
    const i = at(DOCUMENTS.holds, "duality-gap");
    const suspect: Change[] = [
      [`certificates[${i}].angle.upper`, "0"],
      ["reached.solverFreeBound", null],
      ["claims", plus({ id: "duality-gap", outcome: "contradicts", why: "" })],
      ["verdict", "suspect"],
      ["evidence.claim", null],
    ];
    expect(refusals(forged(DOCUMENTS.holds, ...suspect))).toEqual([`certificates[${i}]`]);
    expectOnly("holds", "claims[1]", ["theorem", "mine"], ...suspect.slice(2));
    expectAt("holds", "theorem", ...suspect.slice(2));
  });

  it("the column follows from the rows", () => {
    for (const made of ["holds", "refuted", "scope", "undecided", "descent", "away"] as const)
      for (const grade of ["assumed", "observed", "sampled", "certified", "exact", null])
        if (grade !== DOCUMENTS[made].evidence.claim) expectOnly(made, "evidence.claim", ["evidence.claim", grade]);
    const more = plus({ id: "rate", outcome: "supports", why: "" });
    const mine: Change = ["theorem", "mine"];
    expectOnly("holds", "evidence.claim", mine, ["claims", more]);
    expect(refusals(forged(DOCUMENTS.holds, mine, ["claims", more], ["evidence.claim", "observed"]))).toEqual([]);
    expectAt("holds", "evidence.claim", mine, ["claims", plus({ id: "rate", outcome: "silent", why: "" })]);
  });

  it("a theorem of the catalogue says what it says once, and no more", () => {
    const observed: Change = ["evidence.claim", "observed"];
    for (const id of ["limit-is-global-minimum", "rate", ""])
      expectOnly("holds", "theorem", ["claims", plus({ id, outcome: "supports", why: "" })], observed);
    expectOnly("holds", "theorem", ["claims", (rows: object[]) => [...rows, ...rows]]);
  });
});

describe("the proof column", () => {
  it("is assumed where the proof rests on what nobody checked, and this is listed", () => {
    for (const grade of ["observed", "sampled", "certified", "exact", null, "proved", GONE])
      expectOnly("holds", "evidence.proof", ["evidence.proof", grade]);
    expectOnly("holds", "evidence.proof", ["restsOn", []]);
    expectOnly("holds", "evidence.proof", ["cited", []]);
    expectOnly("holds", "evidence.proof", ["restsOn", GONE], ["cited", GONE]);
    expectOnly("holds", "evidence.proof", ["restsOn", []], ["cited", []], ["evidence.proof", "proved"]);
    expect(refusals(forged(DOCUMENTS.holds, ["restsOn", []], ["cited", []], ["evidence.proof", "exact"]))).toEqual([]);
  });
});

describe("numbers", () => {
  it("the reached predictor and its angles are those of the certificates", () => {
    expectAt("holds", "reached", ["reached.beta[1]", (x: number) => x + 1e-9]);
    for (const value of [GONE, null, [], ["1", "2"]]) expectAt("holds", "reached", ["reached.beta", value]);
    for (const path of ["reached.angleBound", "reached.solverFreeBound"])
      for (const change of [(x: number) => x / 2, (x: number) => x * (1 + 1e-12), null, GONE, String])
        expectAt("holds", "reached", [path, change]);
    expectAt("none", "reached", ["reached.angleBound", 0.01]);
    expectOnly("none", "reached", ["reached.solverFreeBound", 0.01]);
    expectOnly("none", "reached", ["reached.beta", [1, null]]);
    expectAt("holds", "reached", ["certificates", without("duality-gap")]);
  });

  it("an angle is shown as it is certified, not rounded down", () => {
    const i = at(DOCUMENTS.holds, "direction-bound");
    const angle = DOCUMENTS.holds.reached!.angleBound!;
    const bound = DOCUMENTS.holds.certificates[i]!;
    if (bound.kind !== "direction-bound") throw new Error("expected a direction-bound");
    const [n, d] = bound.angle.upper.split("/").map(BigInt) as [bigint, bigint];
    const shift = 1n << 100n;
    const above = `${n * shift + 1n}/${d * shift}`;
    const below = `${n * shift - 1n}/${d * shift}`;
    expect(refusals(forged(DOCUMENTS.holds, [`certificates[${i}].angle.upper`, above]))).toEqual([
      "reached",
      "claims[0]",
    ]);
    expect(refusals(forged(DOCUMENTS.holds, [`certificates[${i}].angle.upper`, below]))).toEqual([]);
    expect(angle).toBe(Number(n) / Number(d));
    expectAt("holds", "reached", [`certificates[${i}].angle.upper`, above], ["reached.angleBound", null]);
  });

  it("two certificates of a kind about two predictors are one too many", () => {
    const i = at(DOCUMENTS.holds, "direction-bound");
    const bound = DOCUMENTS.holds.certificates[i]!;
    if (bound.kind !== "direction-bound") throw new Error("expected a direction-bound");
    const other = { ...bound, reached: ["5", "6"], angle: { lower: "0", upper: "22/7" } };
    expectOnly("holds", "reached", ["certificates", plus(other)]);
    expectOnly("holds", "reached", ["certificates", plus({ ...bound, angle: { lower: "0", upper: "22/7" } })]);
  });

  it("the path goes forward to the end of the run", () => {
    const { path, logInverseLoss } = DOCUMENTS.descent.reached!;
    const last = path.length - 1;
    expect(path[last]!.angleBound).toBe(DOCUMENTS.descent.reached!.angleBound);
    expectOnly("descent", "reached.path", [`reached.path[${last}].angleBound`, (x: number) => x / 2]);
    expectOnly("descent", "reached.path", [`reached.path[${last}].logInverseLoss`, (x: number) => x * 0.999]);
    expectOnly("descent", "reached.path", [`reached.path[${last}].logInverseLoss`, (x: number) => x * 1.02]);
    expectOnly("descent", "reached.path", ["reached.path[1].logInverseLoss", path[0]!.logInverseLoss]);
    expectOnly("descent", "reached.path", ["reached.path[0].angleBound", null]);
    expectOnly("descent", "reached.path", ["reached.path[0].logInverseLoss", "1"]);
    for (const value of [GONE, null, {}, [7]]) expectAt("descent", "reached.path", ["reached.path", value]);
    expectOnly("descent", "reached.path", ["reached.logInverseLoss", logInverseLoss * 2]);
    expectAt("descent", "reached.path", ["reached.logInverseLoss", null]);
    expectAt("descent", "reached.path", ["reached.logInverseLoss", null], ["reached.path", []]);
    // Rounding may leave the last look a little below the best one: then the last point of the path is another.
    const rounded: Change[] = [
      ["reached.logInverseLoss", logInverseLoss * (1 - 1e-9)],
      [`reached.path[${last}].angleBound`, 1],
    ];
    expect(refusals(forged(DOCUMENTS.descent, ...rounded))).toEqual([]);
    expect(refusals(forged(DOCUMENTS.descent, ["reached.logInverseLoss", logInverseLoss * (1 - 0.01)]))).toEqual([]);
    expect(refusals(forged(DOCUMENTS.descent, ["reached.path", []]))).toEqual([]);
  });

  it("the path of a run that was followed to its limit ends there", () => {
    const { path, logInverseLoss } = DOCUMENTS.holds.reached!;
    const last = path.length - 1;
    expect(path[last]).toEqual({ logInverseLoss, angleBound: DOCUMENTS.holds.reached!.angleBound });
    expect(path[last - 1]!.logInverseLoss).toBeLessThan(100);
    expectOnly("holds", "reached.path", [`reached.path[${last}].angleBound`, (x: number) => x / 2]);
    for (const factor of [0.999, 1 + 1e-9, 2])
      expectOnly("holds", "reached.path", [`reached.path[${last}].logInverseLoss`, (x: number) => x * factor]);
    expectOnly("holds", "reached.path", ["reached.path", path.slice(0, last)]);
    expect(refusals(forged(DOCUMENTS.holds, ["reached.path", []]))).toEqual([]);
  });

  it("the predicted optimum is that of the certificate", () => {
    expectOnly("holds", "predicted", ["predicted.beta[0]", (x: number) => x * 2]);
    expectOnly("holds", "predicted", ["predicted.betaExact[0]", "7"]);
    expectOnly("holds", "predicted", ["predicted.betaExact", ["7", "9"]], ["predicted.beta", [7, 9]]);
    expectOnly("holds", "predicted", ["predicted.objective", (x: number) => x * (1 + 1e-12)]);
    expectOnly("holds", "predicted", ["predicted.regularizer", "l1"]);
    expectOnly("holds", "predicted", ["certificates", without("exact-kkt")]);
    expectAt("holds", "predicted", ["certificates", without("exact-kkt")], ["predicted.regularizer", GONE]);
    const optimum = DOCUMENTS.holds.certificates[at(DOCUMENTS.holds, "exact-kkt")]!;
    if (optimum.kind !== "exact-kkt") throw new Error("expected an exact-kkt");
    const unreduced = { ...optimum, beta: optimum.beta.map((x) => x.replace(/^(\d+)\/(\d+)$/, "$10/$20")) };
    expect(unreduced.beta).not.toEqual(optimum.beta);
    expect(refusals(forged(DOCUMENTS.holds, ["certificates", (list: object[]) => [unreduced, ...list]]))).toEqual([]);
  });
});

describe("verdicts", () => {
  it("fold from the rows", () => {
    for (const made of ["holds", "refuted", "scope", "undecided", "descent", "none", "away"] as const)
      for (const verdict of ["holds", "refuted", "suspect", "inconclusive", "out-of-scope", "true", GONE])
        if (verdict !== DOCUMENTS[made].verdict) expectAt(made, "verdict", ["verdict", verdict]);
  });

  it("holds at a loss below 1, and never where no claim is certified", () => {
    expectAt("holds", "verdict", ["predicted", null]);
    expect(refusals(forged(DOCUMENTS.descent, ["reached.logInverseLoss", 0.5], ["reached.path", []]))).toEqual([]);
    for (const M of [0, -5]) expectOnly("descent", "verdict", ["reached.logInverseLoss", M], ["reached.path", []]);
    for (const M of [null, Number.POSITIVE_INFINITY, "9"])
      for (const made of ["holds", "descent"] as const)
        expectAt(made, "verdict", ["reached.logInverseLoss", M], ["reached.path", []]);
    const observed: Change[] = [
      ["claims", [{ id: "agrees-with-flow", outcome: "supports", why: "" }]],
      ["evidence.claim", "observed"],
    ];
    expect(refusals(forged(DOCUMENTS.holds, ...observed))).toEqual(["theorem", "verdict"]);
    // Nor where the theorem is somebody's own, of which only the document knows what it says.
    expect(refusals(forged(DOCUMENTS.holds, ["theorem", "mine"], ...observed))).toEqual(["verdict"]);
    expect(refusals(forged(DOCUMENTS.holds, ["theorem", "mine"]))).toEqual([]);
    expectAt("holds", "verdict", ["settings.tolerance", 1.5]);
  });

  it("holds at a limit where the run stands for gradient flow, and nowhere else", () => {
    expectOnly("holds", "verdict", ["reached.limit", null]);
    const limit = {
      logLogInverseLoss: Math.log(DOCUMENTS.descent.reached!.logInverseLoss),
      dual: [1],
      kkt: { stationarity: 0, complementarity: 0, feasibility: 0 },
      refined: null,
    };
    const changes: Change[] = [
      ["reached.limit", limit],
      ["reached.stop", "goal-met"],
    ];
    expect(refusals(forged(DOCUMENTS.descent, ...changes))).toEqual(["reached.limit", "verdict"]);
  });

  it("a limit is one of the engine's: weights in the simplex, residuals within its goal, the loss shown", () => {
    const { dual, logLogInverseLoss } = DOCUMENTS.holds.reached!.limit!;
    const only = (...changes: Change[]): void => expectOnly("holds", "reached.limit", ...changes);
    for (const value of [7, [], "none", {}]) expectAt("holds", "reached.limit", ["reached.limit", value]);
    expectAt("holds", "reached.limit", ["reached.limit", GONE]);
    only(["reached.stop", "step-budget"]);
    for (const weights of [
      [...dual, 0],
      dual.slice(1),
      [dual[0]! + 1e-11, dual[1]!],
      [1 + 1e-6, -1e-6],
      [1, null],
      ["1", 0],
      "1",
    ])
      only(["reached.limit.dual", weights]);
    for (const part of ["stationarity", "complementarity", "feasibility"])
      for (const value of [1.01e-10, -1e-20, null, "0", GONE]) only([`reached.limit.kkt.${part}`, value]);
    only(["reached.limit.kkt", null]);
    for (const value of [0, -1, 1.5, "1", GONE]) only(["reached.limit.refined", value]);
    expect(refusals(forged(DOCUMENTS.holds, ["reached.limit.refined", 2]))).toEqual([]);
    for (const value of [logLogInverseLoss + 1, logLogInverseLoss - 1, 700, 0, null, "33", Number.NaN, GONE])
      only(["reached.limit.logLogInverseLoss", value]);
    // Past the doubles the loss shown is the largest that is shown at all.
    const far: Change[] = [
      ["reached.path", []],
      ["reached.logInverseLoss", Math.exp(700)],
    ];
    for (const value of [691, 700, 1e6])
      expect(refusals(forged(DOCUMENTS.holds, ...far, ["reached.limit.logLogInverseLoss", value]))).toEqual([]);
    for (const value of [680, 1]) only(...far, ["reached.limit.logLogInverseLoss", value]);
    only(["reached.path", []], ["reached.logInverseLoss", 0.4]);
    const near: Change[] = [
      ["reached.path", []],
      ["reached.logInverseLoss", 0.4],
      ["reached.limit.logLogInverseLoss", Math.log(0.4)],
    ];
    expect(refusals(forged(DOCUMENTS.holds, ...near))).toEqual([]);
    for (const M of [0, -1]) expectAt("holds", "reached.limit", ["reached.logInverseLoss", M]);
  });

  it("a run without a theorem claims nothing", () => {
    expectOnly("none", "theorem", ["hypotheses", [row("separable", true, "certified")]]);
    expectOnly("none", "theorem", ["claims", [{ id: "x", outcome: "supports", why: "" }]]);
    for (const column of ["claim", "hypotheses", "proof"])
      expectOnly("none", "theorem", [`evidence.${column}`, "exact"]);
    expectOnly("none", "theorem", ["statement", "it converges"]);
    expectOnly("none", "theorem", ["restsOn", ["x"]]);
    for (const list of ["hypotheses", "claims", "restsOn"])
      for (const value of ["", null, GONE, {}]) expectOnly("none", "theorem", [list, value]);
    expectOnly("none", "theorem", ["evidence", null]);
    expectOnly("none", "theorem", ["reached", null]);
    expectAt("none", "theorem", ["reached.path", [{ logInverseLoss: 1e9, angleBound: 0 }]]);
    expectAt("none", "theorem", ["predicted", DOCUMENTS.holds.predicted]);
    expectAt("holds", "theorem", ["theorem", null]);
  });
});
