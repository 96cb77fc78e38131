/** The rules of the calculus, in the order in which they are tried. A new one is one new file and one line here. */
import type { RegularizerRule } from "../problem.js";
import { commonMonomial } from "./common-factor.js";
import { contraction } from "./contraction.js";
import { directSum } from "./direct-sum.js";
import { linear } from "./linear.js";
import { matrixProduct } from "./matrix-product.js";
import { monomial } from "./monomial.js";
import { parallel } from "./parallel.js";

export const RULES: readonly RegularizerRule[] = Object.freeze([
  directSum,
  linear,
  monomial,
  commonMonomial,
  contraction,
  matrixProduct,
  parallel,
]);
