/** Every family of data sets, the plainest first. A new one is one new file and one line here. */
import type { DataFamily } from "./define.js";
import { duplicated } from "./duplicated.js";
import { grid } from "./grid.js";
import { illScaled } from "./ill-scaled.js";
import { nearDegenerate } from "./near-degenerate.js";
import { digitsRows, wdbcRows } from "./real-rows.js";
import { sparse } from "./sparse.js";
import { tones } from "./tones.js";

export const DATA_FAMILIES: readonly DataFamily[] = Object.freeze([
  grid,
  sparse,
  duplicated,
  tones,
  nearDegenerate,
  illScaled,
  digitsRows,
  wdbcRows,
]);
