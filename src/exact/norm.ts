/**
 * The polyhedral norms l1 and linf on rational vectors, with one subgradient each: exact, no roots needed.
 * s is a subgradient of R at u when R(v) >= R(u) + <s, v - u> for all v.
 */
import { type Q, q, ZERO } from "./rational.js";
import type { QVector } from "./vector.js";

export type PolyhedralNorm = "l1" | "linf";

const abs = (x: bigint): bigint => (x < 0n ? -x : x);

export function polyhedralNorm(R: PolyhedralNorm, u: QVector): Q {
  const parts = u.n.map(abs);
  const value = R === "l1" ? parts.reduce((a, b) => a + b, 0n) : parts.reduce((a, b) => (a > b ? a : b), 0n);
  return q(value, u.d);
}

/** l1: the signs, 0 at zeros. linf: the sign at the first coordinate of largest modulus. */
export function subgradient(R: PolyhedralNorm, u: QVector): Q[] {
  const sign = (x: bigint): Q => (x > 0n ? q(1n) : x < 0n ? q(-1n) : ZERO);
  if (R === "l1") return u.n.map(sign);
  let peak = 0;
  u.n.forEach((x, d) => {
    if (abs(x) > abs(u.n[peak]!)) peak = d;
  });
  return u.n.map((x, d) => (d === peak ? sign(x) : ZERO));
}
