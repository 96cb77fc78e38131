/**
 * A derivation's document against what its own input gives: sound ones are accepted, and after any single change, to a word,
 * a number, a certificate or a list, one after another, they are refused, except in the few places that are named as not
 * judged. That the places are few is part of the test.
 */
import { describe, expect, it, vi } from "vitest";
import { readArguments } from "../../src/cli/arguments.js";
import { derive, inputFrom } from "../../src/cli/commands/derive.js";
import { derivedAgain, firstDifference } from "../../src/cli/derive/again.js";
import { deriveNetwork } from "../../src/cli/derive/network.js";

// The package's root is three levels above the built file, not above the source.
vi.mock("../../src/cli/versions.js", () => ({
  versions: () => ({ biasproof: "0.0.0", node: "v0" }),
}));

type Shown = Readonly<Record<string, unknown>>;
type Path = readonly string[];

async function documentOf(words: readonly string[]): Promise<Shown> {
  const found = await deriveNetwork(inputFrom(readArguments("derive", words, derive.flags)));
  return JSON.parse(JSON.stringify({ ...found, timing: { seconds: 1 } })) as Shown;
}

const NETWORKS: readonly (readonly string[])[] = [
  ["convolutional", "--dim", "2", "--depth", "2", "--at", "1,1/3"],
  ["--predictor", "s*v1 + t*u1, x^2", "--at", "1,3"],
  ["residual-diagonal", "--dim", "2"],
  ["--predictor", "a*b + c - c"],
];

/** All values of a document and where they are, certificates as one value each. */
function* places(value: unknown, path: Path = []): Generator<Path> {
  if (path.length > 0) yield path;
  if (typeof value !== "object" || value === null || path.at(-1) === "certificate") return;
  for (const [key, part] of Object.entries(value)) yield* places(part, [...path, key]);
}

function changed(document: Shown, path: Path): Shown {
  const copy = JSON.parse(JSON.stringify(document)) as Record<string, unknown>;
  let parent = copy;
  for (const key of path.slice(0, -1)) parent = parent[key] as Record<string, unknown>;
  const key = path.at(-1)!;
  const value = parent[key];
  parent[key] =
    typeof value === "string"
      ? `${value}1`
      : typeof value === "number"
        ? value + 1
        : typeof value === "boolean"
          ? !value
          : value === null
            ? 7
            : Array.isArray(value)
              ? [...value, "more"]
              : { ...value, more: 1 };
  return copy;
}

const NOT_JUDGED = /^(timing|versions|upperBound|why\.upperBound$|regularizer\.sampled$|evidence\.regularizer$)/;

describe("a document of derive, derived again", () => {
  it.each(NETWORKS.map((words) => [words.join(" "), words] as const))("%s: sound", async (_, words) => {
    const { judgments, notJudged } = await derivedAgain(await documentOf(words));
    expect(judgments).toEqual([expect.objectContaining({ where: "derived again", accepted: true })]);
    expect(notJudged).toEqual([expect.stringMatching(/only descent shows/)]);
  });

  it.each(NETWORKS.map((words) => [words.join(" "), words] as const))("%s: any change is refused", async (_, words) => {
    const document = await documentOf(words);
    const passed: string[] = [];
    for (const path of places(document)) {
      const { judgments } = await derivedAgain(changed(document, path));
      if (path[0] !== "versions" && judgments.length === 0) throw new Error(`nothing judged at ${path.join(".")}`);
      if (judgments.every((j) => j.accepted)) passed.push(path.join("."));
    }
    expect(passed.filter((path) => !NOT_JUDGED.test(path))).toEqual([]);
  });

  it("says where the first change is", async () => {
    const document = await documentOf(NETWORKS[0]!);
    const { judgments } = await derivedAgain(changed(document, ["kkt", "parameters", "1", "tex"]));
    expect(judgments.map((j) => [j.where, j.accepted])).toEqual([["kkt.parameters[1].tex", false]]);
  });

  it("does not judge the words of another version, and says so", async () => {
    const document = { ...(await documentOf(NETWORKS[0]!)), versions: { biasproof: "9.9.9", node: "v0" } };
    const { judgments, notJudged } = await derivedAgain({ ...document, network: "another" });
    expect(judgments).toEqual([]);
    expect(notJudged.join()).toMatch(/9\.9\.9.*not derived again/);
  });

  it("refuses an input that is missing, misshapen, or none that can be derived", async () => {
    const document = await documentOf(NETWORKS[0]!);
    const inputs: readonly unknown[] = [
      undefined,
      "x",
      { network: { kind: "predictor", text: "sin(x)" }, at: null },
      { network: { kind: "architecture", name: "none", dimensions: { dim: 2, depth: 2 } }, at: null },
      { network: { kind: "predictor", text: "x" }, at: ["1", "2"] },
      { network: { kind: "predictor", text: "x" }, at: ["1/0"] },
    ];
    for (const input of inputs) {
      const { judgments } = await derivedAgain({ ...document, input });
      expect(
        judgments.map((j) => [j.where, j.accepted]),
        JSON.stringify(input),
      ).toEqual([["input", false]]);
    }
  });

  it("compares values, not the order of keys", () => {
    expect(firstDifference({ a: 1, b: [{ c: 2 }] }, { b: [{ c: 2 }], a: 1 }, "")).toBe(null);
    expect(firstDifference({ a: 1 }, { a: 1, b: undefined }, "")).toBe("b");
    expect(firstDifference([1, [2]], [1, [3]], "x")).toBe("x[1][0]");
    expect(firstDifference({ a: [] }, { a: {} }, "")).toBe("a");
    expect(firstDifference({ a: "1" }, { a: 1 }, "")).toBe("a");
  });
});
