/** Where a label may stand in a picture: the first of a few places at which it covers neither a curve nor a label. */
import { FONT_SIZE, textWidth } from "./frame.js";

export interface Spot {
  readonly x: number;
  /** The line the text stands on. */
  readonly y: number;
  readonly anchor: "start" | "end";
}

export interface Area {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export function areaOf(text: string, s: Spot): Area {
  const width = textWidth(text);
  const left = s.anchor === "start" ? s.x : s.x - width;
  return { left: left - 3, right: left + width + 3, top: s.y - FONT_SIZE, bottom: s.y + 5 };
}

/** Points that a curve is checked at between two of its corners. */
const STEPS = 24;

function crosses(curve: readonly (readonly [number, number])[], a: Area): boolean {
  return curve.some(([x, y], i) => {
    const [x0, y0] = curve[i - 1] ?? [x, y];
    return Array.from({ length: STEPS + 1 }, (_, k) => k / STEPS).some((t) => {
      const [px, py] = [x0 + t * (x - x0), y0 + t * (y - y0)];
      return px >= a.left && px <= a.right && py >= a.top && py <= a.bottom;
    });
  });
}

const meet = (a: Area, b: Area): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/** The first free spot; the first of all where none is free. */
export function place(
  text: string,
  spots: readonly [Spot, ...Spot[]],
  curve: readonly (readonly [number, number])[],
  taken: readonly Area[],
): Spot {
  const free = spots.find((s) => {
    const area = areaOf(text, s);
    return !crosses(curve, area) && !taken.some((t) => meet(area, t));
  });
  return free ?? spots[0];
}
