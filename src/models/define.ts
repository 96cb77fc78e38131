/** What every named thing that can be defined is held to before anything else is known of it: a name, functions, facts. */
import { UseError } from "../kernel/use-error.js";

export function checkNamed(
  kind: string,
  thing: { readonly name: string; readonly facts: object },
  functions: readonly string[],
  facts: readonly string[],
): void {
  const { name } = thing;
  if (typeof name !== "string" || !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name))
    throw new UseError(`${kind}: expected a name of words in lower case, joined by -, got "${String(name)}"`);
  const parts = thing as unknown as Readonly<Record<string, unknown>>;
  const idle = functions.find((f) => typeof parts[f] !== "function");
  if (idle !== undefined) throw new UseError(`${kind} ${name}: expected a function ${idle}, got ${typeof parts[idle]}`);
  const missing = facts.find(
    (fact) => (thing.facts as Readonly<Record<string, unknown>> | undefined)?.[fact] === undefined,
  );
  if (missing !== undefined) throw new UseError(`${kind} ${name}: expected the fact ${missing}, got none`);
}
