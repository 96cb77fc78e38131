/** Code made by numeric/wasm, run: encodings, loops of every length, and exp, bit by bit that of numeric/elementary. */
import { describe, expect, it } from "vitest";
import { randomStream } from "../../../src/kernel/seed.js";
import { exp } from "../../../src/numeric/elementary.js";
import {
  each,
  type FunctionSpec,
  i32,
  instantiate,
  int,
  place,
  repeat,
  s,
  v,
  v128,
} from "../../../src/numeric/wasm.js";
import { expCode, FLUSHED } from "../../../src/numeric/wasm-exp.js";

type Exported = (...args: number[]) => number;

function run(functions: readonly FunctionSpec[], doubles = 256): { x: Float64Array; call: Record<string, Exported> } {
  const made = instantiate<Record<string, Exported>>(functions, doubles);
  expect(made).not.toBeNull();
  return { x: made!.x, call: made!.functions };
}

const bits = (x: number): bigint => new BigUint64Array(Float64Array.of(x).buffer)[0]!;

describe("exp in code", () => {
  it("gives the bits of exp for arguments <= 0, and 0 where it flushes", () => {
    const stream = randomStream(5n, "wasm-exp");
    const wide = Array.from({ length: 20_000 }, () => -710 * stream.uniform());
    const near = Array.from({ length: 20_000 }, () => -2 * stream.uniform());
    const tiny = Array.from({ length: 1000 }, () => -(2 ** -60) * stream.uniform());
    const halves = Array.from({ length: 1022 }, (_, k) => -(k + 0.5) * Math.LN2);
    const edges = [0, -0, -1, FLUSHED, FLUSHED - 1e-13, FLUSHED + 1e-13, -745.2, -1e300, -Infinity, Number.NaN];
    const args = [...wide, ...near, ...tiny, ...halves, ...edges];
    const exps = (name: string, at: number, count: number): FunctionSpec => ({
      name,
      parameters: [],
      result: null,
      body(_, variable) {
        const xs = Array.from({ length: count }, () => variable(v128));
        return [
          xs.map((x, i) => x.set(v.load(place(at + 16 * i)))),
          expCode(variable, xs),
          xs.map((x, i) => v.store(place(at + 16 * i), x.get)),
        ];
      },
    });
    const { x, call } = run([exps("five", 0, 5), exps("one", 80, 1)]);
    for (let i = 0; i < args.length; i += 12) {
      const some = args.slice(i, i + 12);
      x.fill(0, 0, 12);
      x.set(some);
      call.five!();
      call.one!();
      for (const [k, t] of some.entries()) expect(bits(x[k]!), `exp(${t})`).toBe(bits(t < FLUSHED ? 0 : exp(t)));
    }
  });
});

describe("numbers and loops", () => {
  it("encodes 32-bit integers of every size", () => {
    const numbers = [0, 1, -1, 63, 64, -64, -65, 127, 128, 8191, 8192, -8192, -8193, 2 ** 31 - 1, -(2 ** 31)];
    const { call } = run(
      numbers.map((n, i) => ({ name: `f${i}`, parameters: [], result: i32, body: () => int.of(n) })),
    );
    expect(numbers.map((_, i) => call[`f${i}`]!())).toEqual(numbers);
  });

  it("goes over every element once, in order, whatever the count and the unrolling", () => {
    for (const count of [1, 2, 3, 4, 7, 8, 9, 31])
      for (const unroll of [1, 2, 4, 8]) {
        // x_0 <- 2 x_0 + a_k: the order is read off the bits of the sum; then b_k <- a_k in the other stride.
        const sum: FunctionSpec = {
          name: "sum",
          parameters: [],
          result: null,
          body: (_, variable) =>
            each(variable, count, [8, 16], unroll, (ofA, ofB) => [
              s.store(place(0), s.add(s.add(s.load(place(0)), s.load(place(0))), s.load(ofA(place(8))))),
              s.store(ofB(place(1024)), s.load(ofA(place(8)))),
            ]),
        };
        const { x, call } = run([sum]);
        const a = Array.from({ length: count }, (_, k) => (k * k + 1) % 2);
        x.set(a, 1);
        call.sum!();
        expect(x[0], `${count} by ${unroll}`).toBe(a.reduce((t, b) => 2 * t + b, 0));
        expect(Array.from({ length: count }, (_, k) => x[128 + 2 * k])).toEqual(a);
      }
  });

  it("repeats once at least, and as long as the condition holds", () => {
    const count: FunctionSpec = {
      name: "count",
      parameters: [i32],
      result: i32,
      body([n], variable) {
        const k = variable(i32);
        return [repeat(k.set(int.add(k.get, int.of(1))), int.less(k.get, n!.get)), k.get];
      },
    };
    const { call } = run([count]);
    expect([0, 1, 2, 300].map((n) => call.count!(n))).toEqual([1, 1, 2, 300]);
  });

  it("offsets in memory beyond 64 KiB are read where they are written", () => {
    const copy: FunctionSpec = {
      name: "copy",
      parameters: [],
      result: null,
      body: () => s.store(place(3 * 65536 - 8), s.load(place(2 * 65536 + 16))),
    };
    const { x, call } = run([copy], 3 * 8192);
    x[2 * 8192 + 2] = 42;
    call.copy!();
    expect(x[3 * 8192 - 1]).toBe(42);
  });
});
