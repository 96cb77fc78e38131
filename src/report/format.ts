/**
 * Numbers as people read them, in one place: 4 significant digits, no -0, tiny and huge ones in scientific form, and a
 * dash for what is no number (null, NaN, infinities). Certified upper bounds are rounded up, never to nearest, so that
 * the shown number is a bound too. Angles are radians with degrees beside them; counts are whole and grouped by commas.
 */

export const DASH = "-";

/** Coordinates of a vector that are shown before it is cut. */
const MOST_COORDINATES = 8;
const DIGITS = 4;

function tidy(rounded: number): string {
  if (rounded === 0) return "0";
  const size = Math.abs(rounded);
  return size >= 1e-4 && size < 1e6 ? String(rounded) : rounded.toExponential().replace("e+", "e");
}

const isNumber = (x: number | null | undefined): x is number => typeof x === "number" && Number.isFinite(x);

export function showNumber(x: number | null | undefined): string {
  return isNumber(x) ? tidy(Number(x.toPrecision(DIGITS))) : DASH;
}

/** Rounded up to 4 significant digits: what is shown is never below the bound it stands for. */
export function showUpper(x: number | null | undefined): string {
  if (!isNumber(x) || x <= 0) return showNumber(x);
  const [mantissa = "0", power = "0"] = x.toExponential(DIGITS - 1).split("e");
  if (Number(`${mantissa}e${power}`) >= x) return showNumber(x);
  return tidy(Number(`${Number(mantissa.replace(".", "")) + 1}e${Number(power) - DIGITS + 1}`));
}

/** Rounded down to 4 significant digits: what is shown is never above the bound from below that it stands for. */
export function showLower(x: number | null | undefined): string {
  if (!isNumber(x) || x <= 0) return showNumber(x);
  const [mantissa = "0", power = "0"] = x.toExponential(DIGITS - 1).split("e");
  if (Number(`${mantissa}e${power}`) <= x) return showNumber(x);
  return tidy(Number(`${Number(mantissa.replace(".", "")) - 1}e${Number(power) - DIGITS + 1}`));
}

/** From this power of ten on log(1/loss) is no number that people read. */
const FAR = 6;

/** log(1/loss), or 10^25.2 where only its logarithm can still be read. */
export function showFar(logInverseLoss: number | null | undefined, logLog: number | null = null): string {
  const power = logLog === null ? null : logLog / Math.LN10;
  return isNumber(power) && power >= FAR ? `10^${Number(power.toFixed(1))}` : showNumber(logInverseLoss);
}

const degrees = (x: number): number => (x * 180) / Math.PI;

/** An angle in radians and degrees. */
export function showAngle(x: number | null | undefined): string {
  return isNumber(x) ? `${showNumber(x)} rad (${showNumber(degrees(x))} deg)` : DASH;
}

/** An upper bound of an angle in radians and degrees, both rounded up. */
export function showBound(x: number | null | undefined): string {
  return isNumber(x) ? `${showUpper(x)} rad (${showUpper(degrees(x))} deg)` : DASH;
}

export function showDegrees(x: number | null | undefined, round: (x: number) => string = showUpper): string {
  return isNumber(x) ? `${round(degrees(x))} deg` : DASH;
}

export function showCount(n: number | null | undefined): string {
  if (!isNumber(n) || !Number.isSafeInteger(n)) return showNumber(n);
  return (n + 0).toString().replace(/\B(?=(\d{3})+$)/g, ",");
}

/** A count with its noun: "1 case", "2 cases". */
export function countOf(n: number, noun: string, plural = `${noun}s`): string {
  return `${showCount(n)} ${n === 1 ? noun : plural}`;
}

export function showSeconds(s: number | null | undefined): string {
  if (!isNumber(s) || s < 0) return DASH;
  if (s < 60) return `${tidy(Number(s.toPrecision(3)))} s`;
  const whole = Math.round(s);
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes} min ${whole % 60} s`;
  return `${showCount(Math.floor(minutes / 60))} h ${minutes % 60} min`;
}

/** The unit vector along `beta`; null where there is no direction (zero, empty, not finite). */
export function unitVector(beta: readonly number[]): readonly number[] | null {
  const largest = beta.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
  if (!(largest > 0) || !beta.every(Number.isFinite)) return null;
  // Scaled first: the square of an entry may be out of range, its ratio to the largest is not.
  const scaled = beta.map((b) => b / largest);
  const norm = Math.sqrt(scaled.reduce((a, b) => a + b * b, 0));
  return scaled.map((b) => b / norm);
}

export function showVector(v: readonly number[] | null, most = MOST_COORDINATES): string {
  if (v === null) return DASH;
  const shown = v.slice(0, most).map(showNumber);
  return v.length > most ? `[${shown.join(", ")}, ...] (${showCount(v.length)} coordinates)` : `[${shown.join(", ")}]`;
}

/** The space a point lives in: R^4, or R^(8x8) for a flattened array. */
export function showSpace(shape: readonly number[]): string {
  return shape.length === 1 ? `R^${shape[0]}` : `R^(${shape.join("x")})`;
}

/** Names of the coordinates: those of the data where they fit, else x1, x2, ... or x[1,1], x[1,2], ... */
export function coordinateNames(
  count: number,
  shape: readonly number[],
  features: readonly string[] | null,
): readonly string[] {
  if (features !== null && features.length === count) return features;
  const fits = shape.length > 1 && shape.reduce((a, b) => a * b, 1) === count;
  return Array.from({ length: count }, (_, i) => {
    if (!fits) return `x${i + 1}`;
    const index: number[] = [];
    let rest = i;
    for (const size of [...shape].reverse()) {
      index.unshift((rest % size) + 1);
      rest = Math.floor(rest / size);
    }
    return `x[${index.join(",")}]`;
  });
}
