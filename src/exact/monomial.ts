/**
 * Monomials as keys of a map: a string with one UTF-16 unit for each factor, the index of its variable, ascending.
 * w3 w17^2 is "\u0003\u0011\u0011", 1 is "". Two monomials are equal iff their strings are; the degree is the length.
 * In this field monomials have few factors among many variables, so that nothing is paid for variables that do not occur.
 * Cost of a product: O(degree).
 */

/** A key holds the index of a variable in one UTF-16 unit. */
export const VARIABLE_LIMIT = 65_536;

export const ONE_MONOMIAL = "";

export const variableKey = (index: number): string => String.fromCharCode(index);

export const degreeOf = (key: string): number => key.length;

/** One factor put in its place. */
function inserted(unit: string, key: string): string {
  const x = unit.charCodeAt(0);
  let i = 0;
  while (key.charCodeAt(i) < x) i += 1;
  return key.slice(0, i) + unit + key.slice(i);
}

/** The product of two monomials. */
export function timesKey(a: string, b: string): string {
  if (a === "") return b;
  if (b === "") return a;
  // Layers are numbered one after another, so this is the usual case.
  if (a.charCodeAt(a.length - 1) <= b.charCodeAt(0)) return a + b;
  if (b.charCodeAt(b.length - 1) <= a.charCodeAt(0)) return b + a;
  if (a.length === 1) return inserted(a, b);
  if (b.length === 1) return inserted(b, a);
  const merged: number[] = [];
  let j = 0;
  for (let i = 0; i < a.length; i++) {
    const x = a.charCodeAt(i);
    while (j < b.length && b.charCodeAt(j) < x) merged.push(b.charCodeAt(j++));
    merged.push(x);
  }
  return String.fromCharCode(...merged) + b.slice(j);
}

/** The (variable, power) pairs that occur, by ascending variable. */
export function factorsOf(key: string): (readonly [variable: number, power: number])[] {
  const factors: [number, number][] = [];
  for (let i = 0; i < key.length; i++) {
    const v = key.charCodeAt(i);
    const last = factors[factors.length - 1];
    if (last !== undefined && last[0] === v) last[1] += 1;
    else factors.push([v, 1]);
  }
  return factors;
}

/** The power of one variable. */
export function powerOf(key: string, index: number): number {
  let power = 0;
  for (let i = 0; i < key.length; i++) if (key.charCodeAt(i) === index) power += 1;
  return power;
}

/** The key of (variable, power) pairs in any order. */
export function keyOf(factors: Iterable<readonly [variable: number, power: number]>): string {
  return [...factors]
    .sort((a, b) => a[0] - b[0])
    .map(([v, power]) => variableKey(v).repeat(power))
    .join("");
}

/** One past the last unit of the variable whose first unit is at `at`: its power is the distance. */
export function runEnd(key: string, at: number): number {
  const v = key.charCodeAt(at);
  let end = at + 1;
  while (end < key.length && key.charCodeAt(end) === v) end += 1;
  return end;
}

/** The monomial without the factor whose unit is at `at`. */
export const withoutUnit = (key: string, at: number): string => key.slice(0, at) + key.slice(at + 1);

/** The monomial without one factor `index`, which must occur. */
export const withoutOne = (key: string, index: number): string => withoutUnit(key, key.indexOf(variableKey(index)));
