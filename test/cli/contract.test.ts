/** Names, shapes and exit codes of the command line, as documented in the README. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { judgeDocument } from "../../src/certify/document.js";
import { biasproof, file, json, ROOT, temporaryFolder } from "./biasproof.js";

const IRIS = ["iris", "--positive", "setosa"];

const RUN_KEYS = [
  "schemaVersion",
  "command",
  "verdict",
  "evidence",
  "theorem",
  "statement",
  "dynamics",
  "hypotheses",
  "claims",
  "notClaimed",
  "predicted",
  "reached",
  "certificates",
  "restsOn",
  "cited",
  "data",
  "settings",
  "notes",
  "replay",
  "versions",
  "timing",
];

describe("run", () => {
  it.each([1, 2, 3])("holds on iris, setosa against the rest, depth %i, and its report re-checks", (depth) => {
    const folder = join(temporaryFolder(), "deep", "out");
    const { code, stdout } = biasproof(["run", ...IRIS, "--depth", String(depth), "--report", folder]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^holds/);
    expect(readdirSync(folder).sort()).toEqual(["case.json", "junit.xml", "report.html", "report.json", "summary.md"]);
    const report = JSON.parse(readFileSync(join(folder, "report.json"), "utf8"));
    expect(Object.keys(report).sort()).toEqual([...RUN_KEYS].sort());
    expect(report.evidence).toEqual({ claim: "certified", hypotheses: "observed", proof: "assumed" });
    expect(report.restsOn).toContain("stolz-cesaro");
    expect(report.settings.tolerance).toBe(1e-8);
    expect(report.reached.angleBound).toBeLessThanOrEqual(1e-8);
    expect(report.reached.limit).toEqual({
      logLogInverseLoss: expect.any(Number),
      dual: expect.arrayContaining([0]),
      kkt: { stationarity: expect.any(Number), complementarity: expect.any(Number), feasibility: expect.any(Number) },
      refined: null,
    });
    expect(report.reached.residual).toBeNull();
    const rechecked = biasproof(["recheck", join(folder, "report.json")]);
    expect(rechecked.code).toBe(0);
    expect(rechecked.stdout).toContain(" 0 refused");
    const html = readFileSync(join(folder, "report.html"), "utf8");
    expect(html.match(/<svg/g)?.length).toBeGreaterThanOrEqual(2);
  });

  it.each([
    [2, "conv-depth-2-fourier-l1", ["margin-gap", "separation"]],
    [3, "conv-fourier-bridge", ["bridge-residual", "stationary-point", "separation"]],
  ])("holds on a convolutional network of depth %i by a residual, where no direction is predicted", (depth, theorem, kinds) => {
    const folder = temporaryFolder();
    const network = ["--architecture", "convolutional", "--depth", String(depth)];
    const { code, stdout } = biasproof(["run", ...IRIS, ...network, "--report", folder]);
    expect(code).toBe(0);
    const report = JSON.parse(readFileSync(join(folder, "report.json"), "utf8"));
    expect(report).toMatchObject({ theorem, verdict: "holds", predicted: null, evidence: { claim: "certified" } });
    expect(report.reached).toMatchObject({ angleBound: null, solverFreeBound: null, path: [] });
    expect(report.reached.residual).toBeLessThanOrEqual(1e-10);
    expect(report.certificates.map((c: { kind: string }) => c.kind)).toEqual(kinds);
    expect(stdout).toMatch(/^ {2}limit {9}\[/m);
    expect(stdout).not.toMatch(/^ {2}(predicted|angle) |certified +-$/m);
    const rechecked = biasproof(["recheck", join(folder, "report.json")]);
    expect(rechecked.code).toBe(0);
    expect(rechecked.stdout).toContain(" 0 refused");
  });

  it("is out of scope on versicolor against virginica, with a Farkas certificate and plain words", () => {
    const { code, document } = json(["run", "iris", "--positive", "versicolor", "--negative", "virginica"]);
    expect(code).toBe(4);
    expect(document.verdict).toBe("out-of-scope");
    expect((document.certificates as { kind: string }[]).map((c) => c.kind)).toEqual(["farkas"]);
    expect(document.reached).toBeNull();
    const { stdout } = biasproof(["run", "iris", "--positive", "versicolor", "--negative", "virginica"]);
    expect(stdout).toContain("No linear predictor through the origin separates these points");
  });

  it("of an architecture that no other theorem names judges the parameters, where its map is homogeneous", () => {
    const folder = temporaryFolder();
    const data = file(
      folder,
      "d.json",
      JSON.stringify({
        X: [
          [2, 1, 0.5],
          [-1, 0.5, 1],
        ],
        y: [1, -1],
      }),
    );
    const report = join(folder, "out");
    const { code, document } = json(["run", data, "--architecture", "multi-channel", "--report", report]);
    expect(code).toBe(0);
    expect(document).toMatchObject({ theorem: "homogeneous-kkt", verdict: "holds", evidence: { claim: "sampled" } });
    const certificates = document.certificates as { kind: string }[];
    expect(certificates.map((c) => c.kind)).toEqual(["kkt-residual", "separation"]);
    const reached = document.reached as { beta: number[]; limit: { dual: number[] }; residual: number };
    expect(reached.beta).toHaveLength(3);
    expect(reached.limit.dual).toHaveLength(2);
    expect(reached.residual).toBeLessThanOrEqual(1e-10);
    expect(biasproof(["recheck", join(report, "report.json")]).stdout).toContain(" 0 refused");
    const skip = json(["run", data, "--architecture", "residual-diagonal"]);
    expect([skip.code, skip.document.verdict, skip.document.theorem]).toEqual([4, "out-of-scope", "homogeneous-kkt"]);
    expect(skip.document.hypotheses).toContainEqual(
      expect.objectContaining({ id: "homogeneous", decided: false, evidence: "exact" }),
    );
  });

  it("gives the same document twice but for timing, and replays to the same bits", () => {
    const one = json(["run", ...IRIS, "--seed", "12345678901234567890"]).document;
    const two = json(["run", ...IRIS, "--seed", "12345678901234567890"]).document;
    const again = json(["replay", String(one.replay)]).document;
    const strip = ({ timing: _t, command: _c, ...rest }: Record<string, unknown>): Record<string, unknown> => rest;
    expect(strip(two)).toEqual(strip(one));
    expect(strip(again)).toEqual(strip(one));
  });

  it("takes data of one class in JSON, one point included", () => {
    const data = file(temporaryFolder(), "one.json", '{"X": [[2, 1]], "y": [1]}');
    expect(json(["run", data, "--depth", "3"]).code).toBe(0);
  });

  it.each(["1e200", "1e-150"])("stays finite on data of size %s", (size) => {
    const data = file(temporaryFolder(), "d.json", `{"X": [[${size}, 0], [${size}, -${size}]], "y": [1, 1]}`);
    const { code, document } = json(["run", data, "--depth", "2"]);
    expect(code).toBe(0);
    expect(document.verdict).toBe("holds");
  });

  it("says what it would need when the budget ends first", () => {
    const flow = json(["run", ...IRIS, "--depth", "2", "--max-steps", "50"]);
    expect(flow.code).toBe(3);
    expect(flow.document.claims).toEqual([
      expect.objectContaining({
        outcome: "silent",
        why: expect.stringMatching(/no limit .* before the data were separated .*step-budget/),
      }),
    ]);
    expect(flow.document.reached).toMatchObject({ limit: null, steps: 50, stop: "step-budget" });
    const bounded = ["--optimizer", "gradient-descent", "--max-steps", "300"];
    const descent = json(["run", ...IRIS, "--depth", "2", ...bounded]);
    expect(descent.code).toBe(3);
    expect((descent.document.claims as object[])[0]).toMatchObject({
      id: "limit-direction",
      outcome: "silent",
      why: expect.stringMatching(/log\(1\/loss\) = .* above the tolerance 0\.1/),
    });
  });

  it("reads a bounded optimizer as the gradient descent entry", () => {
    const { document } = json(["run", ...IRIS, "--optimizer", "gradient-descent", "--max-steps", "2000"]);
    expect(document.dynamics).toBe("gradient-descent");
    expect((document.hypotheses as { id: string }[]).map((h) => h.id)).toContain("bounded-steps");
  });
});

describe("predict", () => {
  it("has the shape of the contract, exact values beside the numbers", () => {
    const { code, document } = json(["predict", ...IRIS, "--regularizer", "l2"]);
    expect(code).toBe(0);
    expect(document).toMatchObject({ regularizer: "l2", gap: 0, certificate: { kind: "exact-kkt" } });
    expect(document.beta).toHaveLength(4);
    expect(document.dual).toHaveLength(150);
    expect((document.betaExact as string[])[0]).toMatch(/^-?\d+\/\d+$/);
  });
  it.each(["l1", "linf", "fourier-l1"])("solves %s, and its document is re-judged", (regularizer) => {
    const { code, document } = json(["predict", ...IRIS, "--regularizer", regularizer]);
    expect(code).toBe(0);
    const kind = regularizer === "fourier-l1" ? "margin-gap" : "exact-kkt";
    expect(document).toMatchObject({ regularizer, unique: { beta: true, dual: true }, certificate: { kind } });
    expect(document.gap).toBeLessThanOrEqual(1e-12);
    const total = (document.dual as number[]).reduce((a, b) => a + b, 0);
    expect(Math.abs(total / (document.objective as number) - 1)).toBeLessThan(1e-12);
    expect(judgeDocument(document).map((j) => j.accepted)).toEqual([true, true]);
  });
  it.each([
    "l2",
    "l1",
    "fourier-l1",
    "group-l21",
    "fourier-l21",
  ])("of D x R points gives a nested predictor: %s", (regularizer) => {
    const path = file(
      temporaryFolder(),
      "channels.json",
      '{"X": [[[1, 2], [0.5, -1], [3, 0]], [[2, -1], [0, 1], [1, 1]]], "y": [1, -1]}',
    );
    const { code, document } = json(["predict", path, "--regularizer", regularizer]);
    expect(code).toBe(0);
    const shape = (rows: unknown): unknown => (rows as unknown[][]).map((row) => row.length);
    expect([shape(document.beta), shape(document.betaExact)]).toEqual([Array(3).fill(2), Array(3).fill(2)]);
    expect(judgeDocument(document).map((j) => j.accepted)).toEqual([true, true]);
    const flat = { ...document, beta: (document.beta as number[][]).flat() };
    expect(judgeDocument(flat).map((j) => j.accepted)).toEqual([true, false]);
  });
  it("lists all stationary points of a bridge, or one from a start", () => {
    const path = file(temporaryFolder(), "two.json", '{"X": [[3, 1, -2, 7], [2, 4, 1, -1]], "y": [1, -1]}');
    const all = json(["predict", path, "--regularizer", "bridge:4/6", "--all-stationary"]);
    expect(all.code).toBe(0);
    expect(all.document).toMatchObject({ regularizer: "bridge:2/3", gap: null, unique: null });
    expect(all.document.stationary).toMatchObject({ asked: "all", complete: true, why: null, global: 0 });
    const one = json(["predict", path, "--regularizer", "fourier-bridge:2/3", "--start", "-1,-2,0.5,3e-1"]);
    expect(one.code).toBe(0);
    expect(one.document.stationary).toMatchObject({ asked: "from-start", complete: false, global: null });
    for (const { document } of [all, one]) expect(judgeDocument(document).every((j) => j.accepted)).toBe(true);
    const large = json(["predict", "wdbc", "--regularizer", "bridge:2/3", "--all-stationary"]);
    expect(large.code).toBe(3);
    expect(large.document).toMatchObject({ beta: null, certificate: { kind: "separation" } });
  });
  it("is out of scope with a Farkas certificate where there is no optimum", () => {
    const { code, document } = json(["predict", "iris", "--positive", "versicolor", "--negative", "virginica"]);
    expect(code).toBe(4);
    expect(document).toMatchObject({ beta: null, certificate: { kind: "farkas" } });
  });
});

describe("verify", () => {
  it("prints its table, counts and restsOn; same seed, same document but for timing", () => {
    const bridges = ["conv-fourier-bridge", "conv-depth-2-fourier-l1", "diagonal-bridge"];
    const ids = ["fully-connected-l2", ...bridges, "homogeneous-kkt"];
    const one = json(["verify", "--cases", "5", "--seed", "3"]);
    const two = json(["verify", ...ids, "--cases=5", "--seed=3"]);
    expect(one.code).toBe(0);
    const parts = one.document.theorems as Record<string, unknown>[];
    expect(parts.map((p) => p.id)).toEqual(ids);
    for (const p of parts) {
      const angles = p.id === "fully-connected-l2";
      expect(p).toMatchObject({ verdict: "holds", asked: 5, inScope: 5, tolerance: angles ? 1e-8 : 1e-10 });
      expect([p.angleBounds === null, p.residuals === null]).toEqual([!angles, angles]);
    }
    const [part] = parts;
    expect(part).toMatchObject({
      id: "fully-connected-l2",
      dynamics: "gradient-flow",
      verdict: "holds",
      asked: 5,
      ran: 5,
      inScope: 5,
    });
    const strip = (d: Record<string, unknown>): string =>
      JSON.stringify(d, (key, value: unknown) => (key === "timing" ? undefined : value));
    expect(strip(two.document)).toBe(strip(one.document));
  });
  it("of bounded steps takes the theorems that it can test so, and says which it left out", () => {
    const { stdout, stderr } = biasproof(["verify", "--optimizer", "gradient-descent", "--cases", "1", "--seed", "1"]);
    expect(stdout).toContain("fully-connected-l2 (gradient descent)");
    expect(stderr).toContain(
      "left out: conv-fourier-bridge, conv-depth-2-fourier-l1, diagonal-bridge, homogeneous-kkt",
    );
  });
  it("says the fresh seed it used", () => {
    expect(biasproof(["verify", "--cases", "1"]).stderr).toMatch(/seed \d+ \(fresh/);
  });
  it("an under-run is inconclusive", () => {
    expect(biasproof(["verify", "--cases", "5000", "--budget", "500ms", "--seed", "1"]).code).toBe(3);
  });
  it("each case replays from its line", () => {
    const { document } = json(["verify", "--cases", "2", "--seed", "9"]);
    const [part] = document.theorems as { cases: { replay: string; angleBound: number }[] }[];
    for (const row of part!.cases) {
      const again = json(["replay", row.replay]);
      expect(again.code).toBe(0);
      expect((again.document.reached as { angleBound: number }).angleBound).toBe(row.angleBound);
    }
    const residual = json(["verify", "conv-fourier-bridge", "--cases", "2", "--seed", "9"]);
    const [bridge] = residual.document.theorems as { cases: { replay: string; depth: number; residual: number }[] }[];
    for (const row of bridge!.cases) {
      const again = json(["replay", row.replay]);
      expect(again.code).toBe(0);
      // At depth 2 a run speaks of the stronger theorem, whose number is another.
      if (row.depth !== 2) expect((again.document.reached as { residual: number }).residual).toBe(row.residual);
    }
  });
});

/** What the changes below touch of a run's document. */
interface Doc {
  reached: { angleBound: number; beta: number[] };
  predicted: { beta: number[] };
  verdict: string;
  certificates: { data: { X: string[][] } }[];
  settings: { tolerance: number };
}

describe("recheck", () => {
  const folder = temporaryFolder();
  const path = join(folder, "run.json");
  biasproof(["run", ...IRIS, "--json", path]);
  const text = readFileSync(path, "utf8");
  const changed = (change: (d: Doc) => void): string => {
    const document = JSON.parse(text) as Doc;
    change(document);
    return file(folder, "changed.json", JSON.stringify(document));
  };

  it("accepts what run wrote", () => {
    expect(biasproof(["recheck", path]).code).toBe(0);
  });
  it.each([
    [
      "the angle bound",
      (d: Doc) => {
        d.reached.angleBound /= 2;
      },
    ],
    [
      "a coordinate of the reached predictor",
      (d: Doc) => {
        d.reached.beta[0]! += 1e-3;
      },
    ],
    [
      "a predicted coordinate",
      (d: Doc) => {
        d.predicted.beta[1]! *= 2;
      },
    ],
    [
      "the verdict, to refuted",
      (d: Doc) => {
        d.verdict = "refuted";
      },
    ],
    [
      "the verdict without certificates",
      (d: Doc) => {
        d.certificates = [];
      },
    ],
    [
      "a number of the data",
      (d: Doc) => {
        d.certificates[0]!.data.X[0]![0] = "999999";
      },
    ],
    [
      "the tolerance",
      (d: Doc) => {
        d.settings.tolerance = d.reached.angleBound / 2;
      },
    ],
  ])("refuses a changed document: %s", (_, change) => {
    const { code, stdout } = biasproof(["recheck", changed(change as (d: Doc) => void)]);
    expect(code).toBe(1);
    expect(stdout).toContain("REFUSED");
  });
  it.each<[string, (d: Record<string, unknown>) => void]>([
    ["the verdict, to out-of-scope", (d) => Object.assign(d, { verdict: "out-of-scope" })],
    ["the verdict, to inconclusive", (d) => Object.assign(d, { verdict: "inconclusive" })],
    ["separability, to false", (d) => Object.assign((d.hypotheses as object[])[0]!, { decided: false })],
    ["the evidence of the hypotheses", (d) => Object.assign(d.evidence as object, { hypotheses: "exact" })],
    ["the number of points", (d) => Object.assign(d.data as object, { points: 151 })],
    ["the objective", (d) => Object.assign(d.predicted as object, { objective: 1.25 })],
    ["the solver-free bound", (d) => Object.assign(d.reached as object, { solverFreeBound: 0.01 })],
    ["the claims, to silent", (d) => Object.assign((d.claims as object[])[0]!, { outcome: "silent" })],
  ])("refuses words that do not follow from the rest: %s", (_, change) => {
    expect(biasproof(["recheck", changed(change as unknown as (d: Doc) => void)]).code).toBe(1);
  });

  const made: string[] = [];
  /** A campaign that re-checks, made once. */
  const campaign = (): string => {
    if (made.length > 0) return made[0]!;
    const path = join(folder, "campaign.json");
    biasproof(["verify", "fully-connected-l2", "--cases", "3", "--seed", "1", "--json", path]);
    expect(biasproof(["recheck", path]).code).toBe(0);
    made.push(path);
    return path;
  };
  it.each<[string, (t: Record<string, unknown>) => void]>([
    ["a count", (t) => Object.assign(t, { refuted: 1 })],
    ["the verdict", (t) => Object.assign(t, { verdict: "inconclusive" })],
    ["the quantiles", (t) => Object.assign(t.angleBounds as object, { largest: 1e-9 })],
    ["the worst case", (t) => Object.assign(t.worst as object, { angleBound: 1e-9 })],
    ["a case's angle", (t) => Object.assign((t.cases as object[])[0]!, { angleBound: 1e-9 })],
    ["a case made up", (t) => (t.cases as unknown[]).push((t.cases as unknown[])[0])],
    ["a certificate gone", (t) => (t.certificates as unknown[]).splice(0, 4)],
  ])("refuses a changed campaign: %s", (_, change) => {
    const document = JSON.parse(readFileSync(campaign(), "utf8")) as { theorems: Record<string, unknown>[] };
    change(document.theorems[0]!);
    expect(biasproof(["recheck", file(folder, "forged.json", JSON.stringify(document))]).code).toBe(1);
  });

  it("wants something to judge", () => {
    expect(biasproof(["recheck", file(folder, "empty.json", "{}")]).code).toBe(2);
    expect(biasproof(["recheck", file(folder, "no.json", "not json")]).code).toBe(2);
  });
});

describe("wrong use is one sentence and exit 2", () => {
  it.each([
    [["run"]],
    [["run", "iris", "extra"]],
    [["run", "nowhere.csv"]],
    [["run", ...IRIS, "--depth", "-1"]],
    [["run", ...IRIS, "--depth", "0"]],
    [["run", ...IRIS, "--depth=1.5"]],
    [["run", ...IRIS, "--depth"]],
    [["run", ...IRIS, "--width", "0"]],
    [["run", ...IRIS, "--width", "4,-2"]],
    [["run", ...IRIS, "--depth", "3", "--width", "4,4,4"]],
    [["run", ...IRIS, "--architecture", "transformer"]],
    [["run", ...IRIS, "--architecture", "linear", "--depth", "2"]],
    [["run", ...IRIS, "--seed", "-1"]],
    [["run", ...IRIS, "--seed", "1e3"]],
    [["run", ...IRIS, "--tolerance", "0"]],
    [["run", ...IRIS, "--budget", "soon"]],
    [["run", ...IRIS, "--dephth", "2"]],
    [["run", ...IRIS, "--depth", "2", "--depth", "3"]],
    [["run", "iris"]],
    [["run", ...IRIS, "--init", "nowhere.json"]],
    [["predict", ...IRIS, "--regularizer", "l7"]],
    [["predict", ...IRIS, "--regularizer", "kernel:0"]],
    [["predict", ...IRIS, "--regularizer", "kernel:5"]],
    [["predict", ...IRIS, "--regularizer", "l2:1"]],
    [["predict", ...IRIS, "--regularizer", "bridge:1"]],
    [["predict", ...IRIS, "--regularizer", "bridge:2/3", "--start", "1,2"]],
    [["predict", ...IRIS, "--regularizer", "bridge:2/3", "--start", "1,2,x,4"]],
    [["predict", ...IRIS, "--regularizer", "bridge:2/3", "--start", "1,2,3,4", "--all-stationary"]],
    [["predict", ...IRIS, "--all-stationary"]],
    [["train", ...IRIS, "--record", "1,x"]],
    [["train", ...IRIS, "--steps", "5", "--record", "10"]],
    [["verify", "no-such-theorem"]],
    [["verify", "--cases", "0"]],
    [["verify", "--workers", "0"]],
    [["verify", "--workers", "1000000"]],
    [["verify", "--case-limit", "soon"]],
    [["verify", "fully-connected-l2", "fully-connected-l2"]],
    [["merge"]],
    [["verify", "./no-such-theorem.ts"]],
    [["new", "theorem"]],
    [["new", "lemma", "a.ts"]],
    [["new", "theorem", "a.txt"]],
    [["merge", "no-such-report.json"]],
    [["verify", "conv-fourier-bridge", "--optimizer", "gradient-descent"]],
    [["replay", "bp1.!!!"]],
    [["replay", "bp1.AAAA"]],
    [["nonsense"]],
  ])("%j", (args) => {
    const { code, stdout, stderr } = biasproof(args);
    expect(code).toBe(2);
    expect(stdout).toBe("");
    expect(stderr.trim().split("\n")).toHaveLength(1);
    expect(stderr).toMatch(/expected/);
    expect(stderr).not.toMatch(/\bat .*\.js:\d+|fault of ours/);
  });

  it("never writes over its input, nor starts work it cannot write down", () => {
    const folder = temporaryFolder();
    const data = file(folder, "d.json", '{"X": [[2, 1]], "y": [1]}');
    const before = readFileSync(data, "utf8");
    expect(biasproof(["run", data, "--json", data]).code).toBe(2);
    expect(readFileSync(data, "utf8")).toBe(before);
    expect(biasproof(["run", data, "--json", folder]).code).toBe(2);
    expect(biasproof(["run", data, "--report", data]).code).toBe(2);
    expect(biasproof(["run", data, "--report", join(data, "below")]).code).toBe(2);
    expect(readdirSync(folder)).toEqual(["d.json"]);
  });

  it("writes nothing on bad input", () => {
    const folder = temporaryFolder();
    const data = file(folder, "bad.csv", "a,b,label\n1,2,x\n1,zwei,y\n");
    const out = join(folder, "out");
    const { code, stderr } = biasproof(["run", data, "--report", out, "--json", join(folder, "j.json")]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/bad\.csv.*3.*"b".*zwei/s);
    expect(existsSync(out)).toBe(false);
    expect(readdirSync(folder)).toEqual(["bad.csv"]);
  });
});

describe("help and version", () => {
  it("--version is the package's", () => {
    const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
    expect(biasproof(["--version"]).stdout.trim()).toBe(version);
  });
  it.each([
    "run",
    "verify",
    "merge",
    "new",
    "predict",
    "derive",
    "train",
    "limit",
    "recheck",
    "replay",
    "list",
  ])("%s --help has an example", (name) => {
    const { code, stdout } = biasproof([name, "--help"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(new RegExp(`Example:\n  biasproof ${name}`));
  });
  it("train writes the recorded iterates", () => {
    const { code, document } = json(["train", ...IRIS, "--steps", "10", "--record", "0,1,10", "--step", "0.001"]);
    expect(code).toBe(0);
    expect((document.records as { step: number }[]).map((r) => r.step)).toEqual([0, 1, 10]);
    expect(Object.keys((document.records as object[])[0]!)).toEqual(["step", "loss", "logLoss", "beta"]);
  });
});
