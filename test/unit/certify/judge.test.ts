/** Attacks on the judge: each is a certificate that tempts it to accept a falsehood, to throw, or to dwell. */
import { describe, expect, it } from "vitest";
import { angleBetween, falsehood } from "../../../properties/laws/truth.js";
import { CERTIFICATE_KINDS, judge } from "../../../src/certify/judge.js";
import { polyhedralNorm } from "../../../src/exact/norm.js";
import { add, compare, div, mul, q, showQ, toNumber } from "../../../src/exact/rational.js";
import { combineRows, entriesOf, leastEntry, marginsOf, vectorOf } from "../../../src/exact/vector.js";
import type {
  BridgeResidualCertificate,
  Certificate,
  DirectionBoundCertificate,
} from "../../../src/kernel/certificate.js";
import { signedRows } from "../../../src/kernel/dataset.js";
import {
  bridgeResidual,
  cone,
  counterexample,
  type DataKind,
  dataset,
  directionBound,
  dualityGap,
  forgedWitness,
  optimumOf,
  rational,
  SEPARABLE,
  soundCertificates,
  vector,
} from "./samples.js";

const SOUND = await soundCertificates();
const SEPARATION = { kind: "separation", data: { scale: "1", X: [["2", "1"]], y: [1] }, beta: ["1", "0"], margin: "2" };
const FARKAS = { kind: "farkas", data: { scale: "1", X: [["2"], ["-2"]], y: [1, 1] }, lambda: ["1/2", "1/2"] };

/** A copy with one place changed; the path is dotted. */
function changed(certificate: object, path: string, value: unknown): unknown {
  const copy = structuredClone(certificate) as Record<string, unknown>;
  const keys = path.split(".");
  const last = keys.pop()!;
  let parent: Record<string, unknown> = copy;
  for (const key of keys) parent = parent[key] as Record<string, unknown>;
  parent[last] = value;
  return copy;
}

/** Milliseconds of this process, whatever else the machine does. */
const clock = (): number => process.cpuUsage().user / 1000;

function expectRefused(certificate: unknown): void {
  const start = clock();
  const answer = judge(certificate);
  expect(answer.accepted).toBe(false);
  expect(!answer.accepted && answer.reason.length > 10 && answer.kind.length <= 40).toBe(true);
  expect(clock() - start).toBeLessThan(1000);
}

const expectAccepted = (certificate: unknown): void => {
  expect(judge(certificate)).toMatchObject({ accepted: true });
};

describe("sound certificates", () => {
  for (const kind of Object.keys(SOUND) as DataKind[])
    it(`${kind}: accepted with a statement, from an object or from its text`, () => {
      expect(SOUND[kind].length).toBeGreaterThanOrEqual(3);
      for (const certificate of SOUND[kind]) {
        const answer = judge(certificate);
        expect(answer).toMatchObject({ accepted: true, kind });
        expect(answer.accepted && answer.statement.length).toBeGreaterThan(20);
        expect(judge(JSON.parse(JSON.stringify(certificate)))).toEqual(answer);
      }
    });

  it("the two plain ones are sound", () => {
    expectAccepted(SEPARATION);
    expectAccepted(FARKAS);
  });
});

describe("what is no certificate", () => {
  const deep = JSON.parse(`${"[".repeat(5000)}${"]".repeat(5000)}`) as unknown;
  const OBJECTS: readonly unknown[] = [
    ...[null, undefined, true, 0, Number.NaN, "separation", 1n, Symbol("x"), () => SEPARATION, [], [SEPARATION]],
    ...[{}, new Map(), new Date(0), deep, Object.create(null), Object.create(SEPARATION)],
  ];
  it.each(OBJECTS.map((x, i) => [i, x] as const))("number %i", (_, x) => expectRefused(x));

  const KINDS: readonly unknown[] = [
    ...["", "Farkas", "farkas ", "__proto__", "constructor", "toString", "hasOwnProperty", "x".repeat(1e6)],
    ...[null, 7, Number.NaN, true, ["farkas"], { farkas: 1 }, deep],
    { toString: 0 }, // String() of it throws
    { toString: null, valueOf: null },
  ];
  it.each(KINDS.map((kind, i) => [i, kind] as const))("kind number %i", (_, kind) => {
    expectRefused({ ...FARKAS, kind });
  });

  it("of another kind than its parts", () => {
    for (const certificate of Object.values(SOUND).flat())
      for (const kind of CERTIFICATE_KINDS) if (kind !== certificate.kind) expectRefused({ ...certificate, kind });
  });
});

describe("keys", () => {
  /** The places of all records in a certificate, the root as the empty path. */
  const records = (value: unknown, path = ""): string[] =>
    typeof value !== "object" || value === null || Array.isArray(value)
      ? []
      : [path, ...Object.entries(value).flatMap(([key, part]) => records(part, path === "" ? key : `${path}.${key}`))];
  const at = (value: unknown, path: string): object =>
    path.split(".").reduce((x, key) => (key === "" ? x : (x as Record<string, unknown>)[key]), value) as object;

  for (const certificate of Object.values(SOUND).flatMap((list) => list.slice(-1)))
    it(`${certificate.kind}: none more, none less, none inherited`, () => {
      for (const path of records(certificate)) {
        for (const extra of ["note", "__proto__", "constructor", "0"]) {
          const copy = structuredClone(certificate);
          Object.defineProperty(at(copy, path), extra, { value: "x", enumerable: true });
          expectRefused(JSON.parse(JSON.stringify(copy)));
        }
        for (const key of Object.keys(at(certificate, path))) {
          const copy = structuredClone(certificate);
          Reflect.deleteProperty(at(copy, path), key);
          expectRefused(copy);
          if (path !== "") expectRefused(changed(copy, path, Object.create(at(certificate, path))));
          expectRefused(changed(certificate, path === "" ? key : `${path}.${key}`, undefined));
        }
      }
    });

  it("a prototype from the text changes nothing", () => {
    const text = JSON.stringify(SEPARATION).replace('"margin":"2"', '"__proto__":{"margin":"2"}');
    expectRefused(JSON.parse(text));
    expect(({} as Record<string, unknown>).margin).toBeUndefined();
  });
});

describe("numbers", () => {
  const BAD: readonly unknown[] = [
    ...[
      "",
      "-",
      "-0",
      "00",
      "01",
      "+1",
      " 1",
      "1 ",
      "1\n",
      "1.0",
      "1e400",
      "0x1",
      "1n",
      "NaN",
      "Infinity",
      "1/0",
      "0/0",
    ],
    ...["1/-1", "1/01", "2/", "/2", "1/1/1", "١", "１", "−1", "½", "1\u0000", "1_0", "1,0"],
    ...[1, -0, 0, Number.NaN, Number.POSITIVE_INFINITY, null, true, [], ["1"], {}, { n: "1", d: "1" }, 1n, undefined],
  ];
  it.each(BAD.map((x) => [typeof x === "bigint" ? "1n" : JSON.stringify(x), x] as const))("%s is none", (_, x) => {
    for (const path of ["beta.0", "margin", "data.X.0.0", "data.scale"]) expectRefused(changed(SEPARATION, path, x));
    expectRefused(changed(FARKAS, "lambda.0", x));
    for (const certificate of SOUND["direction-bound"].slice(0, 1))
      for (const path of ["angle.lower", "angle.upper", "reached.0", "optimum.objectiveSquared", "optimum.dual.0"])
        expectRefused(changed(certificate, path, x));
  });

  it("data are integers over an integer", () => {
    for (const path of ["data.X.0.0", "data.scale"]) expectRefused(changed(SEPARATION, path, "4/2"));
    for (const scale of ["0", "-1"]) expectRefused(changed(SEPARATION, "data.scale", scale));
  });

  it("labels are 1 and -1", () => {
    for (const y of [0, -0, 2, 1.5, "1", true, null, Number.NaN, [1], 1n])
      expectRefused(changed(SEPARATION, "data.y.0", y));
    expectRefused(changed(SEPARATION, "data.y.0", -1)); // a label, but the wrong side
  });

  it("fractions need not be in lowest terms", () => {
    expectAccepted(changed(FARKAS, "lambda", ["2/4", "13/26"]));
  });
});

describe("lists", () => {
  const SHAPES: readonly (readonly [string, unknown])[] = [
    ["no points", changed(SEPARATION, "data", { scale: "1", X: [], y: [] })],
    ["no coordinates", { ...SEPARATION, data: { scale: "1", X: [[]], y: [1] }, beta: [] }],
    ["no coordinates, nothing to vanish", { ...FARKAS, data: { scale: "1", X: [[], []], y: [1, 1] } }],
    ["a ragged row", changed(FARKAS, "data.X.1", ["-2", "0"])],
    ["a label too few", changed(FARKAS, "data.y", [1])],
    ["a label too many", changed(FARKAS, "data.y", [1, 1, 1])],
    ["a weight too few", changed(FARKAS, "lambda", ["1"])],
    ["a weight too many", changed(FARKAS, "lambda", ["1/2", "1/2", "0"])],
    ["text for a list", changed(FARKAS, "lambda", "11")],
    ["a record for a list", changed(FARKAS, "lambda", { length: 2, 0: "1/2", 1: "1/2" })],
    ["typed rows", changed(FARKAS, "data.y", new Int8Array([1, 1]))],
    ["a sparse vector", changed(FARKAS, "lambda", Object.assign(new Array(2), { 0: "1" }))],
    ["a sparse row", changed(FARKAS, "data.X.1", new Array(1))],
    ["sparse rows", changed(FARKAS, "data.X", new Array(2))],
    ["sparse labels", changed(FARKAS, "data.y", new Array(2))],
    ["a row that is null", changed(FARKAS, "data.X.0", null)],
  ];
  it.each(SHAPES)("%s", (_, certificate) => expectRefused(certificate));

  it("a list with properties beside its entries says no more than its entries", () => {
    const lambda = Object.assign(["1/2", "1/2"], { note: "the data are separable", "-1": "7" });
    expectAccepted({ ...FARKAS, lambda }); // cannot come from JSON, and the statement is the one of the entries
  });
});

describe("size", () => {
  const digits = (n: number, first: string): string => first + "3".repeat(n - first.length);

  it("the longest numbers are judged in time, longer ones are refused unread", () => {
    expectAccepted(changed(SEPARATION, "beta.0", digits(20_000, "7")));
    expectRefused(changed(SEPARATION, "beta.0", digits(20_001, "7")));
    expectRefused(changed(SEPARATION, "data.X.0.0", digits(20_001, "7")));
    expectRefused(changed(SEPARATION, "beta.0", `${digits(300_000, "7")}/${digits(299_999, "1")}`));
    const start = clock();
    expectAccepted(changed(SEPARATION, "beta.0", `${digits(10_000, "7")}/${digits(9_999, "1")}`));
    expectRefused(changed(SEPARATION, "margin", digits(20_000, "7")));
    for (const path of ["reached.0", "angle.upper", "angle.lower", "optimum.beta.0", "optimum.objectiveSquared"])
      judge(changed(SOUND["direction-bound"][0]!, path, `${digits(10_000, "3")}/${digits(9_999, "1")}`));
    expect(clock() - start).toBeLessThan(1000);
  });

  it("a refusal for size alone says so, and only then", () => {
    const long = digits(20_001, "7");
    const cause = (certificate: unknown): unknown => {
      const answer = judge(certificate);
      return answer.accepted ? "accepted" : answer.cause;
    };
    for (const path of ["data.scale", "data.X.0.0", "beta.0", "margin"])
      expect([path, cause(changed(SEPARATION, path, long))]).toEqual([path, "too-large"]);
    expect(cause(changed(FARKAS, "lambda.1", long))).toBe("too-large");
    const places = {
      "exact-kkt": ["beta.0", "dual.0", "objectiveSquared"],
      "direction-bound": ["optimum.beta.0", "optimum.dual.0", "reached.0", "angle.lower", "angle.upper"],
      "duality-gap": ["reached.0", "q.0", "angle.upper"],
      counterexample: ["reached.0", "distance", "errorBar", "limit.beta.0", "proof.v.0", "proof.q.0"],
      "bridge-residual": ["data.scale", "penalty.p", "reached.0", "q.0", "parts.stationarity", "largest.upper"],
      "margin-gap": ["data.X.0.0", "reached.0", "q.0", "gap.lower", "gap.upper"],
    } as const;
    for (const [kind, paths] of Object.entries(places))
      for (const path of paths) {
        const sound = SOUND[kind as keyof typeof places][0]!;
        expect([kind, path, cause(changed(sound, path, long))]).toEqual([kind, path, "too-large"]);
        expect([kind, path, cause(changed(sound, path, "x"))]).toEqual([kind, path, "refuted"]);
      }
    expect(cause(changed(SEPARATION, "margin", "1000"))).toBe("refuted");
    for (const malformed of [null, {}, { kind: 7 }, { kind: long }]) expect(cause(malformed)).toBe("refuted");
  });

  it("many long denominators are refused before they multiply", () => {
    const beta = Array.from({ length: 300 }, (_, d) => `1/${digits(19_990, `${d + 1}7`)}`);
    const data = { scale: "1", X: [beta.map(() => "1")], y: [1] };
    expectRefused({ ...SEPARATION, data, beta });
    expect(judge({ ...SEPARATION, data, beta })).toMatchObject({ cause: "too-large" });
  });

  it("one long denominator beside many short numbers is refused before it fills the memory", () => {
    const N = 200_000;
    const data = { scale: "1", X: Array.from({ length: N }, () => ["1"]), y: Array.from({ length: N }, () => 1) };
    const lambda = [`1/${digits(19_800, "7")}`, ...new Array<string>(N - 1).fill("3")];
    expectRefused({ kind: "farkas", data, lambda });
    expect(judge({ kind: "farkas", data, lambda })).toMatchObject({ cause: "too-large" });
  });

  it("nor do exact-kkt certificates of tiny and huge numbers take long", () => {
    const huge = 10n ** 4000n;
    const { certificate } = optimumOf(
      dataset(
        [
          [huge, 1n],
          [-huge, 1n],
        ],
        [1, 1],
        10n ** 300n,
      ),
    );
    const start = clock();
    expectAccepted(certificate);
    expect(clock() - start).toBeLessThan(1000);
  });
});

describe("degenerate data", () => {
  it("a zero point is not separated, is a vanishing combination, and has no margin of 1", () => {
    const data = {
      scale: "1",
      X: [
        ["0", "0"],
        ["1", "2"],
      ],
      y: [1, -1],
    };
    expectRefused({ kind: "separation", data, beta: ["-1", "-1"], margin: "1" });
    expectRefused({ kind: "separation", data, beta: ["-1", "-1"], margin: "0" });
    expectAccepted({ kind: "farkas", data, lambda: ["1", "0"] });
    expectRefused({ kind: "farkas", data, lambda: ["0", "0"] });
    expectRefused({ kind: "farkas", data, lambda: ["0", "1"] });
    for (const beta of [
      ["0", "0"],
      ["-1/5", "-2/5"],
    ])
      for (const dual of [
        ["0", "0"],
        ["0", "1/5"],
      ])
        expectRefused({ kind: "exact-kkt", data, regularizer: "l2", beta, dual, objectiveSquared: "0" });
  });

  it("separable data have no vanishing combination with a negative or missing weight", () => {
    const data = { scale: "1", X: [["3"], ["2"]], y: [1, 1] };
    expectRefused({ kind: "farkas", data, lambda: ["-2", "3"] });
    expectRefused({ kind: "farkas", data, lambda: ["0", "0"] });
  });

  it("a point outside the support cannot be hidden", () => {
    const { certificate } = optimumOf(SEPARABLE.pair);
    for (const row of [
      ["1/2", "0"],
      ["0", "0"],
      ["-1", "0"],
    ])
      expectRefused(changed(certificate, "data.X.1", row));
    expectRefused(changed(changed(certificate, "data.X.2", ["0", "1/9"]) as object, "data.y.2", 1));
  });

  it("a zero predictor has no angle", () => {
    for (const certificate of [SOUND["direction-bound"][0]!, SOUND["duality-gap"][0]!, SOUND.counterexample[0]!])
      expectRefused(changed(certificate, "reached", ["0", "0"]));
  });
});

describe("angles", () => {
  const bound = (reached: readonly string[], lower: string, upper: string): DirectionBoundCertificate => ({
    ...directionBound(SEPARABLE.one, reached),
    angle: { lower, upper },
  });
  // pi = 3.14159265358979323846...
  const BELOW = "314159265358979323846/100000000000000000000";
  const ABOVE = "314159265358979330000/100000000000000000000";
  const opposite = ["-2", "-1"];

  it("between pi and 22/7 an upper bound is true and a lower one false", () => {
    for (const upper of [ABOVE, "22/7"]) expectAccepted(bound(opposite, "3", upper));
    for (const lower of [ABOVE, "22/7", "1000", BELOW]) expectRefused(bound(opposite, lower, "22/7"));
    expectRefused(bound(opposite, "3", BELOW));
    expectRefused(bound(opposite, "3", "22000001/7000000"));
    for (const lower of [ABOVE, "22/7"]) expectRefused(bound(["2", "1"], lower, "22/7"));
  });

  it("of a predictor along the optimum, against it and across it", () => {
    expectAccepted(bound(["4", "2"], "0", "0"));
    expectRefused(bound(["4", "2"], `1/${10n ** 300n}`, "1"));
    expectAccepted(bound(["-1", "2"], "157/100", "158/100"));
    expectRefused(bound(["-1", "2"], "0", "157/100"));
    expectRefused(bound(["-1", "2"], "158/100", "2"));
    expectAccepted(directionBound(SEPARABLE.one, opposite));
    expectRefused(bound(["-4", "-2"], "0", "0")); // not folded to a line
    expectRefused(bound(["2000001", "1000000"], "0", "0"));
  });

  it("bounds out of order or below 0", () => {
    expectRefused(bound(["2", "1"], "1", "0"));
    expectRefused(bound(["2", "1"], "-1", "1"));
    expectRefused(bound(["2", "1"], "-1", "-1/2"));
  });

  it("duality-gap: a predictor of margin 0 or below, a q outside the simplex", () => {
    const sound = dualityGap(SEPARABLE.pair, ["1", "1"], ["1/2", "1/2"]);
    const loose = { ...sound, angle: { upper: "22/7" } };
    expectAccepted(loose);
    expectRefused({ ...loose, reached: ["-1", "2"] }); // margin 0
    expectRefused({ ...loose, reached: ["1", "-1"] });
    for (const weights of [
      ["2", "-1"],
      ["1/2", "1/3"],
      ["0", "0"],
      ["1", "1"],
      ["-1/2", "3/2"],
    ])
      expectRefused({ ...loose, q: weights });
    expectRefused({ ...loose, angle: { upper: "23/7" } });
    expectRefused({ ...loose, angle: { upper: "-1" } });
    expectRefused({ ...sound, angle: { upper: "0" } });
    // data that nobody separates have no such direction, whatever q does
    const vanishing = {
      scale: "1",
      X: [
        ["1", "0"],
        ["-1", "0"],
      ],
      y: [1, 1],
    };
    expectRefused({ ...loose, data: vanishing });
  });
});

describe("counterexamples", () => {
  const L1 = { kind: "max-margin", regularizer: "l1" } as const;
  const witness = { by: "witness", v: ["1", "0"], q: ["1"] } as const;
  const sound = counterexample(SEPARABLE.one, L1, ["2", "1"], "2/5", witness);

  it("a distance of 0 or below, an error bar too large or negative", () => {
    expect(sound.errorBar).toBe("0");
    expectAccepted(sound);
    for (const distance of ["0", "-2/5", "-1000"]) expectRefused({ ...sound, distance });
    for (const errorBar of ["1/24", "-1/100", "1"]) expectRefused({ ...sound, errorBar });
    expectAccepted({ ...sound, errorBar: "1/25" }); // 2/5 is ten of it
    expectRefused({ ...counterexample(SEPARABLE.one, L1, ["2000001", "1000000"], "2/5", witness), errorBar: "0" });
  });

  it("the distance is at most what the inequality gives, 1/sqrt(5) here", () => {
    expectAccepted({ ...sound, distance: "4472135/10000000" });
    expectRefused({ ...sound, distance: "4472136/10000000" });
    expectRefused({ ...sound, distance: "3" });
  });

  it("a witness of margin 0 or below, or none", () => {
    for (const v of [
      ["0", "0"],
      ["-1", "2"],
      ["-1", "0"],
      ["-1", "-1"],
    ])
      expectRefused({ ...sound, proof: { ...witness, v } });
    expectRefused({ ...sound, proof: { ...witness, v: ["2", "1"] } }); // positive, but no better than the reached one
    for (const weights of [["2"], ["0"], ["-1"], ["1/2"]])
      expectRefused({ ...sound, proof: { ...witness, q: weights } });
  });

  it('a witness of negative margin once "proved" a distance of 0.99 where the truth is below 0.1', () => {
    const forged = forgedWitness();
    expect(judge(forged)).toMatchObject({ accepted: false, reason: expect.stringContaining("separate") as string });
    // Truth: `direction` is an l1 max-margin one, since its margin/|.|_1 is |sum q_n y_n x_n|_inf; it is near `reached`.
    const rows = signedRows(cone);
    const u = entriesOf(vector(forged.reached));
    // margins: 1 * b and -110 b + 100 r = b with r = 1.11 b spread evenly over the 144 other coordinates
    const direction = [q(1n), ...rows[0]!.slice(1).map(() => q(-111n, 14_400n))];
    const best = div(
      leastEntry(marginsOf(rows, 1n, vectorOf(direction))).value,
      polyhedralNorm("l1", vectorOf(direction)),
    );
    // q makes all coordinates of z equal in modulus: q_0 - 110 q_1 = 100 q_1 on the first, 100 q_1 on the others
    const weights = vectorOf([q(210n, 211n), q(1n, 211n)]);
    expect(polyhedralNorm("linf", combineRows(weights, rows, 1n))).toEqual(best);
    expect(toNumber(angleBetween(direction, u))).toBeLessThan(0.1);
    expect(compare(rational(forged.distance), q(9n, 10n))).toBe(1);
  });

  it("claims and proofs of the wrong form", () => {
    const mean = SOUND.counterexample.find((c) => c.kind === "counterexample" && c.claim.kind === "mean")!;
    expectAccepted(mean);
    for (const claim of [
      null,
      "mean",
      ["mean"],
      {},
      { kind: "mean", regularizer: "l1" },
      { kind: "max-margin" },
      { kind: 1 },
    ])
      expectRefused({ ...mean, claim });
    for (const regularizer of ["l2", "L1", "linf ", null, ["l1"], "__proto__"])
      expectRefused({ ...sound, claim: { kind: "max-margin", regularizer } });
    expectRefused({ ...mean, proof: witness });
    expectRefused({ ...sound, proof: { by: "angle" } });
    for (const proof of [
      null,
      {},
      "angle",
      { by: "angle", v: ["1"] },
      { by: "witness" },
      { by: "witness", v: ["1"], q: ["1"] },
    ])
      expectRefused({ ...sound, proof });
    expectRefused({ ...sound, claim: mean.kind === "counterexample" ? mean.claim : null });
  });

  it("the mean as the optimum itself is no distance away", () => {
    const data = dataset([
      [2, 1],
      [2, -1],
    ]);
    const claim = { kind: "mean" } as const;
    const at = optimumOf(data).certificate.beta;
    expectRefused(counterexample(data, claim, at, `1/${10n ** 30n}`, { by: "angle" }));
  });
});

describe("bridge-residual", () => {
  const ROW = ["5", "1", "-3", "-1", "2", "2"];
  const data = { scale: "1", X: [ROW], y: [1] };
  const loose = { feasibility: "9", offSupport: "9", dualDomain: "999", complementarity: "9", stationarity: "9" };
  const ALL = [0, 1, 2, 3, 4, 5];
  const made = (space: string, p: string, reached: readonly string[], support: readonly unknown[]): object => ({
    kind: "bridge-residual",
    data,
    penalty: { space, p },
    reached,
    q: ["1"],
    support,
    parts: loose,
    largest: { lower: "0", upper: "999" },
  });
  const rough = ["3", "1", "-1", "-2", "1", "1"];

  it("supports are ascending indices that exist", () => {
    for (const support of [[0], [0, 3], [1, 2]]) expectAccepted(made("fourier", "1", rough, support));
    expectAccepted(made("signal", "1", rough, ALL));
    expectAccepted(made("signal", "1", rough, [-0, 1])); // as its text, which says 0
    for (const support of [[], [0, 0], [1, 0], [-1], [0, 4], [0, 1.5], ["0"], [0, null], [0, Number.NaN], [2 ** 53]])
      expectRefused(made("fourier", "1", rough, support));
    expectRefused(made("signal", "1", rough, [0, 6]));
    for (const support of [new Array(1), Object.assign(new Array(2), { 0: 0 }), Object.assign(new Array(2), { 1: 1 })])
      expectRefused(made("fourier", "1", rough, support));
    for (const support of ["0", { 0: 0, length: 1 }, new Int8Array([0]), null, 0])
      expectRefused(changed(made("fourier", "1", rough, [0]), "support", support));
  });

  it("exponents are in (0, 1], or 2", () => {
    for (const p of ["1", "2", "2/3", "1/64", "63/64", "1/2", "4/2", "64/64"])
      expectAccepted(made("signal", p, rough, ALL));
    for (const p of ["0", "-1", "-1/2", "3/2", "3", "65/64", "1/65", "64/65", "22/7", "1/0", "2.0", "128/63"])
      expectRefused(made("signal", p, rough, ALL));
    for (const space of ["Fourier", "", null, ["signal"], "__proto__"])
      expectRefused(changed(made("signal", "1", rough, ALL), "penalty.space", space));
  });

  it("for p = 2 every coefficient is in the support, and zeros are none elsewhere", () => {
    expectRefused(made("signal", "2", rough, [0, 1, 2, 3, 4]));
    expectRefused(made("fourier", "2", rough, [0, 1, 2]));
    expectAccepted(made("fourier", "2", rough, [0, 1, 2, 3]));
    expectAccepted(made("signal", "2", ["1", "0", "0", "0", "0", "0"], ALL));
    for (const p of ["1", "1/2"]) expectRefused(made("signal", p, ["1", "0", "0", "0", "0", "0"], ALL));
    expectRefused(made("fourier", "1", ["1", "1", "1", "1", "1", "1"], [0, 1])); // a constant has one coefficient
    expectAccepted(made("fourier", "1", ["1", "1", "1", "1", "1", "1"], [0]));
  });

  it("predictors that do not separate, and weights outside the simplex", () => {
    for (const reached of [
      ["-1", "0"],
      ["0", "0"],
      ["0", "3", "1"],
      ["0", "0", "0", "0", "1", "-1"],
    ])
      expectRefused(made("signal", "1", [...reached, "0", "0", "0", "0", "0"].slice(0, 6), [0]));
    for (const weights of [["2"], ["0"], ["-1"], ["1", "0"], []])
      expectRefused(changed(made("signal", "1", rough, ALL), "q", weights));
    const two = { scale: "1", X: [ROW, ["1", "0", "0", "0", "0", "1"]], y: [1, 1] };
    const given = changed(made("signal", "1", rough, [0]), "data", two) as object;
    expectAccepted(changed(given, "q", ["1", "0"]));
    expectAccepted(changed(given, "q", ["0", "1"]));
    expectRefused(changed(given, "q", ["3/2", "-1/2"]));
  });

  it("bounds are from above, each of them, and the lower one is shown by a part", () => {
    for (const sound of SOUND["bridge-residual"] as readonly BridgeResidualCertificate[]) {
      const { parts, largest } = sound;
      if (largest.lower === "-1") continue; // a loose one
      for (const [name, stated] of Object.entries(parts)) {
        const less = (share: bigint): string => showQ(mul(rational(stated), q(share - 1n, share)));
        if (stated !== "0") expectRefused({ ...sound, parts: { ...parts, [name]: less(1000n) } });
        expectRefused({ ...sound, parts: { ...parts, [name]: `-1/${10n ** 60n}` } });
        expectAccepted({ ...sound, parts: { ...parts, [name]: largest.upper } });
        expectRefused({ ...sound, parts: { ...parts, [name]: showQ(add(rational(largest.upper), q(1n))) } });
      }
      expectAccepted({ ...sound, largest: { ...largest, lower: "-7" } });
      expectRefused({ ...sound, largest: { ...largest, lower: showQ(add(rational(largest.upper), q(1n))) } });
    }
  });

  it("a support coefficient of 1e-30 is told from 0, one of 1e-100 is not, and beside it nothing is lost", () => {
    const tiny = (digits: bigint): string[] => ["1", "1", `-1/${10n ** digits}`, "1", "1", "1"];
    const tight = bridgeResidual(
      { ...dataset([ROW.map(Number)]) },
      { space: "signal", p: "1/2" },
      tiny(30n),
      ["1"],
      ALL,
    );
    expectAccepted(tight);
    expect(falsehood(tight)).toBeNull();
    expectRefused(made("signal", "1/2", tiny(100n), ALL));
    expectAccepted(made("signal", "1/2", tiny(100n), [0, 1, 3, 4, 5]));
    // off the support the share of 1e-100 is 0 up to one unit, and no less
    const off = (share: string): unknown =>
      changed(made("signal", "1/2", tiny(100n), [0, 1, 3, 4, 5]), "parts.offSupport", share);
    expectRefused(off("0"));
    expectAccepted(off(`1/${10n ** 70n}`));
    expectRefused(changed(made("signal", "1/2", tiny(30n), [0, 1, 3, 4, 5]), "parts.offSupport", `1/${10n ** 31n}`));
  });

  it("one place and two", () => {
    const on = (
      X: readonly string[],
      space: string,
      p: string,
      reached: readonly string[],
      support: number[],
    ): object => ({
      ...made(space, p, reached, support),
      data: { scale: "1", X: [X], y: [1] },
    });
    const none = { feasibility: "0", offSupport: "0", dualDomain: "0", complementarity: "0", stationarity: "0" };
    for (const p of ["2", "1"])
      for (const space of ["fourier", "signal"])
        expectAccepted({ ...on(["3"], space, p, ["1"], [0]), parts: none, largest: { lower: "0", upper: "0" } });
    const rounded = { ...none, stationarity: `1/${10n ** 30n}` }; // a root of 1/2 is no rational
    const half = on(["3"], "fourier", "1/2", ["1"], [0]);
    expectAccepted({ ...half, parts: rounded, largest: { lower: "0", upper: rounded.stationarity } });
    expectRefused(on(["3"], "fourier", "1", ["1"], [0, 1]));
    expectAccepted(on(["3", "1"], "fourier", "1", ["1", "1"], [0]));
    expectAccepted(on(["3", "1"], "fourier", "1", ["1", "0"], [0, 1]));
    expectRefused(on(["3", "1"], "fourier", "1", ["1", "1"], [0, 1])); // the alternating coefficient is 0
    expectRefused(on(["3", "1"], "fourier", "1", ["1", "0"], [0, 1, 2]));
  });
});

describe("margin-gap", () => {
  const data = { scale: "1", X: [["5", "1", "-3", "-1"]], y: [1] };
  const best = ["8", "2", "-8", "-2"];
  const made = (reached: readonly string[], lower: string, upper: string, witness: unknown = null): object => ({
    kind: "margin-gap",
    data,
    regularizer: "fourier-l1",
    reached,
    q: ["1"],
    witness,
    gap: { lower, upper },
  });
  const SHORT = `1/${10n ** 60n}`;

  it("of one point: none at its largest frequency, and elsewhere what the norms say", () => {
    expectAccepted(made(best, "0", SHORT));
    expectRefused(made(best, SHORT, "1"));
    expectRefused(made(best, SHORT, "1", best)); // itself for a witness
    expectAccepted(made(best, "0", SHORT, best));
    // a delta: margin 5, sum 4 (over the root of 4), largest |z| the root of 68 = 8.246..., so 1 - 5/8.246... = 0.39366...
    const delta = ["1", "0", "0", "0"];
    expectAccepted(made(delta, "0", "3937/10000"));
    expectRefused(made(delta, "0", "3936/10000"));
    expectAccepted(made(delta, "3936/10000", "3937/10000", best));
    expectRefused(made(delta, "3937/10000", "1", best));
    expectRefused(made(delta, "3936/10000", "1")); // with nothing to show it
    expectRefused(made(delta, "-1", "1"));
  });

  it("a reached predictor or a witness that does not separate", () => {
    for (const bad of [
      ["0", "0", "0", "0"],
      ["-1", "0", "0", "0"],
      ["1", "-5", "0", "0"],
    ]) {
      expectRefused(made(bad, "0", "99"));
      expectRefused(made(best, "0", "99", bad));
    }
    for (const bad of [undefined, [], ["1"], "8,2", 0, false])
      expectRefused(made(best, "0", "99", bad === undefined ? {} : bad));
    expectRefused({ ...made(best, "0", "99"), witness: undefined });
    for (const regularizer of ["lp:1", "fourier-l2", "", null]) expectRefused({ ...made(best, "0", "9"), regularizer });
  });

  it("numbers of every size", () => {
    const sized = (k: bigint): string[] => best.map((x) => showQ(mul(rational(x), q(k))));
    expectAccepted(made(sized(10n ** 300n), "0", SHORT, best));
    expectAccepted(made(best, "0", SHORT, sized(10n ** 300n)));
    expectAccepted({ ...made(best, "0", SHORT), data: { ...data, scale: (10n ** 900n).toString() } });
    expectRefused({ ...made(["1", "0", "0", "0"], "0", "39/100"), data: { ...data, scale: (10n ** 900n).toString() } });
  });
});

describe("transforms take their time", () => {
  const row = (D: number): string[] => Array.from({ length: D }, (_, j) => String(((j * 7919) % 1013) - 506));
  const at = (D: number): object => ({
    kind: "bridge-residual",
    data: { scale: "3", X: [row(D)], y: [1] },
    penalty: { space: "fourier", p: "63/64" },
    reached: row(D),
    q: ["1"],
    support: Array.from({ length: Math.floor(D / 2) + 1 }, (_, k) => k),
    parts: { feasibility: "9", offSupport: "9", dualDomain: "9", complementarity: "9", stationarity: "9" },
    largest: { lower: "0", upper: "9" },
  });
  const gap = (D: number): object => ({
    kind: "margin-gap",
    data: { scale: "3", X: [row(D)], y: [1] },
    regularizer: "fourier-l1",
    reached: row(D),
    q: ["1"],
    witness: row(D),
    gap: { lower: "0", upper: "1" },
  });
  const timed = (certificate: object): number => {
    const start = clock();
    expectAccepted(certificate);
    return clock() - start;
  };

  it("256 places, the costliest exponent and the longest bounds: in time", () => {
    const long = `${"9".repeat(9_999)}/${"7".repeat(9_998)}`;
    expect(timed(at(256))).toBeLessThan(1000);
    expect(timed(changed(at(256), "penalty.p", "1/64") as object)).toBeLessThan(1000);
    expect(timed({ ...gap(256), gap: { lower: "0", upper: long } })).toBeLessThan(1000);
  });

  it("what would take longer is refused for its size, unread", () => {
    const cause = (certificate: unknown): unknown => {
      expectRefused(certificate);
      const answer = judge(certificate);
      return answer.accepted ? "accepted" : answer.cause;
    };
    for (const made of [at(1025), gap(1025), at(4096), gap(4096)]) expect(cause(made)).toBe("too-large");
    const long = "7".repeat(1501);
    for (const made of [at(8), gap(8)]) {
      for (const path of ["reached.3", "q.0", "data.X.0.2", "data.scale"])
        expect([path, cause(changed(made, path, long))]).toEqual([path, "too-large"]);
      const primes = [3n, 7n, 11n, 13n, 17n, 19n, 23n, 29n].map((p) => `1/${p ** 250n}`);
      expect(cause(changed(made, "reached", primes))).toBe("too-large"); // each is short, but not their denominator
    }
    expect(cause({ ...gap(8), witness: [long, ...row(8).slice(1)] })).toBe("too-large");
    expect(cause(changed(at(8), "parts.stationarity", "7".repeat(20_001)))).toBe("too-large");
  });
});

it("every certificate is judged the same after a round trip through text", () => {
  const all: readonly Certificate[] = Object.values(SOUND).flat();
  for (const certificate of all) expect(judge(JSON.parse(JSON.stringify(certificate)))).toEqual(judge(certificate));
});
