/**
 * Formulas as text in mathjs syntax, for exact/text/tex and for people: "3*norm(beta)^(2/3)", "2*sum(abs(betahat_d), d)".
 * Sums over all coordinates, all bins, or equal blocks are gathered under one sign; what the index means is said beside.
 */
import { compare, mul, ONE, type Q, q, showQ } from "../../exact/rational.js";
import { showSurd } from "../../exact/surd.js";
import { freshLetter } from "../../exact/text/fresh.js";
import type { Formula } from "./formula.js";

const raise = (base: string, e: Q): string =>
  compare(e, ONE) === 0 ? base : e.d === 1n ? `${base}^${e.n}` : `${base}^(${showQ(e)})`;

/** The indices, if f is a sum of |beta_i|^2. */
function squaresOf(f: Formula): readonly number[] | null {
  const terms = f.kind === "sum" ? f.of : [f];
  const indices = terms.map((t) =>
    t.kind === "power" && t.of.kind === "abs" && t.exponent.n === 2n && t.exponent.d === 1n ? t.of.index : null,
  );
  return indices.every((i) => i !== null) ? indices : null;
}

const isAll = (indices: readonly number[], D: number): boolean =>
  indices.length === D && [...indices].sort((a, b) => a - b).every((x, i) => x === i);

/** e of terms |beta_i|^e or |betahat_k|^e over all coordinates or bins; null where they differ. */
function commonTerm(terms: readonly Formula[], D: number, x: string): string | null {
  const parts = terms.map((t) => (t.kind === "power" ? t : { kind: "power" as const, of: t, exponent: ONE }));
  const [first] = parts;
  if (first === undefined || !parts.every((p) => compare(p.exponent, first.exponent) === 0)) return null;
  const indices = parts.map((p) => (p.of.kind === "abs" ? p.of.index : null));
  if (indices.every((i) => i !== null) && isAll(indices, D)) return raise(`abs(${x}_d)`, first.exponent);
  const bins = parts.map((p) => (p.of.kind === "bin" ? p.of.bin : null));
  const total = first.of.kind === "bin" ? first.of.indices.length : 0;
  return bins.every((b) => b !== null) && isAll(bins, total) ? raise(`abs(${x}hat_k)`, first.exponent) : null;
}

interface Group {
  readonly text: string;
  readonly blocks: readonly (readonly number[])[];
}

/** e, if the terms are |(channels of betahat_k)|^e over all bins k. */
function channelTerm(terms: readonly Formula[], x: string): string | null {
  const parts = terms.map((t) => {
    if (t.kind !== "power" || t.of.kind !== "sum") return null;
    const bins = t.of.of.map((x) =>
      x.kind === "power" && x.of.kind === "bin" && compare(x.exponent, q(2n)) === 0 ? x.of : null,
    );
    const [first] = bins;
    if (first == null || !bins.every((b) => b?.bin === first.bin)) return null;
    return { bin: first.bin, total: first.indices.length, e: mul(t.exponent, q(2n)) };
  });
  const [first] = parts;
  if (first == null || !parts.every((p) => p !== null && compare(p.e, first.e) === 0)) return null;
  return isAll(
    parts.map((p) => p!.bin),
    first.total,
  )
    ? raise(`norm(${x}hat_k)`, first.e)
    : null;
}

/** Terms that are one function of disjoint blocks of coordinates or of the channels of bins. */
function groupTerm(terms: readonly Formula[], x: string): Group | null {
  const blocks = terms.map((t) => {
    const inner = t.kind === "power" ? t : { of: t, exponent: ONE };
    const indices = squaresOf(inner.of);
    return indices === null ? null : { indices, e: mul(inner.exponent, q(2n)) };
  });
  const [first] = blocks;
  if (first == null || terms.length < 2 || first.indices.length < 2) return null;
  if (!blocks.every((b) => b !== null && compare(b.e, first.e) === 0)) return null;
  return { text: raise(`norm(${x}_g)`, first.e), blocks: blocks.map((b) => b!.indices) };
}

export interface Shown {
  readonly text: string;
  /** What the letters in it mean, where it is not said by the text. */
  readonly where: readonly string[];
}

/** Summands of the infimal convolutions of a formula, one letter for each; as many as a formula may have. */
const SUMMANDS: readonly string[] = ["v", "u", "p", "q", "r"];
const OTHERS: readonly string[] = [..."hfgmnabcdestxy"];
export const MOST_INFIMAL = SUMMANDS.length;

/** Letters for the summands that no parameter's name begins with. */
export function summandLetters(taken: readonly string[]): string[] {
  const free = [...SUMMANDS, ...OTHERS].filter((letter) => freshLetter([letter], taken) === letter);
  return SUMMANDS.map((letter, i) => free[i] ?? freshLetter([letter], taken));
}

/** How many infimal convolutions a formula has. */
export function infimals(f: Formula): number {
  const inside =
    f.kind === "infimal"
      ? f.parts.map((p) => p.of)
      : f.kind === "sum" || f.kind === "least"
        ? f.of
        : f.kind === "scale" || f.kind === "power"
          ? [f.of]
          : [];
  return inside.reduce((n, g) => n + infimals(g), f.kind === "infimal" ? 1 : 0);
}

/** `letters` name the summands of infimal convolutions, of which there are at most as many. */
export function showFormula(f: Formula, D: number, letters: readonly string[] = SUMMANDS): Shown {
  const where = new Set<string>();
  const several = infimals(f) > 1;
  let used = 0;
  const bracketed = (g: Formula, x: string): string => {
    const text = one(g, x);
    return (g.kind === "sum" || g.kind === "quadratic") && text.includes(" + ") ? `(${text})` : text;
  };
  const infimal = (g: Extract<Formula, { kind: "infimal" }>, x: string): string => {
    const letter = letters[used];
    if (letter === undefined) throw new Error("formula: more infimal convolutions than letters");
    used += 1;
    const S = several ? `S_${letter}` : "S";
    where.add(`the infimum is over all ways to write ${x} as a sum of ${letter}_j supported on the indices ${S}_j`);
    g.parts.forEach((p, j) => {
      where.add(`${S}_${j} = {${p.indices.join(", ")}}`);
    });
    return `inf(${g.parts.map((p, j) => one(p.of, `${letter}_${j}`)).join(" + ")}, ${letter})`;
  };
  /** The formula as a function of what x names: beta, or a summand of it. */
  const one = (g: Formula, x: string): string => {
    switch (g.kind) {
      case "abs":
        return D === 1 ? `abs(${x})` : `abs(${x}_${g.index})`;
      case "bin":
        where.add("betahat is the unitary discrete Fourier transform of beta");
        return `abs(${x}hat_${g.bin})`;
      case "scale":
        return `${showSurd(g.by)}*${bracketed(g.of, x)}`;
      case "power": {
        const squares = squaresOf(g.of);
        if (squares !== null && squares.length > 1) return raise(normText(squares, D, x), mul(g.exponent, q(2n)));
        return raise(g.of.kind === "quadratic" ? `(${one(g.of, x)})` : bracketed(g.of, x), g.exponent);
      }
      case "sum":
        return gathered(g.of, D, x, where) ?? g.of.map((t) => one(t, x)).join(" + ");
      case "least":
        return `min(${g.of.map((t) => one(t, x)).join(", ")})`;
      case "nuclear":
        where.add("the nuclear norm of beta as a matrix, the sum of its singular values");
        return `nuclear(${x})`;
      case "quadratic":
        return g.entries
          .map(({ i, j, c }) => `${showQ(c)}*${x}_${i}${i === j ? "^2" : `*${x}_${j}`}`)
          .join(" + ")
          .replaceAll("+ -", "- ");
      case "infimal":
        return infimal(g, x);
    }
  };
  return { text: one(f, "beta"), where: [...where] };
}

/** A sum of alike terms under one sign; null where they are not alike. What the index means goes into `where`. */
function gathered(terms: readonly Formula[], D: number, x: string, where: Set<string>): string | null {
  const squares = squaresOf({ kind: "sum", of: terms });
  if (squares !== null && squares.length > 1) return `${normText(squares, D, x)}^2`;
  const common = commonTerm(terms, D, x);
  if (common?.includes("hat")) {
    where.add("betahat is the unitary discrete Fourier transform of beta; the sum runs over all of its bins");
    return `sum(${common}, k)`;
  }
  if (common !== null) return `sum(${common}, d)`;
  const channels = channelTerm(terms, x);
  if (channels !== null) {
    where.add(
      "betahat_k holds bin k of the unitary discrete Fourier transform of each channel; the sum runs over all bins",
    );
    return `sum(${channels}, k)`;
  }
  const group = groupTerm(terms, x);
  if (group === null) return null;
  where.add(`the groups g are ${group.blocks.map((b) => `{${b.join(", ")}}`).join(", ")}`);
  return `sum(${group.text}, g)`;
}

const normText = (indices: readonly number[], D: number, x: string): string =>
  isAll(indices, D) ? `norm(${x})` : `norm(${indices.map((i) => `${x}_${i}`).join(", ")})`;
