/**
 * `biasproof predict DATA --regularizer R`: the predicted limit with its certificate, exactly or up to a certified gap. Trains
 * nothing.
 */

import type { PredictDocument } from "../../kernel/document.js";
import { GAP_GOAL } from "../../kernel/tolerance.js";
import { UseError } from "../../kernel/use-error.js";
import { EXIT } from "../../kernel/verdict.js";
import { oracleNamed, type Prediction, REGULARIZERS } from "../../oracle/regularizers/index.js";
import { seedValue } from "../arguments.js";
import { checkOutputs, inputsOf } from "../check-outputs.js";
import type { Command } from "../command.js";
import { DATA_USAGE, loadData } from "../data-source.js";
import { deliverJson } from "../deliver-json.js";
import { choices, DATA_FLAGS, DEFAULTS, JSON_FLAG } from "../flags.js";
import { summary } from "../predict-summary.js";
import { versions } from "../versions.js";
import { atWork } from "../work/at-work.js";

/** Numbers with commas between them. */
function startOf(text: string | undefined): readonly number[] | null {
  if (text === undefined) return null;
  const numbers = text.split(",").map((part) => (part.trim() === "" ? Number.NaN : Number(part)));
  if (!numbers.every(Number.isFinite))
    throw new UseError(
      `predict: expected --start to be finite numbers with commas between, got "${text.slice(0, 40)}"`,
    );
  return numbers;
}

/** What is left open, a sentence each. */
function unsolvedOf(o: Prediction): string[] {
  if (!o.separable) return [];
  const { gap, stationary } = o;
  if (stationary !== undefined)
    return stationary.points.length > 0
      ? []
      : [`no stationary point was certified: ${stationary.why ?? "none was found"}`];
  return gap !== null && gap <= GAP_GOAL
    ? []
    : [
        `a gap of ${(gap ?? 1).toExponential(1)} is left: these data are too badly conditioned for it to close (goal ${GAP_GOAL})`,
      ];
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
    "all-stationary": {
      value: null,
      help: "of a bridge: all its stationary points (D up to 8; Fourier: 16, not known complete)",
    },
    start: { value: "V,V,...", help: "of a bridge: the predictor to go downhill from (default: the l2 max margin)" },
    seed: { value: "N", help: "of random starts for --all-stationary in Fourier space (default 1)" },
    ...DATA_FLAGS,
    json: JSON_FLAG,
  },
  example: "biasproof predict iris --positive setosa --regularizer bridge:2/3 --all-stationary",
  async run(args, terminal) {
    const start = performance.now();
    const [word, ...more] = args.positional;
    if (word === undefined || more.length > 0)
      throw new UseError(`predict: expected one data set, got ${args.positional.length}`);
    const asked = args.values.get("regularizer") ?? DEFAULTS.regularizer;
    const { oracle, regularizer } = oracleNamed("--regularizer", asked);
    const all = args.switches.has("all-stationary");
    const from = startOf(args.values.get("start"));
    const seed = BigInt(seedValue("predict", args.values.get("seed") ?? "1"));
    if (oracle.stationary !== true && (all || from !== null || args.values.has("seed")))
      throw new UseError(
        `predict: expected a bridge with --all-stationary, --start and --seed, got ${regularizer}, which is convex`,
      );
    if (all && from !== null) throw new UseError("predict: expected --all-stationary or --start, got both");
    checkOutputs(args, inputsOf(word, args));
    const data = loadData(word, args);
    for (const note of data.notes) terminal.note(note);
    const { value: o } = await atWork("optimum", { regularizer, data: data.dataset, all, start: from, seed }, terminal);
    const unsolved = unsolvedOf(o);
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
    return o.separable ? (unsolved.length === 0 ? 0 : EXIT.inconclusive) : EXIT["out-of-scope"];
  },
};
