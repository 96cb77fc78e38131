/** `biasproof train DATA`: bare gradient descent, no step control, no clipping; the recorded iterates. */

import { train } from "../../engine/train.js";
import type { TrainDocument } from "../../kernel/document.js";
import { STOP_REASONS } from "../../kernel/stop.js";
import { UseError } from "../../kernel/use-error.js";
import { EXIT } from "../../kernel/verdict.js";
import { ARCHITECTURES } from "../../models/architectures/index.js";
import { byName } from "../../models/by-name.js";
import { gaussianInitialization, initializationFromLayers } from "../../models/initialization.js";
import { LOSSES } from "../../models/losses/index.js";
import { OPTIMIZERS } from "../../models/optimizers/index.js";
import { signedData } from "../../models/signed-data.js";
import { numberValue, positiveInteger } from "../arguments.js";
import { networkFrom, requireVectors } from "../case-from-arguments.js";
import { checkOutputs, inputsOf } from "../check-outputs.js";
import { type Command, DATA_FLAGS, NETWORK_FLAGS } from "../command.js";
import { deliverJson } from "../deliver-json.js";
import { loadData } from "../files.js";
import { versions } from "../versions.js";

/** "0,1,10": distinct non-negative integers, ascending. */
function recordList(text: string): number[] {
  const steps = text.split(",").map((part) => (/^[0-9]+$/.test(part.trim()) ? Number(part) : Number.NaN));
  if (!steps.every(Number.isSafeInteger))
    throw new UseError(`train: expected --record to be steps such as 0,1,10, got "${text.slice(0, 60)}"`);
  return [...new Set(steps)].sort((a, b) => a - b);
}

export const trainCommand: Command = {
  name: "train",
  summary: "bare gradient descent on a data set: no step control, no clipping",
  usage: "DATA [flags]   (DATA: a CSV or JSON file, or iris, wdbc, digits)",
  flags: {
    ...DATA_FLAGS,
    ...NETWORK_FLAGS,
    steps: { value: "T", help: "number of steps (default: the last recorded one, or 100)" },
    record: { value: "0,1,10", help: "steps to record (default: the first and the last)" },
    json: { value: "FILE|-", help: "write the JSON document to a file, or to stdout (and nothing else there)" },
  },
  example:
    "biasproof train iris --positive setosa --depth 2 --optimizer gradient-descent --step 0.001 --steps 100 --record 0,10,100",
  async run(args, terminal) {
    const start = performance.now();
    const [word, ...more] = args.positional;
    if (word === undefined || more.length > 0)
      throw new UseError(`train: expected one data set, got ${args.positional.length}`);
    const network = networkFrom("train", args, "gradient-descent");
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
    checkOutputs(args, inputsOf(word, args));
    const data = loadData(word, args);
    requireVectors("train", data);
    for (const note of data.notes) terminal.note(note);
    const P = byName("--architecture", ARCHITECTURES, network.architecture).build({
      dim: data.dataset.shape[0]!,
      depth: network.depth,
      ...(network.widths === null ? {} : { widths: network.widths }),
    });
    const result = train({
      P,
      data: signedData(data.dataset),
      loss: byName("--loss", LOSSES, network.loss),
      optimizer: byName("--optimizer", OPTIMIZERS, network.optimizer),
      init:
        network.init.kind === "gaussian"
          ? gaussianInitialization(P, BigInt(network.seed), network.init.scale)
          : initializationFromLayers(P, network.init.layers),
      eta,
      steps,
      record: listed ?? [0, steps],
    });
    const document: TrainDocument = {
      schemaVersion: 1,
      command: "train",
      records: result.records.map((r) => ({ ...r, loss: Number.isFinite(r.loss) ? r.loss : null, beta: [...r.beta] })),
      steps: result.steps,
      stop: result.stop,
      settings: { ...network, step: eta, dim: data.dataset.shape[0]! },
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
    terminal.print(
      [
        "      step  loss          log loss        beta",
        ...lines,
        `${result.steps} steps of ${eta}: ${STOP_REASONS[result.stop]}${result.stop === "diverged" ? "; try a smaller --step" : ""}`,
      ].join("\n"),
    );
    deliverJson(document, args, terminal);
    return result.stop === "diverged" ? EXIT.inconclusive : 0;
  },
};
