/**
 * Upper bounds of the induced regularizer where no rule derives it: min |w|^2 s.t. P(w) = beta by descent along the fiber
 * from random starts, w <- w - s (w - J^+ J w), pulled back to the fiber by Gauss-Newton. What it finds is a feasible w (to
 * rounding) and so an upper bound; that there is no better one it cannot know. Pseudoinverses by ml-matrix.
 * Cost: a singular value decomposition of the Jacobian a step.
 */
import { Matrix, pseudoInverse } from "ml-matrix";
import { randomStream } from "../kernel/seed.js";
import type { Parameterization } from "../models/architecture.js";
import { gaussian } from "../numeric/gaussian.js";
import { norm } from "../numeric/vec.js";

export interface LeastNorm {
  /** |w|^2 of the best feasible point. */
  readonly value: number;
  /** |P(w) - beta| there. */
  readonly residual: number;
  readonly starts: number;
  /** How many of them ended within 1e-6 of the best, relatively. */
  readonly agreeing: number;
}

const FEASIBLE = 1e-10;
const POLISHING = 3;
const STEPS = 2000;
const SETTLED = 1e-9;

function jacobianAt(P: Parameterization, w: Float64Array): Matrix {
  const D = P.dimensions.dim;
  const row = new Float64Array(P.parameters);
  const rows = Array.from({ length: D }, (_, d) => {
    P.pullback(w, new Float64Array(D).fill(1, d, d + 1), row);
    return Array.from(row);
  });
  return new Matrix(rows);
}

function misfit(P: Parameterization, w: Float64Array, beta: readonly number[]): Float64Array {
  const out = new Float64Array(beta.length);
  P.apply(w, out);
  return out.map((x, d) => x - beta[d]!);
}

/** Gauss-Newton to the fiber, halving steps that do not help; null where it does not get there. */
function toFiber(P: Parameterization, start: Float64Array, beta: readonly number[], size: number): Float64Array | null {
  let w = start;
  let r = misfit(P, w, beta);
  for (let i = 0; i < 60 && norm(r) > FEASIBLE * size; i++) {
    const step = pseudoInverse(jacobianAt(P, w))
      .mmul(Matrix.columnVector(Array.from(r)))
      .to1DArray();
    let moved = false;
    for (let s = 1; s > 1e-4 && !moved; s /= 2) {
      const next = w.map((x, k) => x - s * step[k]!);
      const there = misfit(P, next, beta);
      if (norm(there) < norm(r)) {
        [w, r] = [next, there];
        moved = true;
      }
    }
    if (!moved) return null;
  }
  return norm(r) <= FEASIBLE * size ? w : null;
}

/** On the fiber, to rounding: a residual of 1e-10 would still show in costs that are steep near zero. */
function polished(P: Parameterization, start: Float64Array, beta: readonly number[]): Float64Array {
  let w = start;
  for (let i = 0; i < POLISHING; i++) {
    const r = misfit(P, w, beta);
    const step = pseudoInverse(jacobianAt(P, w))
      .mmul(Matrix.columnVector(Array.from(r)))
      .to1DArray();
    const next = w.map((x, k) => x - step[k]!);
    if (!(norm(misfit(P, next, beta)) < norm(r))) break;
    w = next;
  }
  return w;
}

function descendFiber(P: Parameterization, start: Float64Array, beta: readonly number[], size: number): Float64Array {
  let w = start;
  let s = 0.5;
  for (let i = 0; i < STEPS && s > 1e-8; i++) {
    const J = jacobianAt(P, w);
    const column = Matrix.columnVector(Array.from(w));
    const normal = pseudoInverse(J).mmul(J.mmul(column)).to1DArray();
    const tangent = w.map((x, k) => x - normal[k]!);
    if (norm(tangent) <= SETTLED * norm(w)) break;
    const next = toFiber(
      P,
      w.map((x, k) => x - s * tangent[k]!),
      beta,
      size,
    );
    if (next !== null && norm(next) < norm(w)) {
      w = next;
      s = Math.min(0.9, s * 1.3);
    } else s /= 2;
  }
  return w;
}

const MOST_STARTS = 12;
/** Parameters times coordinates squared: a start takes a second or so at this size. */
const WORK_LIMIT = 20_000;

/** How many starts a network of this size is worth; 0 where one alone would take too long. */
export const descentStarts = ({ parameters, dimensions: { dim } }: Parameterization): number =>
  Math.min(MOST_STARTS, Math.floor(WORK_LIMIT / (parameters * dim * dim)));

/** The best of `starts` descents; null where no start reached the fiber. */
export function leastNorm(
  P: Parameterization,
  beta: readonly number[],
  starts: number,
  seed: bigint,
): LeastNorm | null {
  const size = Math.max(norm(Float64Array.from(beta)), 1e-300);
  const values: { value: number; residual: number }[] = [];
  const next = gaussian(randomStream(seed, "least-norm"));
  for (let i = 0; i < starts; i++) {
    const w = toFiber(
      P,
      Float64Array.from({ length: P.parameters }, () => next()),
      beta,
      size,
    );
    if (w === null) continue;
    const end = polished(P, descendFiber(P, w, beta, size), beta);
    values.push({ value: norm(end) * norm(end), residual: norm(misfit(P, end, beta)) });
  }
  const best = values.reduce<(typeof values)[number] | null>((b, v) => (b === null || v.value < b.value ? v : b), null);
  if (best === null) return null;
  return { ...best, starts, agreeing: values.filter((v) => v.value <= best.value * (1 + 1e-6)).length };
}
