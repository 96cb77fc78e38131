/** Every family of initializations, the plainest first. A new one is one new file and one line here. */
import { balancedComplex } from "./balanced-complex.js";
import { balancedReal } from "./balanced-real.js";
import { deadBlock } from "./dead-block.js";
import type { InitFamily } from "./define.js";
import { gaussian } from "./gaussian.js";
import { unbalanced } from "./unbalanced.js";

export const INIT_FAMILIES: readonly InitFamily[] = Object.freeze([
  gaussian,
  unbalanced,
  balancedComplex,
  balancedReal,
  deadBlock,
]);
