import { describe, expect, it } from "vitest";
import { escapeText, Markup, markup, px } from "../../../src/report/markup.js";
import { clean, columns, oneLine, replayCommand, shorten, wrap } from "../../../src/report/text.js";

describe("cleaning", () => {
  it("replaces what a terminal, a parser or a reader's eye would obey", () => {
    const obeyed = [
      "\u0000",
      "\u0007",
      "\u001b",
      "\u007f",
      "\u009b",
      "\ufffe",
      "\uffff",
      "\ud800",
      "\udc00",
      "\u202e",
      "\u2066",
    ];
    for (const c of obeyed) expect(clean(`a${c}b`)).toBe("a\ufffdb");
    expect(clean("a\tb\nc\u00e9\u{1f600}")).toBe("a\tb\nc\u00e9\u{1f600}");
    expect(oneLine(" a\r\n\tb\u2028c ")).toBe("a b c");
  });
});

describe("wrapping", () => {
  it("keeps to the width and loses no word", () => {
    const text = `one two ${"three".repeat(30)} four \u6f22\u5b57\u6f22\u5b57\u6f22\u5b57 e\u0301e\u0301 five`;
    for (let width = 2; width < 60; width++) {
      const lines = wrap(text, width);
      for (const line of lines) {
        expect(columns(line)).toBeLessThanOrEqual(width);
        expect(line).toBe(line.trim());
        expect(line).not.toBe("");
      }
      expect(lines.join("").replaceAll(" ", "")).toBe(text.replaceAll(" ", ""));
    }
    expect(wrap("", 10)).toEqual([""]);
  });

  it("ends even where a character is wider than the column", () => {
    expect(wrap("\u6f22\u6f22", 1)).toEqual(["\u6f22", "\u6f22"]);
  });

  it("shortens with dots", () => {
    expect(shorten("abcdefghij", 8)).toBe("abcde...");
    expect(shorten("abc", 8)).toBe("abc");
    expect(columns(shorten("\u6f22".repeat(20), 9))).toBeLessThanOrEqual(9);
  });
});

describe("the replay command", () => {
  it("is one quoted word on one line", () => {
    expect(replayCommand("bp1.abc")).toBe("biasproof replay 'bp1.abc'");
    expect(replayCommand("@a'; rm -rf\n/ '")).toBe("biasproof replay '@a'\\''; rm -rf / '\\'''");
  });
});

describe("markup", () => {
  it("escapes every string and nothing twice", () => {
    const evil = `<b a="1" c='2'>&amp;`;
    expect(markup`<p title="${evil}">${evil}</p>`.text).toBe(`<p title="${escapeText(evil)}">${escapeText(evil)}</p>`);
    expect(escapeText(evil)).toBe("&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;amp;");
    expect(markup`${markup`<i>${"<"}</i>`}${[markup`a`, markup`b`]}${null}`.text).toBe("<i>&lt;</i>ab");
  });

  it("takes only its own markup for markup", () => {
    const forged = JSON.parse('{"text":"<script>"}') as Markup;
    expect(markup`${markup`${new Markup("<i/>")}`}`.text).toBe("<i/>");
    expect(() => markup`${forged}`).toThrow();
  });

  it("writes coordinates that are numbers", () => {
    expect([px(1.23456), px(-0.001), px(Number.NaN), px(Number.POSITIVE_INFINITY)]).toEqual(["1.23", "0", "0", "0"]);
  });
});
