/**
 * What raises a small residual to a certificate (certify/documents/nearby.ts): honest pairs do, and each way in which the
 * second certificate could be about something else, or say too little, does not, though the judge accepts it.
 */
import { beforeAll, describe, expect, it } from "vitest";
import { convFourierBridge } from "../../../../proofs/theorems/conv-fourier-bridge.js";
import { diagonalBridge } from "../../../../proofs/theorems/diagonal-bridge.js";
import { isNearby } from "../../../../src/certify/documents/nearby.js";
import { judge } from "../../../../src/certify/judge.js";
import { ofNumber, parseQ, showQ, toNumber } from "../../../../src/exact/rational.js";
import type {
  BridgeResidualCertificate,
  Certificate,
  DirectionBoundCertificate,
  MarginGapCertificate,
  StationaryPointCertificate,
} from "../../../../src/kernel/certificate.js";
import { type Dataset, dataFromJSON } from "../../../../src/kernel/dataset.js";
import { stationaryFrom } from "../../../../src/oracle/bridge-stationary.js";
import type { Theorem } from "../../../../src/verify/theorem.js";
import { verifyCase } from "../../../../src/verify/verify-case.js";
import { bridgeResidual, marginGapOf } from "../samples.js";
import { caseOf } from "./honest.js";

type Json = Certificate & Readonly<Record<string, unknown>>;
interface Pair {
  readonly residual: BridgeResidualCertificate;
  readonly beside: Json;
  readonly grade: string | null;
}

const X = [
  [2, -1, 1],
  [-1, 3, -1],
];
const DATA: Dataset = dataFromJSON(caseOf(X).data.json);

async function pairOf(theorem: Theorem, depth: number, rows: readonly (readonly number[])[] = X): Promise<Pair> {
  const architecture = theorem.scope.architectures[0]!;
  const made = caseOf(rows, { architecture, depth, tolerance: 1e-10, goal: 1e-10 });
  const { certificates, evidence } = await verifyCase(theorem, made, { cancelled: () => null });
  const [residual, beside, ...rest] = certificates;
  if (residual?.kind !== "bridge-residual" || beside === undefined) throw new Error("they are made");
  expect(rest.map((c) => c.kind)).toEqual(["separation"]);
  return { residual, beside: beside as Json, grade: evidence.claim };
}

let PAIRS: Readonly<Record<string, Pair>>;
beforeAll(async () => {
  const all = [convFourierBridge, diagonalBridge].flatMap((theorem) =>
    [1, 2, 3, 4].map(async (depth) => [`${theorem.id} ${depth}`, await pairOf(theorem, depth)] as const),
  );
  PAIRS = Object.fromEntries(await Promise.all(all));
});

const pair = (name: string): Pair => PAIRS[name]!;
const point = (name: string): StationaryPointCertificate & Json => {
  const { beside } = pair(name);
  if (beside.kind !== "stationary-point") throw new Error("it is made");
  return beside;
};
const raises = (residual: BridgeResidualCertificate, c: Certificate): boolean => {
  for (const one of [residual, c]) expect(judge(one)).toMatchObject({ accepted: true });
  return isNearby(residual as Json, [c as Json]);
};
/** Weights of two points. */
const simplex = (first: number): string[] => {
  const { n, d } = ofNumber(first);
  return [showQ({ n, d }), showQ({ n: d - n, d })];
};
const CONV = "conv-fourier-bridge 3";
const DEEP = ["conv-fourier-bridge 3", "conv-fourier-bridge 4", "diagonal-bridge 3", "diagonal-bridge 4"];
const KINDS = [undefined, "direction-bound", "margin-gap", "stationary-point", "stationary-point"];

describe("honest pairs", () => {
  it("a certificate of its own kind at each depth, of the predictor and the data of the residual", () => {
    for (const [name, { residual, beside, grade }] of Object.entries(PAIRS)) {
      expect([name, beside.kind, grade]).toEqual([name, KINDS[Number(name.slice(-1))], "certified"]);
      expect([beside.reached, beside.data]).toEqual([residual.reached, residual.data]);
      expect(raises(residual, beside)).toBe(true);
      expect(isNearby(residual as unknown as Json, [])).toBe(false);
      expect(isNearby(beside, [beside])).toBe(false); // a residual is what is raised
    }
  });

  it("the exact point is as near as rounding leaves it, and the scale of its multipliers is that of the theorem", () => {
    for (const name of DEEP) {
      const { distance, center, active, objective, penalty } = point(name);
      expect(toNumber(parseQ(distance.upper)!)).toBeLessThan(1e-14);
      const alpha = center.slice(-active.length).map((x) => toNumber(parseQ(x)!));
      const p = toNumber(parseQ(penalty.p)!);
      expect(alpha.reduce((a, b) => a + b, 0) / (p * toNumber(parseQ(objective.upper)!))).toBeCloseTo(1, 12);
      const q = pair(name).residual.q.map((x) => toNumber(parseQ(x)!));
      alpha.forEach((a, i) => {
        expect(a / alpha.reduce((s, b) => s + b, 0)).toBeCloseTo(q[active[i]!]!, 12);
      });
    }
  });
});

describe("what is about something else", () => {
  it("of another case, depth, space or theorem", () => {
    for (const [name, { residual }] of Object.entries(PAIRS))
      for (const [other, { beside }] of Object.entries(PAIRS))
        if (name !== other) expect([name, other, raises(residual, beside)]).toEqual([name, other, false]);
  });

  it("of other data or another predictor, be it the same direction", () => {
    for (const name of DEEP) {
      const { residual } = pair(name);
      const c = point(name);
      const twice = residual.reached.map((x) => showQ({ ...parseQ(x)!, n: 2n * parseQ(x)!.n }));
      const scaled = bridgeResidual(DATA, residual.penalty, twice, residual.q, residual.support);
      expect(raises(scaled, c)).toBe(false);
      const far = { ...c, reached: twice, distance: { upper: "2" } };
      expect(raises(scaled, far)).toBe(false);
      const wider = dataFromJSON({ ...caseOf([...X, X[0]!.map((x) => 9 * x)]).data.json });
      const more = bridgeResidual(wider, residual.penalty, residual.reached, [...residual.q, "0"], residual.support);
      expect(raises(more, c)).toBe(false);
    }
  });

  it("of a point with another support or other multipliers, though it is as near", async () => {
    const { residual } = pair(CONV);
    const c = point(CONV);
    expect(residual.support).toEqual([0, 1]);
    // A coefficient left out of the residual's support is one of the point's.
    for (const support of [[0], [1]]) expect(isNearby({ ...(residual as unknown as Json), support }, [c])).toBe(false);
    // Weights that are not those of the point.
    const [a, b] = residual.q.map((x) => parseQ(x)!);
    const nudge = (by: number): BridgeResidualCertificate => {
      const first = toNumber(a!) + by;
      return bridgeResidual(DATA, residual.penalty, residual.reached, simplex(first), residual.support);
    };
    expect(toNumber(b!)).toBeGreaterThan(0.1);
    expect([1e-9, -1e-9, 3.7e-9].map((by) => raises(nudge(by), c))).toEqual([true, true, true]);
    expect([3.8e-9, -3.8e-9, 1e-6].map((by) => raises(nudge(by), c))).toEqual([false, false, false]);
  });

  it("at a vertex multipliers fit another exponent, and the run's own weights tell", async () => {
    // Two active margins and two coefficients of the signal: the point is a vertex, stationary for each p below 1 by turns.
    const rows = [
      [4, -1],
      [-1, 2],
    ];
    const { residual, beside } = await pairOf(diagonalBridge, 3, rows);
    expect(residual.support).toEqual([0, 1]);
    expect((beside as Json).active).toEqual([0, 1]);
    const own = dataFromJSON(caseOf(rows).data.json);
    const start = residual.reached.map((x) => toNumber(parseQ(x)!));
    const other = await stationaryFrom({ space: "signal", p: { n: 1, d: 3 } }, own, start);
    if (!other.separable || other.point === null) throw new Error("there is one");
    const fitted: StationaryPointCertificate = {
      ...other.point.certificate,
      reached: residual.reached,
      distance: { upper: showQ(ofNumber(1e-12)) },
    };
    expect(judge(fitted)).toMatchObject({ accepted: true }); // it is that near
    expect(fitted.support).toEqual(residual.support);
    const wrong = bridgeResidual(own, { space: "signal", p: "1/3" }, residual.reached, residual.q, residual.support);
    expect(raises(wrong, fitted)).toBe(false);
    expect(raises(residual, fitted)).toBe(false);
    expect(toNumber(parseQ(wrong.largest.lower)!)).toBeGreaterThan(1e-6); // and the residual contradicts
    // With the fitted multipliers as weights both would pass: what a run is said to have is held to its document.
    const alpha = fitted.center.slice(-2).map((x) => parseQ(x)!);
    const total = toNumber(alpha[0]!) + toNumber(alpha[1]!);
    const q = simplex(toNumber(alpha[0]!) / total);
    const vacuous = bridgeResidual(own, { space: "signal", p: "1/3" }, residual.reached, q, residual.support);
    expect(raises(vacuous, fitted)).toBe(true);
  });
});

describe("what says too little", () => {
  it("a distance or a box that is too wide", () => {
    for (const name of DEEP) {
      const { residual } = pair(name);
      const c = point(name);
      const upper = (x: number): Certificate => ({ ...c, distance: { upper: showQ(ofNumber(x)) } });
      expect([1e-12, 1e-8].map((x) => raises(residual, upper(x)))).toEqual([true, true]);
      expect([1.001e-8, 0.5].map((x) => raises(residual, upper(x)))).toEqual([false, false]);
      const loose = { ...c, objective: { lower: "0", upper: "99" }, distance: { upper: "1/1000000000" } };
      const wide = (bits: bigint): Certificate => ({ ...loose, radius: showQ({ n: 1n, d: 1n << bits }) });
      expect(raises(residual, wide(31n))).toBe(true); // 4.7e-10 of each
      expect(raises(residual, wide(30n))).toBe(false);
    }
  });

  it("a gap that is too wide, of another norm or with other weights", () => {
    for (const [name, norm, other] of [
      ["conv-fourier-bridge 2", "fourier-l1", "l1"],
      ["diagonal-bridge 2", "l1", "fourier-l1"],
    ] as const) {
      const { residual, beside } = pair(name);
      const c = beside as unknown as MarginGapCertificate;
      expect(c.regularizer).toBe(norm);
      const gap = (x: number): Certificate => ({ ...c, gap: { lower: "0", upper: showQ(ofNumber(x)) } });
      expect([1e-11, 1e-10].map((x) => raises(residual, gap(x)))).toEqual([true, true]);
      expect([1.001e-10, 1].map((x) => raises(residual, gap(x)))).toEqual([false, false]);
      for (const regularizer of [other, "l2", "lp:5/4"])
        expect(raises(residual, marginGapOf(DATA, c.reached, c.q, null, regularizer))).toBe(false);
      const witnessed = { ...marginGapOf(DATA, c.reached, c.q, c.reached, norm), gap: c.gap };
      expect(raises(residual, witnessed)).toBe(true);
      const moved = toNumber(parseQ(c.q[0]!)!) * (1 - 2 ** -40);
      expect(raises(residual, { ...c, q: simplex(moved), gap: { lower: "0", upper: showQ(ofNumber(1e-11)) } })).toBe(
        false,
      );
    }
  });

  it("a grid of points for the frequencies of a circle", () => {
    // Two places and two: of (1, 1, 1, 1) both transforms know one frequency.
    const ones = ["1", "1", "1", "1"];
    const grid: Dataset = { ...dataFromJSON(caseOf([[1, 1, 1, 1]]).data.json), shape: [2, 2] };
    const residual = bridgeResidual(
      grid,
      { space: "fourier", p: "1" },
      ones.map(() => "1/4"),
      ["1"],
      [0],
    );
    expect(residual.data.shape).toEqual([2, 2]);
    const gap = marginGapOf(grid, residual.reached, ["1"], null);
    expect(toNumber(parseQ(gap.gap.upper)!)).toBeLessThan(1e-10);
    expect(raises(residual, gap)).toBe(false);
    const plain: Dataset = { ...grid, shape: [4] };
    const own = bridgeResidual(plain, { space: "fourier", p: "1" }, residual.reached, ["1"], [0]);
    expect(raises(own, marginGapOf(plain, residual.reached, ["1"], null))).toBe(true);
  });

  it("an angle that is too wide", () => {
    for (const name of ["conv-fourier-bridge 1", "diagonal-bridge 1"]) {
      const { residual, beside } = pair(name);
      const c = beside as unknown as DirectionBoundCertificate;
      const wide = (x: number): Certificate => ({ ...c, angle: { lower: "0", upper: showQ(ofNumber(x)) } });
      expect([1e-10, 1e-8].map((x) => raises(residual, wide(x)))).toEqual([true, true]);
      expect([1.001e-8, 0.1].map((x) => raises(residual, wide(x)))).toEqual([false, false]);
    }
  });
});
