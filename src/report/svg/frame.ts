/**
 * What every picture shares: the outer element with its title and description, text, axes and the colors. Colors are
 * custom properties of the page with fallbacks, so a picture also stands alone; ink is `currentColor`. The palette is
 * that of Okabe and Ito (safe for color-blind readers), and no picture says anything by color only.
 * Pictures are drawn for the width they are shown at, so that text keeps its size: a page holds a wide and a narrow one.
 */
import { type Markup, markup, px } from "../markup.js";
import { columns, shorten } from "../text.js";

export interface PictureOptions {
  /** Unique in the page and a plain word: ids of the picture's parts begin with it. */
  readonly id: string;
  /** Width in CSS pixels. */
  readonly width: number;
}

/** From this width on there is room for long labels. */
const WIDE = 520;

export const isWide = (o: PictureOptions): boolean => o.width >= WIDE;

export const INK = {
  predicted: "var(--bp-predicted, #0072B2)",
  reached: "var(--bp-reached, #D55E00)",
  tolerance: "var(--bp-tolerance, #007A5A)",
  grid: "var(--bp-grid, #DDDDDD)",
  muted: "var(--bp-muted, #5F6368)",
  paper: "var(--bp-paper, #FFFFFF)",
} as const;

export const FONT_SIZE = 13;
/** Average width of a character, in units of the font size; generous, since the font is the reader's. */
const CHARACTER = 0.6;

export const textWidth = (text: string): number => columns(text) * FONT_SIZE * CHARACTER;

/** A label that fits in `width` pixels. */
export const fitLabel = (text: string, width: number): string =>
  shorten(text, Math.max(4, Math.floor(width / (FONT_SIZE * CHARACTER))));

export interface Frame extends PictureOptions {
  readonly height: number;
  readonly title: string;
  readonly description: string;
  readonly body: readonly Markup[];
}

export function picture(f: Frame): string {
  const [w, h] = [px(f.width), px(f.height)];
  return markup`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${w} ${h}" width="${w}" height="${h}" role="img" aria-labelledby="${f.id}-title ${f.id}-desc" fill="currentColor" font-family="system-ui, sans-serif" font-size="${px(FONT_SIZE)}" style="max-width:100%;height:auto"><title id="${f.id}-title">${f.title}</title><desc id="${f.id}-desc">${f.description}</desc>${f.body}</svg>`
    .text;
}

interface LabelOptions {
  readonly anchor?: "start" | "middle" | "end";
  readonly ink?: string;
  readonly bold?: boolean;
  /** A rim in the color of the paper, for text that may cross lines. */
  readonly rim?: boolean;
}

export function label(x: number, y: number, text: string, o: LabelOptions = {}): Markup {
  const style = [
    `fill:${o.ink ?? "currentColor"}`,
    ...(o.bold === true ? ["font-weight:600"] : []),
    ...(o.rim === true ? [`stroke:${INK.paper};stroke-width:4px;stroke-linejoin:round;paint-order:stroke`] : []),
  ].join(";");
  return markup`<text x="${px(x)}" y="${px(y)}" text-anchor="${o.anchor ?? "start"}" style="${style}">${text}</text>`;
}

/** The title of a picture and, under it, the name of its vertical axis. */
export function heading(title: string, axis: string): Markup {
  return markup`${markup`<text x="0" y="16" style="font-size:15px;font-weight:600">${title}</text>`}${label(0, 38, axis, { ink: INK.muted })}`;
}

export function stroke(x1: number, y1: number, x2: number, y2: number, style: string): Markup {
  return markup`<line x1="${px(x1)}" y1="${px(y1)}" x2="${px(x2)}" y2="${px(y2)}" style="${style}"/>`;
}

export interface Tick {
  readonly at: number;
  /** Null: a line of the grid without a number. */
  readonly label: string | null;
}

export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const GRID = `stroke:${INK.grid};stroke-width:1`;

export function leftAxis(ticks: readonly Tick[], b: Box): Markup {
  return markup`<g>${ticks.map(
    (t) =>
      markup`${stroke(b.left, t.at, b.right, t.at, t.label === null ? `${GRID};stroke-opacity:.45` : GRID)}${
        t.label === null ? null : label(b.left - 8, t.at + 4.5, t.label, { anchor: "end", ink: INK.muted })
      }`,
  )}</g>`;
}

export function bottomAxis(ticks: readonly Tick[], b: Box, name: string): Markup {
  return markup`<g>${stroke(b.left, b.bottom, b.right, b.bottom, `stroke:${INK.muted};stroke-width:1`)}${ticks.map(
    (t) =>
      markup`${stroke(t.at, b.bottom, t.at, b.bottom + (t.label === null ? 3 : 6), `stroke:${INK.muted};stroke-width:1`)}${
        t.label === null
          ? null
          : label(Math.min(t.at, b.right + 8 - textWidth(t.label) / 2), b.bottom + 20, t.label, {
              anchor: "middle",
              ink: INK.muted,
            })
      }`,
  )}${label(b.right, b.bottom + 40, name, { anchor: "end", ink: INK.muted })}</g>`;
}
