/**
 * MathML of formulas, from the TeX of the document: no script and no font is loaded, the browser does the rest. A formula
 * whose TeX is not in the known dialect shows as code. Long sums are several pieces, so that a line may break between them.
 */

import { type Markup, markup } from "../markup.js";
import { piecesOf, texWidth } from "../math/lines.js";
import { prose } from "../math/prose.js";
import { type TexNode, texTree } from "../math/tree.js";

type Sign = Extract<TexNode, { kind: "sign" }>;

/** What stands before a node: nothing, the end of a piece, or a node. */
type Before = TexNode | "piece" | null;

/** A plus or minus with nothing before it is a sign of its term, not an operation. */
function signMarkup({ text, role }: Sign, before: Before, small: boolean): Markup {
  const first =
    before === null ||
    (before !== "piece" && before.kind === "sign" && !["close", "bar", "plain"].includes(before.role));
  switch (role) {
    case "binary":
      return first ? markup`<mo form="prefix">${text}</mo>` : markup`<mo form="infix">${text}</mo>`;
    case "relation":
      return text === ":" ? markup`<mo lspace="0.278em" rspace="0.278em">${text}</mo>` : markup`<mo>${text}</mo>`;
    case "comma":
      return small ? markup`<mo lspace="0" rspace="0">${text}</mo>` : markup`<mo separator="true">${text}</mo>`;
    case "large":
      return /[a-z]/.test(text)
        ? markup`<mo movablelimits="true" lspace="0" rspace="0.167em">${text}</mo>`
        : markup`<mo movablelimits="true">${text}</mo>`;
    case "open":
    case "close":
    case "bar":
      return markup`<mo stretchy="false" lspace="0" rspace="0">${text}</mo>`;
    case "plain":
      return markup`<mo lspace="0" rspace="0">${text}</mo>`;
  }
}

const rowOf = (nodes: readonly TexNode[], small: boolean, before: Before = null): readonly Markup[] =>
  nodes.map((n, i) => nodeMarkup(n, nodes[i - 1] ?? before, small));

/** As one element, which scripts and fractions need. */
const one = (node: TexNode, small = false): Markup =>
  node.kind === "row" && node.of.length !== 1
    ? markup`<mrow>${rowOf(node.of, small)}</mrow>`
    : nodeMarkup(node.kind === "row" ? node.of[0]! : node, null, small);

function nodeMarkup(node: TexNode, before: Before, small: boolean): Markup {
  switch (node.kind) {
    case "row":
      return markup`<mrow>${rowOf(node.of, small)}</mrow>`;
    case "letter":
      return node.upright && [...node.text].length === 1
        ? markup`<mi mathvariant="normal">${node.text}</mi>`
        : markup`<mi>${node.text}</mi>`;
    case "number":
      return markup`<mn>${node.text}</mn>`;
    case "words":
      return markup`<mtext>${node.text.replace(/^\s|\s$/g, "\u00A0")}</mtext>`;
    case "sign":
      return signMarkup(node, before, small);
    case "space":
      return markup`<mspace width="${`${node.em}em`}"></mspace>`;
    case "fraction":
      return node.small
        ? markup`<mstyle displaystyle="false"><mfrac>${one(node.above)}${one(node.below)}</mfrac></mstyle>`
        : markup`<mfrac>${one(node.above)}${one(node.below)}</mfrac>`;
    case "root":
      return markup`<msqrt>${one(node.of)}</msqrt>`;
    case "hat":
      return markup`<mover accent="true">${one(node.of)}<mo stretchy="false">^</mo></mover>`;
    case "fence":
      return markup`<mrow><mo stretchy="false">(</mo>${one(node.of)}<mo stretchy="false">)</mo></mrow>`;
    case "script": {
      const { base, sub, sup } = node;
      const under = base.kind === "sign" && base.role === "large";
      if (sub !== null && sup !== null)
        return under
          ? markup`<munderover>${one(base)}${one(sub, true)}${one(sup, true)}</munderover>`
          : markup`<msubsup>${one(base)}${one(sub, true)}${one(sup, true)}</msubsup>`;
      if (sup !== null) return markup`<msup>${one(base)}${one(sup, true)}</msup>`;
      return under
        ? markup`<munder>${one(base)}${one(sub!, true)}</munder>`
        : markup`<msub>${one(base)}${one(sub!, true)}</msub>`;
    }
  }
}

/** Null where the TeX is not known. `display` sets sums as in a formula by itself: their index below. */
function element(tex: string, display: boolean, before: Before = null): Markup | null {
  const tree = texTree(tex);
  if (tree === null) return null;
  const inner = rowOf(tree.kind === "row" ? tree.of : [tree], false, before);
  return display ? markup`<math displaystyle="true">${inner}</math>` : markup`<math>${inner}</math>`;
}

/** A formula of a sentence; `text` is shown where the TeX is not known. */
export const mathInline = (tex: string, text: string): Markup => element(tex, false) ?? markup`<code>${text}</code>`;

/** A formula by itself, in pieces that may stand on lines of their own. */
export function mathBlock(tex: string, text: string): Markup {
  const pieces = piecesOf(tex).map((piece, i) => element(piece, true, i === 0 ? null : "piece"));
  if (pieces.some((p) => p === null)) return markup`<code>${text}</code>`;
  return markup`${pieces.map((p, i) => (i === 0 ? p! : markup`<wbr>${p!}`))}`;
}

/** Wider formulas of a sentence, in em, are shown as text: a browser breaks that. */
const WIDEST = 32;

/** Prose with its formulas typeset. `names` are those that a user chose. */
export const mathProse = (text: string, names: ReadonlySet<string>): Markup =>
  markup`${prose(text, names).map((s) =>
    s.tex === null
      ? markup`${s.text}`
      : (texWidth(s.tex) ?? 0) > WIDEST
        ? markup`<code>${s.text}</code>`
        : mathInline(s.tex, s.text),
  )}`;
