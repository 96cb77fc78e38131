/** `biasproof predict DATA --regularizer l2`: the predicted limit, exactly, with its certificate. Trains nothing. */

import { toNumber } from "../../exact/rational.js";
import { entriesOf, showVector } from "../../exact/vector.js";
import type { PredictDocument } from "../../kernel/document.js";
import { UseError } from "../../kernel/use-error.js";
import { EXIT } from "../../kernel/verdict.js";
import { byName } from "../../models/by-name.js";
import { checkOutputs, inputsOf } from "../check-outputs.js";
import type { Command } from "../command.js";
import { DATA_USAGE, loadData, requireVectors } from "../data-source.js";
import { deliverJson } from "../deliver-json.js";
import { choices, DATA_FLAGS, DEFAULTS, JSON_FLAG, REGULARIZERS } from "../flags.js";
import { versions } from "../versions.js";
import { atWork } from "../work/at-work.js";

const four = (x: number): string => String(Number(x.toPrecision(6)));

export const predict: Command = {
  name: "predict",
  summary: "solve the max-margin problem that a theorem predicts as the limit, exactly",
  usage: DATA_USAGE,
  flags: {
    regularizer: {
      value: "R",
      help: choices(
        REGULARIZERS.map((r) => `${r.name}: ${r.problem}`),
        "",
      ),
    },
    ...DATA_FLAGS,
    json: JSON_FLAG,
  },
  example: "biasproof predict iris --positive setosa --regularizer l2 --json -",
  async run(args, terminal) {
    const start = performance.now();
    const [word, ...more] = args.positional;
    if (word === undefined || more.length > 0)
      throw new UseError(`predict: expected one data set, got ${args.positional.length}`);
    const asked = args.values.get("regularizer") ?? DEFAULTS.regularizer;
    const regularizer = byName("--regularizer", REGULARIZERS, asked).name;
    checkOutputs(args, inputsOf(word, args));
    const data = loadData(word, args);
    requireVectors("predict", data);
    for (const note of data.notes) terminal.note(note);
    const { value: o } = await atWork("optimum", data.dataset, terminal);
    const common = {
      schemaVersion: 1,
      command: "predict",
      regularizer,
      notes: data.notes,
      versions: versions(),
    } as const;
    const timing = { seconds: (performance.now() - start) / 1000 };
    if (!o.separable) {
      const document: PredictDocument = {
        ...common,
        separable: false,
        beta: null,
        betaExact: null,
        objective: null,
        objectiveSquared: null,
        dual: null,
        dualExact: null,
        gap: null,
        certificate: o.certificate,
        timing,
      };
      const text = "out of scope: no linear predictor through the origin separates these points (Farkas certificate).";
      deliverJson(document, text, args, terminal);
      return EXIT["out-of-scope"];
    }
    const beta = entriesOf(o.beta).map(toNumber);
    const document: PredictDocument = {
      ...common,
      separable: true,
      beta,
      betaExact: showVector(o.beta),
      objective: o.objective,
      objectiveSquared: o.certificate.objectiveSquared,
      dual: entriesOf(o.dual).map(toNumber),
      dualExact: showVector(o.dual),
      gap: 0,
      certificate: o.certificate,
      timing,
    };
    const names = data.dataset.features ?? beta.map((_, d) => `x${d}`);
    const support = o.dual.n.filter((a) => a > 0n).length;
    const text = [
      `l2 max margin (hard-margin SVM without bias), exact: |beta|_2 = ${four(o.objective)}, margin = ${four(1 / o.objective)}`,
      `${support} of ${data.dataset.X.length} points have a positive multiplier; primal = dual exactly`,
      ...beta.slice(0, 20).map((b, d) => `  ${names[d]!.padEnd(24)} ${four(b)}`),
      ...(beta.length > 20 ? [`  ... and ${beta.length - 20} more (--json - has all)`] : []),
    ].join("\n");
    deliverJson(document, text, args, terminal);
    return 0;
  },
};
