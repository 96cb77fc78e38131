/**
 * Wrong versions of the identities that proofs rest on: Euler's with another degree, the adjoint as a convolution or shifted
 * or with a filter too few, node C1 without a conjugate, with a flip or with another layer, F1 with the rank-one form
 * transposed or without the norm. Each is the pair of sides of an identity that must not hold; `sound` ones must.
 */

import { type CircularInstance, type Signal, transformedAt } from "../../proofs/circular.js";
import { correlationAt, others } from "../../proofs/lemmas/adjoint.js";
import { eulerCertificate } from "../../src/exact/certificates.js";
import { homogeneousDegree, type PolyMap } from "../../src/exact/polymap.js";
import {
  compose,
  equalPolynomials,
  type Polynomial,
  product,
  sum,
  sumOf,
  variable,
} from "../../src/exact/polynomial.js";
import type { Q } from "../../src/exact/rational.js";
import { rationals } from "../../src/exact/ring.js";
import type { PolyIdentityCertificate } from "../../src/kernel/algebra-certificate.js";
import { fullyConnected } from "../../src/models/architectures/fully-connected.js";

export interface IdentityVersion {
  readonly name: string;
  readonly sound: boolean;
}

/** Certificates of Euler's identity for degrees around the right one. */
export const eulerVersions = (
  map: PolyMap<Q>,
): readonly (IdentityVersion & { readonly certificate: PolyIdentityCertificate })[] => {
  const degree = homogeneousDegree(map);
  return [-1, 0, 1, 2, 3, 4, 5].map((d) => ({
    name: `Euler with degree ${d}`,
    sound: d === degree,
    certificate: eulerCertificate(map, d),
  }));
};

type Version<T> = IdentityVersion & { holds(instance: T): boolean };

const shifted = (s: Signal<Q>, by: number): Signal<Q> => s.map((_, d) => s[(d + by + s.length) % s.length]!);
const mirrored = (s: Signal<Q>): Signal<Q> => s.map((_, d) => s[(s.length - d) % s.length]!);
const flipped = (s: Signal<Q>): Signal<Q> => [...s].reverse();

const pullbackIs = (of: (i: CircularInstance, layer: number, k: number) => Polynomial<Q>) => (i: CircularInstance) =>
  i.pulled.every((entries, l) => entries.every((p, k) => equalPolynomials(p, of(i, l, k))));

/** For circular networks with D >= 3 and depth >= 3. */
export const ADJOINT_VERSIONS: readonly Version<CircularInstance>[] = Object.freeze([
  { name: "correlation", sound: true, holds: pullbackIs((i, l, k) => correlationAt(i.z, others(i, l), k)) },
  {
    name: "convolution in its place",
    sound: false,
    holds: pullbackIs((i, l, k) => correlationAt(i.z, mirrored(others(i, l)), -k + i.D)),
  },
  {
    name: "shifted by one",
    sound: false,
    holds: pullbackIs((i, l, k) => correlationAt(i.z, shifted(others(i, l), 1), k)),
  },
  {
    name: "the arguments exchanged",
    sound: false,
    holds: pullbackIs((i, l, k) => correlationAt(others(i, l), i.z, k)),
  },
  {
    name: "a filter too few",
    sound: false,
    holds: pullbackIs((i, l, k) => correlationAt(i.z, i.filters[(l + 1) % i.filters.length]!, k)),
  },
  {
    name: "the predictor's own product",
    sound: false,
    holds: pullbackIs((i, _l, k) => correlationAt(i.z, i.beta, k)),
  },
]);

interface C1Reading {
  /** Which filter stands on the left. */
  readonly layer?: (l: number, L: number) => number;
  readonly conjugateLeft?: boolean;
  readonly conjugateBeta?: boolean;
  readonly z?: (z: Signal<Q>) => Signal<Q>;
}

const c1 =
  ({ layer = (l) => l, conjugateLeft = true, conjugateBeta = true, z = (s) => s }: C1Reading) =>
  ({ D, field, filters, beta, z: own, pulled }: CircularInstance): boolean =>
    filters.every((_, l) =>
      Array.from({ length: D }, (_k, k) => k).every((k) =>
        equalPolynomials(
          product(
            transformedAt(field, filters[layer(l, filters.length)]!, k, conjugateLeft),
            transformedAt(field, pulled[l]!, k),
          ),
          product(transformedAt(field, beta, k, conjugateBeta), transformedAt(field, z(own), k)),
        ),
      ),
    );

export const C1_VERSIONS: readonly Version<CircularInstance>[] = Object.freeze([
  { name: "conj(what_l) (J^T z)_l = conj(betahat) zhat", sound: true, holds: c1({}) },
  { name: "no conjugate on the left", sound: false, holds: c1({ conjugateLeft: false }) },
  { name: "no conjugate on betahat", sound: false, holds: c1({ conjugateBeta: false }) },
  { name: "no conjugate at all", sound: false, holds: c1({ conjugateLeft: false, conjugateBeta: false }) },
  { name: "the flip z[D-1-d]", sound: false, holds: c1({ z: flipped }) },
  { name: "the mirror z[-d mod D]", sound: false, holds: c1({ z: mirrored }) },
  { name: "another layer on the left", sound: false, holds: c1({ layer: (l, L) => (l + 1) % L }) },
]);

interface F1Instance {
  readonly dim: number;
  readonly width: number;
}

/** beta with W_1 = entry(r, c) in a two-layer network, against a right side, both in w2 and z. */
const f1 =
  (
    entry: (u: (r: number) => Polynomial<Q>, z: (c: number) => Polynomial<Q>, r: number, c: number) => Polynomial<Q>,
    right: (squared: Polynomial<Q>, z: Polynomial<Q>) => Polynomial<Q>,
  ) =>
  ({ dim, width }: F1Instance): boolean => {
    const P = fullyConnected.build({ dim, depth: 2, widths: [width] });
    const { map } = P.exact();
    if (map === null) return false;
    const total = width + dim;
    const u = (r: number): Polynomial<Q> => variable(rationals, total, r);
    const z = (c: number): Polynomial<Q> => variable(rationals, total, width + c);
    const inner = Array.from({ length: width * dim }, (_, i) => entry(u, z, Math.floor(i / dim), i % dim));
    const own = [...inner, ...Array.from({ length: width }, (_, r) => u(r))];
    const squared = sumOf(own.slice(width * dim).map((p) => product(p, p)));
    return map.coordinates.every((p, d) => equalPolynomials(compose(p, own), right(squared, z(d))));
  };

/** For width and dim at least 2 and equal, so that a transposed form has the right size. */
export const F1_VERSIONS: readonly Version<F1Instance>[] = Object.freeze([
  { name: "W_1 = u z^T", sound: true, holds: f1((u, z, r, c) => product(u(r), z(c)), product) },
  { name: "W_1 = z u^T", sound: false, holds: f1((u, z, r, c) => product(z(r), u(c)), product) },
  {
    name: "beta = z",
    sound: false,
    holds: f1(
      (u, z, r, c) => product(u(r), z(c)),
      (_s, z) => z,
    ),
  },
  {
    name: "beta = |u|^4 z",
    sound: false,
    holds: f1(
      (u, z, r, c) => product(u(r), z(c)),
      (s, z) => product(product(s, s), z),
    ),
  },
  { name: "W_1 = u z^T with the sum of u and z", sound: false, holds: f1((u, z, r, c) => sum(u(r), z(c)), product) },
]);
