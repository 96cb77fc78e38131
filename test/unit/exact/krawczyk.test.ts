import { describe, expect, it } from "vitest";
import {
  addFixed,
  type Fixed,
  fixedBounds,
  fixedFrom,
  mulFixed,
  squareFixed,
  subFixed,
} from "../../../src/exact/fixed-interval.js";
import { chord, krawczyk, type System } from "../../../src/exact/krawczyk.js";
import { ofNumber, q, toNumber } from "../../../src/exact/rational.js";

const number = (x: number): Fixed => fixedFrom(ofNumber(x));
const between = (a: number, b: number): Fixed => fixedFrom(ofNumber(a), ofNumber(b));
const ends = (x: Fixed): number[] => [toNumber(fixedBounds(x).lower), toNumber(fixedBounds(x).upper)];

/** x^2 = 2. */
const root: System = {
  unknowns: 1,
  value: ([x]) => [subFixed(squareFixed(x!), number(2))],
  jacobian: ([x]) => [[addFixed(x!, x!)]],
};
/** x y = 1 and x + y = 5/2: zeros (2, 1/2) and (1/2, 2). */
const plane: System = {
  unknowns: 2,
  value: ([x, y]) => [subFixed(mulFixed(x!, y!), number(1)), subFixed(addFixed(x!, y!), number(2.5))],
  jacobian: ([x, y]) => [
    [y!, x!],
    [number(1), number(1)],
  ],
};

describe("krawczyk", () => {
  it("encloses the one zero of a box, far inside it", () => {
    const [lower, upper] = ends(krawczyk(root, [number(1.4)], [between(1.3, 1.5)])![0]!);
    expect(lower).toBeLessThan(Math.SQRT2);
    expect(upper).toBeGreaterThan(Math.SQRT2);
    expect(upper! - lower!).toBeLessThan(0.02);
    const K = krawczyk(plane, [number(2.01), number(0.49)], [between(1.9, 2.1), between(0.4, 0.6)])!;
    expect(K.map((x) => ends(x)[0]! < ends(x)[1]!)).toEqual([true, true]);
    expect(ends(K[0]!)[0]).toBeLessThan(2);
    expect(ends(K[0]!)[1]).toBeGreaterThan(2);
  });

  it("says nothing of a box without a zero, with two, with one at its end, or where the slope may vanish", () => {
    expect(krawczyk(root, [number(1.6)], [between(1.5, 1.7)])).toBeNull();
    expect(krawczyk(root, [number(0.5)], [between(-2, 3)])).toBeNull();
    expect(krawczyk(plane, [number(1.25), number(1.25)], [between(0, 3), between(0, 3)])).toBeNull();
    const double: System = { ...root, value: ([x]) => [squareFixed(x!)] };
    expect(krawczyk(double, [number(0)], [between(-1, 1)])).toBeNull();
    const two = fixedFrom(q(2n));
    expect(krawczyk(plane, [two, number(0.5)], [fixedFrom(q(2n), q(3n)), between(0.4, 0.6)])).toBeNull();
    expect(krawczyk({ ...root, value: () => null }, [number(1.4)], [between(1.3, 1.5)])).toBeNull();
    expect(krawczyk({ ...root, jacobian: () => null }, [number(1.4)], [between(1.3, 1.5)])).toBeNull();
  });

  it("the chord method ends at 60 digits of the zero", () => {
    const [x] = chord(root, [number(Math.SQRT2).lo], 8)!;
    const off = x! * x! - (2n << 480n);
    expect((off < 0n ? -off : off) >> 270n).toBe(0n); // to 2^-210
    expect(chord({ ...root, jacobian: () => [[number(0)]] }, [1n], 3)).toBeNull();
  });
});
