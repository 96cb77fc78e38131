/**
 * The style sheet of the pages: light, dark by the reader's preference, and print (always light). Text is set for
 * reading: one column, a measure of about 75 characters, serifs for the mathematics. Tables of class `stack` become
 * blocks on a narrow screen, each cell under the name in its `data-name`.
 */

const LIGHT = `
  --bp-paper: #ffffff; --bp-ground: #f7f7f5; --bp-ink: #1b1d1f; --bp-muted: #5b6066; --bp-grid: #e0e1e3;
  --bp-predicted: #0072b2; --bp-reached: #c24e00; --bp-tolerance: #00735a;
  --bp-holds: #006b4f; --bp-refuted: #a83a00; --bp-suspect: #8f4477; --bp-inconclusive: #7a5600; --bp-out-of-scope: #51585f;`;

const DARK = `
  --bp-paper: #17191c; --bp-ground: #1f2226; --bp-ink: #e8e9ea; --bp-muted: #a4abb3; --bp-grid: #34393f;
  --bp-predicted: #56b4e9; --bp-reached: #f08a3c; --bp-tolerance: #35c79b;
  --bp-holds: #35c79b; --bp-refuted: #ff8a57; --bp-suspect: #e2a0c9; --bp-inconclusive: #ecc04e; --bp-out-of-scope: #b4bac1;`;

export const STYLE = `
:root { color-scheme: light dark; ${LIGHT} }
@media (prefers-color-scheme: dark) { :root { ${DARK} } }
* { box-sizing: border-box; }
html { background: var(--bp-paper); color: var(--bp-ink); font: 16px/1.55 system-ui, -apple-system, "Segoe UI", sans-serif;
  -webkit-text-size-adjust: 100%; }
body { max-width: 46rem; margin: 0 auto; padding: 2.5rem 1.25rem 4rem; overflow-wrap: anywhere; }
h1 { font-size: 1.75rem; line-height: 1.25; margin: .25rem 0 1rem; letter-spacing: -.01em; }
h2 { font-size: 1.2rem; margin: 2.75rem 0 .75rem; padding-top: .75rem; border-top: 1px solid var(--bp-grid); }
h3 { font-size: 1rem; margin: 1.5rem 0 .5rem; }
p { margin: .5rem 0; }
.kicker, .muted, figcaption { color: var(--bp-muted); }
.kicker { margin: 0; font-size: .875rem; }
figcaption, .small { font-size: .875rem; }
code, pre { font-family: ui-monospace, "SF Mono", "Cascadia Mono", Menlo, "DejaVu Sans Mono", monospace; font-size: .8125rem; }
pre { background: var(--bp-ground); border: 1px solid var(--bp-grid); border-radius: 6px; padding: .75rem 1rem; margin: .5rem 0;
  white-space: pre-wrap; overflow-wrap: anywhere; line-height: 1.45; }
pre.copy { user-select: all; }
.long pre { max-height: 24rem; overflow-y: auto; }
.verdict { --tone: var(--bp-ink); border-left: 6px solid var(--tone); background: var(--bp-ground); padding: .9rem 1.15rem;
  border-radius: 0 6px 6px 0; margin: 1rem 0; }
.verdict p { margin: .25rem 0 0; }
.mark { --tone: var(--bp-ink); color: var(--tone); font-weight: 650; white-space: nowrap; }
.verdict .mark { font-size: 1.35rem; }
.holds { --tone: var(--bp-holds); } .refuted { --tone: var(--bp-refuted); } .suspect { --tone: var(--bp-suspect); }
.inconclusive { --tone: var(--bp-inconclusive); } .out-of-scope { --tone: var(--bp-out-of-scope); }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); gap: .75rem; margin: 1rem 0; padding: 0; }
.figures div { border: 1px solid var(--bp-grid); border-radius: 6px; padding: .6rem .8rem; }
.figures dt { color: var(--bp-muted); font-size: .8125rem; }
.figures dd { margin: 0; font-size: 1.2rem; font-weight: 600; font-variant-numeric: tabular-nums; line-height: 1.35; }
.figures dd small { display: block; font-size: .8125rem; font-weight: 400; color: var(--bp-muted); }
blockquote { margin: .75rem 0; padding: .25rem 0 .25rem 1.15rem; border-left: 3px solid var(--bp-predicted);
  font: 1.1rem/1.6 Charter, "Bitstream Charter", "Sitka Text", Cambria, Georgia, serif; }
ul { padding-left: 1.25rem; margin: .5rem 0; }
li { margin: .2rem 0; }
table { border-collapse: collapse; width: 100%; margin: .75rem 0; font-size: .9rem; font-variant-numeric: tabular-nums; }
th, td { text-align: left; vertical-align: top; padding: .45rem .75rem .45rem 0; border-bottom: 1px solid var(--bp-grid); }
th:last-child, td:last-child { padding-right: 0; }
th { font-weight: 600; font-size: .8125rem; color: var(--bp-muted); overflow-wrap: normal; }
td code { display: inline-block; }
td.number, td.word { white-space: nowrap; overflow-wrap: normal; }
td.number, th.number { text-align: right; }
figure { margin: 1.5rem 0; }
figure svg { display: block; }
figcaption { margin-top: .4rem; }
.narrow { display: none; }
.ladders { display: grid; grid-template-columns: repeat(3, 1fr); gap: .75rem; margin: 1rem 0; }
.ladder { display: grid; grid-template-rows: subgrid; grid-row: span 4; row-gap: .1rem; }
.ladder h3 { margin: 0; }
.ladder p { margin: 0 0 .4rem; font-size: .8125rem; color: var(--bp-muted); line-height: 1.4; }
.ladder ol { list-style: none; margin: 0; padding: 0; font-size: .875rem; }
.ladder li { margin: 2px 0; padding: .2rem .6rem; color: var(--bp-muted); border: 1px solid var(--bp-grid); border-radius: 4px; }
.ladder li[aria-current] { color: var(--bp-paper); background: var(--bp-predicted); border-color: var(--bp-predicted); font-weight: 650; }
.ladder li[aria-current]::before { content: "\\25B6\\00A0"; font-size: .75em; }
details { border: 1px solid var(--bp-grid); border-radius: 6px; margin: .5rem 0; padding: 0 .9rem; }
details > :last-child { margin-bottom: .75rem; }
summary { cursor: pointer; padding: .5rem 0; }
summary:focus-visible, a:focus-visible { outline: 2px solid var(--bp-predicted); outline-offset: 2px; }
a { color: var(--bp-predicted); }
dl.pairs { display: grid; grid-template-columns: max-content 1fr; gap: .3rem 1.25rem; margin: .75rem 0; }
dl.pairs dt { color: var(--bp-muted); }
dl.pairs dd { margin: 0; }
.overview th { border-bottom: 0; padding-bottom: 0; }
.overview tbody th { color: inherit; font-size: .95rem; padding-top: .6rem; overflow-wrap: anywhere; }
.overview tbody th .muted { font-weight: 400; }
footer { margin-top: 3rem; padding-top: .75rem; border-top: 1px solid var(--bp-grid); color: var(--bp-muted); font-size: .875rem; }
@media (max-width: 40rem) {
  body { padding: 1.5rem 1rem 3rem; }
  h1 { font-size: 1.4rem; }
  .wide { display: none; } .narrow { display: block; } .narrow svg { width: min(100%, 26rem); }
  table.stack, .stack tbody, .stack tr, .stack td, .stack tbody th { display: block; width: auto; }
  .stack thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .stack tr { border-bottom: 1px solid var(--bp-grid); padding: .5rem 0; }
  .stack td, .stack td.number, .stack tbody th { border: 0; padding: .1rem 0; text-align: left; }
  .stack td[data-name]::before { content: attr(data-name) ": "; color: var(--bp-muted); font-weight: 400; }
  .ladders { gap: .4rem; }
  .ladder li { padding: .2rem .35rem; font-size: .8125rem; }
  .ladder h3 { font-size: .9rem; }
  dl.pairs { grid-template-columns: 1fr; gap: 0; }
  dl.pairs dd { margin-bottom: .5rem; }
}
@media print {
  :root { color-scheme: light; ${LIGHT} }
  html { font-size: 11pt; }
  body { max-width: none; padding: 0; }
  h2 { margin-top: 1.75rem; }
  h2, h3, summary { break-after: avoid; }
  figure, .verdict, .ladders, .figures, tr, blockquote { break-inside: avoid; }
  .verdict, .ladder li, svg { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  .long pre { max-height: none; }
  details:not([open]) > summary::after { content: " (in the file, folded)"; color: var(--bp-muted); }
}
@page { margin: 18mm 16mm; }
`;
