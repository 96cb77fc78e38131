/**
 * Wrong use: one sentence with who, what was expected and what was found. The command line prints it and exits with 2.
 * Wrong luck (a run that does not get there) is never an error: it is a named stop reason.
 */
export class UseError extends Error {
  override readonly name = "UseError";
}
