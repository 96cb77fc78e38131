/** The numbers of their kind, each with its reason. Nothing else in the core compares against a bare constant. */
export interface Tolerance {
  readonly value: number;
  readonly why: string;
}

const tolerance = (value: number, why: string): Tolerance => Object.freeze({ value, why });

/** Default certified angle (radians) at which a run may end. */
export const ANGLE = tolerance(
  0.1,
  "explicit descent approaches its limit like 1/log(1/loss); the limit engine will tighten this",
);
/** Default certified angle (radians) at the limit of a run, where the predicted optimum is unique. */
export const LIMIT_ANGLE = tolerance(
  1e-8,
  "the limit engine ends within rounding of a limit; what is left is the conditioning of the optimum",
);
/** Certified relative residual of stationarity, or gap of a margin, at the limit of a run. */
export const RESIDUAL = tolerance(1e-10, "the limit engine's own goal; rounding leaves about 1e-14");
/** Certified relative distance of the limit from an exact stationary point, and of its weights from the multipliers there. */
export const NEARBY = tolerance(
  1e-8,
  "as the angle at a limit; a residual of 1e-10 and the conditioning of a random stationary point",
);
/** A claimed condition that the limit misses by this much is contradicted. */
export const RESIDUAL_CONTRADICTION = tolerance(
  1e-6,
  "ten thousand times what the engine leaves of the conditions that a limit does satisfy",
);
/** The least error bar (radians) that a limit reached by the engine is given. */
export const LIMIT_ERROR = tolerance(1e-9, "residuals of 1e-10 and the conditioning of a random optimum");
/** A contradiction must be this many error bars large. */
export const CONTRADICTION_FACTOR = tolerance(10, "a refutation must convince a reader and not be a rounding artifact");
/** Octaves of log(1/loss) over which the distance to the limit must have fallen. */
export const OCTAVES = tolerance(
  3,
  "one octave can be luck; the extrapolation needs at least three points on the curve",
);
/** A fast reading against the exact one, relative to the size of the sums involved. */
export const FAST_VERSUS_EXACT = tolerance(1e-12, "a few hundred roundings of 2^-53 each, two digits to spare");
/** Angle by which halving every step may turn the predictor for a run to count as following gradient flow. */
export const FLOW_AGREEMENT = tolerance(
  0.05,
  "a first-order method errs by about this much from the flow; the limits compared here are a constant apart, and the figure is shown",
);
/** How far the logarithm of the ratio of two successive rates of the loss may be from 0. */
export const LOSS_RATE = tolerance(
  0.1,
  "the next order of the expansion is 1/log(1/loss)^2, at most 0.03 where runs end; a wrong power of time gives 1 or so",
);

/** Relative gap of a max margin that is solved in floating point: rounding leaves 1e-15 to 1e-14, half a Newton step 1e-8. */
export const GAP_GOAL = 1e-12;
