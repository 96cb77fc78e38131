/**
 * By how much a witness has a smaller penalty than a predictor, and than all that are near it, in rigorous enclosures. S(b) =
 * sum_k |b_k|^p / (min_n m_n(b))^p is the penalty of b scaled to least margin 1, b_k its unitary Fourier coefficients on the
 * circle, all of them, or its own entries. For |b - u|_2 <= e = errorBar |u|_2, each |b_k| >= |u_k| - e and each m_n(b) <=
 * m_n(u) + |x_n|_2 e, so S(b) >= S_e(u) = sum_k max(0, |u_k| - e)^p / (min_n m_n(u) + |x_n| e)^p. Cost: two transforms.
 */
import type { Penalty } from "./bridge.js";
import {
  addFixed,
  divFixed,
  FIXED_ONE,
  FIXED_ZERO,
  type Fixed,
  fixedBounds,
  fixedDyadic,
  fixedFrom,
  lengthFixed,
  maxFixed,
  mulFixed,
  powerFixed,
  rootFixed,
  subFixed,
  timesFixed,
} from "./fixed-interval.js";
import type { Rows } from "./norms/enclosed.js";
import { compare, mul, type Q, q, ZERO } from "./rational.js";
import { coefficients, modulus, peakBits } from "./spectrum.js";
import { entriesOf, leastEntry, marginsOf, type QVector } from "./vector.js";

export interface PenaltyGap {
  /** 1 - S(witness) / S_e(u), from below: no predictor within the error bar has a penalty as small as the witness. */
  readonly gap: Q;
  /** 1 - S_e(u) / S(u), from above: what the error bar makes of it. */
  readonly fall: Q;
}

interface Measured {
  /** Sum of the powers, and the power of the least margin. */
  readonly sum: Fixed;
  readonly margin: Fixed;
}

const least = (values: readonly Fixed[]): Fixed =>
  values.reduce((a, b) => ({ lo: b.lo < a.lo ? b.lo : a.lo, hi: b.hi < a.hi ? b.hi : a.hi }));

/** Of the vector over the power of two above its largest entry: S does not change. */
function measured({ rows, scale }: Rows, v: QVector, { space, p }: Penalty, errorBar: Q): Measured {
  const bits = peakBits(v);
  const power = (x: Fixed): Fixed => powerFixed(rootFixed(x, p.d), p.n);
  const length = lengthFixed(...v.n.map((x) => fixedDyadic(x, bits)));
  const e = mulFixed(fixedFrom(errorBar), length);
  // The coefficients are not normalized: D^(1/2) times the unitary ones.
  const root = space === "signal" ? FIXED_ONE : rootFixed(fixedFrom(q(BigInt(v.n.length))), 2);
  const off = mulFixed(e, root);
  const moved = errorBar.n !== 0n;
  const sum = coefficients(v, space).reduce((total, c) => {
    const size = moved ? maxFixed(FIXED_ZERO, subFixed(modulus(c), off)) : modulus(c);
    return addFixed(total, timesFixed(power(size), BigInt(c.count)));
  }, FIXED_ZERO);
  const unit = q(v.d, 1n << bits);
  const margins = entriesOf(marginsOf(rows, scale, v)).map((m, n) => {
    const own = fixedFrom(mul(m, unit));
    if (!moved) return own;
    return addFixed(own, mulFixed(e, lengthFixed(...rows[n]!.map((x) => fixedFrom(q(x, scale))))));
  });
  return { sum, margin: power(least(margins)) };
}

/** S(a) / S(b) in an interval; null where that cannot be told. */
const ratio = (a: Measured, b: Measured): Fixed | null =>
  divFixed(mulFixed(a.sum, b.margin), mulFixed(b.sum, a.margin));

/** Null where one of the two does not separate the data, or numbers are too small to be told from 0. */
export function penaltyGap(
  data: Rows,
  penalty: Penalty,
  reached: QVector,
  errorBar: Q,
  witness: QVector,
): PenaltyGap | null {
  for (const b of [reached, witness])
    if (compare(leastEntry(marginsOf(data.rows, data.scale, b)).value, ZERO) <= 0) return null;
  const [own, near] = [ZERO, errorBar].map((bar) => measured(data, reached, penalty, bar));
  const [other, kept] = [ratio(measured(data, witness, penalty, ZERO), near!), ratio(near!, own!)];
  if (other === null || kept === null) return null;
  return { gap: fixedBounds(subFixed(FIXED_ONE, other)).lower, fall: fixedBounds(subFixed(FIXED_ONE, kept)).upper };
}
