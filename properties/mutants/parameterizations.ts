/**
 * What can go wrong in an architecture, as changes of a right one: its fast reading, its pullback, its exact map. Each
 * gives a Parameterization again; the list of mutants with the laws that must catch them is in mutants/architectures.
 */
import { UNIT_SCALE } from "../../src/exact/polymap.js";
import { product, scaled, sum, variable } from "../../src/exact/polynomial.js";
import { q } from "../../src/exact/rational.js";
import { rationals } from "../../src/exact/ring.js";
import type { Parameterization } from "../../src/models/architecture.js";
import { diagonal } from "../../src/models/architectures/diagonal.js";

/** P read through a permutation of the parameters: apply and pullback stay consistent with each other. */
export function permuted(P: Parameterization, from: (i: number) => number): Parameterization {
  const read = (w: Float64Array): Float64Array => w.map((_, i) => w[from(i)]!);
  return {
    ...P,
    apply: (w, out) => P.apply(read(w), out),
    pullback(w, g, out) {
      const back = new Float64Array(P.parameters);
      P.pullback(read(w), g, back);
      back.forEach((x, i) => {
        out[from(i)] = x;
      });
    },
  };
}

/** The first layer reversed, z[D - 1 - d]: the flip that papers write, whose transform carries a phase. */
export function flipped(P: Parameterization): Parameterization {
  const D = P.dimensions.dim;
  return permuted(P, (i) => (i < D ? D - 1 - i : i));
}

/** The first layer reflected, z[-d mod D]: its transform is the conjugate. */
export function conjugated(P: Parameterization): Parameterization {
  const D = P.dimensions.dim;
  return permuted(P, (i) => (i < D ? (D - i) % D : i));
}

/** Everything fast times c. */
export function fastTimes(P: Parameterization, c: number): Parameterization {
  const times = (out: Float64Array): void => {
    for (let i = 0; i < out.length; i++) out[i] = c * out[i]!;
  };
  return {
    ...P,
    apply(w, out) {
      P.apply(w, out);
      times(out);
    },
    pullback(w, g, out) {
      P.pullback(w, g, out);
      times(out);
    },
  };
}

/** What `change` does to the result of pullback. */
export const pullbackThen = (
  P: Parameterization,
  change: (out: Float64Array, w: Float64Array, g: Float64Array) => void,
): Parameterization => ({
  ...P,
  pullback(w, g, out) {
    P.pullback(w, g, out);
    change(out, w, g);
  },
});

export const applyThen = (
  P: Parameterization,
  change: (out: Float64Array, w: Float64Array) => void,
): Parameterization => ({
  ...P,
  apply(w, out) {
    P.apply(w, out);
    change(out, w);
  },
});

export const negate = (out: Float64Array, from: number, to: number): void =>
  out.set(
    out.slice(from, to).map((x) => -x),
    from,
  );

/** The first two layers of length D exchanged. */
export const swap = (out: Float64Array, D: number): void => out.set([...out.slice(D, 2 * D), ...out.slice(0, D)]);

/** Divides the product by each factor: right but where a factor is 0. */
export function dividingPullback(P: Parameterization): Parameterization {
  const D = P.dimensions.dim;
  const beta = new Float64Array(D);
  return {
    ...P,
    pullback(w, g, out) {
      P.apply(w, beta);
      for (let i = 0; i < out.length; i++) out[i] = (g[i % D]! * beta[i % D]!) / w[i]!;
    },
  };
}

/** J^T g by central differences of <P, g>: consistent to second order, yet not the adjoint to rounding. */
export function differencedPullback(P: Parameterization): Parameterization {
  const H = 1e-5;
  const ends = [new Float64Array(P.dimensions.dim), new Float64Array(P.dimensions.dim)] as const;
  return {
    ...P,
    pullback(w, g, out) {
      for (let i = 0; i < w.length; i++) {
        for (const [k, end] of ends.entries()) {
          const at = Float64Array.from(w);
          at[i] = at[i]! + (k === 0 ? H : -H);
          P.apply(at, end);
        }
        out[i] = g.reduce((s, x, d) => s + x * (ends[0][d]! - ends[1][d]!), 0) / (2 * H);
      }
    },
  };
}

/** Keeps the last result while it is handed the same array, as if its content could not change. */
export function cachedByIdentity(P: Parameterization): Parameterization {
  let seen: Float64Array | null = null;
  const kept = new Float64Array(P.dimensions.dim);
  return {
    ...P,
    apply(w, out) {
      if (w !== seen) P.apply(w, kept);
      seen = w;
      out.set(kept);
    },
  };
}

/** Takes w from the last apply: right as long as apply came just before, as it does in a training loop. */
export function trustingLastApply(P: Parameterization): Parameterization {
  const last = new Float64Array(P.parameters).fill(1);
  return {
    ...P,
    apply(w, out) {
      last.set(w);
      P.apply(w, out);
    },
    pullback: (_w, g, out) => P.pullback(last, g, out),
  };
}

/** Adds to what the output holds: right in an array of zeros. */
export function accumulatingPullback(P: Parameterization): Parameterization {
  return {
    ...P,
    pullback(w, g, out) {
      const back = new Float64Array(P.parameters);
      P.pullback(w, g, back);
      back.forEach((x, i) => {
        out[i] = out[i]! + x;
      });
    },
  };
}

/** (1 + u) v on R^2 -> R^1, declared homogeneous of degree 2. */
export const inhomogeneous = (): Parameterization => ({
  ...diagonal.build({ dim: 1, depth: 2 }),
  exact() {
    const v = variable(rationals, 2, 1);
    return {
      map: {
        names: ["u", "v"],
        coordinates: [sum(product(variable(rationals, 2, 0), v), v)],
        scale: UNIT_SCALE,
      },
    };
  },
  apply(w, out) {
    out[0] = (1 + w[0]!) * w[1]!;
  },
  pullback(w, g, out) {
    out[0] = w[1]! * g[0]!;
    out[1] = (1 + w[0]!) * g[0]!;
  },
});

/** The exact map times 1 + 2^-200 w_0: another degree, far below what any double shows. */
export function impureExact(P: Parameterization): Parameterization {
  return {
    ...P,
    exact() {
      const { map } = P.exact();
      if (map === null) return { map, why: "none" };
      const speck = scaled(variable(rationals, P.parameters, 0), q(1n, 1n << 200n));
      return { map: { ...map, coordinates: map.coordinates.map((p) => sum(p, product(p, speck))) } };
    },
  };
}

/** The exact map without its scalar D^(-(L-1)/2). */
export function unscaledExact(P: Parameterization): Parameterization {
  return {
    ...P,
    exact() {
      const { map } = P.exact();
      return map === null ? { map, why: "none" } : { map: { ...map, scale: UNIT_SCALE } };
    },
  };
}

/** No exact reading: the laws that need one are skipped by name. */
export const withoutExact = (P: Parameterization, why: string): Parameterization => ({
  ...P,
  exact: () => ({ map: null, why }),
});

/** The exact map and the declarations of one network with the fast reading of another. */
export const fastOf = (P: Parameterization, fast: Parameterization): Parameterization => ({
  ...P,
  apply: fast.apply,
  pullback: fast.pullback,
});

/** Hint that says another position for the first entry of the first filter. */
export function misplacedFilter(P: Parameterization): Parameterization {
  const hint = P.fourier;
  if (hint === undefined) return P;
  const turned = (positions: readonly number[]): number[] => [...positions.slice(1), positions[0]!];
  return {
    ...P,
    fourier: {
      ...hint,
      channels: hint.channels.map((c) => ({
        ...c,
        products: c.products.map(([first, ...rest]) => [{ ...first!, positions: turned(first!.positions) }, ...rest]),
      })),
    },
  };
}
