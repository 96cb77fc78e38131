/** quadprog ships no types. Arrays are 1-indexed (entry 0 unused), constraints are columns of `Amat`. */
declare module "quadprog" {
  export function solveQP(
    Dmat: number[][],
    dvec: number[],
    Amat: number[][],
    bvec: number[],
    meq?: number,
  ): {
    readonly solution: readonly number[];
    readonly Lagrangian: readonly number[];
    readonly iact: readonly number[];
    readonly message: string;
  };
}
