import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { atan, atan2, cos, exp, expm1, log, log1p, pow, sin } from "../../../src/numeric/elementary.js";

type Elementary = (x: number, y: number) => number;
const FUNCTIONS: ReadonlyMap<string, Elementary> = new Map<string, Elementary>([
  ["exp", exp],
  ["expm1", expm1],
  ["log", log],
  ["log1p", log1p],
  ["sin", sin],
  ["cos", cos],
  ["atan", atan],
  ["atan2", atan2],
  ["pow", pow],
]);

/** num / den with den > 0. */
interface Rational {
  readonly num: bigint;
  readonly den: bigint;
}

/** The exact value of a decimal string such as "-1.25e-310". */
function decimal(text: string): Rational {
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/.exec(text);
  if (match === null) throw new Error(`not a decimal number: ${text}`);
  const [, sign, whole, fraction = "", power = "0"] = match;
  const digits = BigInt(`${sign}${whole}${fraction}`);
  const exponent = BigInt(power) - BigInt(fraction.length);
  return exponent >= 0n ? { num: digits * 10n ** exponent, den: 1n } : { num: digits, den: 10n ** -exponent };
}

const VIEW = new DataView(new ArrayBuffer(8));

/** The exact value of a finite double. */
function exact(x: number): Rational {
  VIEW.setFloat64(0, x);
  const bits = VIEW.getBigUint64(0);
  const biased = (bits >> 52n) & 0x7ffn;
  const fraction = bits & 0xfffffffffffffn;
  const magnitude = biased === 0n ? fraction : fraction + (1n << 52n);
  const exponent = (biased === 0n ? 1n : biased) - 1075n;
  const num = (bits >> 63n === 1n ? -magnitude : magnitude) << (exponent > 0n ? exponent : 0n);
  return { num, den: 1n << (exponent < 0n ? -exponent : 0n) };
}

const abs = (n: bigint): bigint => (n < 0n ? -n : n);
const bitLength = (n: bigint): number => n.toString(2).length;

/** floor(log2 |r|) for r != 0. */
function binade(r: Rational): number {
  const num = abs(r.num);
  const guess = bitLength(num) - bitLength(r.den); // this or one less
  const reached = guess >= 0 ? num >= r.den << BigInt(guess) : num << BigInt(-guess) >= r.den;
  return reached ? guess : guess - 1;
}

/** |computed - truth| in units in the last place of the binade of the truth, to 2^-40. */
function ulps(computed: number, truth: Rational): number {
  const top = truth.num === 0n ? -1022 : Math.max(binade(truth), -1022);
  if (Math.abs(computed) === Infinity) {
    const threshold = (1n << 1024n) - (1n << 970n); // from here on infinity is the nearest double
    const right = abs(truth.num) >= threshold * truth.den && computed > 0 === truth.num > 0n;
    return right ? 0 : Infinity;
  }
  const value = exact(computed);
  const difference = abs(value.num * truth.den - truth.num * value.den);
  const unit = 52 - top + 40; // difference times 2^unit counts 2^-40 ulps
  const den = value.den * truth.den;
  const count = unit >= 0 ? (difference << BigInt(unit)) / den : difference / (den << BigInt(-unit));
  return Number(count) / 2 ** 40;
}

function golden(): Record<string, string[][]> {
  const url = new URL("../../golden/elementary-50.json", import.meta.url);
  return JSON.parse(readFileSync(url, "utf8")) as Record<string, string[][]>;
}

/** A 32-bit hash (the finalizer of MurmurHash3): the source of the grid of arguments below. */
function mix(i: number): number {
  let h = Math.imul(i + 1, 0x9e3779b9);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** FNV-1a, 32 bit, of the bytes of 10,000 results: half of the arguments lie in the ranges, half are any bits. */
function checksum(f: Elementary, xs: readonly [number, number], ys: readonly [number, number]): string {
  const view = new DataView(new ArrayBuffer(8));
  let h = 0x811c9dc5;
  for (let i = 0; i < 10000; i++) {
    let x = xs[0] + ((xs[1] - xs[0]) * mix(4 * i)) / 4294967296;
    let y = ys[0] + ((ys[1] - ys[0]) * mix(4 * i + 1)) / 4294967296;
    if (i % 2 === 1) {
      view.setUint32(0, mix(4 * i));
      view.setUint32(4, mix(4 * i + 2));
      x = view.getFloat64(0);
    }
    if (i % 4 === 3) {
      view.setUint32(0, mix(4 * i + 1));
      view.setUint32(4, mix(4 * i + 3));
      y = view.getFloat64(0);
    }
    const value = f(x, y);
    view.setFloat64(0, value);
    if (Number.isNaN(value)) view.setBigUint64(0, 0x7ff8000000000000n); // an engine may choose the bits of NaN
    for (let j = 0; j < 8; j++) h = Math.imul(h ^ view.getUint8(j), 0x01000193) >>> 0;
  }
  return h.toString(16).padStart(8, "0");
}

/** Function, range of x, range of y, checksum. The same on every engine; a new value means that some bits changed. */
const CHECKSUMS: [string, [number, number], [number, number], string][] = [
  ["exp", [-750, 715], [0, 1], "bc2878ae"],
  ["expm1", [-45, 65], [0, 1], "cbd1c778"],
  ["log", [0, 4], [0, 1], "308db163"],
  ["log1p", [-1, 3], [0, 1], "c752603c"],
  ["sin", [-30, 30], [0, 1], "240248e2"],
  ["cos", [-30, 30], [0, 1], "d0edde9e"],
  ["atan", [-5, 5], [0, 1], "27fd65d4"],
  ["atan2", [-3, 3], [-3, 3], "7bd6b144"],
  ["pow", [0, 8], [-300, 300], "93d7d988"],
];

const INF = Infinity;
const MIN = Number.MIN_VALUE;
const MAX = Number.MAX_VALUE;

/** Function, arguments, exact result. */
const SPECIAL: [string, number[], number][] = [
  ...[sin, atan, expm1, log1p].flatMap((f): [string, number[], number][] => [
    [f.name, [0], 0],
    [f.name, [-0], -0],
    [f.name, [NaN], NaN],
    [f.name, [MIN], MIN],
    [f.name, [-MIN], -MIN],
  ]),
  ["exp", [NaN], NaN],
  ["exp", [0], 1],
  ["exp", [-0], 1],
  ["exp", [INF], INF],
  ["exp", [-INF], 0],
  ["exp", [MAX], INF],
  ["exp", [-MAX], 0],
  ["exp", [709.782712893384], 1.7976931348622732e308],
  ["exp", [709.7827128933841], INF],
  ["exp", [-745.1332191019411], MIN],
  ["exp", [-745.1332191019412], 0],
  ["expm1", [INF], INF],
  ["expm1", [-INF], -1],
  ["expm1", [710], INF],
  ["expm1", [-MAX], -1],
  ["log", [NaN], NaN],
  ["log", [0], -INF],
  ["log", [-0], -INF],
  ["log", [-MIN], NaN],
  ["log", [-INF], NaN],
  ["log", [INF], INF],
  ["log", [1], 0],
  ["log1p", [-1], -INF],
  ["log1p", [-1.5], NaN],
  ["log1p", [-INF], NaN],
  ["log1p", [INF], INF],
  ["sin", [INF], NaN],
  ["sin", [-INF], NaN],
  ["cos", [INF], NaN],
  ["cos", [-INF], NaN],
  ["cos", [NaN], NaN],
  ["cos", [0], 1],
  ["cos", [-0], 1],
  ["atan", [INF], Math.PI / 2],
  ["atan", [-INF], -Math.PI / 2],
  ["atan2", [NaN, 1], NaN],
  ["atan2", [1, NaN], NaN],
  ["atan2", [0, 0], 0],
  ["atan2", [-0, 0], -0],
  ["atan2", [0, -0], Math.PI],
  ["atan2", [-0, -0], -Math.PI],
  ["atan2", [0, 1], 0],
  ["atan2", [-0, 1], -0],
  ["atan2", [0, -1], Math.PI],
  ["atan2", [-0, -1], -Math.PI],
  ["atan2", [1, 0], Math.PI / 2],
  ["atan2", [1, -0], Math.PI / 2],
  ["atan2", [-1, 0], -Math.PI / 2],
  ["atan2", [-1, -0], -Math.PI / 2],
  ["atan2", [1, INF], 0],
  ["atan2", [-1, INF], -0],
  ["atan2", [1, -INF], Math.PI],
  ["atan2", [-1, -INF], -Math.PI],
  ["atan2", [INF, 1], Math.PI / 2],
  ["atan2", [-INF, -1], -Math.PI / 2],
  ["atan2", [INF, INF], Math.PI / 4],
  ["atan2", [-INF, INF], -Math.PI / 4],
  ["atan2", [INF, -INF], 2.356194490192345],
  ["atan2", [-INF, -INF], -2.356194490192345],
  ["atan2", [MIN, MAX], 0],
  ["atan2", [-MIN, MAX], -0],
  ["pow", [NaN, 0], 1],
  ["pow", [NaN, -0], 1],
  ["pow", [INF, 0], 1],
  ["pow", [NaN, 1], NaN],
  ["pow", [1, NaN], NaN],
  ["pow", [1, INF], NaN],
  ["pow", [-1, INF], NaN],
  ["pow", [-1, -INF], NaN],
  ["pow", [2, INF], INF],
  ["pow", [-2, INF], INF],
  ["pow", [2, -INF], 0],
  ["pow", [0.5, INF], 0],
  ["pow", [-0.5, -INF], INF],
  ["pow", [0, INF], 0],
  ["pow", [-0, -INF], INF],
  ["pow", [INF, 0.5], INF],
  ["pow", [INF, -0.5], 0],
  ["pow", [INF, -INF], 0],
  ["pow", [-INF, 3], -INF],
  ["pow", [-INF, 4], INF],
  ["pow", [-INF, 0.5], INF],
  ["pow", [-INF, -3], -0],
  ["pow", [-INF, -2.5], 0],
  ["pow", [0, 2.5], 0],
  ["pow", [0, -2.5], INF],
  ["pow", [-0, 3], -0],
  ["pow", [-0, 2], 0],
  ["pow", [-0, 0.5], 0],
  ["pow", [-0, -3], -INF],
  ["pow", [-0, -4], INF],
  ["pow", [-0, -0.5], INF],
  ["pow", [-2, 0.5], NaN],
  ["pow", [-MIN, -0.1], NaN],
  ["pow", [-1, 2 ** 53], 1],
  ["pow", [-1, 2 ** 53 - 1], -1],
  ["pow", [-1, MAX], 1],
  ["pow", [1, 1e300], 1],
  ["pow", [MAX, 2], INF],
  ["pow", [-MAX, 3], -INF],
  ["pow", [MIN, 2], 0],
  ["pow", [-MIN, 3], -0],
  ["pow", [MIN, -1], INF],
  ["pow", [4, 0.5], 2],
  ["pow", [-7, 1], -7],
  ["pow", [-4, -1], -0.25],
  ["pow", [2, 1023], 2 ** 1023],
  ["pow", [2, 1024], INF],
  ["pow", [2, -1074], MIN],
  ["pow", [2, -1075], 0],
  ["pow", [-2, -1075], -0],
  ["pow", [3, 20], 3486784401],
  ["pow", [1 + 2 ** -52, MAX], INF],
  ["pow", [1 + 2 ** -52, -MAX], 0],
  ["pow", [1 - 2 ** -53, MAX], 0],
  ["pow", [1 - 2 ** -53, -MAX], INF],
  ["pow", [1.1, 3e9], INF],
  ["pow", [0.9, 3e9], 0],
  ["pow", [-1.1, 3000000001], -INF],
];

function named(name: string): Elementary {
  const f = FUNCTIONS.get(name);
  if (f === undefined) throw new Error(`no function ${name}`);
  return f;
}

describe("elementary functions", () => {
  it("measures ulps exactly", () => {
    expect(ulps(1, decimal("1.0"))).toBe(0);
    expect(ulps(1 + 2 ** -52, decimal("1"))).toBe(1);
    expect(ulps(1 - 2 ** -53, decimal("1"))).toBe(0.5);
    expect(ulps(0, decimal("-2.4703282292062327208e-324"))).toBeCloseTo(0.5, 10);
    expect(ulps(INF, decimal("1.8e308"))).toBe(0);
    expect(ulps(INF, decimal("1.7e308"))).toBe(INF);
    expect(ulps(1e22, decimal("1e22"))).toBe(0);
  });

  const table = golden();
  for (const [name, f] of FUNCTIONS) {
    it(`${name} is within one ulp of 50 digits`, () => {
      const rows = table[name] ?? [];
      expect(rows.length).toBeGreaterThanOrEqual(60);
      for (const row of rows) {
        const args = row.slice(0, -1);
        const computed = f(Number(args[0]), Number(args[1] ?? 0));
        const error = ulps(computed, decimal(row[row.length - 1]));
        expect(error, `${name}(${args.join(", ")}) = ${computed}`).toBeLessThan(1);
      }
    });
  }

  it.each(SPECIAL)("%s(%j) is %d", (name, args, expected) => {
    expect(named(name)(args[0], args[1])).toBe(expected); // toBe is Object.is
  });

  it("pow agrees with the specification on all pairs of special operands", () => {
    const operands = [0, MIN, 0.5, 1, 2, 3, 2 ** 53, MAX, INF].flatMap((v) => [v, -v]).concat(NaN);
    for (const x of operands) {
      for (const y of operands) {
        const reference = x ** y;
        if (Number.isFinite(reference) && reference !== 0 && Math.abs(reference) !== 1) continue;
        expect(Object.is(pow(x, y), reference), `pow(${x}, ${y})`).toBe(true);
      }
    }
  });

  it.each(CHECKSUMS)("the bits of %s are pinned", (name, xs, ys, expected) => {
    expect(checksum(named(name), xs, ys)).toBe(expected);
  });
});

describe("identities", () => {
  const points = Array.from({ length: 2000 }, (_, i) => mix(i) / 4294967296);

  it("sin^2 + cos^2 = 1", () => {
    for (const u of points) {
      for (const x of [20 * u - 10, 1e6 * u, 1e300 * u]) {
        expect(Math.abs(sin(x) * sin(x) + cos(x) * cos(x) - 1)).toBeLessThan(5e-16);
      }
    }
  });

  it("exp(log x) = x and log(exp x) = x", () => {
    for (const u of points) {
      const x = exp(1400 * u - 700);
      const bound = (Math.abs(log(x)) + 2) * 2.3e-16; // the error of log x, times x
      expect(Math.abs(exp(log(x)) / x - 1)).toBeLessThan(bound);
      const y = 20 * u - 10;
      expect(Math.abs(log(exp(y)) - y)).toBeLessThan(2e-15);
    }
  });

  it("log1p(expm1 x) = x", () => {
    for (const u of points) {
      for (const x of [u - 0.5, 1e-8 * u, 30 * u]) {
        expect(Math.abs(log1p(expm1(x)) - x)).toBeLessThanOrEqual(6e-16 * Math.abs(x) + MIN);
      }
    }
  });

  it("sin and atan are odd, cos is even, atan2 is odd in y: bit for bit", () => {
    for (const u of points) {
      for (const x of [u, 1e5 * u, 1e200 * u]) {
        expect(sin(-x)).toBe(-sin(x));
        expect(cos(-x)).toBe(cos(x));
        expect(atan(-x)).toBe(-atan(x));
        expect(atan2(-x, u - 0.5)).toBe(-atan2(x, u - 0.5));
      }
    }
  });

  it("exp is monotone across the borders of the reduction", () => {
    for (let k = -1070; k <= 1020; k += 7) {
      const border = (k + 0.5) * Math.LN2;
      const step = Math.abs(border) * 2.220446049250313e-16;
      for (let i = -5; i < 5; i++) {
        expect(exp(border + (i + 1) * step)).toBeGreaterThanOrEqual(exp(border + i * step));
      }
    }
  });

  it("pow with a small integer exponent is the product when that is exact", () => {
    for (let base = -30; base <= 30; base++) {
      let product = 1;
      for (let n = 0; n <= 10; n++, product *= base) expect(pow(base, n)).toBe(product);
    }
  });
});
