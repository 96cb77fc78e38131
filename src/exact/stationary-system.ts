/**
 * First-order stationarity of min sum_k |b_k|^p s.t. margins >= 1, 0 < p < 1, on a support S with active margins A, as a
 * square system: unknowns are the parts of b_k for k in S (real, or real and imaginary), then alpha_n for n in A; equations
 * p |b_k|^(p-2) b_k - sum_n alpha_n z_nk = 0 for k in S, then sum_k count_k <z_nk, b_k> - 1 = 0 for n in A, z_n the
 * coefficients of y_n x_n. Smooth where no b_k is 0. Coefficients are unitary Fourier ones, count 2 for a conjugate pair, or
 * the signal's own. Source: Gunasekar et al. 2018 (stationary points of bridge penalties). Cost: unknowns times |A| + 2.
 */
import type { Penalty, Rows } from "./bridge.js";
import { type Block, type CoefficientReader, coefficientReader } from "./coefficient-rows.js";
import {
  addFixed,
  divFixed,
  FIXED_ONE,
  FIXED_ZERO,
  type Fixed,
  fixedFrom,
  lengthFixed,
  mulFixed,
  powerFixed,
  rootFixed,
  squareFixed,
  subFixed,
  timesFixed,
} from "./fixed-interval.js";
import type { System } from "./krawczyk.js";
import { q } from "./rational.js";

export interface StationarySystem extends System {
  readonly reader: CoefficientReader;
  /** Blocks of the support, and where their parts stand among the unknowns. */
  readonly inside: readonly (Block & { readonly at: number })[];
  /** Unknowns before the multipliers. */
  readonly parts: number;
  /** The margin of data row n. */
  margin(n: number, box: readonly Fixed[]): Fixed;
  /** sum_k count_k |b_k|^p. */
  penalty(box: readonly Fixed[]): Fixed;
}

/** |x| of a number of parts. */
const lengthOf = (x: readonly Fixed[]): Fixed => lengthFixed(x[0]!, x[1] ?? FIXED_ZERO);

export function stationarySystem(
  { rows, scale }: Rows,
  { space, p }: Penalty,
  support: readonly number[],
  active: readonly number[],
  reader: CoefficientReader = coefficientReader(space, rows[0]!.length),
): StationarySystem {
  const exponent = fixedFrom(q(BigInt(p.n), BigInt(p.d)));
  const inside: (Block & { at: number })[] = [];
  let parts = 0;
  for (const k of support) {
    const block = reader.blocks[k]!;
    inside.push({ ...block, at: parts });
    parts += block.parts;
  }
  const known = new Map<number, readonly Fixed[]>();
  /** The parts of z_n on the support. */
  const row = (n: number): readonly Fixed[] => {
    const found = known.get(n) ?? inside.flatMap((block) => reader.read({ n: rows[n]!, d: scale }, block));
    known.set(n, found);
    return found;
  };
  const multiplicity = inside.flatMap(({ count, parts: own }) => new Array<bigint>(own).fill(BigInt(count)));
  /** Slopes of a margin in b. */
  const slopes = (n: number): readonly Fixed[] => row(n).map((z, i) => timesFixed(z, multiplicity[i]!));
  const margin = (n: number, box: readonly Fixed[]): Fixed =>
    slopes(n).reduce((sum, z, i) => addFixed(sum, mulFixed(z, box[i]!)), FIXED_ZERO);
  /** p |b|^(p-2), and |b|^-2; null where b may be 0. */
  const weights = (b: readonly Fixed[]): { readonly weight: Fixed; readonly inverse: Fixed } | null => {
    const length = lengthOf(b);
    const power = length.lo > 0n ? divFixed(exponent, powerFixed(rootFixed(length, p.d), 2 * p.d - p.n)) : null;
    const inverse = power === null ? null : divFixed(FIXED_ONE, squareFixed(length));
    return power === null || inverse === null ? null : { weight: power, inverse };
  };
  const partsOf = ({ at, parts: own }: Block & { at: number }, box: readonly Fixed[]): readonly Fixed[] =>
    box.slice(at, at + own);

  return {
    reader,
    inside,
    parts,
    unknowns: parts + active.length,
    margin,
    penalty: (box) =>
      inside.reduce((sum, block) => {
        const own = powerFixed(rootFixed(lengthOf(partsOf(block, box)), p.d), p.n);
        return addFixed(sum, timesFixed(own, BigInt(block.count)));
      }, FIXED_ZERO),
    value(box) {
      const out: Fixed[] = [];
      for (const block of inside) {
        const b = partsOf(block, box);
        const at = weights(b);
        if (at === null) return null;
        b.forEach((x, i) => {
          const along = active.reduce(
            (sum, n, j) => addFixed(sum, mulFixed(box[parts + j]!, row(n)[block.at + i]!)),
            FIXED_ZERO,
          );
          out.push(subFixed(mulFixed(at.weight, x), along));
        });
      }
      for (const n of active) out.push(subFixed(margin(n, box), FIXED_ONE));
      return out;
    },
    jacobian(box) {
      const J = Array.from({ length: parts + active.length }, () =>
        new Array<Fixed>(parts + active.length).fill(FIXED_ZERO),
      );
      const drop = subFixed(timesFixed(FIXED_ONE, 2n), exponent); // 2 - p
      for (const block of inside) {
        const b = partsOf(block, box);
        const at = weights(b);
        if (at === null) return null;
        // d(|b|^(p-2) b) = |b|^(p-2) (1 - (2-p) b b^T / |b|^2); for one part that is (p-1) |b|^(p-2)
        b.forEach((x, i) => {
          b.forEach((y, j) => {
            const outer = b.length === 1 ? FIXED_ONE : mulFixed(i === j ? squareFixed(x) : mulFixed(x, y), at.inverse);
            const slope = subFixed(i === j ? FIXED_ONE : FIXED_ZERO, mulFixed(drop, outer));
            J[block.at + i]![block.at + j] = mulFixed(at.weight, slope);
          });
        });
      }
      active.forEach((n, j) => {
        row(n).forEach((z, i) => {
          J[i]![parts + j] = subFixed(FIXED_ZERO, z);
        });
        slopes(n).forEach((z, i) => {
          J[parts + j]![i] = z;
        });
      });
      return J;
    },
  };
}
