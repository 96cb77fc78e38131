/**
 * A prediction of stationary points: every shown point is that of its own accepted certificate, for the penalty that the
 * document names; the document's own numbers are those of the first, and points are by objective. That the list is complete,
 * and that a point is the global minimum, rests on an enumeration that no certificate holds: it is not judged.
 */
import { parseQ, toNumber } from "../../exact/rational.js";
import { isRecord } from "../reading.js";
import { isFiniteNumber, type Judged, type Part, sameNumbers, sameTexts } from "./finding.js";

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

const sameList = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

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
  for (const [i, shown] of points.entries()) {
    const at = rest.find(({ where }) => where === `stationary.points[${i}].certificate`);
    if (!isRecord(shown) || at === undefined || !isPoint(shown, at, doc.regularizer)) return false;
    if (!isFiniteNumber(shown.objective) || shown.objective < last) return false;
    if (!sameList((at.certificate as Part).data, own.certificate.data)) return false;
    last = shown.objective;
  }
  const first = points[0] as Part;
  return (
    sameList(own.certificate, first.certificate) &&
    ["beta", "betaExact", "objective", "dual"].every((key) => sameList(doc[key], first[key]))
  );
}
