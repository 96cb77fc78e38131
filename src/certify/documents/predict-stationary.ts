/**
 * A prediction of stationary points: every shown point is that of its own accepted certificate, for the penalty that the
 * document names; the document's own numbers are those of the first, and points are by objective. That the list is complete,
 * and that a point is the global minimum, rests on an enumeration that no certificate holds: it is not judged.
 */
import { add, compare, mul, neg, parseQ, type Q, q, sub, toNumber, ZERO } from "../../exact/rational.js";
import { isRecord } from "../reading.js";
import { isFiniteNumber, type Judged, type Part, sameNumbers, sameTexts } from "./finding.js";

/** How loosely a certificate may bound what a document shows as a number. */
const TIGHT = q(1n, 10n ** 9n);
const ONE_NUMBER = q(1n, 10n ** 15n);

/** The point, its multipliers and its penalty are as good as known: else any number could be shown. */
function isTight(c: Part): boolean {
  const [distance, radius] = [parseQ((c.distance as Part).upper), parseQ(c.radius)];
  const [lower, upper] = [parseQ((c.objective as Part).lower), parseQ((c.objective as Part).upper)];
  if (distance === null || radius === null || lower === null || upper === null) return false;
  return (
    compare(distance, TIGHT) <= 0 &&
    compare(radius, TIGHT) <= 0 &&
    lower.n > 0n &&
    compare(sub(upper, lower), mul(ONE_NUMBER, lower)) <= 0
  );
}

/** The coefficients of a certificate's point: `center` without the multipliers; the largest of them in modulus. */
function coefficientsIn({ center, active }: Part): { readonly c: readonly Q[]; readonly width: Q } {
  const all = (center as readonly unknown[]).map((x) => parseQ(x)!);
  const c = all.slice(0, all.length - (active as readonly unknown[]).length);
  return { c, width: c.map(absolute).reduce((m, x) => (compare(x, m) > 0 ? x : m), ZERO) };
}

/** Two points are two where their supports differ, or their boxes are certainly disjoint. */
function areTwo(a: Part, b: Part): boolean {
  if (!sameList(a.support, b.support)) return true;
  const [p, q] = [coefficientsIn(a), coefficientsIn(b)];
  const apart = add(mul(parseQ(a.radius)!, p.width), mul(parseQ(b.radius)!, q.width));
  return p.c.some((x, i) => compare(absolute(sub(x, q.c[i]!)), apart) > 0);
}

const absolute = (x: Q): Q => (x.n < 0n ? neg(x) : x);
const sameList = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

const double = (text: unknown): number => toNumber(parseQ(text)!);

/** "bridge:2/3" of the penalty {space: "signal", p: "2/3"}. */
const nameOf = (penalty: Part): string => `${penalty.space === "fourier" ? "fourier-" : ""}bridge:${String(penalty.p)}`;

function isPoint(shown: Part, { certificate: c, judgment }: Judged, regularizer: unknown): boolean {
  if (!judgment.accepted || judgment.kind !== "stationary-point" || nameOf(c.penalty as Part) !== regularizer)
    return false;
  const [active, center] = [c.active as readonly number[], c.center as readonly unknown[]];
  const { dual } = shown;
  const multipliers = center.slice(center.length - active.length).map(double);
  return (
    isTight(c) &&
    sameTexts(shown.betaExact, c.reached) &&
    sameNumbers(shown.beta, c.reached) &&
    shown.objective === double((c.objective as Part).lower) &&
    sameTexts(shown.support, c.support) &&
    sameTexts(shown.active, c.active) &&
    Array.isArray(dual) &&
    dual.length === ((c.data as Part).y as readonly unknown[]).length &&
    dual.every((a, n) => a === (multipliers[active.indexOf(n)] ?? 0))
  );
}

/** `judged` are the certificates of the document in its order: its own, then those of its points. */
export function isStationary(doc: Part, judged: readonly Judged[]): boolean {
  const { stationary: s } = doc;
  if (!isRecord(s) || !Array.isArray(s.points) || judged.length !== s.points.length + 1) return false;
  const points: readonly unknown[] = s.points;
  const own = judged.find(({ where }) => where === "certificate");
  const rest = judged.filter((j) => j !== own);
  const empty = ["objectiveSquared", "dualExact", "gap", "unique"].every((key) => doc[key] === null);
  const words =
    (s.asked === "all" || (s.asked === "from-start" && points.length <= 1 && s.complete === false)) &&
    typeof s.complete === "boolean" &&
    (s.why === null || typeof s.why === "string") &&
    (s.global === null || (s.complete === true && s.global === 0 && points.length > 0));
  if (own === undefined || !empty || doc.objectiveExact !== undefined || !words) return false;
  if (points.length === 0)
    return (
      own.judgment.accepted &&
      own.judgment.kind === "separation" &&
      ["beta", "betaExact", "objective", "dual"].every((key) => doc[key] === null)
    );
  let last = Number.NEGATIVE_INFINITY;
  const seen: Part[] = [];
  for (const [i, shown] of points.entries()) {
    const at = rest.find(({ where }) => where === `stationary.points[${i}].certificate`);
    if (!isRecord(shown) || at === undefined || !isPoint(shown, at, doc.regularizer)) return false;
    if (!isFiniteNumber(shown.objective) || shown.objective < last) return false;
    if (!sameList((at.certificate as Part).data, own.certificate.data)) return false;
    if (seen.some((other) => !areTwo(other, at.certificate))) return false;
    seen.push(at.certificate);
    last = shown.objective;
  }
  const first = points[0] as Part;
  return (
    sameList(own.certificate, first.certificate) &&
    ["beta", "betaExact", "objective", "dual"].every((key) => sameList(doc[key], first[key]))
  );
}
