/** Names that are not taken: a certificate's own letters beside a user's. */

/** `name`, or the first of name_, name__, ... that is not in `taken`. */
export function freshName(name: string, taken: readonly string[]): string {
  let fresh = name;
  while (taken.includes(fresh)) fresh += "_";
  return fresh;
}

/** The first of `letters` that no name begins with as a stem: z is taken by z, z1 and z_0, not by zoo. */
export function freshLetter(letters: readonly string[], taken: readonly string[]): string {
  const stems = new Set(taken.map((name) => name.replace(/[0-9]*(_.*)?$/, "")));
  return letters.find((letter) => !stems.has(letter)) ?? freshName(letters[0] ?? "x", [...stems]);
}
