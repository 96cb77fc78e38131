/** Every test run draws the same cases: a red test is red again. `biasproof verify` is where fresh seeds are used. */
import fc from "fast-check";

fc.configureGlobal({ seed: 20180601 });
