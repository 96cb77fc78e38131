/**
 * The body that the charts share: a heading with the name of the vertical axis, the two axes, the marks over them, and
 * lines of small print below; or, where there is nothing to draw, the heading and a sentence.
 */
import type { Markup } from "../markup.js";
import {
  type Box,
  bottomAxis,
  fitLabel,
  heading,
  INK,
  label,
  leftAxis,
  type PictureOptions,
  picture,
  type Tick,
} from "./frame.js";

/** Pixels from the floor of the box to the first line of small print, and between lines. */
const BELOW = 64;
const LINE = 20;

export interface Chart {
  readonly title: string;
  /** The name of the vertical axis, with its unit. */
  readonly vertical: string;
  readonly description: string;
  readonly height: number;
  readonly box: Box;
  readonly left: readonly Tick[];
  readonly bottom: readonly Tick[];
  /** The name of the horizontal axis, with its unit. */
  readonly horizontal: string;
  readonly marks: readonly Markup[];
  /** What could not be drawn, a line each. */
  readonly asides?: readonly string[];
}

export function chart(c: Chart, o: PictureOptions): string {
  return picture({
    ...o,
    height: c.height,
    title: c.title,
    description: c.description,
    body: [
      heading(c.title, fitLabel(c.vertical, o.width)),
      leftAxis(c.left, c.box),
      bottomAxis(c.bottom, c.box, fitLabel(c.horizontal, o.width)),
      ...c.marks,
      ...(c.asides ?? []).map((a, i) =>
        label(0, c.box.bottom + BELOW + LINE * i, fitLabel(a, o.width), { ink: INK.muted }),
      ),
    ],
  });
}

export function emptyChart(title: string, text: string, o: PictureOptions): string {
  const body = [heading(title, ""), label(0, 48, text, { ink: INK.muted })];
  return picture({ ...o, height: 64, title, description: text, body });
}
