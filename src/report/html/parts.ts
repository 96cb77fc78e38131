/**
 * The parts that both pages are made of. Every piece of text goes through the escaping template of markup.ts; the pages
 * carry a policy that forbids scripts and loads of any kind, so that even a fault of ours could fetch nothing.
 */

import type { CitedResult, EvidenceColumns, Timing, Versions } from "../../kernel/document.js";
import { EVIDENCE } from "../../kernel/evidence.js";
import type { VerdictWord } from "../../kernel/verdict.js";
import { showSeconds } from "../format.js";
import { type Markup, markup, trusted, when } from "../markup.js";
import type { PictureOptions } from "../svg/frame.js";
import { ALL_TERMS } from "../terms.js";
import { oneLine } from "../text.js";
import { COLUMN_WORDS, EVIDENCE_WORDS, VERDICTS } from "../words.js";
import { STYLE } from "./style.js";

const MARKS: Readonly<Record<VerdictWord, string>> = {
  holds: "\u2713",
  refuted: "\u2717",
  suspect: "!",
  inconclusive: "?",
  "out-of-scope": "\u2205",
};

const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

export function page(title: string, body: readonly Markup[]): string {
  return markup`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${oneLine(title)}</title>
<style>${trusted(STYLE)}</style>
</head>
<body>
${body}
</body>
</html>
`.text;
}

export const verdictWord = (v: VerdictWord): Markup =>
  markup`<span class="mark ${v}"><span aria-hidden="true">${MARKS[v]}</span> ${v}</span>`;

export const verdictBox = (v: VerdictWord, meaning: string): Markup =>
  markup`<div class="verdict ${v}">${verdictWord(v)}<p>${meaning}</p></div>`;

export const section = (title: string, body: readonly (Markup | null)[]): Markup =>
  markup`<section><h2>${title}</h2>${body.filter((m) => m !== null)}</section>`;

/** The same picture drawn for a wide and for a narrow screen; the style sheet shows one. */
export function figure(id: string, draw: (o: PictureOptions) => string, caption: string): Markup {
  const wide = trusted(draw({ id: `${id}w`, width: 696 }));
  const narrow = trusted(draw({ id: `${id}n`, width: 328 }));
  return markup`<figure><div class="wide">${wide}</div><div class="narrow">${narrow}</div><figcaption>${caption}</figcaption></figure>`;
}

/** The few numbers that matter: name, number, and a word below it. */
export function keyFigures(items: readonly (readonly [string, string, string])[]): Markup {
  return markup`<dl class="figures">${items.map(
    ([name, value, aside]) => markup`<div><dt>${name}</dt><dd>${value}<small>${aside}</small></dd></div>`,
  )}</dl>`;
}

export const pairs = (rows: readonly (readonly [string, string])[]): Markup =>
  markup`<dl class="pairs">${rows.map(([name, value]) => markup`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`;

export interface Head {
  readonly name: string;
  /** A number is set flush right; a word is never broken; prose is, where it has to be. */
  readonly kind?: "number" | "word";
}

/** A table that becomes blocks on a narrow screen. */
export function table(heads: readonly Head[], rows: readonly (readonly (string | Markup)[])[]): Markup {
  const kind = (h: Head | undefined): string => h?.kind ?? "prose";
  const cell = (c: string | Markup, i: number): Markup =>
    markup`<td class="${kind(heads[i])}" data-name="${heads[i]?.name ?? ""}">${c}</td>`;
  return markup`<table class="stack"><thead><tr>${heads.map(
    (h) => markup`<th scope="col" class="${kind(h)}">${h.name}</th>`,
  )}</tr></thead><tbody>${rows.map((r) => markup`<tr>${r.map(cell)}</tr>`)}</tbody></table>`;
}

const list = (items: readonly string[]): Markup => markup`<ul>${items.map((i) => markup`<li>${i}</li>`)}</ul>`;

/** The theorem as it is stated, and what it must not be read to say. */
export function statement(text: string, notClaimed: readonly string[]): Markup {
  return markup`<blockquote>${text}</blockquote>${when(
    notClaimed.length > 0,
    () => markup`<h3>What it does not claim</h3>${list(notClaimed)}`,
  )}`;
}

/** Three columns, never merged into one word, each on the same ladder. */
export function evidenceLadders(e: EvidenceColumns): Markup {
  const columns = ["claim", "hypotheses", "proof"] as const;
  return markup`<div class="ladders">${columns.map(
    (c) =>
      markup`<div class="ladder"><h3>${c}</h3><p>${COLUMN_WORDS[c]}</p><ol>${[...EVIDENCE]
        .reverse()
        .map((g) => (g === e[c] ? markup`<li aria-current="true">${g}</li>` : markup`<li>${g}</li>`))}</ol>${when(
        e[c] === null,
        () => markup`<p>nothing was established</p>`,
      )}</div>`,
  )}</div>`;
}

export const restsOn = (results: readonly CitedResult[]): Markup =>
  results.length === 0
    ? markup`<p>The proof rests on no cited result.</p>`
    : markup`<p>The proof rests on cited results, which nobody checked here:</p><ul>${results.map(
        (r) => markup`<li><code>${r.id}</code>: ${r.statement} (${r.source})</li>`,
      )}</ul>`;

export const command = (text: string): Markup => markup`<pre class="copy">${text}</pre>`;

/** The words of the report, for a reader who meets them for the first time. */
export const glossary = (): Markup =>
  markup`<details class="words"><summary>What the words on this page mean</summary>${pairs(ALL_TERMS)}<p>A verdict is one of five words. It tests the claim on cases; it is not a proof.</p>${pairs(
    Object.entries(VERDICTS),
  )}<p>Evidence, strongest first:</p>${pairs(Object.entries(EVIDENCE_WORDS))}</details>`;

export const closing = (versions: Versions, timing: Timing): Markup =>
  markup`<footer>biasproof ${versions.biasproof}, Node ${versions.node}, ${showSeconds(timing.seconds)}</footer>`;
