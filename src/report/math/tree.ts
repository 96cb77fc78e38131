/**
 * The tree of a formula in the TeX that this package writes (exact/text/tex, the architectures, report/math): for MathML and
 * for breaking long lines. Total: anything else, an unknown command or a brace too few, is null. Linear.
 */

export type TexNode = TexShape & { readonly start: number; readonly end: number };

export type TexShape =
  | { readonly kind: "row"; readonly of: readonly TexNode[] }
  | { readonly kind: "letter"; readonly text: string; readonly upright: boolean }
  | { readonly kind: "number"; readonly text: string }
  | { readonly kind: "words"; readonly text: string }
  | { readonly kind: "sign"; readonly text: string; readonly role: Role }
  | { readonly kind: "space"; readonly em: number }
  | { readonly kind: "script"; readonly base: TexNode; readonly sub: TexNode | null; readonly sup: TexNode | null }
  | { readonly kind: "fraction"; readonly above: TexNode; readonly below: TexNode; readonly small: boolean }
  | { readonly kind: "root"; readonly of: TexNode }
  | { readonly kind: "hat"; readonly of: TexNode }
  /** Between \left( and \right), which must meet on one line. */
  | { readonly kind: "fence"; readonly of: TexNode };

/** large: sums and least values, with their index below them. */
export type Role = "binary" | "relation" | "open" | "close" | "bar" | "comma" | "plain" | "large";

const LETTERS: ReadonlyMap<string, string> = new Map(
  "alpha=α beta=β gamma=γ delta=δ epsilon=ϵ varepsilon=ε zeta=ζ eta=η theta=θ vartheta=ϑ iota=ι kappa=κ lambda=λ mu=μ nu=ν xi=ξ pi=π rho=ρ sigma=σ varsigma=ς tau=τ upsilon=υ phi=ϕ varphi=φ chi=χ psi=ψ omega=ω Gamma=Γ Delta=Δ Theta=Θ Lambda=Λ Xi=Ξ Pi=Π Sigma=Σ Upsilon=Υ Phi=Φ Psi=Ψ Omega=Ω"
    .split(" ")
    .map((pair) => [pair.slice(0, -2), pair.slice(-1)]),
);

const SIGNS: Readonly<Record<string, readonly [text: string, role: Role]>> = {
  "+": ["+", "binary"],
  "-": ["\u2212", "binary"],
  "\\cdot": ["\u22C5", "binary"],
  "\\times": ["\u00D7", "binary"],
  "\\odot": ["\u2299", "binary"],
  "\\circledast": ["\u229B", "binary"],
  "'": ["\u2032", "plain"],
  "*": ["*", "plain"],
  "/": ["/", "plain"],
  ".": [".", "plain"],
  "\\top": ["\u22A4", "plain"],
  "\\cdots": ["\u22EF", "plain"],
  "\\dots": ["\u2026", "plain"],
  "=": ["=", "relation"],
  "<": ["<", "relation"],
  ">": [">", "relation"],
  ":": [":", "relation"],
  "\\le": ["\u2264", "relation"],
  "\\ge": ["\u2265", "relation"],
  "\\ne": ["\u2260", "relation"],
  "\\in": ["\u2208", "relation"],
  "\\approx": ["\u2248", "relation"],
  "(": ["(", "open"],
  "[": ["[", "open"],
  "\\{": ["{", "open"],
  "\\langle": ["\u27E8", "open"],
  "\\bigl(": ["(", "open"],
  ")": [")", "close"],
  "]": ["]", "close"],
  "\\}": ["}", "close"],
  "\\rangle": ["\u27E9", "close"],
  "\\bigr)": [")", "close"],
  "|": ["|", "bar"],
  "\\|": ["\u2016", "bar"],
  ",": [",", "comma"],
  "\\sum": ["\u2211", "large"],
  "\\inf": ["inf", "large"],
  "\\min": ["min", "large"],
};

const SPACES: Readonly<Record<string, number>> = { "\\,": 0.167, "\\;": 0.278, "\\quad": 1, "\\qquad": 2 };
const SETS: Readonly<Record<string, string>> = { R: "\u211D", Z: "\u2124" };

/** Nodes inside one another. */
const NESTING = 60;

const TOKEN =
  /\\(?:bigl\(|bigr\)|left\(|right\)|(?:mathrm|text|mathbb)\{(?:\\[_$]|[^\\{}])*\}|[A-Za-z]+|[^A-Za-z])|[0-9]+(?:\.[0-9]+)?|\s+|[\s\S]/uy;

interface Token {
  readonly text: string;
  readonly start: number;
}

function tokensOf(tex: string): readonly Token[] {
  const pattern = new RegExp(TOKEN.source, "uy");
  const tokens: Token[] = [];
  for (let start = 0; start < tex.length; ) {
    pattern.lastIndex = start;
    const text = pattern.exec(tex)?.[0] ?? tex.slice(start);
    if (text.trim() !== "") tokens.push({ text, start });
    start += text.length;
  }
  return tokens;
}

/** Letters, numbers and signs: what is one token. */
function leafOf(text: string): TexShape | null {
  const sign = SIGNS[text];
  if (sign !== undefined) return { kind: "sign", text: sign[0], role: sign[1] };
  const em = SPACES[text];
  if (em !== undefined) return { kind: "space", em };
  if (/^[0-9]/.test(text)) return { kind: "number", text };
  if (/^[A-Za-z]$/.test(text)) return { kind: "letter", text, upright: false };
  const letter = text.startsWith("\\") ? LETTERS.get(text.slice(1)) : undefined;
  if (letter !== undefined) return { kind: "letter", text: letter, upright: /\\[A-Z]/.test(text) };
  const m = /^\\(mathrm|text|mathbb)\{([\s\S]*)\}$/u.exec(text);
  if (m === null) return null;
  const inner = m[2]!.replace(/\\([_$])/g, "$1");
  if (m[1] === "mathbb") return SETS[inner] === undefined ? null : { kind: "letter", text: SETS[inner], upright: true };
  return m[1] === "text" ? { kind: "words", text: inner } : { kind: "letter", text: inner, upright: true };
}

/** Null where the text is not of this dialect. */
export function texTree(tex: string): TexNode | null {
  const tokens = tokensOf(tex);
  let i = 0;
  const endOf = (index: number): number => {
    const token = tokens[index];
    return token === undefined ? 0 : token.start + token.text.length;
  };

  /** An atom or a group: what stands alone as an argument or as a script. */
  function single(depth: number): TexNode | null {
    const token = tokens[i];
    if (token === undefined || depth > NESTING) return null;
    const { text, start } = token;
    i += 1;
    const within = (close: string): TexNode | null => {
      const row = rowUntil(close, depth + 1);
      if (row === null || tokens[i]?.text !== close) return null;
      i += 1;
      return row;
    };
    const ended = (shape: TexShape | null): TexNode | null =>
      shape === null ? null : { ...shape, start, end: endOf(i - 1) };
    const argument = (): TexNode | null => (tokens[i]?.text === "{" ? single(depth + 1) : null);
    if (text === "{") return ended(within("}"));
    if (text === "\\left(") {
      const of = within("\\right)");
      return of === null ? null : ended({ kind: "fence", of });
    }
    if (text === "\\frac" || text === "\\tfrac") {
      const above = argument();
      const below = above === null ? null : argument();
      return above === null || below === null
        ? null
        : ended({ kind: "fraction", above, below, small: text === "\\tfrac" });
    }
    if (text === "\\sqrt" || text === "\\hat") {
      const of = argument();
      return of === null ? null : ended({ kind: text === "\\sqrt" ? "root" : "hat", of });
    }
    return ended(leafOf(text));
  }

  /** An atom with its scripts, in either order, each at most once. */
  function scripted(depth: number): TexNode | null {
    const base = single(depth);
    if (base === null) return null;
    let sub: TexNode | null = null;
    let sup: TexNode | null = null;
    for (let mark = tokens[i]?.text; mark === "_" || mark === "^" || mark === "'"; mark = tokens[i]?.text) {
      if (mark !== "'") i += 1;
      const script = single(depth + 1);
      if (script === null || (mark === "_" ? sub : sup) !== null) return null;
      if (mark === "_") sub = script;
      else sup = script;
    }
    return sub === null && sup === null
      ? base
      : { kind: "script", base, sub, sup, start: base.start, end: endOf(i - 1) };
  }

  function rowUntil(close: string | null, depth: number): TexNode | null {
    const start = tokens[i]?.start ?? tex.length;
    const of: TexNode[] = [];
    while (i < tokens.length && tokens[i]!.text !== close) {
      const node = scripted(depth);
      if (node === null) return null;
      of.push(node);
    }
    return { kind: "row", of, start, end: of.at(-1)?.end ?? start };
  }

  return rowUntil(null, 0);
}
