/** When a run may end: at the goal, confirmed one octave later, with everything settled; and when it may not. */
import { describe, expect, it } from "vitest";
import type { Snapshot } from "../../../src/engine/descent.js";
import { type Ending, endAtGoal, endWhenSettled } from "../../../src/verify/ending.js";
import { goalMet, readAngles, settles } from "../../../src/verify/goal.js";
import type { OctaveReading, Sample } from "../../../src/verify/octaves.js";
import { predictorOf, readSettling } from "../../../src/verify/settling.js";
import type { Dynamics } from "../../../src/verify/theorem.js";
import { at, snapshot, thresholds } from "./fake-bench.js";

const nothing = (): void => {};
const MS = thresholds(1, 10);

/** log(1/loss) where the run is first told to end; null if it never is. */
function endOf(ending: Ending, points: readonly Snapshot[]): number | null {
  for (const s of points) if (ending.observe(s)) return s.logInverseLoss;
  return null;
}

const atGoal = (dynamics: Dynamics, goal = 0.05, tolerance = 0.1, progress: typeof nothing = nothing): Ending =>
  endAtGoal({ target: Float64Array.of(1, 0), goal, tolerance, dynamics }, progress);

/** A predictor at the angle 1/M from the target; goal 0.05 is first met at M = 2^(18/4) = 22.6. */
const falling = (M: number): Partial<Snapshot> => ({ beta: at(1 / M) });
const path = (of: (M: number) => Partial<Snapshot>): Snapshot[] => MS.map((M) => snapshot(M, of(M)));
const MET = 2 ** (18 / 4);

describe("the end at the goal", () => {
  it("of the flow is one octave after the goal was first met", () => {
    expect(endOf(atGoal("gradient-flow"), path(falling))).toBe(2 ** (22 / 4));
  });

  it("allows for samples that are late: an octave is a factor of 2/1.05", () => {
    const points = (last: number) => [
      ...path(falling).filter((s) => s.logInverseLoss <= MET),
      snapshot(last, falling(last)),
    ];
    expect(endOf(atGoal("gradient-flow"), points((MET * 2) / 1.049))).not.toBeNull();
    expect(endOf(atGoal("gradient-flow"), points((MET * 2) / 1.051))).toBeNull();
  });

  it("of descent with bounded steps is where it was first met", () => {
    expect(endOf(atGoal("gradient-descent"), path(falling))).toBe(MET);
  });

  it("is put off when the goal is lost within the octave: the wait begins anew", () => {
    const lost = 2 ** (20 / 4);
    const passing = path((M) => (M === lost ? { beta: at(0.2) } : falling(M)));
    // The angle rose at 2^(20/4): it is seen to fall over three octaves again only where that point is no octave back.
    const alone = endOf(atGoal("gradient-flow"), passing);
    expect(alone).toBeGreaterThan(lost * 1.9);
    expect(endOf(atGoal("gradient-descent"), passing)).toBe(MET);
  });

  it("never comes for a run that only passes by", () => {
    const passing = path((M) => ({ beta: at(M < 32 ? 1 / M : (0.4 * Math.log2(M / 30)) / 5) }));
    expect(endOf(atGoal("gradient-flow"), passing)).toBeNull();
  });

  it("asks that the parameters have less than two tolerances still to turn", () => {
    const still = (c: number) => path((M) => ({ ...falling(M), parameters: at((c * MET) / M) }));
    expect(endOf(atGoal("gradient-descent"), still(0.199))).toBe(MET);
    expect(endOf(atGoal("gradient-descent"), still(0.201))).toBe(2 ** (19 / 4));
    const onwards = path((M) => ({ ...falling(M), parameters: at(1e-3 * M) }));
    expect(endOf(atGoal("gradient-descent"), onwards)).toBeNull();
  });

  it("asks that the predictor itself has settled, also where it circles the target", () => {
    const circling = (speed: number) =>
      path((M) => ({ beta: Float64Array.of(1, 4e-4 * Math.cos(speed * M), 4e-4 * Math.sin(speed * M)) }));
    const target = Float64Array.of(1, 0, 0);
    const ending = (): Ending =>
      endAtGoal({ target, goal: 0.05, tolerance: 0.1, dynamics: "gradient-descent" }, nothing);
    expect(endOf(ending(), circling(0))).toBe(8);
    expect(endOf(ending(), circling(1e-3))).toBeNull();
  });

  it("lets the predictor have two tolerances still to turn", () => {
    // Around the target at an angle that falls, by less and less in each octave, yet with a long way to go.
    let phi = 0;
    const points = Array.from({ length: 8 }, (_, k) => {
      phi += 1.3 * 0.9 ** k;
      const r = 0.03 * (1 + 2 ** -k);
      return snapshot(2 ** k, { beta: Float64Array.of(1, r * Math.cos(phi), r * Math.sin(phi)) });
    });
    const { remaining } = readSettling(points, predictorOf, 1);
    expect(remaining).toBeGreaterThan(0.1);
    const target = Float64Array.of(1, 0, 0);
    const last = (tolerance: number): boolean => {
      const ending = endAtGoal({ target, goal: 0.05, tolerance, dynamics: "gradient-descent" }, nothing);
      return points.map((s) => ending.observe(s)).at(-1)!;
    };
    expect(last((remaining / 2) * 1.001)).toBe(true);
    expect(last((remaining / 2) * 0.999)).toBe(false);
  });

  it("asks that the gradient has calmed down", () => {
    const restless = (turn: number) =>
      path((M) => ({ ...falling(M), residual: at(turn * (Math.floor(Math.log2(M) + 1e-9) % 2)) }));
    expect(endOf(atGoal("gradient-descent"), restless(0.099))).toBe(MET);
    expect(endOf(atGoal("gradient-descent"), restless(0.101))).toBeNull();
  });

  it("never comes before the angle fell over three octaves, however small it is", () => {
    const close = path((M) => ({ beta: at(1e-3 / M) }));
    expect(endOf(atGoal("gradient-descent"), close)).toBe(8);
    expect(endOf(atGoal("gradient-flow"), close)).toBe(16);
  });

  it("keeps the angles it saw, and tells them as it goes", () => {
    const told: [number, number | null][] = [];
    const ending = endAtGoal(
      { target: Float64Array.of(1, 0), goal: 0.05, tolerance: 0.1, dynamics: "gradient-flow" },
      (M, angle) => told.push([M, angle]),
    );
    endOf(ending, path(falling));
    expect(ending.angles.map(({ M, value }) => [M, value])).toEqual(told);
    expect(told.length).toBe(23);
    for (const [M, angle] of told) expect(angle).toBeCloseTo(1 / M, 12);
  });
});

describe("the end of a run without a prediction", () => {
  it("is where its predictor has settled, not before log(1/loss) = 64", () => {
    expect(endOf(endWhenSettled(0.05, nothing), path(falling))).toBe(64);
    const early = [...path(falling).filter((s) => s.logInverseLoss < 64), snapshot(63.5, falling(63.5))];
    expect(endOf(endWhenSettled(0.05, nothing), early)).toBeNull();
    expect(endOf(endWhenSettled(0.0101, nothing), path(falling))).toBe(2 ** (27 / 4));
    expect(
      endOf(
        endWhenSettled(0.05, nothing),
        path(() => ({})),
      ),
    ).toBe(64);
  });

  it("does not come while it still turns", () => {
    expect(
      endOf(
        endWhenSettled(0.5, nothing),
        path((M) => ({ beta: at(0.1 * Math.log2(M)) })),
      ),
    ).toBeNull();
  });

  it("takes no angles", () => {
    const told: [number, number | null][] = [];
    const ending = endWhenSettled(0.05, (M, angle) => told.push([M, angle]));
    endOf(ending, path(falling));
    expect(ending.angles).toEqual([]);
    expect(told).toEqual(MS.filter((M) => M <= 64).map((M) => [M, null]));
  });
});

describe("a goal", () => {
  const reading = (change: Partial<OctaveReading>): OctaveReading => ({
    octaves: 3,
    remainder: 0,
    exponent: 1,
    last: 0.05,
    ...change,
  });

  it.each([
    [true, {}],
    [true, { last: 0.1 }],
    [false, { last: 0.1000001 }],
    [false, { last: Number.NaN }],
    [true, { remainder: 0.0999 }],
    [false, { remainder: 0.1 }],
    [false, { remainder: null }],
    [false, { remainder: Number.NaN }],
    [false, { octaves: 2 }],
    [true, { octaves: 4 }],
  ] as const)("%s: settled where the reading has %j", (expected, change) => {
    expect(settles(reading(change), 0.1)).toBe(expected);
  });

  const constant = (value: number): Sample[] => thresholds(1, 4).map((M) => ({ M, value }));

  it("counts angles below a hundredth of it as being there", () => {
    expect(readAngles(constant(0.99e-3), 0.1).octaves).toBe(4);
    expect(readAngles(constant(1.01e-3), 0.1).octaves).toBe(0);
  });

  it("is met a hair below it, so that a bound rounded up is within it too", () => {
    const ending = (value: number): Sample[] => {
      const samples = thresholds(1, 5).map((M) => ({ M, value: value * (32 / M) }));
      samples[samples.length - 1] = { M: 32, value };
      return samples;
    };
    expect(goalMet(ending(0.1), 0.1)).toBe(false);
    expect(goalMet(ending(0.1 * (1 - 5e-10)), 0.1)).toBe(false);
    expect(goalMet(ending(0.1 * (1 - 1.5e-9)), 0.1)).toBe(true);
    expect(goalMet(ending(Number.NaN), 0.1)).toBe(false);
  });
});
