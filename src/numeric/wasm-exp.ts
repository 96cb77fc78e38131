/**
 * Code for exp of two doubles at a time, for arguments <= 0: the operations of numeric/elementary/exp in their order, so the
 * same bits, but 0 below FLUSHED, where 2^k would leave the normal range. NaN stays NaN.
 * Several arguments at once, because the operations of one wait for each other.
 */
import { INV_LN2, LN2_HI, LN2_LO, P1, P2, P3, P4, P5 } from "./elementary/exp.js";
import { type Code, type Local, type Type, v, v128 } from "./wasm.js";

/** Below this, near log 2^-1021, `expCode` gives 0. */
export const FLUSHED = -708;
/** Added to a small integer k, leaves k in the low bits: 1.5 2^52. */
const INTEGER = 6755399441055744;

/** x_i <- exp(x_i), two each. */
export function expCode(variable: (type: Type) => Local, xs: readonly Local[]): Code {
  const { of, add, sub, mul, div } = v;
  return xs.map((x) => {
    const [k, hi, lo, r, t, c] = Array.from({ length: 6 }, () => variable(v128)) as [
      Local,
      Local,
      Local,
      Local,
      Local,
      Local,
    ];
    const tail = [P4, P3, P2, P1].reduce<Code>((above, p) => add(of(p), mul(t.get, above)), of(P5));
    const power = v.addBits(v.shiftBits(add(k.get, of(INTEGER)), 52), of(1));
    return [
      k.set(v.floor(add(mul(of(INV_LN2), x.get), of(0.5)))),
      hi.set(sub(x.get, mul(k.get, of(LN2_HI)))),
      lo.set(mul(k.get, of(LN2_LO))),
      r.set(sub(hi.get, lo.get)),
      t.set(mul(r.get, r.get)),
      c.set(sub(r.get, mul(t.get, tail))),
      x.set(
        v.without(
          mul(sub(of(1), sub(sub(lo.get, div(mul(r.get, c.get), sub(of(2), c.get))), hi.get)), power),
          v.less(x.get, of(FLUSHED)),
        ),
      ),
    ];
  });
}
