/**
 * Whether a block norm's predictor of max margin and its multipliers are the only optimal ones, as observed in floating
 * point: true, false, or null where that is not known. Theory: the predictor is the only one if <z_k, r_nk> has full column
 * rank on the points that carry and the blocks with |z_k| = w_k, and not if it has not on the points of margin 1 and the blocks
 * that live; so are the multipliers if the points of margin 1 are independent on the blocks that live, and not if those that
 * carry are dependent on the blocks with |z_k| = w_k. More tight blocks and more points of margin 1 than there are, and fewer
 * that live and carry, can only leave it open; what doubles leave open is asked again in double-double numbers. Cost: some eliminations.
 */
import { addWide, divWide, mulWide, narrow, rootWide, subWide, wide } from "../numeric/double-double.js";
import { dotAt } from "../numeric/vec.js";
import { dotWide, narrowed, setWide, type WideArray, wideAt, wideFrom, wideZeros } from "../numeric/wide-dense.js";
import { combine, type Pair } from "./block-barrier.js";
import { type BlockProblem, lengthAt, primalNorm } from "./block-problem.js";
import { seenRank, wideRank } from "./block-rank.js";
import type { Block } from "./block-space.js";
import { combineWide, type WidePair, weightSquared } from "./block-wide-barrier.js";
import { newton, slacksOf } from "./block-wide-polish.js";
import type { WideProblem } from "./block-wide-problem.js";

/** Shares, slacks and pivots below this are not told from nothing, in floating point. */
const TIGHT = 1e-9;
/** Rounding of a margin, relative to the norms of its factors. */
const NOISE = 1e-13;
/** A gap is a sum of products of shares and slacks: what is so many times its root is not both, and some for conditioning. */
const ROOTS = 30;
/** No gap is known to be less. */
const LEAST_GAP = 2e-16;
const LEAST_WIDE_GAP = 1e-28;
/** Of double-double numbers less than this is rounding; less than that of directions in doubles, of data of few digits. */
const [SURELY_NOTHING, FEW_DIGITS] = [1e-24, 1e-13];
/** Eliminations in wide numbers of more rows or columns would take seconds. */
const MOST_WIDE = 200;

export interface Unique {
  readonly beta: boolean | null;
  readonly dual: boolean | null;
}

interface Sets {
  /** May be more than there are. */
  readonly tight: readonly Block[];
  readonly active: readonly number[];
  /** May be fewer. */
  readonly alive: readonly Block[];
  readonly carriers: readonly number[];
}

type Full = (points: readonly number[], on: readonly Block[]) => boolean;

interface Ranks {
  /** Whether the columns of <z_k, r_nk> are surely independent, and whether they are surely dependent. */
  readonly radial: Full;
  readonly moves: Full;
  /** The same of the rows. */
  readonly whole: Full;
  readonly shifts: Full;
}

function settled({ tight, alive, active, carriers }: Sets, { radial, moves, whole, shifts }: Ranks): Unique {
  if (alive.length === 0 || carriers.length === 0) return { beta: null, dual: null };
  const settle = (certain: boolean, refuted: () => boolean): boolean | null =>
    certain ? true : refuted() ? false : null;
  return {
    beta: settle(radial(carriers, tight), () => moves(active, alive)),
    dual: settle(whole(active, alive), () => shifts(carriers, tight)),
  };
}

/** What a pair of such a relative gap tells from nothing. */
const looseOf = (gap: number): number => Math.max(TIGHT, ROOTS * Math.sqrt(Math.max(gap, LEAST_GAP)));

const entriesOf = (on: readonly Block[]): number[] =>
  on.flatMap(({ at, size }) => Array.from({ length: size }, (_, i) => at + i));

const ofSigns = (on: readonly Block[]): boolean => on.every(({ size }) => size === 1);

/** z_k over its length; of a block of one entry a sign, which is exact. */
function directionsOf(z: WideArray, on: readonly Block[]): WideArray {
  const u = z.slice();
  for (const { at, size } of on) {
    const length = rootWide(dotWide(z, at, z, at, size));
    for (let i = at; i < at + size; i++)
      setWide(u, i, size === 1 ? wide(Math.sign(z[2 * i]!)) : divWide(wideAt(z, i), length));
  }
  return u;
}

/** The rows <u_k, r_nk> of the points of p, and of the weights of the blocks. */
function radialRows(p: WideProblem, points: readonly number[], z: WideArray, on: readonly Block[]): WideArray {
  const M = wideZeros((points.length + 1) * on.length);
  const u = directionsOf(z, on);
  points.forEach((n, i) => {
    on.forEach(({ at, size }, k) => {
      setWide(M, i * on.length + k, dotWide(u, at, p.rows, n * p.D + at, size));
    });
  });
  on.forEach((block, k) => {
    setWide(M, points.length * on.length + k, rootWide(wide(weightSquared(block))));
  });
  return M;
}

/** The rows of the points of p at some places; beside them, perhaps, the margins asked for. */
function wholeRows(
  { D, rows }: WideProblem,
  points: readonly number[],
  places: readonly number[],
  c: Float64Array | null = null,
): WideArray {
  const width = places.length + (c === null ? 0 : 1);
  const M = wideZeros(points.length * width);
  points.forEach((n, i) => {
    places.forEach((d, j) => {
      setWide(M, i * width + j, wideAt(rows, n * D + d));
    });
    if (c !== null) setWide(M, i * width + places.length, wide(c[n]!));
  });
  return M;
}

/**
 * A change of the living blocks that no point of margin 1 sees, and so no norm, as it would be where all of these blocks are
 * tight: else they only seem to live, and nothing is known.
 */
function moves(p: WideProblem, points: readonly number[], z: WideArray, on: readonly Block[], few: boolean): boolean {
  if (Math.max(points.length + 1, on.length) > MOST_WIDE) return false;
  const nothing = few && !ofSigns(on) ? FEW_DIGITS : SURELY_NOTHING;
  const M = radialRows(p, points, z, on);
  const rank = wideRank(points.length, on.length, M.subarray(0, 2 * points.length * on.length), nothing);
  return rank < on.length && wideRank(points.length + 1, on.length, M, nothing) === rank;
}

/** A change of the multipliers that carry which no tight block sees, nor the objective, as where their margins are all 1. */
function shifts(p: WideProblem, points: readonly number[], on: readonly Block[]): boolean {
  const places = entriesOf(on);
  if (Math.max(points.length, places.length + 1) > MOST_WIDE) return false;
  const rank = wideRank(points.length, places.length, wholeRows(p, points, places), SURELY_NOTHING);
  if (rank === points.length) return false;
  const asked = wholeRows(p, points, places, p.c);
  return wideRank(points.length, places.length + 1, asked, SURELY_NOTHING) === rank;
}

/**
 * Predictor and multipliers count only up to a factor each. Where they are optimal <z, b> is the margin of the points that carry
 * times sum c_n a_n, and the norm of b times the dual one of z: both are taken from it, since single ones may be noise.
 * `preciseOf` has the chosen points in wide numbers, and is asked for where doubles do not see a full rank.
 */
export function observedUnique(
  p: BlockProblem,
  c: Float64Array,
  { a, b }: Pair,
  gap: number,
  fewDigits: boolean,
  preciseOf: (points: readonly number[]) => WideProblem,
): Unique {
  const { N, D, blocks, rows } = p;
  const z = combine(p, a);
  const norm = primalNorm(b, blocks);
  const total = c.reduce((sum, x, n) => sum + x * a[n]!, 0);
  const inner = dotAt(z, 0, b, 0, D);
  const [common, peak] = [inner / total, inner / norm];
  const loose = looseOf(gap);
  // A margin of 1 that is the rest of larger numbers is known less well.
  const active = Array.from({ length: N }, (_, n) => n).filter(
    (n) => dotAt(rows, n * D, b, 0, D) / (common * c[n]!) - 1 < Math.max(loose, (NOISE * norm) / (common * c[n]!)),
  );
  const precisely = (points: readonly number[], ask: (own: WideProblem, all: readonly number[]) => boolean): boolean =>
    points.length <= MOST_WIDE && ask(preciseOf(points), [...points.keys()]);
  const wideZ = wideFrom(Array.from(z, wide));
  const plain = settled(
    {
      tight: blocks.filter((block) => 1 - lengthAt(z, block) / block.weight / peak < loose),
      alive: blocks.filter((block) => (block.weight * lengthAt(b, block)) / norm > loose),
      active,
      carriers: active.filter((n) => a[n]! / peak > loose),
    },
    {
      radial: (points, on) =>
        points.length >= on.length &&
        seenRank(
          points.map((n) => on.map(({ at, size }) => dotAt(z, at, rows, n * D + at, size))),
          on.length,
          loose,
        ),
      moves: (points, on) => precisely(points, (own, all) => moves(own, all, wideZ, on, fewDigits)),
      whole: (points, on) => {
        const places = entriesOf(on);
        return (
          points.length <= places.length &&
          seenRank(
            points.map((n) => places.map((d) => rows[n * D + d]!)),
            points.length,
            loose,
          )
        );
      },
      shifts: (points, on) => precisely(points, (own, all) => shifts(own, all, on)),
    },
  );
  if ((plain.beta !== null && plain.dual !== null) || active.length === 0 || active.length + D > MOST_WIDE)
    return plain;
  // The points that count, in wide numbers: rows over powers of two, for a margin that is the least of these.
  const own = preciseOf(active);
  const unit = p.norms[0]! * c[0]!;
  const other = own.scales[0]! * own.c[0]!;
  const found = {
    a: wideFrom(active.map((n, i) => wide((a[n]! * own.scales[i]!) / p.norms[n]! / peak))),
    b: wideFrom(Array.from(b, (x) => wide((x * other) / unit / common))),
  };
  const wider = observedUniqueWide(own, found);
  return { beta: plain.beta ?? wider.beta, dual: plain.dual ?? wider.dual };
}

/** The relative gap of a pair, to all digits. */
function wideGap(p: WideProblem, pair: WidePair): number {
  const { ofBlocks, ofPoints } = slacksOf(p, pair);
  const least = (slacks: readonly number[]): number => slacks.reduce((x, y) => Math.min(x, y), 1);
  let [norm, total] = [wide(0), wide(0)];
  for (const block of p.blocks) {
    const square = dotWide(pair.b, block.at, pair.b, block.at, block.size);
    if (square.hi > 0) norm = addWide(norm, mulWide(rootWide(wide(weightSquared(block))), rootWide(square)));
  }
  for (let n = 0; n < p.N; n++) total = addWide(total, mulWide(wide(p.c[n]!), wideAt(pair.a, n)));
  const above = mulWide(norm, addWide(wide(1), wide(-least(ofBlocks))));
  const below = mulWide(total, addWide(wide(1), wide(least(ofPoints))));
  return Math.abs(narrow(divWide(subWide(above, below), above)));
}

/** More steps than a gap in doubles asks for. */
const MORE_STEPS = 3;

function sharpened(p: WideProblem, start: WidePair): { readonly pair: WidePair; readonly gap: number } {
  const found = {
    S: p.blocks.filter(({ at, size }) => start.b.subarray(2 * at, 2 * (at + size)).some((x) => x !== 0)),
    A: Array.from({ length: p.N }, (_, n) => n).filter((n) => start.a[2 * n]! > 0),
  };
  let [best, pair]: [{ pair: WidePair; gap: number }, WidePair | null] = [
    { pair: start, gap: wideGap(p, start) },
    start,
  ];
  for (let i = 0; i < MORE_STEPS && pair !== null; i++) {
    pair = newton(p, found, pair, SURELY_NOTHING);
    if (pair === null || found.A.some((n) => pair!.a[2 * n]! < 0)) break;
    const gap = wideGap(p, pair);
    if (gap < best.gap) best = { pair, gap };
  }
  return best;
}

export function observedUniqueWide(p: WideProblem, found: WidePair): Unique {
  const { D, blocks } = p;
  const { pair, gap } = sharpened(p, found);
  const z = combineWide(p, pair.a);
  const b = narrowed(pair.b);
  const norm = primalNorm(b, blocks);
  const { ofBlocks, ofPoints } = slacksOf(p, pair);
  const total = p.c.reduce((sum, x, n) => sum + x * pair.a[2 * n]!, 0);
  const inner = narrow(dotWide(z, 0, pair.b, 0, D));
  const [common, peak] = [inner / total, inner / norm];
  const lost = ROOTS * Math.sqrt(Math.max(gap, LEAST_WIDE_GAP));
  const loose = Math.max(TIGHT, lost);
  const active = ofPoints.flatMap((slack, n) => ((1 + slack) / common - 1 < loose ? [n] : []));
  return settled(
    {
      tight: blocks.filter((_, k) => 1 - (1 - ofBlocks[k]!) / peak < loose),
      alive: blocks.filter((block) => (block.weight * lengthAt(b, block)) / norm > loose),
      active,
      carriers: active.filter((n) => pair.a[2 * n]! / peak > loose),
    },
    {
      radial: (points, on) =>
        points.length >= on.length &&
        wideRank(points.length, on.length, radialRows(p, points, z, on), lost) === on.length,
      moves: (points, on) => moves(p, points, z, on, false),
      whole: (points, on) => {
        const places = entriesOf(on);
        const M = wholeRows(p, points, places);
        return points.length <= places.length && wideRank(points.length, places.length, M, lost) === points.length;
      },
      shifts: (points, on) => shifts(p, points, on),
    },
  );
}
