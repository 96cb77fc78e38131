/**
 * The hard-margin SVM through the origin: min |b|_2^2 / 2 subject to y_n <x_n, b> >= 1, solved exactly.
 * quadprog proposes the support in floating point; the optimum on that support is solved in rationals and accepted only
 * if multipliers and margins check exactly; otherwise the exact active-set method decides. So primal = dual exactly.
 * Returns the optimum with its certificate, or a Farkas certificate when the data are not separable.
 */
import quadprog from "quadprog";
import { independentRows, solveExact } from "../exact/linear.js";
import { type Q, showQ, sqrtBounds, toNumber, ZERO } from "../exact/rational.js";
import {
  combineRows,
  dotIntegers,
  entriesOf,
  marginsOf,
  normSquared,
  type QVector,
  showVector,
  vectorOf,
} from "../exact/vector.js";
import type { ExactKktCertificate, FarkasCertificate } from "../kernel/certificate.js";
import { type Dataset, dataToJSON, signedRows } from "../kernel/dataset.js";
import { signedData } from "../models/signed-data.js";
import { exactActiveSet } from "./active-set.js";

export interface L2Optimum {
  readonly separable: true;
  readonly beta: QVector;
  readonly dual: QVector;
  /** |beta|_2, correctly rounded up to the last bits of a double. */
  readonly objective: number;
  readonly certificate: ExactKktCertificate;
}

export type L2Margin = L2Optimum | { readonly separable: false; readonly certificate: FarkasCertificate };

/** Indices with a positive multiplier according to quadprog; rows are normalized first. `null` if it gives up. */
function proposeSupport(data: Dataset): number[] | null {
  const { N, D, z } = signedData(data);
  const Dmat: number[][] = [[]];
  for (let i = 1; i <= D; i++) {
    Dmat.push(new Array<number>(D + 1).fill(0));
    Dmat[i]![i] = 1;
  }
  const Amat: number[][] = Array.from({ length: D + 1 }, () => new Array<number>(N + 1).fill(0));
  const bvec = new Array<number>(N + 1).fill(0);
  let largest = 0;
  const norms = Array.from({ length: N }, (_, n) => {
    // Largest entry first: the sum of squares of data near 1e200 would overflow.
    let peak = 0;
    for (let d = 0; d < D; d++) peak = Math.max(peak, Math.abs(z[n * D + d]!));
    let s = 0;
    if (peak > 0) for (let d = 0; d < D; d++) s += (z[n * D + d]! / peak) * (z[n * D + d]! / peak);
    const norm = peak * Math.sqrt(s);
    largest = Math.max(largest, norm);
    return norm;
  });
  if (norms.some((norm) => norm === 0)) return null;
  for (let n = 0; n < N; n++) {
    for (let d = 0; d < D; d++) Amat[d + 1]![n + 1] = z[n * D + d]! / norms[n]!;
    bvec[n + 1] = largest / norms[n]!;
  }
  const result = quadprog.solveQP(Dmat, new Array<number>(D + 1).fill(0), Amat, bvec);
  if (result.message !== "") return null;
  const support: number[] = [];
  for (const index of result.iact.slice(1)) if (index > 0 && result.Lagrangian[index]! > 0) support.push(index - 1);
  return support.sort((a, b) => a - b);
}

/** The exact multipliers of min |b|^2 with margins = 1 on `support`; `null` if they are not those of the optimum. */
function solveOnSupport(
  rows: readonly (readonly bigint[])[],
  scale: bigint,
  support: readonly number[],
): QVector | null {
  const kept = independentRows(support.map((n) => rows[n]!)).map((i) => support[i]!);
  const gram = kept.map((i) => kept.map((j) => dotIntegers(rows[i]!, rows[j]!)));
  const alpha = solveExact(
    gram,
    kept.map(() => scale * scale),
  );
  if (alpha?.every((a) => a.n >= 0n) !== true) return null;
  const full = new Array<Q>(rows.length).fill(ZERO);
  kept.forEach((n, i) => {
    full[n] = alpha[i]!;
  });
  const dual = vectorOf(full);
  const margins = marginsOf(rows, scale, combineRows(dual, rows, scale));
  return margins.n.every((m) => m >= margins.d) ? dual : null;
}

export function l2MaxMargin(data: Dataset): L2Margin {
  const rows = signedRows(data);
  const support = proposeSupport(data);
  let dual = support === null ? null : solveOnSupport(rows, data.scale, support);
  if (dual === null) {
    const exact = exactActiveSet(rows, data.scale);
    if (!exact.feasible)
      return {
        separable: false,
        certificate: { kind: "farkas", data: dataToJSON(data), lambda: showVector(exact.lambda) },
      };
    dual = exact.dual;
  }
  const beta = vectorOf(entriesOf(combineRows(dual, rows, data.scale)));
  const squared = normSquared(beta);
  return {
    separable: true,
    beta,
    dual,
    objective: toNumber(sqrtBounds(squared).lower),
    certificate: {
      kind: "exact-kkt",
      data: dataToJSON(data),
      regularizer: "l2",
      beta: showVector(beta),
      dual: showVector(dual),
      objectiveSquared: showQ(squared),
    },
  };
}
