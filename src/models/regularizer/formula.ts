/**
 * Formulas of induced regularizers, R^D -> [0, infinity]: sums, powers and constants over |beta_d| and over |betahat_k|
 * (unitary DFT), infimal convolutions, nuclear norms, quadratic forms. Built by the functions here, which keep a normal
 * form: constants outside, powers merged, sums flat; so equal formulas are usually equal as data.
 */
import { equals, mul, ONE, type Q, q, showQ } from "../../exact/rational.js";
import { isUnit, type Surd, showSurd, surdEquals, surdPower, surdTimes, UNIT_SURD } from "../../exact/surd.js";

export type Formula =
  /** |beta_index|. */
  | { readonly kind: "abs"; readonly index: number }
  /** |betahat| at a bin of the torus `shape`, over the coordinates `indices` (row major on the torus), unitary DFT. */
  | {
      readonly kind: "bin";
      readonly shape: readonly number[];
      readonly indices: readonly number[];
      readonly bin: number;
    }
  | { readonly kind: "sum"; readonly of: readonly Formula[] }
  | { readonly kind: "scale"; readonly by: Surd; readonly of: Formula }
  | { readonly kind: "power"; readonly of: Formula; readonly exponent: Q }
  | { readonly kind: "least"; readonly of: readonly Formula[] }
  /** inf of sum_j part_j(v_j) over beta = sum_j v_j, v_j supported on its indices. */
  | {
      readonly kind: "infimal";
      readonly parts: readonly { readonly indices: readonly number[]; readonly of: Formula }[];
    }
  /** Nuclear norm of the matrix of coordinates. */
  | { readonly kind: "nuclear"; readonly entries: readonly (readonly number[])[] }
  /** sum_ij c_ij beta_i beta_j, positive semidefinite. */
  | {
      readonly kind: "quadratic";
      readonly entries: readonly { readonly i: number; readonly j: number; readonly c: Q }[];
    };

export const abs = (index: number): Formula => ({ kind: "abs", index });

export function scale(by: Surd, of: Formula): Formula {
  if (isUnit(by)) return of;
  if (of.kind === "scale") return scale(surdTimes(by, of.by), of.of);
  return { kind: "scale", by, of };
}

/** A formula as constant times the rest. */
export const split = (f: Formula): { readonly by: Surd; readonly of: Formula } =>
  f.kind === "scale" ? f : { by: UNIT_SURD, of: f };

export function power(of: Formula, exponent: Q): Formula {
  if (equals(exponent, ONE)) return of;
  if (of.kind === "power") return power(of.of, mul(of.exponent, exponent));
  if (of.kind === "scale") return scale(surdPower(of.by, exponent), power(of.of, exponent));
  return { kind: "power", of, exponent };
}

export function sum(terms: readonly Formula[]): Formula {
  const flat = terms.flatMap((t) => (t.kind === "sum" ? t.of : [t]));
  if (flat.length === 1) return flat[0]!;
  const parts = flat.map(split);
  const by = parts[0]!.by;
  if (!isUnit(by) && parts.every((p) => surdEquals(p.by, by))) return scale(by, sum(parts.map((p) => p.of)));
  return { kind: "sum", of: flat };
}

/** |beta over the indices|_2. */
export const norm = (indices: readonly number[]): Formula =>
  power(sum(indices.map((d) => power(abs(d), q(2n)))), q(1n, 2n));

/** The degree of homogeneity in beta, or null where it has none. */
export function degreeOf(f: Formula): Q | null {
  if (f.kind === "abs" || f.kind === "bin" || f.kind === "nuclear") return ONE;
  if (f.kind === "quadratic") return q(2n);
  if (f.kind === "scale") return degreeOf(f.of);
  if (f.kind === "power") {
    const inner = degreeOf(f.of);
    return inner === null ? null : mul(inner, f.exponent);
  }
  const degrees = (f.kind === "infimal" ? f.parts.map((p) => p.of) : f.of).map(degreeOf);
  const [first] = degrees;
  return first != null && degrees.every((d) => d !== null && equals(d, first)) ? first : null;
}

/** The formula with every |beta_d| and every bin multiplied by a constant: R(c beta). */
export function stretched(f: Formula, c: Surd): Formula {
  if (isUnit(c)) return f;
  if (f.kind === "abs" || f.kind === "bin" || f.kind === "nuclear") return scale(c, f);
  if (f.kind === "quadratic") return scale(surdPower(c, q(2n)), f);
  if (f.kind === "scale") return scale(f.by, stretched(f.of, c));
  if (f.kind === "power") return power(stretched(f.of, c), f.exponent);
  if (f.kind === "sum") return sum(f.of.map((t) => stretched(t, c)));
  if (f.kind === "least") return { kind: "least", of: f.of.map((t) => stretched(t, c)) };
  return { kind: "infimal", parts: f.parts.map((p) => ({ ...p, of: stretched(p.of, c) })) };
}

/** Structural equality. */
export const sameFormula = (a: Formula, b: Formula): boolean => keyOf(a) === keyOf(b);

function keyOf(f: Formula): string {
  if (f.kind === "abs") return `a${f.index}`;
  if (f.kind === "bin") return `b${f.shape.join("x")}@${f.bin}:${f.indices.join()}`;
  if (f.kind === "nuclear") return `n${f.entries.map((r) => r.join()).join(";")}`;
  if (f.kind === "quadratic") return `q${f.entries.map((e) => `${e.i},${e.j},${showQ(e.c)}`).join(";")}`;
  if (f.kind === "scale") return `s${showSurd(f.by)}(${keyOf(f.of)})`;
  if (f.kind === "power") return `p${showQ(f.exponent)}(${keyOf(f.of)})`;
  if (f.kind === "infimal") return `i(${f.parts.map((p) => `${p.indices.join()}:${keyOf(p.of)}`).join("|")})`;
  return `${f.kind}(${f.of.map(keyOf).sort().join("|")})`;
}
