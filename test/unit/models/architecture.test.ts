/**
 * Every architecture of the toolkit under the laws of properties/laws/architecture.ts: a newly added one is judged with
 * no edit here. Then the laws themselves: what each must catch.
 */
import { describe, expect, it } from "vitest";
import { ARCHITECTURE_LAWS, type ArchitectureLaw, architectureLaws } from "../../../properties/laws/architecture.js";
import type { LawReport } from "../../../properties/laws/law.js";
import { architectureMutants } from "../../../properties/mutants/architectures.js";
import { withoutExact } from "../../../properties/mutants/parameterizations.js";
import { UseError } from "../../../src/kernel/use-error.js";
import type { Architecture, Dimensions } from "../../../src/models/architecture.js";
import { convolutional } from "../../../src/models/architectures/convolutional.js";
import { diagonal } from "../../../src/models/architectures/diagonal.js";
import { fullyConnected } from "../../../src/models/architectures/fully-connected.js";
import { ARCHITECTURES } from "../../../src/models/architectures/index.js";
import { fromMap } from "../../../src/models/compiled-map.js";
import { drawn } from "./signals.js";

const broken = (reports: readonly LawReport[]): string[] =>
  reports.filter((r) => r.ok === false).map((r) => `${r.law}: ${r.detail}`);
const named = (reports: readonly LawReport[], ok: boolean | null): string[] =>
  reports.filter((r) => r.ok === ok).map((r) => r.law);

const SKIPPED = ["apply-is-exact", "homogeneous", "adjoint", "fourier"];

/** The option that an architecture does not take, with a value for it. */
const OPTIONS: readonly Partial<Dimensions>[] = [
  { widths: [2] },
  { kernel: 1 },
  { shape: [1, 2] },
  { channels: { out: 1, in: 1 } },
  { filters: [1, 2] },
  { strides: [1, 1] },
];
const takes = (a: Architecture, option: string): boolean =>
  option === "widths" ? a.usesWidths : Object.keys(a.uses ?? {}).includes(option);

describe.each(ARCHITECTURES.map((a) => [a.name, a] as const))("%s", (_name, a) => {
  const depths = [...new Set(a.examples.map((e) => e.depth))];

  it.each(depths)("keeps every law on its examples of depth %i", (depth) => {
    for (const dimensions of a.examples.filter((e) => e.depth === depth)) {
      const P = a.build(dimensions);
      const reports = architectureLaws(P, 7 * dimensions.dim + depth);
      expect(broken(reports), JSON.stringify(dimensions)).toEqual([]);
      // A skip is allowed where there is no exact reading, and nowhere else.
      const skipped = P.exact().map === null ? SKIPPED : [];
      expect(named(reports, null)).toEqual(skipped);
    }
  });

  it("has small examples, and some of more than one coordinate", () => {
    expect(a.examples.length).toBeGreaterThan(3);
    for (const dimensions of a.examples) expect(a.build(dimensions).parameters).toBeLessThanOrEqual(300);
    expect(a.examples.some((e) => e.dim > 1)).toBe(true);
  });

  it("says which parameters form a layer", () => {
    for (const dimensions of a.examples) {
      const { groups, depth } = { ...a.build(dimensions), depth: dimensions.depth };
      expect(groups?.length).toBe(depth);
    }
  });

  it("refuses wrong dimensions", () => {
    const good = a.examples.at(-1)!;
    for (const wrong of [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 1e9]) {
      expect(() => a.build({ ...good, dim: wrong })).toThrow(UseError);
      expect(() => a.build({ ...good, depth: wrong })).toThrow(UseError);
    }
    if (a.maximalDepth !== null) expect(() => a.build({ ...good, depth: a.maximalDepth! + 1 })).toThrow(/depth/);
    if (a.minimalDepth !== undefined) expect(() => a.build({ ...good, depth: a.minimalDepth! - 1 })).toThrow(/depth/);
    for (const option of OPTIONS) {
      const [key] = Object.keys(option) as [string];
      if (!takes(a, key)) expect(() => a.build({ ...good, ...option })).toThrow(new RegExp(`^${a.name}: has no `));
    }
    for (const [option, use] of Object.entries(a.uses ?? {}))
      if (use === "needed") {
        const without: Dimensions = { ...good, [option]: undefined };
        expect(() => a.build(without)).toThrow(new RegExp(`^${a.name}: expected .* got none$`));
      }
  });

  it("gives two networks of one build separate memory", () => {
    const dimensions = a.examples.at(-1)!;
    const [P, R] = [a.build(dimensions), a.build(dimensions)];
    const w = Float64Array.from({ length: P.parameters }, (_, i) => Math.fround(1 / (i + 2)));
    const g = Float64Array.from({ length: dimensions.dim }, (_, i) => 1 - 3 * i);
    const before = new Float64Array(P.parameters);
    P.pullback(w, g, before);
    R.apply(
      w.map((x) => -3 * x),
      new Float64Array(dimensions.dim),
    );
    const after = new Float64Array(P.parameters);
    P.pullback(w, g, after);
    expect(after).toEqual(before);
  });

  it("is what its exact map compiles to, up to rounding", () => {
    for (const dimensions of a.examples) {
      const P = a.build(dimensions);
      const { map } = P.exact();
      if (map === null) continue;
      const compiled = fromMap("compiled", map, P.layers);
      expect(compiled.degree).toBe(P.degree);
      const w = drawn(P.parameters, 5);
      const g = drawn(dimensions.dim, 6);
      const both = [P, compiled].map((net) => {
        const beta = new Float64Array(dimensions.dim);
        const back = new Float64Array(net.parameters);
        net.apply(w, beta);
        net.pullback(w, g, back);
        return [...beta, ...back];
      });
      both[0]!.forEach((x, i) => {
        expect(Math.abs(x - both[1]![i]!)).toBeLessThan(1e-13);
      });
    }
  });
});

describe("fully-connected", () => {
  it("refuses wrong widths", () => {
    expect(() => fullyConnected.build({ dim: 2, depth: 2, widths: [0] })).toThrow(UseError);
    expect(() => fullyConnected.build({ dim: 100_000, depth: 3 })).toThrow(UseError); // more than fit anywhere
    expect(() => fullyConnected.build({ dim: 2, depth: 4, widths: [2, 2] })).toThrow(UseError);
  });
});

describe("the laws themselves", () => {
  it.each(architectureMutants().map((m) => [m.name, m] as const))("catch: %s", (_name, { P, caughtBy }) => {
    for (const seed of [1, 2, 3]) {
      const reports = architectureLaws(P, seed);
      expect(named(reports, false), broken(reports).join("\n")).toEqual(caughtBy);
    }
  });

  it("have each something to catch", () => {
    const catching = new Set<ArchitectureLaw>(architectureMutants().flatMap((m) => m.caughtBy));
    expect(ARCHITECTURE_LAWS.filter((law) => !catching.has(law))).toEqual([]);
  });

  it("that need the exact map are skipped by name, with its reason, where there is none", () => {
    const reports = architectureLaws(
      withoutExact(diagonal.build({ dim: 3, depth: 2 }), "a dummy without polynomials"),
      1,
    );
    expect(named(reports, null)).toEqual(SKIPPED);
    for (const r of reports.filter((report) => report.ok === null))
      expect(r.detail).toContain("a dummy without polynomials");
    expect(named(reports, true)).toEqual(["shape", "scaling", "taylor", "pure"]);
  });

  it("count a throw against the judged", () => {
    const P = diagonal.build({ dim: 3, depth: 2 });
    const reports = architectureLaws(
      {
        ...P,
        apply: () => {
          throw new RangeError("planted");
        },
      },
      1,
    );
    expect(named(reports, false)).toEqual(["apply-is-exact", "scaling", "taylor", "pure"]);
    expect(broken(reports).every((text) => text.includes("planted"))).toBe(true);
  });

  it("see the order 2 of a right derivative, and say so", () => {
    const reports = architectureLaws(fullyConnected.build({ dim: 4, depth: 2 }), 3);
    expect(reports.find((r) => r.law === "taylor")?.detail).toMatch(/^order 2\.00 on \d+ points$/);
    const linear = architectureLaws(fullyConnected.build({ dim: 4, depth: 1 }), 3);
    expect(linear.find((r) => r.law === "taylor")?.detail).toBe("the remainder is rounding: affine along u");
  });

  it("give the same reports for the same seed", () => {
    const P = convolutional.build({ dim: 4, depth: 3 });
    expect(architectureLaws(P, 5)).toEqual(architectureLaws(P, 5));
  });
});
