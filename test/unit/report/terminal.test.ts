import { describe, expect, it } from "vitest";
import type { RunDocument } from "../../../src/kernel/document.js";
import { showCount, showNumber, showUpper, unitVector } from "../../../src/report/format.js";
import { runTable, verifyTable } from "../../../src/report/terminal.js";
import { columns, replayCommand } from "../../../src/report/text.js";
import { outcomeWord } from "../../../src/report/words.js";
import * as docs from "./fixtures.js";
import { LIMIT_CAMPAIGNS, LIMIT_RUNS } from "./limit-fixtures.js";

const SGR = new RegExp(`${"\u001b"}\\[[\\d;]*m`, "g");
const flat = (text: string): string => text.replace(/\s+/g, " ");

const tables: readonly (readonly [string, (color: boolean) => string])[] = [
  ...Object.entries({ ...docs.RUNS, ...LIMIT_RUNS }).map(
    ([name, doc]) => [`run ${name}`, (color: boolean) => runTable(doc, color)] as const,
  ),
  ...Object.entries({ ...docs.CAMPAIGNS, ...LIMIT_CAMPAIGNS }).map(
    ([name, doc]) => [`verify ${name}`, (color: boolean) => verifyTable(doc, color)] as const,
  ),
];

describe.each(tables)("the table of %s", (_, table) => {
  const lines = table(false).split("\n");

  it("keeps to 100 columns, but for a command that is to be copied", () => {
    for (const line of lines) if (!line.startsWith("biasproof replay ")) expect(columns(line)).toBeLessThanOrEqual(100);
  });

  it("has no trailing space and no line end at its end", () => {
    for (const line of lines) expect(line).toBe(line.trimEnd());
    expect(lines.at(-1)).not.toBe("");
  });

  it("has color only where asked, and no other control character", () => {
    expect(table(false)).not.toContain("\u001b");
    expect(table(true)).toContain("\u001b[");
    expect(
      table(true)
        .replace(SGR, "")
        .split("\n")
        .map((line) => line.trimEnd()),
    ).toEqual(lines);
    expect([...table(true).replace(SGR, "")].some((c) => c !== "\n" && c < " ")).toBe(false);
  });

  it("shows no broken number", () => {
    expect(table(false)).not.toMatch(/\b(NaN|Infinity|undefined|null|\[object)/);
  });
});

describe("the table of a run", () => {
  it("says everything in words and numbers", () => {
    for (const doc of [docs.holds, docs.inconclusive, docs.refuted, docs.suspect]) {
      const text = flat(runTable(doc, false));
      const reached = doc.reached!;
      const facts = [
        doc.theorem!,
        "gradient flow",
        ...doc.hypotheses.flatMap((h) => [h.id, h.evidence, h.why]),
        ...doc.claims.flatMap((c) => [outcomeWord(c.outcome), c.id, c.why]),
        doc.restsOn.join(", "),
        ...doc.notes,
        "setosa",
        "versicolor, virginica",
        "widths 16, 8",
        showNumber(doc.predicted!.objective),
        showNumber(reached.logInverseLoss),
        showCount(reached.steps),
        `at most ${showUpper(reached.angleBound)} rad`,
        `at most ${showUpper(reached.solverFreeBound)} rad`,
        ...unitVector(reached.beta)!.map(showNumber),
        ...unitVector(doc.predicted!.beta)!.map(showNumber),
        replayCommand(doc.replay),
      ];
      for (const fact of facts) expect(text).toContain(fact);
      expect(text.startsWith(doc.verdict)).toBe(true);
    }
  });

  it("gives each hypothesis its own word", () => {
    expect(runTable(docs.inconclusive, false)).toMatch(/^ {2}not seen {2}positive-margin +observed/m);
    expect(runTable(docs.inconclusive, false)).toMatch(/^ {2}yes {7}separable +certified/m);
    expect(runTable(docs.outOfScope, false)).toMatch(/^ {2}no {8}separable +certified/m);
  });

  it("explains each verdict", () => {
    const line = (doc: RunDocument): string => flat(runTable(doc, false)).slice(0, 400);
    expect(line(docs.outOfScope)).toContain(
      "No linear predictor through the origin separates these points, so the theorem does not speak of them (Farkas certificate).",
    );
    const loss = {
      ...docs.outOfScope,
      hypotheses: [{ ...docs.outOfScope.hypotheses[0]!, id: "tail", statement: "it has a tail" }],
    };
    expect(line(loss)).toContain("The theorem assumes that it has a tail; here that is false (certified)");
    expect(line(docs.noTheorem)).toContain("No theorem was checked: none of the catalogue speaks of the architecture");
    expect(line(docs.noTheorem)).toContain("the verdict can only be inconclusive");
    expect(line(docs.inconclusive)).toContain("Not seen along this run: positive-margin");
    expect(line(docs.suspect)).toContain("a lead to follow, not a refutation");
    expect(line(docs.holds)).toContain("certified within 0.09342 rad (5.353 deg)");
  });

  it("colors only `holds` green", () => {
    for (const doc of Object.values(docs.RUNS))
      expect(runTable(doc, true).startsWith("\u001b[1;32m")).toBe(doc.verdict === "holds");
  });

  it("cuts a vector after 8 coordinates", () => {
    expect(flat(runTable(docs.image, false))).toContain("...] (64 coordinates)");
  });

  it("never breaks a replay command", () => {
    const replay = `bp1.${"abc_".repeat(1000)}`;
    expect(runTable({ ...docs.holds, replay }, false).split("\n")).toContain(replayCommand(replay));
  });
});

describe("the table of a campaign", () => {
  it("has the row of each theorem under its heads", () => {
    const text = verifyTable(docs.CAMPAIGNS.one!, false);
    const [, heads] = text.split("\n");
    expect(heads!.trim().split(/ {2,}|(?<=claim|hypotheses|proof|asked|scope|inconcl\.) /)).toEqual(
      expect.arrayContaining([
        "claim",
        "hypotheses",
        "proof",
        "asked",
        "in scope",
        "inconcl.",
        "worst",
        "median of",
        "time",
      ]),
    );
    expect(text).toMatch(/^fully-connected-l2 \(gradient flow\) +holds$/m);
    expect(text).toMatch(/^ {2}certified observed {3}assumed +100 +100 +1 +0\.1734 +0\.01579 angle, rad +1 min 23 s$/m);
    expect(text).toContain("convex-kkt, stolz-cesaro");
    expect(text).toContain("seed 424242");
  });

  it("gives the reason and the replay line of whatever does not hold, however many there are", () => {
    const one = verifyTable(docs.CAMPAIGNS.one!, false);
    expect(one).toContain("case 17 stayed above the tolerance");
    expect(one).toContain("biasproof replay 'bp1.case17_q1ZQslIy'");
    const cases = Array.from({ length: 9 }, (_, i) => docs.row(i, "suspect", 0.2));
    const many = verifyTable(
      docs.verify("suspect", [{ ...docs.campaign, verdict: "suspect", suspect: 9, cases }]),
      false,
    );
    expect(many.match(/biasproof replay/g)!.length).toBe(5);
    expect(many).toContain("and 4 more cases");
    expect(many).toContain("9 suspect");
  });

  it("says why a theorem is not decided", () => {
    const part = { ...docs.campaign, verdict: "inconclusive" as const };
    const says = (t: typeof part): string => flat(verifyTable(docs.verify("inconclusive", [t]), false));
    expect(says({ ...part, inScope: 0, ran: 0, cases: [], worst: null })).toContain("tested on no case in scope");
    expect(says({ ...part, inScope: 60 })).toContain("Only 60 of the 100 cases");
    expect(says({ ...part, inconclusive: 5 })).toContain("5 of the 100 cases in scope were inconclusive; at most 1 %");
  });

  it("shows a case where all are out of scope", () => {
    const part = {
      ...docs.campaign,
      verdict: "inconclusive" as const,
      inScope: 0,
      worst: null,
      cases: [docs.row(2, "out-of-scope", null)],
    };
    expect(verifyTable(docs.verify("inconclusive", [part]), false)).toContain("bp1.case2_");
  });
});
