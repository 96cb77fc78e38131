/** A small strict reader of markup: every tag closed in order, every attribute quoted and named once, no stray character. */

export interface Element {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: (Element | string)[];
}

const VOID = new Set(["meta", "br", "hr", "img", "input", "link"]);
const ENTITY = /&(amp|lt|gt|quot|#39|#\d+);/g;
const NAMED: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" };

function decode(text: string): string {
  if (/[<>]/.test(text)) throw new Error(`a stray angle bracket in ${JSON.stringify(text.slice(0, 60))}`);
  if (/&/.test(text.replace(ENTITY, ""))) throw new Error(`a stray ampersand in ${JSON.stringify(text.slice(0, 60))}`);
  return text.replace(ENTITY, (_, name: string) => NAMED[name] ?? String.fromCodePoint(Number(name.slice(1))));
}

function attributesOf(source: string, tag: string): Map<string, string> {
  const found = new Map<string, string>();
  const rest = source.replace(/\s+([A-Za-z_:][\w:.-]*)="([^"<]*)"/g, (_, name: string, value: string) => {
    if (found.has(name)) throw new Error(`<${tag}> names ${name} twice`);
    found.set(name, decode(value.replace(/>/g, "&gt;")));
    return "";
  });
  if (rest.trim() !== "") throw new Error(`<${tag}> has something that is no attribute: ${rest}`);
  return found;
}

/** Parses HTML as this package writes it (`html`), or XML where every element must be closed. */
export function parse(text: string, kind: "html" | "xml"): Element {
  const root: Element = { name: "#root", attributes: new Map(), children: [] };
  const open: Element[] = [root];
  const body = text.replace(kind === "html" ? /^<!DOCTYPE html>/ : /^<\?xml version="1\.0" encoding="UTF-8"\?>/, "");
  let at = 0;
  while (at < body.length) {
    const parent = open[open.length - 1]!;
    if (parent.name === "style") {
      const end = body.indexOf("</style>", at);
      parent.children.push(body.slice(at, end));
      open.pop();
      at = end + "</style>".length;
      continue;
    }
    const lt = body.indexOf("<", at);
    const words = decode(body.slice(at, lt < 0 ? body.length : lt));
    if (words !== "") parent.children.push(words);
    if (lt < 0) break;
    const tag = /^<(\/?)([A-Za-z][\w-]*)((?:\s+[A-Za-z_:][\w:.-]*="[^"]*")*)\s*(\/?)>/.exec(body.slice(lt));
    if (tag === null) throw new Error(`no tag at ${JSON.stringify(body.slice(lt, lt + 80))}`);
    const [whole, closing, name, attributes, selfClosing] = tag as unknown as [string, string, string, string, string];
    if (closing === "/") {
      if (parent.name !== name) throw new Error(`</${name}> closes <${parent.name}>`);
      open.pop();
    } else {
      const element: Element = { name, attributes: attributesOf(attributes, name), children: [] };
      parent.children.push(element);
      if (selfClosing !== "/" && !(kind === "html" && VOID.has(name))) open.push(element);
    }
    at = lt + whole.length;
  }
  if (open.length !== 1) throw new Error(`<${open[open.length - 1]!.name}> is never closed`);
  return root;
}

export function* elements(e: Element): Generator<Element> {
  for (const child of e.children)
    if (typeof child !== "string") {
      yield child;
      yield* elements(child);
    }
}

export const all = (e: Element, name: string): readonly Element[] => [...elements(e)].filter((x) => x.name === name);

/** The words of an element, without style sheets. */
export function textOf(e: Element): string {
  return e.children
    .map((c) => (typeof c === "string" ? c : c.name === "style" ? "" : textOf(c)))
    .join(e.name === "text" ? "" : " ");
}

/** Text without runs of white space, for comparing words. */
export const flat = (text: string): string => text.replace(/\s+/g, " ").trim();
