/** Near misses of every rule: what looks like a violation and is none. */
import { at, type Case, type Files, from, HEAD, HOLE, LINT, manifest, SPEC, up, WORD } from "./plant.js";

export const GREEN: Readonly<Record<string, readonly Case[]>> = {
  floors: [
    ["each room imports the floors below it", downstairs()],
    ["a test imports the doors and what was built", from("test/b.ts", "../src/cli/a.js", "../dist/src/kernel/a.js")],
    ["cli computes a dynamic import", { "src/cli/b.ts": "export const m = (s: string) => import(s);\n" }],
    ["cli imports JSON", from("src/cli/b.ts", "../../package.json")],
    [
      "an import that is text",
      { "src/kernel/b.ts": 'export const s = "import x from \'../exact/a.js\'"; // import("../cli/a.js")\n' },
    ],
    [
      "a declaration file",
      { ...from("src/oracle/b.ts", "./c.js"), "src/oracle/c.d.ts": "export declare const x: 1;\n" },
    ],
    [
      "a method named import",
      { "src/kernel/b.ts": "export const m = (o: { import(s: string): void }, s: string) => o.import(s);\n" },
    ],
  ],
  node: [
    ["Node in cli and test", { "src/cli/b.ts": nodeCode(), "test/b.ts": nodeCode() }],
    ["the page in web", { "src/web/b.ts": 'export const d = [window, document.title, localStorage.getItem("k")];\n' }],
    [
      "names that are not references",
      {
        "src/engine/b.ts":
          "export interface P { process: number; window: string }\nexport const f = (p: P) => p.process + p.window.length;\nexport const o = { global: 1, Buffer() {} };\n",
      },
    ],
    [
      "names of one's own",
      {
        "src/engine/b.ts":
          "export function f(process: number) {\n  const window = process;\n  for (const global of [window]) return { global, window };\n}\n",
      },
    ],
    [
      "names destructured from a value",
      { "src/engine/b.ts": "export const f = ({ window: w, process }: Record<string, number>) => [w, process];\n" },
    ],
    ["names in text", { "src/engine/b.ts": 'export const s = "process.env"; // window.document, node:fs\n' }],
    ["a named property of globalThis", { "src/engine/b.ts": "export const e = globalThis.Number;\n" }],
    ["a file whose name begins like a module", { ...from("src/engine/b.ts", "./path.js"), "src/engine/path.ts": SPEC }],
  ],
  bits: [
    [
      "the exact ones",
      {
        "src/engine/b.ts":
          "export const e = [Math.sqrt(2), Math.fround(1), Math.floor(1.5), Math.PI, Math.imul(2, 3)];\n",
      },
    ],
    [
      "the house's own exp",
      {
        ...from("src/engine/b.ts", "../numeric/elementary.js"),
        "src/numeric/elementary.ts": "export const x = 1;\nexport const exp = (x: number) => x;\n",
      },
    ],
    ["another Math", { "src/exact/b.ts": "export const f = (Math: { exp(x: number): number }) => Math.exp(1);\n" }],
    [
      "a member named Math",
      { "src/exact/b.ts": "export const f = (o: { Math: { exp(x: number): number } }) => o.Math.exp(1);\n" },
    ],
    ["text", { "src/engine/b.ts": 'export const s = "Math.exp(x) ** 2"; // Math.log\n' }],
    ["formatting in a door", { "src/cli/b.ts": "export const d = (x: number) => Math.log10(x) * 10 ** 3;\n" }],
    ["a power of a bigint literal", { "src/exact/b.ts": "export const p = (k: bigint) => 2n ** k + (-1n) ** k;\n" }],
    ["a test may compare", { "test/b.ts": "export const e = Math.exp(1) ** 2;\n" }],
  ],
  clock: [
    [
      "the doors and tests",
      {
        "src/cli/b.ts": clockCode(),
        "src/web/b.ts": clockCode(),
        "test/b.ts": clockCode(),
        "properties/b.test.ts": clockCode(),
      },
    ],
    [
      "a clock that is handed in",
      {
        "src/verify/b.ts":
          "export const f = (clock: { performance: number; Date: string }) => [clock.performance, clock.Date];\n",
      },
    ],
    [
      "a parameter of that name",
      {
        "src/engine/b.ts":
          "export const f = (setTimeout: () => number, performance: number) => setTimeout() + performance;\n",
      },
    ],
  ],
  dependencies: [
    ["each in its place", wellPlaced()],
    [
      "tests use them all",
      {
        "test/b.test.ts": ["mathjs", "vitest", "fast-check", "typescript"]
          .map((s, i) => `import * as m${i} from "${s}";\n`)
          .join(""),
        "*vitest.config.ts": 'export { defineConfig } from "vitest/config";\n',
        "package.json": manifest([], ["mathjs", "vitest", "fast-check", "typescript"]),
      },
    ],
    [
      "thin test files run properties",
      {
        ...from("properties/b.test.ts", "vitest", "@fast-check/vitest"),
        "package.json": manifest([], ["vitest", "@fast-check/vitest"]),
      },
    ],
    [
      "a door to a test runner that its user has",
      { ...from("src/doors/b.ts", "vitest"), "package.json": manifest([], ["vitest"], ["vitest"]) },
    ],
    [
      "a dependency imported lazily, or for its types",
      {
        "src/exact/text/mathjs.ts": 'export const m = () => import("mathjs");\n',
        "src/report/b.ts": 'export type S = import("d3-scale").ScaleLinear<number, number>;\n',
        "package.json": manifest(["mathjs", "d3-scale"]),
      },
    ],
    ["a name in text", { "src/kernel/b.ts": "export const s = 'import x from \"mathjs\"';\n" }],
  ],
  hush: [
    ["unknown", { "src/kernel/b.ts": "export const f = (any: unknown, o: { any: number }) => [any, o.any];\n" }],
    ["a reason", { "src/kernel/b.ts": `// ${LINT} lint/style/x: the judge reads untyped text\nexport const y = 1;\n` }],
    ["a catch that acts", { "src/cli/b.ts": "try {\n  f();\n} catch {\n  g();\n}\nf().catch(() => 1);\n" }],
    [
      "members of other things",
      {
        "test/b.ts":
          "export const f = (page: Record<string, () => 1>) => [page.only?.(), page.skip?.(), page.todo?.()];\n",
      },
    ],
    ["loud tests", { "test/b.test.ts": 'it.each([1])("only", () => 1);\ndescribe.concurrent("skip", () => 1);\n' }],
    [
      "words inside words and strings",
      {
        "src/kernel/b.ts": `export const s = "${WORD("TO", "DO")} // ${WORD("FIX", "ME")} /* ${"@"}ts-ignore"; // mastodon, shack\n`,
      },
    ],
    [
      "a comment's marks in a pattern",
      {
        "src/kernel/b.ts": `export const r = /[/]\\/\\* ${WORD("TO", "DO")}/;\nexport const t = \`// ${HOLE} /* ${WORD("TO", "DO")}\`;\n`,
      },
    ],
  ],
  length: [
    ["300 lines", { "src/kernel/b.ts": "export {};\n".repeat(299) }],
    ["a long test", { "test/b.ts": "export {};\n".repeat(400) }],
  ],
  head: [
    ["forty characters", { "*src/kernel/b.ts": `/** ${"abcd ".repeat(8).slice(0, 39)}. */\n${SPEC}` }],
    ["a barrel", { "*src/kernel/index.ts": 'export * from "./a.js";\nexport { x } from "./a.js";\n' }],
    ["after the line that names the program", { "*src/cli/b.ts": `#!/usr/bin/env node\n${HEAD}${SPEC}` }],
    ["a test has none", { "*test/b.ts": SPEC }],
  ],
  paths: [
    [
      "an address",
      { "src/report/b.ts": 'export const p = "https://example.org/home/x"; // and https://example.org/tmp/x\n' },
    ],
    ["relative paths", { "src/cli/b.ts": 'export const p = ["./tmp/x", "../work/x", "src/root/x", "~/home/x"];\n' }],
    ["after a hole", { "src/cli/b.ts": `export const p = (x: string) => \`${HOLE}/tmp/${HOLE}/work/\`;\n` }],
    ["a longer name", { "src/cli/b.ts": 'export const p = ["/homes/x", "/rooted", "../shared-memory"];\n' }],
    ["a colon", { "src/cli/b.ts": 'export const p = ["axis:\\\\d", "C: 3"];\n' }],
    [
      "division",
      { "src/cli/b.ts": `export const p = (x: number, tmp: number, work: number) => x ${at("tmp", "")} work;\n` },
    ],
  ],
  mutable: [
    [
      "let inside functions",
      {
        "src/engine/b.ts":
          "export function f() {\n  let i = 0;\n  for (let j = 0; j < 2; j++) i += j;\n  var k = i;\n  return k;\n}\n",
      },
    ],
    ["const scratch", { "src/engine/b.ts": "const scratch = new Float64Array(8);\nexport const f = () => scratch;\n" }],
    ["a loop at the top", { "src/cli/b.ts": "for (let i = 0; i < 2; i++) f(i);\nexport {};\n" }],
    ["a test", { "test/b.ts": "let count = 0;\nexport const next = () => ++count;\n" }],
  ],
  classes: [
    ["Error", { "src/kernel/b.ts": "export class B extends Error {}\n" }],
    [
      "implements, and interfaces that extend",
      { "src/kernel/b.ts": "export interface I {}\nexport interface J extends I {}\nexport class B implements J {}\n" },
    ],
    ["a constraint", { "src/kernel/b.ts": "export const f = <T extends object>(t: T) => t;\n" }],
  ],
};

function downstairs(): Files {
  const all = ["kernel", "exact", "numeric", "models", "engine", "oracle", "certify", "verify"];
  const src = (...rooms: string[]): string[] => rooms.map((room) => `../src/${room}/a.js`);
  return {
    ...from("src/exact/b.ts", ...up("kernel", "exact")),
    ...from("src/numeric/b.ts", ...up("kernel", "numeric")),
    ...from("src/report/b.ts", ...up("kernel", "report")),
    ...from("src/models/b.ts", ...up("kernel", "exact", "numeric", "models")),
    ...from("src/engine/b.ts", ...up("kernel", "exact", "numeric", "models", "engine")),
    ...from("src/oracle/b.ts", ...up("kernel", "exact", "numeric", "models", "oracle")),
    ...from("src/certify/b.ts", ...up("kernel", "exact", "certify"), "../numeric/interval.js"),
    ...from("src/verify/b.ts", ...up(...all)),
    ...from(
      "src/index.ts",
      ...[...all, "report"].map((room) => `./${room}/a.js`),
      "../proofs/a.js",
      "../properties/a.js",
    ),
    ...from("src/doors/b.ts", ...up(...all, "report", "doors"), "../../proofs/a.js", "../../properties/a.js"),
    ...from("proofs/b.ts", ...src(...all), "./a.js"),
    ...from("properties/b.ts", ...src(...all, "report"), "../proofs/a.js", "./a.js"),
    ...from(
      "src/cli/b.ts",
      ...up(...all, "report", "doors", "cli"),
      "../index.js",
      "../../proofs/a.js",
      "../../properties/a.js",
    ),
    ...from(
      "src/web/b.ts",
      ...up(...all, "report", "web"),
      "../index.js",
      "../../proofs/a.js",
      "../../properties/a.js",
    ),
  };
}

function nodeCode(): string {
  return 'import { readFileSync } from "node:fs";\nexport const n = [readFileSync, process.env, Buffer, setImmediate];\n';
}

function clockCode(): string {
  return "export const t = [Date.now(), performance.now(), setTimeout, setInterval, queueMicrotask];\n";
}

function wellPlaced(): Files {
  const places: readonly (readonly [string, ...string[]])[] = [
    ["src/exact/text/mathjs.ts", "mathjs"],
    ["properties/b.ts", "fast-check"],
    ["src/oracle/b.ts", "quadprog", "highs", "scs-solver", "ml-matrix"],
    ["src/engine/b.ts", "ml-matrix"],
    ["src/numeric/b.ts", "fft.js", "ml-matrix"],
    ["src/models/data/b.ts", "csv-parse", "lossless-json"],
    ["src/cli/b.ts", "valibot", "fflate", "piscina"],
    ["src/report/b.ts", "d3-scale", "d3-shape"],
  ];
  const names = [...new Set(places.flatMap(([, ...packages]) => packages))];
  return {
    ...Object.assign({}, ...places.map(([path, ...packages]) => from(path, ...packages))),
    "package.json": manifest(names),
  };
}
