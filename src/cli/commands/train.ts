/** `biasproof train DATA`: bare steps of an optimizer, no step control, no clipping; the recorded iterates. */

import type { TrainDocument } from "../../kernel/document.js";
import { STOP_REASONS } from "../../kernel/stop.js";
import { UseError } from "../../kernel/use-error.js";
import { EXIT } from "../../kernel/verdict.js";
import { numberValue, positiveInteger } from "../arguments.js";
import { fitNetwork, networkFrom } from "../case-from-arguments.js";
import { checkOutputs, inputsOf } from "../check-outputs.js";
import type { Command } from "../command.js";
import { DATA_USAGE, loadData } from "../data-source.js";
import { deliverJson } from "../deliver-json.js";
import { DATA_FLAGS, DEFAULTS, JSON_FLAG, networkFlags } from "../flags.js";
import { OPTIMIZER_FLAGS, optimizerSettings } from "../optimizer-options.js";
import { versions } from "../versions.js";
import { atWork } from "../work/at-work.js";

/** "0,1,10": distinct non-negative integers, ascending. */
function recordList(text: string): number[] {
  const steps = text.split(",").map((part) => (/^[0-9]+$/.test(part.trim()) ? Number(part) : Number.NaN));
  if (!steps.every(Number.isSafeInteger))
    throw new UseError(`train: expected --record to be steps such as 0,1,10, got "${text.slice(0, 60)}"`);
  return [...new Set(steps)].sort((a, b) => a - b);
}

export const trainCommand: Command = {
  name: "train",
  summary: "bare steps of an optimizer on a data set: no step control, no clipping",
  usage: DATA_USAGE,
  flags: {
    ...DATA_FLAGS,
    ...networkFlags("train"),
    ...OPTIMIZER_FLAGS,
    steps: { value: "T", help: "number of steps (default: the last recorded one, or 100)" },
    record: { value: "0,1,10", help: "steps to record (default: the first and the last)" },
    json: JSON_FLAG,
  },
  example:
    "biasproof train iris --positive setosa --depth 2 --optimizer gradient-descent --step 0.001 --steps 100 --record 0,10,100",
  async run(args, terminal) {
    const start = performance.now();
    const [word, ...more] = args.positional;
    if (word === undefined || more.length > 0)
      throw new UseError(`train: expected one data set, got ${args.positional.length}`);
    const network = networkFrom("train", args, DEFAULTS.optimizer.train);
    const asked = args.values.get("record");
    const given = args.values.get("steps");
    const listed = asked === undefined ? null : recordList(asked);
    const steps =
      given === undefined
        ? (listed?.[listed.length - 1] ?? 100)
        : given === "0"
          ? 0
          : positiveInteger("train", "steps", given);
    const eta = numberValue(
      "train",
      "step",
      args.values.get("step") ?? "0.01",
      1e-300,
      1e300,
      "a number from 1e-300 to 1e300",
    );
    const options = optimizerSettings("train", args, network.optimizer);
    checkOutputs(args, inputsOf(word, args));
    const data = loadData(word, args);
    fitNetwork("train", args, network, data);
    for (const note of data.notes) terminal.note(note);
    const { dataset } = data;
    const order = { network, dataset, eta, steps, record: listed ?? [0, steps], settings: options };
    const { value: result, interrupted } = await atWork("train", order, terminal);
    const document: TrainDocument = {
      schemaVersion: 1,
      command: "train",
      records: result.records.map((r) => ({ ...r, loss: Number.isFinite(r.loss) ? r.loss : null, beta: [...r.beta] })),
      steps: result.steps,
      stop: result.stop,
      settings: { ...network, step: eta, ...options, dim: data.dataset.shape[0]! },
      notes: data.notes,
      versions: versions(),
      timing: { seconds: (performance.now() - start) / 1000 },
    };
    const lines = result.records.map(
      (r) =>
        `${String(r.step).padStart(10)}  ${r.loss.toExponential(6)}  ${r.logLoss.toPrecision(8).padStart(14)}  [${r.beta
          .slice(0, 4)
          .map((b) => b.toPrecision(6))
          .join(", ")}${r.beta.length > 4 ? ", ..." : ""}]`,
    );
    const text = [
      "      step  loss          log loss        beta",
      ...lines,
      `${result.steps} steps of ${eta}: ${STOP_REASONS[result.stop]}${result.stop === "diverged" ? "; try a smaller --step" : ""}`,
    ].join("\n");
    deliverJson(document, text, args, terminal);
    if (interrupted) return EXIT.interrupted;
    return result.stop === "diverged" ? EXIT.inconclusive : 0;
  },
};
