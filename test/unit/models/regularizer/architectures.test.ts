/**
 * The calculus on the named architectures: the formula of each, pinned as text, and every law on those of their examples
 * that are small. Formulas: Gunasekar et al. 2018 and Jagadeesan et al. 2021, in the convention of theory.md, section 0.
 */
import { describe, expect, it } from "vitest";
import { regularizerLaws } from "../../../../properties/laws/regularizer.js";
import type { Dimensions, Parameterization } from "../../../../src/models/architecture.js";
import { ARCHITECTURES } from "../../../../src/models/architectures/index.js";
import { byName } from "../../../../src/models/by-name.js";
import { parallelSum } from "../../../../src/models/combinators/parallel-sum.js";
import { sharedLayers } from "../../../../src/models/combinators/shared-stack.js";
import { subjectOf, symmetriesOf, textOf } from "./subjects.js";

const build = (name: string, dimensions: Dimensions): Parameterization =>
  byName("test", ARCHITECTURES, name).build(dimensions);

/** Formulas by depth: L |.|^(2/L), the power left out where it is 1. */
const raised = (L: number, base: string): string => {
  const exponent = ["^2", "", "^(2/3)", "^(1/2)", "^(2/5)"][L - 1]!;
  return `${L === 1 ? "" : `${L}*`}${base.replace("@", exponent)}`;
};

describe("formulas by architecture", () => {
  it.each([1, 2, 3, 4])("depth %i: fully connected, diagonal, circular", (L) => {
    for (const widths of L === 1 ? [undefined] : [[1], [2], [3]])
      expect(textOf(build("fully-connected", { dim: 3, depth: L, ...(widths === undefined ? {} : { widths }) }))).toBe(
        raised(L, "norm(beta)@"),
      );
    for (const dim of [2, 3, 5]) {
      const diagonal = textOf(build("diagonal", { dim, depth: L }));
      expect(diagonal).toBe(L === 1 ? "norm(beta)^2" : raised(L, "sum(abs(beta_d)@, d)"));
      expect(textOf(build("convolutional", { dim, depth: L }))).toBe(raised(L, "sum(abs(betahat_k)@, k)"));
    }
    expect(textOf(build("convolutional-2d", { dim: 6, depth: L, shape: [2, 3] }))).toBe(
      raised(L, "sum(abs(betahat_k)@, k)"),
    );
  });

  it("kernel 1 of depth 2 is 2 sqrt(D) |beta|_2", () => {
    expect(textOf(build("convolutional", { dim: 3, depth: 2, kernel: 1 }))).toBe("2*sqrt(3)*norm(beta)");
    expect(textOf(build("convolutional", { dim: 4, depth: 2, kernel: 1 }))).toBe("4*norm(beta)");
    expect(textOf(build("convolutional", { dim: 8, depth: 2, kernel: 1 }))).toBe("4*sqrt(2)*norm(beta)");
  });

  it.each([
    [2, 2, 2, "2*sqrt(2)*nuclear(beta)"],
    [3, 2, 2, "2*sqrt(3)*nuclear(beta)"],
    [4, 3, 2, "4*nuclear(beta)"],
    [3, 1, 1, "2*sqrt(3)*norm(beta)"],
    [3, 2, 1, "2*sqrt(3)*norm(beta)"],
    [3, 1, 2, "2*sqrt(3)*nuclear(beta)"],
  ])("multi-channel with kernel 1, D = %i, C = %i, R = %i is %s", (D, C, R, formula) => {
    expect(textOf(build("multi-channel", { dim: D * R, depth: 2, kernel: 1, channels: { out: C, in: R } }))).toBe(
      formula,
    );
  });

  it.each([
    [2, 1, 2, "2*sum(norm(betahat_k), k)"],
    [3, 2, 2, "2*sum(norm(betahat_k), k)"],
    [3, 2, 3, "2*sum(norm(betahat_k), k)"],
    [4, 3, 1, "2*sum(abs(betahat_k), k)"],
  ])("multi-channel of full width, D = %i, C = %i, R = %i is %s", (D, C, R, formula) => {
    expect(textOf(build("multi-channel", { dim: D * R, depth: 2, channels: { out: C, in: R } }))).toBe(formula);
  });

  it("a filter used three times is the cost of a cube in each bin", () => {
    const P = sharedLayers(build("convolutional", { dim: 3, depth: 3 }), [0, 0, 0]);
    expect(textOf(P)).toBe("sum(abs(betahat_k)^(2/3), k)");
    const subject = subjectOf(P);
    if (typeof subject === "string") throw new Error(subject);
    expect(regularizerLaws({ ...subject, points: 2 }, 3).filter((r) => r.ok === false)).toEqual([]);
  });
});

describe("combinations of circular networks, against descent", () => {
  const circular = (dim: number, depth: number): Parameterization => build("convolutional", { dim, depth });
  it.each<[string, Parameterization, string]>([
    ["side by side", parallelSum(circular(2, 2), circular(2, 2)), "2*sum(abs(betahat_k), k)"],
    [
      "a filter used twice of three",
      sharedLayers(circular(3, 3), [0, 0, 1]),
      "(3/2)*2^(1/3)*sum(abs(betahat_k)^(2/3), k)",
    ],
    ["five uses of one filter", sharedLayers(circular(3, 5), [0, 0, 0, 0, 0]), "sum(abs(betahat_k)^(2/5), k)"],
    [
      "two channels in and out",
      build("multi-channel", { dim: 4, depth: 2, channels: { out: 2, in: 2 } }),
      "2*sum(norm(betahat_k), k)",
    ],
    [
      "three in, one out",
      build("multi-channel", { dim: 6, depth: 2, channels: { out: 1, in: 3 } }),
      "2*sum(norm(betahat_k), k)",
    ],
  ])("%s", (_what, P, formula) => {
    expect(textOf(P)).toBe(formula);
    const subject = subjectOf(P, symmetriesOf(P));
    if (typeof subject === "string") throw new Error(subject);
    expect(regularizerLaws({ ...subject, points: 2 }, 6).filter((r) => r.ok === false)).toEqual([]);
  });

  it("are not derived where bins reach part of the plane or one sign only", () => {
    expect(textOf(sharedLayers(circular(3, 2), [0, 0]))).toMatch(/^none: /);
    expect(textOf(parallelSum(sharedLayers(circular(3, 2), [0, 0]), circular(3, 2)))).toMatch(/^none: /);
  });
});

describe("no closed form, with a sentence", () => {
  it.each<[string, Dimensions]>([
    ["convolutional", { dim: 4, depth: 2, kernel: 2 }],
    ["convolutional", { dim: 4, depth: 3, kernel: 3 }],
    ["multi-channel", { dim: 6, depth: 2, kernel: 2, channels: { out: 1, in: 2 } }],
    ["linear-convolutional", { dim: 4, depth: 2, filters: [3, 2], strides: [1, 1] }],
    ["residual-diagonal", { dim: 3, depth: 2 }],
  ])("%s %j", (name, dimensions) => {
    const subject = subjectOf(build(name, dimensions));
    expect(subject).toMatch(/^[a-z][^\n]{15,}$/);
  });
});

/** Descent in more parameters takes seconds. */
const MOST = 10;
/** Examples with a formula that must be there; for these two it is the exception. */
const LEAST: Readonly<Record<string, number>> = { "linear-convolutional": 0, "residual-diagonal": 0 };

describe.each(ARCHITECTURES.map((a) => [a.name, a] as const))("laws on %s", (_name, a) => {
  it("hold on every small example with a formula", () => {
    const seen: string[] = [];
    for (const dimensions of a.examples) {
      const P = a.build(dimensions);
      if (P.parameters > MOST) continue;
      const subject = subjectOf(P, symmetriesOf(P));
      if (typeof subject === "string") continue;
      seen.push(JSON.stringify(dimensions));
      const reports = regularizerLaws({ ...subject, points: 2 }, seen.length);
      expect(
        reports.filter((r) => r.ok === false),
        JSON.stringify(dimensions),
      ).toEqual([]);
    }
    expect(seen.length).toBeGreaterThanOrEqual(LEAST[a.name] ?? 3);
  });
});
