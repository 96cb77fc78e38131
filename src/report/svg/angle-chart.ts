/**
 * The angle to the predicted direction along a run: bound in radians against log(1/loss), both axes logarithmic, with
 * the tolerance as a dashed line. Points that a logarithmic axis cannot hold are not dropped in silence: an angle of 0 is
 * a triangle on the floor of the picture, and points with log(1/loss) <= 0 (loss at least 1) are counted below it.
 */
import { line, symbol, symbolCircle, symbolTriangle } from "d3-shape";
import type { ReachedPart } from "../../kernel/document.js";
import { countOf, showAngle, showBound, showNumber, showUpper } from "../format.js";
import { type Markup, markup, px, when } from "../markup.js";
import { chart, emptyChart } from "./chart.js";
import { type Box, INK, isWide, label, type PictureOptions, stroke } from "./frame.js";
import { logScale, logTicks } from "./log-axis.js";
import { areaOf, place, type Spot } from "./place.js";

export interface AngleChartInput {
  readonly path: ReachedPart["path"];
  /** The angle (radians) that the claim asks for, or null. */
  readonly tolerance: number | null;
  /** Is the last point the limit of the run? Between the last look at the run and the limit nothing was recorded. */
  readonly limit: boolean;
}

type Point = ReachedPart["path"][number];

const TITLE = "Angle to the predicted direction";
/** Pixels between the lowest bound and the floor. */
const ROOM = 28;
const dot = symbol(symbolCircle, 34)() ?? "";
const floorMark = symbol(symbolTriangle, 48)() ?? "";

interface Drawn {
  readonly points: readonly Point[];
  /** The corners of the curve, in pixels. */
  readonly corners: readonly (readonly [number, number])[];
  readonly limit: boolean;
}

const CURVE = `fill:none;stroke:${INK.reached};stroke-width:2;stroke-linejoin:round`;
const through = (corners: Drawn["corners"]): string => line().digits(2)(corners as [number, number][]) ?? "";

function curve({ points, corners, limit }: Drawn): Markup {
  const seen = limit ? corners.slice(0, -1) : corners;
  const unseen = limit ? corners.slice(-2) : [];
  const marks = corners.map(([x, y], i) => {
    const shape = points[i]!.angleBound > 0 ? dot : floorMark;
    return markup`<path d="${shape}" transform="translate(${px(x)} ${px(y)})"/>`;
  });
  return markup`${when(seen.length > 1, () => markup`<path d="${through(seen)}" style="${CURVE}"/>`)}${when(
    unseen.length > 1,
    () => markup`<path d="${through(unseen)}" style="${CURVE};stroke-dasharray:2 5"/>`,
  )}<g style="fill:${INK.reached};stroke:${INK.paper};stroke-width:1">${marks}</g>`;
}

/** The last bound at the end of the curve, and the tolerance at its line, where they cover nothing. */
function labels({ points, corners, limit }: Drawn, tolerance: number | null, at: number, b: Box): Markup {
  const last = points[points.length - 1]!;
  const [x, y] = corners[corners.length - 1]!;
  const text = `${limit ? "limit: " : ""}${last.angleBound > 0 ? showUpper(last.angleBound) : "0"} rad`;
  const below: Spot = { x: x + 4, y: y + 20, anchor: "end" };
  const above: Spot = { x: x + 4, y: y - 12, anchor: "end" };
  const end = place(text, last.angleBound > 0 ? [below, above] : [above], corners, []);
  const value = label(end.x, end.y, text, { anchor: end.anchor, bold: true, rim: true });
  if (tolerance === null) return value;
  const name = `tolerance ${showNumber(tolerance)} rad`;
  const spots: readonly [Spot, ...Spot[]] = [
    { x: b.left + 8, y: at + 18, anchor: "start" },
    { x: b.right - 4, y: at - 8, anchor: "end" },
    { x: b.left + 8, y: at - 8, anchor: "start" },
    { x: b.right - 4, y: at + 18, anchor: "end" },
  ];
  const spot = place(name, spots, corners, [areaOf(text, end)]);
  const lineStyle = `stroke:${INK.tolerance};stroke-width:2;stroke-dasharray:7 5`;
  return markup`${stroke(b.left, at, b.right, at, lineStyle)}${label(spot.x, spot.y, name, { anchor: spot.anchor, ink: INK.tolerance, rim: true })}${value}`;
}

export function angleChart(input: AngleChartInput, o: PictureOptions): string {
  const usable = input.path.filter((p) => Number.isFinite(p.logInverseLoss) && p.angleBound >= 0);
  const points = usable.filter((p) => p.logInverseLoss > 0);
  const last = points[points.length - 1];
  if (last === undefined) return emptyChart(TITLE, "No point of the run can be drawn.", o);
  const wide = isWide(o);
  const left = points.length < usable.length ? usable.length - points.length : 0;
  const zeros = points.filter((p) => p.angleBound === 0).length;
  const tolerance = input.tolerance !== null && input.tolerance > 0 ? input.tolerance : null;
  const asides = [
    ...(zeros > 0 ? [`${countOf(zeros, "bound")} of 0 on the floor (triangles)`] : []),
    ...(left > 0 ? [`${countOf(left, "point")} with loss >= 1 not drawn`] : []),
    ...(input.limit && points.length > 1 ? ["dotted: on to the limit, no point recorded between"] : []),
  ];
  const height = (wide ? 360 : 280) + 20 * asides.length;
  const box: Box = { left: 56, right: o.width - 14, top: 52, bottom: height - 52 - 20 * asides.length };
  const bounds = [...points.map((p) => p.angleBound).filter((a) => a > 0), ...(tolerance === null ? [] : [tolerance])];
  const x = logScale(
    points.map((p) => p.logInverseLoss),
    [box.left + 6, box.right],
    [1.05, 1.05],
  );
  // Room below for the label of the last point; the axis goes on to the floor, where the zeros are.
  const y = logScale(bounds, [box.bottom - ROOM, box.top], [1.15, 1.15]);
  const corners = points.map((p) => [x(p.logInverseLoss), p.angleBound > 0 ? y(p.angleBound) : box.bottom] as const);
  return chart(
    {
      title: TITLE,
      vertical: "certified bound (rad, log scale)",
      description:
        `Certified bound of the angle in radians against log(1/loss), ${countOf(points.length, "point")}; ` +
        `the last is ${showBound(last.angleBound)}. ${tolerance === null ? "" : `Tolerance ${showAngle(tolerance)}. `}${asides.join("; ")}`.trim(),
      height,
      box,
      left: logTicks(y, 6, 20),
      bottom: logTicks(x, wide ? 9 : 5, wide ? 52 : 46),
      horizontal: "log(1/loss) (natural log, log scale)",
      marks: [
        curve({ points, corners, limit: input.limit }),
        labels({ points, corners, limit: input.limit }, tolerance, tolerance === null ? 0 : y(tolerance), box),
      ],
      asides,
    },
    o,
  );
}
