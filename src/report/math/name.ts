/**
 * TeX of names, as exact/text/tex prints them (a test holds the two together: this floor may not import that one), and of
 * what stands in prose: every character that TeX would obey is escaped. Letters that pdfLaTeX does not know stay as they
 * are in the source; `declarations` gives a preamble for them.
 */
import { oneLine } from "../text.js";

const NAMES =
  "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega";
const GREEK = new Set(NAMES.split(" "));

const TYPED: ReadonlyMap<string, string> = new Map(
  "αalpha βbeta γgamma δdelta εvarepsilon ϵepsilon ζzeta ηeta θtheta ϑvartheta ιiota κkappa λlambda μmu νnu ξxi πpi ρrho σsigma ςvarsigma τtau υupsilon φvarphi ϕphi χchi ψpsi ωomega ΓGamma ΔDelta ΘTheta ΛLambda ΞXi ΠPi ΣSigma ΥUpsilon ΦPhi ΨPsi ΩOmega"
    .split(" ")
    .map((pair) => [pair.slice(0, 1), pair.slice(1)]),
);

/** Non-ASCII letters of the T1 encoding, which pdfLaTeX prints by itself. */
const KNOWN = /[À-ÖØ-öø-ÿĂăĄąĆćČčĎďĐđĘęĚěĞğİıĹĺĽľŁłŃńŇňŊŋŐőŒœŔŕŘřŚśŞşŠšŢţŤťŮůŰűŸŹźŻżŽž]/;

const upright = (name: string): string =>
  `\\${/^[ -~]*$/.test(name) ? "mathrm" : "text"}{${name.replace(/[_$]/g, "\\$&")}}`;

const greekOf = (letters: string): string | undefined =>
  GREEK.has(letters) ? letters : (TYPED.get(letters) ?? TYPED.get(letters.normalize("NFKC")));

function stemTex(letters: string): string {
  if (/^[A-Za-z]$/.test(letters)) return letters;
  const name = greekOf(letters);
  return name === undefined ? upright(letters) : `\\${name}`;
}

export interface NameParts {
  readonly stem: string;
  readonly indices: readonly string[];
}

/** w1_0 -> w with 1, 0. Null for a name that is printed whole. */
export function nameParts(name: string): NameParts | null {
  const m = /^(\p{L}+?)(hat)?([0-9]*)((?:_[\p{L}0-9]+)*)$/u.exec(name);
  if (m === null) return null;
  const [, letters, hat, digits, rest] = m;
  const stem = stemTex(letters!);
  return {
    stem: hat === undefined ? stem : `\\hat{${stem}}`,
    indices: [digits!, ...rest!.split("_")].filter((x) => x !== "").map((x) => (/^[0-9]+$/.test(x) ? x : stemTex(x))),
  };
}

export const indexed = ({ stem, indices }: NameParts): string =>
  indices.length === 0 ? stem : `${stem}_{${indices.join(",")}}`;

export function nameTex(name: string): string {
  const parts = nameParts(name);
  return parts === null ? upright(name) : indexed(parts);
}

const ESCAPED: Readonly<Record<string, string>> = {
  "\\": "\\textbackslash{}",
  "~": "\\textasciitilde{}",
  "^": "\\textasciicircum{}",
};

/** Text in TeX, on one line: what TeX would read as a command is escaped, and no ligature is made of hyphens or quotes. */
export const plainTex = (text: string): string =>
  oneLine(text)
    .replace(/[\\~^&%$#_{}]/g, (c) => ESCAPED[c] ?? `\\${c}`)
    .replace(/([-`'<>,])(?=\1)|[?!](?=`)/g, "$&{}");

/** What pdfLaTeX must be told about the letters of a document: Greek by its sign, others by their number. */
export function declarations(tex: string): readonly string[] {
  const strange = [...new Set(tex.match(/[^\0-~]/gu))].filter((c) => !KNOWN.test(c)).sort();
  return strange.map((c) => {
    const code = c.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0");
    const greek = greekOf(c);
    return `\\DeclareUnicodeCharacter{${code}}{${greek === undefined ? `\\texttt{U+${code}}` : `\\ensuremath{\\${greek}}`}}`;
  });
}
