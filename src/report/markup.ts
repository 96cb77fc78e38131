/**
 * Markup built so that nothing can be forgotten: a tagged template escapes every string put into it; only a value that
 * this file made goes in as it is. Serves HTML, SVG and XML alike (the five characters are escaped in each of them).
 * Numbers are not accepted: they go through format.ts, or through `px` for coordinates of a picture.
 */
import { clean } from "./text.js";

/** Text that is markup already. A class, so that no object read from a file can pass for it. */
export class Markup {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

export type Part = Markup | string | null | readonly Markup[];

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Safe as text and inside quoted attributes of HTML and XML. */
export function escapeText(text: string): string {
  return clean(text).replace(/[&<>"']/g, (c) => ENTITIES[c] ?? c);
}

function textOf(part: Part): string {
  if (part === null) return "";
  if (part instanceof Markup) return part.text;
  if (typeof part === "string") return escapeText(part);
  return part.map(textOf).join("");
}

export function markup(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return new Markup(strings.reduce((text, s, i) => text + textOf(parts[i - 1] ?? null) + s));
}

/** Text written in this package (style sheets, finished pictures): never with data in it that is not escaped. */
export const trusted = (text: string): Markup => new Markup(text);

export const when = (condition: boolean, part: () => Markup): Markup | null => (condition ? part() : null);

/** A coordinate in a picture: two decimals, always finite. */
export function px(x: number): string {
  const rounded = Math.round(x * 100) / 100;
  return Number.isFinite(rounded) ? String(rounded + 0) : "0";
}
