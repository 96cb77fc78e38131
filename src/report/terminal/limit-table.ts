/** The document of `limit` for a terminal: where the direction ends, how well the network itself fits there, the three phases. */
import type { LimitDocument } from "../../kernel/document.js";
import { countOf, showAngle, showCount, showNumber, showVector } from "../format.js";
import { oneLine } from "../text.js";
import { field, painter, paragraph, rule } from "./lines.js";

/** log(1/loss) from its logarithm: itself while it is a number that people read, else a power of ten in words. */
function lossWords(logLog: number): string {
  const power = logLog / Math.LN10;
  return power < 6 ? `log(1/loss) = 10^${power.toFixed(1)}` : `loss = exp(-10^${Math.round(power)})`;
}

export function limitTable(doc: LimitDocument, data: string, color: boolean): string {
  const paint = painter(color);
  const { beta, dual, kkt, phases, blocks, basin } = doc;
  const { descent, continuation, finish } = phases;
  const lines = [
    ...paragraph(paint.bold(doc.stop === "goal-met" ? "limit reached" : "no limit"), 0),
    ...paragraph(doc.why, 2),
    rule(),
    ...field("data", [oneLine(data)], paint),
  ];
  if (beta !== null) lines.push(...field("limit", [showVector(beta), "scaled to least margin 1"], paint));
  if (kkt !== null)
    lines.push(
      ...field(
        "residuals",
        [
          `stationarity ${showNumber(kkt.stationarity)}, sine of the angle between w and J(w)^T sum q_n y_n x_n`,
          `complementarity ${showNumber(kkt.complementarity)}, feasibility ${showNumber(kkt.feasibility)}`,
        ],
        paint,
      ),
    );
  if (dual !== null) {
    const active = dual.filter((q) => q > 0).length;
    lines.push(
      ...field("weights", [`${countOf(active, "point")} of ${showCount(dual.length)} carry the limit`], paint),
    );
  }
  if (blocks !== null && blocks.dead + blocks.oneSigned > 0)
    lines.push(
      ...field(
        "forbidden",
        [
          `by the initialization, exactly: ${blocks.dead} of ${blocks.total} blocks are dead, ${blocks.oneSigned} keep their sign`,
        ],
        paint,
      ),
    );
  if (basin !== null)
    lines.push(
      ...field(
        "basin",
        [
          "here the limit depends on the path: this is where these steps lead, and other initializations may lead elsewhere",
          `steps made finer ${basin.refined === 1 ? "once" : `${basin.refined} times`} by 8, until two limits in a row agreed (to ${showAngle(basin.apart)})`,
        ],
        paint,
      ),
    );
  lines.push(
    ...field(
      "phases",
      [
        `descent: ${countOf(descent.steps, "step")}, to log(1/loss) = ${showNumber(descent.logInverseLoss)}`,
        continuation === null
          ? "continuation: none"
          : `continuation: ${countOf(continuation.steps, "step")}, to ${lossWords(continuation.logLogInverseLoss)}`,
        ...(finish === null
          ? []
          : [
              `finish: over the living blocks, moved by ${showAngle(finish.moved)}, duality gap ${showNumber(finish.gap)} (stationarity before: ${showNumber(finish.before.stationarity)})`,
            ]),
      ],
      paint,
    ),
    rule(),
  );
  return lines.join("\n");
}
