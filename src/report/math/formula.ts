/**
 * Formulas inside prose: what stands at a place of a sentence, as TeX, by recursive descent. Known are indexed names, Greek
 * ones and single letters, functions of them, |beta_0|, the norm |w|, (A A^T)^-1, {0, 1}, sums, products, fractions and
 * relations. A word of the language is none: "a", "I" and the names that a user chose count only beside an operator or in
 * brackets. Total: null where no formula stands. Linear in the text but for the count of brackets.
 */
import { indexed, type NameParts, nameParts, nameTex } from "./name.js";

export interface Read {
  readonly tex: string;
  readonly end: number;
  /** False for what may as well be a word or a number of the sentence. */
  readonly strong: boolean;
}

interface Source {
  readonly text: string;
  readonly names: ReadonlySet<string>;
}

type Reader = (s: Source, at: number, inside: boolean) => Read | null;

/** Nested brackets of a formula; a sentence has few. */
const NESTING = 40;

/** What a sticky pattern finds at a place. */
function match(s: Source, pattern: RegExp, at: number): RegExpExecArray | null {
  const sticky = new RegExp(pattern.source, "uy");
  sticky.lastIndex = at;
  return sticky.exec(s.text);
}

const bracketsBefore = (text: string, at: number): number =>
  [...text.slice(0, at)].reduce((n, c) => n + ("([{".includes(c) ? 1 : ")]}".includes(c) ? -1 : 0), 0);

/** Sums between commas, dots among them, up to what closes. */
function list(s: Source, at: number, close: string): Read | null {
  if (bracketsBefore(s.text, at) > NESTING) return null;
  const items: string[] = [];
  let strong = false;
  let end = at;
  for (;;) {
    const dots = match(s, /\.\.\./, end);
    const item = dots === null ? side(s, end, true) : { tex: "\\dots", end: end + 3, strong: false };
    if (item === null) return null;
    items.push(item.tex);
    strong ||= item.strong;
    if (s.text[item.end] === close) return { tex: items.join(", "), end: item.end + 1, strong };
    const comma = match(s, /, ?/, item.end);
    if (comma === null) return null;
    end = item.end + comma[0].length;
  }
}

const PAIRS: Readonly<Record<string, readonly [close: string, left: string, right: string]>> = {
  "(": [")", "(", ")"],
  "{": ["}", "\\{", "\\}"],
  "[": ["]", "[", "]"],
};

function bracket(s: Source, at: number, open: string): Read | null {
  const pair = PAIRS[open];
  if (pair === undefined || s.text[at] !== open) return null;
  const inner = list(s, at + 1, pair[0]);
  return inner === null
    ? null
    : { tex: `${pair[1]}${inner.tex}${pair[2]}`, end: inner.end, strong: inner.strong || open === "{" };
}

const FUNCTIONS: Readonly<Record<string, (x: string) => string>> = {
  sqrt: (x) => `\\sqrt{${x}}`,
  abs: (x) => `|${x}|`,
  norm: (x) => `\\|${x.includes(",") ? `(${x})` : x}\\|_2`,
};

/** What follows a name without a space: arguments, and an entry in square brackets. */
function applied(s: Source, head: Read): Read {
  const call = bracket(s, head.end, "(") ?? bracket(s, head.end, "[");
  return call === null ? head : { tex: head.tex + call.tex, end: call.end, strong: true };
}

function name(s: Source, at: number): Read | null {
  const m = match(s, /[\p{L}_$][\p{L}\p{M}\p{N}_$]*/u, at);
  if (m === null) return null;
  const [word] = m;
  const end = at + word.length;
  const call = FUNCTIONS[word];
  if (call !== undefined && s.text[end] === "(") {
    const of = list(s, end + 1, ")");
    return of === null ? null : { tex: call(of.tex), end: of.end, strong: true };
  }
  if (s.names.has(word)) {
    const strong = /^\p{L}\p{M}*$/u.test(word) ? !/[aAI]/.test(word) : /[\d_]/.test(word);
    return applied(s, { tex: nameTex(word), end, strong });
  }
  const open = word.endsWith("_") && s.text[end] === "(" ? list(s, end + 1, ")") : null;
  const parts: NameParts | null = nameParts(open === null ? word : word.slice(0, -1));
  if (parts === null) return null;
  const prime = open === null && word.length === 1 ? match(s, /'(?:_([\p{L}\p{N}]+))?(?![\p{L}\p{N}'])/u, end) : null;
  if (prime !== null)
    return applied(s, {
      tex: indexed({
        stem: `${parts.stem}'`,
        indices: prime[1] === undefined ? [] : [/^\d+$/.test(prime[1]) ? prime[1] : nameTex(prime[1])],
      }),
      end: end + prime[0].length,
      strong: true,
    });
  if (open !== null)
    return applied(s, {
      tex: indexed({ ...parts, indices: [...parts.indices, open.tex] }),
      end: open.end,
      strong: true,
    });
  const space = parts.indices.length > 0 && /^[ZR]$/.test(parts.stem);
  const stem = space ? `\\mathbb{${parts.stem}}` : parts.stem;
  // Long words have upright stems: they are the language, unless they carry an index.
  const known = !/^\\(mathrm|text|hat\{([A-Za-z]\}|\\(mathrm|text)))/.test(stem) || parts.indices.length > 0;
  if (!known) return null;
  const strong = parts.indices.length > 0 || !/^[aAI]$/.test(stem);
  return applied(s, { tex: indexed({ ...parts, stem }), end, strong });
}

function number(s: Source, at: number): Read | null {
  const surd = match(s, /\(?(\d+)\/(\d+)\)?\*sqrt\((\d+)\)/, at);
  if (surd !== null) {
    const [all, p, q, n] = surd;
    const tex = p === "1" && q === n ? `${n}^{-1/2}` : `\\frac{${p === "1" ? "" : p}\\sqrt{${n}}}{${q}}`;
    return { tex, end: at + all.length, strong: true };
  }
  const m = match(s, /(\d+(?:\.\d+)?)(?:e([+-]?\d+))?/, at);
  if (m === null) return null;
  const [all, mantissa, power] = m;
  const tex =
    power === undefined ? mantissa! : Number(mantissa) === 0 ? "0" : `${mantissa}\\cdot 10^{${String(Number(power))}}`;
  return { tex, end: at + all.length, strong: false };
}

function bars(s: Source, at: number): Read | null {
  if (s.text[at] !== "|" || s.text.slice(0, at).split("|").length > NESTING) return null;
  const inner = side(s, at + 1, true);
  if (inner === null || s.text[inner.end] !== "|") return null;
  // Only what has an index is one number.
  const entry = /^[^,+ -]*_\{[^{}]*\}$/.test(inner.tex);
  return { tex: entry ? `|${inner.tex}|` : `\\|${inner.tex}\\|_2`, end: inner.end + 1, strong: true };
}

const atom = (s: Source, at: number): Read | null =>
  number(s, at) ?? bars(s, at) ?? bracket(s, at, "(") ?? bracket(s, at, "{") ?? name(s, at);

function exponent(s: Source, at: number): Read | null {
  const plain = match(s, /-?\d+|T(?![\p{L}\p{N}_])/u, at) ?? match(s, /\((-?\d+(?:\/\d+)?)\)/, at);
  if (plain !== null)
    return { tex: plain[0] === "T" ? "\\top" : (plain[1] ?? plain[0]), end: at + plain[0].length, strong: true };
  const group = s.text[at] === "(" ? list(s, at + 1, ")") : name(s, at);
  return group;
}

const factor = (s: Source, at: number): Read | null => {
  const base = atom(s, at);
  if (base === null || s.text[base.end] !== "^") return base;
  const power = exponent(s, base.end + 1);
  return power === null
    ? null
    : { tex: `${base.tex}^${power.tex === "\\top" ? "\\top" : `{${power.tex}}`}`, end: power.end, strong: true };
};

/** Factors with a star, a slash or nothing but a space between them. */
const term: Reader = (s, at, inside) => {
  let found = factor(s, at);
  while (found !== null) {
    const { tex, end, strong } = found;
    const sign = match(s, /( ?)([*/])\1| x (?=[\dZR(])/, end);
    if (sign !== null) {
      const next = factor(s, end + sign[0].length);
      if (next === null) return found;
      const joined =
        sign[2] === "/"
          ? `${tex}/${next.tex}`
          : sign[2] === "*"
            ? `${tex}${/^\d/.test(next.tex) ? "\\cdot " : "\\,"}${next.tex}`
            : `${tex} \\times ${next.tex}`;
      found = { tex: joined, end: next.end, strong: true };
      continue;
    }
    const isNumber = /^[\d.]+$/.test(tex);
    const gap =
      match(s, / (?=[^\s\d])/, end) ?? (isNumber || s.text[end - 1] === ")" ? match(s, /(?=[\p{L}(])/u, end) : null);
    // Outside of brackets two words side by side are no product unless both can only be formulas.
    const next = gap === null || !(inside || strong || isNumber) ? null : factor(s, end + gap[0].length);
    if (next === null || !(inside || next.strong)) return found;
    found = { tex: `${tex}\\,${next.tex}`, end: next.end, strong: true };
  }
  return found;
};

const side: Reader = (s, at, inside) => {
  const minus = match(s, /-(?=\S)/, at);
  const first = term(s, at + (minus === null ? 0 : 1), inside);
  if (first === null) return null;
  let found: Read = minus === null ? first : { ...first, tex: `-${first.tex}`, strong: true };
  for (;;) {
    const sign = match(s, /( ?)([+-])\1(?=\S)/, found.end);
    const next = sign === null ? null : term(s, found.end + sign[0].length, inside);
    if (next === null) return found;
    found = { tex: `${found.tex}${sign![2]}${next.tex}`, end: next.end, strong: true };
  }
};

const RELATIONS: Readonly<Record<string, string>> = { "<=": "\\le", ">=": "\\ge", "!=": "\\ne" };

/** The longest formula that begins here; null where there is none, or no more than a word or a number. */
export function formulaAt(text: string, at: number, names: ReadonlySet<string>): Read | null {
  const s = { text, names };
  let found = side(s, at, false);
  while (found !== null) {
    const { tex, end } = found;
    const space = match(s, / in R\^/, end);
    const relation = match(s, / ?(<=|>=|!=|=|<|>) ?| (:) /, end);
    const next: Read | null =
      space !== null
        ? exponent(s, end + space[0].length)
        : relation === null
          ? null
          : side(s, end + relation[0].length, false);
    if (next === null) break;
    const word = relation?.[1] ?? relation?.[2] ?? "";
    found = {
      tex: space === null ? `${tex} ${RELATIONS[word] ?? word} ${next.tex}` : `${tex} \\in \\mathbb{R}^{${next.tex}}`,
      end: next.end,
      strong: true,
    };
  }
  if (found === null || !found.strong || match(s, /$|[\s,;:)\]'"]|\.(?!\S)|\.\.\./, found.end) === null) return null;
  return found;
}
