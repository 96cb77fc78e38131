/** Documents show doubles: an optimum beyond their range is refused in a sentence. Errors: UseError. */
import { UseError } from "../kernel/use-error.js";

/** x, which is a norm, a scale or an entry of an optimum, once it is a finite double. */
export function inDoubles(x: number): number {
  if (Number.isFinite(x)) return x;
  throw new UseError(
    "predict: expected data whose optimum is within the range of doubles, found one beyond; scale the data",
  );
}
