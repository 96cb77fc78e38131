/**
 * What a hunt has counted so far, in memory that the waiting thread sees too: where a check of a theorem never ends, its thread is
 * ended a moment after the budget, and the counts are all that is known.
 */
export interface Counts {
  readonly ran: number;
  readonly inScope: number;
  readonly outOfScope: number;
  readonly inconclusive: number;
  readonly setAside: number;
}

const KEYS = ["ran", "inScope", "outOfScope", "inconclusive", "setAside"] as const;
const FOUND = KEYS.length;
/** Milliseconds that a case has to end after the budget, and that the certificates of the smallest one may take. */
const GRACE = { hunt: 5000, shrink: 60_000 } as const;

export const newTally = (): SharedArrayBuffer => new SharedArrayBuffer(4 * (FOUND + 1));

export function writeTally(tally: SharedArrayBuffer, counts: Counts, found: boolean): void {
  const words = new Int32Array(tally);
  KEYS.forEach((key, i) => {
    Atomics.store(words, i, counts[key]);
  });
  Atomics.store(words, FOUND, found ? 1 : 0);
}

export interface Tallied {
  readonly counts: Counts;
  /** One was found and is being made smaller. */
  readonly found: boolean;
}

export function readTally(tally: SharedArrayBuffer): Tallied {
  const [ran, inScope, outOfScope, inconclusive, setAside, found] = new Int32Array(tally);
  return {
    counts: {
      ...{ ran: ran!, inScope: inScope!, outOfScope: outOfScope! },
      ...{ inconclusive: inconclusive!, setAside: setAside! },
    },
    found: found === 1,
  };
}

/** Says, asked again and again, whether a hunt with this budget (seconds) should long have ended. */
export function overdue(tally: SharedArrayBuffer, budget: number): () => boolean {
  let [start, shrinking] = [performance.now(), false];
  return () => {
    const now = performance.now();
    if (!shrinking && readTally(tally).found) [start, shrinking] = [now, true];
    return now - start > budget * 1000 + (shrinking ? GRACE.shrink : GRACE.hunt);
  };
}
