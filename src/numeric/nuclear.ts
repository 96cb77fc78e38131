/** The nuclear norm of a small dense matrix, the sum of its singular values, by ml-matrix. Cost: O(rows columns^2). */
import { Matrix, SingularValueDecomposition } from "ml-matrix";

export function nuclearNorm(rows: readonly (readonly number[])[]): number {
  const svd = new SingularValueDecomposition(new Matrix(rows.map((row) => [...row])), {
    computeLeftSingularVectors: false,
    computeRightSingularVectors: false,
    autoTranspose: true,
  });
  return svd.diagonal.reduce((a, b) => a + b, 0);
}
