/**
 * First-order stationarity of min R(beta) / 2 (so that z is that of min |w|^2 / 2) s.t. y_n <x_n, beta> >= 1, written out for the formulas that the rules derive:
 * z = sum_n alpha_n y_n x_n, alpha >= 0, alpha_n (m_n - 1) = 0, and z in the (local) subdifferential of R/2 at beta. At zero
 * entries: bounded for powers 1, free below 1 (infinite slope), zero above. In mathjs syntax, one line for each condition;
 * null for formulas whose subdifferential has no such line.
 */
import { compare, mul, ONE, type Q, q, showQ, sub } from "../../exact/rational.js";
import { type Surd, showSurd, surdOf, surdTimes } from "../../exact/surd.js";
import { type Formula, scale, split } from "./formula.js";

export interface StationarityLine {
  /** left = right, or left <= right. */
  readonly left: string;
  readonly relation: "=" | "<=";
  readonly right: string;
  readonly where: string;
}

const raise = (base: string, e: Q): string =>
  compare(e, ONE) === 0 ? base : e.n === 0n ? "1" : e.d === 1n && e.n > 0n ? `${base}^${e.n}` : `${base}^(${showQ(e)})`;

const times = (constant: Surd, rest: readonly string[]): string => {
  const factors = [showSurd(constant), ...rest].filter((t, i) => t !== "1" && !(i === 0 && t === "1"));
  return factors.length === 0 ? "1" : factors.join("*");
};

/** c * |x|^e with gradient c e |x|^(e-2) x at x != 0. */
function powerLines(x: string, z: string, c: Surd, e: Q, index: string): StationarityLine[] {
  const constant = surdTimes(c, surdOf(e));
  const size = x.startsWith("norm") ? x : `abs(${x})`;
  const entry = x.startsWith("norm") ? index : x;
  const exponent = sub(e, q(2n));
  const smooth: StationarityLine = {
    left: z,
    relation: "=",
    right: times(constant, [raise(size, exponent), entry]),
    where: `where ${x.startsWith("norm") ? "the norm" : x} is not 0`,
  };
  const atZero = compare(e, ONE);
  if (atZero === 0)
    return [
      smooth,
      {
        left: x.startsWith("norm") ? `norm(${z.replace(/_d$/, "")})` : `abs(${z})`,
        relation: "<=",
        right: showSurd(constant),
        where: `where ${x} is 0`,
      },
    ];
  if (atZero > 0) return [{ ...smooth, where: "everywhere" }];
  return [smooth];
}

const HALF = surdOf(q(1n, 2n));

/** The conditions on z, or another letter for it, or null. */
export function stationarityOf(f: Formula, z = "z"): readonly StationarityLine[] | null {
  const { by, of } = split(scale(HALF, f));
  const isSquareOf = (t: Formula): boolean =>
    t.kind === "power" && t.of.kind === "abs" && compare(t.exponent, q(2n)) === 0;
  if (of.kind === "abs") return powerLines("beta", z, by, ONE, "beta");
  if (of.kind === "power" && of.of.kind === "abs") return powerLines("beta", z, by, of.exponent, "beta");
  const asNorm = of.kind === "power" ? of : { of, exponent: ONE };
  if (asNorm.of.kind === "sum" && asNorm.of.of.every(isSquareOf))
    return powerLines("norm(beta)", `${z}_d`, by, mul(asNorm.exponent, q(2n)), "beta_d");
  if (of.kind !== "sum") return null;
  const terms = of.of.map((t) => (t.kind === "power" ? t : { kind: "power" as const, of: t, exponent: ONE }));
  const e = terms[0]!.exponent;
  if (!terms.every((t) => compare(t.exponent, e) === 0)) return null;
  if (terms.every((t) => t.of.kind === "abs")) return powerLines("beta_d", `${z}_d`, by, e, "beta_d");
  if (terms.every((t) => t.of.kind === "bin")) return powerLines("betahat_k", `${z}hat_k`, by, e, "betahat_k");
  const groups = terms.every((t) => t.of.kind === "sum" && t.of.of.every(isSquareOf));
  return groups ? powerLines("norm(beta_g)", `${z}_g`, by, mul(e, q(2n)), "beta_g") : null;
}
