/**
 * Test power (`npm run mutation -- [--rooms kernel,exact] [--each 40] [--seed S] [--journal FILE]`): single-token mutations drawn
 * from the seed, in each room, one at a time in a copy of the tree. Killed: a test goes red, in the tests of the room first, then
 * in all others that can reach the file but those of the command line and the second judge (built code, Python); or they do not
 * end. One that does not compile is drawn again. Tokens: operators, comparisons, integers, booleans, signs, every/some,
 * min/max, lower/upper, above/below; no texts, no fractions such as tolerances. With a journal it goes on where it stopped.
 */
import { execFileSync, spawnSync } from "node:child_process";
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, normalize, resolve } from "node:path";
import { parseArgs } from "node:util";
import ts from "typescript";
import { randomStream } from "../../dist/src/kernel/seed.js";

const { values: flags } = parseArgs({
  options: {
    rooms: { type: "string", default: "kernel,exact,certify,verify" },
    each: { type: "string", default: "40" },
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
    journal: { type: "string" },
    // Only the tests of the room: fast, and what survives is not written down.
    workers: { type: "string", default: "1" },
    near: { type: "boolean", default: false },
  },
});
/** A test run that takes longer than this does not end by itself. */
const PATIENCE = 300_000;
const ELSEWHERE = ["test/cli/", "test/independent/", "test/house/"];

const SWAPS = [
  ["<", "<="],
  [">", ">="],
  ["===", "!=="],
  ["+", "-"],
  ["*", "+"],
  ["/", "*"],
  ["%", "+"],
  ["&&", "||"],
  ["<<", ">>"],
  ["+=", "-="],
  ["++", "--"],
  ["true", "false"],
  ["continue", "break"],
  ["every", "some"],
  ["min", "max"],
  ["lower", "upper"],
  ["doubleAbove", "doubleBelow"],
  ["floor", "ceil"],
];
const CHANGES = new Map(SWAPS.flatMap(([a, b]) => [[a, b], ...(["*", "/", "%"].includes(a) ? [] : [[b, a]])]));

/** What a token becomes, or null; `node` is a leaf of the syntax tree outside of types. */
function changed(node, text) {
  const { parent } = node;
  if (ts.isNumericLiteral(node))
    return /^\d+$/.test(text) && !ts.isPropertyAssignment(parent) ? `${Number(text) + 1}` : null;
  if (ts.isBigIntLiteral(node)) return `${BigInt(text.slice(0, -1).replaceAll("_", "")) + 1n}n`;
  if (ts.isPrefixUnaryExpression(parent) && parent.operand !== node && (text === "!" || text === "-")) return "";
  if (
    ts.isIdentifier(node) &&
    !(ts.isPropertyAccessExpression(parent) && parent.name === node) &&
    !text.startsWith("double")
  )
    return null;
  if (ts.isImportSpecifier(parent)) return null;
  return CHANGES.get(text) ?? null;
}

function mutationsOf(file) {
  const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true);
  const found = [];
  const visit = (node) => {
    if (
      ts.isTypeNode(node) ||
      ts.isImportDeclaration(node) ||
      ts.isInterfaceDeclaration(node) ||
      ts.isTypeAliasDeclaration(node)
    )
      return;
    if (node.getChildCount(source) === 0 && node.getWidth(source) > 0) {
      const text = node.getText(source);
      // A prefix operator is no node of its own: it begins its expression.
      const to = changed(node, text);
      if (to !== null) found.push({ file, at: node.getStart(source), from: text, to });
    }
    node.getChildren(source).forEach(visit);
  };
  visit(source);
  return found.map((m) => ({ ...m, line: source.getLineAndCharacterOfPosition(m.at).line + 1 }));
}

const copy = mkdtempSync(join(tmpdir(), "mutation-"));
for (const file of execFileSync("git", ["ls-files"], { encoding: "utf8" }).trim().split("\n")) {
  if (!existsSync(file)) continue;
  mkdirSync(dirname(join(copy, file)), { recursive: true });
  cpSync(file, join(copy, file));
}
cpSync("dist", join(copy, "dist"), { recursive: true });
symlinkSync(resolve("node_modules"), join(copy, "node_modules"));

const tracked = execFileSync("git", ["ls-files", "*.ts"], { encoding: "utf8" })
  .trim()
  .split("\n")
  .filter((f) => existsSync(f));
const IMPORT = /(?:from|import\()\s*"(\.{1,2}\/[^"]+)\.js"/g;
const importsOf = new Map(
  tracked.map((f) => [
    f,
    [...readFileSync(f, "utf8").matchAll(IMPORT)].map((m) => normalize(join(dirname(f), `${m[1]}.ts`))),
  ]),
);
/** What a file reaches by imports. */
function reach(file, seen = new Set()) {
  if (!seen.has(file)) {
    seen.add(file);
    for (const next of importsOf.get(file) ?? []) reach(next, seen);
  }
  return seen;
}
const TESTS = tracked.filter((f) => f.endsWith(".test.ts") && !ELSEWHERE.some((folder) => f.startsWith(folder)));
const reachable = new Map(TESTS.map((t) => [t, reach(t)]));

/** The tests that reach a file: those that import it, the others of its room, and the rest. */
function circles(file, room) {
  const all = TESTS.filter((t) => reachable.get(t).has(file));
  const near = all.filter((t) => importsOf.get(t).includes(file));
  const own = all.filter((t) => t.startsWith(`test/unit/${room}/`) && !near.includes(t));
  return [near, own, all.filter((t) => !near.includes(t) && !own.includes(t))];
}

function green(tests, patience = PATIENCE) {
  if (tests.length === 0) return true;
  const run = spawnSync("npx", ["vitest", "run", ...tests, "--bail", "1", "--maxWorkers", flags.workers, "--silent"], {
    cwd: copy,
    timeout: patience,
    killSignal: "SIGKILL",
    encoding: "utf8",
  });
  return run.status === 0;
}
const compiles = () =>
  spawnSync("npx", ["tsc", "-p", "tsconfig.json", "--noEmit", "--incremental", "false"], { cwd: copy }).status === 0;

function judged(m, room) {
  const path = join(copy, m.file);
  const original = readFileSync(path, "utf8");
  writeFileSync(path, original.slice(0, m.at) + m.to + original.slice(m.at + m.from.length));
  try {
    const [near, own, rest] = circles(m.file, room);
    if (!green(near)) return "killed";
    if (!green(own)) return "killed";
    if (!compiles()) return "does not compile";
    if (flags.near) return "SURVIVED";
    return green(rest) ? "SURVIVED" : "killed elsewhere";
  } finally {
    writeFileSync(path, original);
  }
}

/** Without any mutation the tests pass, or nothing could be said. */
function checkBaseline(files, room) {
  const all = files.flatMap((f) =>
    circles(f, room)
      .slice(0, flags.near ? 2 : 3)
      .flat(),
  );
  if (green([...new Set(all)], 10 * PATIENCE)) return;
  console.error(`${room}: expected tests that pass on the tree as it is, got one that fails or takes too long`);
  process.exit(1);
}

const known = new Map(
  flags.journal !== undefined && existsSync(flags.journal)
    ? readFileSync(flags.journal, "utf8")
        .trim()
        .split("\n")
        .filter(Boolean)
        .map((l) => JSON.parse(l))
        .map((r) => [r.key, r.word])
    : [],
);
console.log(`seed ${flags.seed}, ${flags.each} mutations a room`);
for (const room of flags.rooms.split(",")) {
  const files = execFileSync("git", ["ls-files", `src/${room}/*.ts`, `src/${room}/**/*.ts`], { encoding: "utf8" })
    .trim()
    .split("\n");
  checkBaseline([...new Set(files)], room);
  const all = [...new Set(files)].flatMap(mutationsOf);
  const stream = randomStream(BigInt(flags.seed), `mutation/${room}`);
  const count = { killed: 0, survived: 0, uncompiled: 0 };
  while (count.killed + count.survived < Number(flags.each) && all.length > 0) {
    const [m] = all.splice(stream.uint32() % all.length, 1);
    const key = `${m.file}:${m.at} ${m.from} -> ${m.to}`;
    const word = known.get(key) ?? judged(m, room);
    if (!known.has(key) && flags.journal !== undefined && !(flags.near && word === "SURVIVED"))
      appendFileSync(flags.journal, `${JSON.stringify({ key, word })}\n`);
    if (word.startsWith("killed")) count.killed += 1;
    else if (word === "SURVIVED") count.survived += 1;
    else count.uncompiled += 1;
    console.log(`${word.padEnd(17)} ${m.file}:${m.line}  ${m.from} -> ${m.to || "(nothing)"}`);
  }
  const score = ((100 * count.killed) / (count.killed + count.survived)).toFixed(0);
  console.log(
    `== ${room}: ${count.killed} of ${count.killed + count.survived} killed (${score} %), ${all.length} not drawn, ${count.uncompiled} did not compile`,
  );
}
