/** What long work sees of the command that waits for it: whether it was interrupted, and where it may show its progress. */

export interface Watch {
  interrupted(): boolean;
  progress(line: string): void;
}

/** What the thread of the work says to the one that waits. */
export type Message<T> =
  | { readonly kind: "progress"; readonly line: string }
  | { readonly kind: "done"; readonly value: T }
  | { readonly kind: "fault"; readonly use: boolean; readonly message: string };
