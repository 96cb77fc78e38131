/** Finds a named thing in a catalogue; throws UseError that lists what there is. */
import { UseError } from "../kernel/use-error.js";

export function byName<T extends { readonly name: string }>(what: string, list: readonly T[], name: string): T {
  const found = list.find((item) => item.name === name);
  if (found === undefined)
    throw new UseError(`${what}: expected one of ${list.map((item) => item.name).join(", ")}, got "${name}"`);
  return found;
}
