import { describe, expect, it } from "vitest";
import type { RunDocument, VerifyDocument } from "../../../src/kernel/document.js";
import { showNumber, showUpper } from "../../../src/report/format.js";
import { junitOf } from "../../../src/report/junit.js";
import { inert, summaryOf } from "../../../src/report/summary.js";
import { replayCommand } from "../../../src/report/text.js";
import * as docs from "./fixtures.js";
import { LIMIT_CAMPAIGNS, LIMIT_RUNS } from "./limit-fixtures.js";
import { all, type Element, parse, textOf } from "./parse.js";

const documents: readonly (readonly [string, RunDocument | VerifyDocument])[] = [
  ...Object.entries({ ...docs.RUNS, ...LIMIT_RUNS }).map(([name, doc]) => [`run ${name}`, doc] as const),
  ...Object.entries({ ...docs.CAMPAIGNS, ...LIMIT_CAMPAIGNS }).map(([name, doc]) => [`verify ${name}`, doc] as const),
];

const counts = (e: Element): readonly (string | undefined)[] =>
  ["tests", "failures", "errors", "skipped"].map((name) => e.attributes.get(name));

describe.each(documents)("JUnit of %s", (_, doc) => {
  const xml = junitOf(doc);
  const root = parse(xml, "xml");

  it("is well-formed XML 1.0 whose counts are those of its cases", () => {
    expect(xml.startsWith('<?xml version="1.0" encoding="UTF-8"?>')).toBe(true);
    expect(xml).not.toMatch(/[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u);
    const found = [all(root, "testcase"), all(root, "failure"), all(root, "error"), all(root, "skipped")];
    for (const name of ["testsuites", "testsuite"])
      expect(counts(all(root, name)[0]!)).toEqual(found.map((f) => String(f.length)));
    expect(found[0]!.length).toBeGreaterThan(0);
    for (const c of found[0]!) {
      expect(c.attributes.get("time")).toMatch(/^\d+\.\d{3}$/);
      expect(c.attributes.get("name")).not.toBe("");
    }
  });

  it("shows no broken number", () => {
    expect(xml).not.toMatch(/\b(NaN|Infinity|undefined|null|\[object)/);
  });
});

describe("JUnit", () => {
  const failure = (doc: RunDocument): Element | undefined => all(parse(junitOf(doc), "xml"), "failure")[0];

  it("is green for `holds` alone", () => {
    expect(failure(docs.holds)).toBeUndefined();
    expect(failure(docs.refuted)!.attributes.get("type")).toBe("refuted");
    expect(failure(docs.suspect)!.attributes.get("type")).toBe("suspect");
    expect(failure(docs.inconclusive)!.attributes.get("type")).toBe("inconclusive");
    expect(failure(docs.outOfScope)).toBeUndefined();
    const [skipped] = all(parse(junitOf(docs.outOfScope), "xml"), "skipped");
    expect(skipped!.attributes.get("message")).toContain("No linear predictor");
  });

  it("is not red where one case in a hundred of a theorem that holds is inconclusive", () => {
    const root = parse(junitOf(docs.CAMPAIGNS.one!), "xml");
    expect(all(root, "failure")).toEqual([]);
    expect(textOf(root)).toContain("case 17");
  });

  it("is red where nothing was verified", () => {
    expect(all(parse(junitOf(docs.CAMPAIGNS.none!), "xml"), "failure").length).toBe(1);
  });

  it("carries why, the bounds and the replay line", () => {
    const text = textOf(failure(docs.inconclusive)!);
    for (const fact of [
      docs.inconclusive.claims[0]!.why,
      docs.inconclusive.hypotheses[3]!.why,
      showUpper(0.093412),
      showUpper(0.27654),
      showNumber(1234.56),
      replayCommand(docs.inconclusive.replay),
    ])
      expect(text).toContain(fact);
  });
});

describe.each(documents)("the summary of %s", (_, doc) => {
  const lines = summaryOf(doc).split("\n");
  const prose: string[] = [];
  let fence: string | null = null;
  for (const line of lines) {
    const bar = /^(`{3,})(sh)?$/.exec(line)?.[1] ?? null;
    if (fence === null && bar !== null) fence = bar;
    else if (fence !== null && line === fence) fence = null;
    else if (fence === null) prose.push(line);
  }

  it("closes its fences and opens no HTML, link, mention or reference", () => {
    expect(fence).toBeNull();
    for (const line of prose) {
      expect(line).not.toMatch(/[<>`[\]\\]/);
      expect(line).not.toMatch(/@\w|(?<!&)#\d|https?:\/\/|www\./);
    }
  });

  it("has tables whose rows are as long as their heads", () => {
    let width = 0;
    for (const line of prose) {
      const cells = line.startsWith("|") ? line.split("|").length : 0;
      if (width > 0 && cells > 0) expect(cells).toBe(width);
      width = cells;
    }
  });

  it("shows no broken number and no control character", () => {
    expect(lines.join("\n")).not.toMatch(/\b(NaN|Infinity|undefined|null|\[object)/);
    expect([...lines.join("")].some((c) => c < " ")).toBe(false);
  });
});

describe("the summary", () => {
  it("makes text inert without losing it", () => {
    expect(inert("a|b")).toBe("a&#124;b");
    expect(inert("<b> & *x* _y_ snake_case [z](q) ~`")).toBe(
      "&#60;b&#62; &#38; &#42;x&#42; &#95;y&#95; snake_case &#91;z&#93;(q) &#126;&#96;",
    );
    expect(inert("@you #12 &#9; http://a www.b")).toBe(
      "@\u200byou #\u200b12 &#38;#\u200b9; http:\u200b//a www\u200b.b",
    );
  });

  it("says what a reviewer needs", () => {
    const text = summaryOf(docs.inconclusive);
    for (const fact of [
      "biasproof: inconclusive",
      "0.09342 rad (5.353 deg)",
      "0.2766 rad",
      "1235",
      "12,345",
      "not seen",
      replayCommand(docs.holds.replay),
    ])
      expect(text).toContain(fact);
    const campaign = summaryOf(docs.CAMPAIGNS.two!);
    for (const fact of [
      "| fully-connected-l2 | gradient flow |",
      "| 100 | 100 | 1 | 0.1734 | 0.01579 | angle, rad | 1 min 23 s |",
      "424242",
      "case17",
    ])
      expect(campaign).toContain(fact);
  });
});
