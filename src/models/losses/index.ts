/** Every loss of the toolkit, by its name on the command line. */
import type { LossFunction } from "../loss.js";
import { exponential } from "./exponential.js";
import { logistic } from "./logistic.js";

export const LOSSES: readonly LossFunction[] = Object.freeze([exponential, logistic]);
