/**
 * Parameters and weights against the KKT conditions of min |w|^2 s.t. margins >= 1 under a homogeneous polynomial map, exactly
 * (exact/parameter-kkt.ts), and written down as a certificate: bounds are rounded outward to doubles. The certificate holds
 * the map with integer coefficients; the network's own scalar is a positive factor, and left out. Cost: one pass over the terms.
 */
import { polynomialJSON } from "../exact/certificates.js";
import { parameterReading } from "../exact/parameter-kkt.js";
import type { PolyMap } from "../exact/polymap.js";
import { mapCoefficients, type Polynomial } from "../exact/polynomial.js";
import { gcd, ofNumber, type Q, q, showQ } from "../exact/rational.js";
import { integers, rationals } from "../exact/ring.js";
import { type QVector, showVector } from "../exact/vector.js";
import type { KktResidualCertificate } from "../kernel/certificate.js";
import { type Dataset, dataToJSON, signedRows } from "../kernel/dataset.js";
import { above, largestOf, show } from "./bridge-certificate.js";

/** The coordinates times the one positive factor that makes their coefficients integers, with the sign of the scale. */
export function integralCoordinates({ coordinates, scale }: PolyMap<Q>): Polynomial<bigint>[] {
  let d = 1n;
  for (const { terms } of coordinates) for (const c of terms.values()) d = (d / gcd(d, c.d)) * c.d;
  const factor = scale.rational.n < 0n ? -d : d;
  return coordinates.map((p) => mapCoefficients(p, integers, (c) => (c.n * factor) / c.d));
}

export type ParameterFound =
  | {
      readonly certificate: KktResidualCertificate;
      /** Bounds of the largest residual. */
      readonly lower: number;
      readonly upper: number;
      /** The parts, in words. */
      readonly figures: string;
    }
  | { readonly certificate: null; readonly why: string };

/** `w` in the parameters of `map`, `weights` in the simplex, `reached` the predictor that w stands for. */
export function parameterCertificate(
  dataset: Dataset,
  map: PolyMap<Q>,
  w: QVector,
  weights: QVector,
  reached: QVector,
): ParameterFound {
  const polynomials = integralCoordinates(map);
  const data = { rows: signedRows(dataset), scale: dataset.scale };
  const reading = parameterReading(data, polynomials, w, weights, reached);
  if (reading.enclosure === null) return { certificate: null, why: reading.why };
  const { feasibility, predictor, complementarity, stationarity } = reading.enclosure;
  const [lower, upper] = largestOf(Object.values(reading.enclosure));
  return {
    lower,
    upper,
    figures:
      `stationarity ${show(stationarity.upper)}, complementarity ${show(complementarity.upper)}, ` +
      `feasibility ${show(feasibility.upper)}, predictor ${show(predictor.upper)}`,
    certificate: {
      kind: "kkt-residual",
      data: dataToJSON(dataset),
      map: {
        variables: map.names,
        polynomials: polynomials.map((p) => polynomialJSON(mapCoefficients(p, rationals, (c) => q(c)))),
      },
      w: showVector(w),
      q: showVector(weights),
      reached: showVector(reached),
      parts: {
        feasibility: above(feasibility.upper),
        predictor: above(predictor.upper),
        complementarity: above(complementarity.upper),
        stationarity: above(stationarity.upper),
      },
      largest: { lower: showQ(ofNumber(lower)), upper: showQ(ofNumber(upper)) },
    },
  };
}
