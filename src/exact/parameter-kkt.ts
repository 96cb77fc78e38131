/**
 * How far parameters w with weights q in the simplex are from a KKT point of min |w|^2 s.t. y_n <x_n, P(w)> >= 1, for a
 * homogeneous polynomial map P: R^m -> R^D, exactly but for square roots, which are enclosed. P and w count up to positive
 * factors: by homogeneity the problem is then only rescaled. With margins m of P(w) and z = sum_n q_n y_n x_n, the parts are
 *   stationarity, |w - c J(w)^T z| / |w| for the best c: the sine of their angle (c > 0: by Euler <w, J^T z> = L sum q_n m_n);
 *   complementarity (q.m - min m) / min m; predictor, the sine of the angle between P(w) and the predictor `reached`, which
 *   w stands for; feasibility max(0, 1 - least margin of `reached`). The weights are the run's own.
 * Source: Gunasekar et al. 2018, homogeneous polynomial parameterizations. Cost: degree^2 products of long integers a term.
 */
import { positive, type Rows } from "./norms/enclosed.js";
import { degreesOf, type Polynomial } from "./polynomial.js";
import { compare, div, ONE, type Q, q, sqrtBounds, sub, ZERO } from "./rational.js";
import type { Interval } from "./turn.js";
import { combineRows, dot, dotIntegers, leastEntry, marginsOf, type QVector } from "./vector.js";

export interface ParameterEnclosure {
  readonly feasibility: Interval;
  readonly predictor: Interval;
  readonly complementarity: Interval;
  readonly stationarity: Interval;
}

export type ParameterReading =
  | { readonly enclosure: ParameterEnclosure; readonly degree: number }
  | { readonly enclosure: null; readonly why: string };

const exactly = (x: Q): Interval => ({ lower: x, upper: x });

/** The one degree, from 1, of all terms; null where there is none. */
export function degreeOfAll<E>(map: readonly Polynomial<E>[]): number | null {
  const degrees = new Set(map.flatMap((p) => [...degreesOf(p)]));
  const [only] = degrees;
  return degrees.size === 1 && only !== undefined && only >= 1 ? only : null;
}

/** The value of a monomial at integers, without the factor at position `left`. */
function monomialAt(key: string, w: readonly bigint[], left = -1): bigint {
  let value = 1n;
  for (let at = 0; at < key.length; at++) if (at !== left) value *= w[key.charCodeAt(at)]!;
  return value;
}

function valueAt({ terms }: Polynomial<bigint>, w: readonly bigint[]): bigint {
  let value = 0n;
  for (const [key, c] of terms) value += c * monomialAt(key, w);
  return value;
}

/** sum_d z_d grad P_d at integers: a power a of a variable is met a times, once for each of its factors. */
function pulledBack(map: readonly Polynomial<bigint>[], w: readonly bigint[], z: readonly bigint[]): bigint[] {
  const slope = w.map(() => 0n);
  for (const [d, { terms }] of map.entries())
    if (z[d] !== 0n)
      for (const [key, c] of terms)
        for (let at = 0; at < key.length; at++) slope[key.charCodeAt(at)]! += z[d]! * c * monomialAt(key, w, at);
  return slope;
}

/** The sine of the angle between two integer vectors that are not zero and point along each other. */
function sineOf(a: readonly bigint[], b: readonly bigint[]): Interval {
  const along = dotIntegers(a, b);
  const norms = dotIntegers(a, a) * dotIntegers(b, b);
  return sqrtBounds(q(norms - along * along, norms));
}

/** `map` has integer coefficients, one polynomial for each coordinate. */
export function parameterReading(
  { rows, scale }: Rows,
  map: readonly Polynomial<bigint>[],
  w: QVector,
  weights: QVector,
  reached: QVector,
): ParameterReading {
  const no = (why: string): ParameterReading => ({ enclosure: null, why });
  const degree = degreeOfAll(map);
  if (degree === null) return no("the map is not homogeneous of a degree from 1");
  const beta: QVector = { n: map.map((p) => valueAt(p, w.n)), d: 1n };
  const margins = marginsOf(rows, scale, beta);
  const least = leastEntry(margins).value;
  if (compare(least, ZERO) <= 0) return no("the predictor of the parameters does not separate the data");
  const own = leastEntry(marginsOf(rows, scale, reached)).value;
  if (dotIntegers(beta.n, reached.n) <= 0n) return no("the parameters do not stand for the reached predictor");
  const z = combineRows(weights, rows, scale);
  const slope = pulledBack(map, w.n, z.n);
  return {
    degree,
    enclosure: {
      feasibility: exactly(positive(sub(ONE, own))),
      predictor: sineOf(beta.n, reached.n),
      complementarity: exactly(sub(div(dot(weights, margins), least), ONE)),
      stationarity: sineOf(w.n, slope),
    },
  };
}
