/** A newcomer finds every word of the trade explained where it is used. */
import { describe, expect, it } from "vitest";
import { EVIDENCE } from "../../../src/kernel/evidence.js";
import { runPage, verifyPage } from "../../../src/report/html.js";
import { summaryOf } from "../../../src/report/summary.js";
import { runTable, verifyTable } from "../../../src/report/terminal.js";
import { ALL_TERMS, termsIn } from "../../../src/report/terms.js";
import * as docs from "./fixtures.js";
import { all, flat, parse, textOf } from "./parse.js";

const octaves = {
  ...docs.holds,
  claims: [{ id: "limit-direction", outcome: "supports" as const, why: "falling over 5 octaves of log(1/loss)" }],
};
const names = (text: string, evidence = true): string[] => termsIn(text, evidence).map((t) => t.name);

describe("the terms", () => {
  it("are found where they are used and nowhere else", () => {
    expect(names("fell over 3 octaves of log(1/loss); 12 in scope")).toEqual(["log(1/loss)", "octave", "in scope"]);
    expect(names("it cannot tell (gradient flow)")).toEqual(["cannot tell", "gradient flow"]);
    expect(names("nothing to explain")).toEqual([]);
    expect(names("observed")).toEqual(["observed"]);
    expect(names("observed", false)).toEqual([]);
  });

  it("are lines that do not need each other's jargon", () => {
    for (const [name, means] of ALL_TERMS) {
      expect(means.length).toBeGreaterThan(20);
      expect(means.length).toBeLessThan(130);
      expect(means).not.toMatch(/octave|solver-free|silent/);
      expect(name.length).toBeLessThanOrEqual(13); // the names stand in a column of the terminal
    }
  });

  it("stand below the table of a run that uses them, and not below one that does not", () => {
    const table = runTable(octaves, false);
    expect(table).toMatch(/^words$/m);
    expect(table).toMatch(/^ {2}octave +a doubling of log\(1\/loss\)/m);
    expect(runTable(docs.noTheorem, false)).not.toMatch(/^ {2}(octave|rests on) /m);
    expect(runTable(docs.inconclusive, false)).toMatch(/^ {2}cannot tell +the run shows too little/m);
    expect(runTable(docs.inconclusive, false)).not.toContain("silent");
  });

  it("stand below the table of a campaign, those of evidence too", () => {
    const table = verifyTable(docs.CAMPAIGNS.one!, false);
    for (const name of ["in scope", "worst, median", "rests on", "certified", "assumed"])
      expect(table).toMatch(new RegExp(`^ {2}${name} +`, "m"));
    expect(verifyTable(docs.CAMPAIGNS.none!, false)).not.toMatch(/^words$/m);
  });

  it("stand in the summary", () => {
    expect(summaryOf(octaves)).toMatch(/^- octave: a doubling of log/m);
    expect(summaryOf(docs.CAMPAIGNS.one!)).toMatch(/^- in scope: a case that the theorem speaks of/m);
  });

  it("are all on both pages, with every word of evidence", () => {
    for (const page of [runPage(docs.holds), verifyPage(docs.CAMPAIGNS.one!)]) {
      const [words] = all(parse(page, "html"), "details").filter((d) => d.attributes.get("class") === "words");
      const text = flat(textOf(words!));
      for (const [name, means] of ALL_TERMS) expect(text).toContain(`${name} ${means}`);
      for (const grade of EVIDENCE) expect(text).toContain(grade);
    }
  });
});

describe("no report", () => {
  it("speaks of solver-free angles without saying what that is", () => {
    for (const doc of Object.values(docs.RUNS))
      for (const text of [runTable(doc, false), runPage(doc), summaryOf(doc)])
        expect(text).not.toContain("solver-free");
  });
});
