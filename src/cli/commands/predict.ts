/**
 * `biasproof predict DATA --regularizer R`: the predicted limit with its certificate, exactly or up to a certified gap. Trains
 * nothing.
 */

import type { PredictDocument } from "../../kernel/document.js";
import { GAP_GOAL } from "../../kernel/tolerance.js";
import { UseError } from "../../kernel/use-error.js";
import { EXIT } from "../../kernel/verdict.js";
import { oracleNamed, REGULARIZERS, type RegularizerOracle } from "../../oracle/regularizers/index.js";
import { checkOutputs, inputsOf } from "../check-outputs.js";
import type { Command } from "../command.js";
import { DATA_USAGE, loadData } from "../data-source.js";
import { deliverJson } from "../deliver-json.js";
import { choices, DATA_FLAGS, DEFAULTS, JSON_FLAG } from "../flags.js";
import type { Prediction } from "../optimum.js";
import { versions } from "../versions.js";
import { atWork } from "../work/at-work.js";

const four = (x: number): string => String(Number(x.toPrecision(6)));

/** Whether it is the only optimum; `how` says on what grounds, if that is not exact. */
const only = (value: boolean | null | undefined, one: string, how: string): string =>
  value === true
    ? `the only ${one}${how}`
    : value === false
      ? `not the only ${one}${how}`
      : `not known to be the only ${one}`;

function summary(oracle: RegularizerOracle, o: Prediction, names: readonly string[] | null): string {
  const [beta, dual, objective] = [o.beta ?? [], o.dual ?? [], o.objective ?? 0];
  const carriers = `${dual.filter((a) => a > 0).length} of ${dual.length} points have a positive multiplier`;
  const exact = o.gap === 0 && o.certificate.kind === "exact-kkt";
  const observed = exact ? "" : " (observed)";
  return [
    `${oracle.title}: ${oracle.objective} = ${four(objective)}, margin = ${four(1 / objective)}`,
    exact
      ? `${carriers}; primal = dual exactly`
      : `${carriers}; certified relative gap at most ${(o.gap ?? 1).toExponential(1)}, no solver trusted`,
    ...(oracle.name === "l2"
      ? []
      : [
          `this optimum is ${only(o.unique?.beta, "one", observed)}, its multipliers are ${only(o.unique?.dual, "ones", observed)}`,
        ]),
    ...beta.slice(0, 20).map((b, d) => `  ${(names?.[d] ?? `x${d}`).padEnd(24)} ${[b].flat().map(four).join("  ")}`),
    ...(beta.length > 20 ? [`  ... and ${beta.length - 20} more (--json - has all)`] : []),
  ].join("\n");
}

export const predict: Command = {
  name: "predict",
  summary: "solve the max-margin problem that a theorem predicts as the limit, with a certificate",
  usage: DATA_USAGE,
  flags: {
    regularizer: {
      value: "R",
      help: choices(
        REGULARIZERS.map((r) => `${r.name}: ${r.problem}`),
        `${REGULARIZERS[0]?.name}: ${REGULARIZERS[0]?.problem}`,
      ),
    },
    ...DATA_FLAGS,
    json: JSON_FLAG,
  },
  example: "biasproof predict iris --positive setosa --regularizer l1 --json -",
  async run(args, terminal) {
    const start = performance.now();
    const [word, ...more] = args.positional;
    if (word === undefined || more.length > 0)
      throw new UseError(`predict: expected one data set, got ${args.positional.length}`);
    const asked = args.values.get("regularizer") ?? DEFAULTS.regularizer;
    const { oracle, regularizer } = oracleNamed("--regularizer", asked);
    checkOutputs(args, inputsOf(word, args));
    const data = loadData(word, args);
    for (const note of data.notes) terminal.note(note);
    const { value: o } = await atWork("optimum", { regularizer, data: data.dataset }, terminal);
    const solved = o.gap !== null && o.gap <= GAP_GOAL;
    const unsolved =
      o.separable && !solved
        ? [
            `a gap of ${(o.gap ?? 1).toExponential(1)} is left: these data are too badly conditioned for doubles (goal ${GAP_GOAL})`,
          ]
        : [];
    for (const note of unsolved) terminal.note(note);
    const document: PredictDocument = {
      schemaVersion: 1,
      command: "predict",
      regularizer,
      ...o,
      notes: [...data.notes, ...unsolved],
      versions: versions(),
      timing: { seconds: (performance.now() - start) / 1000 },
    };
    const text = o.separable
      ? summary(oracle, o, data.dataset.features)
      : "out of scope: no linear predictor through the origin separates these points (Farkas certificate).";
    deliverJson(document, text, args, terminal);
    return o.separable ? (solved ? 0 : EXIT.inconclusive) : EXIT["out-of-scope"];
  },
};
