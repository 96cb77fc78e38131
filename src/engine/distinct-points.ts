/**
 * Data points without repetitions, R^(N x D) -> R^(M x D): equal rows have equal margins, so that only the sum of their weights
 * matters to the predictor, and the equations of a limit have one solution again. Weights go over by their sums, and back in
 * the proportions that they had. Cost: N D, by a hash of the rows' text.
 */
import type { SignedData } from "../models/signed-data.js";

export interface DistinctPoints {
  readonly data: SignedData;
  /** Sums over equal points. */
  merge(weights: Float64Array): Float64Array;
  /** Each sum shared out in the proportions of `like`; evenly where these are nothing. */
  share(sums: Float64Array, like: Float64Array): Float64Array;
}

export function distinctPoints({ N, D, z }: SignedData): DistinctPoints {
  const seen = new Map<string, number>();
  const first: number[] = [];
  const group = Array.from({ length: N }, (_, n) => {
    // Sums with 0 make -0 the 0 that it equals.
    const key = Array.from(z.subarray(n * D, (n + 1) * D), (x) => x + 0).join();
    const known = seen.get(key);
    if (known !== undefined) return known;
    seen.set(key, first.length);
    first.push(n);
    return first.length - 1;
  });
  const M = first.length;
  const merge = (weights: Float64Array): Float64Array => {
    const sums = new Float64Array(M);
    weights.forEach((q, n) => {
      sums[group[n]!] = sums[group[n]!]! + q;
    });
    return sums;
  };
  return {
    data:
      M === N
        ? { N, D, z }
        : { N: M, D, z: Float64Array.from(first.flatMap((n) => [...z.subarray(n * D, (n + 1) * D)])) },
    merge,
    share(sums, like) {
      const totals = merge(like);
      const members = merge(new Float64Array(N).fill(1));
      return Float64Array.from(group, (g, n) =>
        totals[g]! > 0 ? (sums[g]! * like[n]!) / totals[g]! : sums[g]! / members[g]!,
      );
    },
  };
}
