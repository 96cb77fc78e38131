/**
 * Reads `--flag value`, `--flag=value` and switches. A flag that takes a value takes the next word whatever it begins
 * with, so `--at -1,2` works and `--depth -1` reaches the check of depth. (Argument libraries at hand refuse or misread
 * values with a minus sign.) Every fault is a UseError of one sentence.
 */
import { UseError } from "../kernel/use-error.js";

export interface Flag {
  /** Placeholder of its value in the help text; null for a switch. */
  readonly value: string | null;
  readonly help: string;
}

export interface Arguments {
  readonly positional: readonly string[];
  readonly values: ReadonlyMap<string, string>;
  readonly switches: ReadonlySet<string>;
}

export function readArguments(
  command: string,
  words: readonly string[],
  flags: Readonly<Record<string, Flag>>,
): Arguments {
  const positional: string[] = [];
  const values = new Map<string, string>();
  const switches = new Set<string>();
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!;
    if (word === "--") {
      positional.push(...words.slice(i + 1));
      break;
    }
    if (!word.startsWith("--")) {
      if (word.startsWith("-") && word.length > 1 && word !== "-h")
        throw new UseError(`${command}: expected a flag like --name, got "${word}"`);
      if (word === "-h") switches.add("help");
      else positional.push(word);
      continue;
    }
    const cut = word.indexOf("=");
    const name = cut < 0 ? word.slice(2) : word.slice(2, cut);
    const flag = Object.hasOwn(flags, name) ? flags[name] : undefined;
    if (flag === undefined)
      throw new UseError(
        `${command}: expected one of ${Object.keys(flags)
          .map((f) => `--${f}`)
          .join(", ")}, got --${name}`,
      );
    if (values.has(name) || switches.has(name)) throw new UseError(`${command}: expected --${name} once, got it twice`);
    if (flag.value === null) {
      if (cut >= 0) throw new UseError(`${command}: expected --${name} without a value, got "${word}"`);
      switches.add(name);
      continue;
    }
    const value = cut >= 0 ? word.slice(cut + 1) : words[++i];
    if (value === undefined || value === "")
      throw new UseError(`${command}: expected a value after --${name} (${flag.value}), got nothing`);
    values.set(name, value);
  }
  return { positional, values, switches };
}

/** A positive integer, or UseError. */
export function positiveInteger(command: string, name: string, text: string): number {
  const n = /^[0-9]+$/.test(text) ? Number(text) : Number.NaN;
  if (!(Number.isSafeInteger(n) && n >= 1))
    throw new UseError(`${command}: expected --${name} to be a positive integer, got "${text}"`);
  return n;
}

/** A non-negative integer of any size, canonical in decimal. */
export function seedValue(command: string, text: string): string {
  if (!/^[0-9]{1,1000}$/.test(text))
    throw new UseError(`${command}: expected --seed to be a non-negative integer, got "${text.slice(0, 40)}"`);
  return BigInt(text).toString();
}

/** A finite decimal number within bounds. */
export function numberValue(
  command: string,
  name: string,
  text: string,
  low: number,
  high: number,
  what: string,
): number {
  const x = /^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?$/.test(text) ? Number(text) : Number.NaN;
  if (!(x >= low && x <= high)) throw new UseError(`${command}: expected --${name} to be ${what}, got "${text}"`);
  return x;
}

/** "20s", "500ms", "2m" or plain seconds. */
export function durationValue(command: string, name: string, text: string): number {
  const m = /^([0-9]+(?:\.[0-9]+)?)(ms|s|m|h)?$/.exec(text);
  const seconds = m === null ? Number.NaN : Number(m[1]) * { ms: 0.001, s: 1, m: 60, h: 3600 }[(m[2] ?? "s") as "s"];
  if (!(seconds > 0))
    throw new UseError(`${command}: expected --${name} to be a time such as 20s or 2m, got "${text}"`);
  return seconds;
}

/** "16" or "16,8": positive integers. */
export function integerList(command: string, name: string, text: string): number[] {
  const parts = text.split(",").map((part) => part.trim());
  const bad = parts.find((part) => !/^0*[1-9][0-9]{0,14}$/.test(part));
  if (bad !== undefined)
    throw new UseError(
      `${command}: expected --${name} to be positive integers, separated by commas, got "${text.slice(0, 40)}"`,
    );
  return parts.map(Number);
}
