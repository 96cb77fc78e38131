/**
 * Networks of convolutions whose blocks are not decided one by one (several channels, narrow kernels): is there a frequency at
 * which two filters or more of every product vanish, up to rounding? There the gradient vanishes with them, for ever where the
 * filters have full width, and rounding would wake it. Seen in floating point: a suspicion, which is enough not to go on.
 * Cost: a transform by definition for each filter.
 */
import { turnPart } from "../numeric/dft.js";
import { length2 } from "../numeric/vec.js";
import { phaseTable } from "./fourier.js";
import type { FourierStructure, TorusFilter } from "./torus.js";

/** |transform| below this share of the sum of all |entries| may be an exact zero that rounding moved. */
const SUSPECT = 1e-9;

export function hasSilentFrequency({ shape, channels }: FourierStructure, w: Float64Array): boolean {
  const { order, exponent } = phaseTable(shape);
  const size = shape.reduce((a, b) => a * b, 1);
  const vanishes = ({ parameters, positions }: TorusFilter, k: number): boolean => {
    let [re, im, total] = [0, 0, 0];
    positions.forEach((at, i) => {
      const x = w[parameters[i]!]!;
      const [c, s] = turnPart(exponent(k, at), order);
      re += x * c;
      im -= x * s;
      total += Math.abs(x);
    });
    return length2(re, im) <= SUSPECT * total;
  };
  const products = channels.flatMap((c) => c.products);
  for (let k = 0; k < size; k++)
    if (products.every((filters) => filters.filter((f) => vanishes(f, k)).length >= 2)) return true;
  return false;
}
