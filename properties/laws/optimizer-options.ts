/**
 * The laws of what may be chosen of an optimizer, skipped by name where it does not take the option.
 * momentum:
 * - heavy-ball: on a quadratic whose iterates are short binary fractions they are those of
 *   w_{t+1} = w_t - eta L A w_t + mu (w_t - w_{t-1}), computed in rationals, also where L falls to e^(-10000) on the way;
 * - rest: with mu = 0 it is gradient descent, to the bit.
 * localError:
 * - accuracy: the distance to flows known in closed form falls with the first order of the error allowed, and is within 100 of it;
 * - conserved: |w_1|^2 - |w_2|^2 of each coordinate of a diagonal network keeps its value as well.
 */
import { startingPoint } from "../../src/engine/own-steps.js";
import { createTrainer } from "../../src/engine/trainer.js";
import { add, mul, ofNumber, type Q, sub, toNumber } from "../../src/exact/rational.js";
import { diagonal } from "../../src/models/architectures/diagonal.js";
import { linear } from "../../src/models/architectures/linear.js";
import { exponential } from "../../src/models/losses/exponential.js";
import { DEFAULT_SETTINGS, type Optimizer, type Slope, stepperOf } from "../../src/models/optimizer.js";
import { gradientDescent } from "../../src/models/optimizers/gradient-descent.js";
import { exp, log } from "../../src/numeric/elementary.js";
import { norm } from "../../src/numeric/vec.js";
import { type Finding, fittedOrder, judgeLaw, type LawReport, sameBits } from "./law.js";
import { walkFrom, wholeStep } from "./optimizer-steps.js";

export const OPTION_LAWS = ["heavy-ball", "rest", "accuracy", "conserved"] as const;
export type OptionLaw = (typeof OPTION_LAWS)[number];

const CURVATURES = [1, 2, 4] as const;
/** log L by step; e^(-10000) is no double. */
const LOSSES = [0, 0, 0, -1e4, -1e4, 0, 0] as const;

/** u = -A w and a loss that only depends on how often it was looked at: at the start, then once a step. */
function quadratic(): Slope {
  let step = -1;
  return {
    look() {
      step += 1;
      return LOSSES[Math.min(step, LOSSES.length - 1)]!;
    },
    direction(w, out) {
      for (const [i, a] of CURVATURES.entries()) out[i] = -a * w[i]!;
    },
  };
}

function heavyBall(o: Optimizer): Finding {
  const init = [1, -0.5, 3];
  for (const [eta, mu] of [
    [0.25, 0.5],
    [0.125, 0.75],
    [0.5, 0],
  ] as const) {
    const slope = quadratic();
    const point = startingPoint(slope, Float64Array.from(init));
    const stepper = stepperOf(o, slope, init.length, { ...DEFAULT_SETTINGS, momentum: mu });
    let before: Q[] = init.map(ofNumber);
    let now = before;
    for (let t = 0; t + 1 < LOSSES.length; t++) {
      const step = LOSSES[t] === 0 ? eta : 0; // eta e^(-10000) changes no digit of these
      const next = now.map((w, i) =>
        add(sub(w, mul(ofNumber(step * CURVATURES[i]!), w)), mul(ofNumber(mu), sub(w, before[i]!))),
      );
      [before, now] = [now, next];
      if (stepper.step(point, eta) !== null) return { wrong: `it stops at step ${t}` };
      for (const [i, w] of now.entries())
        if (!(Math.abs(point.w[i]! - toNumber(w)) <= 1e-14))
          return { wrong: `mu = ${mu}, step ${t}: ${point.w[i]}, not ${toNumber(w)}` };
    }
  }
  return { seen: "the rational iterates" };
}

function rest(o: Optimizer): Finding {
  for (let start = 0; start < 4; start++) {
    const [own, plain] = [walkFrom(o, start, 1, { momentum: 0 }), walkFrom(gradientDescent, start)];
    for (let t = 0; t < 100; t++) {
      wholeStep(own, 1 / 4);
      wholeStep(plain, 1 / 4);
      if (!sameBits(own.point.w, plain.point.w)) return { wrong: `network ${start}: other bits at step ${t}` };
    }
  }
  return { seen: "the bits of gradient descent" };
}

interface Known {
  readonly P: ReturnType<typeof linear.build>;
  readonly z: readonly number[];
  readonly start: readonly number[];
  /** The flow after loss-normalized time s. */
  readonly at: (s: number) => readonly number[];
}

const asinh = (x: number): number => (x < 0 ? -asinh(-x) : log(x + Math.sqrt(x * x + 1)));
const A = 1.5;
const KNOWN: readonly Known[] = [
  {
    // One point, depth 2: w_1 + w_2 grows like e^s, w_1 - w_2 falls like e^(-s).
    P: diagonal.build({ dim: 1, depth: 2 }),
    z: [1],
    start: [0.75, -0.5],
    at: (s) => [0.125 * exp(s) + 0.625 * exp(-s), 0.125 * exp(s) - 0.625 * exp(-s)],
  },
  {
    // The points (1, A) and (1, -A): log L = -x + log(2 cosh(A y)), so sinh(A y) falls like e^(-A^2 s).
    P: linear.build({ dim: 2, depth: 1 }),
    z: [1, A, 1, -A],
    start: [-1, 2],
    at: (s) => [-1 + s, asinh(((exp(2 * A) - exp(-2 * A)) / 2) * exp(-A * A * s)) / A],
  },
];

const square = (x: number): number => x * x;
const ERRORS = [1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9] as const;
const TIME = 4;

function judgeFall(what: string, distances: readonly (readonly [number, number])[]): string | null {
  const shown = distances.map(([, d]) => d.toExponential(1)).join(", ");
  const order = fittedOrder(distances);
  if (!(order >= 0.75)) return `${what}: order ${order.toFixed(2)}: ${shown}`;
  const far = distances.find(([error, d]) => !(d <= 100 * error));
  return far === undefined ? null : `${what}: ${far[1]} where ${far[0]} was allowed`;
}

function accuracy(o: Optimizer): Finding {
  const orders: string[] = [];
  for (const [k, { P, z, start, at }] of KNOWN.entries()) {
    const truth = at(TIME);
    const distances = ERRORS.map((localError): [number, number] => {
      const trainer = createTrainer(
        P,
        { N: z.length / P.dimensions.dim, D: P.dimensions.dim, z: Float64Array.from(z) },
        exponential,
      );
      const point = startingPoint(trainer, Float64Array.from(start));
      const stepper = stepperOf(o, trainer, P.parameters, { ...DEFAULT_SETTINGS, localError });
      if (!wholeStep({ trainer, point, stepper, P }, TIME)) throw new Error("it stops on the way");
      return [localError, norm(point.w.map((x, i) => x - truth[i]!)) / norm(Float64Array.from(truth))];
    });
    const wrong = judgeFall(`flow ${k}`, distances);
    if (wrong !== null) return { wrong };
    orders.push(
      `order ${fittedOrder(distances).toFixed(2)}: ${distances.map(([, d]) => d.toExponential(1)).join(", ")}`,
    );
  }
  return { seen: orders.join("; ") };
}

function conserved(o: Optimizer): Finding {
  const distances = ERRORS.map((localError): [number, number] => {
    const walk = walkFrom(o, 1, 1, { localError });
    const invariants = (): number[] => [0, 1].map((d) => square(walk.point.w[d]!) - square(walk.point.w[2 + d]!));
    const before = invariants();
    wholeStep(walk, TIME);
    const size = norm(walk.point.w);
    return [localError, Math.max(...invariants().map((x, d) => Math.abs(x - before[d]!))) / size / size];
  });
  const wrong = judgeFall("|w_1|^2 - |w_2|^2", distances);
  const shown = `order ${fittedOrder(distances).toFixed(2)}: ${distances.map(([, d]) => d.toExponential(1)).join(", ")}`;
  return wrong === null ? { seen: shown } : { wrong };
}

/** Every law on one optimizer, in the order of OPTION_LAWS. */
export function optionLaws(o: Optimizer): LawReport[] {
  const laws: Readonly<Record<OptionLaw, (o: Optimizer) => Finding>> = {
    "heavy-ball": heavyBall,
    rest,
    accuracy,
    conserved,
  };
  return OPTION_LAWS.map((law) => {
    const option = law === "heavy-ball" || law === "rest" ? "momentum" : "localError";
    return o.options?.includes(option) === true
      ? judgeLaw(law, () => laws[law](o))
      : { law, ok: null, detail: `skipped: it does not take ${option}` };
  });
}
