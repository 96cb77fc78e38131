/**
 * Every architecture of the toolkit under the laws of properties/laws/architecture.ts: a newly added one is judged with
 * no edit here. Then the laws themselves: what each must catch, and the composition identity of convolutions.
 */
import FFT from "fft.js";
import { describe, expect, it } from "vitest";
import { ARCHITECTURE_LAWS, type ArchitectureLaw, architectureLaws } from "../../../properties/laws/architecture.js";
import type { LawReport } from "../../../properties/laws/law.js";
import { architectureMutants, conjugated, flipped, withoutExact } from "../../../properties/mutants/architectures.js";
import { randomStream } from "../../../src/kernel/seed.js";
import { UseError } from "../../../src/kernel/use-error.js";
import type { Architecture, Dimensions, Parameterization } from "../../../src/models/architecture.js";
import { convolutional } from "../../../src/models/architectures/convolutional.js";
import { diagonal } from "../../../src/models/architectures/diagonal.js";
import { fullyConnected } from "../../../src/models/architectures/fully-connected.js";
import { ARCHITECTURES } from "../../../src/models/architectures/index.js";
import { cos, sin } from "../../../src/numeric/elementary.js";

const broken = (reports: readonly LawReport[]): string[] =>
  reports.filter((r) => r.ok === false).map((r) => `${r.law}: ${r.detail}`);
const named = (reports: readonly LawReport[], ok: boolean | null): string[] =>
  reports.filter((r) => r.ok === ok).map((r) => r.law);

/** Hidden widths to try beside the default: one for all layers, and one each (not equal, one of them 1). */
function widthsFor(a: Architecture, depth: number): (readonly number[] | undefined)[] {
  if (!a.usesWidths || depth === 1) return [undefined];
  const each = [3, 1, 2].slice(0, depth - 1);
  return depth === 2 ? [undefined, [1], [7]] : [undefined, [1], [2], each];
}

function* dimensionsOf(a: Architecture): Generator<Dimensions> {
  const deepest = Math.min(a.maximalDepth ?? 4, 4);
  for (let dim = 1; dim <= 6; dim++)
    for (let depth = 1; depth <= deepest; depth++)
      for (const widths of widthsFor(a, depth)) yield { dim, depth, ...(widths === undefined ? {} : { widths }) };
}

describe.each(ARCHITECTURES.map((a) => [a.name, a] as const))("%s", (_name, a) => {
  it.each([1, 2, 3, 4, 5, 6])("keeps every law in dimension %i", (dim) => {
    for (const dimensions of dimensionsOf(a)) {
      if (dimensions.dim !== dim) continue;
      const P = a.build(dimensions);
      const reports = architectureLaws(P, 7 * dim + dimensions.depth);
      expect(broken(reports), JSON.stringify(dimensions)).toEqual([]);
      // A skip is allowed where there is no exact reading, and nowhere else.
      const skipped = P.exact().map === null ? ["apply-is-exact", "homogeneous", "adjoint"] : [];
      expect(named(reports, null)).toEqual(skipped);
    }
  });

  it("refuses wrong dimensions", () => {
    for (const wrong of [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => a.build({ dim: wrong, depth: 1 })).toThrow(UseError);
      expect(() => a.build({ dim: 2, depth: wrong })).toThrow(UseError);
    }
    if (a.maximalDepth !== null) expect(() => a.build({ dim: 2, depth: a.maximalDepth! + 1 })).toThrow(UseError);
    if (a.usesWidths) {
      expect(() => a.build({ dim: 2, depth: 2, widths: [0] })).toThrow(UseError);
      expect(() => a.build({ dim: 100_000, depth: 3 })).toThrow(UseError); // more parameters than fit anywhere
      expect(() => a.build({ dim: 2, depth: 4, widths: [2, 2] })).toThrow(UseError);
    } else expect(() => a.build({ dim: 2, depth: 1, widths: [2] })).toThrow(UseError);
  });

  it("gives two networks of one build separate memory", () => {
    const dimensions = { dim: 3, depth: a.maximalDepth ?? 3 };
    const [P, R] = [a.build(dimensions), a.build(dimensions)];
    const w = Float64Array.from({ length: P.parameters }, (_, i) => Math.fround(1 / (i + 2)));
    const g = Float64Array.of(1, -2, 3);
    const before = new Float64Array(P.parameters);
    P.pullback(w, g, before);
    R.apply(
      w.map((x) => -3 * x),
      new Float64Array(3),
    );
    const after = new Float64Array(P.parameters);
    P.pullback(w, g, after);
    expect(after).toEqual(before);
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
    expect(named(reports, null)).toEqual(["apply-is-exact", "homogeneous", "adjoint"]);
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

type Complex = readonly [re: number, im: number];
const times = ([a, b]: Complex, [c, d]: Complex): Complex => [a * c - b * d, a * d + b * c];
const conjugate = ([a, b]: Complex): Complex => [a, -b];
const gap = (a: readonly Complex[], b: readonly Complex[]): number =>
  Math.max(...a.map(([re, im], k) => Math.abs(re - b[k]![0]) + Math.abs(im - b[k]![1])));

/** The unitary DFT by its definition. */
function transform(a: ArrayLike<number>): Complex[] {
  const D = a.length;
  return Array.from({ length: D }, (_, k): Complex => {
    let [re, im] = [0, 0];
    for (let d = 0; d < D; d++) {
      const angle = (2 * Math.PI * ((k * d) % D)) / D;
      re += a[d]! * cos(angle);
      im -= a[d]! * sin(angle);
    }
    return [re / Math.sqrt(D), im / Math.sqrt(D)];
  });
}

/** The same by fft.js, for powers of two. */
function transformByFft(a: ArrayLike<number>): Complex[] {
  const D = a.length;
  const fft = new FFT(D);
  const out = new Float64Array(2 * D);
  fft.transform(out, fft.toComplexArray(Array.from(a), null));
  return Array.from({ length: D }, (_, k): Complex => [out[2 * k]! / Math.sqrt(D), out[2 * k + 1]! / Math.sqrt(D)]);
}

const productOf = (factors: readonly (readonly Complex[])[]): Complex[] =>
  factors.reduce<Complex[]>(
    (p, f) => p.map((x, k) => times(x, f[k]!)),
    factors[0]!.map((): Complex => [1, 0]),
  );

function drawn(length: number, seed: number): Float64Array {
  const stream = randomStream(BigInt(seed), "composition");
  return Float64Array.from({ length }, () => 2 * stream.uniform() - 1);
}

function sides(P: Parameterization, seed: number, dft: (a: ArrayLike<number>) => Complex[]) {
  const { dim: D, depth } = P.dimensions;
  const w = drawn(P.parameters, seed);
  const beta = new Float64Array(D);
  P.apply(w, beta);
  const layers = Array.from({ length: depth }, (_, l) => dft(w.subarray(l * D, (l + 1) * D)));
  return { betaHat: dft(beta), layers };
}

/** (u * v)[d] = D^(-1/2) sum_k u[k] v[(d + k) mod D], the layer of the papers. */
const layer = (u: Float64Array, v: Float64Array): Float64Array =>
  v.map((_, d) => u.reduce((s, x, k) => s + x * v[(d + k) % v.length]!, 0) / Math.sqrt(v.length));
const flip = (z: Float64Array): Float64Array => z.map((_, d) => z[z.length - 1 - d]!);

describe("the composition identity of convolutions (no conjugate, no flip)", () => {
  const SIZES = [1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 16];

  it.each(SIZES)("betaHat is the product of the layers' transforms, D = %i", (D) => {
    for (let depth = 1; depth <= 4; depth++) {
      const { betaHat, layers } = sides(convolutional.build({ dim: D, depth }), D, transform);
      expect(gap(betaHat, productOf(layers))).toBeLessThan(1e-14 * D);
    }
  });

  it.each([2, 4, 8, 16, 64, 256])("the same by fft.js, D = %i", (D) => {
    const input = drawn(D, 99);
    expect(gap(transform(input), transformByFft(input))).toBeLessThan(1e-14 * D);
    for (let depth = 1; depth <= 4; depth++) {
      const { betaHat, layers } = sides(convolutional.build({ dim: D, depth }), D, transformByFft);
      expect(gap(betaHat, productOf(layers))).toBeLessThan(1e-14 * D);
    }
  });

  it.each([3, 5, 8])("refutes the flipped and the conjugated filter, D = %i", (D) => {
    for (const mutate of [flipped, conjugated])
      for (let depth = 1; depth <= 3; depth++) {
        const { betaHat, layers } = sides(mutate(convolutional.build({ dim: D, depth })), D, transform);
        expect(gap(betaHat, productOf(layers))).toBeGreaterThan(1e-3);
      }
    // What the conjugated one computes instead.
    const { betaHat, layers } = sides(conjugated(convolutional.build({ dim: D, depth: 3 })), D, transform);
    const instead = productOf([layers[0]!.map(conjugate), ...layers.slice(1)]);
    expect(gap(betaHat, instead)).toBeLessThan(1e-14 * D);
  });

  it.each([3, 4, 5, 8])("is what layer by layer evaluation gives, f = <w_L, h_(L-1)>, D = %i", (D) => {
    const P = convolutional.build({ dim: D, depth: 3 });
    const w = drawn(P.parameters, 17);
    const x = drawn(D, 18);
    const beta = new Float64Array(D);
    P.apply(w, beta);
    const [w1, w2, w3] = [w.slice(0, D), w.slice(D, 2 * D), w.slice(2 * D)];
    const h = layer(w2, layer(w1, x));
    const f = w3.reduce((s, c, d) => s + c * h[d]!, 0);
    expect(Math.abs(f - beta.reduce((s, b, d) => s + b * x[d]!, 0))).toBeLessThan(1e-14 * D);
  });

  it.each([3, 4, 5, 8])("the flip has a phase of its own, which the outer flip cancels, D = %i", (D) => {
    const [u, v] = [drawn(D, 21), drawn(D, 22)];
    const [uHat, vHat] = [transform(u), transform(v)];
    // The rule: F(flip z)[k] = e^(2 pi i k / D) conj(F z)[k]; without the phase it is refuted.
    const phase = uHat.map((_, k): Complex => [cos((2 * Math.PI * k) / D), sin((2 * Math.PI * k) / D)]);
    expect(gap(transform(flip(u)), productOf([phase, uHat.map(conjugate)]))).toBeLessThan(1e-14 * D);
    expect(gap(transform(flip(u)), uHat.map(conjugate))).toBeGreaterThan(1e-3);
    // Fourier rule of one layer, and (u * flip v) flipped: no phase is left.
    expect(gap(transform(layer(u, v)), productOf([uHat.map(conjugate), vHat]))).toBeLessThan(1e-14 * D);
    expect(gap(transform(flip(layer(u, flip(v)))), productOf([uHat, vHat]))).toBeLessThan(1e-14 * D);
  });
});
