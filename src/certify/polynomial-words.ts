/**
 * Polynomials and expressions of a certificate that was read without a refusal, as words of its statement: built from the
 * certificate itself, so that a changed certificate says another thing. #1 is its first polynomial, zeta = e^(2 pi i/n).
 * Long ones are cut, and say so. Cost: one pass over what is shown.
 */
import type { CoefficientJSON, ExpressionJSON, PolynomialJSON } from "../kernel/algebra-certificate.js";

const TERMS = 6;
/** Characters of a rational or an expression that are shown. */
const CHARACTERS = 300;

const cut = (text: string, at: number): string => (text.length <= at ? text : `${text.slice(0, at)} ... (cut)`);

/** "3 squares", "1 square". */
export const counted = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`;

const joined = (terms: readonly string[]): string => terms.join(" + ").replaceAll("+ -", "- ");

function showCoefficient(c: CoefficientJSON): string {
  if (typeof c === "string") return cut(c, 60);
  const parts = c.flatMap((x, k) => {
    if (/^0(\/|$)/.test(x)) return [];
    const root = `zeta${k === 1 ? "" : `^${k}`}`;
    return [k === 0 ? cut(x, 60) : x === "1" ? root : x === "-1" ? `-${root}` : `${cut(x, 60)}*${root}`];
  });
  if (parts.length < 2) return parts[0] ?? "0";
  return `(${joined(parts.slice(0, TERMS))}${parts.length > TERMS ? " + ..." : ""})`;
}

function showTerm([coefficient, factors]: PolynomialJSON[number], names: readonly string[]): string {
  const monomial = factors.map(([v, power]) => (power === 1 ? names[v]! : `${names[v]!}^${power}`)).join("*");
  const c = showCoefficient(coefficient);
  if (monomial === "") return c;
  return c === "1" ? monomial : c === "-1" ? `-${monomial}` : `${c}*${monomial}`;
}

export function polynomialWords(p: PolynomialJSON, names: readonly string[]): string {
  if (p.length === 0) return "0";
  const shown = joined(p.slice(0, TERMS).map((term) => showTerm(term, names)));
  return p.length > TERMS ? `${shown} + ... (${counted(p.length - TERMS, "more term")})` : shown;
}

/** How a text binds: as a sum or with a sign in front, as a product, as one thing. */
type Binding = "sum" | "product" | "one";
interface Words {
  readonly text: string;
  readonly binds: Binding;
}

const signed = (text: string, binds: Binding): Words => ({ text, binds: text.startsWith("-") ? "sum" : binds });
const inner = ({ text, binds }: Words, loose: readonly Binding[]): string =>
  loose.includes(binds) ? `(${text})` : text;

function show(e: ExpressionJSON, names: readonly string[]): Words {
  if ("poly" in e) return { text: `#${e.poly + 1}`, binds: "one" };
  if ("variable" in e) return { text: names[e.variable]!, binds: "one" };
  if ("constant" in e) return signed(showCoefficient(e.constant), "product");
  if ("power" in e)
    return { text: `${inner(show(e.power[0], names), ["sum", "product"])}^${e.power[1]}`, binds: "product" };
  if ("derivative" in e)
    return { text: `∂/∂${names[e.derivative[1]]!}(${show(e.derivative[0], names).text})`, binds: "one" };
  const parts = ("sum" in e ? e.sum : e.product).map((x) => show(x, names));
  if (parts.length === 0) return { text: "sum" in e ? "0" : "1", binds: "product" };
  if (parts.length === 1) return parts[0]!;
  if ("sum" in e) return { text: joined(parts.map(({ text }) => text)), binds: "sum" };
  const [first, ...rest] = parts;
  const number = "constant" in e.product[0]!;
  const lead = number ? first!.text : inner(first!, ["sum"]);
  const others = rest.map((x) => inner(x, ["sum"])).join("*");
  if (number && lead === "1") return rest.length === 1 ? rest[0]! : signed(others, "product");
  return signed(number && lead === "-1" ? `-${others}` : `${lead}*${others}`, "product");
}

export const expressionWords = (e: ExpressionJSON, names: readonly string[]): string =>
  cut(show(e, names).text, CHARACTERS);

/** The polynomials that expressions name, each once, in ascending order. */
function namedIn(e: ExpressionJSON, into: Set<number>): Set<number> {
  if ("poly" in e) into.add(e.poly);
  else if ("sum" in e) for (const x of e.sum) namedIn(x, into);
  else if ("product" in e) for (const x of e.product) namedIn(x, into);
  else if ("power" in e) namedIn(e.power[0], into);
  else if ("derivative" in e) namedIn(e.derivative[0], into);
  return into;
}

/** ", with #1 = x + y" for the polynomials that occur; "" where none does. */
export function definitionsWords(
  expressions: readonly ExpressionJSON[],
  polynomials: readonly PolynomialJSON[],
  names: readonly string[],
): string {
  const used = new Set<number>();
  for (const e of expressions) namedIn(e, used);
  const list = [...used].sort((a, b) => a - b);
  const shown = list.slice(0, 3).map((i) => `#${i + 1} = ${polynomialWords(polynomials[i]!, names)}`);
  const more = list.length > 3 ? ` and ${counted(list.length - 3, "more polynomial")}` : "";
  return list.length === 0 ? "" : `, with ${shown.join(", ")}${more}`;
}
