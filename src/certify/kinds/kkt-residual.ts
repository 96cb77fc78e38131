/**
 * `kkt-residual`: the residuals of parameters and weights against the KKT conditions of min |w|^2 s.t. margins >= 1 under a
 * homogeneous polynomial map, computed again in exact integers (exact/parameter-kkt.ts); each stated upper bound must be at
 * least what is found, and the largest residual must lie where it is said to. The map is taken as it stands: which network
 * has it is for the reader to compare. Cost: degree^2 products of long integers a term, paid for before they are made.
 */
import { parameterReading } from "../../exact/parameter-kkt.js";
import type { Polynomial } from "../../exact/polynomial.js";
import { scaled } from "../../exact/polynomial.js";
import type { QVector } from "../../exact/vector.js";
import type { KktResidualCertificate, ParameterParts } from "../../kernel/certificate.js";
import { OVER_TERMS, readNames, readPolynomials } from "../polynomial-reading.js";
import { bitsOf, commonDenominator, rationalSpace, type Space, tooLarge, type Value } from "../polynomial-space.js";
import { counted, polynomialWords } from "../polynomial-words.js";
import { hasExactKeys, isRecord, Refusal, refuse } from "../reading.js";
import { checkBounds, type Part, readShortData, readShortVector, readSimplex } from "./bridge-residual.js";

const PARTS: readonly (keyof ParameterParts)[] = ["feasibility", "predictor", "complementarity", "stationarity"];

interface ReadMap {
  readonly space: Space<bigint>;
  readonly names: readonly string[];
  readonly values: readonly Value<bigint>[];
}

function readMap(value: unknown, D: number): ReadMap | Refusal {
  if (!isRecord(value) || !hasExactKeys(value, ["variables", "polynomials"]))
    return refuse("map must have variables and polynomials only");
  const names = readNames(value.variables);
  if (names instanceof Refusal) return names;
  if (!Array.isArray(value.polynomials) || value.polynomials.length !== D)
    return refuse(`map must have ${D} polynomials, one for each coordinate`);
  const space = rationalSpace(names);
  const values = readPolynomials(value.polynomials, space, "map.polynomials");
  return values instanceof Refusal ? values : { space, names, values };
}

/** The polynomials over one denominator, which is left aside, once their values and slopes at `w` are paid for. */
function integralMap({ space, values }: ReadMap, w: QVector): readonly Polynomial<bigint>[] | Refusal {
  const common = commonDenominator(
    space,
    values.map((v) => v.denominator),
  );
  if (common instanceof Refusal) return common;
  const longest = w.n.reduce((most, x) => Math.max(most, bitsOf(x)), 1);
  for (const { numerator, degree, bits } of values) {
    const words = 1 + (bits + bitsOf(common) + degree * longest) / 64;
    const product = 1 + (words * (1 + longest / 64)) / 64;
    if (!space.spend(numerator.terms.size * (1 + degree) * (1 + degree) * product)) return tooLarge(OVER_TERMS);
  }
  return values.map(({ numerator, denominator }) => scaled(numerator, common / denominator));
}

function statement({ map }: KktResidualCertificate, degree: number): string {
  const { variables, polynomials } = map;
  return (
    `with the weights q the parameters w satisfy the KKT conditions of least norm with margins of at least 1 up to the stated residuals, ` +
    `for the map of ${counted(polynomials.length, "polynomial")} in ${counted(variables.length, "variable")}, homogeneous of degree ${degree} ` +
    `(the first is ${polynomialWords(polynomials[0]!, variables)}), and it takes them to the reached predictor`
  );
}

export function judgeKktResidual(c: Part): string | Refusal {
  const keys = ["kind", "data", "map", "w", "q", "reached", "parts", "largest"];
  if (!hasExactKeys(c, keys)) return refuse(`expected ${keys.join(", ")} only`);
  const data = readShortData(c.data);
  if (data instanceof Refusal) return data;
  const map = readMap(c.map, data.D);
  if (map instanceof Refusal) return map;
  const w = readShortVector(c.w, map.names.length, "w");
  if (w instanceof Refusal) return w;
  const weights = readSimplex(c.q, data.N);
  if (weights instanceof Refusal) return weights;
  const reached = readShortVector(c.reached, data.D, "reached");
  if (reached instanceof Refusal) return reached;
  const polynomials = integralMap(map, w);
  if (polynomials instanceof Refusal) return polynomials;
  const reading = parameterReading(data, polynomials, w, weights, reached);
  if (reading.enclosure === null) return refuse(reading.why);
  return checkBounds(c, PARTS, reading.enclosure) ?? statement(c as unknown as KktResidualCertificate, reading.degree);
}
