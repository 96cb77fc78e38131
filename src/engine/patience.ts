/**
 * How a run hears that it is to end, and says how far it is. Short loops ask `cancelled` between their steps; long ones inside
 * a step call `checkpoint`, which throws `Ended` past them to the run, where it becomes a named stop. Cost: what is asked.
 */
export type Ending = "time-budget" | "interrupted";

/** Not an error: the way out of the middle of a step. Caught where the run begins, never seen outside. */
export class Ended extends Error {
  override readonly name = "Ended";
  constructor(readonly reason: Ending) {
    super(reason);
  }
}

/** How far a run is, in the measure of its phase. */
export type Progress =
  | { readonly phase: "descent"; readonly steps: number; readonly logInverseLoss: number }
  | {
      readonly phase: "continuation" | "finish" | "polish";
      readonly steps: number;
      readonly logLogInverseLoss: number;
    };

export interface PatienceOptions {
  /** Ends the run as `interrupted` once aborted; an AbortSignal is one. */
  readonly signal?: { readonly aborted: boolean };
  /** Asked now and then; a reason ends the run. */
  readonly cancelled?: () => Ending | null;
  /** Told now and then how far the run is. */
  readonly progress?: (p: Progress) => void;
}

export interface Patience {
  readonly cancelled: () => Ending | null;
  /** Throws `Ended`. */
  readonly checkpoint: () => void;
  readonly progress: (p: Progress) => void;
}

export function patienceOf({ signal, cancelled, progress }: PatienceOptions): Patience {
  const ask = (): Ending | null => (signal?.aborted === true ? "interrupted" : (cancelled?.() ?? null));
  return {
    cancelled: ask,
    checkpoint() {
      const reason = ask();
      if (reason !== null) throw new Ended(reason);
    },
    progress: (p) => progress?.(p),
  };
}
