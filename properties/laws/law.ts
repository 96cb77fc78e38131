/**
 * What the law suites share: the report of one law, the run that turns a throw into a failure, the order of a fall.
 * No test runner here: an installed package runs the same laws.
 */
import { log } from "../../src/numeric/elementary.js";

export interface LawReport {
  readonly law: string;
  /** null: not judged, and `detail` says why. */
  readonly ok: boolean | null;
  readonly detail: string;
}

/** What a law found wrong, or what it saw when all was well. */
export type Finding = { readonly wrong: string } | { readonly seen: string };

/** Runs one law; what it throws counts against the judged. */
export function judgeLaw(law: string, run: () => Finding): LawReport {
  try {
    const found = run();
    return "wrong" in found ? { law, ok: false, detail: found.wrong } : { law, ok: true, detail: found.seen };
  } catch (error) {
    return { law, ok: false, detail: `threw ${String(error)}` };
  }
}

/** The slope of log y against log x by least squares: the order at which y falls with x. */
export function fittedOrder(points: readonly (readonly [x: number, y: number])[]): number {
  const xs = points.map(([x]) => log(x));
  const ys = points.map(([, y]) => log(y));
  const mean = (v: readonly number[]): number => v.reduce((a, b) => a + b, 0) / v.length;
  const [mx, my] = [mean(xs), mean(ys)];
  let top = 0;
  let bottom = 0;
  xs.forEach((x, i) => {
    top += (x - mx) * (ys[i]! - my);
    bottom += (x - mx) * (x - mx);
  });
  return top / bottom;
}

export const sameBits = (a: Float64Array, b: Float64Array): boolean =>
  a.length === b.length && a.every((x, i) => Object.is(x, b[i]));
