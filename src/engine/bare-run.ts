/**
 * The point of a bare run and its steps, in the coordinates that are fastest: a network that is a product of circular
 * convolutions goes in its half spectrum (models/coordinatewise, an orthogonal change, so the steps are those of the network
 * itself), and is transformed back only where its predictor is asked for. A network that no kernel knows goes by apply and
 * pullback. What is exactly zero or symmetric only in the network's own coordinates is so to rounding in others.
 */
import type { Parameterization } from "../models/architecture.js";
import { coordinatewiseForm } from "../models/coordinatewise.js";
import type { LossFunction } from "../models/loss.js";
import type { SignedData } from "../models/signed-data.js";
import { axpy } from "../numeric/vec.js";
import { createKernelSlope, kernelNetwork } from "./kernels/slope.js";
import { createTrainer } from "./trainer.js";

export interface BareRun {
  /** log L at the point. */
  logLoss(): number;
  /** w <- w + h u, u = -grad log L, `steps` >= 1 times or until log L is not finite: how many times. Allocates nothing. */
  run(steps: number, h: number): number;
  beta(): number[];
}

function withoutKernel(P: Parameterization, data: SignedData, loss: LossFunction, init: Float64Array): BareRun {
  const trainer = createTrainer(P, data, loss);
  const w = Float64Array.from(init);
  const u = new Float64Array(w.length);
  let logLoss = trainer.look(w);
  return {
    logLoss: () => logLoss,
    run(steps, h) {
      let done = 0;
      do {
        trainer.direction(w, u);
        axpy(h, u, w);
        logLoss = trainer.look(w);
        done += 1;
      } while (done < steps && Number.isFinite(logLoss));
      return done;
    },
    beta: () => Array.from(trainer.beta),
  };
}

export function startBareRun(P: Parameterization, data: SignedData, loss: LossFunction, init: Float64Array): BareRun {
  const { N, D } = data;
  const form = coordinatewiseForm(P);
  const own = form === null || form.torus === null;
  const network = D === P.dimensions.dim ? kernelNetwork(own ? P : form.P) : null;
  if (network === null) return withoutKernel(P, data, loss, init);
  const [z, w] = [Float64Array.from(data.z), Float64Array.from(init)];
  if (!own) {
    for (let n = 0; n < N; n++) form.toCoordinates(z.subarray(n * D, (n + 1) * D));
    for (let l = 0; l < form.depth; l++) form.toCoordinates(w.subarray(l * D, (l + 1) * D));
  }
  const slope = createKernelSlope(network, { N, D, z }, loss)!;
  slope.put(w);
  slope.look();
  return {
    logLoss: slope.logLoss,
    run: slope.run,
    beta() {
      const beta = new Float64Array(D);
      slope.beta(beta);
      if (!own) form.fromCoordinates(beta);
      return Array.from(beta);
    },
  };
}
