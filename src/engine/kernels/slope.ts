/**
 * A kernel seen from outside: parameters, predictors and slopes of a network in its own order, on any loss. The exponential
 * loss stays in the kernel; of another, the kernel takes the slopes that its `evaluate` leaves in the weights, with total 1.
 */
import type { Parameterization } from "../../models/architecture.js";
import { blocksOf, coordinatewiseForm } from "../../models/coordinatewise.js";
import type { LossFunction } from "../../models/loss.js";
import { exponential } from "../../models/losses/exponential.js";
import type { SignedData } from "../../models/signed-data.js";
import { log } from "../../numeric/elementary.js";
import { blockNetwork } from "./block-network.js";
import { denseNetwork } from "./dense-network.js";
import { createKernel, type EngineName } from "./kernel.js";
import type { KernelNetwork } from "./network.js";

/** Deeper networks would make too much code; they are left to apply and pullback. */
const DEEPEST = 32;

/** The network as kernels know it, in its own coordinates, or null. */
export function kernelNetwork(P: Parameterization): KernelNetwork | null {
  const { depth } = P.dimensions;
  if (P.layers.length !== depth || depth > DEEPEST) return null;
  const blocks = blocksOf(P);
  if (blocks !== null) return blockNetwork(blocks, depth);
  if (P.architecture === "fully-connected" && depth > 1) return denseNetwork(P.layers);
  const form = coordinatewiseForm(P);
  return form !== null && form.torus === null ? blockNetwork(form.blocks, depth) : null;
}

export interface KernelSlope {
  /** Takes w over; what else is there is stale until the next look. */
  put(w: Float64Array): void;
  /** log L there. */
  look(): number;
  /**
   * After a look, w <- w + h u with u = -grad log L and look again, `steps` >= 1 times or until log L is not finite: how many
   * times it were. Allocates nothing.
   */
  run(steps: number, h: number): number;
  /** log L where the last look or run ended. */
  logLoss(): number;
  /** u, after a look. */
  direction(out: Float64Array): void;
  parameters(out: Float64Array): void;
  beta(out: Float64Array): void;
  margins(out: Float64Array): void;
  /** Loss-normalized slopes; and r = sum p_n z_n, after `direction`. */
  weights(out: Float64Array): void;
  residual(out: Float64Array): void;
}

export function createKernelSlope(
  network: KernelNetwork,
  data: SignedData,
  loss: LossFunction,
  only?: EngineName,
): KernelSlope | null {
  const kernel = createKernel(network, data, only);
  if (kernel === null) return null;
  const { m, engine } = kernel;
  const { slotOf, parameterSlotOf, factor } = network;
  const gather = (start: number, slots: Int32Array, out: Float64Array): void => {
    const { x } = engine(0);
    for (let i = 0; i < slots.length; i++) out[i] = x[start + slots[i]!]!;
  };
  let logLoss = Number.NaN;
  function look(): number {
    if (loss === exponential) {
      const { x, look } = engine(1);
      look();
      logLoss = log(x[m.total]!) - x[m.least]!;
    } else {
      const { x, margins, weights, measure } = engine(1);
      measure();
      x[m.total] = 1;
      logLoss = loss.evaluate(margins, weights);
    }
    return logLoss;
  }
  return {
    put(w) {
      const { x } = engine(0);
      for (let i = 0; i < w.length; i++) x[m.w + parameterSlotOf[i]!] = w[i]!;
    },
    look,
    run(steps, h) {
      if (loss === exponential) {
        const { x, run } = engine(steps);
        const done = run(steps, h);
        logLoss = log(x[m.total]!) - x[m.least]!;
        return done;
      }
      let done = 0;
      do {
        engine(0).push(h);
        look();
        done += 1;
      } while (done < steps && Number.isFinite(logLoss));
      return done;
    },
    logLoss: () => logLoss,
    direction(out) {
      engine(0).pull();
      gather(m.u, parameterSlotOf, out);
    },
    parameters: (out) => gather(m.w, parameterSlotOf, out),
    beta(out) {
      gather(m.q, slotOf, out);
      for (let d = 0; d < out.length; d++) out[d] = factor[d]! * out[d]!;
    },
    margins(out) {
      out.set(engine(0).margins);
    },
    weights(out) {
      const { x, weights } = engine(0);
      for (let n = 0; n < out.length; n++) out[n] = weights[n]! / x[m.total]!;
    },
    residual(out) {
      gather(m.residual, slotOf, out);
      const total = engine(0).x[m.total]!;
      for (let d = 0; d < out.length; d++) out[d] = out[d]! / factor[d]! / total;
    },
  };
}
