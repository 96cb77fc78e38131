/**
 * The exact parts of a derivation as text in the syntax of mathjs, and as TeX: predictor, Fourier statement, KKT systems.
 * Long polynomials are cut and say so.
 */
import type { PolyMap } from "../../exact/polymap.js";
import type { Polynomial } from "../../exact/polynomial.js";
import type { Q } from "../../exact/rational.js";
import { showSurd, surdOf, surdPower, surdTimes } from "../../exact/surd.js";
import { freshLetter } from "../../exact/text/fresh.js";
import { showPolynomial } from "../../exact/text/show.js";
import type { DeriveDocument, Written } from "../../kernel/derive-document.js";
import { type Derivation, degreesInWords } from "../../models/derivation.js";
import { pulledBack, pulledBackTerms } from "../../models/kkt.js";
import type { Condition } from "../../models/regularizer/problem.js";
import { stationarityOf } from "../../models/regularizer/stationarity.js";

/** Terms of one polynomial that are written out. */
const SHOWN_TERMS = 24;
/** Right sides of the KKT system that are written out. */
export const KKT_TERMS = 400;

export type Printer = (expression: string) => string;

export function written(p: Polynomial<Q>, names: readonly string[], tex: Printer): Written {
  const text = showPolynomial(p, names, SHOWN_TERMS);
  if (p.terms.size <= SHOWN_TERMS) return { text, tex: tex(text) };
  const [head] = text.split(" + ... ");
  return { text, tex: `${tex(head!)} + \\cdots` };
}

export const scaleText = ({ rational, radicand }: PolyMap<Q>["scale"]): string =>
  rational.n <= 0n
    ? "not positive"
    : showSurd(surdTimes(surdOf(rational), surdPower(surdOf({ n: radicand, d: 1n }), { n: 1n, d: 2n })));

export const conditionText = (c: Condition): string =>
  c.kind === "rank"
    ? `R is infinite where the matrix beta has rank above ${c.atMost}`
    : c.sign === 0
      ? `R is infinite unless beta_${c.index} = 0`
      : `R is infinite unless beta_${c.index} ${c.sign > 0 ? ">=" : "<="} 0: the monomials are even`;

export function homogeneityWords(d: Derivation): string {
  const { degree, parts } = d.homogeneity;
  if (degree !== null) return `P(c w) = c^${degree} P(w), and J(w) w = ${degree} P(w) (Euler)`;
  if (parts.length === 0) return "the map is zero";
  return `not homogeneous (degrees ${degreesInWords(d.map)}): the theory of homogeneous parameterizations does not apply`;
}

export function kktOf(d: Derivation, scale: string, tex: Printer): DeriveDocument["kkt"] {
  const multiplier = freshLetter(["z", "q", "r"], d.map.names);
  const front = scale === "1" ? "" : `${scale}*`;
  const long = d.map.names.length > KKT_TERMS || pulledBackTerms(d.map) > KKT_TERMS;
  const { names, sides } = long ? { names: [], sides: [] } : pulledBack(d.map, multiplier);
  const parameters = sides.map((p, i): Written => {
    const right = showPolynomial(p, names);
    const text = front === "" || p.terms.size === 0 ? right : `${front}(${right})`;
    return { text: `${d.map.names[i]!} = ${text}`, tex: `${tex(d.map.names[i]!)} = ${tex(text)}` };
  });
  // Where R is infinite somewhere its subdifferential is larger at that edge than the formula's, and not written out.
  const { regularizer } = d;
  const lines =
    regularizer.formula === null || regularizer.domain.length > 0
      ? null
      : stationarityOf(regularizer.formula, multiplier);
  return {
    multiplier,
    parameters,
    predictor:
      lines === null
        ? null
        : lines.map(({ left, relation, right, where }) => ({
            text: `${left} ${relation} ${right}, ${where}`,
            tex: `${tex(left)} ${relation === "=" ? "=" : "\\le"} ${tex(right)} \\quad \\text{${where.replaceAll("_", " ")}}`,
          })),
  };
}

/** betahat_k = kappa * the product of the filters, with the indices that they depend on. */
export function fourierStatement(d: Extract<Derivation["fourier"], { decided: true }>, tex: Printer): Written {
  const { structure, kappa } = d;
  // Indices that a filter does not depend on are left out: the channel r of the input, the summand c.
  const { channels } = structure;
  const [channel] = channels;
  const key = (filter: { readonly parameters: readonly number[] } | undefined): string =>
    filter?.parameters.join() ?? "";
  const [first] = channel!.products;
  const summands = channel!.products.length > 1;
  const factors = first!.map((filter, l) => {
    const shared = channels.every((other) => key(other.products[0]?.[l]) === key(filter));
    return `what_${l + 1}${summands ? "_c" : ""}${channels.length > 1 && !shared ? "_r" : ""}_k`;
  });
  const front = showSurd(kappa) === "1" ? "" : `${showSurd(kappa)}*`;
  const right = summands ? `${front}sum(${factors.join("*")}, c)` : `${front}${factors.join("*")}`;
  const left = channels.length > 1 ? "betahat_r_k" : "betahat_k";
  return { text: `${left} = ${right}`, tex: `${tex(left)} = ${tex(right)}` };
}
