/**
 * Norms and dual norms as their textbooks write them, in doubles by direct sums: a second reading for the tests of the
 * optimality conditions, which shares no code with the oracles. Vectors are row major in the data's shape.
 */

export interface PlainNorm {
  primal(b: readonly number[], shape: readonly number[]): number;
  dual(z: readonly number[], shape: readonly number[]): number;
}

const sum = (list: readonly number[]): number => list.reduce((a, x) => a + x, 0);
const most = (list: readonly number[]): number => list.reduce((a, x) => Math.max(a, Math.abs(x)), 0);
/** Scaled, so that no square overflows. */
const length = (list: readonly number[]): number => Math.hypot(...list);

/** (sum |b|^p)^(1/p). */
export function power(b: readonly number[], p: number): number {
  const peak = most(b);
  return peak === 0 ? 0 : peak * sum(b.map((x) => (Math.abs(x) / peak) ** p)) ** (1 / p);
}

/** All unitary Fourier coefficients of a grid, each a list of real and imaginary parts, one pair a channel. */
function spectrum(v: readonly number[], grid: readonly number[], channels: number): number[][] {
  const places = grid.reduce((a, n) => a * n, 1);
  const digits = (g: number): number[] => {
    const out: number[] = [];
    for (let axis = grid.length - 1, rest = g; axis >= 0; axis--) {
      out[axis] = rest % grid[axis]!;
      rest = Math.floor(rest / grid[axis]!);
    }
    return out;
  };
  const positions = Array.from({ length: places }, (_, g) => digits(g));
  return positions.map((k) =>
    Array.from({ length: channels }, (_, r) => {
      const angles = positions.map(
        (j) => -2 * Math.PI * sum(j.map((x, axis) => ((x * k[axis]!) % grid[axis]!) / grid[axis]!)),
      );
      const part = (wave: (t: number) => number): number =>
        sum(angles.map((t, g) => v[g * channels + r]! * wave(t))) / Math.sqrt(places);
      return [part(Math.cos), part(Math.sin)];
    }).flat(),
  );
}

/** Singular values of the matrix with these columns, by one-sided Jacobi rotations. */
export function singularValues(columns: readonly (readonly number[])[]): number[] {
  const A = columns.map((c) => [...c]);
  for (let sweep = 0; sweep < 60; sweep++) {
    let turned = false;
    for (let i = 0; i < A.length; i++)
      for (let j = i + 1; j < A.length; j++) {
        const [a, b] = [A[i]!, A[j]!];
        const [aa, bb, ab] = [sum(a.map((x) => x * x)), sum(b.map((x) => x * x)), sum(a.map((x, k) => x * b[k]!))];
        if (Math.abs(ab) <= 1e-17 * Math.sqrt(aa * bb)) continue;
        turned = true;
        const slope = (bb - aa) / (2 * ab);
        const t = (slope < 0 ? -1 : 1) / (Math.abs(slope) + Math.hypot(1, slope));
        const [c, s] = [1 / Math.hypot(1, t), t / Math.hypot(1, t)];
        A[i] = a.map((x, k) => c * x - s * b[k]!);
        A[j] = a.map((x, k) => s * x + c * b[k]!);
      }
    if (!turned) break;
  }
  return A.map(length);
}

const groups = (lengths: (v: readonly number[], shape: readonly number[]) => readonly number[]): PlainNorm => ({
  primal: (b, shape) => sum(lengths(b, shape)),
  dual: (z, shape) => most(lengths(z, shape)),
});

const channelsOf = (shape: readonly number[]): number => shape.slice(1).reduce((a, n) => a * n, 1);
const rowsOf = (v: readonly number[], size: number): number[][] =>
  Array.from({ length: v.length / size }, (_, d) => v.slice(d * size, d * size + size));

/**
 * The matrix M(z) in R^(K R x D) as its columns d': entry (k, r) is z[(d' + k) mod D, r], so that <M(z), Q> = <z, W(Q)> for
 * W[d, r] = sum_k Q[k R + r, d - k]. Its largest singular value is the dual norm of kernel size K.
 */
export function shifted(z: readonly number[], [D, R = 1]: readonly number[], K: number): number[][] {
  return Array.from({ length: D! }, (_, place) =>
    Array.from({ length: K * R }, (_, row) => z[((place + Math.floor(row / R)) % D!) * R + (row % R)]!),
  );
}

/** By what stands before the colon of the name; `parameter` stands behind it. `null` as primal: see kkt-parts.test.ts. */
export const PLAIN_NORMS: Readonly<Record<string, (parameter: string) => PlainNorm>> = {
  l2: () => ({ primal: length, dual: length }),
  l1: () => ({ primal: (b) => sum(b.map(Math.abs)), dual: most }),
  linf: () => ({ primal: most, dual: (z) => sum(z.map(Math.abs)) }),
  lp: (parameter) => {
    const [n, d = 1] = parameter.split("/").map(Number);
    const p = n! / d;
    return { primal: (b) => power(b, p), dual: (z) => power(z, p / (p - 1)) };
  },
  "fourier-l1": () => groups((v, shape) => spectrum(v, shape, 1).map(length)),
  "group-l21": () => groups((v, shape) => rowsOf(v, channelsOf(shape)).map(length)),
  "fourier-l21": () => groups((v, shape) => spectrum(v, shape.slice(0, 1), channelsOf(shape)).map(length)),
  nuclear: () => groups((v, shape) => singularValues(rowsOf(v, channelsOf(shape)))),
  kernel: (parameter) => ({
    // The least nuclear norm of a Q that gives W has no formula; the oracle's own Q bounds it (kkt-parts.test.ts).
    primal: () => Number.NaN,
    dual: (z, shape) => most(singularValues(shifted(z, shape, Number(parameter)))),
  }),
};
