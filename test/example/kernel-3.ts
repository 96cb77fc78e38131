/**
 * A conjecture that is false: what Theorem 2 of Gunasekar et al. 2018 says of full-width filters, said of filters of length 3.
 */
import { convolutional, defineConjecture, defineTheorem, limitHypotheses, limitIsMaxMarginOf } from "biasproof";

const theorem = defineTheorem({
  id: "kernel-3-fourier-l1",
  statement:
    "A convolutional network of two layers, the first with a kernel of length 3, converges in direction to a maximizer of the margin over the l1 norm of the Fourier coefficients.",
  scope: { architectures: ["convolutional"], depth: 2 },
  entries: { "gradient-flow": { hypotheses: limitHypotheses, claims: [limitIsMaxMarginOf("fourier-l1")] } },
});

export default defineConjecture({
  theorem,
  space: { networks: [{ architecture: convolutional, options: { kernel: 3 } }], minDim: 4, maxDim: 5, maxPoints: 2 },
});
