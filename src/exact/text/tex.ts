/**
 * TeX of expressions in mathjs syntax, polynomials above all: mathjs prints the structure, this file the names
 * (w1_0_2 becomes w_{1,0,2}, beta_d becomes \beta_d, abs, norm and sum the signs that a lecturer expects).
 */
import type { MathNode } from "mathjs";
import { mathParser } from "./mathjs.js";

const GREEK = new Set([
  ..."alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi chi psi omega".split(
    " ",
  ),
]);

/** w1_0_2 -> w_{1,0,2}; beta -> \beta; betahat -> \hat\beta; other long names upright. */
export function texName(name: string): string {
  const m = /^([A-Za-z]+?)(hat)?([0-9]*)((?:_[A-Za-z0-9]+)*)$/.exec(name);
  if (m === null) return `\\mathrm{${name.replace(/[_$]/g, "\\$&")}}`;
  const [, letters, hat, digits, rest] = m;
  const stem = letters!.length === 1 ? letters! : GREEK.has(letters!) ? `\\${letters}` : `\\mathrm{${letters}}`;
  const base = hat === undefined ? stem : `\\hat{${stem}}`;
  const indices = [...(digits === "" ? [] : [digits!]), ...rest!.split("_").filter((x) => x !== "")];
  return indices.length === 0 ? base : `${base}_{${indices.join(",")}}`;
}

interface Part {
  readonly type: string;
  readonly name?: string;
  readonly op?: string;
  readonly implicit?: boolean;
  readonly fn?: { readonly name?: string };
  readonly args?: readonly MathNode[];
  readonly content?: MathNode;
  toTex(options: TexOptions): string;
}
interface TexOptions {
  readonly parenthesis: "auto";
  readonly handler: (node: Part, options: TexOptions) => string | undefined;
}

/** Without parentheses around it. */
const bare = (node: unknown): Part => {
  const part = node as Part;
  return part.type === "ParenthesisNode" ? bare(part.content) : part;
};

/** Functions of formulas: abs(x), norm(x), nuclear(x), sum(x, index), inf(x, where). */
function functionTex(name: string, args: readonly string[]): string | undefined {
  if (name === "abs") return `|${args[0]}|`;
  if (name === "norm") return `\\|${args.length === 1 ? args[0] : `(${args.join(", ")})`}\\|_2`;
  if (name === "nuclear") return `\\|${args[0]}\\|_*`;
  if (name === "sum") return `\\sum_{${args[1]}} ${args[0]}`;
  if (name === "min") return `\\min\\left(${args.join(", ")}\\right)`;
  if (name === "inf") return `\\inf_{${args[1]}} ${args[0]}`;
  return undefined;
}

const isOperator = (x: Part, op: string, operands: number): boolean =>
  x.type === "OperatorNode" && x.op === op && x.args?.length === operands;

const isSum = (x: Part): boolean => isOperator(x, "+", 2) || isOperator(x, "-", 2);

/** What prints as a sign over all that follows it. */
const isOpen = (x: Part): boolean => x.type === "FunctionNode" && ["sum", "inf"].includes(x.fn?.name ?? "");

/** In parentheses if it is such. */
function bracketed(node: unknown, options: TexOptions, such: (x: Part) => boolean): string {
  const x = bare(node);
  return such(x) ? `\\left(${x.toTex(options)}\\right)` : x.toTex(options);
}

/** Factors stand side by side, unless they would read as a difference or as one number. */
function productTex(a: unknown, b: unknown, options: TexOptions): string {
  const left = bracketed(a, options, (x) => isSum(x) || isOpen(x));
  const right = bracketed(b, options, isSum);
  if (right.startsWith("-")) return `${left}\\,\\left(${right}\\right)`;
  return /^\{?[0-9]/.test(right) ? `${left}\\cdot ${right}` : `${left}\\,${right}`;
}

/** mathjs reads -1/2 x as (-1)/2 x: the sign goes in front, but not that of the first of several terms. */
function quotientTex(a: unknown, b: unknown, options: TexOptions): string {
  const above = bare(a);
  const below = bare(b).toTex(options);
  return isOperator(above, "-", 1)
    ? `-\\frac{${bare(above.args![0]).toTex(options)}}{${below}}`
    : `\\frac{${above.toTex(options)}}{${below}}`;
}

function handler(node: Part, options: TexOptions): string | undefined {
  if (node.type === "SymbolNode") return texName(node.name!);
  const args = node.args ?? [];
  if (node.type === "FunctionNode")
    return functionTex(
      node.fn?.name ?? "",
      args.map((x, i) => (i === 0 && isOpen(node) ? bracketed(x, options, isSum) : bare(x).toTex(options))),
    );
  if (isOperator(node, "*", 2)) return productTex(args[0], args[1], options);
  if (isOperator(node, "/", 2)) return quotientTex(args[0], args[1], options);
  if (isOperator(node, "^", 2) && isOpen(bare(args[0])))
    return `{${bracketed(args[0], options, isOpen)}}^{${bare(args[1]).toTex(options)}}`;
  return undefined;
}

/** TeX printers, once mathjs is loaded. */
export async function texPrinter(): Promise<(expression: string) => string> {
  const math = await mathParser();
  const options = { parenthesis: "auto", handler } as const;
  return (expression) => (math.parse(expression) as unknown as Part).toTex(options).trim();
}
