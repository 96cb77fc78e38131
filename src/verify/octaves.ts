/**
 * Reading a limit off a run: a quantity v >= 0 along log-spaced values of M = log(1/loss). Directions approach their
 * limits like powers of M, so what counts is the change per octave of M. This is observation, never a certificate.
 */
import { exp, log } from "../numeric/elementary.js";

export interface Sample {
  /** log(1/loss), positive. */
  readonly M: number;
  readonly value: number;
}

export interface OctaveReading {
  /** Octaves, counted back from the end, over which the value fell strictly or stayed below the floor. */
  readonly octaves: number;
  /** Extrapolated value at M = infinity (Aitken on the last three octaves), or null with fewer than three points. */
  readonly remainder: number | null;
  /** a in value ~ M^(-a) over the last octave; null when it did not fall. */
  readonly exponent: number | null;
  readonly last: number;
}

/** Samples sit at the first step past a threshold, so an octave is taken with this much slack in M. */
export const OCTAVE_SLACK = 1.05;

/** The value at the last sample with M at most `at` (a little slack: samples sit at the first step past a threshold). */
function valueAt(samples: readonly Sample[], at: number): number | null {
  let found: number | null = null;
  for (const s of samples) if (s.M <= at * OCTAVE_SLACK) found = s.value;
  return found;
}

/** Values below `floor` count as fallen: they are at their limit as far as anyone can see. */
export function readOctaves(samples: readonly Sample[], floor: number): OctaveReading {
  const end = samples[samples.length - 1];
  if (end === undefined) return { octaves: 0, remainder: null, exponent: null, last: Number.NaN };
  if (!(samples[0]!.M > 0 && Number.isFinite(end.M)))
    return { octaves: 0, remainder: null, exponent: null, last: end.value };
  const values = [end.value];
  for (let M = end.M / 2; M >= samples[0]!.M * 0.999; M /= 2) {
    const v = valueAt(samples, M);
    if (v === null) break;
    values.push(v);
  }
  let octaves = 0;
  while (octaves + 1 < values.length) {
    const [now, before] = [values[octaves]!, values[octaves + 1]!];
    if (now < before || (now <= floor && before <= floor)) octaves += 1;
    else break;
  }
  const [a, b, c] = values;
  return {
    octaves,
    remainder: c === undefined ? null : aitken(c, b!, a!),
    exponent: b !== undefined && a! > 0 && a! < b ? log(b / a!) / log(2) : null,
    last: end.value,
  };
}

/**
 * The limit of a nonnegative sequence with last terms x, y, z if its differences are geometric. An extrapolated
 * value below 0 says that it falls to 0. Where the fall does not slow down yet, or the differences alternate, there is
 * nothing to extrapolate, and the last value z stands.
 */
function aitken(x: number, y: number, z: number): number {
  const d1 = y - x;
  const d2 = z - y;
  const ratio = d2 / d1;
  if (d2 === 0 || !(ratio > 0)) return z;
  if (ratio >= 1) return d2 < 0 ? z : Number.POSITIVE_INFINITY;
  return Math.max(0, z + (d2 * ratio) / (1 - ratio));
}

/** log(1/loss) at which the value would reach `target`, if it goes on as over the last octave; null if it does not fall that far. */
export function neededLogInverseLoss(reading: OctaveReading, M: number, target: number): number | null {
  if (reading.exponent === null || !(target > 0)) return null;
  if (reading.remainder !== null && reading.remainder >= target) return null; // a plateau above the target

  return M * exp(log(reading.last / target) / reading.exponent);
}
