/**
 * `spectral-gap`: how much of the best margin over the nuclear norm, or over that of kernel size K, the predictor of the
 * factors has (exact/spectral.ts): no solver is trusted. Margins and factors in rationals; the bound of the operator norm
 * that the stated gap needs is shown by an integer Cholesky factor. Cost: K R D rank products of at most 1024 bits, and
 * n^3 / 6 of 160 bits for n = min(K R, D): half a second at most.
 */
import type { ShiftShape } from "../../exact/operator-norm.js";
import { isGapAtMost, spectralRatio } from "../../exact/spectral.js";
import type { QVector } from "../../exact/vector.js";
import { hasExactKeys, isRecord, type JudgedData, Refusal, readRational, refuse } from "../reading.js";
import { readShortData, readShortVector, readSimplex } from "./bridge-residual.js";

/** Most products of a predictor's factors, of numbers of so many bits; and the widest smaller Gram matrix. */
const PRODUCTS = 0x100000;
const FACTOR_BITS = 1024n;
const WIDEST = 192;

/** Data of 10^300 and 140 bits behind the largest entry are within this. */
const isShort = ({ n, d }: QVector): boolean => [d, ...n].every((x) => (x < 0n ? -x : x) >> FACTOR_BITS === 0n);

/** Places and channels of the data, and the size of the filters. */
function readShape(regularizer: unknown, { shape }: JudgedData): ShiftShape | Refusal {
  const [D = 0, R = 1] = shape;
  if (shape.length > 2) return refuse("the data must be of shape D or D x R");
  const size = typeof regularizer === "string" ? /^kernel:([1-9][0-9]{0,6})$/.exec(regularizer) : null;
  const K = regularizer === "nuclear" ? 1 : Number(size?.[1] ?? Number.NaN);
  if (!(K <= D)) return refuse(`regularizer must be "nuclear" or "kernel:K" for K from 1 to ${D}`);
  return { K, R, D };
}

export function judgeSpectralGap(c: Readonly<Record<string, unknown>>): string | Refusal {
  const keys = ["kind", "data", "regularizer", "left", "right", "q", "gap"];
  if (!hasExactKeys(c, keys)) return refuse(`expected ${keys.join(", ")} only`);
  const data = readShortData(c.data);
  if (data instanceof Refusal) return data;
  const shape = readShape(c.regularizer, data);
  if (shape instanceof Refusal) return shape;
  const { K, R, D } = shape;
  const rank = Array.isArray(c.right) ? Math.floor(c.right.length / D) : 0;
  if (K * R * D * rank > PRODUCTS) return refuse(`factors of more than ${PRODUCTS} products`, "too-large");
  if (Math.min(K * R, D) > WIDEST) return refuse(`a matrix of more than ${WIDEST} rows and columns`, "too-large");
  const left = readShortVector(c.left, K * R * rank, "left");
  if (left instanceof Refusal) return left;
  const right = readShortVector(c.right, D * rank, "right");
  if (right instanceof Refusal) return right;
  if (!isShort(left) || !isShort(right)) return refuse(`factors of more than ${FACTOR_BITS} bits`, "too-large");
  const weights = readSimplex(c.q, data.N);
  if (weights instanceof Refusal) return weights;
  const { gap } = c;
  if (!isRecord(gap) || !hasExactKeys(gap, ["lower", "upper"])) return refuse("gap must have lower and upper only");
  if (gap.lower !== "0") return refuse("without a witness the gap is 0 or more, and gap.lower says so");
  const upper = readRational(gap.upper, "gap.upper");
  if (upper instanceof Refusal) return upper;
  const ratio = spectralRatio(data, shape, { left, right });
  if (ratio === null) return refuse("the factors must separate the data");
  if (!isGapAtMost(data, shape, ratio, weights, upper)) return refuse("the gap may be larger than stated");
  const norm = K === 1 ? "the nuclear norm" : `the norm of kernel size ${K}`;
  return `the predictor of the factors has the best margin over ${norm} up to the stated relative gap (no solver trusted)`;
}
