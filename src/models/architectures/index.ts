/** Every architecture of the toolkit, by its name on the command line. A new one is one new file and one line here. */
import type { Architecture } from "../architecture.js";
import { convolutional } from "./convolutional.js";
import { diagonal } from "./diagonal.js";
import { fullyConnected } from "./fully-connected.js";
import { linear } from "./linear.js";

export const ARCHITECTURES: readonly Architecture[] = Object.freeze([linear, fullyConnected, diagonal, convolutional]);
