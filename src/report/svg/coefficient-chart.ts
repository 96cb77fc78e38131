/**
 * The predicted direction beside the reached one, coordinate by coordinate, both as unit vectors. Few coordinates: a row
 * each, with its name. More: grouped bars over the index. More than 40: lollipops. Predicted is filled and round, reached
 * is hatched or an open diamond, so that print and color-blind readers tell them apart.
 */
import { scaleLinear } from "d3-scale";
import { coordinateNames, countOf, showNumber, unitVector } from "../format.js";
import type { Markup } from "../markup.js";
import { chart, emptyChart } from "./chart.js";
import { type Box, fitLabel, INK, isWide, label, type PictureOptions, stroke, type Tick, textWidth } from "./frame.js";
import { bars, hatch, key, lollipops, type Pair, rows } from "./pairs.js";

export interface CoefficientChartInput {
  readonly predicted: readonly number[] | null;
  readonly reached: readonly number[] | null;
  readonly shape: readonly number[];
  readonly features: readonly string[] | null;
  /** Is `reached` the limit of the run? */
  readonly limit: boolean;
}

const PREDICTED = "Predicted direction";
const MOST_ROWS = 12;
const MOST_BARS = 40;
/** Beyond this many coordinates a picture of this width shows nothing. */
const MOST_DRAWN = 512;

function valueScale(pairs: readonly Pair[], range: readonly [number, number]): ReturnType<typeof scaleLinear<number>> {
  const values = pairs.flatMap((p) => [p.predicted ?? 0, p.reached ?? 0]);
  const low = values.reduce((a, b) => Math.min(a, b), 0);
  const high = values.reduce((a, b) => Math.max(a, b), 0);
  return scaleLinear(low === high ? [-1, 1] : [low, high], range).nice(5);
}

/** Ticks below the index: the first coordinate of each row of an array, else round numbers. */
function indexTicks(count: number, shape: readonly number[], at: (i: number) => number, gap: number): readonly Tick[] {
  const inner = shape.length > 1 ? shape.slice(1).reduce((a, b) => a * b, 1) : 1;
  const step = [1, 2, 5, 10, 20, 25, 50, 100, 200].find((s) => at(s) - at(0) >= gap) ?? count;
  const starts =
    inner > 1 && at(inner) - at(0) >= gap
      ? Array.from({ length: Math.ceil(count / inner) }, (_, r) => r * inner)
      : Array.from({ length: count }, (_, i) => i).filter((i) => i === 0 || (i + 1) % step === 0);
  return starts
    .filter((i, k) => k !== 0 || starts.length === 1 || at(starts[1]!) - at(i) >= gap)
    .map((i) => ({ at: at(i), label: String(i + 1) }));
}

/** What differs between the two ways to draw the pairs. */
interface Layout {
  readonly height: number;
  readonly box: Box;
  readonly left: readonly Tick[];
  readonly bottom: readonly Tick[];
  readonly horizontal: string;
  readonly marks: readonly Markup[];
}

function inRows(pairs: readonly Pair[], o: PictureOptions): Layout {
  const room = isWide(o) ? 200 : 130;
  const names = pairs.map((p) => fitLabel(p.name, room));
  const left = Math.min(room, Math.max(...names.map(textWidth))) + 14;
  const box: Box = { left, right: o.width - 14, top: 70, bottom: 70 + pairs.length * 36 + 4 };
  const x = valueScale(pairs, [box.left, box.right]);
  const values =
    [8, 6, 5, 4, 3].map((n) => x.ticks(n)).find((t) => t.length * 48 <= box.right - box.left) ?? x.ticks(2);
  const bottom = values.map((t) => ({ at: x(t), label: showNumber(t) }));
  const marks = [
    ...bottom.map((t) => stroke(t.at, box.top, t.at, box.bottom, `stroke:${INK.grid};stroke-width:1`)),
    ...names.map((name, i) => label(box.left - 10, box.top + i * 36 + 24, name, { anchor: "end" })),
    rows(pairs, x, box.top + 2, 36, o.id),
    stroke(x(0), box.top, x(0), box.bottom, "stroke:currentColor;stroke-width:1"),
  ];
  return { height: box.bottom + 48, box, left: [], bottom, horizontal: "coefficient (no unit)", marks };
}

function overIndex(pairs: readonly Pair[], shape: readonly number[], o: PictureOptions): Layout {
  const height = isWide(o) ? 340 : 300;
  const box: Box = { left: 52, right: o.width - 8, top: 76, bottom: height - 48 };
  const y = valueScale(pairs, [box.bottom, box.top]);
  const slot = (box.right - box.left) / pairs.length;
  const at = (i: number): number => box.left + (i + 0.5) * slot;
  const draw = pairs.length > MOST_BARS ? lollipops : bars;
  return {
    height,
    box,
    left: y.ticks(6).map((t) => ({ at: y(t), label: showNumber(t) })),
    bottom: indexTicks(pairs.length, shape, at, 30),
    horizontal: shape.length > 1 ? `coordinate (of ${shape.join("x")}, row by row)` : "coordinate (index)",
    marks: [
      draw(pairs, y, at, slot, o.id),
      stroke(box.left, y(0), box.right, y(0), "stroke:currentColor;stroke-width:1"),
    ],
  };
}

export function coefficientChart(input: CoefficientChartInput, o: PictureOptions): string {
  const predicted = input.predicted === null ? null : unitVector(input.predicted);
  const reached = input.reached === null ? null : unitVector(input.reached);
  const count = Math.max(predicted?.length ?? 0, reached?.length ?? 0);
  const names = coordinateNames(count, input.shape, input.features);
  const end = input.limit ? "limit" : "reached";
  const both = `Predicted and ${end} direction`;
  const alone = input.limit ? "Limit direction" : "Reached direction";
  const drawn = Math.min(count, MOST_DRAWN);
  const pairs = Array.from(
    { length: drawn },
    (_, i): Pair => ({ name: names[i] ?? "", predicted: predicted?.[i] ?? null, reached: reached?.[i] ?? null }),
  );
  if (pairs.length === 0) return emptyChart(both, "There is no direction to draw.", o);
  const aside = drawn < count ? ` (the first ${drawn} of ${count} coordinates)` : "";
  const layout = count <= MOST_ROWS ? inRows(pairs, o) : overIndex(pairs, input.shape, o);
  const style = count > MOST_BARS ? "points" : "bars";
  const absent = [
    ...(predicted === null ? ["There is no predicted direction."] : []),
    ...(reached === null ? [`There is no ${end} direction.`] : []),
  ].join(" ");
  return chart(
    {
      ...layout,
      title: predicted === null ? alone : reached === null ? PREDICTED : both,
      vertical: `coefficient of the unit vector${aside}`,
      description: `Unit vectors over ${countOf(count, "coordinate")}${aside}. ${absent}`.trim(),
      marks: [
        hatch(o.id),
        key(
          style,
          { predicted: predicted === null ? null : "predicted", reached: reached === null ? null : end },
          o.id,
        ),
        ...layout.marks,
      ],
    },
    o,
  );
}
