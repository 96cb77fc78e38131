/**
 * A unitary change of variables: where P is coordinatewise in Fourier coordinates with filters of full width, |w|^2 is the
 * sum over the bins of |what_k|^2, and each bin is a small problem of its own with complex numbers in the place of real
 * ones. The rules used on it (AM-GM, Cauchy-Schwarz, direct sums, least norms) look at moduli only and hold as they stand;
 * conjugate symmetry is kept, since a bin and its mirror have conjugate problems, and a bin that is its own mirror is real.
 * So R(beta) = sum over all bins k of r(betahat_k), r the regularizer of one bin.
 */
import { constant, product, sumOf, variable } from "../../exact/polynomial.js";
import { q } from "../../exact/rational.js";
import { rationals } from "../../exact/ring.js";
import { type Surd, showSurd, surdPower } from "../../exact/surd.js";
import type { FourierStructure, TorusFilter } from "../torus.js";
import { type Formula, power, scale, stretched, sum } from "./formula.js";
import type { Outcome, Problem } from "./problem.js";

/** A filter as a signal: the same parameters at other positions are another transform. */
const keyOf = (f: TorusFilter): string => f.parameters.map((v, i) => `${v}@${f.positions[i]}`).join();

/** The filters, each once, or why they are no unitary change of variables. */
function fullFilters({ shape, channels }: FourierStructure): TorusFilter[] | string {
  const n = shape.reduce((a, b) => a * b, 1);
  const filters = [...new Map(channels.flatMap((c) => c.products.flat()).map((f) => [keyOf(f), f])).values()];
  if (filters.some((f) => f.parameters.length !== n || new Set(f.positions).size !== n))
    return "a filter does not have full width, so its transform is not free";
  const all = filters.flatMap((f) => f.parameters);
  return new Set(all).size === all.length ? filters : "two filters share parameters";
}

/** The formula of one bin, in |beta_r| by channel, at bin k of the torus. */
function atBin(f: Formula, structure: FourierStructure, bin: number): Formula {
  if (f.kind === "abs")
    return { kind: "bin", shape: structure.shape, indices: structure.channels[f.index]!.coordinates, bin };
  if (f.kind === "scale") return scale(f.by, atBin(f.of, structure, bin));
  if (f.kind === "power") return power(atBin(f.of, structure, bin), f.exponent);
  if (f.kind === "sum") return sum(f.of.map((t) => atBin(t, structure, bin)));
  throw new Error(`regularizer: a bin cannot carry a formula of kind ${f.kind}`);
}

const isModular = (f: Formula): boolean =>
  f.kind === "abs" ||
  ((f.kind === "scale" || f.kind === "power") && isModular(f.of)) ||
  (f.kind === "sum" && f.of.every(isModular));

/** R by bins; `solve` is the calculus for one bin, `kappa` the constant with betahat = kappa * (the bin's map). */
export function regularizerByBins(
  structure: FourierStructure,
  kappa: Surd,
  solve: (problem: Problem) => Outcome,
): Outcome {
  const filters = fullFilters(structure);
  if (typeof filters === "string") return { formula: null, why: filters };
  const index = new Map(filters.map((f, i) => [keyOf(f), i]));
  const m = filters.length;
  const one = constant(rationals, m, rationals.one);
  const coordinates = structure.channels.map(({ products }, r) => ({
    index: r,
    p: sumOf(
      products.map((list) => list.map((f) => variable(rationals, m, index.get(keyOf(f))!)).reduce(product, one)),
    ),
  }));
  const names = filters.map((_, i) => `what${i + 1}`);
  const bin = solve({
    names,
    coordinates,
    groups: [],
    call: (r) => (structure.channels.length === 1 ? "betahat_k" : `betahat_${r}_k`),
  });
  if (bin.formula === null) return bin;
  if (bin.domain.length > 0 || !isModular(bin.formula))
    return { formula: null, why: "one bin has a cost that does not depend on moduli alone" };
  const n = structure.shape.reduce((a, b) => a * b, 1);
  const perBin = stretched(bin.formula, surdPower(kappa, q(-1n)));
  const constantText = showSurd(kappa) === "1" ? "" : ` times ${showSurd(kappa)}`;
  return {
    formula: sum(Array.from({ length: n }, (_, k) => atBin(perBin, structure, k))),
    domain: [],
    steps: [
      {
        rule: "unitary-change",
        says:
          `in the unitary Fourier coordinates of ${filters.length === 1 ? "the filter" : `the ${filters.length} filters`} |w|^2 is ` +
          `a sum over ${n} bins k, and betahat_k is the same small network in each${constantText}; the steps below are those of one bin`,
        certificate: null,
      },
      ...bin.steps,
    ],
  };
}
