import { describe, expect, it } from "vitest";
import type { Measure } from "../../../src/report/measure.js";
import { angleChart } from "../../../src/report/svg/angle-chart.js";
import { boundHistogram } from "../../../src/report/svg/bound-histogram.js";
import { coefficientChart } from "../../../src/report/svg/coefficient-chart.js";
import { logScale, logTicks, powerLabel } from "../../../src/report/svg/log-axis.js";
import { place } from "../../../src/report/svg/place.js";
import { NASTY } from "./fixtures.js";
import { all, type Element, elements, flat, parse, textOf } from "./parse.js";

const WIDTHS = [328, 696];

/** Facts that hold for every picture: it is one element, named, in range, and shows no broken number. */
function look(svg: string, width: number): Element {
  const root = parse(svg, "xml");
  expect(root.children.length).toBe(1);
  const picture = root.children[0] as Element;
  expect(picture.name).toBe("svg");
  expect(picture.attributes.get("role")).toBe("img");
  const ids = picture.attributes.get("aria-labelledby")!.split(" ");
  for (const [i, name] of ["title", "desc"].entries()) {
    const [named] = all(picture, name);
    expect(named!.attributes.get("id")).toBe(ids[i]);
    expect(flat(textOf(named!))).not.toBe("");
  }
  expect(svg).not.toMatch(/NaN|Infinity|undefined|null/);
  expect(svg.replace('xmlns="http://www.w3.org/2000/svg"', "")).not.toMatch(/https?:/);
  const height = Number(picture.attributes.get("height"));
  for (const e of elements(picture))
    for (const [name, value] of e.attributes) {
      const limit = /^(x|x1|x2|cx)$/.test(name) ? width : /^(y|y1|y2|cy)$/.test(name) ? height : null;
      if (limit !== null) {
        expect(Number(value)).toBeGreaterThanOrEqual(-1);
        expect(Number(value)).toBeLessThanOrEqual(limit + 1);
      }
    }
  return picture;
}

const words = (e: Element): string => flat(all(e, "text").map(textOf).join(" | "));
const symbols = (e: Element): number => all(e, "path").filter((p) => p.attributes.has("transform")).length;
const path = (n: number, angle: (i: number) => number, loss: (i: number) => number = (i) => i + 2) =>
  Array.from({ length: n }, (_, i) => ({ logInverseLoss: loss(i), angleBound: angle(i) }));

describe.each(WIDTHS)("the angle chart, %i pixels wide", (width) => {
  const draw = (p: ReturnType<typeof path>, tolerance: number | null = 0.1, limit = false): Element =>
    look(angleChart({ path: p, tolerance, limit }, { id: "a", width }), width);

  it("has a title, named axes with units, the tolerance and the last bound", () => {
    const picture = draw(path(30, (i) => (i === 29 ? 0.03125 : 0.93 / (i + 1))));
    for (const part of [
      "Angle to the predicted direction",
      "rad, log scale",
      "log(1/loss)",
      "tolerance 0.1 rad",
      "0.03125 rad",
    ])
      expect(words(picture)).toContain(part);
    expect(symbols(picture)).toBe(30);
    expect(textOf(picture)).toContain("30 points");
  });

  it("takes an empty path, and one that a log axis cannot hold", () => {
    expect(words(draw([]))).toContain("No point");
    expect(
      words(
        draw(
          path(
            3,
            () => 0.2,
            () => -1,
          ),
        ),
      ),
    ).toContain("No point");
  });

  it("takes a single point, no tolerance, and a flat curve", () => {
    expect(symbols(draw(path(1, () => 0.3)))).toBe(1);
    expect(
      words(
        draw(
          path(5, () => 0.3),
          null,
        ),
      ),
    ).not.toContain("tolerance");
    expect(
      symbols(
        draw(
          path(
            5,
            () => 0.3,
            () => 7,
          ),
        ),
      ),
    ).toBe(5);
  });

  it("sets zeros on the floor and counts what it leaves out", () => {
    const picture = draw(
      path(
        6,
        (i) => (i < 4 ? 0.5 : 0),
        (i) => i - 1,
      ),
    );
    expect(words(picture)).toContain("2 bounds of 0 on the floor");
    expect(words(picture)).toContain("2 points with loss >= 1");
    expect(words(picture)).toContain("0 rad");
    expect(symbols(picture)).toBe(4);
    expect(
      words(
        draw(
          path(1, () => 0),
          null,
        ),
      ),
    ).toContain("0 rad");
  });

  it("goes on to a limit by a dotted line, and says that nothing was recorded between", () => {
    const far = path(
      4,
      (i) => [0.4, 0.2, 0.05, 1e-13][i]!,
      (i) => [1, 8, 64, 1e36][i]!,
    );
    const picture = draw(far, 1e-8, true);
    expect(words(picture)).toContain("limit: 1e-13 rad");
    expect(words(picture)).toContain("dotted: on to the limit");
    expect(words(picture)).toMatch(/10\u00b3\u2070|10\u00b2\u2070/);
    expect(all(picture, "path").filter((p) => /dasharray/.test(p.attributes.get("style") ?? "")).length).toBe(1);
    expect(words(draw(far, 1e-8))).not.toContain("dotted");
    const alone = draw(far.slice(3), 1e-8, true);
    expect(words(alone)).not.toContain("dotted");
    expect(symbols(alone)).toBe(1);
  });

  it("reaches from the smallest to the largest numbers", () => {
    const far = draw(
      path(
        40,
        (i) => 10 ** (-8 * i),
        (i) => 10 ** (7 * i),
      ),
      1e-100,
    );
    expect(symbols(far)).toBe(40);
    expect(words(far)).toContain("10\u2070".slice(0, 2));
    expect(
      symbols(
        draw(
          path(
            2,
            (i) => (i === 0 ? 3.14 : 5e-324),
            (i) => (i === 0 ? 5e-324 : 1.7e308),
          ),
        ),
      ),
    ).toBe(2);
  });
});

describe.each(WIDTHS)("the coefficient chart, %i pixels wide", (width) => {
  const draw = (
    predicted: number[] | null,
    reached: number[] | null,
    shape: number[],
    features: string[] | null = null,
    limit = false,
  ) => look(coefficientChart({ predicted, reached, shape, features, limit }, { id: "c", width }), width);
  const wave = (D: number, k = 0): number[] => Array.from({ length: D }, (_, i) => ((i * 37 + k) % 64) / 32 - 1.01);
  const rects = (e: Element): number => all(e, "rect").length - all(e, "pattern").length * 2;

  it("names few coordinates and draws two bars for each", () => {
    const picture = draw([1, -2], [2, -4.1], [2], ["petal", "sepal"]);
    expect(words(picture)).toContain("petal | sepal");
    expect(words(picture)).toContain("predicted | reached");
    expect(rects(picture)).toBe(4 + 2);
  });

  it("draws one coordinate, bars to 40 and lollipops beyond", () => {
    expect(rects(draw([5], [7], [1]))).toBe(2 + 2);
    expect(rects(draw(wave(40), wave(40, 5), [40]))).toBe(80 + 2);
    const many = draw(wave(64), wave(64, 5), [8, 8]);
    expect(rects(many)).toBe(0);
    expect(symbols(many)).toBe(128 + 2);
    expect(words(many)).toContain("8x8, row by row");
    expect(words(many)).toContain("1 | 9 | 17 | 25 | 33 | 41 | 49 | 57");
  });

  it("calls a limit by its name", () => {
    expect(words(draw([1, -2], [2, -4], [2], null, true))).toContain("predicted | limit");
    const alone = words(draw(null, [2, -4], [2], null, true));
    expect(alone).toContain("Limit direction");
    expect(alone).not.toMatch(/predicted|reached/i);
  });

  it("draws what there is", () => {
    expect(words(draw(null, [1, 2], [2]))).not.toContain("predicted |");
    expect(words(draw([1, 2], null, [2]))).toContain("predicted");
    expect(words(draw(null, null, [2]))).toContain("no direction");
    expect(words(draw([0, 0], [0, 0], [2]))).toContain("no direction");
  });

  it("cuts what nobody could see, and says so", () => {
    const picture = draw(wave(2000), wave(2000, 9), [2000]);
    expect(symbols(picture)).toBe(1024 + 2);
    expect(textOf(all(picture, "desc")[0]!)).toContain("the first 512 of 2000");
  });

  it("escapes and cuts names", () => {
    const picture = draw([1, 1], [1, 1], [2], [NASTY, "x".repeat(5000)]);
    expect(words(picture)).toContain("<scr");
    expect(words(picture).length).toBeLessThan(400);
    expect(all(picture, "script").length).toBe(0);
  });

  it("tells the two apart without color", () => {
    const svg = coefficientChart(
      { predicted: [1], reached: [1], shape: [1], features: null, limit: false },
      { id: "q", width },
    );
    expect(svg).toContain('id="q-hatch"');
    expect(svg).toContain("fill:url(#q-hatch)");
  });
});

describe.each(WIDTHS)("the histogram, %i pixels wide", (width) => {
  const draw = (
    bounds: (number | null)[],
    median: number | null,
    tolerance: number | null = null,
    measure: Measure = "angle",
  ): Element => look(boundHistogram({ measure, bounds, median, tolerance }, { id: "h", width }), width);

  it("counts every case", () => {
    const picture = draw([0.01, 0.011, 0.2, 0, 0, null], 0.01, 0.1);
    expect(words(picture)).toContain("median 0.01");
    expect(words(picture)).toContain("tolerance 0.1");
    expect(words(picture)).toContain("1 case without a bound");
    expect(textOf(all(picture, "desc")[0]!)).toContain("5 cases");
    expect(textOf(all(picture, "desc")[0]!)).toContain("largest 0.2 rad");
  });

  it("names what it counts, and its unit", () => {
    expect(words(draw([0.1], null))).toContain("bound of the angle (rad, log scale)");
    const gaps = draw([1e-15, 3e-13, 0], 1e-15, 1e-10, "margin-gap");
    expect(words(gaps)).toContain("margin gap (no unit, log scale)");
    expect(words(gaps)).toContain("tolerance 1e-10");
    expect(textOf(gaps)).not.toMatch(/rad|deg/);
    expect(textOf(draw([1e-15], 1e-15, 1e-10, "bridge-residual"))).toContain("largest residual (no unit, log scale)");
  });

  it("sets what is next to 0 apart, where the axis would be stretched to it", () => {
    const picture = draw([1e-36, 3e-34, 0, 1e-15, 2e-15], 1e-15, 1e-10, "bridge-residual");
    expect(words(picture)).toContain("< 10\u207b\u00b9\u2078");
    expect(words(picture)).not.toMatch(/10\u207b[\u00b2\u00b3]\u2070?/);
    expect(words(draw([0, 1e-15], 1e-15))).toMatch(/\| 0 \|/);
    expect(words(draw([1e-36, 1e-35, 1e-15], 1e-35, 1e-10))).toContain("median 1e-35");
  });

  it("takes none, one, zeros only, and the whole range", () => {
    expect(words(draw([], null))).toContain("No case");
    expect(words(draw([null], null))).toContain("No case");
    expect(all(draw([0.05], 0.05), "rect").length).toBe(1);
    expect(all(draw([0, 0], 0), "rect").length).toBe(1);
    expect(all(draw([5e-324, 3], 5e-324), "rect").length).toBe(2);
  });
});

it("writes powers of ten as people do", () => {
  expect([0.001, 0.5, 1, 10_000, 100_000, 1e-7, 2e-12, 1e100].map(powerLabel)).toEqual([
    "0.001",
    "0.5",
    "1",
    "10000",
    "10\u2075",
    "10\u207b\u2077",
    "2\u00d710\u207b\u00b9\u00b2",
    "10\u00b9\u2070\u2070",
  ]);
});

it("places a label off the curve where it can", () => {
  const spots = [
    { x: 0, y: 50, anchor: "start" },
    { x: 0, y: 150, anchor: "start" },
  ] as const;
  expect(
    place(
      "word",
      spots,
      [
        [0, 45],
        [200, 45],
      ],
      [],
    ),
  ).toBe(spots[1]);
  expect(
    place(
      "word",
      spots,
      [
        [0, 100],
        [200, 100],
      ],
      [],
    ),
  ).toBe(spots[0]);
  expect(
    place(
      "word",
      spots,
      [
        [0, 45],
        [10, 145],
      ],
      [],
    ),
  ).toBe(spots[0]);
});

describe("the ticks of a logarithmic axis", () => {
  const named = (low: number, high: number, pixels = 300): (string | null)[] =>
    logTicks(logScale([low, high], [0, pixels], [1, 1]), 6, 20)
      .map((t) => t.label)
      .filter((l) => l !== null);

  it("are enough to read it by, the roundest first", () => {
    expect(named(0.04, 0.3)).toEqual(["0.05", "0.1", "0.2"]);
    expect(named(0.001, 10)).toEqual(["0.001", "0.01", "0.1", "1", "10"]);
    expect(named(0.31, 0.49).length).toBeGreaterThanOrEqual(1);
  });

  it("never stand closer than asked", () => {
    for (const [low, high] of [
      [1, 9],
      [0.9, 110],
      [1e-9, 1e9],
    ] as const) {
      const at = logTicks(logScale([low, high], [0, 200], [1, 1]), 6, 46).flatMap((t) =>
        t.label === null ? [] : [t.at],
      );
      const sorted = [...at].sort((a, b) => a - b);
      for (const [i, x] of sorted.entries()) if (i > 0) expect(x - sorted[i - 1]!).toBeGreaterThanOrEqual(46);
    }
  });
});
