/**
 * The code of kernels/block-network: two blocks at a time, the layers of a block in registers. See there for slots and order
 * of operations; both readings give the same bits.
 */
import { type Code, each, type Local, type Place, place, v, v128 } from "../../numeric/wasm.js";
import type { BlockLayout } from "./block-network.js";
import type { Memory } from "./memory.js";
import type { Target, Variable } from "./network.js";

/** The place of a slot of the block, counted from the first real one. */
type At = (start: number) => Place;

interface Complex {
  readonly re: Code;
  readonly im: Code;
}

interface ComplexLocal {
  readonly value: Complex;
  set(value: Complex): Code;
}

const { add, sub, mul, load, store } = v;

const product = (a: Complex, b: Complex): Complex => ({
  re: sub(mul(a.re, b.re), mul(a.im, b.im)),
  im: add(mul(a.re, b.im), mul(a.im, b.re)),
});
/** a conj(b) */
const turned = (a: Complex, b: Complex): Complex => ({
  re: add(mul(a.re, b.re), mul(a.im, b.im)),
  im: sub(mul(a.im, b.re), mul(a.re, b.im)),
});

function complexLocal(variable: Variable): ComplexLocal {
  const [re, im, next] = [variable(v128), variable(v128), variable(v128)];
  return {
    value: { re: re.get, im: im.get },
    set: (value) => [next.set(value.re), im.set(value.im), re.set(next.get)],
  };
}

const overReals = ({ reals }: BlockLayout, variable: Variable, body: (at: At) => Code): Code =>
  reals === 0 ? [] : each(variable, reals / 2, [16], 2, (of) => body((start) => of(place(8 * start))));

/** body(at, imaginary): `at` of the real part, and how many slots further the imaginary part lies. */
const overPairs = ({ reals, pairs }: BlockLayout, variable: Variable, body: (at: At) => Code): Code =>
  pairs === 0 ? [] : each(variable, pairs / 2, [16], 1, (of) => body((start) => of(place(8 * (start + reals)))));

const below = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

export function blockApplyCode(layout: BlockLayout, m: Memory, variable: Variable): Code {
  const { depth: L, pairs: C, slots: S } = layout;
  const p = variable(v128);
  const z = complexLocal(variable);
  return [
    overReals(layout, variable, (at) => [
      below(L).map((l) => p.set(l === 0 ? load(at(m.w)) : mul(p.get, load(at(m.w + l * S))))),
      store(at(m.q), p.get),
    ]),
    overPairs(layout, variable, (at) => [
      below(L).map((l) => {
        const w = { re: load(at(m.w + l * S)), im: load(at(m.w + l * S + C)) };
        return z.set(l === 0 ? w : product(z.value, w));
      }),
      store(at(m.q), z.value.re),
      store(at(m.q + C), z.value.im),
    ]),
  ];
}

export function blockPushCode(layout: BlockLayout, m: Memory, variable: Variable, h: Local, to: Target): Code {
  const { depth: L, pairs: C, slots: S } = layout;
  const out = to === "w" ? m.w : m.u;
  const moved = (old: Code, by: Code): Code => (to === "w" ? add(old, by) : by);
  const down = below(L - 1).map((l) => L - 1 - l);
  const a = below(L).map(() => variable(v128));
  const prefix = below(L - 1).map(() => variable(v128));
  const above = variable(v128);
  const w = below(L).map(() => complexLocal(variable));
  const prefixes = below(L - 1).map(() => complexLocal(variable));
  const rest = complexLocal(variable);
  return [
    overReals(layout, variable, (at) => [
      a.map((x, l) => x.set(load(at(m.w + l * S)))),
      prefix.map((x, l) => x.set(l === 0 ? a[0]!.get : mul(prefix[l - 1]!.get, a[l]!.get))),
      above.set(mul(h.get, load(at(m.residual)))),
      down.map((l) => [
        store(at(out + l * S), moved(a[l]!.get, mul(above.get, prefix[l - 1]!.get))),
        above.set(mul(above.get, a[l]!.get)),
      ]),
      store(at(out), moved(a[0]!.get, above.get)),
    ]),
    overPairs(layout, variable, (at) => {
      const put = (l: number, by: Complex): Code => [
        store(at(out + l * S), moved(w[l]!.value.re, by.re)),
        store(at(out + l * S + C), moved(w[l]!.value.im, by.im)),
      ];
      return [
        w.map((x, l) => x.set({ re: load(at(m.w + l * S)), im: load(at(m.w + l * S + C)) })),
        prefixes.map((x, l) => x.set(l === 0 ? w[0]!.value : product(prefixes[l - 1]!.value, w[l]!.value))),
        rest.set({ re: mul(h.get, load(at(m.residual))), im: mul(h.get, load(at(m.residual + C))) }),
        down.map((l) => [
          put(l, turned(rest.value, prefixes[l - 1]!.value)),
          rest.set(turned(rest.value, w[l]!.value)),
        ]),
        put(0, rest.value),
      ];
    }),
  ];
}
