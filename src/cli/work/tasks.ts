/**
 * The work that may take long: plain data in, plain data out, so that it can be done in a thread of its own. What each
 * needs is loaded there, so that the waiting side starts fast.
 */
import type { DocumentJudgment } from "../../certify/document.js";
import type { TrainResult } from "../../engine/train.js";
import type { DeriveDocument, DeriveInput } from "../../kernel/derive-document.js";
import type { RunDocument } from "../../kernel/document.js";
import type { Falsified, FalsifyInput } from "../falsify/hunt.js";
import type { LimitInput, LimitOutcome } from "../limit-network.js";
import type { OptimumInput, Prediction } from "../optimum.js";
import type { CaseInput } from "../run-case.js";
import type { TrainInput } from "../train-network.js";
import type { Watch } from "./watch.js";

export interface JudgeInput {
  readonly bytes: Uint8Array;
  /** How sentences name the document. */
  readonly file: string;
}

export interface Rejudged {
  readonly judgments: readonly DocumentJudgment[];
  /** What was not judged, a sentence each. */
  readonly notJudged: readonly string[];
}

export interface Tasks {
  readonly case: (input: CaseInput, watch: Watch) => Promise<RunDocument>;
  readonly train: (input: TrainInput, watch: Watch) => Promise<TrainResult>;
  readonly limit: (input: LimitInput, watch: Watch) => Promise<LimitOutcome>;
  readonly derive: (input: DeriveInput) => Promise<Omit<DeriveDocument, "timing">>;
  readonly optimum: (input: OptimumInput) => Promise<Prediction>;
  readonly falsify: (input: FalsifyInput, watch: Watch) => Promise<Falsified>;
  readonly judge: (input: JudgeInput) => Promise<Rejudged>;
}

export const TASKS: Tasks = {
  case: async (input, watch) => (await import("../run-case.js")).runCase(input, watch),
  train: async (input, watch) => (await import("../train-network.js")).trainNetwork(input, watch),
  limit: async (input, watch) => (await import("../limit-network.js")).limitNetwork(input, watch),
  derive: async (input) => (await import("../derive/network.js")).deriveNetwork(input),
  optimum: async (input) => (await import("../optimum.js")).predictOptimum(input),
  falsify: async (input, watch) => (await import("../falsify/hunt.js")).falsify(input, watch),
  judge: async (input) => (await import("../judge-file.js")).judgeFile(input),
};
