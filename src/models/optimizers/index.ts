/** Every optimizer of the toolkit, by its name on the command line. A new one is one new file and one line here. */
import type { Optimizer } from "../optimizer.js";
import { gradientDescent } from "./gradient-descent.js";
import { gradientFlow } from "./gradient-flow.js";
import { localGradientDescent } from "./local-gradient-descent.js";
import { momentum } from "./momentum.js";
import { normalizedGradientDescent } from "./normalized-gradient-descent.js";

export const OPTIMIZERS: readonly Optimizer[] = Object.freeze([
  gradientDescent,
  localGradientDescent,
  momentum,
  normalizedGradientDescent,
  gradientFlow,
]);
