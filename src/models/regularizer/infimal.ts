/**
 * The value of inf { sum_j c_j |v_j|_2 : beta = sum_j v_j, v_j supported on S_j }: the norm whose unit ball is the convex
 * hull of balls on the groups S_j. Where the groups are all k-subsets and the constants equal it is the k-support norm,
 * with its closed form by sorting (Argyriou, Foygel, Srebro 2012). Else by the majorization
 * c |v| <= (c^2 |v|^2 / eta + eta) / 2, whose iterates bring a dual point z with |z_S| <= c along; the value is given when
 * primal and dual agree to GAP.
 */
import { surdToNumber } from "../../exact/surd.js";
import { type Formula, norm, sameFormula, split } from "./formula.js";

type Infimal = Extract<Formula, { kind: "infimal" }>;

interface Group {
  readonly c: number;
  readonly indices: readonly number[];
}

const GAP = 1e-13;
const ITERATIONS = 50_000;

/** The groups, if every part is a constant times the norm over its indices. */
function groupsOf(f: Infimal): Group[] | null {
  const groups = f.parts.map(({ indices, of }): Group | null => {
    const { by, of: inner } = split(of);
    return sameFormula(inner, norm(indices)) ? { c: surdToNumber(by), indices } : null;
  });
  return groups.every((g) => g !== null) ? groups : null;
}

/** k, if the groups are all k-subsets of 0 ... D-1 with one constant. */
function supportSize(groups: readonly Group[], D: number): number | null {
  const k = groups[0]!.indices.length;
  let subsets = 1;
  for (let i = 0; i < k; i++) subsets = (subsets * (D - i)) / (i + 1);
  const distinct = new Set(groups.map((g) => [...g.indices].sort((a, b) => a - b).join()));
  const same = groups.every((g) => g.indices.length === k && g.c === groups[0]!.c);
  return same && distinct.size === groups.length && groups.length === subsets ? k : null;
}

/**
 * The k-support norm of beta: with r the least for which the (k - r - 1)th largest entry is above the mean-like `tail`. That
 * the next entry is at most the tail follows for this r, and is not asked again, since rounding could deny it.
 */
export function kSupportNorm(beta: readonly number[], k: number): number {
  const a = beta.map(Math.abs).sort((x, y) => y - x);
  const total = (from: number): number => a.slice(from).reduce((s, x) => s + x, 0);
  for (let r = 0; r < k; r++) {
    const tail = total(k - r - 1) / (r + 1);
    const before = k - r - 2 < 0 ? Number.POSITIVE_INFINITY : a[k - r - 2]!;
    if (!(before > tail) && r < k - 1) continue;
    const head = a.slice(0, k - r - 1).reduce((s, x) => s + x * x, 0);
    return Math.sqrt(head + (r + 1) * tail * tail);
  }
  return 0;
}

export function infimalValue(f: Infimal, all: readonly number[]): number | null {
  const found = groupsOf(f);
  if (found === null) return null;
  // Inside a larger formula the groups may leave out coordinates: those of the groups are numbered anew.
  const covered = [...new Set(found.flatMap((g) => g.indices))].sort((a, b) => a - b);
  const groups = found.map(({ c, indices }) => ({ c, indices: indices.map((d) => covered.indexOf(d)) }));
  return coveredValue(
    groups,
    covered.map((d) => all[d]!),
  );
}

function coveredValue(groups: readonly Group[], beta: readonly number[]): number | null {
  const k = supportSize(groups, beta.length);
  if (k !== null) return groups[0]!.c * kSupportNorm(beta, k);
  const eta = groups.map(({ c }) => c);
  const z = new Array<number>(beta.length).fill(0);
  const sizeOf = (g: Group): number => Math.sqrt(g.indices.reduce((s, d) => s + z[d]! * z[d]!, 0));
  for (let i = 0; i < ITERATIONS; i++) {
    const t = new Array<number>(beta.length).fill(0);
    groups.forEach((g, j) => {
      for (const d of g.indices) t[d] = t[d]! + eta[j]! / (g.c * g.c);
    });
    beta.forEach((b, d) => {
      z[d] = b === 0 ? 0 : b / t[d]!;
    });
    let primal = 0;
    let stretch = 0;
    groups.forEach((g, j) => {
      const ratio = sizeOf(g) / g.c;
      eta[j] = eta[j]! * ratio; // c |v_j| of this round's v_j
      primal += eta[j]!;
      stretch = Math.max(stretch, ratio);
    });
    const dual = stretch === 0 ? 0 : beta.reduce((s, b, d) => s + b * z[d]!, 0) / stretch;
    if (primal - dual <= GAP * primal) return primal;
  }
  return null;
}
