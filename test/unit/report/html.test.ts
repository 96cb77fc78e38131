import { describe, expect, it } from "vitest";
import type { RunDocument, VerifyDocument } from "../../../src/kernel/document.js";
import { showCount, showNumber, showUpper, unitVector } from "../../../src/report/format.js";
import { indented } from "../../../src/report/html/certificates.js";
import { runPage, verifyPage } from "../../../src/report/html.js";
import { oneLine, replayCommand } from "../../../src/report/text.js";
import { outcomeWord } from "../../../src/report/words.js";
import * as docs from "./fixtures.js";
import { LIMIT_CAMPAIGNS, LIMIT_RUNS } from "./limit-fixtures.js";
import { all, type Element, elements, flat, parse, textOf } from "./parse.js";

const pages: readonly (readonly [string, string])[] = [
  ...Object.entries({ ...docs.RUNS, ...LIMIT_RUNS }).map(([name, doc]) => [`run ${name}`, runPage(doc)] as const),
  ...Object.entries({ ...docs.CAMPAIGNS, ...LIMIT_CAMPAIGNS }).map(
    ([name, doc]) => [`verify ${name}`, verifyPage(doc)] as const,
  ),
];

const words = (e: Element): string => flat(textOf(e));
const runWords = (doc: RunDocument): string => words(parse(runPage(doc), "html"));
const verifyWords = (doc: VerifyDocument): string => words(parse(verifyPage(doc), "html"));

describe.each(pages)("the page of %s", (_, page) => {
  const root = parse(page, "html");

  it("is one well-formed file with a title, a language and a viewport", () => {
    const [html] = all(root, "html");
    expect(html!.attributes.get("lang")).toBe("en");
    expect(all(root, "title")[0]!.children.length).toBe(1);
    expect(all(root, "meta").some((m) => m.attributes.get("name") === "viewport")).toBe(true);
    expect(all(root, "h1").length).toBe(1);
  });

  it("loads nothing, runs nothing, and forbids both", () => {
    for (const name of ["script", "link", "iframe", "object", "embed", "img", "image", "use", "form", "base"])
      expect(all(root, name)).toEqual([]);
    for (const e of elements(root))
      for (const [name, value] of e.attributes) {
        expect(name).not.toMatch(/^on|^src$|^srcset$|^action$/i);
        if (/href$/.test(name)) expect(value).toMatch(/^#t\d+$/);
        if (name !== "xmlns") expect(value).not.toMatch(/^\s*(https?|javascript|data):/i);
        if (name === "style") expect(value).not.toMatch(/url\((?!#)|@import|expression/);
      }
    for (const style of all(root, "style")) expect(style.children.join("")).not.toMatch(/url\(|@import|https?:/);
    const policy = all(root, "meta").find((m) => m.attributes.has("http-equiv"));
    expect(policy!.attributes.get("content")).toContain("default-src 'none'");
  });

  it("shows no broken number and no forbidden character", () => {
    const shown = words(root).replaceAll('"witness": null', ""); // JSON of a certificate
    expect(shown).not.toMatch(/\b(NaN|Infinity|undefined|null|\[object)/);
    for (const c of ["\u0000", "\u001b", "\u202e"]) expect(page).not.toContain(c);
  });

  it("has ids that are unique, and every reference leads to one", () => {
    const ids = [...elements(root)].flatMap((e) => e.attributes.get("id") ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    for (const e of elements(root)) {
      for (const id of e.attributes.get("aria-labelledby")?.split(" ") ?? []) expect(ids).toContain(id);
      const href = e.attributes.get("href");
      if (href !== undefined) expect(ids).toContain(href.slice(1));
    }
  });

  it("knows dark, print and a narrow screen", () => {
    for (const rule of ["prefers-color-scheme: dark", "@media print", "max-width: 40rem"]) expect(page).toContain(rule);
  });
});

describe("the page of a run", () => {
  it("says everything the document says", () => {
    for (const doc of [docs.holds, docs.inconclusive, docs.refuted, docs.suspect, docs.image]) {
      const text = runWords(doc);
      const reached = doc.reached!;
      const facts = [
        doc.verdict,
        doc.theorem!,
        flat(doc.statement!),
        ...doc.notClaimed,
        ...doc.hypotheses.flatMap((h) => [h.statement, h.id, h.evidence, h.why]),
        ...doc.claims.flatMap((c) => [c.id, outcomeWord(c.outcome), c.why]),
        ...doc.restsOn,
        ...doc.notes,
        doc.data.name,
        doc.settings.seed,
        replayCommand(doc.replay),
        "biasproof recheck report.json",
        showNumber(doc.predicted!.objective),
        showNumber(reached.logInverseLoss),
        showCount(reached.steps),
        showUpper(reached.angleBound),
        showUpper(reached.solverFreeBound),
        ...unitVector(reached.beta)!.map(showNumber),
        ...unitVector(doc.predicted!.beta)!.map(showNumber),
        ...doc.predicted!.betaExact,
        ...reached.path.flatMap((p) => [showNumber(p.logInverseLoss), showUpper(p.angleBound)]),
      ];
      for (const fact of facts) expect(text).toContain(fact);
      expect(text).toContain("What it does not claim");
    }
  });

  it("speaks of a case out of scope in words a person understands", () => {
    expect(runWords(docs.outOfScope)).toContain("No linear predictor through the origin separates these points");
    expect(runWords(docs.outOfScope)).toContain("Nothing was trained");
  });

  it("says that no theorem speaks of the network", () => {
    expect(runWords(docs.noTheorem)).toContain("No theorem was checked");
    expect(runWords(docs.noTheorem)).toContain("the verdict can only be inconclusive");
    expect(runWords(docs.noTheorem)).toContain("for information");
    const titles = all(parse(runPage(docs.noTheorem), "html"), "h2").map(textOf);
    for (const title of ["Hypotheses", "Claims", "Evidence"]) expect(titles).not.toContain(title);
    expect(runWords(docs.noTheorem)).not.toContain("Angle to the predicted direction");
  });

  it("says of a refutation that the limit was observed, unless it was not", () => {
    expect(runWords(docs.refuted)).toContain("identified by observation");
    const exact = { ...docs.refuted, evidence: { ...docs.refuted.evidence, hypotheses: "exact" as const } };
    expect(runWords(exact)).not.toContain("identified by observation");
  });

  it("escapes what comes from outside and still shows it", () => {
    expect(runPage(docs.nasty)).not.toContain("<script");
    expect(runWords(docs.nasty)).toContain(oneLine(docs.NASTY));
  });

  it("offers no command with a name that a shell would obey", () => {});

  it("draws each picture for a wide and for a narrow screen", () => {
    const root = parse(runPage(docs.holds), "html");
    expect(all(root, "svg").map((s) => s.attributes.get("width"))).toEqual(["696", "328", "696", "328"]);
  });

  it("takes very long names and many coordinates without growing without end", () => {
    const D = 5000;
    const doc: RunDocument = {
      ...docs.holds,
      theorem: "t".repeat(5000),
      data: { ...docs.holds.data, name: "n".repeat(5000), shape: [D], features: null },
      predicted: { ...docs.holds.predicted!, beta: Array(D).fill(1), betaExact: Array(D).fill("1".repeat(500)) },
      reached: { ...docs.holds.reached!, beta: Array(D).fill(2) },
    };
    const page = runPage(doc);
    expect(page.length).toBeLessThan(1_500_000);
    expect(words(all(parse(page, "html"), "h1")[0]!).length).toBeLessThanOrEqual(120);
  });
});

describe("certificates on the page", () => {
  it("are folded, in full while short", () => {
    const root = parse(runPage(docs.holds), "html");
    const json = all(root, "pre").map((p) => textOf(p));
    for (const c of docs.holds.certificates)
      expect(json.some((j) => j.startsWith("{") && JSON.stringify(JSON.parse(j)) === JSON.stringify(c))).toBe(true);
  });

  it("are cut politely when long", () => {
    const long = { ...docs.farkas, lambda: Array.from({ length: 5000 }, (_, i) => `${i}/5000`) } as typeof docs.farkas;
    const page = runPage({ ...docs.outOfScope, certificates: [long] });
    expect(page.length).toBeLessThan(60_000);
    expect(words(parse(page, "html"))).toContain("report.json has all of it");
  });

  it("are JSON with one list a line", () => {
    const value = { a: [1, "x", null], b: [[1], []], c: {}, d: { e: true } };
    expect(JSON.parse(indented(value))).toEqual(value);
    expect(indented(value).split("\n")).toContain('  "a": [1, "x", null],');
  });
});

describe("the page of a campaign", () => {
  it("says everything the document says", () => {
    const text = verifyWords(docs.CAMPAIGNS.two!);
    const t = docs.campaign;
    const facts = [
      "2 theorems: 1 holds, 1 inconclusive",
      "424242",
      t.id,
      t.title,
      flat(t.statement),
      ...t.notClaimed,
      ...t.restsOn,
      ...t.hypotheses.map((h) => h.statement),
      ...[t.asked, t.ran, t.inScope, t.outOfScope, t.inconclusive].map(showCount),
      showNumber(t.angleBounds!.median),
      showUpper(t.angleBounds!.p95),
      showUpper(t.angleBounds!.largest),
      ...t.cases.map((c) => showUpper(c.angleBound)),
      t.worst!.why!,
      replayCommand(t.worst!.replay),
      "The first 12 of 30",
      "gradient descent",
      "a theorem tested on nothing is not true",
      "1 h 2 min",
    ];
    for (const fact of facts) expect(text).toContain(fact);
  });

  it("shows the largest angle where every case holds", () => {
    const worst = docs.row(3, "holds", 0.0777);
    const part = { ...docs.campaign, inconclusive: 0, worst, cases: [docs.row(0, "holds", 0.01), worst] };
    const text = verifyWords(docs.verify("holds", [part]));
    expect(text).toContain("None failed and none was left undecided");
    expect(text).toContain("The largest angle:");
    expect(text).toContain(replayCommand(worst.replay));
  });

  it("says that nothing was verified", () => {
    expect(verifyWords(docs.CAMPAIGNS.none!)).toContain("No theorem was verified");
  });

  it("escapes what comes from outside", () => {
    expect(verifyPage(docs.CAMPAIGNS.nasty!)).not.toContain("<script");
  });
});
