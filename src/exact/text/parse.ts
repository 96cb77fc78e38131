/**
 * People's polynomials: text -> exact coordinates over Q, by the parser of mathjs (the only place that imports it, with
 * tex.ts; loaded on first use, half a second). Every symbol is a parameter, in the order of first appearance; integers,
 * fractions and decimals are exact; + - * ^ and division by numbers. Anything else is refused in one sentence.
 * Work is bounded: length of the text, nesting, powers, degree, and products of terms, which count for more with long numbers.
 */
import type { MathNode } from "mathjs";
import { UseError } from "../../kernel/use-error.js";
import type { PolyMap } from "../polymap.js";
import { UNIT_SCALE } from "../polymap.js";
import { constant, degreesOf, negated, type Polynomial, product, sumOf, variable, WORK_LIMIT } from "../polynomial.js";
import { div, ONE, type Q, q } from "../rational.js";
import { rationals } from "../ring.js";
import { mathParser } from "./mathjs.js";

const LENGTH_LIMIT = 100_000;
const NESTING_LIMIT = 200;
/** Operators within operators, by the parser's tree: a parenthesis is one or two. */
const DEPTH_LIMIT = 1000;
const POWER_LIMIT = 100;
const DEGREE_LIMIT = 1000;
const DIGIT_LIMIT = 400;
/** Certificates hold names of 40 characters, and put a few of their own before them. */
const NAME_LIMIT = 36;
/** A letter, then letters, digits, _ or $: what certificates take as one word. */
const NAME = /^[\p{L}_$][\p{L}\p{M}\p{N}_$]{0,35}$/u;
/** The parser's own words that say too little. */
const WORDS: Readonly<Record<string, string>> = {
  "Invalid argument": "a number in it is none that can be read exactly",
};
/** Characters of the parser's own words that are passed on. */
const WORDS_LIMIT = 120;

/** What mathjs leaves open in its types: the parts of a node that are looked at here. */
interface Node {
  readonly type: string;
  readonly op?: string;
  readonly name?: string;
  readonly value?: unknown;
  readonly args?: readonly Node[];
  readonly content?: Node;
  readonly fn?: unknown;
}

/** Splits at commas, semicolons and line ends that are not inside parentheses. Empty parts are an error. */
function coordinatesOf(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let part = "";
  for (const c of text.trim()) {
    // To the parser it begins a comment, in which a comma would be taken for the next coordinate.
    if (c === "#") throw new UseError("predictor: expected polynomials without comments, got a #");
    if (c === "(") depth += 1;
    if (c === ")") depth -= 1;
    if (depth > NESTING_LIMIT)
      throw new UseError(`predictor: expected at most ${NESTING_LIMIT} nested parentheses, got more`);
    if (depth === 0 && (c === "," || c === ";" || c === "\n")) {
      parts.push(part);
      part = "";
    } else part += c;
  }
  parts.push(part);
  return parts.map((p) => p.trim());
}

const EXPONENT_LIMIT = 300;

/** Numbers such as 1.5e-3 as plain decimals, which is how the parser reads them exactly. */
function withoutExponents(text: string, where: string): string {
  return text.replace(
    /(?<![\p{L}\p{N}_$.])([0-9]+)?(?:\.([0-9]*))?[eE]([+-]?[0-9]+)(?![\p{L}\p{N}_$.])/gu,
    (found: string, whole: string | undefined, fraction: string | undefined, power: string) => {
      if ((whole ?? "") + (fraction ?? "") === "") return found;
      const exponent = Number(power);
      if (Math.abs(exponent) > EXPONENT_LIMIT)
        throw new UseError(
          `${where}: expected exponents from -${EXPONENT_LIMIT} to ${EXPONENT_LIMIT}, got ${found.slice(0, 40)}`,
        );
      const digits = (whole ?? "") + (fraction ?? "");
      const point = (whole ?? "").length + exponent;
      if (point <= 0) return `0.${"0".repeat(-point)}${digits}`;
      return point >= digits.length ? digits.padEnd(point, "0") : `${digits.slice(0, point)}.${digits.slice(point)}`;
    },
  );
}

/** An exact number of mathjs: a fraction of bigints. */
function exactNumber(value: unknown): Q | null {
  if (typeof value === "number" && Number.isSafeInteger(value)) return q(BigInt(value));
  if (typeof value !== "object" || value === null) return null;
  const { s, n, d } = value as { readonly s?: unknown; readonly n?: unknown; readonly d?: unknown };
  return typeof s === "bigint" && typeof n === "bigint" && typeof d === "bigint" ? q(s * n, d) : null;
}

/** Hexadecimal digits of the longest coefficient. */
const lengthOf = (p: Polynomial<Q>): number =>
  [...p.terms.values()].reduce((most, c) => Math.max(most, c.n.toString(16).length + c.d.toString(16).length), 0);

/** By halves, so that sums of many terms or of many denominators stay cheap. */
function sumByHalves(list: readonly Polynomial<Q>[]): Polynomial<Q> {
  if (list.length <= 2) return sumOf(list);
  const middle = list.length >> 1;
  return sumOf([sumByHalves(list.slice(0, middle)), sumByHalves(list.slice(middle))]);
}

/** Expands the coordinates; `work` counts products of terms over the whole predictor. */
class Expansion {
  private work = 0;
  private depth = 0;
  private readonly index: ReadonlyMap<string, number>;

  constructor(names: readonly string[]) {
    this.index = new Map(names.map((name, i) => [name, i]));
  }

  private number(c: Q): Polynomial<Q> {
    return constant(rationals, this.index.size, c);
  }

  private times(p: Polynomial<Q>, r: Polynomial<Q>): Polynomial<Q> {
    // Lowest terms of long numbers cost the square of their length: at 30 digits as much as the rest of a product.
    const digits = lengthOf(p) + lengthOf(r);
    this.work += p.terms.size * r.terms.size * (1 + (digits * digits) / 1000);
    if (this.work > WORK_LIMIT)
      throw new UseError(
        `predictor: expected an expansion of at most ${WORK_LIMIT} products of terms, got a larger one; is a power too high?`,
      );
    if (Math.max(0, ...degreesOf(p)) + Math.max(0, ...degreesOf(r)) > DEGREE_LIMIT)
      throw new UseError(`predictor: expected polynomials of degree at most ${DEGREE_LIMIT}, got a higher one`);
    return product(p, r);
  }

  private power(base: Polynomial<Q>, exponent: Polynomial<Q>, where: string): Polynomial<Q> {
    const n = exponent.terms.size === 0 ? q(0n) : exponent.terms.get("");
    if (exponent.terms.size > 1 || n === undefined || n.d !== 1n || n.n < 0n || n.n > BigInt(POWER_LIMIT))
      throw new UseError(`${where}: expected powers that are integers from 0 to ${POWER_LIMIT}`);
    let result = this.number(ONE);
    for (let i = 0; i < Number(n.n); i++) result = this.times(result, base);
    return result;
  }

  private divided(p: Polynomial<Q>, by: Polynomial<Q>, where: string): Polynomial<Q> {
    const c = by.terms.get("");
    if (by.terms.size !== 1 || c === undefined)
      throw new UseError(
        `${where}: expected a polynomial, got a division by ${by.terms.size === 0 ? "zero" : "a parameter"}`,
      );
    return this.times(p, this.number(div(ONE, c)));
  }

  private combine(op: string, a: Polynomial<Q>, b: Polynomial<Q>, where: string): Polynomial<Q> {
    if (op === "*") return this.times(a, b);
    if (op === "/") return this.divided(a, b, where);
    return this.power(a, b, where);
  }

  /** The polynomial of a node. Long sums lean to the left, so the left side is walked in a loop. */
  of(node: Node, where: string): Polynomial<Q> {
    this.depth += 1;
    if (this.depth > DEPTH_LIMIT) throw new UseError(`${where}: expected a polynomial, it is nested too deeply`);
    const later: Node[] = [];
    let first = node;
    while (first.type === "OperatorNode" && first.args?.length === 2 && "+-*/^".includes(first.op ?? "?")) {
      later.push(first);
      first = first.args[0]!;
    }
    // Summands wait until a product needs their sum, or the end.
    const summands = [this.leaf(first, where)];
    for (const { op, args } of later.reverse()) {
      const next = this.of(args![1]!, where);
      if (op === "+" || op === "-") summands.push(op === "+" ? next : negated(next));
      else summands.splice(0, summands.length, this.combine(op!, sumByHalves(summands), next, where));
    }
    this.depth -= 1;
    return sumByHalves(summands);
  }

  private leaf(node: Node, where: string): Polynomial<Q> {
    if (node.type === "ParenthesisNode") return this.of(node.content!, where);
    if (node.type === "SymbolNode") return variable(rationals, this.index.size, this.index.get(node.name!)!);
    if (node.type === "OperatorNode" && node.args?.length === 1 && (node.op === "-" || node.op === "+")) {
      const inner = this.of(node.args[0]!, where);
      return node.op === "-" ? negated(inner) : inner;
    }
    if (node.type === "ConstantNode") {
      const c = exactNumber(node.value);
      if (c === null)
        throw new UseError(`${where}: expected integers, fractions and decimals, got ${String(node.value)}`);
      if (c.n.toString().length > DIGIT_LIMIT || c.d.toString().length > DIGIT_LIMIT)
        throw new UseError(`${where}: expected numbers of at most ${DIGIT_LIMIT} digits`);
      return this.number(c);
    }
    throw new UseError(`${where}: expected a polynomial in + - * ^, got ${describe(node)}`);
  }
}

function describe(node: Node): string {
  if (node.type === "FunctionNode") return `the function ${String((node.fn as Node | undefined)?.name ?? "call")}`;
  if (node.type === "OperatorNode") return `the operator ${node.op}`;
  if (node.type === "AssignmentNode" || node.type === "FunctionAssignmentNode") return "an assignment";
  const name = node.type.replace(/Node$/, "").toLowerCase();
  return `${/^[aeiou]/.test(name) ? "an" : "a"} ${name}`;
}

/** Symbols in the order of first appearance; walked with a stack of its own, since a long sum is a deep tree. */
function symbolsOf(root: MathNode, into: Set<string>): void {
  const open: MathNode[] = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    const { type, name } = node as unknown as Node;
    if (type === "SymbolNode" && name !== undefined) into.add(name);
    const children: MathNode[] = [];
    node.forEach((child) => {
      children.push(child);
    });
    open.push(...children.reverse());
  }
}

/**
 * Reads a predictor: coordinates separated by commas, e.g. "u1*v1 - u2*v2, u1*w1". Throws UseError with one sentence that
 * names the coordinate.
 */
export async function parsePredictor(text: string): Promise<PolyMap<Q>> {
  if (text.length > LENGTH_LIMIT)
    throw new UseError(`predictor: expected at most ${LENGTH_LIMIT} characters, got ${text.length}`);
  const parts = coordinatesOf(text);
  const math = await mathParser();
  const roots = parts.map((part, i): MathNode => {
    const where = `predictor, coordinate ${i + 1}`;
    if (part === "") throw new UseError(`${where}: expected a polynomial, got nothing`);
    try {
      return math.parse(withoutExponents(part, where));
    } catch (error) {
      if (error instanceof UseError) throw error;
      // A parser error, a number it cannot hold exactly, or a stack that overflowed: in its own words, in one sentence.
      const why =
        error instanceof RangeError
          ? "it is nested too deeply"
          : error instanceof Error
            ? (WORDS[error.message] ?? error.message)
            : "";
      const words = why.length > WORDS_LIMIT ? `${why.slice(0, WORDS_LIMIT)} ...` : why;
      const message = `${where}: expected a polynomial, cannot read "${part.slice(0, 60)}": ${words}`;
      throw new UseError(message.replace(/\s+/g, " "));
    }
  });
  const found = new Set<string>();
  for (const root of roots) symbolsOf(root, found);
  const names = [...found];
  if (names.length === 0) throw new UseError("predictor: expected at least one parameter, got none");
  const wrong = names.find((name) => name === "zeta" || !NAME.test(name));
  if (wrong !== undefined)
    throw new UseError(
      `predictor: expected names of letters, digits and _, at most ${NAME_LIMIT} characters, other than zeta (a root of unity), got ${wrong.slice(0, 40)}`,
    );
  const expansion = new Expansion(names);
  const coordinates = roots.map((root, i) => expansion.of(root as unknown as Node, `predictor, coordinate ${i + 1}`));
  return { names, coordinates, scale: UNIT_SCALE };
}
