/**
 * The claim "the limit maximizes the margin over the l1 norm of the Fourier coefficients" (convolution of depth 2), judged as
 * any claim about the margin over a norm. Source: Gunasekar et al. 2018, Theorem 2.
 */
import type { Claim } from "../theorem.js";
import { limitIsMaxMarginOf } from "./max-margin-of.js";

export const limitIsFourierL1MaxMargin: Claim = limitIsMaxMarginOf(
  "fourier-l1",
  "the limit of the predictor maximizes the margin over the l1 norm of its Fourier coefficients",
);
