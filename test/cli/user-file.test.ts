/** Files of the user's as they are loaded: from any folder, in any of the languages, and every fault of one is a sentence. */

import { createHash } from "node:crypto";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadTheorems, namesFile } from "../../dist/src/cli/user-file.js";
import { file, temporaryFolder } from "./biasproof.js";

const folder = temporaryFolder();

const theorem = (id: string, more = ""): string => `defineTheorem({
  id: "${id}", statement: "it goes there", scope: { architectures: ["fully-connected"] }, ${more}
  entries: { "gradient-flow": { hypotheses: limitHypotheses, claims: [limitIsMaxMarginOf("l2")] } },
})`;
const NAMES = "defineConjecture, defineTheorem, fullyConnected, limitHypotheses, limitIsMaxMarginOf";
const IMPORT = `import { ${NAMES} } from "biasproof";\n`;
const SPACE = "space: { networks: [{ architecture: fullyConnected }] }";
const conjecture = (id: string, more = ""): string => `defineConjecture({ theorem: ${theorem(id, more)}, ${SPACE} })`;

async function sentence(name: string, text: string, seconds?: number): Promise<string> {
  const path = file(folder, name, text);
  const error: unknown = await loadTheorems(path, seconds).then(
    () => null,
    (e: unknown) => e,
  );
  if (!(error instanceof Error) || error.name !== "UseError") throw error ?? new Error("nothing was thrown");
  expect(error.message).not.toMatch(/\n| {4}at /);
  return error.message.replaceAll(path, name);
}

describe("loads", () => {
  it.each([
    ["a.mjs", IMPORT],
    ["a.js", IMPORT],
    ["a.cjs", `const { ${NAMES} } = require("biasproof");\n`],
  ])("%s, from a folder that knows nothing of the package", async (name, head) => {
    const ends = name.endsWith(".cjs") ? "module.exports = { default: " : "export default ";
    const path = file(folder, name, `${head}${ends}${conjecture("a")}${name.endsWith(".cjs") ? " }" : ""};\n`);
    const found = await loadTheorems(path);
    expect(found.theorems.map((t) => [t.theorem.id, Object.keys(t.spaces)])).toEqual([["a", ["gradient-flow"]]]);
    expect(found.sha256).toBe(createHash("sha256").update(readFileSync(path)).digest("hex"));
  });

  it("TypeScript with what it imports of its own, which the sum covers", async () => {
    const helper = (id: string): string => file(folder, "helper.ts", `export const id: string = "${id}";\n`);
    const path = file(
      folder,
      "b.ts",
      `${IMPORT}import { id } from "./helper.js";\nexport default [${theorem("b")}, ${conjecture("c").replace('"c"', "id")}];\n`,
    );
    helper("d");
    const found = await loadTheorems(path);
    expect(found.theorems.map((t) => [t.theorem.id, Object.keys(t.spaces)])).toEqual([
      ["b", []],
      ["d", ["gradient-flow"]],
    ]);
    expect(found.files).toHaveLength(2);
    helper("e");
    expect((await loadTheorems(path)).sha256).not.toBe(found.sha256);
  });

  it("what words name files", () => {
    for (const word of ["a.ts", "./a", "x/y.mjs", "c.cjs"]) expect(namesFile(word)).toBe(true);
    for (const word of ["fully-connected-l2", "iris"]) expect(namesFile(word)).toBe(false);
  });
});

describe("faults of a file are sentences", () => {
  it.each<[string, string, string, RegExp]>([
    ["syntax", "s.mjs", "export default {;\n", /^s\.mjs:1: expected code that can be read, but: Unexpected token/],
    [
      "syntax of types",
      "s.ts",
      "const a = 1;\nconst b: = 2;\n",
      /^s\.ts:2: expected types that fit, but: Type expected/,
    ],
    [
      "a type",
      "t.ts",
      `${IMPORT}const n: number = "x";\nexport default n;\n`,
      /^t\.ts:2: .*Type 'string' is not assignable to type 'number'/,
    ],
    [
      "a name that is not there",
      "n.ts",
      'import { nope } from "biasproof";\nexport default nope;\n',
      /^n\.ts:1: .*has no exported member 'nope'/,
    ],
    ["a throw", "w.mjs", 'const f = () => {\n  throw new Error("bo\\nom");\n};\nf();\n', /^w\.mjs:2: it threw bo om$/],
    ["a throw of no error", "x.mjs", 'throw "boom";\n', /^x\.mjs: it threw boom$/],
    ["an import that leads nowhere", "i.mjs", 'import "./nowhere.mjs";\n', /^i\.mjs: .*there is no \.\/nowhere\.mjs$/],
    ["no export", "e.mjs", "export const theorem = 1;\n", /^e\.mjs: expected a default export .*, got none$/],
    ["another export", "o.mjs", "export default { a: 1 };\n", /^o\.mjs: expected a default export .*, got \{a\}$/],
    ["an empty list", "l.mjs", "export default [];\n", /got an empty list$/],
    [
      "an id that ships",
      "d.mjs",
      `${IMPORT}export default ${theorem("fully-connected-l2")};\n`,
      /ids that are not taken, got fully-connected-l2$/,
    ],
    [
      "no claim",
      "c.mjs",
      `${IMPORT}export default ${theorem("c").replace('[limitIsMaxMarginOf("l2")]', "[]")};\n`,
      /theorem c \(gradient-flow\): expected one claim or more/,
    ],
    [
      "hypotheses that say nothing",
      "h.mjs",
      `${IMPORT}export default ${theorem("h").replace("limitHypotheses, claims", "[], claims")};\n`,
      /expected the hypotheses separable and loss-to-zero/,
    ],
    [
      "a network that is not known",
      "k.mjs",
      `${IMPORT}export default ${theorem("k").replace('["fully-connected"]', '["deep"]')};\n`,
      /expected architectures among .*, got deep$/,
    ],
    [
      "a norm that has no gap",
      "g.mjs",
      `${IMPORT}export default ${theorem("g").replace('"l2"', '"bridge:1/2"')};\n`,
      /^g\.mjs: limitIsMaxMarginOf: expected a norm whose gap can be certified \(l2, l1, .*\), got bridge:1\/2$/,
    ],
    ["an end of the process", "q.mjs", "process.exit(3);\n", /it ended the process with code 3/],
    [
      "an import that waits",
      "a.ts",
      "export {};\nawait new Promise(() => undefined);\n",
      /waits for what never comes$/,
    ],
  ])("%s", async (_, name, text, says) => {
    expect(await sentence(name, text)).toMatch(says);
  });

  it("an import that does not end", async () => {
    expect(await sentence("z.mjs", "for (;;);\n", 2)).toMatch(/its import did not within 2 s$/);
  });

  it("a network of its own whose gradient is wrong", async () => {
    const text = `import { defineArchitecture, diagonal } from "biasproof";
      ${IMPORT}
      const wrong = defineArchitecture({ ...diagonal, name: "wrong", examples: [{ dim: 2, depth: 2 }], build(dimensions) {
        const P = diagonal.build(dimensions);
        return { ...P, pullback(w, g, out) { P.pullback(w, g, out); out[0] *= 1.001; } };
      } });
      export default ${theorem("own", "brings: { architectures: [wrong] },")};\n`;
    expect(await sentence("own.mjs", text)).toMatch(
      /^own\.mjs: theorem own: wrong with \{dim:2,depth:2\} breaks the law adjoint/,
    );
  });

  it("a path that is no file", async () => {
    mkdirSync(join(folder, "there.ts"), { recursive: true });
    await expect(loadTheorems(join(folder, "there.ts"))).rejects.toThrow(
      /expected a file with a theorem, but it is none/,
    );
    await expect(loadTheorems(join(folder, "none.ts"))).rejects.toThrow(/there is no such file/);
  });
});
