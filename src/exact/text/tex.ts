/**
 * TeX of expressions in mathjs syntax, polynomials above all: mathjs prints the structure, this file the names
 * (w1_0_2 becomes w_{1,0,2}, beta_d becomes \beta_{d}, abs, norm and sum the signs that a lecturer expects). The dialect is
 * small: report/math reads all of it back.
 */
import type { MathNode } from "mathjs";
import { mathParser } from "./mathjs.js";

const GREEK = new Set(
  "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega".split(
    " ",
  ),
);

/** Greek as typed, by its name in TeX; pdfLaTeX knows the names only. Capitals that look Latin have none. */
const TYPED: ReadonlyMap<string, string> = new Map(
  "αalpha βbeta γgamma δdelta εvarepsilon ϵepsilon ζzeta ηeta θtheta ϑvartheta ιiota κkappa λlambda μmu νnu ξxi πpi ρrho σsigma ςvarsigma τtau υupsilon φvarphi ϕphi χchi ψpsi ωomega ΓGamma ΔDelta ΘTheta ΛLambda ΞXi ΠPi ΣSigma ΥUpsilon ΦPhi ΨPsi ΩOmega"
    .split(" ")
    .map((pair) => [pair.slice(0, 1), pair.slice(1)]),
);

/** In text where it has letters that mathematics in TeX has not: the document must know those. */
const upright = (name: string): string =>
  `\\${/^[ -~]*$/.test(name) ? "mathrm" : "text"}{${name.replace(/[_$]/g, "\\$&")}}`;

/** A letter in italics, Greek by its name, longer ones upright. The micro sign is a mu: NFKC. */
function stemTex(letters: string): string {
  if (/^[A-Za-z]$/.test(letters)) return letters;
  const name = GREEK.has(letters) ? letters : (TYPED.get(letters) ?? TYPED.get(letters.normalize("NFKC")));
  return name === undefined ? upright(letters) : `\\${name}`;
}

/** w1_0 -> w_{1,0}; beta and β -> \beta; betahat -> \hat{\beta}; other long names upright. */
export function texName(name: string): string {
  const m = /^(\p{L}+?)(hat)?([0-9]*)((?:_[\p{L}0-9]+)*)$/u.exec(name);
  if (m === null) return upright(name);
  const [, letters, hat, digits, rest] = m;
  const base = hat === undefined ? stemTex(letters!) : `\\hat{${stemTex(letters!)}}`;
  const indices = [digits!, ...rest!.split("_")].filter((x) => x !== "");
  return indices.length === 0
    ? base
    : `${base}_{${indices.map((x) => (/^[0-9]+$/.test(x) ? x : stemTex(x))).join(",")}}`;
}

interface Part {
  readonly type: string;
  readonly name?: string;
  readonly op?: string;
  readonly value?: unknown;
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

/** The number, if it is a whole one. */
const wholeOf = (x: Part): string | null => {
  const digits = x.type === "ConstantNode" ? String(x.value) : "";
  return /^[0-9]+$/.test(digits) ? digits : null;
};

/** p/q or -p/q on one line, as in an exponent; null for anything else. */
function slashed(node: unknown): string | null {
  const x = bare(node);
  if (isOperator(x, "-", 1)) {
    const size = slashed(x.args![0]);
    return size === null || size.startsWith("-") ? null : `-${size}`;
  }
  if (!isOperator(x, "/", 2)) return wholeOf(x);
  // mathjs reads -4/3 as (-4)/3.
  const [above, below] = [slashed(x.args![0]), wholeOf(bare(x.args![1]))];
  return above === null || below === null || above.includes("/") ? null : `${above}/${below}`;
}

function powerTex(base: unknown, exponent: unknown, options: TexOptions): string {
  const below = bracketed(base, options, (x) => x.type === "OperatorNode" || isOpen(x));
  return `${below}^{${slashed(exponent) ?? bare(exponent).toTex(options)}}`;
}

/** p/q sqrt(n) as one fraction, and 1/n sqrt(n) as a power; null for other products. */
function surdTex(a: unknown, b: unknown): string | null {
  const [front, root] = [bare(a), bare(b)];
  const under = root.type === "FunctionNode" && root.fn?.name === "sqrt" ? wholeOf(bare(root.args![0])) : null;
  if (under === null || !isOperator(front, "/", 2)) return null;
  const [above, below] = [wholeOf(bare(front.args![0])), wholeOf(bare(front.args![1]))];
  if (above === null || below === null) return null;
  if (above === "1" && below === under) return `${under}^{-1/2}`;
  return `\\frac{${above === "1" ? "" : above}\\sqrt{${under}}}{${below}}`;
}

/** Factors stand side by side, unless they would read as a difference or as one number; x^(-1) y is a fraction. */
function productTex(a: unknown, b: unknown, options: TexOptions): string {
  const surd = surdTex(a, b);
  if (surd !== null) return surd;
  const first = bare(a);
  if (isOperator(first, "^", 2) && slashed(first.args![1]) === "-1")
    return `\\frac{${bare(b).toTex(options)}}{${bare(first.args![0]).toTex(options)}}`;
  const left = bracketed(a, options, (x) => isSum(x) || isOpen(x));
  const right = bracketed(b, options, isSum);
  if (right.startsWith("-")) return `${left}\\,\\left(${right}\\right)`;
  return /^[0-9]/.test(right) ? `${left}\\cdot ${right}` : `${left}\\,${right}`;
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
  if (isOperator(node, "^", 2)) return powerTex(args[0], args[1], options);
  return undefined;
}

/** TeX printers, once mathjs is loaded. */
export async function texPrinter(): Promise<(expression: string) => string> {
  const math = await mathParser();
  const options = { parenthesis: "auto", handler } as const;
  return (expression) => (math.parse(expression) as unknown as Part).toTex(options).trim();
}
