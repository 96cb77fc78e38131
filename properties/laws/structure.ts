/**
 * Laws of what an architecture says about its structure:
 * - shape: the layers multiply up to the parameters, the shape to the dimension, and groups are a partition;
 * - fourier: the hint is true. F P~ = sum over products of prod F w_l on the torus, decided without a transform as the
 *   equivalent identity of integer polynomials, P~ = sum over products of w_1 (*) ... (*) w_L, expanded here term by term;
 *   and the exact scalar is n^(-(L-1)/2).
 */
import { timesKey, variableKey } from "../../src/exact/monomial.js";
import type { PolyMap } from "../../src/exact/polymap.js";
import { equalPolynomials, fromTerms } from "../../src/exact/polynomial.js";
import { mul, type Q, q, showQ } from "../../src/exact/rational.js";
import type { Parameterization } from "../../src/models/architecture.js";
import type { FourierStructure, TorusFilter } from "../../src/models/torus.js";
import type { Finding } from "./law.js";

const isCount = (n: number): boolean => Number.isSafeInteger(n) && n >= 1;
const isIndex = (i: number, limit: number): boolean => Number.isSafeInteger(i) && i >= 0 && i < limit;

export function shape(P: Parameterization): Finding {
  const { dim } = P.dimensions;
  if (P.degree !== null && !isCount(P.degree)) return { wrong: `the degree ${P.degree} is not a positive integer` };
  if (!P.shape.every(isCount) || P.shape.reduce((a, b) => a * b, 1) !== dim)
    return { wrong: `the shape ${P.shape.join(" x ")} does not multiply up to the dimension ${dim}` };
  const total = P.layers.reduce((m, l) => m + l.rows * l.columns, 0);
  if (!P.layers.every((l) => isCount(l.rows) && isCount(l.columns)) || total !== P.parameters)
    return { wrong: `the layers hold ${total} parameters, declared are ${P.parameters}` };
  const grouped = P.groups?.flat();
  if (
    grouped !== undefined &&
    !(
      grouped.length === P.parameters &&
      new Set(grouped).size === grouped.length &&
      grouped.every((i) => isIndex(i, grouped.length))
    )
  )
    return { wrong: `the groups are no partition of the ${P.parameters} parameters` };
  return { seen: `${P.parameters} parameters in ${P.layers.length} layers` };
}

/** The flat position of the sum of two positions on the torus. */
function plus(shape: readonly number[], a: number, b: number): number {
  let [restA, restB, place, out] = [a, b, 1, 0];
  for (const size of [...shape].reverse()) {
    out += place * (((restA % size) + (restB % size)) % size);
    [restA, restB, place] = [Math.floor(restA / size), Math.floor(restB / size), place * size];
  }
  return out;
}

/** The monomials of w_1 (*) ... (*) w_L, each with the position it belongs to. */
function monomialsOf(filters: readonly TorusFilter[], shape: readonly number[]): (readonly [number, string])[] {
  let found: (readonly [number, string])[] = [[0, ""]];
  for (const { parameters, positions } of filters)
    found = found.flatMap(([at, key]) =>
      parameters.map((v, i) => [plus(shape, at, positions[i]!), timesKey(key, variableKey(v))] as const),
    );
  return found;
}

/** What is wrong with the indices of the hint, or null. */
function misplaced({ shape: torus, channels }: FourierStructure, P: Parameterization): string | null {
  const size = torus.reduce((a, b) => a * b, 1);
  const inside = (list: readonly number[], limit: number): boolean => list.every((i) => isIndex(i, limit));
  const covered = channels.flatMap((c) => c.coordinates);
  if (!torus.every(isCount) || channels.some((c) => c.coordinates.length !== size))
    return `a channel has not the ${size} positions of the torus`;
  if (
    covered.length !== P.dimensions.dim ||
    new Set(covered).size !== covered.length ||
    !inside(covered, covered.length)
  )
    return "the channels do not cover each coordinate once";
  for (const f of channels.flatMap((c) => c.products.flat()))
    if (
      f.parameters.length !== f.positions.length ||
      !inside(f.parameters, P.parameters) ||
      !inside(f.positions, size) ||
      new Set(f.positions).size !== f.positions.length
    )
      return "a filter is no map from parameters to positions of its own";
  return null;
}

export function fourier(P: Parameterization, map: PolyMap<Q>): Finding {
  const hint = P.fourier;
  if (hint === undefined) return { seen: "says nothing of Fourier coordinates" };
  const odd = misplaced(hint, P);
  if (odd !== null) return { wrong: odd };
  const size = hint.shape.reduce((a, b) => a * b, 1);
  const depths = new Set(hint.channels.flatMap((c) => c.products.map((filters) => filters.length)));
  const [L] = depths;
  if (depths.size !== 1 || L === undefined) return { wrong: "the products have not one number of factors" };
  const { rational, radicand } = map.scale;
  const square = mul(mul(rational, rational), q(radicand));
  const expected = q(
    1n,
    Array.from({ length: L - 1 }, () => BigInt(size)).reduce((a, b) => a * b, 1n),
  );
  if (rational.n < 0n || square.n !== expected.n || square.d !== expected.d)
    return { wrong: `the square of the scalar is ${showQ(square)}, not ${showQ(expected)}` };
  for (const { coordinates, products } of hint.channels) {
    const found = products.flatMap((filters) => monomialsOf(filters, hint.shape));
    for (const [at, d] of coordinates.entries()) {
      const p = map.coordinates[d]!;
      const terms = found.flatMap(([position, key]) => (position === at ? [[key, q(1n)] as const] : []));
      if (!equalPolynomials(p, fromTerms(p.ring, p.variables, terms)))
        return { wrong: `coordinate ${d} is not the convolution of its filters` };
    }
  }
  return { seen: `${hint.channels.length} signals on the torus ${hint.shape.join(" x ")}` };
}
