/**
 * `exact-kkt`: for l2, beta and dual satisfy the KKT conditions of min |b|_2^2/2 s.t. y_n <x_n, b> >= 1 exactly: primal
 * feasibility, dual >= 0, stationarity beta = sum dual_n y_n x_n, complementarity. The problem is strictly convex, so
 * beta is its one and only solution. For l1 and linf, beta and dual are feasible exactly, with one objective: weak duality,
 * R(b) >= R(b) R*(sum dual_n y_n x_n) >= sum dual_n m_n(b) >= sum dual_n, makes both optimal. Cost: 2 N D products.
 */
import { type PolyhedralNorm, polyhedralNorm } from "../../exact/norm.js";
import { compare, ONE, q } from "../../exact/rational.js";
import { combineRows, dot, equalVectors, marginsOf, type QVector } from "../../exact/vector.js";
import { hasExactKeys, type JudgedData, Refusal, readData, readRational, readVector, refuse } from "../reading.js";

/** The shared part: also the certificates that rest on an optimum check it from scratch. */
export function judgeOptimum(o: Readonly<Record<string, unknown>>, data: JudgedData): QVector | Refusal {
  if (o.regularizer !== "l2") return refuse('regularizer must be "l2"');
  const beta = readVector(o.beta, data.D, "beta");
  if (beta instanceof Refusal) return beta;
  const dual = readVector(o.dual, data.N, "dual");
  if (dual instanceof Refusal) return dual;
  const objective = readRational(o.objectiveSquared, "objectiveSquared");
  if (objective instanceof Refusal) return objective;
  const margins = marginsOf(data.rows, data.scale, beta);
  const violated = margins.n.findIndex((m) => m < margins.d);
  if (violated >= 0) return refuse(`primal feasibility: the margin of point ${violated} is below 1`);
  if (dual.n.some((a) => a < 0n)) return refuse("dual feasibility: a multiplier is negative");
  if (!equalVectors(beta, combineRows(dual, data.rows, data.scale)))
    return refuse("stationarity: beta is not sum dual_n y_n x_n");
  const loose = margins.n.findIndex((m, n) => m !== margins.d && dual.n[n] !== 0n);
  if (loose >= 0) return refuse(`complementarity: point ${loose} has a multiplier and a margin above 1`);
  if (compare(dot(beta, beta), objective) !== 0) return refuse("objectiveSquared is not |beta|^2");
  const total = q(
    dual.n.reduce((a, b) => a + b, 0n),
    dual.d,
  );
  if (compare(total, objective) !== 0) return refuse("primal and dual objective differ");
  return beta;
}

const DUAL: Readonly<Record<PolyhedralNorm, PolyhedralNorm>> = { l1: "linf", linf: "l1" };

function judgePolyhedral(c: Readonly<Record<string, unknown>>, R: PolyhedralNorm): string | Refusal {
  if (!hasExactKeys(c, ["kind", "data", "regularizer", "beta", "dual", "objective"]))
    return refuse("expected kind, data, regularizer, beta, dual, objective only");
  const data = readData(c.data);
  if (data instanceof Refusal) return data;
  const beta = readVector(c.beta, data.D, "beta");
  if (beta instanceof Refusal) return beta;
  const dual = readVector(c.dual, data.N, "dual");
  if (dual instanceof Refusal) return dual;
  const objective = readRational(c.objective, "objective");
  if (objective instanceof Refusal) return objective;
  const margins = marginsOf(data.rows, data.scale, beta);
  const violated = margins.n.findIndex((m) => m < margins.d);
  if (violated >= 0) return refuse(`primal feasibility: the margin of point ${violated} is below 1`);
  if (dual.n.some((a) => a < 0n)) return refuse("dual feasibility: a multiplier is negative");
  const size = polyhedralNorm(DUAL[R], combineRows(dual, data.rows, data.scale));
  if (compare(size, ONE) > 0) return refuse(`dual feasibility: |sum dual_n y_n x_n|_${DUAL[R]} is above 1`);
  if (compare(polyhedralNorm(R, beta), objective) !== 0) return refuse(`objective is not |beta|_${R}`);
  const total = q(
    dual.n.reduce((a, b) => a + b, 0n),
    dual.d,
  );
  if (compare(total, objective) !== 0) return refuse("primal and dual objective differ");
  return `beta has the least ${R} norm with all ${data.N} margins >= 1, primal = dual exactly`;
}

export function judgeExactKkt(c: Readonly<Record<string, unknown>>): string | Refusal {
  if (c.regularizer === "l1" || c.regularizer === "linf") return judgePolyhedral(c, c.regularizer);
  if (!hasExactKeys(c, ["kind", "data", "regularizer", "beta", "dual", "objectiveSquared"]))
    return refuse("expected kind, data, regularizer, beta, dual, objectiveSquared only");
  const data = readData(c.data);
  if (data instanceof Refusal) return data;
  const beta = judgeOptimum(c, data);
  if (beta instanceof Refusal) return beta;
  return `beta is the unique hard-margin SVM solution of the ${data.N} points (no bias), primal = dual exactly`;
}
