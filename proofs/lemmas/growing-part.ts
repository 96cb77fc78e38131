/**
 * The algebra of growth at depth 2: for coefficients a, b of the two layers with a' = conj(b) r, b' = conj(a) r and r = rho u,
 * |u| = 1 fixed, the part s = a + u conj(b) has s' = rho s, t = a - u conj(b) has t' = -rho t, and
 * |s|^2 - |t|^2 = 4 Re(conj(u) a b): what the product ab has along u. Real and imaginary parts are symbols, so these are
 * polynomial identities and hold for all complex numbers; real ones (a diagonal network) are the case of imaginary parts 0.
 * Source: Gunasekar et al. 2018, Theorem 2, proof.
 */
import {
  constant,
  equalPolynomials,
  negated,
  type Polynomial,
  product,
  sum,
  variable,
} from "../../src/exact/polynomial.js";
import { ofNumber, type Q } from "../../src/exact/rational.js";
import { rationals } from "../../src/exact/ring.js";
import { lemma } from "../../src/verify/proof-node.js";

type Real = Polynomial<Q>;
interface Complex {
  readonly re: Real;
  readonly im: Real;
}

/** a, b, u by their parts, and rho. */
const SYMBOLS = 7;
const symbol = (i: number): Real => variable(rationals, SYMBOLS, i);
const whole = (n: number): Real => constant(rationals, SYMBOLS, ofNumber(n));
const difference = (x: Real, y: Real): Real => sum(x, negated(y));
const conjugate = ({ re, im }: Complex): Complex => ({ re, im: negated(im) });
const plus = (x: Complex, y: Complex): Complex => ({ re: sum(x.re, y.re), im: sum(x.im, y.im) });
const minus = (x: Complex, y: Complex): Complex => ({ re: difference(x.re, y.re), im: difference(x.im, y.im) });
const times = (x: Complex, y: Complex): Complex => ({
  re: difference(product(x.re, y.re), product(x.im, y.im)),
  im: sum(product(x.re, y.im), product(x.im, y.re)),
});
const stretched = (c: Real, { re, im }: Complex): Complex => ({ re: product(c, re), im: product(c, im) });
const modulusSquared = ({ re, im }: Complex): Real => sum(product(re, re), product(im, im));
const same = (x: Complex, y: Complex): boolean => equalPolynomials(x.re, y.re) && equalPolynomials(x.im, y.im);

/** The layers' velocities; the flow of the network has conj(b) r and conj(a) r. */
export type Velocities = (a: Complex, b: Complex, r: Complex) => readonly [Complex, Complex];
export const OF_THE_FLOW: Velocities = (a, b, r) => [times(conjugate(b), r), times(conjugate(a), r)];

export function identitiesHold(velocities: Velocities): boolean {
  const [a, b, u] = [0, 2, 4].map((i) => ({ re: symbol(i), im: symbol(i + 1) })) as [Complex, Complex, Complex];
  const rho = symbol(6);
  const [da, db] = velocities(a, b, stretched(rho, u));
  const s = plus(a, times(u, conjugate(b)));
  const t = minus(a, times(u, conjugate(b)));
  const ds = plus(da, times(u, conjugate(db)));
  const dt = minus(da, times(u, conjugate(db)));
  // s' - rho s and t' + rho t are multiples of |u|^2 - 1, which is 0.
  const unit = product(rho, difference(modulusSquared(u), whole(1)));
  return (
    same(minus(ds, stretched(rho, s)), stretched(unit, a)) &&
    same(plus(dt, stretched(rho, t)), negate(stretched(unit, a))) &&
    equalPolynomials(
      difference(modulusSquared(s), modulusSquared(t)),
      product(whole(4), times(conjugate(u), times(a, b)).re),
    )
  );
}

const negate = ({ re, im }: Complex): Complex => ({ re: negated(re), im: negated(im) });

export const growingPart = lemma({
  id: "growing-part",
  statement:
    "if a' = conj(b) r and b' = conj(a) r with r = rho u, u of modulus 1 and fixed, then s = a + u conj(b) grows as s' = rho s, t = a - u conj(b) decays as t' = -rho t, and 4 Re(conj(u) a b) = |s|^2 - |t|^2",
  source: { key: "gunasekar-2018", locator: "Theorem 2, proof" },
  uses: [],
  argument: "Put the velocities in and use u conj(u) = 1.",
  check: () =>
    identitiesHold(OF_THE_FLOW)
      ? {
          holds: true,
          evidence: "exact",
          why: "decided as polynomial identities in the parts of a, b and u and in rho, up to multiples of |u|^2 - 1",
        }
      : { holds: false, evidence: "assumed", why: "the identities fail" },
});
