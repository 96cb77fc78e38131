/**
 * Logarithmic axes: a domain around the values with a little room, and ticks at powers of ten where there are enough of
 * them, at 2 and 5 between them where not. Zero and negative numbers have no place on such an axis; callers set them
 * aside and say so.
 */
import { type ScaleLogarithmic, scaleLog } from "d3-scale";
import { showNumber } from "../format.js";
import type { Tick } from "./frame.js";

export type LogScale = ScaleLogarithmic<number, number>;

/** A scale over positive values, widened by a factor below and above; a single value gets a factor of 2 on each side. */
export function logScale(
  values: readonly number[],
  range: readonly [number, number],
  [below, above]: readonly [number, number],
): LogScale {
  const low = values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const high = values.reduce((a, b) => Math.max(a, b), 0);
  if (!(low > 0) || !(high < Number.POSITIVE_INFINITY)) return scaleLog([1, 10], range);
  const least = high / low < 2 ? 2 : 1;
  // The ends of the range of doubles stay inside it.
  const start = Math.max(low / Math.max(below, least), Number.MIN_VALUE);
  return scaleLog([start, Math.min(high * Math.max(above, least), Number.MAX_VALUE)], range);
}

const SUPERSCRIPT = "\u2070\u00B9\u00B2\u00B3\u2074\u2075\u2076\u2077\u2078\u2079";

/** 0.001 to 10 000 as they are, else with a power of ten. */
export function powerLabel(x: number): string {
  if (x >= 0.99e-3 && x <= 1.01e4) return showNumber(x);
  const [mantissa = "1", power = "0"] = x.toExponential(3).split("e");
  const digits = Number(mantissa).toString();
  const raised = [...power.replace("+", "")]
    .map((c) => (c === "-" ? "\u207B" : (SUPERSCRIPT[Number(c)] ?? c)))
    .join("");
  return `${digits === "1" ? "" : `${digits}\u00D7`}10${raised}`;
}

/** Named ticks by which an axis can be read. */
const ENOUGH = 3;

const leading = (x: number): number => Math.round(Number(x.toExponential(3).split("e")[0]));

/** Ticks of a scale, labelled no closer than `gap` pixels. */
export function logTicks(scale: LogScale, most: number, gap: number): readonly Tick[] {
  const ticks = scale.ticks(most);
  const ranks = [[1], [2, 5], [3, 4, 6, 7, 8, 9]].map((digits) => ticks.filter((t) => digits.includes(leading(t))));
  // The roundest first, and less round ones only while there are too few to read the axis by.
  const named = new Map<number, number>();
  for (const rank of ranks) {
    if (named.size >= ENOUGH) break;
    for (const t of rank) {
      const at = scale(t);
      if ([...named.values()].every((p) => Math.abs(p - at) >= gap)) named.set(t, at);
    }
  }
  return ticks.map((t) => ({ at: scale(t), label: named.has(t) ? powerLabel(t) : null }));
}
