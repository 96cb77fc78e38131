/**
 * Certificates on the page: one fold each, with what it shows in words and its JSON. A long one is cut, and so is a long
 * list: the page is for reading, report.json has all of them and is what `recheck` takes.
 */
import type { Certificate } from "../../kernel/certificate.js";
import { showCount } from "../format.js";
import { type Markup, markup, when } from "../markup.js";
import { CERTIFICATE_WORDS } from "../words.js";

/** Characters of one certificate, and certificates of one list. */
const LONGEST = 20_000;
const MOST = 12;

/** Lists of plain values on one line, everything else on lines of its own. */
export function indented(value: unknown, indent = ""): string {
  if (value === null || typeof value !== "object") return JSON.stringify(value) ?? "null";
  const deeper = `${indent}  `;
  if (Array.isArray(value)) {
    if (value.every((v) => v === null || typeof v !== "object")) return `[${value.map((v) => indented(v)).join(", ")}]`;
    return `[\n${value.map((v) => deeper + indented(v, deeper)).join(",\n")}\n${indent}]`;
  }
  const entries = Object.entries(value).map(([k, v]) => `${deeper}${JSON.stringify(k)}: ${indented(v, deeper)}`);
  return entries.length === 0 ? "{}" : `{\n${entries.join(",\n")}\n${indent}}`;
}

function fold(c: Certificate, index: number): Markup {
  const text = indented(c);
  const cut = text.length > LONGEST;
  return markup`<details class="long"><summary><strong>${String(index + 1)}. ${c.kind}</strong> <span class="muted">${CERTIFICATE_WORDS[c.kind]}</span></summary><pre>${
    cut ? `${text.slice(0, LONGEST)}\n...` : text
  }</pre>${when(
    cut,
    () =>
      markup`<p class="small muted">The first ${showCount(LONGEST)} of ${showCount(text.length)} characters; report.json has all of it.</p>`,
  )}</details>`;
}

export function certificateList(certificates: readonly Certificate[]): Markup {
  if (certificates.length === 0) return markup`<p>There is none.</p>`;
  if (certificates.length <= MOST) return markup`${certificates.map(fold)}`;
  const rest = certificates.length - MOST;
  return markup`<details><summary>The first ${showCount(MOST)} of ${showCount(certificates.length)}</summary>${certificates
    .slice(0, MOST)
    .map(fold)}<p class="small muted">And ${showCount(rest)} more; report.json has all of them.</p></details>`;
}
