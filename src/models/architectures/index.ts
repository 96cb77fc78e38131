/** Every architecture of the toolkit, by its name on the command line. A new one is one new file and one line here. */
import type { Architecture } from "../architecture.js";
import { convolutional } from "./convolutional.js";
import { convolutional2d } from "./convolutional-2d.js";
import { diagonal } from "./diagonal.js";
import { fullyConnected } from "./fully-connected.js";
import { linear } from "./linear.js";
import { linearConvolutional } from "./linear-convolutional.js";
import { multiChannel } from "./multi-channel.js";
import { residualDiagonal } from "./residual-diagonal.js";

export const ARCHITECTURES: readonly Architecture[] = Object.freeze([
  linear,
  fullyConnected,
  diagonal,
  convolutional,
  convolutional2d,
  multiChannel,
  linearConvolutional,
  residualDiagonal,
]);
