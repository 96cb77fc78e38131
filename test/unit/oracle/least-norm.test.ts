/** The descent along the fiber: known least norms, feasibility to rounding, unreachable predictors, determinism. */
import { describe, expect, it } from "vitest";
import { convolutional } from "../../../src/models/architectures/convolutional.js";
import { diagonal } from "../../../src/models/architectures/diagonal.js";
import { residualDiagonal } from "../../../src/models/architectures/residual-diagonal.js";
import { leastNorm } from "../../../src/oracle/least-norm.js";
import { typed } from "../models/regularizer/subjects.js";

describe("least norms that are known", () => {
  it("diagonal networks: 2 |beta|_1, feasible to rounding, with entries of very different size", () => {
    const found = leastNorm(diagonal.build({ dim: 3, depth: 2 }), [1, -1e-4, 2], 4, 1n)!;
    expect(found.value).toBeCloseTo(2 * 3.0001, 10);
    expect(found.residual).toBeLessThanOrEqual(1e-15);
    expect(found.starts).toBe(4);
    expect(found.agreeing).toBeGreaterThanOrEqual(1);
  });

  it("a kernel of two: the closed form of Jagadeesan et al., Lemma 18, by search in its one parameter", () => {
    const beta = [1, -2, 0.5];
    const D = 3;
    // |betahat_d|^2 for d = 0 and the pair 1, 2.
    const sum = beta.reduce((s, b) => s + b, 0);
    const total = (sum * sum) / D;
    const rest = beta.reduce((s, b) => s + b * b, 0) - total;
    let best = Number.POSITIVE_INFINITY;
    for (let a = -0.99999; a < 1; a += 1e-5) best = Math.min(best, total / (1 + a) + rest / (1 - a / 2));
    const found = leastNorm(convolutional.build({ dim: D, depth: 2, kernel: 2 }), beta, 8, 2n)!;
    expect(found.value).toBeCloseTo(2 * Math.sqrt(D * best), 5);
  });

  it("residual blocks: u (1 + u)^3 = beta^2 at the optimum (theory.md, part H)", () => {
    const beta = 3;
    let [low, high] = [0, 10];
    for (let i = 0; i < 80; i++) {
      const u = (low + high) / 2;
      if (u * (1 + u) * (1 + u) * (1 + u) < beta * beta) low = u;
      else high = u;
    }
    const v = beta / (1 + low);
    const found = leastNorm(residualDiagonal.build({ dim: 1, depth: 2 }), [beta], 8, 3n)!;
    expect(found.value).toBeCloseTo(low * low + v * v, 9);
  });

  it("the global one among local ones: u v + 2 s t is best on one product alone", async () => {
    const found = leastNorm(await typed("u*v + 2*s*t"), [1], 8, 4n)!;
    expect(found.value).toBeCloseTo(1, 8);
  });
});

describe("limits", () => {
  it("is null where no start reaches the predictor", async () => {
    expect(leastNorm(await typed("u^2 + v^2"), [-1], 4, 1n)).toBeNull();
    expect(leastNorm(await typed("a*c, a*d, b*c, b*d"), [1, 0, 0, 1], 3, 1n)).toBeNull();
    expect(leastNorm(await typed("a + b, a + b"), [1, 2], 3, 1n)).toBeNull();
  });

  it("is the same for the same seed, and 0 at 0 for a homogeneous network", async () => {
    const P = diagonal.build({ dim: 2, depth: 3 });
    expect(leastNorm(P, [1, 2], 3, 9n)).toEqual(leastNorm(P, [1, 2], 3, 9n));
    expect(leastNorm(await typed("a + b"), [0], 2, 1n)!.value).toBeLessThanOrEqual(1e-15);
  });
});
