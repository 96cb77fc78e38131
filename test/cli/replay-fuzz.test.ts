/** Whatever is handed to `replay` is a case whose parts fit each other, or one sentence and exit 2. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fc } from "@fast-check/vitest";
import { deflateSync, strToU8 } from "fflate";
import { describe, expect, it } from "vitest";
import type { Case } from "../../src/kernel/case.js";
import { UseError } from "../../src/kernel/use-error.js";
import { createBench } from "../../src/verify/bench.js";
import { biasproof, file, json, temporaryFolder } from "./biasproof.js";

// The built reader: the shipped data sets are found from its place.
const { readReplayLine } = (await import("../../dist/src/cli/replay-line.js")) as {
  readReplayLine: (line: string) => { readonly case: Case };
};

const word = (value: unknown): string => {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return `bp1.${Buffer.from(deflateSync(strToU8(text))).toString("base64url")}`;
};

const GOOD: Case = {
  version: 1,
  architecture: "fully-connected",
  depth: 2,
  widths: [3],
  data: {
    name: "d",
    shape: [2],
    json: {
      scale: "10",
      X: [
        ["1", "2"],
        ["-3", "4"],
      ],
      y: [1, -1],
    },
  },
  loss: "exponential",
  optimizer: "normalized-gradient-descent",
  eta: null,
  init: {
    kind: "layers",
    layers: [
      [
        [0.1, 0],
        [0, 0.1],
        [0.1, 0.1],
      ],
      [[0.1, 0.2, 0.1]],
    ],
  },
  seed: "1",
  tolerance: 0.1,
  goal: 0.1,
  budget: { steps: 50, seconds: null },
};
const SHIPPED = (() => {
  const { document } = json(["run", "iris", "--positive", "setosa", "--max-steps", "1"]);
  const packed = Buffer.from(String(document.replay).slice(4), "base64url");
  return { packed, replay: String(document.replay) };
})();

/** Reads it: a UseError of one short sentence, or a case that a bench takes. */
function holdsTo(line: string): "refused" | "taken" {
  let read: { readonly case: Case };
  try {
    read = readReplayLine(line);
  } catch (error) {
    expect(error).toHaveProperty("name", "UseError");
    const { message } = error as Error;
    expect(message).toMatch(/expected/);
    expect(message).not.toMatch(/\n|\p{Cc}/u);
    expect(message.length).toBeLessThan(500);
    return "refused";
  }
  try {
    createBench(read.case, { cancelled: () => "interrupted" });
  } catch (error) {
    expect(error).toBeInstanceOf(UseError); // and then it is not a fault
    throw new Error(`the reader took a case that the bench refuses: ${(error as Error).message}`);
  }
  return "taken";
}

/** Every path into a value, the value itself included. */
function paths(value: unknown, at: readonly (string | number)[] = []): (string | number)[][] {
  const below =
    typeof value === "object" && value !== null
      ? Object.entries(value).flatMap(([k, v]) => paths(v, [...at, Array.isArray(value) ? Number(k) : k]))
      : [];
  return [[...at], ...below];
}

function replaced(value: unknown, [first, ...rest]: readonly (string | number)[], by: unknown): unknown {
  if (first === undefined) return by;
  const copy = Array.isArray(value) ? [...value] : { ...(value as object) };
  const inner = replaced((copy as Record<string | number, unknown>)[first], rest, by);
  if (inner === undefined && Array.isArray(copy)) copy.splice(Number(first), 1);
  else (copy as Record<string | number, unknown>)[first] = inner;
  return copy;
}

const ODD: readonly unknown[] = [
  undefined,
  null,
  true,
  0,
  -1,
  1,
  2,
  1.5,
  3,
  1e9,
  9e15,
  1e300,
  -1e300,
  "",
  "x",
  "0",
  "-1",
  "1e3",
  "NaN",
  "9".repeat(500),
  "constructor",
  "linear",
  "diagonal",
  "gradient-descent",
  [],
  [[]],
  [1],
  [2, 1],
  [1, 2, 3],
  [1e12],
  {},
  { kind: "gaussian" },
  { kind: "gaussian", scale: 1e300 },
  { shipped: "iris" },
  { shipped: "iris", sha256: "0", options: {} },
  { shipped: "iris", sha256: "0", options: { label: 5 } },
  { shipped: "iris", sha256: "0", options: null },
  "\u001b[2J\n",
];

describe("replay", () => {
  it("takes a good case", () => {
    expect(holdsTo(word(GOOD))).toBe("taken");
    expect(holdsTo(SHIPPED.replay)).toBe("taken");
  });

  it("takes or refuses a case with any one part replaced or gone", () => {
    let refused = 0;
    for (const path of paths(GOOD))
      for (const odd of ODD) if (holdsTo(word(replaced(GOOD, path, odd) ?? null)) === "refused") refused += 1;
    expect(refused).toBeGreaterThan(500);
  });

  it("takes or refuses a case with several parts replaced", () => {
    const change = fc.tuple(
      fc.constantFrom(...paths(GOOD).slice(1)),
      fc.oneof(fc.constantFrom(...ODD), fc.jsonValue()),
    );
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
        const value = changes.reduce<unknown>((v, [path, odd]) => {
          try {
            return replaced(v, path, odd);
          } catch {
            return v; // the path went with an earlier change
          }
        }, GOOD);
        holdsTo(word(value ?? null));
      }),
      { numRuns: 300 },
    );
  });

  it("refuses any JSON, any text and any bytes", () => {
    const refuses = (line: string): void => {
      expect(holdsTo(line)).toBe("refused");
    };
    fc.assert(fc.property(fc.jsonValue().map(word), refuses), { numRuns: 200 });
    fc.assert(fc.property(fc.string().map(word), refuses), { numRuns: 100 });
    const text = fc.string({ unit: "binary" });
    fc.assert(
      fc.property(
        fc.oneof(
          text,
          text.map((s) => `bp1.${s}`),
          text.map((s) => `@${s}`),
        ),
        refuses,
      ),
      { numRuns: 300 },
    );
  });

  it("refuses a word with bytes changed, or takes what they say", () => {
    fc.assert(
      fc.property(fc.nat(SHIPPED.packed.length - 1), fc.nat(255), (at, byte) => {
        const bytes = Buffer.from(SHIPPED.packed);
        bytes[at] = byte;
        holdsTo(`bp1.${bytes.toString("base64url")}`);
      }),
      { numRuns: 200 },
    );
  });

  it("refuses text that unpacks to more than memory, or nests without end", () => {
    expect(holdsTo(word(" ".repeat(70_000_000)))).toBe("refused");
    expect(holdsTo(word("[".repeat(1_000_000)))).toBe("refused");
    expect(holdsTo(word(`${"[".repeat(200_000)}${"]".repeat(200_000)}`))).toBe("refused");
    expect(holdsTo(word('{"version": 1e999, "depth": NaN}'))).toBe("refused");
  });
});

describe("the command", () => {
  const folder = temporaryFolder();
  it.each<[string, unknown]>([
    ["a shape that does not match the data", replaced(GOOD, ["data", "shape"], [5])],
    ["a shape of channels", replaced(GOOD, ["data", "shape"], [1, 2])],
    ["rows of two widths", replaced(GOOD, ["data", "json", "X", 1], ["1"])],
    ["labels missing", replaced(GOOD, ["data", "json", "y"], [1])],
    ["no points", replaced(GOOD, ["data", "json"], { scale: "1", X: [], y: [] })],
    ["a negative depth", replaced(GOOD, ["depth"], -1)],
    ["an endless depth", { ...GOOD, depth: 1e15, widths: null, init: { kind: "gaussian", scale: 1 } }],
    ["widths of the wrong length", replaced(GOOD, ["widths"], [3, 3, 3])],
    ["layers of the wrong length", replaced(GOOD, ["init", "layers", 1], [[1]])],
    ["numbers out of range", replaced(GOOD, ["data", "json", "X", 0, 0], "9".repeat(300))],
    ["weights out of range", replaced(GOOD, ["init"], { kind: "gaussian", scale: 1e300 })],
    ["a goal above the tolerance", replaced(GOOD, ["goal"], 0.2)],
    ["another type", 5],
  ])("ends with exit 2, one sentence and nothing written on %s", (_, value) => {
    const path = file(folder, "case.json", JSON.stringify(value));
    const out = join(folder, "out");
    const { code, stdout, stderr } = biasproof([
      "replay",
      `@${path}`,
      "--report",
      out,
      "--json",
      join(folder, "j.json"),
    ]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr.trim()).toMatch(/^[^\n]*case\.json[^\n]*: expected [^\n]*$/);
    expect(stderr).not.toMatch(/fault of ours|\bat .*\.js/);
    expect(readdirSync(folder)).toEqual(["case.json"]);
  });

  it("replays a good file", () => {
    expect(biasproof(["replay", `@${file(folder, "case.json", JSON.stringify(GOOD))}`]).code).toBe(0);
  });
});
