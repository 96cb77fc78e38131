/**
 * The one door to mathjs: its parser, with constants read as exact fractions. Loaded on first use (half a second), never
 * for anything that a verdict rests on: it reads and prints, and cannot decide an identity.
 */
import type { MathJsInstance } from "mathjs";

export async function mathParser(): Promise<Pick<MathJsInstance, "parse">> {
  const { create, fractionDependencies, numericDependencies, parseDependencies } = await import("mathjs");
  return create({ parseDependencies, fractionDependencies, numericDependencies }, { number: "Fraction" });
}
