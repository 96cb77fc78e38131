/** What `predict` prints of an optimum, or of stationary points, in a few lines. */
import type { Nested } from "../kernel/document.js";
import type { Prediction, RegularizerOracle } from "../oracle/regularizers/index.js";

const four = (x: number): string => String(Number(x.toPrecision(6)));

/** Whether it is the only optimum; `how` says on what grounds, if that is not exact. */
const only = (value: boolean | null | undefined, one: string, how: string): string =>
  value === true
    ? `the only ${one}${how}`
    : value === false
      ? `not the only ${one}${how}`
      : `not known to be the only ${one}`;

const MOST_ROWS = 20;
const MOST_POINTS = 30;

function rowsOf(beta: Nested<number>, names: readonly string[] | null): string[] {
  const rows = beta
    .slice(0, MOST_ROWS)
    .map((b, d) => `  ${(names?.[d] ?? `x${d}`).padEnd(24)} ${[b].flat().map(four).join("  ")}`);
  return beta.length > MOST_ROWS ? [...rows, `  ... and ${beta.length - MOST_ROWS} more (--json - has all)`] : rows;
}

const carriersOf = (dual: readonly number[]): string =>
  `${dual.filter((a) => a > 0).length} of ${dual.length} points have a positive multiplier`;

function stationarySummary(oracle: RegularizerOracle, o: Prediction, names: readonly string[] | null): string {
  const { asked, points, complete, why, global } = o.stationary!;
  if (points.length === 0) return `no stationary point was certified: ${why}`;
  const lead = `${oracle.title}: ${oracle.objective} = ${four(o.objective ?? 0)}`;
  const list =
    asked === "all"
      ? [
          `${points.length} certified stationary points; ${complete ? "these are all there are" : `not known complete: ${why}`}`,
          global === null
            ? "which point is the global minimum is not decided"
            : `the first is the global minimum${complete ? ", by the complete list" : ""}`,
          ...points
            .slice(0, MOST_POINTS)
            .map(
              (p) => `  ${four(p.objective).padEnd(10)} support ${p.support.join(" ")}, active ${p.active.join(" ")}`,
            ),
          ...(points.length > MOST_POINTS ? [`  ... and ${points.length - MOST_POINTS} more (--json - has all)`] : []),
          "the first:",
        ]
      : ["one of several there may be, downhill from the start (--all-stationary seeks all)"];
  return [
    lead,
    `${carriersOf(o.dual ?? [])}; an exact point was enclosed by an interval Newton step`,
    ...list,
    ...rowsOf(o.beta ?? [], names),
  ].join("\n");
}

export function summary(oracle: RegularizerOracle, o: Prediction, names: readonly string[] | null): string {
  if (o.stationary !== undefined) return stationarySummary(oracle, o, names);
  const objective = o.objective ?? 0;
  const exact = o.certificate.kind === "exact-kkt";
  const observed = exact ? "" : " (observed)";
  return [
    `${oracle.title}${exact ? ", exact" : ""}: ${oracle.objective} = ${four(objective)}, margin = ${four(1 / objective)}`,
    exact
      ? `${carriersOf(o.dual ?? [])}; primal = dual exactly`
      : `${carriersOf(o.dual ?? [])}; certified relative gap at most ${(o.gap ?? 1).toExponential(1)}, no solver trusted`,
    `this optimum is ${only(o.unique?.beta, "one", observed)}, its multipliers are ${only(o.unique?.dual, "ones", observed)}`,
    ...rowsOf(o.beta ?? [], names),
  ].join("\n");
}
