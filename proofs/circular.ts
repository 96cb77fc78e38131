/**
 * Circular convolutional networks for lemmas, exactly: with z_0 ... z_(D-1) symbolic beside the parameters, the filters, the
 * predictor P~ and the pullback J~^T z as signals of polynomials (without the scalar D^(-(L-1)/2), which stands on both sides
 * of every identity here), and the unnormalized transform (F s)_k = sum_d zeta^(-kd) s_d over Q(zeta_D).
 * Convention: theory.md, section 0. Cost: some D^L terms for each of D frequencies.
 */
import { type Cyclotomic, type CyclotomicField, cyclotomicField } from "../src/exact/cyclotomic.js";
import { mapCoefficients, type Polynomial, scaled, sumOf, variable } from "../src/exact/polynomial.js";
import type { Q } from "../src/exact/rational.js";
import { rationals } from "../src/exact/ring.js";
import { convolutional } from "../src/models/architectures/convolutional.js";
import { pulledBack } from "../src/models/kkt.js";

export type Signal<E> = readonly Polynomial<E>[];

export interface CircularInstance {
  readonly D: number;
  /** Q(zeta_D). */
  readonly field: CyclotomicField;
  /** The filters w_1 ... w_L, padded with zeros to D positions. */
  readonly filters: readonly Signal<Q>[];
  readonly beta: Signal<Q>;
  readonly z: Signal<Q>;
  /** (J~^T z)_l for each layer, one polynomial for each entry of the filter. */
  readonly pulled: readonly Signal<Q>[];
}

export function circularInstance(dim: number, depth: number, kernel: number): CircularInstance {
  const P = convolutional.build({ dim, depth, kernel });
  const { map } = P.exact();
  const hint = P.fourier?.channels[0]?.products[0];
  if (map === null || hint === undefined) throw new Error("circular: the network has no exact map or no filters");
  const total = P.parameters + dim;
  const { sides } = pulledBack(map);
  const zero: Polynomial<Q> = { ring: rationals, variables: total, terms: new Map() };
  return {
    D: dim,
    field: cyclotomicField(dim),
    filters: hint.map((f) =>
      Array.from({ length: dim }, (_, d) => {
        const at = f.positions.indexOf(d);
        return at < 0 ? zero : variable(rationals, total, f.parameters[at]!);
      }),
    ),
    beta: map.coordinates.map((p) => ({ ...p, variables: total })),
    z: Array.from({ length: dim }, (_, d) => variable(rationals, total, P.parameters + d)),
    pulled: hint.map((f) => f.parameters.map((i) => sides[i]!)),
  };
}

/** (F s)_k, or its conjugate for real s: sum_d zeta^(+kd) s_d. */
export function transformedAt(
  field: CyclotomicField,
  s: Signal<Q>,
  k: number,
  conjugate = false,
): Polynomial<Cyclotomic> {
  return sumOf(
    s.map((p, d) => scaled(mapCoefficients(p, field, field.ofRational), field.zeta(conjugate ? k * d : -k * d))),
  );
}

/** (D, depth, kernel) on which lemmas are decided. */
export const CIRCULAR_INSTANCES: readonly (readonly [number, number, number])[] = [
  [1, 2, 1],
  [2, 2, 2],
  [3, 2, 3],
  [4, 2, 4],
  [5, 2, 5],
  [6, 2, 6],
  [2, 3, 2],
  [3, 3, 3],
  [4, 3, 4],
  [2, 4, 2],
  [3, 4, 3],
];

/** The same with kernels below the dimension. */
export const KERNEL_INSTANCES: readonly (readonly [number, number, number])[] = [
  [3, 2, 1],
  [3, 2, 2],
  [4, 2, 3],
  [5, 2, 2],
  [4, 3, 2],
];

export const inWords = (list: readonly (readonly number[])[]): string =>
  list.map((i) => `(${i.join(", ")})`).join(", ");
