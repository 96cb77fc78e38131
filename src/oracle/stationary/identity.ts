/**
 * Are two certified stationary points of one problem the same? Never told from how near they are: two where their supports
 * differ, where both are known in rationals that differ, or where their enclosures are disjoint; one where these rationals are
 * equal, where the enclosure of one lies in the box in which the other is the only one with its support and active margins,
 * or, in the signal's own entries, where both have the same signs and margins of exactly 1 on the active points of both: the
 * conditions with all of those are the ones of a strictly convex minimum. Else it is not known. Cost: a few comparisons, and
 * small rational systems for points of different active margins.
 */
import type { Fixed } from "../../exact/fixed-interval.js";
import { equals, ONE, parseQ } from "../../exact/rational.js";
import { boxAround, followingMargins } from "../../exact/stationary-reading.js";
import { dotIntegers, equalVectors, type QVector } from "../../exact/vector.js";
import { signedRows } from "../../kernel/dataset.js";
import type { StationaryPoint } from "./certify.js";
import type { StationaryProblem } from "./problem.js";

export type Identity = "one" | "two" | "unknown";

/** The point itself, where its predictor is that. */
export const exactOf = ({ beta, certificate }: StationaryPoint): QVector | null =>
  certificate.distance.upper === "0" ? beta : null;

const alike = (a: readonly number[], b: readonly number[]): boolean => a.join() === b.join();

/** Its enclosure lies in the box of the other, so that this is about the zero there. */
function liesIn({ enclosure }: StationaryPoint, { certificate }: StationaryPoint, sizes: readonly number[]): boolean {
  const center = certificate.center.map((x) => parseQ(x)!);
  const box = boxAround(sizes, { center, radius: parseQ(certificate.radius)! });
  return box.every(({ lo, hi }, i) => lo <= enclosure[i]!.lo && enclosure[i]!.hi <= hi);
}

const disjoint = (a: Fixed, b: Fixed): boolean => a.hi < b.lo || b.hi < a.lo;

/** Both have margins of exactly 1 on the active points of both. */
function shareMargins({ data, penalty }: StationaryProblem, a: StationaryPoint, b: StationaryPoint): boolean {
  const rows = { rows: signedRows(data), scale: data.scale };
  const meets = (point: StationaryPoint, others: readonly number[]): boolean => {
    const exact = exactOf(point);
    const missing = others.filter((n) => !point.active.includes(n));
    if (exact !== null) return missing.every((n) => dotIntegers(rows.rows[n]!, exact.n) === rows.scale * exact.d);
    if (missing.length === 0) return true;
    const following = followingMargins(rows, penalty, point.support, point.active);
    return missing.every((n) => {
      const margin = following(n);
      return margin !== null && margin !== "long" && equals(margin, ONE);
    });
  };
  return meets(a, b.active) && meets(b, a.active);
}

export function identity(problem: StationaryProblem, a: StationaryPoint, b: StationaryPoint): Identity {
  if (!alike(a.support, b.support)) return "two";
  const [u, v] = [exactOf(a), exactOf(b)];
  if (u !== null && v !== null) return equalVectors(u, v) ? "one" : "two";
  const parts = a.support.map((k) => problem.blocks[k]!.parts);
  const count = parts.reduce((sum, own) => sum + own, 0);
  for (let i = 0; i < count; i++) if (disjoint(a.enclosure[i]!, b.enclosure[i]!)) return "two";
  if (alike(a.active, b.active)) {
    const sizes = [...parts, ...a.active.map(() => 1)];
    if (liesIn(a, b, sizes) || liesIn(b, a, sizes)) return "one";
  }
  if (problem.penalty.space !== "signal") return "unknown";
  const signs = (point: StationaryPoint): boolean[] =>
    point.support.map((_, i) => parseQ(point.certificate.center[i])!.n > 0n);
  if (signs(a).some((s, i) => s !== signs(b)[i])) return "two";
  return shareMargins(problem, a, b) ? "one" : "unknown";
}

/** How a point stands to a list of different ones: one of them, certainly none of them, or not known. */
export function among(
  problem: StationaryProblem,
  points: readonly StationaryPoint[],
  point: StationaryPoint,
): Identity {
  let answer: Identity = "two";
  for (const other of points) {
    const own = identity(problem, other, point);
    if (own === "one") return own;
    if (own === "unknown") answer = own;
  }
  return answer;
}

/** What a list says of a point that is left out for that. */
export const unclear = ({ support, active }: StationaryPoint): string =>
  `support {${support.join(", ")}}, active {${active.join(", ")}}: the enclosures do not tell this point from another one`;
