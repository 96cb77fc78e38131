/** Maps whose conserved quantities are known, and a rank that shares no code with src/exact/linear: dense, modulo a prime. */
import { conservedQuantities } from "../../../src/exact/conserved.js";
import { factorsOf, keyOf } from "../../../src/exact/monomial.js";
import { type PolyMap, UNIT_SCALE } from "../../../src/exact/polymap.js";
import { evaluate, fromTerms, gradient, type Polynomial } from "../../../src/exact/polynomial.js";
import { type Q, q } from "../../../src/exact/rational.js";
import { rationals } from "../../../src/exact/ring.js";
import { ARCHITECTURES } from "../../../src/models/architectures/index.js";
import type { Dimensions } from "../../../src/models/dimensions.js";

export function architectureMap(name: string, dimensions: Dimensions): PolyMap<Q> {
  const exact = ARCHITECTURES.find((a) => a.name === name)!
    .build(dimensions)
    .exact();
  if (exact.map === null) throw new Error(exact.why);
  return exact.map;
}

/** A map of monomials: each coordinate a list of [coefficient, powers of the variables]. */
export const mapOf = (
  names: readonly string[],
  coordinates: readonly (readonly (readonly [number, readonly number[]])[])[],
): PolyMap<Q> => ({
  names,
  coordinates: coordinates.map((terms) =>
    fromTerms(
      rationals,
      names.length,
      terms.map(([c, powers]) => [keyOf(powers.map((e, v) => [v, e] as const)), q(BigInt(c))] as const),
    ),
  ),
  scale: UNIT_SCALE,
});

export function basisOf(P: PolyMap<Q>): readonly Polynomial<Q>[] {
  const found = conservedQuantities(P);
  if (!found.found) throw new Error(found.why);
  return found.basis;
}

const PRIME = 2n ** 61n - 1n;
const mod = (a: bigint): bigint => ((a % PRIME) + PRIME) % PRIME;
function inverse(a: bigint): bigint {
  let [r0, r1, s0, s1] = [PRIME, mod(a), 0n, 1n];
  while (r1 !== 0n) [r0, r1, s0, s1] = [r1, r0 % r1, s1, s0 - (r0 / r1) * s1];
  return mod(s0);
}

/** The rank modulo 2^61 - 1: never above the true one, and below it only by a coincidence that random points do not know. */
export function modularRank(rows: readonly (readonly bigint[])[]): number {
  const left = rows.map((row) => row.map(mod));
  let rank = 0;
  for (let j = 0; j < (rows[0]?.length ?? 0); j++) {
    const at = left.findIndex((row, i) => i >= rank && row[j] !== 0n);
    if (at < 0) continue;
    [left[rank], left[at]] = [left[at]!, left[rank]!];
    const pivot = left[rank]!;
    const scale = inverse(pivot[j]!);
    for (let i = rank + 1; i < left.length; i++) {
      const row = left[i]!;
      const factor = mod(row[j]! * scale);
      if (factor !== 0n) left[i] = row.map((x, k) => mod(x - factor * pivot[k]!));
    }
    rank += 1;
  }
  return rank;
}

/** The monomials of degree 1 and 2 in these variables. */
export const monomials = (variables: readonly number[]): string[] => [
  ...variables.map((v) => keyOf([[v, 1]])),
  ...variables.flatMap((v, i) => variables.slice(i).map((w) => keyOf([[v, 1], [w, 1]]))), // biome-ignore format: a pair
];

/** The coefficients of integer multiples of polynomials over given monomials. */
export const vectors = (list: readonly Polynomial<Q>[], keys: readonly string[]): bigint[][] =>
  list.map((p) => {
    const d = [...p.terms.values()].reduce((common, c) => common * c.d, 1n);
    return keys.map((key) => {
      const c = p.terms.get(key);
      return c === undefined ? 0n : (c.n * d) / c.d;
    });
  });

/** The number of conserved quantities, from the conditions at many random points instead of coefficient by coefficient. */
export function countByPoints(P: PolyMap<Q>, draw: () => bigint): number {
  const alive = P.names.flatMap((_, v) =>
    P.coordinates.some((p) => [...p.terms.keys()].some((key) => factorsOf(key).some(([f]) => f === v))) ? [v] : [],
  );
  const unknowns = monomials(alive);
  const slopes = P.coordinates.map(gradient);
  const parts = unknowns.map((key) => gradient(fromTerms(rationals, P.names.length, [[key, q(1n)]])));
  const rows: bigint[][] = [];
  for (let i = 0; i < unknowns.length + 8; i++) {
    const at = P.names.map(() => q(draw()));
    const sides = parts.map((g) => g.map((p) => evaluate(p, at).n));
    for (const row of slopes) {
      const own = row.map((p) => evaluate(p, at));
      const d = own.reduce((common, c) => common * c.d, 1n);
      rows.push(sides.map((side) => side.reduce((s, x, v) => s + (x * own[v]!.n * d) / own[v]!.d, 0n)));
    }
  }
  return unknowns.length - modularRank(rows);
}
