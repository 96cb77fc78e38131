/**
 * Where a run went, in lines of a terminal table: the predicted direction where there is one, the limit (scaled to least
 * margin 1) or the end of the run, and the certified number that the claim is measured by. What is not there has no line.
 */
import type { ReachedPart, RunDocument } from "../../kernel/document.js";
import { STOP_REASONS } from "../../kernel/stop.js";
import { countOf, DASH, showBound, showLower, showNumber, showUpper, showVector, unitVector } from "../format.js";
import { kktWords, limitWords, standsStill, weightWords } from "../limit-words.js";
import { besideResidual, leastResidual, MEASURES, measureOf } from "../measure.js";
import { field, type Paint } from "./lines.js";

export function predictedLines(doc: RunDocument, paint: Paint): readonly string[] {
  const { predicted } = doc;
  if (predicted === null)
    return doc.theorem === null ? field("predicted", [`${DASH} (no theorem predicts a limit here)`], paint) : [];
  const norm = `least ${predicted.regularizer} norm ${showNumber(predicted.objective)}`;
  // Beside a limit it stands as that does, scaled to least margin 1; beside the end of a run as a direction.
  const shown = doc.reached?.limit == null ? unitVector(predicted.beta) : predicted.beta;
  return field("predicted", [showVector(shown), norm], paint);
}

/** What the claim is measured by; nothing where no certificate says anything. */
export function measureLines(doc: RunDocument, paint: Paint): readonly string[] {
  const { reached } = doc;
  if (reached === null) return [];
  const measure = measureOf(doc.claims);
  const least = leastResidual(doc);
  const from = least === null ? "" : `at least ${showLower(least)}, `;
  if (measure === "margin-gap")
    return reached.residual === null
      ? []
      : field(
          "margin gap",
          [`${from}at most ${showUpper(reached.residual)} of the best margin is missing; no solver trusted`],
          paint,
        );
  const beside = besideResidual(doc);
  if (measure !== "angle")
    return reached.residual === null
      ? []
      : [
          ...field(
            "residual",
            [
              `${from}at most ${showUpper(reached.residual)} (no unit): ${MEASURES[measure].means.replace("certified ", "")}`,
            ],
            paint,
          ),
          ...(beside === null ? [] : field(beside[0], [beside[1]], paint)),
        ];
  return field(
    "angle",
    [
      ...(reached.angleBound === null ? [] : [`certified     at most ${showBound(reached.angleBound)}`]),
      ...(reached.solverFreeBound === null
        ? []
        : [`no solver     at most ${showBound(reached.solverFreeBound)}, from the run and the data alone`]),
    ],
    paint,
  );
}

export function reachedLines(reached: ReachedPart | null, paint: Paint): readonly string[] {
  if (reached === null) return field("reached", [`${DASH} (nothing was trained)`], paint);
  const { limit } = reached;
  const still = standsStill(reached);
  if (still !== null) return field("reached", [still], paint);
  if (limit !== null)
    return [
      ...field("limit", [showVector(reached.beta), "scaled to least margin 1"], paint),
      ...field("followed to", limitWords(reached, limit), paint),
      ...field("weights", [weightWords(limit)], paint),
      ...field("network", [`residuals of its own: ${kktWords(limit)}`], paint),
    ];
  return [
    ...field("reached", [showVector(unitVector(reached.beta))], paint),
    ...field("log(1/loss)", [`${showNumber(reached.logInverseLoss)} after ${countOf(reached.steps, "step")}`], paint),
    ...field("ended", [STOP_REASONS[reached.stop]], paint),
  ];
}
