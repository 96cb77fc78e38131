/**
 * Elementary functions that give the same bits on every ECMAScript engine. ECMAScript leaves the precision of Math.exp,
 * Math.log, Math.pow, Math.sin and so on to the engine, while + - * / and Math.sqrt are correctly rounded by IEEE 754:
 * these functions use only the latter, comparisons, Math.abs, Math.floor and access to the bits.
 * Source: fdlibm (Sun Microsystems 1993), a family a file. Error < 1 ulp each, special values as those of Math.
 */
export { atan, atan2 } from "./elementary/atan.js";
export { exp, expm1 } from "./elementary/exp.js";
export { log, log1p } from "./elementary/log.js";
export { pow } from "./elementary/pow.js";
export { cos, sin } from "./elementary/trig.js";
