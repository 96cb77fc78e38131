/**
 * The Fourier moduli of a limit beside those of its dual, sum q_n y_n x_n, over the frequencies 0 ... D/2, each relative to
 * its largest: what stationarity compares for networks that are diagonal in Fourier coordinates.
 */
import { scaleLinear } from "d3-scale";
import { countOf, showNumber } from "../format.js";
import { chart, emptyChart } from "./chart.js";
import { type Box, isWide, type PictureOptions, stroke } from "./frame.js";
import { bars, hatch, key, lollipops, type Pair } from "./pairs.js";

export interface SpectrumChartInput {
  readonly limit: readonly number[] | null;
  readonly dual: readonly number[] | null;
}

const TITLE = "Fourier moduli of the limit";
const MOST_BARS = 40;
/** Pixels between two numbers below the axis. */
const GAP = 30;

/** Relative to the largest; null where all are 0 or there are none. */
function relative(values: readonly number[] | null): readonly number[] | null {
  const largest = (values ?? []).reduce((a, b) => Math.max(a, b), 0);
  return values === null || !(largest > 0) ? null : values.map((v) => v / largest);
}

export function spectrumChart(input: SpectrumChartInput, o: PictureOptions): string {
  const limit = relative(input.limit);
  if (limit === null) return emptyChart(TITLE, "There are no coefficients to draw.", o);
  const other = relative(input.dual);
  const dual = other?.length === limit.length ? other : null;
  const pairs = limit.map((v, k): Pair => ({ name: String(k), predicted: dual?.[k] ?? null, reached: v }));
  const height = isWide(o) ? 320 : 290;
  const box: Box = { left: 44, right: o.width - 8, top: 76, bottom: height - 48 };
  const y = scaleLinear([0, 1], [box.bottom, box.top]);
  const slot = (box.right - box.left) / pairs.length;
  const at = (k: number): number => box.left + (k + 0.5) * slot;
  const step = [1, 2, 5, 10, 20, 50, 100].find((s) => s * slot >= GAP) ?? pairs.length;
  const points = pairs.length > MOST_BARS;
  return chart(
    {
      title: TITLE,
      vertical: "relative to the largest (no unit)",
      description: `Moduli of the Fourier coefficients of the limit${dual === null ? "" : " and of its dual"}, ${countOf(pairs.length, "frequency", "frequencies")}, one of each conjugate pair.`,
      height,
      box,
      left: y.ticks(5).map((t) => ({ at: y(t), label: showNumber(t) })),
      bottom: pairs.flatMap((p, k) => (k % step === 0 ? [{ at: at(k), label: p.name }] : [])),
      horizontal: "frequency k (one of each conjugate pair)",
      marks: [
        hatch(o.id),
        key(points ? "points" : "bars", { predicted: dual === null ? null : "dual", reached: "limit" }, o.id),
        points ? lollipops(pairs, y, at, slot) : bars(pairs, y, at, slot, o.id),
        stroke(box.left, y(0), box.right, y(0), "stroke:currentColor;stroke-width:1"),
      ],
    },
    o,
  );
}
