/**
 * Certificates: plain JSON whose numbers are rationals "p/q" (or "p"), no methods. Each carries its data, so that a
 * judge needs nothing else. All of them are statements about {x_n, y_n} with margins m_n(b) = y_n <x_n, b>, no bias.
 * The data are integers X over one positive integer `scale`: x_n = X_n / scale.
 */
import type { AlgebraCertificate, PolynomialJSON } from "./algebra-certificate.js";
import type { Rational } from "./rational-text.js";

export type { Rational } from "./rational-text.js";

export interface DataJSON {
  readonly scale: string;
  readonly X: readonly (readonly string[])[];
  readonly y: readonly number[];
  /** Of one point, where it is no plain vector: X holds its entries row major. */
  readonly shape?: readonly number[];
}

/** `beta` has least margin at least `margin` > 0 on the data: they are strictly separable through the origin. */
export interface SeparationCertificate {
  readonly kind: "separation";
  readonly data: DataJSON;
  readonly beta: readonly Rational[];
  readonly margin: Rational;
}

/** lambda >= 0, sum lambda = 1, sum lambda_n y_n x_n = 0: no b has all margins positive (Gordan 1873). */
export interface FarkasCertificate {
  readonly kind: "farkas";
  readonly data: DataJSON;
  readonly lambda: readonly Rational[];
}

/** `beta` is the unique minimizer of |b|_2 subject to margins >= 1, with multipliers `dual`; |beta|_2^2 = sum dual. */
export interface ExactKktCertificate {
  readonly kind: "exact-kkt";
  readonly data: DataJSON;
  readonly regularizer: "l2";
  readonly beta: readonly Rational[];
  readonly dual: readonly Rational[];
  /** |beta|_2^2, exactly. */
  readonly objectiveSquared: Rational;
}

/**
 * `beta` minimizes the norm R = l1 or linf subject to margins >= 1, and `dual` its dual, the largest sum of alpha >= 0 with
 * |sum alpha_n y_n x_n| <= 1 in the dual norm: both are feasible, and R(beta) = sum dual = `objective`. Not that either is
 * the only one.
 */
export interface PolyhedralKktCertificate {
  readonly kind: "exact-kkt";
  readonly data: DataJSON;
  readonly regularizer: "l1" | "linf";
  readonly beta: readonly Rational[];
  readonly dual: readonly Rational[];
  /** R(beta), exactly. */
  readonly objective: Rational;
}

/** The angle (radians, in [0, pi]) between `reached` and the certified optimum lies in [lower, upper]. */
export interface DirectionBoundCertificate {
  readonly kind: "direction-bound";
  readonly data: DataJSON;
  readonly optimum: Pick<ExactKktCertificate, "regularizer" | "beta" | "dual" | "objectiveSquared">;
  readonly reached: readonly Rational[];
  readonly angle: { readonly lower: Rational; readonly upper: Rational };
}

/**
 * Solver-free: for any q in the simplex and margin(reached) >= 0,
 * cos(angle to the l2 max-margin direction) >= margin(reached) / (|reached|_2 |sum q_n y_n x_n|_2), so angle <= `upper`.
 */
export interface DualityGapCertificate {
  readonly kind: "duality-gap";
  readonly data: DataJSON;
  readonly regularizer: "l2";
  readonly reached: readonly Rational[];
  readonly q: readonly Rational[];
  readonly angle: { readonly upper: Rational };
}

/** What a claim may say the limit direction is, other than the l2 max margin: another maximizer, or the mean of the y_n x_n. */
export type ClaimedLimit =
  | { readonly kind: "max-margin"; readonly regularizer: "l1" | "linf" }
  | { readonly kind: "mean" };

/**
 * Every direction that the claim allows makes an angle of at least `distance` with `reached`, and distance >= 10 errorBar,
 * errorBar being how far from `reached` the limit may be, as observed along the run. Where the run was seen to end at the
 * l2 optimum, that is `limit`, certified within errorBar of `reached`; `null` where the limit has no name.
 * For l2 the proof is the certified optimum, the only direction allowed. For another norm R it is a witness v and q in the
 * simplex. With mu = margin(v)/R(v) > 0, any maximizer o of margin/R has h(o) >= 0 for h(b) = sum q_n m_n(b) - mu R(b); h is concave with supergradient z(q) - mu s at `reached`, s in the
 * subdifferential of R there, so |o - u| >= -h(u) / |z(q) - mu s| for the unit vectors o and u along `reached`.
 * For the mean the proof is the angle itself.
 */
export interface CounterexampleCertificate {
  readonly kind: "counterexample";
  readonly data: DataJSON;
  readonly claim: ClaimedLimit | { readonly kind: "max-margin"; readonly regularizer: "l2" };
  readonly reached: readonly Rational[];
  readonly distance: Rational;
  readonly errorBar: Rational;
  readonly limit: DirectionBoundCertificate["optimum"] | null;
  readonly proof:
    | { readonly by: "optimum"; readonly optimum: DirectionBoundCertificate["optimum"] }
    | { readonly by: "witness"; readonly v: readonly Rational[]; readonly q: readonly Rational[] }
    | { readonly by: "angle" };
}

/** A penalty sum_k |b_k|^p of the coefficients b of a predictor: unitary Fourier coefficients on the circle, or its own. */
export interface PenaltyJSON {
  readonly space: "fourier" | "signal";
  /** "n/d" in (0, 1], or "2". */
  readonly p: Rational;
}

/** Upper bounds of the residuals of exact/bridge.ts, each relative. */
export interface BridgeParts {
  /** max(0, 1 - least margin). */
  readonly feasibility: Rational;
  /** The largest coefficient off the support over the largest of all. */
  readonly offSupport: Rational;
  /** max(0, |z_k| / kappa - 1) off the support, for p = 1. */
  readonly dualDomain: Rational;
  /** (q.m - min m) / min m. */
  readonly complementarity: Rational;
  /** The sine of the angle between z and |b|^(p-2) b on the support. */
  readonly stationarity: Rational;
}

/**
 * How far `reached` with weights `q` in the simplex is from a first-order stationary point of `penalty` subject to margins
 * >= 1, with z = sum q_n y_n x_n and the coefficients in `support` as those that are not 0 (indices 0 ... D/2 of the Fourier
 * ones, one of each conjugate pair; 0 ... D-1 of the signal's own): `parts` from above, the largest of them in `largest`.
 */
export interface BridgeResidualCertificate {
  readonly kind: "bridge-residual";
  readonly data: DataJSON;
  readonly penalty: PenaltyJSON;
  readonly reached: readonly Rational[];
  readonly q: readonly Rational[];
  readonly support: readonly number[];
  readonly parts: BridgeParts;
  readonly largest: { readonly lower: Rational; readonly upper: Rational };
}

/** A polynomial map over Q, up to a positive factor: one polynomial for each coordinate of the predictor. */
export interface MapJSON {
  readonly variables: readonly string[];
  readonly polynomials: readonly PolynomialJSON[];
}

/** Upper bounds of the residuals of exact/parameter-kkt.ts, each relative. */
export interface ParameterParts {
  /** max(0, 1 - least margin) of `reached`. */
  readonly feasibility: Rational;
  /** The sine of the angle between P(w) and `reached`. */
  readonly predictor: Rational;
  /** (q.m - min m) / min m, with the margins m of P(w). */
  readonly complementarity: Rational;
  /** |w - c J(w)^T z| / |w| for the best c, z = sum q_n y_n x_n. */
  readonly stationarity: Rational;
}

/**
 * How far the parameters `w` of a homogeneous `map` P, up to a positive factor, are with weights `q` in the simplex from a KKT
 * point of min |w|^2 subject to y_n <x_n, P(w)> >= 1, and P(w) from the direction of `reached`: `parts` from above, the
 * largest of them in `largest`. That the map is that of a network it does not say.
 */
export interface KktResidualCertificate {
  readonly kind: "kkt-residual";
  readonly data: DataJSON;
  readonly map: MapJSON;
  readonly w: readonly Rational[];
  readonly q: readonly Rational[];
  readonly reached: readonly Rational[];
  readonly parts: ParameterParts;
  readonly largest: { readonly lower: Rational; readonly upper: Rational };
}

/**
 * For r(b) = min_n m_n(b) / R(b) with R the norm that `regularizer` names (exact/norms), and r* its maximum: 1 - r(reached)/r*
 * is in [lower, upper]. From above solver-free, r* <= R*(z) for z = sum q_n y_n x_n, R* the dual norm and any q in the
 * simplex; from below by a witness v, r* >= r(v) (0 where there is none).
 */
export interface MarginGapCertificate {
  readonly kind: "margin-gap";
  readonly data: DataJSON;
  readonly regularizer: string;
  readonly reached: readonly Rational[];
  readonly q: readonly Rational[];
  readonly witness: readonly Rational[] | null;
  readonly gap: { readonly lower: Rational; readonly upper: Rational };
}

/**
 * An exact first-order stationary point of `penalty` (p < 1) subject to margins >= 1, whose coefficients are not 0 exactly on
 * `support`, with multipliers above 0 exactly on `active`, where margins are 1: it exists in the box
 * |u_k - c_k| <= r |c_k|, |alpha_n - c_n| <= r |c_n| (largest entry; r = `radius`, c = `center`), and no other with this support
 * and these active margins is there. `center` lists, for k in the support, the coefficient (real; or real and imaginary part
 * of one of a conjugate pair), then the multipliers. With b the point, |reached - b|_2 <= distance.upper |b|_2, and its
 * penalty is in `objective`. First-order: nothing is asked where a coefficient is 0, so not even a local minimum is claimed.
 */
export interface StationaryPointCertificate {
  readonly kind: "stationary-point";
  readonly data: DataJSON;
  readonly penalty: PenaltyJSON;
  readonly support: readonly number[];
  readonly active: readonly number[];
  readonly center: readonly Rational[];
  readonly radius: Rational;
  readonly reached: readonly Rational[];
  readonly distance: { readonly upper: Rational };
  readonly objective: { readonly lower: Rational; readonly upper: Rational };
}

/**
 * W[d, r] = sum_k (left right^T)[k R + r, (d - k) mod D] has, up to the share gap.upper, the best margin over the norm of kernel
 * size K, the least nuclear norm of a Q in R^(K R x D) that gives W so; for K = 1, "nuclear", that of W in R^(D x R). `left`
 * (K R x rank) and `right` (D x rank) are row major. Solver-free: the norm of W is at most (|left|^2 + |right|^2) / 2, and no
 * predictor has more margin over its norm than the largest singular value of M(z), z = sum q_n y_n x_n (exact/spectral.ts).
 */
export interface SpectralGapCertificate {
  readonly kind: "spectral-gap";
  readonly data: DataJSON;
  readonly regularizer: "nuclear" | `kernel:${number}`;
  readonly left: readonly Rational[];
  readonly right: readonly Rational[];
  readonly q: readonly Rational[];
  readonly gap: { readonly lower: "0"; readonly upper: Rational };
}

/**
 * With S(b) = sum_k |b_k|^p / (min_n m_n(b))^p, the penalty of b scaled to least margin 1 (all D unitary Fourier coefficients, or
 * the entries): S(witness) <= (1 - gap.lower) S_e(reached), where e = errorBar |reached|_2 and S_e(u) = sum_k max(0, |u_k| - e)^p /
 * (min_n m_n(u) + |x_n|_2 e)^p is below the S of every b with |b - u|_2 <= e; and gap.lower >= 10 (1 - S_e / S) (reached). So no
 * predictor within the error bar is a global minimizer of the penalty subject to margins >= 1.
 */
export interface SmallerPenaltyCertificate {
  readonly kind: "smaller-penalty";
  readonly data: DataJSON;
  readonly penalty: PenaltyJSON;
  readonly reached: readonly Rational[];
  readonly errorBar: Rational;
  readonly witness: readonly Rational[];
  readonly gap: { readonly lower: Rational };
}

/**
 * Both predictors separate the data, the angle between them is at least `distance`, and distance >= 10 (first.errorBar +
 * second.errorBar), each error bar being how far (rad) the limit of a run may be from where it stands, as observed along it:
 * the two runs do not end in one direction.
 */
export interface TwoLimitsCertificate {
  readonly kind: "two-limits";
  readonly data: DataJSON;
  readonly first: { readonly reached: readonly Rational[]; readonly errorBar: Rational };
  readonly second: { readonly reached: readonly Rational[]; readonly errorBar: Rational };
  readonly distance: Rational;
}

export type Certificate =
  | SeparationCertificate
  | FarkasCertificate
  | ExactKktCertificate
  | PolyhedralKktCertificate
  | DirectionBoundCertificate
  | DualityGapCertificate
  | CounterexampleCertificate
  | BridgeResidualCertificate
  | KktResidualCertificate
  | MarginGapCertificate
  | SpectralGapCertificate
  | StationaryPointCertificate
  | SmallerPenaltyCertificate
  | TwoLimitsCertificate
  | AlgebraCertificate;

export type CertificateKind = Certificate["kind"];

/**
 * Why a certificate was refused: it says something false or is malformed (`refuted`), or a number in it is longer than the
 * judge reads (`too-large`), and then nothing was found out about it.
 */
export type RefusalCause = "refuted" | "too-large";

/** The judge's answer: accepted on stated grounds, or refused for a stated reason. */
export type Judgment =
  | { readonly accepted: true; readonly kind: CertificateKind; readonly statement: string }
  | { readonly accepted: false; readonly kind: string; readonly reason: string; readonly cause: RefusalCause };
