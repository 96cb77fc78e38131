/** The claim about the parameters' KKT conditions and the hypothesis that the map is homogeneous, on limits made by hand. */
import { describe, expect, it } from "vitest";
import { judge } from "../../../src/certify/judge.js";
import { degreeOfAll } from "../../../src/exact/parameter-kkt.js";
import type { KktResidualCertificate } from "../../../src/kernel/certificate.js";
import type { Architecture, Dimensions, Parameterization } from "../../../src/models/architecture.js";
import { convolutional } from "../../../src/models/architectures/convolutional.js";
import { diagonal } from "../../../src/models/architectures/diagonal.js";
import { fullyConnected } from "../../../src/models/architectures/fully-connected.js";
import { ARCHITECTURES } from "../../../src/models/architectures/index.js";
import { residualDiagonal } from "../../../src/models/architectures/residual-diagonal.js";
import { certifiedAngle } from "../../../src/verify/claims/angle-certificates.js";
import { limitIsParameterKkt } from "../../../src/verify/claims/parameter-kkt.js";
import { exactMapOf } from "../../../src/verify/exact-map.js";
import { homogeneous } from "../../../src/verify/hypotheses/homogeneous.js";
import { integralCoordinates } from "../../../src/verify/parameter-certificate.js";
import type { ClaimResult } from "../../../src/verify/theorem.js";
import { fakeBench, limitAt, type Made, noLimit } from "./fake-bench.js";

/** On the one point (2, 1) the least |w|^2 of beta = u . v puts all in the first coordinate: beta = (1/2, 0). */
const X = [[2, 1]];
const P = diagonal.build({ dim: 2, depth: 2 });
const HALF = Math.SQRT1_2;
const kkt = (w: readonly number[], beta: readonly number[], made: Made = {}, dual = [1]): Promise<ClaimResult> =>
  limitIsParameterKkt.check(
    fakeBench({ X, P, limit: limitAt(beta, dual, { parameters: Float64Array.from(w) }), ...made }),
  );
const only = (r: ClaimResult): KktResidualCertificate => r.certificates[0] as KktResidualCertificate;
const partsOf = (r: ClaimResult): Record<string, number> =>
  Object.fromEntries(Object.entries(only(r).parts).map(([k, v]) => [k, certifiedAngle(v)]));

describe("the claim", () => {
  it("supports an exact KKT point, as a sample, with the map in the certificate", async () => {
    const r = await kkt([HALF, 0, HALF, 0], [0.5, 0]);
    expect(r.finding).toMatchObject({
      outcome: "supports",
      evidence: "sampled",
      why: expect.stringMatching(/^at the/),
    });
    expect(only(r)).toMatchObject({
      kind: "kkt-residual",
      map: {
        variables: ["w1_0", "w1_1", "w2_0", "w2_1"],
        polynomials: [
          [
            [
              "1",
              [
                [0, 1],
                [2, 1],
              ],
            ],
          ],
          [
            [
              "1",
              [
                [1, 1],
                [3, 1],
              ],
            ],
          ],
        ],
      },
      parts: { feasibility: "0", predictor: "0", complementarity: "0", stationarity: "0" },
    });
    expect(judge(only(r))).toMatchObject({ accepted: true });
  });

  it.each([
    [0.9e-10, "supports"],
    [1.1e-10, "silent"],
    [0.99e-6, "silent"],
    [1.01e-6, "contradicts"],
  ] as const)("a sine of %d between the parameters and their gradient: %s", async (by, outcome) => {
    // Both factors of the first coordinate off balance by the angle `by`: the gradient swaps them.
    const [c, s] = [Math.cos(Math.PI / 4 + by / 2), Math.sin(Math.PI / 4 + by / 2)];
    const r = await kkt([c, 0, s, 0], [0.5, 0]);
    expect(r.finding.outcome).toBe(outcome);
    expect(partsOf(r).stationarity! / by).toBeCloseTo(1, 4);
    expect(judge(only(r))).toMatchObject({ accepted: true });
    if (outcome === "contradicts") expect(r.finding).toMatchObject({ certified: true });
  });

  it("each part counts: a residual of one of them alone contradicts, and is named", async () => {
    const loud = async (r: Promise<ClaimResult>): Promise<Record<string, number>> => {
      const result = await r;
      expect(result.finding.outcome).toBe("contradicts");
      expect(judge(only(result))).toMatchObject({ accepted: true });
      return Object.fromEntries(Object.entries(partsOf(result)).filter(([, v]) => v > 1e-10));
    };
    expect(await loud(kkt([HALF, 0, HALF, 0], [0.25, 0]))).toEqual({ feasibility: 0.5 });
    expect(await loud(kkt([HALF, 0, HALF, 0], [0.5, 0.5]))).toEqual({ predictor: expect.closeTo(HALF, 12) });
    // Stationary for the second point alone, which is not the one of least margin.
    const two = {
      X: [
        [2, 1],
        [4, 0],
      ],
    };
    expect(await loud(kkt([HALF, 0, HALF, 0], [0.5, 0], two, [0, 1]))).toEqual({ complementarity: 1 });
  });

  it("is silent without a limit, an exact map or a predictor that separates, and says why", async () => {
    const why = async (r: Promise<ClaimResult> | ClaimResult): Promise<string> => {
      const { finding, certificates } = await r;
      expect([finding.outcome, certificates]).toEqual(["silent", []]);
      return finding.why;
    };
    const at = [HALF, 0, HALF, 0];
    expect(await why(limitIsParameterKkt.check(fakeBench({ X, P })))).toMatch(/^plain descent/);
    expect(await why(kkt(at, [0.5, 0], { limit: noLimit("margin-lost") }))).toMatch(/^no limit of the run was reached/);
    expect(await why(kkt(at, [0.5, 0], { limit: limitAt([0.5, 0]) }))).toMatch(/: none$/);
    expect(await why(kkt([-HALF, 0, HALF, 0], [0.5, 0]))).toMatch(/does not separate/);
    expect(await why(kkt(at, [-0.5, 0]))).toMatch(/do not stand for the reached predictor/);
    const unread: Parameterization = { ...P, exact: () => ({ map: null, why: "nobody wrote it down" }) };
    expect(await why(kkt(at, [0.5, 0], { P: unread }))).toMatch(/nobody wrote it down$/);
    const { map } = residualDiagonal.build({ dim: 2, depth: 2 }).exact();
    expect(map).not.toBeNull();
    expect(await why(kkt(at, [0.5, 0], { P: { ...P, exact: () => ({ map: map! }) } }))).toMatch(/not homogeneous/);
    const large = convolutional.build({ dim: 128, depth: 2 });
    const w = Array.from({ length: 256 }, () => 1);
    const wide = [Array.from({ length: 128 }, () => 1)];
    expect(await why(kkt(w, wide[0]!, { X: wide, P: large }))).toMatch(/^the map has 16384 terms, more than the 10000/);
  });

  it("leaves a positive scalar of the map aside, and keeps its sign", () => {
    const { map } = convolutional.build({ dim: 3, depth: 2 }).exact();
    if (map === null) throw new Error("it has one");
    const coefficients = (rational: { n: bigint; d: bigint }): bigint[] =>
      integralCoordinates({ ...map, scale: { rational, radicand: 3n } }).flatMap((p) => [...p.terms.values()]);
    expect(new Set(coefficients({ n: 1n, d: 7n }))).toEqual(new Set([1n]));
    expect(new Set(coefficients({ n: -2n, d: 7n }))).toEqual(new Set([-1n]));
  });
});

describe("the hypothesis", () => {
  const decide = (a: Architecture, dimensions: Dimensions) => {
    const built = a.build(dimensions);
    return homogeneous.decide(fakeBench({ P: built, X: [Array.from({ length: dimensions.dim }, () => 1)] }));
  };

  it("is decided exactly for every example that ships, as the architecture declares it", async () => {
    for (const a of ARCHITECTURES)
      for (const dimensions of a.examples.filter((e) => e.dim <= 4)) {
        const { decided, evidence, certificate } = await decide(a, dimensions);
        expect([a.name, decided]).toEqual([a.name, a.build(dimensions).degree !== null]);
        expect([evidence, certificate]).toEqual(["exact", null]);
      }
    expect((await decide(residualDiagonal, { dim: 2, depth: 2 })).why).toMatch(/terms of several degrees/);
  });

  it("stays open where the map has no exact reading or may be too long, and is false of a constant", async () => {
    const made = (exact: Parameterization["exact"]) => homogeneous.decide(fakeBench({ X, P: { ...P, exact } }));
    expect(await made(() => ({ map: null, why: "no reading" }))).toMatchObject({
      ...{ decided: null, evidence: "assumed", why: "no reading" },
    });
    const { map } = P.exact();
    if (map === null) throw new Error("it has one");
    const ones = { ...map, coordinates: map.coordinates.map((p) => ({ ...p, terms: new Map([["", p.ring.one]]) })) };
    expect(await made(() => ({ map: ones }))).toMatchObject({
      decided: false,
      why: expect.stringMatching(/no parameter/),
    });
    const long = exactMapOf(convolutional.build({ dim: 60, depth: 3 }));
    expect(long).toEqual({ map: null, why: expect.stringMatching(/may have 2\.2e\+5 terms/) });
    // Of matrices one after the other the terms are the paths: 8 * 8 * 8 * 8, not 8^7.
    expect(exactMapOf(fullyConnected.build({ dim: 8, depth: 4, widths: [8] })).map).not.toBeNull();
  });

  it("one degree of all terms, from 1, is what counts", () => {
    const { map } = P.exact();
    const [p] = map === null ? [] : map.coordinates;
    if (p === undefined) throw new Error("it has one");
    const zero = { ...p, terms: new Map() };
    expect([degreeOfAll([p]), degreeOfAll([p, zero]), degreeOfAll([zero]), degreeOfAll([])]).toEqual([
      2,
      2,
      null,
      null,
    ]);
  });
});
