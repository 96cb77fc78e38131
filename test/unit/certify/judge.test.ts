/** Attacks on the judge: each is a certificate that tempts it to accept a falsehood, to throw, or to dwell. */
import { describe, expect, it } from "vitest";
import { angleBetween } from "../../../properties/laws/truth.js";
import { CERTIFICATE_KINDS, judge } from "../../../src/certify/judge.js";
import { polyhedralNorm } from "../../../src/exact/norm.js";
import { compare, div, q, toNumber } from "../../../src/exact/rational.js";
import { combineRows, entriesOf, leastEntry, marginsOf, vectorOf } from "../../../src/exact/vector.js";
import type { Certificate, DirectionBoundCertificate } from "../../../src/kernel/certificate.js";
import { signedRows } from "../../../src/kernel/dataset.js";
import {
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

it("every certificate is judged the same after a round trip through text", () => {
  const all: readonly Certificate[] = Object.values(SOUND).flat();
  for (const certificate of all) expect(judge(JSON.parse(JSON.stringify(certificate)))).toEqual(judge(certificate));
});
