/**
 * Circular convolution on a torus Z_shape = Z_{n_1} x ... x Z_{n_r} (row major, n points), exactly, and the hint by which
 * an architecture says that it consists of such convolutions: in Fourier coordinates it is then coordinatewise.
 * Convention: (a (*) b)[d] = sum_k a[k] b[d - k], no flip, no scale; with the unitary transform F_{kl} = n^(-1/2)
 * e^(-2 pi i <k, l>) this is F(a (*) b) = n^(1/2) Fa . Fb, and with the unnormalized one F(a (*) b) = Fa . Fb.
 * Cost of an exact convolution: n^2 products of polynomials, those by zero free.
 */
import { constant, dotProduct, type Polynomial, variable } from "../exact/polynomial.js";
import type { Q } from "../exact/rational.js";
import { rationals } from "../exact/ring.js";

/** A filter on the torus: parameter `parameters[i]` at the flat position `positions[i]`, zero at all other positions. */
export interface TorusFilter {
  readonly parameters: readonly number[];
  readonly positions: readonly number[];
}

/** One signal of the predictor, as a sum of products of filters in Fourier coordinates. */
export interface FourierChannel {
  /** The coordinate of the predictor at each position of the torus. */
  readonly coordinates: readonly number[];
  /** Each product lists its L filters. */
  readonly products: readonly (readonly TorusFilter[])[];
}

/**
 * For every channel, with the unitary transform F of the torus and the filters as signals on it,
 * F P(w)[coordinates] = sum over products of the coordinatewise product of F filter. The predictor's exact scalar is
 * n^(-(L-1)/2), so the integer polynomials P~ without it satisfy the same with the unnormalized transform.
 * The channels together cover each coordinate once.
 */
export interface FourierStructure {
  readonly shape: readonly number[];
  readonly channels: readonly FourierChannel[];
}

/** The filter of `length` parameters from number `first` on, at the positions 0, 1, 2, ... */
export const filterFrom = (first: number, length: number): TorusFilter => ({
  parameters: Array.from({ length }, (_, i) => first + i),
  positions: Array.from({ length }, (_, i) => i),
});

/** The filter as a signal on `size` positions of polynomials in `variables` variables. */
export function signalOf(filter: TorusFilter, size: number, variables: number): Polynomial<Q>[] {
  const zero = constant(rationals, variables, rationals.zero);
  const signal = new Array<Polynomial<Q>>(size).fill(zero);
  filter.positions.forEach((at, i) => {
    signal[at] = variable(rationals, variables, filter.parameters[i]!);
  });
  return signal;
}

/** d - k on the torus, all flat. */
function minus(shape: readonly number[], d: number, k: number): number {
  let [restD, restK, place, out] = [d, k, 1, 0];
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const size = shape[axis]!;
    out += place * (((restD % size) - (restK % size) + size) % size);
    restD = Math.floor(restD / size);
    restK = Math.floor(restK / size);
    place *= size;
  }
  return out;
}

/** The circular convolution of two signals on the torus. */
export const convolved = (
  shape: readonly number[],
  a: readonly Polynomial<Q>[],
  b: readonly Polynomial<Q>[],
): Polynomial<Q>[] =>
  a.map((_, d) =>
    dotProduct(
      a,
      a.map((__, k) => b[minus(shape, d, k)]!),
    ),
  );

/** D^(-(L-1)/2) in front of a product of L filters, for people; "" where it is 1. */
export const rootText = (D: number, L: number): string =>
  D === 1 || L === 1 ? "" : `${D}^(${L % 2 === 1 ? -(L - 1) / 2 : `-${L - 1}/2`}) `;

export const rootTex = (D: number, L: number): string =>
  D === 1 || L === 1 ? "" : `${D}^{${L % 2 === 1 ? -(L - 1) / 2 : `-${L - 1}/2`}}\\,`;
