/** Monomial keys against plain lists of exponents. */
import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import {
  degreeOf,
  factorsOf,
  keyOf,
  ONE_MONOMIAL,
  powerOf,
  runEnd,
  timesKey,
  VARIABLE_LIMIT,
  variableKey,
  withoutOne,
  withoutUnit,
} from "../../../src/exact/monomial.js";

const VARIABLES = 6;
const exponents = fc.array(fc.nat(3), { minLength: VARIABLES, maxLength: VARIABLES });
const written = (e: readonly number[]): string => e.map((power, v) => variableKey(v).repeat(power)).join("");
const added = (e: readonly number[], f: readonly number[]): number[] => e.map((x, v) => x + f[v]!);

describe("monomial keys", () => {
  test.prop([exponents, exponents, exponents], { numRuns: 500 })("multiply as exponents add", (e, f, g) => {
    const [a, b, c] = [written(e), written(f), written(g)];
    expect(timesKey(a, b)).toBe(written(added(e, f)));
    expect(timesKey(b, a)).toBe(timesKey(a, b));
    expect(timesKey(timesKey(a, b), c)).toBe(timesKey(a, timesKey(b, c)));
    expect(timesKey(a, ONE_MONOMIAL)).toBe(a);
    expect(timesKey(ONE_MONOMIAL, a)).toBe(a);
    expect(degreeOf(timesKey(a, b))).toBe(degreeOf(a) + degreeOf(b));
  });

  test.prop([exponents])("factors round trip, in any order", (e) => {
    const factors = e.map((power, v) => [v, power] as const);
    expect(keyOf(factors)).toBe(written(e));
    expect(keyOf([...factors].reverse())).toBe(written(e));
    expect(factorsOf(written(e))).toEqual(factors.filter(([, power]) => power > 0));
    expect(keyOf(factorsOf(written(e)))).toBe(written(e));
    expect(degreeOf(written(e))).toBe(e.reduce((s, x) => s + x, 0));
    e.forEach((power, v) => {
      expect(powerOf(written(e), v)).toBe(power);
    });
    expect(powerOf(written(e), VARIABLES)).toBe(0);
  });

  test.prop([exponents, fc.nat(VARIABLES - 1)])("one factor is taken out, and put back", (e, v) => {
    const more = timesKey(written(e), variableKey(v));
    expect(withoutOne(more, v)).toBe(written(e));
    expect(timesKey(variableKey(v), written(e))).toBe(more);
  });

  test.prop([exponents])("the runs of a key are its factors", (e) => {
    const key = written(e);
    const runs: [number, number][] = [];
    for (let at = 0; at < key.length; at = runEnd(key, at)) {
      runs.push([key.charCodeAt(at), runEnd(key, at) - at]);
      expect(withoutUnit(key, at)).toBe(withoutOne(key, key.charCodeAt(at)));
    }
    expect(runs).toEqual(factorsOf(key));
  });

  it("bears the last variable there may be", () => {
    const last = VARIABLE_LIMIT - 1;
    const key = keyOf([
      [last, 2],
      [0, 1],
      [0xd800, 1],
    ]);
    expect(factorsOf(key)).toEqual([
      [0, 1],
      [0xd800, 1],
      [last, 2],
    ]);
    expect(factorsOf(timesKey(key, key))).toEqual([
      [0, 2],
      [0xd800, 2],
      [last, 4],
    ]);
  });
});
