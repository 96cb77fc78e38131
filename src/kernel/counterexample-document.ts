/**
 * The documents of `falsify`: what a hunt did, and a counterexample as it is kept in a ledger, one a file: the smallest case found,
 * the whole document of its run with its certificates, and how a dropped hypothesis stands on it.
 */
import type { Case } from "./case.js";
import type { HypothesisRow, RunDocument, SCHEMA_VERSION, Timing, Versions } from "./document.js";

export interface CounterexampleDocument {
  readonly schemaVersion: typeof SCHEMA_VERSION;
  readonly command: "counterexample";
  /** The id of the theorem as it was asked for; that of `run` says also what was dropped. */
  readonly of: string;
  /** The hypothesis that was dropped, or null. */
  readonly without: string | null;
  /** That hypothesis on this case: decided false; null where none was dropped. */
  readonly dropped: HypothesisRow | null;
  /** Of the hunt. */
  readonly seed: string;
  readonly case: Case;
  readonly run: RunDocument;
}

export interface FalsifyDocument {
  readonly schemaVersion: typeof SCHEMA_VERSION;
  readonly command: "falsify";
  readonly theorem: string;
  readonly statement: string;
  readonly without: string | null;
  readonly found: boolean;
  /** A case that does not break the dropped hypothesis is out of scope. In-scope cases asked for, cases tried, and what became of them; the last one is the counterexample where there is one. */
  readonly asked: number;
  readonly ran: number;
  readonly inScope: number;
  readonly outOfScope: number;
  readonly inconclusive: number;
  /** Refuted cases that do not count: the optimum is one of many. */
  readonly setAside: number;
  /** Smaller cases found one after the other, and all that were tried for it. */
  readonly shrunk: { readonly steps: number; readonly asked: number } | null;
  /** `unending`: a check did not end, and its thread was; `no-sampler`: no case that is drawn breaks what was dropped. */
  readonly stop: "found" | "asked" | "budget" | "interrupted" | "unending" | "no-sampler";
  readonly drawnFrom: string;
  readonly seed: string;
  readonly counterexample: CounterexampleDocument | null;
  readonly versions: Versions;
  readonly timing: Timing;
}
