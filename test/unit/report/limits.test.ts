/** Reports on runs that were followed to their limit: what is certified there is shown, with its unit, and nothing else. */
import { describe, expect, it } from "vitest";
import type { BridgeResidualCertificate, Certificate } from "../../../src/kernel/certificate.js";
import type { RunDocument, VerifyDocument } from "../../../src/kernel/document.js";
import { showFar, showLower } from "../../../src/report/format.js";
import { runPage, verifyPage } from "../../../src/report/html.js";
import { junitOf } from "../../../src/report/junit.js";
import { measureOf, ratioOf } from "../../../src/report/measure.js";
import { reasonsOf } from "../../../src/report/reasons.js";
import { dualOf, MOST_FREQUENCIES, moduli } from "../../../src/report/spectrum.js";
import { summaryOf } from "../../../src/report/summary.js";
import { runTable, verifyTable } from "../../../src/report/terminal.js";
import * as docs from "./fixtures.js";
import * as limits from "./limit-fixtures.js";
import { all, type Element, flat, parse, textOf } from "./parse.js";

const page = (doc: RunDocument | VerifyDocument): Element =>
  parse(doc.command === "verify" ? verifyPage(doc) : runPage(doc), "html");
const pageWords = (doc: RunDocument | VerifyDocument): string => flat(textOf(page(doc)));
const table = (doc: RunDocument | VerifyDocument): string =>
  flat(doc.command === "verify" ? verifyTable(doc, false) : runTable(doc, false));
const everywhere = (doc: RunDocument): readonly string[] => [
  table(doc),
  pageWords(doc),
  flat(summaryOf(doc).replace(/&#(\d+);/g, (_, c: string) => String.fromCodePoint(Number(c)))),
  flat(textOf(parse(junitOf(doc), "xml"))),
];
/** Titles of the pictures on a page, each once. */
const pictures = (doc: RunDocument | VerifyDocument): string[] => [
  ...new Set(all(page(doc), "svg").map((s) => flat(textOf(all(s, "title")[0]!)))),
];

describe.each(Object.entries(limits.LIMIT_RUNS))("the reports on %s", (_, doc) => {
  it("have no line that says nothing", () => {
    for (const text of everywhere(doc)) {
      expect(text).not.toMatch(/certified -|no solver -|predicted - (?!\()|at most -|within -|: -(;|$)/);
      expect(text).not.toMatch(/\u2264 -|exp\(--/);
    }
    for (const line of runTable(doc, false).split("\n")) expect(line).not.toMatch(/^ {2}\S[\w /()]* +-$/);
  });

  it("name the limit only where there is one, and how far the run was followed", () => {
    for (const text of everywhere(doc)) {
      expect(text.includes("of descent came first")).toBe(doc.reached!.limit !== null);
      expect(text.includes("exp(-10^25.2)")).toBe(doc.reached!.limit !== null);
    }
    expect(/^ {2}limit {9}\[/m.test(runTable(doc, false))).toBe(doc.reached!.limit !== null);
    expect(/^ {2}reached {7}\[/m.test(runTable(doc, false))).toBe(doc.reached!.limit === null);
  });

  it("show an angle only where one is certified", () => {
    const angle = doc.reached!.angleBound !== null;
    expect(/\d rad\b/.test(table(doc).replace(/halving[^a]+at most \S+ rad/, ""))).toBe(angle);
    expect(pictures(doc).includes("Angle to the predicted direction")).toBe(angle);
  });
});

describe("a run at its limit", () => {
  it("judged by an angle: both directions at least margin 1, the angle, its tolerance", () => {
    const text = table(limits.limitAngle);
    expect(text).toContain(
      "the limit direction is certified within 1.022e-13 rad (5.854e-12 deg) of the predicted one",
    );
    expect(text).toContain("tolerance 1e-8 rad");
    expect(text).toContain("predicted [0.0462, 0.5211, -1.003, -0.4642] least l2 norm 1.222");
    expect(text).toContain("limit [0.0462, 0.5211, -1.003, -0.4642] scaled to least margin 1");
    expect(text).toContain("2 of 3 points carry the limit (the run's own weights)");
    expect(text).not.toContain("finer");
    expect(pictures(limits.limitAngle)).toEqual(["Angle to the predicted direction", "Predicted and limit direction"]);
    expect(pageWords(limits.limitAngle)).toContain("log(1/loss), limit 10^25.2");
  });

  it("judged by a margin gap: the gap has no unit and a tolerance of its own", () => {
    for (const text of everywhere(limits.limitGap)) expect(text).toContain("4.479e-15");
    const text = table(limits.limitGap);
    expect(text).toContain("at the limit at most 4.479e-15 of the best margin is missing");
    expect(text).toContain("tolerance 1e-10 for the margin gap (no unit)");
    expect(text).toMatch(/margin gap at most 4\.479e-15 of the best margin is missing; no solver trusted/);
    expect(text).toContain("margin gap the share of the best possible margin");
    expect(pageWords(limits.limitGap)).toContain("certified margin gap \u2264 4.479e-15 no unit");
    expect(pictures(limits.limitGap)).toEqual(["Limit direction", "Fourier moduli of the limit"]);
    expect(pageWords(limits.limitGap)).toContain(
      "stationarity asks that at depth 2 it be equally large wherever the limit is not 0",
    );
  });

  it("judged by residuals: the five of them, how often the steps were made finer, sampled at most", () => {
    for (const text of everywhere(limits.limitBridge)) {
      expect(text).toContain("5.309e-15");
      expect(text).toContain("steps made finer 2 times, each time to 1/8, until two limits in a row agreed");
    }
    const text = pageWords(limits.limitBridge);
    expect(text).toContain("The five residuals");
    for (const part of ["stationarity", "dual domain", "off the support", "complementarity", "feasibility"])
      expect(text).toContain(`${part} `);
    expect(text).toContain("feasibility 2.221e-16");
    expect(text).toContain("no proof that a stationary point is near");
    expect(text).toContain("stationarity asks that at depth 3 it be proportional to the power 2/3 - 1");
    expect(table(limits.limitBridge)).toContain(
      "claim sampled (true to rounding where it was tried, which is no proof)",
    );
    expect(pageWords(limits.limitGap)).not.toContain("The five residuals");
  });

  it("judged by residuals and an exact point beside them: which one, and how near", () => {
    const raised = (depth: number, beside: Certificate): RunDocument => ({
      ...limits.limitBridge,
      evidence: { ...limits.limitBridge.evidence, claim: "certified" },
      settings: { ...limits.limitBridge.settings, depth },
      certificates: [...limits.limitBridge.certificates, beside],
    });
    const { data, reached } = limits.limitBridge.certificates[0] as BridgeResidualCertificate;
    const gap = limits.limitGap.certificates[0]!;
    const bound: Certificate = {
      ...{ kind: "direction-bound", data, reached, angle: { lower: "0", upper: "7/1000000000000" } },
      optimum: { regularizer: "l2", beta: [], dual: [], objectiveSquared: "1" },
    };
    const point: Certificate = {
      ...{
        kind: "stationary-point",
        data,
        reached,
        penalty: { space: "fourier", p: "2/3" },
        support: [1],
        active: [0],
      },
      ...{ center: ["1", "1", "1"], radius: "1/1024", distance: { upper: "3/1000000000000" } },
      objective: { lower: "1", upper: "2" },
    };
    for (const [doc, says] of [
      [raised(1, bound), "the exact optimum is certified within 7e-12 rad of the limit"],
      [raised(2, gap), "at most 4.479e-15 of the best margin is missing; no solver trusted"],
      [raised(3, point), "a stationary point is enclosed, certified within 3e-12 of its length from the limit"],
    ] as const) {
      for (const text of [table(doc), pageWords(doc), flat(summaryOf(doc))]) expect(text).toContain(says);
      for (const text of everywhere(doc)) expect(text).toContain("5.309e-15"); // the residual is what is shown
      expect(pageWords(doc)).not.toContain("no proof that a stationary point is near");
      expect(pictures(doc)).toEqual(pictures(limits.limitBridge));
    }
    // What is only sampled shows no such thing, whatever it holds.
    const sampled = { ...raised(3, point), evidence: limits.limitBridge.evidence };
    expect(table(sampled)).not.toContain("exact point");
  });

  it("refuted: by how much at least, never more than is certified", () => {
    expect(table(limits.gapRefuted)).toContain("at the limit at least 0.31 of the best margin is missing");
    expect(table(limits.gapRefuted)).toContain("margin gap at least 0.31, at most 0.3142");
    expect(table(limits.bridgeRefuted)).toContain("at the limit a residual is at least 0.2499");
    expect(table(limits.bridgeRefuted)).toContain("residual at least 0.2499, at most 0.25 (no unit)");
    expect(pageWords(limits.gapRefuted)).toContain("certified margin gap \u2265 0.31 no unit, at most 0.3142");
    expect(pageWords(limits.bridgeRefuted)).toContain("certified residual \u2265 0.2499 no unit, at most 0.25");
    for (const doc of [limits.gapRefuted, limits.bridgeRefuted])
      expect(table(doc)).toContain("identified by observation");
  });

  it("not reached: the run itself is shown, as it is", () => {
    const text = table(limits.noLimit);
    expect(text).toContain("log(1/loss) 812.5 after 12,345 steps");
    expect(text).toContain("cannot tell limit-is-fourier-l1-max-margin no limit of the run was reached: it stalled");
    expect(text).not.toContain("margin gap at most");
    expect(pictures(limits.noLimit)).toEqual(["Reached direction"]);
  });

  it("without a first step: its start is not shown as if it had gone there", () => {
    const still: RunDocument = {
      ...limits.noLimit,
      reached: { ...limits.noLimit.reached!, steps: 0, logInverseLoss: -5.878, stop: "time-budget" },
    };
    for (const text of [table(still), pageWords(still), flat(summaryOf(still))]) {
      expect(text).toContain("No step was made: the run used up its budget of time.");
      expect(text).not.toMatch(/-5\.878|0 steps/);
    }
    expect(pictures(still)).toEqual([]);
  });

  it("that no theorem speaks of: where it went, and no tolerance, since nothing is held to one", () => {
    const text = table(limits.limitUnjudged);
    expect(text).toContain("limit [0.0462");
    expect(text).not.toContain("tolerance");
    expect(pictures(limits.limitUnjudged)).toEqual(["Limit direction"]);
  });

  it("draws the spectrum without the dual where the data are not there", () => {
    const doc = { ...limits.limitGap, certificates: [] };
    expect(pictures(doc)).toContain("Fourier moduli of the limit");
    expect(pageWords(doc)).not.toMatch(/\bdual\b/);
  });
});

describe("a campaign with residuals", () => {
  const { three, nothingTrained } = limits.LIMIT_CAMPAIGNS;

  it("names what worst and median are of, a theorem at a time", () => {
    const text = verifyTable(three!, false);
    expect(text).toMatch(/0\.1734 +0\.01579 angle, rad /);
    expect(text).toMatch(/ {2}sampled .* 1\.001e-12 2\.154e-14 residual /);
    expect(text).toMatch(/ {2}certified .* 1\.001e-12 2\.154e-14 margin gap /);
    expect(summaryOf(three!)).toContain("| 1.001e-12 | 2.154e-14 | margin gap |");
    expect(flat(textOf(parse(junitOf(three!), "xml")))).toContain(
      "certified margin gap: median 2.154e-14, largest 1.001e-12",
    );
    const words = pageWords(three!);
    for (const part of [
      "median residual 2.154e-14",
      "worst margin gap \u2264 1.001e-12 no unit",
      "The largest residual:",
    ])
      expect(words).toContain(part);
  });

  it("draws the residuals on a logarithmic axis, and lists them", () => {
    expect(pictures(three!)).toEqual([
      "Certified angle bounds of the cases",
      "Certified residuals of the cases",
      "Certified margin gaps of the cases",
    ]);
    const words = pageWords(three!);
    expect(words).toContain("1 case without a bound not drawn");
    expect(words).toContain("margin gap, at most");
    expect(words).toContain("case 9 has no limit");
  });

  it("shows nothing of cases that were never trained", () => {
    const words = pageWords(nothingTrained!);
    expect(words).not.toMatch(/median margin gap|worst margin gap|at most -|log\(1\/loss\) -/);
    expect(words).toContain("No case has a certified bound.");
  });
});

describe("the helpers", () => {
  it("say a reason once", () => {
    const none = "no limit of the run was reached";
    const unmet = ["loss-to-zero", "follows-flow"].map((id) => ({ id, why: none }));
    expect(reasonsOf([`${none}: it stalled`], unmet)).toBe(
      `${none}: it stalled; not seen for the same reason: loss-to-zero, follows-flow`,
    );
    expect(reasonsOf([], [...unmet, { id: "positive-margin", why: "it is negative" }])).toBe(
      `loss-to-zero, follows-flow: ${none}; positive-margin: it is negative`,
    );
    expect(reasonsOf(["a", "a", "b"], [])).toBe("a; b");
  });

  it("know the measure by the claims", () => {
    expect(measureOf([])).toBe("angle");
    expect(measureOf([{ id: "something else" }])).toBe("angle");
    expect(measureOf(limits.bridgeCampaign.claims)).toBe("bridge-residual");
    expect(measureOf(limits.gapCampaign.claims)).toBe("margin-gap");
    expect(measureOf(docs.campaign.claims)).toBe("angle");
  });

  it("read rationals of any length", () => {
    expect([ratioOf("-3/4"), ratioOf("7"), ratioOf("0"), ratioOf("x"), ratioOf("1/0")]).toEqual([
      -0.75,
      7,
      0,
      null,
      null,
    ]);
    expect(ratioOf(`${10n ** 5000n}/${3n * 10n ** 5000n}`)).toBeCloseTo(1 / 3, 15);
    expect(ratioOf(`1/${2n ** 1074n}`)).toBeGreaterThanOrEqual(0);
  });

  it("round down what is bounded from below", () => {
    for (let i = 0, x = 1e-12; i < 2000; i++, x *= 1.0071) {
      expect(Number(showLower(x))).toBeLessThanOrEqual(x);
      expect(Number(showLower(x))).toBeGreaterThan(x * 0.998);
    }
    expect([showLower(0), showLower(null), showLower(0.25)]).toEqual(["0", "-", "0.25"]);
  });

  it("write log(1/loss) as far as it goes", () => {
    expect(showFar(64, Math.log(64))).toBe("64");
    expect(showFar(1.742e25, 58.1)).toBe("10^25.2");
    expect(showFar(1e304, 5000)).toBe("10^2171.5");
    expect(showFar(812.5)).toBe("812.5");
    expect(showFar(null)).toBe("-");
  });
});

describe("the moduli of a vector", () => {
  const random = (D: number): number[] => Array.from({ length: D }, (_, i) => Math.sin(3 * i * i + i + 1));

  it("are those of the unitary transform, by its definition", () => {
    for (const D of [1, 2, 3, 4, 7, 16, 45]) {
      const x = random(D);
      const own = moduli(x)!;
      expect(own).toHaveLength(Math.floor(D / 2) + 1);
      for (const [k, size] of own.entries()) {
        const sum = (f: (t: number) => number): number =>
          x.reduce((a, v, j) => a + v * f((2 * Math.PI * j * k) / D), 0) / Math.sqrt(D);
        expect(size).toBeCloseTo(Math.hypot(sum(Math.cos), sum(Math.sin)), 12);
      }
    }
  });

  it("keep the length of the vector (Parseval)", () => {
    const x = random(101);
    const energy = moduli(x)!.reduce((a, m, k) => a + (k === 0 ? 1 : 2) * m * m, 0);
    expect(energy).toBeCloseTo(
      x.reduce((a, v) => a + v * v, 0),
      11,
    );
  });

  it("are not there where nobody could see them", () => {
    expect(moduli([])).toBeNull();
    expect(moduli([1, Number.NaN])).toBeNull();
    expect(moduli(random(2 * MOST_FREQUENCIES))).toBeNull();
    expect(moduli(random(2 * MOST_FREQUENCIES - 1))).toHaveLength(MOST_FREQUENCIES);
  });

  it("take the dual from the data of the certificates and the run's own weights", () => {
    expect(dualOf(limits.limitGap)).toEqual([0.875, -0.875, -2.125, -1.125]);
    expect(dualOf({ ...limits.limitGap, certificates: [] })).toBeNull();
    expect(dualOf(docs.holds)).toBeNull();
  });
});
