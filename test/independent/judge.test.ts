/**
 * The second judge (judge.py, its own reading of the statements in kernel) against the first: it accepts what the command
 * writes, refuses tampered copies, and agrees on thousands of changed certificates, read by one process. Where python3 is not
 * installed these tests are skipped by name; .ci/run installs it.
 */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it, type TestContext } from "vitest";
import { caseStream } from "../../properties/arbitraries/case.js";
import { tamper } from "../../properties/laws/tamper.js";
import { THEOREM_MUTANTS } from "../../properties/mutants/theorems.js";
import { FULLY_CONNECTED_FLOW } from "../../properties/spaces.js";
import { judge } from "../../src/certify/judge.js";
import { ofNumber, showQ } from "../../src/exact/rational.js";
import type { Judgment } from "../../src/kernel/certificate.js";
import { verifyCase } from "../../src/verify/verify-case.js";
import { file, json, temporaryFolder } from "../cli/biasproof.js";
import { IDENTITIES } from "../unit/certify/algebra-samples.js";
import { FORGED_PARTS, forgedWitness, soundCertificates } from "../unit/certify/samples.js";

const SCRIPT = fileURLToPath(new URL("judge.py", import.meta.url));
const PYTHON = spawnSync("python3", ["--version"]).status === 0;
const JUDGED = ["exact-kkt", "separation", "farkas", "poly-identity", "counterexample", "kkt-residual"] as const;

/** A test that needs python3; without it, one that says so. */
function withPython(name: string, run: (context: TestContext) => void | Promise<void>): void {
  it(name, async (context) => {
    if (!PYTHON) context.skip("python3 is not installed, so the second judge was not run");
    await run(context);
  });
}

interface Answer {
  readonly code: number | null;
  readonly stderr: string;
  /** "accepted", "refused", "not judged here" of each certificate. */
  readonly words: readonly string[];
  readonly lines: readonly string[];
}

function second(input: string, args: readonly string[] = ["-"]): Answer {
  const ran = spawnSync("python3", [SCRIPT, ...args], { input, encoding: "utf8", maxBuffer: 1 << 28 });
  const lines = ran.stdout.split("\n").slice(0, -2);
  return { code: ran.status, stderr: ran.stderr, lines, words: lines.map((line) => line.split(": ")[1] ?? line) };
}

const jsonLines = (certificates: readonly unknown[]): string =>
  certificates.map((c) => `${JSON.stringify(c)}\n`).join("");

const sampled = async (): Promise<readonly unknown[]> => {
  const sound = await soundCertificates();
  const { separation, farkas, counterexample } = sound;
  return [
    ...[sound["exact-kkt"], separation, farkas, counterexample, sound["kkt-residual"]].flat(),
    ...Object.values(IDENTITIES),
  ];
};

const IRIS = ["iris", "--positive", "setosa"];
const DOCUMENTS: readonly (readonly [string, readonly string[], accepted: number])[] = [
  ["run iris", ["run", ...IRIS], 2],
  ["run iris, not separable", ["run", "iris", "--positive", "versicolor", "--negative", "virginica"], 1],
  ["predict l2", ["predict", ...IRIS, "--regularizer", "l2"], 1],
  ["predict l1", ["predict", ...IRIS, "--regularizer", "l1"], 1],
  ["predict linf", ["predict", ...IRIS, "--regularizer", "linf"], 1],
  ["derive convolutional", ["derive", "convolutional", "--dim", "3", "--depth", "2"], 4],
  ["derive a typed predictor", ["derive", "--predictor", "s*v1, s*v2, t*v3"], 4],
];

describe("documents of the command", () => {
  for (const [name, args, least] of DOCUMENTS)
    withPython(name, () => {
      const { document } = json(args);
      const { code, words, lines, stderr } = second(JSON.stringify(document));
      expect([code, stderr, words.filter((w) => w === "refused")]).toEqual([0, "", []]);
      expect(words.filter((w) => w === "accepted").length, lines.join("\n")).toBeGreaterThanOrEqual(least);
      const text = JSON.stringify(document);
      for (const [from, to] of [
        [/"(lambda|dual|objectiveSquared|objective)":(\[?)"(\d)/g, '"$1":$2"9$3'],
        [/"constant":"2"/g, '"constant":"3"'],
      ] as const) {
        const other = text.replace(from, to);
        if (other === text) continue;
        const changed = second(other);
        expect(changed.code, changed.lines.join("\n")).toBe(1);
      }
    });
});

describe("certificates of refuted theorems", () => {
  withPython("each false theorem's counterexamples over random cases", async ({ annotate }) => {
    const found: unknown[] = [];
    for (const mutant of THEOREM_MUTANTS)
      for (const c of caseStream({ ...FULLY_CONNECTED_FLOW, minDim: 3 }, 20180601, 8))
        found.push(
          ...(await verifyCase(mutant, c, { cancelled: () => null })).certificates.filter(
            ({ kind }) => kind === "counterexample",
          ),
        );
    const { code, words } = second(jsonLines(found));
    await annotate(`${found.length} counterexamples`);
    expect([code, new Set(words)]).toEqual([0, new Set(["accepted"])]);
    expect(found.length).toBeGreaterThan(10);
  });
});

describe("agreement of the two judges", () => {
  withPython("on sound certificates and forged ones", async () => {
    const certificates = [...(await sampled()), forgedWitness(), ...FORGED_PARTS];
    const { words } = second(jsonLines(certificates));
    expect(words).toEqual(certificates.map((c) => (judge(c).accepted ? "accepted" : "refused")));
  });

  withPython("on thousands of changed certificates, in one process", async ({ annotate }) => {
    const sound = await sampled();
    const given: unknown[] = [];
    const first: Judgment[] = [];
    const recording = (certificate: unknown): Judgment => {
      const judgment = judge(certificate);
      given.push(certificate);
      first.push(judgment);
      return { accepted: false, kind: "", reason: "", cause: "refuted" }; // only the changes are wanted of the law here
    };
    sound.forEach((certificate, i) => {
      tamper(certificate, { judge: recording, seed: BigInt(i), changes: 120, donors: [...sound, ...FORGED_PARTS] });
    });
    const { words, lines, stderr } = second(jsonLines(given));
    expect([stderr, words.length]).toEqual(["", given.length]);
    const differ = first.flatMap(({ accepted, ...said }, i) => {
      if (words[i] === "not judged here") return accepted ? [{ said, line: lines[i] }] : [];
      return (words[i] === "accepted") === accepted ? [] : [{ accepted, said, line: lines[i], of: given[i] }];
    });
    const accepted = first.filter((j) => j.accepted).length;
    await annotate(`${given.length} certificates, ${accepted} accepted and ${given.length - accepted} refused by both`);
    expect(differ).toEqual([]);
    expect(given.length).toBeGreaterThan(3000);
    expect(accepted).toBeGreaterThan(100);
    for (const kind of JUDGED) {
      expect(lines.filter((line) => line.includes(`: accepted: ${kind}`)).length).toBeGreaterThan(1);
      expect(lines.filter((line) => line.includes(`: refused: ${kind}`)).length).toBeGreaterThan(50);
    }
  });
});

describe("angles", () => {
  withPython("the largest distance of a counterexample is one for both, to 1e-12", async ({ annotate }) => {
    const { counterexample } = await soundCertificates();
    const at = (c: object, distance: number): object => ({ ...c, distance: showQ(ofNumber(distance)) });
    const largest = counterexample.map((c) => {
      let [low, high] = [0, 4];
      for (let i = 0; i < 60; i++) {
        const middle = (low + high) / 2;
        if (judge(at(c, middle)).accepted) low = middle;
        else high = middle;
      }
      return low;
    });
    const near = counterexample.flatMap((c, i) => [at(c, largest[i]! - 1e-12), at(c, largest[i]! + 1e-12)]);
    const { words } = second(jsonLines(near));
    await annotate(largest.map((x) => x.toPrecision(6)).join(", "));
    expect(words).toEqual(counterexample.flatMap(() => ["accepted", "refused"]));
  });

  withPython("where the norm has a kink the second takes the best subgradient, and no more", async () => {
    const sound = (await soundCertificates()).counterexample[0]!;
    const kinked = { ...sound, reached: ["0", "1"], limit: null, errorBar: "0" };
    // mu = 2 and h = -1; z - mu s is (0, -1) for s = (1, 1), and (2, -1) for s = (0, 1).
    const distances = [0.44, 0.99, 1.01];
    expect(judge({ ...kinked, distance: "11/25" })).toMatchObject({ accepted: true });
    const { words } = second(jsonLines(distances.map((x) => ({ ...kinked, distance: showQ(ofNumber(x)) }))));
    expect(words).toEqual(["accepted", "accepted", "refused"]);
  });
});

describe("hostile input", () => {
  const DEEP = 100_000;
  const NOTHING: readonly (readonly [string, string])[] = [
    ["no JSON", "{"],
    ["nothing", ""],
    ["nested without end", "[".repeat(DEEP) + "]".repeat(DEEP)],
    ["no certificate", '{"command":"list"}'],
    ["a number that is none", '{"kind":NaN}'],
    ["half a list of lines", '{"kind":"farkas"}\n{"kind":'],
  ];
  for (const [name, input] of NOTHING)
    withPython(`${name}: exit code 2, one sentence`, () => {
      const { code, stderr } = second(input);
      expect(code).toBe(2);
      expect(stderr).not.toContain("Traceback");
      expect(stderr.trim().split("\n").length).toBe(1);
    });

  withPython("a file that is not there", () => {
    const { code, stderr } = second("", ["no-such-file"]);
    expect([code, stderr.startsWith("unreadable: ")]).toEqual([2, true]);
  });

  withPython("huge numbers, powers and expressions are refused", async () => {
    const [kkt] = (await soundCertificates())["exact-kkt"];
    const long = "7".repeat(19_000);
    const zeros = Array.from({ length: 400 }, (_, i) => `1/${10n ** 300n + BigInt(i)}`);
    const square = { sum: [{ variable: 0 }, { variable: 1 }, { variable: 2 }, { constant: "1" }] };
    const power = { power: [square, 200] };
    const identity = { kind: "poly-identity", order: 1, variables: ["x", "y", "z"], polynomials: [] };
    const hostile = [
      { ...kkt, beta: [`${long}/3`, `${long}1/7`] },
      { kind: "farkas", data: { scale: "1", X: zeros.map(() => ["1"]), y: zeros.map(() => 1) }, lambda: zeros },
      { ...identity, identities: [[power, power]] },
      { ...identity, order: 997, identities: [[{ power: [{ power: [power, 200] }, 200] }, { constant: "1" }]] },
      { ...identity, order: 1e300, identities: [] },
    ];
    const { code, words, stderr } = second(jsonLines(hostile));
    expect([code, stderr, words]).toEqual([1, "", hostile.map(() => "refused")]);
  });

  withPython("a document's own words cannot forge a line", () => {
    const { lines, words } = second(JSON.stringify({ "a\nb: accepted: farkas": { certificate: { kind: "x\ny" } } }));
    expect([lines.length, words[0] === "refused"]).toEqual([1, false]);
  });

  withPython("a document is read from a file, and one refused certificate is enough", async () => {
    const [sound] = (await soundCertificates()).farkas;
    const path = file(temporaryFolder(), "d.json", JSON.stringify([sound, { ...sound, lambda: [] }]));
    expect(second("", [path])).toMatchObject({ code: 1, words: ["accepted", "refused"] });
  });
});
