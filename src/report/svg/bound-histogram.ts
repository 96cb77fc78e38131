/**
 * How the certified bounds of a campaign (angles, or residuals without unit) are distributed: counts of cases over a logarithmic axis, with the median
 * and, where it is known, the tolerance. Bounds of 0, and next to 0, stand apart at the left; cases without a bound are counted below.
 */
import { scaleLinear } from "d3-scale";
import { countOf, showAngle, showCount, showNumber } from "../format.js";
import { type Markup, markup, px } from "../markup.js";
import { type Measure, showMeasure } from "../measure.js";
import { chart, emptyChart } from "./chart.js";
import { type Box, INK, isWide, label, type PictureOptions, stroke, textWidth } from "./frame.js";
import { type LogScale, logScale, logTicks, powerLabel } from "./log-axis.js";

export interface BoundHistogramInput {
  readonly measure: Measure;
  /** Certified bounds; null where a case has none. */
  readonly bounds: readonly (number | null)[];
  /** As the document states it, or null. */
  readonly median: number | null;
  readonly tolerance: number | null;
}

const TITLES: Readonly<Record<Measure, string>> = {
  angle: "Certified angle bounds of the cases",
  "margin-gap": "Certified margin gaps of the cases",
  "bridge-residual": "Certified residuals of the cases",
  "kkt-residual": "Certified residuals of the cases",
};
const AXES: Readonly<Record<Measure, string>> = {
  angle: "bound of the angle (rad, log scale)",
  "margin-gap": "margin gap (no unit, log scale)",
  "bridge-residual": "largest residual (no unit, log scale)",
  "kkt-residual": "largest residual (no unit, log scale)",
};
/** Below this a bound tells of the width of an enclosure and not of a run (doubles end at 1e-16): it stands with the zeros. */
const LEAST = 1e-18;
const MEDIAN = "stroke:currentColor;stroke-width:1.5";
const TOLERANCE = `stroke:${INK.tolerance};stroke-width:2;stroke-dasharray:7 5`;

/** A vertical line with a word on top, kept inside the picture. */
function marker(x: number, text: string, line: string, ink: string, row: number, b: Box): Markup {
  const half = textWidth(text) / 2;
  const at = Math.min(Math.max(x, half), b.right - half);
  const y = b.top - 8 - row * 18;
  return markup`${stroke(x, y + 4, x, b.bottom, line)}${label(at, y, text, { anchor: "middle", ink, rim: true })}`;
}

function countsOf(values: readonly number[], scale: LogScale, b: Box, bins: number, start: number): readonly number[] {
  const counts = Array.from({ length: bins }, () => 0);
  for (const v of values) {
    const k = Math.floor(((scale(v) - start) / (b.right - start)) * bins);
    counts[Math.min(bins - 1, Math.max(0, k))]! += 1;
  }
  return counts;
}

export function boundHistogram(input: BoundHistogramInput, o: PictureOptions): string {
  const known = input.bounds.filter((v) => v !== null && Number.isFinite(v) && v >= 0) as number[];
  const sorted = [...known].sort((p, q) => p - q);
  const positive = sorted.filter((v) => v >= LEAST);
  const zeros = sorted.length - positive.length;
  const missing = input.bounds.length - known.length;
  if (sorted.length === 0) return emptyChart(TITLES[input.measure], "No case has a certified bound.", o);
  const tolerance = input.tolerance !== null && input.tolerance > 0 ? input.tolerance : null;
  const height = (isWide(o) ? 300 : 270) + (missing > 0 ? 20 : 0);
  const top = 56 + (input.median === null ? 0 : 18) + (tolerance === null ? 0 : 18);
  const box: Box = { left: 44, right: o.width - 10, top, bottom: height - (missing > 0 ? 72 : 52) };
  const least = sorted.every((v) => v === 0 || v >= LEAST) ? "0" : `< ${powerLabel(LEAST)}`;
  const apart = zeros === 0 ? 0 : 26 + textWidth(least);
  const start = box.left + apart;
  const x = logScale([...positive, ...(tolerance === null ? [] : [tolerance])], [start, box.right], [1.25, 1.25]);
  const bins = isWide(o) ? 30 : 16;
  const counts = countsOf(positive, x, box, bins, start);
  const most = Math.max(zeros, ...counts);
  const y = scaleLinear([0, most], [box.bottom, box.top]).nice(4);
  const slot = (box.right - start) / bins;
  const bar = (left: number, width: number, n: number): Markup =>
    markup`<rect x="${px(left + 0.75)}" y="${px(y(n))}" width="${px(width - 1.5)}" height="${px(box.bottom - y(n))}"/>`;
  const at = (v: number): number => (v >= LEAST ? x(v) : box.left + (apart - 8) / 2);
  const largest = sorted[sorted.length - 1]!;
  const ticks = positive.length === 0 ? [] : logTicks(x, isWide(o) ? 9 : 5, 46);
  const middle = input.measure === "angle" ? showAngle(input.median) : showNumber(input.median);
  const unfinished = missing > 0 ? `${countOf(missing, "case")} without a bound not drawn` : "";
  const marks = [
    markup`<g style="fill:${INK.predicted}">${[
      ...(zeros > 0 ? [bar(box.left, apart - 8, zeros)] : []),
      ...counts.flatMap((n, k) => (n === 0 ? [] : [bar(start + k * slot, slot, n)])),
    ]}</g>`,
    ...(input.median !== null && input.median >= 0
      ? [marker(at(input.median), `median ${showNumber(input.median)}`, MEDIAN, "currentColor", 0, box)]
      : []),
    ...(tolerance === null
      ? []
      : [
          marker(
            x(tolerance),
            `tolerance ${showNumber(tolerance)}`,
            TOLERANCE,
            INK.tolerance,
            Number(input.median !== null),
            box,
          ),
        ]),
  ];
  return chart(
    {
      title: TITLES[input.measure],
      vertical: "number of cases",
      description:
        `${countOf(sorted.length, "case")}; median ${middle}, largest ${showMeasure(input.measure, largest)}. ${unfinished}`.trim(),
      height,
      box,
      left: y
        .ticks(4)
        .filter(Number.isInteger)
        .map((t) => ({ at: y(t), label: showCount(t) })),
      bottom: [...(zeros > 0 ? [{ at: at(0), label: least }] : []), ...ticks],
      horizontal: AXES[input.measure],
      marks,
      asides: unfinished === "" ? [] : [unfinished],
    },
    o,
  );
}
