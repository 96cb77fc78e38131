/** What went wrong with a file, in a few words that follow "but": from the codes of the operating system, for people. */

const KNOWN: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EISDIR: "it is a directory",
  EACCES: "permission is denied",
  ENOTDIR: "a part of its path is not a directory",
  EPERM: "it is not permitted",
  EROFS: "the file system is read-only",
  ENOSPC: "there is no space left",
  EDQUOT: "the quota is used up",
  EFBIG: "the file would become too large",
  EIO: "the device reports a fault",
  EEXIST: "something of that name is in the way",
  ENAMETOOLONG: "its name is too long",
  ERR_INVALID_ARG_VALUE: "no file can be called so",
  ELOOP: "its links go in a circle",
};

/** The code of a fault of the operating system; null where there is none. */
export function faultCode(error: unknown): string | null {
  const code = (error as { readonly code?: unknown } | null)?.code;
  return typeof code === "string" ? code : null;
}

export function fileFault(error: unknown): string {
  const known = KNOWN[faultCode(error) ?? ""];
  return known ?? (error instanceof Error ? error.message.split("\n")[0]! : String(error));
}
