/**
 * A kernel: one network on one data set in one memory, with the steps of bare descent on the exponential loss in one call.
 * Two engines with the same bits: `wasm`, generated for exactly these sizes, and `plain`, which needs no compiler. Without
 * a choice a kernel begins plain and changes over after WARM steps, if there is WebAssembly and it has room: who takes few
 * steps does not pay for compiling. Memory beside the arrays: the code, a few thousand bytes.
 */
import type { SignedData } from "../../models/signed-data.js";
import {
  type Code,
  type FunctionSpec,
  f64,
  i32,
  instantiate,
  int,
  place,
  repeat,
  s,
  v,
  v128,
} from "../../numeric/wasm.js";
import { margins, marginsCode, residual, residualCode, weights, weightsCode } from "./data.js";
import { type Memory, memoryOf } from "./memory.js";
import type { KernelNetwork, Target, Variable } from "./network.js";

/** What works on the memory. Each returns nothing but what lies there afterwards. */
export interface Engine {
  readonly x: Float64Array;
  /** Of x: margins and weights of the N points. */
  readonly margins: Float64Array;
  readonly weights: Float64Array;
  /** q and margins, from w. */
  measure(): void;
  /** weights e_n, least and total, from margins. */
  weigh(): void;
  /** w <- w + h u, or u alone, where u is the pullback of sum_n e_n z_n / total. */
  push(h: number): void;
  pull(): void;
  /** measure and weigh. */
  look(): void;
  /** push and look, `steps` >= 1 times or until the loss is no number any more; how many times it were. */
  run(steps: number, h: number): number;
}

export interface Kernel {
  readonly m: Memory;
  /** For that many steps; not to be kept for more, as it may change. */
  engine(steps: number): Engine;
}

export type EngineName = "plain" | "wasm";

const WARM = 1024;
/** Of the memory that a kernel may take for itself in WebAssembly, in bytes. */
const ROOM = 268435456;

type Operations = Omit<Engine, "x" | "margins" | "weights">;

const engineOn = (x: Float64Array, m: Memory, operations: Operations): Engine => ({
  ...operations,
  x,
  margins: x.subarray(m.margins, m.margins + m.N),
  weights: x.subarray(m.weights, m.weights + m.N),
});

function plainEngine(network: KernelNetwork, m: Memory): Engine {
  const x = new Float64Array(m.size);
  const measure = (): void => {
    network.apply(x, m);
    margins(x, m);
  };
  const step = (h: number, to: Target): void => {
    residual(x, m);
    network.push(x, m, h / x[m.total]!, to);
  };
  const look = (): void => {
    measure();
    weights(x, m);
  };
  return engineOn(x, m, {
    measure,
    weigh: () => weights(x, m),
    push: (h) => step(h, "w"),
    pull: () => step(1, "u"),
    look,
    run(steps, h) {
      let done = 0;
      do {
        step(h, "w");
        look();
        done += 1;
      } while (done < steps && !Number.isNaN(x[m.total]!));
      return done;
    },
  });
}

/** `run` is one body without calls, whose registers and constants the compiler sees at once. */
function code(network: KernelNetwork, m: Memory): FunctionSpec[] {
  const total = s.load(place(8 * m.total));
  const measure = (variable: Variable): Code => [network.applyCode(m, variable), marginsCode(m, variable)];
  const look = (variable: Variable): Code => [measure(variable), weightsCode(m, variable)];
  const step = (variable: Variable, h: Code, to: Target): Code => {
    const factor = variable(v128);
    return [residualCode(m, variable), factor.set(v.splat(s.div(h, total))), network.pushCode(m, variable, factor, to)];
  };
  const none = { parameters: [], result: null } as const;
  return [
    { ...none, name: "measure", body: (_, variable) => measure(variable) },
    { ...none, name: "weigh", body: (_, variable) => weightsCode(m, variable) },
    { ...none, name: "look", body: (_, variable) => look(variable) },
    { ...none, name: "push", parameters: [f64], body: ([h], variable) => step(variable, h!.get, "w") },
    { ...none, name: "pull", body: (_, variable) => step(variable, s.of(1), "u") },
    {
      name: "run",
      parameters: [i32, f64],
      result: i32,
      body([steps, h], variable) {
        const done = variable(i32);
        return [
          repeat(
            [step(variable, h!.get, "w"), look(variable), done.set(int.add(done.get, int.of(1)))],
            int.and(int.less(done.get, steps!.get), s.equal(total, total)),
          ),
          done.get,
        ];
      },
    },
  ];
}

/** null where there is no WebAssembly with SIMD, or no room. */
function wasmEngine(network: KernelNetwork, m: Memory): Engine | null {
  const made = 8 * m.size > ROOM ? null : instantiate<Operations>(code(network, m), m.size);
  return made === null ? null : engineOn(made.x, m, made.functions);
}

function load(network: KernelNetwork, { N, D, z }: SignedData, m: Memory, x: Float64Array): void {
  for (let n = 0; n < N; n++)
    for (let d = 0; d < D; d++) {
      const slot = network.slotOf[d]!;
      const value = network.factor[d]! * z[n * D + d]!;
      x[m.rows + n * m.slots + slot] = value;
      x[m.columns + slot * m.points + n] = value;
    }
  x[m.total] = 1;
}

/** A kernel for data in the network's own coordinates; null if it is to be on an engine that cannot be had. */
export function createKernel(network: KernelNetwork, data: SignedData, only?: EngineName): Kernel | null {
  const m = memoryOf(data.N, network.slots, network.parameterSlots, network.scratchSlots);
  const first = only === "wasm" ? wasmEngine(network, m) : plainEngine(network, m);
  if (first === null) return null;
  load(network, data, m, first.x);
  let engine = first;
  let cold = only === undefined ? WARM : 0;
  return {
    m,
    engine(steps) {
      if (cold > 0) {
        cold -= steps;
        const next = cold > 0 ? null : wasmEngine(network, m);
        next?.x.set(engine.x);
        engine = next ?? engine;
      }
      return engine;
    },
  };
}
