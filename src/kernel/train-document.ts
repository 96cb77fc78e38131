/** The JSON document of `train`: bare steps of an optimizer and the iterates that were asked for. */
import type { SCHEMA_VERSION, Timing, Versions } from "./document.js";
import type { StopReason } from "./stop.js";

export interface TrainDocument {
  readonly schemaVersion: typeof SCHEMA_VERSION;
  readonly command: "train";
  readonly records: readonly {
    readonly step: number;
    /** exp(logLoss), 0 where that underflows, null where it overflows. */
    readonly loss: number | null;
    readonly logLoss: number;
    readonly beta: readonly number[];
  }[];
  readonly steps: number;
  readonly stop: StopReason;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly notes: readonly string[];
  readonly versions: Versions;
  readonly timing: Timing;
}
