/**
 * The discrete Fourier transform of any length: its definition with exact phases, the laws that determine it (inverse,
 * Parseval, shifts, convolution), fft.js for powers of two, and the table of phases against fixed-point series.
 */
import { fc, test } from "@fast-check/vitest";
import FFT from "fft.js";
import { describe, expect, it } from "vitest";
import { createDft, turnPart } from "../../../src/numeric/dft.js";

interface Signal {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

const LENGTHS = [...Array.from({ length: 40 }, (_, i) => i + 1), 64, 97, 360];
const PRIMES_AND_POWERS = [1, 2, 3, 4, 5, 7, 8, 9, 12, 15, 16, 27, 30, 49, 60, 97];
/** Coordinates of size at most 1; whole ones too, for which small transforms are exact. */
const coordinate = fc.oneof(
  fc.integer({ min: -1000, max: 1000 }).map((k) => k / 1000),
  fc.integer({ min: -1, max: 1 }),
);
const floats = (n: number): fc.Arbitrary<Float64Array> =>
  fc.array(coordinate, { minLength: n, maxLength: n }).map((x) => Float64Array.from(x));
const signal = (n: number): fc.Arbitrary<Signal> => fc.record({ re: floats(n), im: floats(n) });
const some = fc.constantFrom(...PRIMES_AND_POWERS).chain(signal);
const pair = fc.constantFrom(...PRIMES_AND_POWERS).chain((n) => fc.tuple(signal(n), signal(n)));

function transformed({ re, im }: Signal, inverse?: boolean): Signal {
  const out = { re: re.slice(), im: im.slice() };
  createDft(re.length).transform(out.re, out.im, inverse);
  return out;
}

/** The definition, with one phase for each product k l mod n. */
function byDefinition({ re, im }: Signal, sign: number): Signal {
  const n = re.length;
  const out = { re: new Float64Array(n), im: new Float64Array(n) };
  for (let k = 0; k < n; k++)
    for (let l = 0; l < n; l++) {
      const angle = (sign * 2 * Math.PI * ((k * l) % n)) / n;
      const [c, s] = [Math.cos(angle), Math.sin(angle)];
      out.re[k] = out.re[k]! + re[l]! * c - im[l]! * s;
      out.im[k] = out.im[k]! + re[l]! * s + im[l]! * c;
    }
  return out;
}

const squares = ({ re, im }: Signal): number => re.reduce((s, x, i) => s + x * x + im[i]! * im[i]!, 0);
const length = (x: Signal): number => Math.sqrt(squares(x));
const combined = (a: number, x: Signal, b: number, y: Signal): Signal => ({
  re: x.re.map((u, i) => a * u + b * y.re[i]!),
  im: x.im.map((u, i) => a * u + b * y.im[i]!),
});
const apart = (x: Signal, y: Signal): number => length(combined(1, x, -1, y));
/** A transform is sqrt(n) times a rotation; each of its passes adds a few units, a pass of p terms at most p. */
const roundings = (x: Signal): number => 1e-15 * Math.sqrt(x.re.length) * (4 + Math.sqrt(x.re.length)) * length(x);

describe("the transform", () => {
  it.each(LENGTHS)("is that of the definition, n = %i", (n) => {
    fc.assert(
      fc.property(signal(n), (x) => {
        expect(apart(transformed(x), byDefinition(x, -1))).toBeLessThanOrEqual(roundings(x));
        expect(apart(transformed(x, true), byDefinition(x, 1))).toBeLessThanOrEqual(roundings(x));
      }),
      { numRuns: n > 40 ? 4 : 20 },
    );
  });

  it.each([2, 4, 8, 16, 64, 256, 1024])("is that of fft.js, n = %i", (n) => {
    const x = {
      re: Float64Array.from({ length: n }, (_, i) => ((i * i * 7 + 3 * i) % 31) / 31 - 0.4),
      im: new Float64Array(n),
    };
    x.im.set(x.re.map((_, i) => ((i * i * 5 + i) % 29) / 29 - 0.6));
    const fft = new FFT(n);
    const [from, out] = [new Float64Array(2 * n), new Float64Array(2 * n)];
    for (let i = 0; i < n; i++) from.set([x.re[i]!, x.im[i]!], 2 * i);
    fft.transform(out, from);
    const theirs = { re: x.re.map((_, i) => out[2 * i]!), im: x.re.map((_, i) => out[2 * i + 1]!) };
    expect(apart(transformed(x), theirs)).toBeLessThan(1e-15 * Math.log2(2 * n) * Math.sqrt(n) * length(x));
  });

  test.prop([fc.constantFrom(1, 2, 4).chain(signal)])("of 1, 2 and 4 points of whole numbers is exact", (x) => {
    const whole = { re: x.re.map(Math.round), im: x.im.map(Math.round) };
    const n = whole.re.length;
    // i^(-k l) as a rotation by quarter turns.
    const turn = (4 / n) * 3;
    const re = whole.re.map((_, k) =>
      whole.re.reduce((s, a, l) => s + [a, -whole.im[l]!, -a, whole.im[l]!][(turn * k * l) % 4]!, 0),
    );
    const im = whole.re.map((_, k) =>
      whole.im.reduce((s, b, l) => s + [b, whole.re[l]!, -b, -whole.re[l]!][(turn * k * l) % 4]!, 0),
    );
    expect(apart(transformed(whole), { re, im })).toBe(0);
    expect(apart(transformed(transformed(whole), true), combined(n, whole, 0, whole))).toBe(0);
  });

  it.each([6, 8, 12, 35, 97])("of a point mass is a row of phases, n = %i", (n) => {
    for (let l = 0; l < n; l++) {
      const x = { re: new Float64Array(n), im: new Float64Array(n) };
      x.re[l] = 1;
      const { re, im } = transformed(x);
      for (let k = 0; k < n; k++) {
        const [c, s] = turnPart(k * l, n);
        expect(Math.abs(re[k]! - c) + Math.abs(im[k]! + s)).toBeLessThan(3e-15);
      }
    }
  });
});

describe("laws", () => {
  test.prop([some])("there and back is n times the signal, either way round", (x) => {
    const n = x.re.length;
    for (const first of [true, false])
      expect(apart(transformed(transformed(x, first), !first), combined(n, x, 0, x))).toBeLessThanOrEqual(
        2 * Math.sqrt(n) * roundings(x),
      );
  });

  test.prop([some])("Parseval: |F x|^2 = n |x|^2", (x) => {
    const n = x.re.length;
    expect(Math.abs(length(transformed(x)) - Math.sqrt(n) * length(x))).toBeLessThanOrEqual(roundings(x));
  });

  test.prop([pair, coordinate, coordinate])("is linear", ([x, y], a, b) => {
    const left = transformed(combined(a, x, b, y));
    const right = combined(a, transformed(x), b, transformed(y));
    expect(apart(left, right)).toBeLessThanOrEqual(2 * (roundings(x) + roundings(y)));
  });

  test.prop([some, fc.integer({ min: -200, max: 200 })])("a shift by t turns frequency k by -k t / n", (x, t) => {
    const n = x.re.length;
    const at = (i: number): number => (((i - t) % n) + n) % n;
    const shifted = { re: x.re.map((_, i) => x.re[at(i)]!), im: x.im.map((_, i) => x.im[at(i)]!) };
    const { re, im } = transformed(x);
    const turned = { re: re.slice(), im: im.slice() };
    for (let k = 0; k < n; k++) {
      const [c, s] = turnPart(-k * t, n);
      turned.re[k] = re[k]! * c - im[k]! * s;
      turned.im[k] = re[k]! * s + im[k]! * c;
    }
    expect(apart(transformed(shifted), turned)).toBeLessThanOrEqual(2 * roundings(x));
  });

  test.prop([pair])("circular convolution becomes a product", ([x, y]) => {
    const n = x.re.length;
    const z = { re: new Float64Array(n), im: new Float64Array(n) };
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) {
        const k = (i + j) % n;
        z.re[k] = z.re[k]! + x.re[i]! * y.re[j]! - x.im[i]! * y.im[j]!;
        z.im[k] = z.im[k]! + x.re[i]! * y.im[j]! + x.im[i]! * y.re[j]!;
      }
    const [a, b] = [transformed(x), transformed(y)];
    const product = {
      re: a.re.map((u, k) => u * b.re[k]! - a.im[k]! * b.im[k]!),
      im: a.re.map((u, k) => u * b.im[k]! + a.im[k]! * b.re[k]!),
    };
    expect(apart(transformed(z), product)).toBeLessThanOrEqual(4 * Math.sqrt(n) * length(y) * roundings(x));
  });

  test.prop([some])("a real signal has a symmetric transform, and one object transforms many", ({ re }) => {
    const n = re.length;
    const dft = createDft(n);
    expect(dft.length).toBe(n);
    const first = { re: re.slice(), im: new Float64Array(n) };
    dft.transform(first.re, first.im);
    for (let k = 1; k < n; k++) {
      expect(Math.abs(first.re[k]! - first.re[n - k]!)).toBeLessThanOrEqual(roundings({ re, im: new Float64Array(n) }));
      expect(Math.abs(first.im[k]! + first.im[n - k]!)).toBeLessThanOrEqual(roundings({ re, im: new Float64Array(n) }));
    }
    dft.transform(first.im, first.re, true);
    const again = { re: re.slice(), im: new Float64Array(n) };
    dft.transform(again.re, again.im, false);
    expect(again).toEqual(transformed({ re, im: new Float64Array(n) }));
  });
});

/** cos and sin of 2 pi k / n by Taylor's series in integers over 2^200. */
function series(k: number, n: number): { readonly cos: bigint; readonly sin: bigint } {
  const one = 1n << 200n;
  // Machin: pi = 16 atan(1/5) - 4 atan(1/239).
  const atanInverse = (m: bigint): bigint => {
    let [sum, term] = [0n, one / m];
    for (let j = 1n; term !== 0n; j += 2n, term = -term / (m * m)) sum += term / j;
    return sum;
  };
  const x = (2n * (16n * atanInverse(5n) - 4n * atanInverse(239n)) * BigInt(k)) / BigInt(n);
  let [cos, sin, term] = [0n, 0n, one];
  for (let j = 1n; term !== 0n; j++) {
    if (j % 2n === 1n) cos += j % 4n === 1n ? term : -term;
    else sin += j % 4n === 2n ? term : -term;
    term = (term * x) / one / j;
  }
  return { cos, sin };
}

describe("turnPart", () => {
  it.each([
    1, 2, 3, 5, 8, 12, 16, 60, 97, 360, 1000,
  ])("is within 2 units in the last place of the series, n = %i", (n) => {
    for (let k = 0; k < n; k += n < 200 ? 1 : 7) {
      const truth = series(k, n);
      const [c, s] = turnPart(k, n);
      for (const [value, exact] of [
        [c, truth.cos],
        [s, truth.sin],
      ] as const) {
        const unit = 2 ** (Math.floor(Math.log2(Math.max(Math.abs(value), 1e-18))) - 52);
        const [whole, fraction] = [exact >> 80n, value * 2 ** 120];
        expect(Math.abs(Number(whole - BigInt(fraction)))).toBeLessThan(2 * unit * 2 ** 120);
      }
    }
  });

  it("is exact at quarters of a turn, and the nearest doubles at eighths", () => {
    for (const n of [8, 16, 24, 1000]) {
      const r = Math.SQRT1_2;
      const eighths = [
        [1, 0],
        [r, r],
        [0, 1],
        [-r, r],
        [-1, 0],
        [-r, -r],
        [0, -1],
        [r, -r],
      ];
      eighths.forEach((at, i) => {
        expect(turnPart((i * n) / 8, n).map((x) => x + 0)).toEqual(at);
      });
    }
  });

  test.prop([fc.integer({ min: 1, max: 5000 }), fc.integer({ min: -20_000, max: 20_000 })])(
    "keeps the symmetries of the circle to the bit",
    (n, k) => {
      const [c, s] = turnPart(k, n);
      expect(turnPart(k + n, n)).toEqual([c, s]);
      const [c7, s7] = turnPart(7 * k, 7 * n);
      expect(Math.abs(c7 - c) + Math.abs(s7 - s)).toBeLessThan(1e-15);
      const plain = (x: readonly number[]): number[] => x.map((y) => y + 0);
      expect(plain(turnPart(n - k, n))).toEqual(plain([c, -s]));
      expect(plain(turnPart(n - 2 * k, 2 * n))).toEqual(plain([-c, s]));
      expect(plain(turnPart(n - 4 * k, 4 * n))).toEqual(plain([s, c]));
      expect(Math.abs(c * c + s * s - 1)).toBeLessThan(5e-16);
    },
  );
});
