/** `biasproof limit DATA`: the limit direction of a network's training, with the residuals of the network itself there. */
import { LIMIT_STOPS } from "../../engine/limit.js";
import type { LimitDocument } from "../../kernel/limit-document.js";
import { UseError } from "../../kernel/use-error.js";
import { EXIT } from "../../kernel/verdict.js";
import { byName } from "../../models/by-name.js";
import { OPTIMIZERS } from "../../models/optimizers/index.js";
import { limitTable } from "../../report/terminal/limit-table.js";
import { durationValue, numberValue } from "../arguments.js";
import { fitNetwork, networkFrom } from "../case-from-arguments.js";
import { checkOutputs, inputsOf } from "../check-outputs.js";
import type { Command } from "../command.js";
import { DATA_USAGE, loadData } from "../data-source.js";
import { deliverJson } from "../deliver-json.js";
import { DATA_FLAGS, DEFAULTS, JSON_FLAG, networkFlags } from "../flags.js";
import { versions } from "../versions.js";
import { atWork } from "../work/at-work.js";

export const limit: Command = {
  name: "limit",
  summary: "the limit direction of training, to rounding: descent, then continuation in the logarithm of the norm",
  usage: DATA_USAGE,
  flags: {
    ...DATA_FLAGS,
    ...networkFlags("run"),
    handover: { value: "M", help: "log(1/loss) at which continuation takes over from descent (default 64)" },
    turn: {
      value: "RAD",
      help: "largest turn of the direction in one step of continuation (default 0.02); where the limit depends on the path, finer ones are tried by themselves",
    },
    budget: { value: "TIME", help: "time budget such as 20s or 2m (default 20s)" },
    json: JSON_FLAG,
  },
  example: "biasproof limit iris --positive setosa --architecture convolutional --depth 2",
  async run(args, terminal) {
    const start = performance.now();
    const [word, ...more] = args.positional;
    if (word === undefined || more.length > 0)
      throw new UseError(`limit: expected one data set, got ${args.positional.length}`);
    const number = (flag: string, standard: string, low: number, high: number, what: string): number =>
      numberValue("limit", flag, args.values.get(flag) ?? standard, low, high, what);
    const network = networkFrom("limit", args, DEFAULTS.optimizer.run);
    // The step control alone bounds loss-normalized steps, as in a run; a bounded step has a bound.
    const bounded = byName("--optimizer", OPTIMIZERS, network.optimizer).facts.boundedSteps;
    const eta =
      args.values.get("step") === undefined && !bounded
        ? Number.POSITIVE_INFINITY
        : number("step", "1", 1e-300, 1e300, "a number from 1e-300 to 1e300");
    const handover = number("handover", "64", 1, 1e6, "a number from 1 to 1e6");
    const turn = number("turn", "0.02", 1e-6, 0.1, "an angle from 1e-6 to 0.1");
    const seconds = durationValue("limit", "budget", args.values.get("budget") ?? "20s");
    checkOutputs(args, inputsOf(word, args));
    const data = loadData(word, args);
    fitNetwork("limit", args, network, data);
    for (const note of data.notes) terminal.note(note);
    const order = { network, dataset: data.dataset, eta, handover, turn, seconds };
    const {
      value: { limit: r, certificate },
    } = await atWork("limit", order, terminal);
    for (const note of r.notes) terminal.note(note);
    const { descent } = r.phases;
    const logInverseLoss = Number.isFinite(descent.logInverseLoss) ? descent.logInverseLoss : null;
    const document: LimitDocument = {
      schemaVersion: 1,
      command: "limit",
      stop: r.stop,
      why: r.why === "" ? LIMIT_STOPS[r.stop] : r.why,
      beta: r.beta === null ? null : [...r.beta],
      dual: r.dual === null ? null : [...r.dual],
      kkt: r.kkt,
      phases: { ...r.phases, descent: { steps: descent.steps, logInverseLoss } },
      errorBar: r.errorBar,
      rate: r.rate,
      point: r.point,
      weightsMoved: r.weightsMoved,
      monitors: r.monitors,
      blocks:
        r.alive === null
          ? null
          : {
              total: r.alive.length,
              dead: r.alive.filter((a) => a === "dead").length,
              oneSigned: r.alive.filter((a) => a === "positive" || a === "negative").length,
            },
      basin: r.basin,
      certificate,
      settings: { ...network, step: Number.isFinite(eta) ? eta : null, handover, turn, dim: data.dataset.shape[0]! },
      notes: [...data.notes, ...r.notes],
      versions: versions(),
      timing: { seconds: (performance.now() - start) / 1000 },
    };
    deliverJson(document, limitTable(document, data.dataset.name, terminal.color), args, terminal);
    if (r.stop === "interrupted") return EXIT.interrupted;
    return r.stop === "goal-met" ? 0 : EXIT.inconclusive;
  },
};
