/**
 * The angle to the predicted direction along a run: bound in radians against log(1/loss), both axes logarithmic, with
 * the tolerance as a dashed line. Points that a logarithmic axis cannot hold are not dropped in silence: an angle of 0 is
 * a triangle on the floor of the picture, and points with log(1/loss) <= 0 (loss at least 1) are counted below it.
 */
import { line, symbol, symbolCircle, symbolTriangle } from "d3-shape";
import type { ReachedPart } from "../../kernel/document.js";
import { countOf, showAngle, showUpper } from "../format.js";
import { type Markup, markup, px } from "../markup.js";
import {
  type Box,
  bottomAxis,
  fitLabel,
  heading,
  INK,
  isWide,
  label,
  leftAxis,
  type PictureOptions,
  picture,
  stroke,
} from "./frame.js";
import { type LogScale, logScale, logTicks } from "./log-axis.js";

export interface AngleChartInput {
  readonly path: ReachedPart["path"];
  /** The angle (radians) that the claim asks for, or null. */
  readonly tolerance: number | null;
}

type Point = ReachedPart["path"][number];

const TITLE = "Angle to the predicted direction";
const dot = symbol(symbolCircle, 34)() ?? "";
const floorMark = symbol(symbolTriangle, 48)() ?? "";

function emptyChart(o: PictureOptions): string {
  const text = "No point of the run can be drawn.";
  const body = [heading(TITLE, ""), label(0, 48, text, { ink: INK.muted })];
  return picture({ ...o, height: 64, title: TITLE, description: text, body });
}

function toleranceLine(tolerance: number, y: LogScale, b: Box): Markup {
  const at = y(tolerance);
  return markup`${stroke(b.left, at, b.right, at, `stroke:${INK.tolerance};stroke-width:2;stroke-dasharray:7 5`)}${label(
    b.left + 8,
    at + 18,
    `tolerance ${showUpper(tolerance)} rad`,
    { ink: INK.tolerance, rim: true },
  )}`;
}

function curve(points: readonly Point[], x: LogScale, y: LogScale, b: Box): Markup {
  const height = (p: Point): number => (p.angleBound > 0 ? y(p.angleBound) : b.bottom);
  const path =
    line<Point>()
      .x((p) => x(p.logInverseLoss))
      .y(height)
      .digits(2)(points) ?? "";
  const marks = points.map((p) => {
    const at = `translate(${px(x(p.logInverseLoss))} ${px(height(p))})`;
    return markup`<path d="${p.angleBound > 0 ? dot : floorMark}" transform="${at}"/>`;
  });
  const last = points[points.length - 1]!;
  const text = last.angleBound > 0 ? `${showUpper(last.angleBound)} rad` : "0 rad";
  const above = last.angleBound === 0 || y(last.angleBound) > b.bottom - 26;
  const end = label(x(last.logInverseLoss) - 2, height(last) + (above ? -12 : 22), text, {
    anchor: "end",
    bold: true,
    rim: true,
  });
  return markup`<path d="${path}" style="fill:none;stroke:${INK.reached};stroke-width:2;stroke-linejoin:round"/><g style="fill:${INK.reached};stroke:${INK.paper};stroke-width:1">${marks}</g>${end}`;
}

export function angleChart(input: AngleChartInput, o: PictureOptions): string {
  const usable = input.path.filter((p) => Number.isFinite(p.logInverseLoss) && p.angleBound >= 0);
  const points = usable.filter((p) => p.logInverseLoss > 0);
  const last = points[points.length - 1];
  if (last === undefined) return emptyChart(o);
  const wide = isWide(o);
  const left = points.length < usable.length ? usable.length - points.length : 0;
  const zeros = points.filter((p) => p.angleBound === 0).length;
  const tolerance = input.tolerance !== null && input.tolerance > 0 ? input.tolerance : null;
  const height = wide ? 380 : 300;
  const box: Box = { left: 56, right: o.width - 14, top: 52, bottom: height - (left + zeros > 0 ? 72 : 52) };
  const bounds = [...points.map((p) => p.angleBound).filter((a) => a > 0), ...(tolerance === null ? [] : [tolerance])];
  const x = logScale(
    points.map((p) => p.logInverseLoss),
    [box.left + 6, box.right],
    [1.05, 1.05],
  );
  const y = logScale(bounds, [box.bottom, box.top], [1.6, 1.15]);
  const asides = [
    ...(zeros > 0 ? [`${countOf(zeros, "bound")} of 0 on the floor (triangles)`] : []),
    ...(left > 0 ? [`${countOf(left, "point")} with loss >= 1 not drawn`] : []),
  ].join("; ");
  return picture({
    ...o,
    height,
    title: TITLE,
    description:
      `Certified bound of the angle in radians against log(1/loss), ${countOf(points.length, "point")}; ` +
      `the last is ${showAngle(last.angleBound)}. ${tolerance === null ? "" : `Tolerance ${showAngle(tolerance)}. `}${asides}`.trim(),
    body: [
      heading(TITLE, fitLabel("certified bound (rad, log scale)", o.width)),
      leftAxis(logTicks(y, 6, 20), box),
      bottomAxis(logTicks(x, wide ? 9 : 5, wide ? 52 : 46), box, "log(1/loss) (natural log, log scale)"),
      ...(tolerance === null ? [] : [toleranceLine(tolerance, y, box)]),
      curve(points, x, y, box),
      ...(asides === "" ? [] : [label(0, height - 6, fitLabel(asides, o.width), { ink: INK.muted })]),
    ],
  });
}
