/**
 * The marks of the coefficient chart: a pair of numbers as two bars in a row, two bars side by side, or two lollipops,
 * and the key that names them. Predicted: solid, a round head. Reached: hatched, an open diamond.
 */
import { symbol, symbolCircle, symbolDiamond } from "d3-shape";
import { type Markup, markup, px, when } from "../markup.js";
import { INK, label, stroke, textWidth } from "./frame.js";

export interface Pair {
  readonly name: string;
  readonly predicted: number | null;
  readonly reached: number | null;
}

type Scale = (value: number) => number;

/** The hatching of the reached bars, defined once a picture. */
export function hatch(id: string): Markup {
  return markup`<defs><pattern id="${id}-hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="5" height="5" style="fill:${INK.paper}"/><rect width="2.4" height="5" style="fill:${INK.reached}"/></pattern></defs>`;
}

const solid = `fill:${INK.predicted};stroke:${INK.predicted};stroke-width:1`;
const hatched = (id: string): string => `fill:url(#${id}-hatch);stroke:${INK.reached};stroke-width:1`;

function rect(x1: number, y1: number, x2: number, y2: number): Markup {
  return markup`<rect x="${px(Math.min(x1, x2))}" y="${px(Math.min(y1, y2))}" width="${px(Math.abs(x2 - x1))}" height="${px(Math.abs(y2 - y1))}"/>`;
}

/** One group a series, so that its style is written once. */
function series(
  pairs: readonly Pair[],
  side: "predicted" | "reached",
  style: string,
  draw: (v: number, i: number) => Markup,
): Markup {
  const marks = pairs.flatMap((p, i) => {
    const value = p[side];
    return value === null ? [] : [draw(value, i)];
  });
  return markup`<g style="${style}">${marks}</g>`;
}

/** Horizontal bars, the predicted one above the reached one. */
export function rows(pairs: readonly Pair[], x: Scale, top: number, height: number, id: string): Markup {
  const bar = (height - 10) / 2;
  // A bar that stands alone stands in the middle of its row.
  const alone = pairs.every((p) => p.predicted === null) || pairs.every((p) => p.reached === null);
  const at = (i: number): number => top + i * height + 5 + (alone ? bar / 2 : 0);
  const below = alone ? 0 : bar;
  return markup`${series(pairs, "predicted", solid, (v, i) => rect(x(0), at(i), x(v), at(i) + bar))}${series(
    pairs,
    "reached",
    hatched(id),
    (v, i) => rect(x(0), at(i) + below, x(v), at(i) + below + bar),
  )}`;
}

/** Vertical bars side by side. */
export function bars(pairs: readonly Pair[], y: Scale, at: Scale, slot: number, id: string): Markup {
  const bar = slot * 0.4;
  return markup`${series(pairs, "predicted", solid, (v, i) => rect(at(i) - bar, y(0), at(i), y(v)))}${series(
    pairs,
    "reached",
    hatched(id),
    (v, i) => rect(at(i), y(0), at(i) + bar, y(v)),
  )}`;
}

function head(side: "predicted" | "reached", x: number, y: number, size: number): Markup {
  const shape = side === "predicted" ? symbol(symbolCircle, size) : symbol(symbolDiamond, size);
  return markup`<path d="${shape.digits(2)() ?? ""}" transform="translate(${px(x)} ${px(y)})"/>`;
}

const round = `fill:${INK.predicted};stroke:${INK.predicted};stroke-width:1`;
const open = `fill:${INK.paper};stroke:${INK.reached};stroke-width:1.5`;

/** A stem and a head each; heads shrink with the room. */
export function lollipops(pairs: readonly Pair[], y: Scale, at: Scale, slot: number): Markup {
  const size = Math.min(30, Math.max(6, slot * 3));
  const off = Math.min(2.5, slot / 4);
  const stems = (side: "predicted" | "reached", shift: number): Markup =>
    series(pairs, side, `stroke:${INK[side]};stroke-width:1.2`, (v, i) =>
      stroke(at(i) + shift, y(0), at(i) + shift, y(v), ""),
    );
  return markup`${stems("predicted", -off)}${stems("reached", off)}${series(pairs, "predicted", round, (v, i) =>
    head("predicted", at(i) - off, y(v), size),
  )}${series(pairs, "reached", open, (v, i) => head("reached", at(i) + off, y(v), size))}`;
}

/** What the two marks of a pair stand for; null for one that is not drawn. */
export interface PairNames {
  readonly predicted: string | null;
  readonly reached: string | null;
}

/** Which mark is which, in a line below the title. */
export function key(marks: "bars" | "points", names: PairNames, id: string): Markup {
  const middle = 56;
  const second = names.predicted === null ? 0 : 18 + textWidth(names.predicted) + 22;
  const sample = (side: "predicted" | "reached", x: number): Markup => {
    const style =
      marks === "points" ? (side === "predicted" ? round : open) : side === "predicted" ? solid : hatched(id);
    const mark = marks === "points" ? head(side, x + 6, middle, 44) : rect(x, middle - 6, x + 12, middle + 6);
    return markup`<g style="${style}">${mark}</g>${label(x + 18, middle + 4.5, names[side] ?? "")}`;
  };
  return markup`<g>${when(names.predicted !== null, () => sample("predicted", 0))}${when(names.reached !== null, () => sample("reached", second))}</g>`;
}
