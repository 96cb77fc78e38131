/**
 * The stationarity conditions that are written out, against finite differences of the formula at predictors without zeros:
 * z is the gradient of R, in Fourier coordinates where the line speaks of zhat. Each line is read as a user would read it.
 */
import { describe, expect, it } from "vitest";
import { randomStream } from "../../../../src/kernel/seed.js";
import type { Parameterization } from "../../../../src/models/architecture.js";
import { convolutional } from "../../../../src/models/architectures/convolutional.js";
import { convolutional2d } from "../../../../src/models/architectures/convolutional-2d.js";
import { diagonal } from "../../../../src/models/architectures/diagonal.js";
import { fullyConnected } from "../../../../src/models/architectures/fully-connected.js";
import { linear } from "../../../../src/models/architectures/linear.js";
import { multiChannel } from "../../../../src/models/architectures/multi-channel.js";
import { evaluateFormula } from "../../../../src/models/regularizer/evaluate.js";
import { showFormula } from "../../../../src/models/regularizer/show.js";
import { stationarityOf } from "../../../../src/models/regularizer/stationarity.js";
import { pow } from "../../../../src/numeric/elementary.js";
import { transform } from "../signals.js";
import { subjectOf, typed } from "./subjects.js";

/** A product of numbers, roots and powers of one size; the entry at its end is left to the caller. */
function factorOf(right: string, size: string, value: number, entry: string): number {
  expect(right.endsWith(entry)).toBe(true);
  const rest = right.slice(0, right.length - entry.length).replace(/\*$/, "");
  const ratio = (t: string): number => {
    const [n, d = "1"] = t.replace(/[()]/g, "").split("/");
    return Number(n) / Number(d);
  };
  return rest.split("*").reduce((product, factor) => {
    if (factor === "") return product;
    if (factor.startsWith("sqrt")) return product * Math.sqrt(ratio(factor.slice(4)));
    const [base, exponent = "1"] = factor.startsWith(size)
      ? [size, factor.slice(size.length + 1) || "1"]
      : factor.split("^");
    return product * pow(base === size ? value : ratio(base!), ratio(exponent));
  }, 1);
}

const subject = (P: Parameterization) => {
  const s = subjectOf(P);
  if (typeof s === "string") throw new Error(s);
  return s;
};

function gradientOf(f: Parameters<typeof evaluateFormula>[0], beta: readonly number[]): number[] {
  const h = 1e-6;
  const at = (d: number, by: number): number =>
    evaluateFormula(
      f,
      beta.map((b, i) => (i === d ? b + by : b)),
    )!;
  return beta.map((_, d) => (at(d, h) - at(d, -h)) / (4 * h)); // of R / 2, whose z is that of |w|^2 / 2
}

const drawn = (D: number): number[] => {
  const stream = randomStream(5n, "stationarity");
  return Array.from({ length: D }, () => (0.5 + stream.uniform()) * (stream.uint32() % 2 === 0 ? 1 : -1));
};

const size = (list: readonly number[]): number => Math.sqrt(list.reduce((s, x) => s + x * x, 0));

describe("entries of beta", () => {
  it.each<[string, string, (beta: readonly number[], d: number) => number]>([
    ["a*b", "abs(beta)", (b) => Math.abs(b[0]!)],
    ["a*b*c", "abs(beta)", (b) => Math.abs(b[0]!)],
    ["a*b*c*d*e", "abs(beta)", (b) => Math.abs(b[0]!)],
    ["3*a + 4*b", "abs(beta)", (b) => Math.abs(b[0]!)],
    ["a*b*c, d*e*f", "abs(beta_d)", (b, d) => Math.abs(b[d]!)],
    ["a*b, d*e, f*g", "abs(beta_d)", (b, d) => Math.abs(b[d]!)],
    ["s*v1, s*v2, s*v3", "norm(beta)", size],
    ["s*t*v1, s*t*v2", "norm(beta)", size],
    ["s*v1, s*v2, t*v3, t*v4", "norm(beta_g)", (b, d) => size(d < 2 ? b.slice(0, 2) : b.slice(2))],
    ["s*r*v1, s*r*v2, t*q*v3, t*q*v4", "norm(beta_g)", (b, d) => size(d < 2 ? b.slice(0, 2) : b.slice(2))],
    ["a, b", "norm(beta)", size],
  ])("%s", async (text, named, value) => {
    const P = await typed(text);
    const { formula } = subject(P);
    const beta = drawn(P.dimensions.dim);
    const [line] = stationarityOf(formula)!;
    expect(line!.relation).toBe("=");
    const entry = /beta(_[a-z])?$/.exec(line!.right)![0];
    gradientOf(formula, beta).forEach((slope, d) => {
      const expected = factorOf(line!.right, named, value(beta, d), entry) * beta[d]!;
      expect(Math.abs(slope - expected), line!.right).toBeLessThanOrEqual(1e-7 * (1 + Math.abs(expected)));
    });
  });

  it.each([
    diagonal.build({ dim: 3, depth: 4 }),
    fullyConnected.build({ dim: 3, depth: 3, widths: [2] }),
    convolutional.build({ dim: 3, depth: 2, kernel: 1 }),
    linear.build({ dim: 3, depth: 1 }),
  ])("$architecture: z and beta have the product R / L (Euler)", (P) => {
    const { formula } = subject(P);
    const beta = drawn(3);
    const slope = gradientOf(formula, beta);
    const [line] = stationarityOf(formula)!;
    const named = line!.right.includes("norm") ? "norm(beta)" : "abs(beta_d)";
    const dual = beta.reduce(
      (s, b, d) =>
        s + b * b * factorOf(line!.right, named, named === "abs(beta_d)" ? Math.abs(beta[d]!) : size(beta), "beta_d"),
      0,
    );
    const value = evaluateFormula(formula, beta)!;
    expect(dual / value).toBeCloseTo(1 / P.degree!, 12);
    expect(slope.reduce((s, g, d) => s + g * beta[d]!, 0)).toBeCloseTo(dual, 6);
  });
});

describe("entries of betahat", () => {
  it.each([2, 3, 4])("depth %i", (depth) => {
    for (const dim of [2, 3, 4, 5]) {
      const { formula } = subject(convolutional.build({ dim, depth }));
      const beta = drawn(dim);
      const [line] = stationarityOf(formula)!;
      expect(line!.left).toBe("zhat_k");
      const [bins, slopes] = [transform(beta), transform(gradientOf(formula, beta))];
      bins.forEach(([re, im], k) => {
        const factor = factorOf(line!.right, "abs(betahat_k)", Math.sqrt(re * re + im * im), "betahat_k");
        expect(Math.abs(factor * re - slopes[k]![0])).toBeLessThanOrEqual(1e-6);
        expect(Math.abs(factor * im - slopes[k]![1])).toBeLessThanOrEqual(1e-6);
      });
    }
  });

  it("images have the same line", () => {
    const { formula } = subject(convolutional2d.build({ dim: 4, depth: 3, shape: [2, 2] }));
    const line = subject(convolutional.build({ dim: 4, depth: 3 })).formula;
    expect(stationarityOf(formula)).toEqual(stationarityOf(line));
  });
});

describe("zeros and formulas without a line", () => {
  it("bounds entries that vanish where the power is 1, by the largest slope nearby", async () => {
    const [, bound] = stationarityOf(subject(await typed("4*a*b")).formula)!;
    expect(bound).toEqual({ left: "abs(z)", relation: "<=", right: "1/4", where: "where beta is 0" });
    const [, group] = stationarityOf(subject(await typed("s*v1, s*v2, t*v3, t*v4")).formula)!;
    expect(group).toEqual({ left: "norm(z_g)", relation: "<=", right: "1", where: "where norm(beta_g) is 0" });
    expect(stationarityOf(subject(await typed("a*b*c")).formula)!.length).toBe(1);
    expect(stationarityOf(subject(await typed("a, b")).formula)![0]!.where).toBe("everywhere");
  });

  it("has none for nuclear norms, quadratic forms, infimal convolutions, groups of channels and mixed powers", async () => {
    for (const text of ["a*c, a*d, b*c, b*d", "a + b, b + c", "s*v1, s*v2 + t*v3, t*v4", "a*b, c*d*e", "2*a*b, c*d"])
      expect(stationarityOf(subject(await typed(text)).formula), text).toBeNull();
    const channels = multiChannel.build({ dim: 4, depth: 2, channels: { out: 1, in: 2 } });
    expect(showFormula(subject(channels).formula, 4).text).toContain("norm(betahat_k)");
    expect(stationarityOf(subject(channels).formula)).toBeNull();
  });
});
