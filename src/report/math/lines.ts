/**
 * Long formulas over several lines: broken before a plus or minus, before a second relation or after a comma, at the top or
 * inside round brackets, never inside a fraction, a script or a root. Widths are estimates in em of display mathematics in
 * Computer Modern. A formula that report/math/tree cannot read stays on one line.
 */
import { type Role, type TexNode, texTree } from "./tree.js";

const SIGN: Readonly<Record<Role, number>> = {
  binary: 1.22,
  relation: 1.33,
  open: 0.39,
  close: 0.39,
  bar: 0.4,
  comma: 0.45,
  plain: 0.5,
  large: 1.44,
};
/** Letters that are wider or narrower than most. */
const LETTERS: Readonly<Record<string, number>> = { w: 0.72, m: 0.88, W: 1, M: 1, i: 0.35, j: 0.4, l: 0.3, t: 0.36 };
const DIGIT = 0.5;
/** Scripts are set smaller. */
const SMALL = 0.72;

const sumOf = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0);

function widthOf(node: TexNode): number {
  switch (node.kind) {
    case "row":
      return sumOf(node.of.map(widthOf));
    case "letter":
      return sumOf([...node.text].map((c) => LETTERS[c] ?? (/[A-ZΑ-Ω]/.test(c) ? 0.76 : 0.56)));
    case "number":
    case "words":
      return DIGIT * [...node.text].length;
    case "sign":
      return node.role === "large" && node.text.length > 1 ? DIGIT * node.text.length + 0.2 : SIGN[node.role];
    case "space":
      return node.em;
    case "fraction":
      return 0.3 + (node.small ? SMALL : 1) * Math.max(widthOf(node.above), widthOf(node.below));
    case "root":
      return 0.9 + widthOf(node.of);
    case "hat":
      return widthOf(node.of);
    case "fence":
      return 2 * SIGN.open + widthOf(node.of);
    case "script": {
      const base = widthOf(node.base);
      const scripts = [node.sub, node.sup].map((s) => (s === null ? 0 : SMALL * widthOf(s)));
      const below = node.base.kind === "sign" && node.base.role === "large";
      // TeX puts half a point behind a script.
      return below ? Math.max(base, ...scripts) : base + Math.max(...scripts) + 0.05;
    }
  }
}

/**
 * A piece that is never broken, and whether a line may begin with it: a factor only where its product is too wide, a relation
 * as soon as what follows it, up to the next, does not fit.
 */
interface Item {
  readonly start: number;
  readonly width: number;
  readonly mayBreak: boolean | "factor" | "relation";
}

function itemsOf(nodes: readonly TexNode[], depth: number): Item[] {
  let relations = 0;
  return nodes.flatMap((node, i): Item[] => {
    const before = nodes[i - 1];
    const isRelation = depth === 0 && node.kind === "sign" && node.role === "relation";
    if (isRelation) relations += 1;
    const isSum = node.kind === "sign" && node.role === "binary" && (node.text === "+" || node.text === "\u2212");
    const sign = before?.kind === "sign" ? before.role : null;
    const thin = before?.kind === "space" && before.em < 0.2;
    const isFactor = thin && !(node.kind === "sign" && ["close", "relation", "binary"].includes(node.role));
    const mayBreak =
      (isSum && before !== undefined && sign !== "relation" && sign !== "open" && sign !== "binary") ||
      sign === "comma" ||
      (isRelation && relations > 1 ? "relation" : isFactor ? "factor" : false);
    const fence = node.kind === "script" ? node.base : node;
    if (fence.kind !== "fence") return [{ start: node.start, width: widthOf(node), mayBreak }];
    const inner = fence.of.kind === "row" ? fence.of.of : [fence.of];
    const after = widthOf(node) - widthOf(fence) + SIGN.close;
    return [
      { start: node.start, width: SIGN.open, mayBreak },
      ...itemsOf(inner, depth + 1),
      { start: fence.of.end, width: after, mayBreak: false },
    ];
  });
}

/** Brackets of one size, which may be on different lines. */
const unpaired = (tex: string): string => tex.replaceAll("\\left(", "\\bigl(").replaceAll("\\right)", "\\bigr)");

function cut(tex: string, at: readonly number[]): readonly string[] {
  if (at.length === 0) return [tex];
  return [0, ...at].map((start, i) => unpaired(tex.slice(start, at[i] ?? tex.length).trim()));
}

const itemsIn = (tree: TexNode): readonly Item[] => itemsOf(tree.kind === "row" ? tree.of : [tree], 0);

/** The width in em; null where it cannot be told. */
export function texWidth(tex: string): number | null {
  const tree = texTree(tex);
  return tree === null ? null : widthOf(tree);
}

interface Place {
  readonly start: number;
  /** Up to the next place. */
  readonly width: number;
  /** What must fit for a line to go on here. */
  readonly asks: number;
}

/** Runs of items that begin where `begins` says. */
function runsOf(items: readonly Item[], begins: (item: Item) => boolean): readonly (readonly Item[])[] {
  const runs: Item[][] = [];
  for (const item of items)
    if (runs.length === 0 || begins(item)) runs.push([item]);
    else runs.at(-1)!.push(item);
  return runs;
}

const total = (items: readonly Item[]): number => sumOf(items.map((x) => x.width));

/** The places where a line of `limit` em may end: inside a product only if it does not fit. */
function placesOf(items: readonly Item[], limit: number): readonly Place[] {
  return runsOf(items, (x) => x.mayBreak === "relation").flatMap((clause, i) =>
    runsOf(clause, (x) => x.mayBreak === true)
      .flatMap((term) => (total(term) <= limit ? [term] : runsOf(term, (x) => x.mayBreak === "factor")))
      .map(
        (run, j): Place => ({
          start: run[0]!.start,
          width: total(run),
          asks: i > 0 && j === 0 ? total(clause) : total(run),
        }),
      ),
  );
}

/** Lines of at most `limit` em, `later` from the second on; a piece that is wider stands alone. */
export function linesOf(tex: string, limit: number, later = limit): readonly string[] {
  const tree = texTree(tex);
  if (tree === null || widthOf(tree) <= limit) return [tex];
  const breaks: number[] = [];
  let line = 0;
  for (const { start, width, asks } of placesOf(itemsIn(tree), later)) {
    if (line > 0 && line + asks > (breaks.length === 0 ? limit : later)) {
      breaks.push(start);
      line = 0;
    }
    line += width;
  }
  return cut(tex, breaks);
}

/** Wider than this, a formula of a page is cut wherever it may be: the browser then fills its lines. */
const PAGE = 24;

export function piecesOf(tex: string): readonly string[] {
  const tree = texTree(tex);
  if (tree === null || widthOf(tree) <= PAGE) return [tex];
  const [, ...places] = placesOf(itemsIn(tree), PAGE);
  return cut(
    tex,
    places.map((place) => place.start),
  );
}

/** Where the first relation begins: what an equation is aligned at; null for a formula without one. */
export function relationAt(tex: string): number | null {
  const tree = texTree(tex);
  const nodes = tree?.kind === "row" ? tree.of : [];
  return nodes.find((n) => n.kind === "sign" && n.role === "relation")?.start ?? null;
}
