/** Documents of runs that are judged by a residual at their limit: honest ones are accepted, every forgery is refused. */
import { beforeAll, describe, expect, it } from "vitest";
import { convDepth2FourierL1 } from "../../../../proofs/theorems/conv-depth-2-fourier-l1.js";
import { convFourierBridge } from "../../../../proofs/theorems/conv-fourier-bridge.js";
import { BRIDGE_MUTANTS, L1_FROM_ANYWHERE } from "../../../../properties/mutants/theorems.js";
import { ofNumber, showQ } from "../../../../src/exact/rational.js";
import type { Case } from "../../../../src/kernel/case.js";
import type {
  BridgeResidualCertificate,
  Certificate,
  MarginGapCertificate,
} from "../../../../src/kernel/certificate.js";
import { dataFromJSON } from "../../../../src/kernel/dataset.js";
import type { RunDocument } from "../../../../src/kernel/document.js";
import { bridgeResidual, marginGapOf } from "../samples.js";
import { caseOf, forged, GONE, refusals, runDocument } from "./honest.js";

/** At depth 3 the limit has two moduli, and both points hold it. */
const X = [
  [2, -1, 1],
  [-1, 3, -1],
];
const caseAt = (depth: number, changes: Partial<Case> = {}): Case =>
  caseOf(X, { architecture: "convolutional", depth, tolerance: 1e-10, goal: 1e-10, ...changes });
const STOPPED = { budget: { steps: 1, seconds: null }, init: { kind: "gaussian", scale: 0.01 } } as const;
const OPPOSED = {
  name: "d",
  shape: [3],
  json: {
    scale: "1",
    X: [
      ["1", "0", "2"],
      ["-1", "0", "-2"],
    ],
    y: [1, 1],
  },
} as const;
/** The layers sum to 0. */
const DEAD = {
  init: {
    kind: "layers",
    layers: [[[0.5, -0.25, -0.25]], [[0.25, 0.5, -0.75]]],
  },
} as const;
/** The layers have one sum. */
const BALANCED = { init: { kind: "layers", layers: [[[0.5, 0.25, 0.25]], [[0, 0.25, 0.75]]] } } as const;
const P1 = BRIDGE_MUTANTS.find(({ truth }) => truth === 2)!.mutant;
const SIGNAL = BRIDGE_MUTANTS.find(({ mutant }) => mutant.id.endsWith("~no-transform"))!.mutant;

const make = async () => ({
  bridge: await runDocument(caseAt(3), convFourierBridge),
  bridge1: await runDocument(caseAt(1), convFourierBridge),
  bridge2: await runDocument(caseAt(2), convFourierBridge),
  bridge4: await runDocument(caseAt(4), convFourierBridge),
  "bridge by descent": await runDocument(caseAt(1, { optimizer: "gradient-descent", eta: 1 }), convFourierBridge),
  "bridge stopped": await runDocument(caseAt(3, STOPPED), convFourierBridge),
  "bridge on opposed data": await runDocument(caseAt(3, { data: OPPOSED }), convFourierBridge),
  "bridge from a dead frequency": await runDocument(caseAt(2, DEAD), convFourierBridge),
  "bridge with p = 1": await runDocument(caseAt(3), P1),
  "bridge without transform": await runDocument(caseAt(3), SIGNAL),
  l1: await runDocument(caseAt(2), convDepth2FourierL1),
  "l1 by descent": await runDocument(caseAt(2, { optimizer: "gradient-descent", eta: 1 }), convDepth2FourierL1),
  "l1 stopped": await runDocument(caseAt(2, STOPPED), convDepth2FourierL1),
  "l1 on opposed data": await runDocument(caseAt(2, { data: OPPOSED }), convDepth2FourierL1),
  "l1 from a dead frequency": await runDocument(caseAt(2, DEAD), convDepth2FourierL1),
  "l1 from a balanced one": await runDocument(caseAt(2, BALANCED), convDepth2FourierL1),
  "l1 from anywhere": await runDocument(caseAt(2, DEAD), L1_FROM_ANYWHERE),
});
type Made = keyof Awaited<ReturnType<typeof make>>;
let DOCUMENTS: Record<Made, RunDocument>;
beforeAll(async () => {
  DOCUMENTS = await make();
});

type Change = readonly [path: string, value: unknown];
const refused = (made: Made, ...changes: readonly Change[]): string[] => refusals(forged(DOCUMENTS[made], ...changes));
const at = (made: Made, kind: Certificate["kind"]): number =>
  DOCUMENTS[made].certificates.findIndex((c) => c.kind === kind);
const residualOf = (made: Made): BridgeResidualCertificate => {
  const c = DOCUMENTS[made].certificates[at(made, "bridge-residual")];
  if (c?.kind !== "bridge-residual") throw new Error("it is made");
  return c;
};
const gapOf = (made: Made): MarginGapCertificate => {
  const c = DOCUMENTS[made].certificates[at(made, "margin-gap")];
  if (c?.kind !== "margin-gap") throw new Error("it is made");
  return c;
};
const shown = (text: string): number => {
  const [n, d = "1"] = text.split("/").map(BigInt) as [bigint, bigint?];
  // An upper bound is a double: its power of two divides exactly.
  return Number(n) / Number(d);
};
const times =
  (k: bigint) =>
  (text: string): string => {
    const [n, d = "1"] = text.split("/");
    return `${k * BigInt(n!)}/${d}`;
  };
const DATA = dataFromJSON(caseAt(1).data.json);

/** Another certificate in the place of the one that the document has, and its number as the residual shown. */
function instead(made: Made, c: BridgeResidualCertificate | MarginGapCertificate): Change[] {
  const i = Math.max(at(made, "bridge-residual"), at(made, "margin-gap"));
  const value = c.kind === "bridge-residual" ? c.largest.upper : c.gap.upper;
  return [
    [`certificates[${i}]`, c],
    ["reached.residual", shown(value)],
  ];
}

describe("honest documents", () => {
  it.each<[Made, RunDocument["verdict"], RunDocument["evidence"]["claim"]]>([
    ["bridge", "holds", "certified"],
    ["bridge1", "holds", "certified"],
    ["bridge2", "holds", "certified"],
    ["bridge4", "holds", "certified"],
    ["bridge by descent", "inconclusive", null],
    ["bridge stopped", "inconclusive", null],
    ["bridge on opposed data", "out-of-scope", null],
    ["bridge from a dead frequency", "out-of-scope", null],
    ["bridge with p = 1", "refuted", "certified"],
    ["bridge without transform", "refuted", "certified"],
    ["l1", "holds", "certified"],
    ["l1 by descent", "inconclusive", null],
    ["l1 stopped", "inconclusive", null],
    ["l1 on opposed data", "out-of-scope", null],
    ["l1 from a dead frequency", "out-of-scope", null],
    ["l1 from a balanced one", "out-of-scope", null],
    ["l1 from anywhere", "refuted", "certified"],
  ])("%s: %s, accepted as is and as a replay", (made, verdict, claim) => {
    const d = DOCUMENTS[made];
    expect([d.verdict, d.evidence.claim]).toEqual([verdict, claim]);
    expect(refusals(d)).toEqual([]);
    expect(refusals(JSON.parse(JSON.stringify(forged(d, ["command", "replay"]))))).toEqual([]);
    expect(d.predicted).toBeNull();
    expect([d.reached?.angleBound ?? null, d.reached?.solverFreeBound ?? null]).toEqual([null, null]);
  });

  it("what has a limit shows a residual, what has none shows neither", () => {
    for (const [made, d] of Object.entries(DOCUMENTS)) {
      const decided = d.verdict === "holds" || d.verdict === "refuted";
      expect([made, d.reached?.limit != null, d.reached?.residual != null]).toEqual([made, decided, decided]);
      if (d.verdict === "holds") expect(d.reached!.residual).toBeLessThanOrEqual(1e-10);
      if (d.verdict === "refuted") expect(d.reached!.residual).toBeGreaterThan(1e-6);
    }
    expect(DOCUMENTS["bridge stopped"].claims[0]!.why).toMatch(/^no limit of the run was reached: ./);
  });
});

/** Of a claim without a residual of its own: nothing raises it either. */
const UNBACKED: Readonly<Record<"bridge" | "l1", readonly string[]>> = {
  bridge: ["claims[0]", "evidence.claim"],
  l1: ["claims[0]"],
};

describe("holds, with a certificate that does not back it", () => {
  it("a residual that is not the certificate's", () => {
    for (const made of ["bridge", "l1"] as const) {
      for (const change of [(x: number) => x / 2, (x: number) => x + 1e-30, 0, null, GONE, String])
        expect(refused(made, ["reached.residual", change])).toContain("reached.residual");
      const i = Math.max(at(made, "bridge-residual"), at(made, "margin-gap"));
      const gone: Change = ["certificates", (list: object[]) => list.filter((_, k) => k !== i)];
      expect(refused(made, gone)).toEqual(expect.arrayContaining(["reached.residual", "claims[0]"]));
      expect(refused(made, gone, ["reached.residual", null])).toEqual([...UNBACKED[made], "verdict"]);
    }
  });

  it("a certificate about another predictor, though the same direction", () => {
    const { penalty, reached, q, support } = residualOf("bridge");
    const twice = bridgeResidual(DATA, penalty, reached.map(times(2n)), q, support);
    expect(refused("bridge", ...instead("bridge", twice))).toEqual(["reached.residual", ...UNBACKED.bridge]);
    const all: Change[] = [...instead("bridge", twice), ["reached.beta", (b: number[]) => b.map((x) => 2 * x)]];
    expect(refused("bridge", ...all)).toEqual(["evidence.claim"]); // the exact point has a scale of its own
    expect(refused("bridge", ...all, ["evidence.claim", "sampled"])).toEqual([]); // a residual has none
    const gap = gapOf("l1");
    const doubled = marginGapOf(DATA, gap.reached.map(times(2n)), gap.q, null);
    expect(refused("l1", ...instead("l1", doubled))).toEqual(["reached.residual", "claims[0]"]);
  });

  it("a certificate about other data", () => {
    const other = dataFromJSON({ ...caseAt(1).data.json, scale: "2" });
    const { penalty, reached, q, support } = residualOf("bridge");
    const elsewhere = bridgeResidual(other, penalty, reached.map(times(2n)), q, support);
    expect(refused("bridge", ...instead("bridge", elsewhere))).toContain("data");
  });

  it("weights that are not those of the run: fitted ones would let many a penalty pass", () => {
    const { penalty, reached, q, support } = residualOf("bridge");
    const other = ["1/2", "1/2"];
    expect(q).not.toEqual(other);
    const fitted = bridgeResidual(DATA, penalty, reached, other, support);
    expect(refused("bridge", ...instead("bridge", fitted))).toContain("claims[0]");
    expect(refused("bridge", ["reached.limit.dual", [0.5, 0.5]])).toEqual(UNBACKED.bridge);
    expect(refused("l1", ["reached.limit.dual", [0.5, 0.5]])).toEqual(["claims[0]"]);
    const [a, b] = DOCUMENTS.bridge.reached!.limit!.dual;
    expect(refused("bridge", ["reached.limit.dual", [b, a]])).toEqual(UNBACKED.bridge);
    expect(refused("bridge", ["reached.limit.dual", [a! * (1 - 2 ** -53), b]])).toEqual(UNBACKED.bridge);
  });

  it("the penalty of another depth, space or exponent", () => {
    for (const depth of [1, 2, 4, 6, 0, -3, 2.5, "3", null, Number.NaN, GONE, 1e300])
      expect(refused("bridge", ["settings.depth", depth])).toEqual(UNBACKED.bridge);
    for (const depth of [1, 3, 2.5, "2", GONE]) expect(refused("l1", ["settings.depth", depth])).toEqual(["theorem"]);
    for (const depth of [1, 3, 4]) expect(refused("bridge2", ["settings.depth", depth])).toContain("claims[0]");
    // A residual that is small for another penalty says nothing of this one.
    const { reached, q, support } = residualOf("bridge1");
    const signal = bridgeResidual(DATA, { space: "signal", p: "2" }, reached, q, [0, 1, 2]);
    expect(shown(signal.largest.upper)).toBeLessThan(1e-10);
    expect(refused("bridge1", ...instead("bridge1", signal))).toEqual(UNBACKED.bridge);
    expect(support).toEqual([0, 1]);
    expect(refused("bridge", ["settings", GONE])).toContain("claims[0]");
  });

  it("one that its own judge refuses", () => {
    const i = at("bridge", "bridge-residual");
    for (const change of [
      [`certificates[${i}].parts.stationarity`, "0"],
      [`certificates[${i}].q`, ["2", "-1"]],
      [`certificates[${i}].q`, ["1/2", "1/3"]],
      [`certificates[${i}].penalty.p`, "1/2"],
    ] as const)
      expect(refused("bridge", change)).toEqual(expect.arrayContaining([`certificates[${i}]`, "claims[0]"]));
    const k = at("l1", "margin-gap");
    for (const change of [
      [`certificates[${k}].q`, ["3/2", "-1/2"]],
      [`certificates[${k}].gap.upper`, "0"],
      [`certificates[${k}].witness`, gapOf("l1").reached.map(times(-1n))],
    ] as const)
      expect(refused("l1", change)).toEqual(expect.arrayContaining([`certificates[${k}]`, "claims[0]"]));
  });

  it("a residual above its tolerance, whatever tolerance the document names", () => {
    const c = residualOf("bridge");
    const loose = { ...c, largest: { lower: "0", upper: showQ(ofNumber(1.001e-10)) } };
    for (const more of [[], [["settings.tolerance", 0.1]]] as Change[][])
      expect(refused("bridge", ...instead("bridge", loose), ...more)).toEqual([...UNBACKED.bridge, "verdict"]);
    const just = { ...c, largest: { lower: "0", upper: showQ(ofNumber(0.999e-10)) } };
    expect(refused("bridge", ...instead("bridge", just))).toEqual([]);
    const gap = gapOf("l1");
    const wide = { ...gap, gap: { lower: "0", upper: showQ(ofNumber(1.001e-10)) } };
    expect(refused("l1", ...instead("l1", wide))).toEqual(["claims[0]", "verdict"]);
  });

  it("no limit, or one of another kind of run", () => {
    for (const made of ["bridge", "l1"] as const) {
      expect(new Set(refused(made, ["reached.limit", null]))).toEqual(new Set([...UNBACKED[made], "verdict"]));
      expect(refused(made, ["dynamics", "gradient-descent"])).toEqual(
        expect.arrayContaining(["reached.limit", "theorem", "verdict"]),
      );
      expect(refused(made, ["reached.stop", "step-budget"])).toEqual(["reached.limit"]);
      expect(refused(made, ["reached.logInverseLoss", 10])).toContain("reached.limit");
    }
    // At depth 3 the steps might have chosen it.
    expect(DOCUMENTS.bridge.reached!.limit!.refined).toBe(1);
    expect(refused("bridge", ["reached.limit.refined", null])).toEqual(["verdict"]);
    expect(DOCUMENTS.bridge2.reached!.limit!.refined).toBeNull();
  });

  it("an angle or a prediction that the theorem does not make", () => {
    const path = [{ logInverseLoss: DOCUMENTS.bridge.reached!.logInverseLoss, angleBound: 1e-9 }];
    expect(refused("bridge", ["reached.path", path])).toEqual(["reached.path"]);
    // Nor a point a little past the end, where rounding may leave the last look at a run.
    const end = DOCUMENTS["bridge by descent"].reached!.logInverseLoss;
    const past = [{ logInverseLoss: end * 1.001, angleBound: 1e-9 }];
    expect(refused("bridge by descent", ["reached.path", past])).toEqual(["reached.path"]);
    const all: Change[] = [
      ["reached.path", path],
      ["reached.angleBound", 1e-9],
    ];
    expect(refused("bridge", ...all)).toEqual(expect.arrayContaining(["reached", "reached.measure"]));
    const direction = DOCUMENTS.bridge.reached!.beta;
    const predicted = { regularizer: "l2", beta: direction, betaExact: ["1", "1", "1"], objective: 1 };
    expect(refused("bridge", ["predicted", predicted])).toEqual(["predicted", "reached.measure"]);
  });
});

describe("holds, with words that do not follow", () => {
  it("a claim column that is not what the certificates show", () => {
    for (const grade of ["exact", "sampled", "observed", "assumed", null])
      for (const made of ["bridge", "bridge1", "bridge2", "bridge4"] as const)
        expect(refused(made, ["evidence.claim", grade])).toEqual(["evidence.claim"]);
    for (const grade of ["exact", "sampled", null])
      expect(refused("l1", ["evidence.claim", grade])).toEqual(["evidence.claim"]);
  });

  it("certified by a residual alone, or beside a certificate that shows nothing of this limit", () => {
    const kinds = { bridge: "stationary-point", bridge1: "direction-bound", bridge2: "margin-gap" } as const;
    for (const made of ["bridge", "bridge1", "bridge2"] as const) {
      const k = at(made, kinds[made]);
      const gone: Change = ["certificates", (list: object[]) => list.filter((_, i) => i !== k)];
      expect(refused(made, gone)).toEqual(["evidence.claim"]);
      expect(refused(made, gone, ["evidence.claim", "sampled"])).toEqual([]);
      // One that the judge refuses, and those of the other depths on the same data.
      const broken = refused(made, [`certificates[${k}].reached[0]`, "1"]);
      expect(broken).toEqual(expect.arrayContaining([`certificates[${k}]`, "evidence.claim"]));
      for (const other of ["bridge", "bridge1", "bridge2", "bridge4"] as const) {
        if (other === made) continue;
        const i = at(other, other === "bridge4" ? "stationary-point" : kinds[other]);
        const foreign = DOCUMENTS[other].certificates[i]!;
        expect(refused(made, [`certificates[${k}]`, foreign])).toContain("evidence.claim");
      }
    }
  });

  it("an exact point with its support, its multipliers or its penalty changed", () => {
    const k = at("bridge", "stationary-point");
    const c = DOCUMENTS.bridge.certificates[k];
    if (c?.kind !== "stationary-point") throw new Error("it is made");
    const last = c.center.length - 1;
    for (const [path, value] of [
      ["penalty.p", "1/2"],
      ["penalty.space", "signal"],
      ["support", [0]],
      ["active", [0]],
      [`center[${last}]`, times(2n)(c.center[last]!)],
      ["radius", "1/4"],
      ["distance.upper", "0"],
    ] as const)
      expect(refused("bridge", [`certificates[${k}].${path}`, value])).toEqual(
        expect.arrayContaining([`certificates[${k}]`, "evidence.claim"]),
      );
    // True, and too loose to say much.
    for (const far of ["1/1000000", "1"])
      expect(refused("bridge", [`certificates[${k}].distance.upper`, far])).toEqual(["evidence.claim"]);
  });

  it("claims that are left out, renamed or another theorem's", () => {
    const claim = (id: string): Change => ["claims[0].id", id];
    const observed: Change = ["evidence.claim", "observed"];
    for (const made of ["bridge", "l1"] as const) {
      expect(refused(made, ["claims", []])).toEqual(expect.arrayContaining(["scope", "verdict"]));
      expect(refused(made, claim("mine"), observed)).toEqual(expect.arrayContaining(["theorem", "verdict"]));
      expect(refused(made, claim("mine"), observed, ["theorem", "mine"])).toEqual(
        expect.arrayContaining(["verdict"]), // observed alone, nothing holds
      );
      expect(refused(made, claim("limit-direction"))).toEqual(expect.arrayContaining(["theorem", "claims[0]"]));
    }
    const l1 = "limit-is-fourier-l1-max-margin";
    expect(refused("bridge2", claim(l1))).toEqual(["reached.residual", "theorem"]); // its gap shows that one too
    expect(refused("l1", claim("limit-is-fourier-bridge-stationary"), ["evidence.claim", "sampled"])).toEqual([
      "reached.residual",
      "theorem",
      "claims[0]",
    ]);
    // The other theorem's name with this one's claim.
    expect(refused("bridge2", ["theorem", "conv-depth-2-fourier-l1"])).toEqual(["theorem"]);
    expect(refused("l1", ["theorem", "conv-fourier-bridge"])).toEqual(["theorem"]);
    expect(refused("l1", ["theorem", "fully-connected-l2"])).toEqual(["theorem", "verdict"]);
    // Both claims, one certificate.
    const more: Change = ["claims", (rows: object[]) => [...rows, { id: l1, outcome: "supports", why: "" }]];
    expect(refused("bridge2", more)).toEqual(["reached.residual", "theorem"]); // a certificate each, and one number
    const k = at("bridge2", "margin-gap");
    const without: Change = ["certificates", (list: object[]) => list.filter((_, i) => i !== k)];
    expect(refused("bridge2", without, more)).toEqual(expect.arrayContaining(["claims[1]"]));
    // The gap of another norm backs no claim about this one.
    const { reached, q } = gapOf("l1");
    for (const norm of ["l2", "l1", "lp:5/4"]) {
      const other = { ...marginGapOf(DATA, reached, q, null, norm), gap: gapOf("l1").gap };
      const found = refused("l1", ...instead("l1", other));
      expect(found).toContain("claims[0]");
    }
  });

  it("a network that the theorem does not speak of", () => {
    for (const made of ["bridge", "l1"] as const)
      for (const name of ["diagonal", "fully-connected", null, GONE])
        expect(refused(made, ["settings.architecture", name])).toEqual(["verdict"]);
    expect(refused("bridge", ["settings.architecture", "mine"], ["theorem", "mine"])).toEqual([]);
  });

  it("a generic initialization that nobody computed", () => {
    const i = DOCUMENTS.l1.hypotheses.findIndex((h) => h.id === "generic-initialization");
    expect(DOCUMENTS.l1.hypotheses[i]).toMatchObject({ decided: true, evidence: "exact" });
    for (const grade of ["certified", "sampled", "observed", "assumed"])
      expect(refused("l1", [`hypotheses[${i}].evidence`, grade])).toContain(`hypotheses[${i}]`);
    expect(refused("l1", [`hypotheses[${i}].decided`, null])).toContain(`hypotheses[${i}]`);
    for (const made of ["l1", "bridge2"] as const)
      expect(
        refused(made, [
          "hypotheses",
          (rows: { id: string }[]) => rows.filter((h) => h.id !== "generic-initialization"),
        ]),
      ).toEqual(["theorem"]);
    const undecided: Change[] = [
      [`hypotheses[${i}].decided`, null],
      [`hypotheses[${i}].evidence`, "assumed"],
    ];
    expect(refused("l1", ...undecided)).toEqual(["evidence.hypotheses", "verdict"]);
    expect(refused("l1", ...undecided, ["evidence.hypotheses", "assumed"], ["verdict", "inconclusive"])).toEqual([]);
    // Of a case that it put out of scope, made one that is in scope without a run.
    const k = DOCUMENTS["l1 from a dead frequency"].hypotheses.findIndex((h) => h.id === "generic-initialization");
    expect(refused("l1 from a dead frequency", [`hypotheses[${k}].decided`, true])).toEqual(
      expect.arrayContaining(["scope", "verdict"]),
    );
  });
});

describe("refuted, with a certificate that does not contradict", () => {
  const toRefuted: Change[] = [
    ["claims[0].outcome", "contradicts"],
    ["evidence.claim", "certified"],
    ["verdict", "refuted"],
  ];

  it("of what supports", () => {
    for (const made of ["bridge", "l1"] as const)
      expect(refused(made, ...toRefuted)).toEqual(expect.arrayContaining(["claims[0]", "verdict"]));
  });

  it("of a predictor scaled below its margins, a coefficient left out, or one of 0 let in", () => {
    const { penalty, reached, q, support } = residualOf("bridge");
    const halved = reached.map((text) => {
      const [n, d = "1"] = text.split("/");
      return `${n}/${2n * BigInt(d)}`;
    });
    const scaled = bridgeResidual(DATA, penalty, halved, q, support);
    expect(shown(scaled.largest.lower)).toBeGreaterThan(0.4);
    const changes: Change[] = [...toRefuted, ["reached.beta", (b: number[]) => b.map((x) => x / 2)]];
    expect(refused("bridge", ...instead("bridge", scaled), ...changes)).toEqual(
      expect.arrayContaining(["claims[0]", "verdict"]),
    );
    for (const [made, other] of [
      ["bridge", [0]],
      ["bridge", [1]],
      ["bridge2", [1]],
      ["bridge4", [0, 1]], // here the first is 0 but for rounding
    ] as const) {
      const own = residualOf(made);
      expect(own.support).not.toEqual(other);
      // A last bit, so that rounding is there for certain.
      const [first, ...rest] = DOCUMENTS[made].reached!.beta;
      const moved = first! * (1 + 2 ** -50);
      const near = [moved, ...rest].map((x) => showQ(ofNumber(x)));
      const unfair = bridgeResidual(DATA, own.penalty, near, own.q, other);
      expect(shown(unfair.largest.lower)).toBeGreaterThan(1e-6);
      const found = refused(made, ...instead(made, unfair), ["reached.beta[0]", moved], ...toRefuted);
      expect(found).toEqual(expect.arrayContaining(["claims[0]", "evidence.claim", "verdict"]));
      expect(found.filter((where) => where.startsWith("certificates"))).toEqual([]); // it is true, and shows nothing
    }
  });

  it("of other weights, or passed over in silence", () => {
    for (const made of ["bridge with p = 1", "bridge without transform", "l1 from anywhere"] as const) {
      expect(refused(made, ["reached.limit.dual", [0.5, 0.5]])).toContain("claims[0]");
      const silent: Change[] = [
        ["claims[0].outcome", "silent"],
        ["evidence.claim", null],
        ["verdict", "inconclusive"],
      ];
      expect(refused(made, ...silent)).toEqual(["claims[0]"]);
      const holds: Change[] = [
        ["claims[0].outcome", "supports"],
        ["verdict", "holds"],
      ];
      expect(refused(made, ...holds)).toEqual(expect.arrayContaining(["claims[0]", "verdict"]));
    }
  });

  it("of the theorem, by the mutant's certificate", () => {
    const id = "limit-is-fourier-bridge-stationary";
    expect(refused("bridge with p = 1", ["theorem", "conv-fourier-bridge"])).toContain("theorem");
    expect(refused("bridge with p = 1", ["theorem", "conv-fourier-bridge"], ["claims[0].id", id])).toEqual(
      expect.arrayContaining(["claims[0]", "verdict"]),
    );
    expect(refused("l1 from anywhere", ["theorem", "conv-depth-2-fourier-l1"])).toEqual(["theorem"]);
  });
});
