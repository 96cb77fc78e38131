/** The document of `limit` for a terminal: where the direction ends, how well the network itself fits there, the three phases. */
import type { LimitDocument } from "../../kernel/limit-document.js";
import { countOf, showAngle, showCount, showNumber, showUpper, showVector } from "../format.js";
import { oneLine } from "../text.js";
import { field, painter, paragraph, rule } from "./lines.js";

/** log(1/loss) from its logarithm: itself while it is a number that people read, else a power of ten in words. */
function lossWords(logLog: number): string {
  const power = logLog / Math.LN10;
  return power < 6 ? `log(1/loss) = 10^${power.toFixed(1)}` : `loss = exp(-10^${Math.round(power)})`;
}

const rateWords = ({ power, why }: LimitDocument["rate"]): string =>
  power === null ? `rate unknown: ${why}` : `the distance falls like |w|^(-${power.toPrecision(3)}): ${why}`;

function pointWords({
  active,
  unknowns,
  vertex,
  unique,
  isolated,
  degenerate,
}: NonNullable<LimitDocument["point"]>): string[] {
  return [
    `${countOf(active, "active margin")}, ${countOf(unknowns, "unknown")}${vertex ? ": a vertex" : ""}`,
    unique.value === null
      ? `${isolated === true ? "isolated; " : ""}whether unique: not told, ${unique.why}`
      : `${unique.value ? "the only optimum" : "not the only optimum"}: ${unique.why}`,
    ...(degenerate === null ? [] : [`degenerate: ${degenerate}`]),
  ];
}

const WHAT: Readonly<Record<string, string>> = {
  loss: "log log(1/loss) grows with log|w|",
  direction: "predictor, direction",
  "gradient-direction": "gradient, direction",
  phases: "gradient, phases block by block",
  margin: "least normalized margin",
};

/** One line: what moves, how its speed falls, what is left. */
function monitorWords({ id, value, rate, rateError, remainder }: LimitDocument["monitors"][number]): string {
  const slope = rate === null ? "unknown, too few samples" : `${rate.toPrecision(3)} +- ${showNumber(rateError)}`;
  if (id === "loss") return `${WHAT[id]}: slope ${slope}, at ${showNumber(value)}`;
  const left = remainder === null ? "left to go: not told" : `left to go: ${showUpper(remainder)}`;
  return `${WHAT[id] ?? id}${id === "margin" ? ` ${showNumber(value)}` : ""}: falls like log(1/loss)^(-r), r ${rate === null ? "" : "= "}${slope}; ${left}`;
}

export function limitTable(doc: LimitDocument, data: string, color: boolean): string {
  const paint = painter(color);
  const { beta, dual, kkt, phases, blocks, basin, point, monitors } = doc;
  const { descent, continuation, finish, polish } = phases;
  const lines = [
    ...paragraph(paint.bold(doc.stop === "goal-met" ? "limit reached" : "no limit"), 0),
    ...paragraph(doc.why, 2),
    rule(),
    ...field("data", [oneLine(data)], paint),
  ];
  if (beta !== null) lines.push(...field("limit", [showVector(beta), "scaled to least margin 1"], paint));
  if (point !== null)
    lines.push(
      ...field(
        "error bar",
        [doc.errorBar === null ? "cannot be told" : `${showUpper(doc.errorBar)} rad`, rateWords(doc.rate)],
        paint,
      ),
      ...field("point", pointWords(point), paint),
    );
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
      ...field(
        "weights",
        [
          `${countOf(active, "point")} of ${showCount(dual.length)} carry the limit`,
          ...(doc.weightsMoved === null
            ? []
            : [`total variation ${showNumber(doc.weightsMoved)} from the softmax at the end of descent`]),
        ],
        paint,
      ),
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
        ...(polish === null
          ? []
          : [
              `polish: Newton moved it by ${showAngle(polish.moved)} (stationarity before: ${showNumber(polish.before.stationarity)})`,
            ]),
      ],
      paint,
    ),
    ...(monitors.length === 0 ? [] : field("seen", monitors.map(monitorWords), paint)),
    rule(),
  );
  return lines.join("\n");
}
