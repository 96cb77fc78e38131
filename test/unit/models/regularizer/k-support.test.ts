/**
 * The k-support norm as an induced regularizer: one factor s_I for each k-subset I, beta = sum_I s_I v_I, R = 2 |beta|_k^sp
 * (Dai, Karzand, Srebro 2021; the norm: Argyriou, Foygel, Srebro 2012). Its closed form by sorting against its dual, the
 * norm of the k largest entries, by the general infimal convolution, at ties, and against descent.
 */
import { describe, expect, it } from "vitest";
import { regularizerLaws } from "../../../../properties/laws/regularizer.js";
import { surdInteger } from "../../../../src/exact/surd.js";
import { randomStream } from "../../../../src/kernel/seed.js";
import { evaluateFormula } from "../../../../src/models/regularizer/evaluate.js";
import { norm, scale } from "../../../../src/models/regularizer/formula.js";
import { kSupportNorm } from "../../../../src/models/regularizer/infimal.js";
import { subjectOf, typed } from "./subjects.js";

function subsets(D: number, k: number): number[][] {
  if (k === 0) return [[]];
  return Array.from({ length: D }, (_, d) => d).flatMap((last) => subsets(last, k - 1).map((rest) => [...rest, last]));
}

const network = (D: number, k: number): string => {
  const groups = subsets(D, k);
  return Array.from({ length: D }, (_, d) =>
    groups.flatMap((I, g) => (I.includes(d) ? [`s${g}*v${g}_${d}`] : [])).join(" + "),
  ).join(", ");
};

/** max <beta, z> over z whose k largest entries have norm 1: by projecting out, at the maximizer that r says. */
function dualBound(beta: readonly number[], k: number): number {
  const a = beta.map(Math.abs).sort((x, y) => y - x);
  // z = beta on the head and one constant on the tail, for every split: each is feasible after scaling, so a lower bound.
  const bounds = a.flatMap((_, head) => {
    if (head >= k) return [];
    const mean = a.slice(head).reduce((s, x) => s + x, 0) / (k - head);
    const z = a.map((x, d) => (d < head ? x : mean));
    const largest = [...z].sort((x, y) => y - x).slice(0, k);
    const size = Math.sqrt(largest.reduce((s, x) => s + x * x, 0));
    return size === 0 ? [0] : [a.reduce((s, x, d) => s + x * z[d]!, 0) / size];
  });
  return Math.max(...bounds);
}

/** The same norm by the general iteration: one group twice makes the groups no longer "all k-subsets". */
const byIteration = (D: number, k: number, beta: readonly number[]): number | null =>
  evaluateFormula(
    {
      kind: "infimal",
      parts: [...subsets(D, k), subsets(D, k)[0]!].map((indices) => ({ indices, of: norm(indices) })),
    },
    beta,
  );

describe("the k-support norm", () => {
  it.each([
    [3, 2],
    [4, 2],
  ])("is derived for all subsets of D = %i with k = %i, and attained", async (D, k) => {
    const subject = subjectOf(await typed(network(D, k)));
    if (typeof subject === "string") throw new Error(subject);
    const beta = [3, -1, 2, 0.5].slice(0, D);
    expect(evaluateFormula(subject.formula, beta)).toBeCloseTo(2 * kSupportNorm(beta, k), 14);
    const turned = { says: "a turn of the coordinates", act: (b: readonly number[]) => [...b.slice(1), b[0]!] };
    const reports = regularizerLaws({ ...subject, symmetries: [turned], points: 2 }, 9);
    expect(reports.filter((r) => r.ok !== true)).toEqual([]);
  });

  it("agrees with its dual, between the extremes k = 1 and k = D", () => {
    const stream = randomStream(3n, "k-support");
    for (let t = 0; t < 3000; t++) {
      const D = 2 + (stream.uint32() % 6);
      const k = 1 + (stream.uint32() % D);
      // Tenths have ties, up to rounding: the second largest is often the sum of others.
      const beta = Array.from({ length: D }, () => ((stream.uint32() % 9) - 4) / 10);
      const value = kSupportNorm(beta, k);
      const dual = dualBound(beta, k);
      expect(Math.abs(value - dual), `${k} of ${beta.join(" ")}`).toBeLessThanOrEqual(1e-13 * (1 + dual));
    }
    expect(kSupportNorm([1, -2, 3], 1)).toBe(6);
    expect(kSupportNorm([2, -3, 6], 3)).toBe(7);
  });

  it("is what the general iteration finds", () => {
    const stream = randomStream(4n, "k-support");
    for (let t = 0; t < 20; t++) {
      const beta = Array.from({ length: 4 }, () => 2 * stream.uniform() - 1);
      const value = byIteration(4, 2, beta);
      if (value !== null) expect(Math.abs(value - kSupportNorm(beta, 2))).toBeLessThanOrEqual(1e-11);
    }
    expect(byIteration(4, 2, [0, 0, 0, 0])).toBe(0);
  });

  it("keeps its closed form, and other groups their value, beside coordinates of their own", () => {
    const parts = subsets(3, 2).map((I) => ({
      indices: I.map((i) => i + 1),
      of: scale(surdInteger(2), norm(I.map((i) => i + 1))),
    }));
    const value = evaluateFormula({ kind: "infimal", parts }, [7, 1, -2, 3]);
    expect(value).toBe(2 * kSupportNorm([1, -2, 3], 2));
    const two = [parts[0]!, parts[2]!];
    const inside = evaluateFormula({ kind: "infimal", parts: two }, [7, 1, 0, 3]);
    expect(inside).toBeCloseTo(8, 12);
  });
});
