/**
 * Weak judges: copies of src/certify, and of exact files that refuse, in which one check is dropped. The sources are read, parsed and transpiled, so that a
 * check added tomorrow is dropped here too. A check is one disjunct of the condition of an `if` that refuses (returns
 * refuse(...), no(...) or null), or one conjunct of a condition in reading.ts that decides what is well-formed.
 */
import { readFileSync } from "node:fs";
import { posix } from "node:path";
import ts from "typescript";
import * as nullspace from "../../../src/certify/kinds/nullspace.js";
import * as polyIdentity from "../../../src/certify/kinds/poly-identity.js";
import * as sumOfSquares from "../../../src/certify/kinds/sum-of-squares.js";
import * as angle from "../../../src/exact/angle.js";
import * as coefficientRows from "../../../src/exact/coefficient-rows.js";
import * as cyclotomic from "../../../src/exact/cyclotomic.js";
import * as fixedInterval from "../../../src/exact/fixed-interval.js";
import * as monomial from "../../../src/exact/monomial.js";
import * as norm from "../../../src/exact/norm.js";
import * as block from "../../../src/exact/norms/block.js";
import * as power from "../../../src/exact/norms/power.js";
import * as operatorNorm from "../../../src/exact/operator-norm.js";
import * as penaltyGap from "../../../src/exact/penalty-gap.js";
import * as polynomial from "../../../src/exact/polynomial.js";
import * as rational from "../../../src/exact/rational.js";
import * as ring from "../../../src/exact/ring.js";
import * as spectral from "../../../src/exact/spectral.js";
import * as spectrum from "../../../src/exact/spectrum.js";
import * as stationaryReading from "../../../src/exact/stationary-reading.js";
import * as vector from "../../../src/exact/vector.js";
import type { Judgment } from "../../../src/kernel/certificate.js";
import * as dataset from "../../../src/kernel/dataset.js";

const FOLDER = new URL("../../../src/certify/", import.meta.url);
/** What judges stand on, and is not weakened. */
const GROUND: Readonly<Record<string, unknown>> = {
  "exact/angle": angle,
  "exact/coefficient-rows": coefficientRows,
  "exact/cyclotomic": cyclotomic,
  "exact/fixed-interval": fixedInterval,
  "exact/monomial": monomial,
  "exact/norm": norm,
  "exact/norms/block": block,
  "exact/norms/power": power,
  "exact/operator-norm": operatorNorm,
  "exact/polynomial": polynomial,
  "exact/penalty-gap": penaltyGap,
  "exact/rational": rational,
  "exact/ring": ring,
  "exact/spectral": spectral,
  "exact/spectrum": spectrum,
  "exact/stationary-reading": stationaryReading,
  "exact/vector": vector,
  "kernel/dataset": dataset,
};
/** Judges of other certificates, which have laws of their own (algebra-*.test.ts): taken as they are. */
const AS_THEY_ARE: Readonly<Record<string, unknown>> = {
  "kinds/nullspace": nullspace,
  "kinds/poly-identity": polyIdentity,
  "kinds/sum-of-squares": sumOfSquares,
};
/** The exact files that refuse, too. */
export const BRIDGE = "../exact/bridge";
export const ENCLOSED = "../exact/norms/enclosed";
export const PARAMETERS = "../exact/parameter-kkt";
const FILES = [
  "judge",
  "reading",
  ...["bridge-residual", "counterexample", "direction-bound", "duality-gap", "exact-kkt", "farkas"].map(
    (k) => `kinds/${k}`,
  ),
  "kinds/kkt-residual",
  "kinds/margin-gap",
  "kinds/separation",
  "kinds/smaller-penalty",
  "kinds/two-limits",
  "kinds/spectral-gap",
  "kinds/stationary-point",
  BRIDGE,
  ENCLOSED,
  PARAMETERS,
  "../exact/norms/index",
] as const;
/** What these read polynomials with, copied with them and not weakened: judges of algebra have laws of their own. */
const CARRIED = ["polynomial-reading", "polynomial-space", "polynomial-words"] as const;

const SOURCES: ReadonlyMap<string, ts.SourceFile> = new Map(
  [...FILES, ...CARRIED].map((file) => [
    file,
    ts.createSourceFile(file, readFileSync(new URL(`${file}.ts`, FOLDER), "utf8"), ts.ScriptTarget.ES2022, true),
  ]),
);

/** One check: where it stands, and what takes its place when it is dropped. */
export interface Check {
  readonly file: string;
  /** The function it stands in. */
  readonly within: string;
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly neutral: "true" | "false";
}

function operands(node: ts.Expression, operator: ts.SyntaxKind): ts.Expression[] {
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === operator)
    return [...operands(node.left, operator), ...operands(node.right, operator)];
  return [node];
}

function functionOf(node: ts.Node): string {
  if (ts.isFunctionDeclaration(node) && node.name !== undefined) return node.name.text;
  if (ts.isVariableDeclaration(node) && ts.isFunctionLike(node.initializer)) return node.name.getText();
  return ts.isSourceFile(node) ? "" : functionOf(node.parent);
}

function refuses(file: string, node: ts.Statement): boolean {
  if (!ts.isReturnStatement(node) || node.expression === undefined) return false;
  const answer = node.expression;
  if (answer.kind === ts.SyntaxKind.NullKeyword) return true;
  return (
    ts.isCallExpression(answer) &&
    answer.expression.getText() === (file === BRIDGE || file === PARAMETERS ? "no" : "refuse")
  );
}

function checksOf(file: string, source: ts.SourceFile): Check[] {
  const found: Check[] = [];
  const add = (node: ts.Expression, neutral: "true" | "false"): void => {
    const [start, end] = [node.getStart(source), node.end];
    found.push({
      file,
      within: functionOf(node),
      text: source.text.slice(start, end).replace(/\s+/g, " "),
      start,
      end,
      neutral,
    });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isIfStatement(node) && refuses(file, node.thenStatement)) {
      for (const part of operands(node.expression, ts.SyntaxKind.BarBarToken)) add(part, "false");
      return;
    }
    const and = ts.SyntaxKind.AmpersandAmpersandToken;
    const chain = ts.isBinaryExpression(node) && node.operatorToken.kind === and;
    const within = ts.isBinaryExpression(node.parent) && node.parent.operatorToken.kind === and;
    if (file === "reading" && chain && !within) for (const part of operands(node, and)) add(part, "true");
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(source, visit);
  return found;
}

/** Every check of the files that judge, in the order of their text. */
export const CHECKS: readonly Check[] = FILES.flatMap((file) => checksOf(file, SOURCES.get(file)!));

const transpile = (text: string): string =>
  ts.transpileModule(text, { compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 } })
    .outputText;

const FAITHFUL: ReadonlyMap<string, string> = new Map([...SOURCES].map(([file, { text }]) => [file, transpile(text)]));

/** The text of a file without `dropped`, to be run. */
function codeOf(file: string, dropped: Check | null): string {
  if (dropped?.file !== file) return FAITHFUL.get(file)!;
  const { text } = SOURCES.get(file)!;
  return transpile(text.slice(0, dropped.start) + dropped.neutral + text.slice(dropped.end));
}

/** The judge without `dropped`; with null a faithful copy. */
export function judgeWithout(dropped: Check | null): (certificate: unknown) => Judgment {
  const loaded = new Map<string, Record<string, unknown>>();
  const load = (file: string): Record<string, unknown> => {
    const known = loaded.get(file);
    if (known !== undefined) return known;
    const exports: Record<string, unknown> = {};
    loaded.set(file, exports);
    const resolve = (specifier: string): unknown => {
      const path = posix.join("certify", posix.dirname(file), specifier).replace(/\.js$/, "");
      const own = path.startsWith("certify/") ? path.slice("certify/".length) : `../${path}`;
      return GROUND[path] ?? AS_THEY_ARE[own] ?? load(own);
    };
    new Function("require", "exports", codeOf(file, dropped))(resolve, exports);
    return exports;
  };
  return load("judge").judge as (certificate: unknown) => Judgment;
}
