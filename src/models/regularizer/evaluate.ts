/**
 * The value of a formula at a predictor, in double precision: a few roundings of relative 2^-53 each. Infimal convolutions
 * of norms are convex problems, solved to rounding with a bound from the dual beside the value; others have no value here.
 */
import { cyclotomicField } from "../../exact/cyclotomic.js";
import { add, mul, ofNumber, type Q, toNumber, ZERO } from "../../exact/rational.js";
import { surdToNumber } from "../../exact/surd.js";
import { cos, pow, sin } from "../../numeric/elementary.js";
import { nuclearNorm } from "../../numeric/nuclear.js";
import { phaseTable } from "../fourier.js";
import type { Formula } from "./formula.js";
import { infimalValue } from "./infimal.js";

/** |betahat_k| on a torus: sum over its points, exponents reduced modulo the sides before the angle is taken. */
function binModulus(f: Extract<Formula, { kind: "bin" }>, beta: readonly number[]): number {
  const total = f.shape.reduce((a, b) => a * b, 1);
  const coordinatesOf = (flat: number): number[] => {
    const out: number[] = [];
    let rest = flat;
    for (const side of [...f.shape].reverse()) {
      out.unshift(rest % side);
      rest = Math.floor(rest / side);
    }
    return out;
  };
  const k = coordinatesOf(f.bin);
  let re = 0;
  let im = 0;
  f.indices.forEach((index, at) => {
    const j = coordinatesOf(at);
    // The phase as a fraction of a turn, over the common denominator `total`.
    let turn = 0;
    f.shape.forEach((side, axis) => {
      turn += ((k[axis]! * j[axis]!) % side) * (total / side);
    });
    const angle = (-2 * Math.PI * (turn % total)) / total;
    re += beta[index]! * cos(angle);
    im += beta[index]! * sin(angle);
  });
  const rough = Math.sqrt((re * re + im * im) / total);
  const size = f.indices.reduce((s, index) => s + Math.abs(beta[index]!), 0);
  // Where the sum cancels, rounding is all that is left, and a power below 1 would blow it up: exactly, then.
  return rough > CANCELLED * size ? rough : exactModulus(f, beta);
}

const CANCELLED = 1e-6;

/** The same in Q(zeta): 0 where the bin is, else correct to the last bits. */
function exactModulus(f: Extract<Formula, { kind: "bin" }>, beta: readonly number[]): number {
  const { order, exponent } = phaseTable(f.shape);
  const field = cyclotomicField(order);
  const sum = f.indices.reduce(
    (s, index, at) =>
      field.add(s, field.mul(field.ofRational(ofNumber(beta[index]!)), field.zeta(-exponent(f.bin, at)))),
    field.zero,
  );
  if (field.equals(sum, field.zero)) return 0;
  const { re, im } = field.embed(sum);
  const [x, y] = [toNumber(re.lower), toNumber(im.lower)];
  return Math.sqrt((x * x + y * y) / f.indices.length);
}

function raised(x: number, e: Q): number {
  if (e.d === 1n && e.n === 2n) return x * x;
  if (e.d === 2n && e.n === 1n) return Math.sqrt(x);
  return pow(x, toNumber(e));
}

/** The value at beta (length D), >= 0; null where a part of the formula has no evaluation. */
export function evaluateFormula(f: Formula, beta: readonly number[]): number | null {
  const all = (list: readonly Formula[]): number[] | null => {
    const values = list.map((t) => evaluateFormula(t, beta));
    return values.every((v) => v !== null) ? values : null;
  };
  switch (f.kind) {
    case "abs":
      return Math.abs(beta[f.index]!);
    case "bin":
      return binModulus(f, beta);
    case "sum": {
      const values = all(f.of);
      return values === null ? null : values.reduce((a, b) => a + b, 0);
    }
    case "least": {
      const values = all(f.of);
      return values === null ? null : values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
    }
    case "scale": {
      const inner = evaluateFormula(f.of, beta);
      return inner === null ? null : surdToNumber(f.by) * inner;
    }
    case "power": {
      const inner = evaluateFormula(f.of, beta);
      return inner === null ? null : raised(inner, f.exponent);
    }
    case "quadratic":
      // Exactly: the entries may be huge and cancel.
      return toNumber(
        f.entries.reduce((s, { i, j, c }) => add(s, mul(c, mul(ofNumber(beta[i]!), ofNumber(beta[j]!)))), ZERO),
      );
    case "nuclear":
      return nuclearNorm(f.entries.map((row) => row.map((d) => beta[d]!)));
    case "infimal":
      return infimalValue(f, beta);
  }
}
