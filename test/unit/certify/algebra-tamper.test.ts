/**
 * The tamper law on the judges of algebra: whatever single change is made to a sound certificate (every number, power,
 * index, weight, order, class, name and list, one after another), it is refused, or the changed statement is still true by
 * algebra-truth, which shares no code with the judges.
 */
import { describe, expect, it } from "vitest";
import { judge } from "../../../src/certify/judge.js";
import { fullyConnectedBalance, IDENTITIES, NULLSPACES, SQUARES } from "./algebra-samples.js";
import { algebraFalsehood } from "./algebra-truth.js";

type Path = readonly (string | number)[];

function* places(value: unknown, path: Path = []): Generator<readonly [Path, unknown]> {
  yield [path, value];
  if (typeof value !== "object" || value === null) return;
  for (const [key, part] of Object.entries(value))
    yield* places(part, [...path, Array.isArray(value) ? Number(key) : key]);
}

function changed(
  certificate: unknown,
  path: Path,
  change: (parent: Record<string, unknown>, key: string) => void,
): unknown {
  const copy: unknown = JSON.parse(JSON.stringify(certificate)); // a clone would keep parts that are shared
  let parent = copy as Record<string, unknown>;
  for (const key of path.slice(0, -1)) parent = parent[key] as Record<string, unknown>;
  change(parent, String(path.at(-1)));
  return copy;
}

const WRONG: readonly unknown[] = [
  null,
  true,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  [],
  {},
  "",
  "1.5",
  "-0",
  "1/0",
  "01",
];

/** What takes the place of a value: other numbers of its kind, and what is no number. */
function substitutes(value: unknown): readonly unknown[] {
  if (typeof value === "number")
    return [...[value + 1, value - 1, -value, 2 * value, 0, 1, 2, 3, 1.5, 1e9, 2 ** 53, String(value)], ...WRONG];
  if (typeof value !== "string" || !/^-?[0-9]/.test(value)) return WRONG;
  const other = value.startsWith("-") ? value.slice(1) : `-${value}`;
  const longer = `${value}7`;
  return [
    ...[other, longer, "0", "1", "-1", "2", "-2", "1/2", "3/2", "7", Number(value), [value], ["1", "0"]],
    ...WRONG,
  ];
}

/** All certificates that differ from this one in one place. */
function* tampered(certificate: unknown): Generator<readonly [string, unknown]> {
  for (const [path, value] of places(certificate)) {
    if (path.length === 0) continue;
    const at = path.join(".");
    for (const other of substitutes(value))
      if (!Object.is(other, value))
        yield [
          `${at} = ${JSON.stringify(other)}`,
          changed(certificate, path, (parent, key) => Object.assign(parent, { [key]: other })),
        ];
    if (Array.isArray(value)) {
      for (let i = 0; i < value.length; i++) {
        const edit = (name: string, f: (list: unknown[]) => void): readonly [string, unknown] => [
          `${name} ${i} of ${at}`,
          changed(certificate, path, (parent, key) => f(parent[key] as unknown[])),
        ];
        yield edit("without", (list) => list.splice(i, 1));
        yield edit("twice", (list) => list.splice(i, 0, structuredClone(list[i])));
        if (i > 0) yield edit("before", (list) => list.splice(i - 1, 0, ...list.splice(i, 1)));
      }
    } else if (typeof value === "object" && value !== null) {
      yield [`note in ${at}`, changed(certificate, path, (p, key) => Object.assign(p[key] as object, { note: "1" }))];
      for (const key of Object.keys(value)) {
        yield [`no ${key} in ${at}`, changed(certificate, [...path, key], (p, k) => Reflect.deleteProperty(p, k))];
        for (const name of ["poly", "variable", "constant", "sum", "product", "power", "derivative"])
          if (["poly", "variable", "constant", "sum", "product", "power", "derivative"].includes(key) && key !== name)
            yield [
              `${name} for ${key} in ${at}`,
              changed(certificate, path, (p, k) =>
                Object.assign(p, { [k]: { [name]: (p[k] as Record<string, unknown>)[key] } }),
              ),
            ];
      }
    }
  }
}

/** At most about so many changes to one certificate, spread evenly. */
const MOST = 4000;

function law(certificate: unknown): {
  readonly changes: number;
  readonly stillTrue: number;
  readonly faults: string[];
} {
  const faults: string[] = [];
  let [changes, stillTrue] = [0, 0];
  const all = [...tampered(certificate)];
  const step = Math.ceil(all.length / MOST);
  for (const [name, other] of all.filter((_, i) => i % step === 0)) {
    changes += 1;
    const answer = judge(other);
    if (!answer.accepted) {
      if (!(answer.reason.length > 10)) faults.push(`${name}: refused without a reason`);
      continue;
    }
    const why = algebraFalsehood(other);
    if (why === null) stillTrue += 1;
    else faults.push(`${name}: accepted, but ${why}`);
  }
  return { changes, stillTrue, faults };
}

const SAMPLES = { ...IDENTITIES, ...SQUARES, ...NULLSPACES, "fully connected 2-2-1": fullyConnectedBalance([2, 2, 1]) };

describe("tamper law of algebra", () => {
  for (const [name, certificate] of Object.entries(SAMPLES))
    it(`${name}: no change gets a falsehood accepted`, async ({ annotate }) => {
      const { changes, stillTrue, faults } = law(certificate);
      await annotate(`${changes} changes, ${stillTrue} of them accepted and true`);
      expect(faults).toEqual([]);
      expect(stillTrue).toBeLessThan(changes / 3);
    });

  it("every number matters: a certificate with any one of its numbers raised by one is refused, but for those that repeat", () => {
    const open: string[] = [];
    for (const certificate of [
      IDENTITIES["(x + y)^2"],
      SQUARES["AM-GM 3"],
      NULLSPACES["(1 + u) v"],
      NULLSPACES["a b^2"],
    ])
      for (const [path, value] of places(certificate)) {
        const raised =
          typeof value === "number"
            ? value + 1
            : typeof value === "string" && /^-?[0-9]+$/.test(value)
              ? String(BigInt(value) + 1n)
              : null;
        if (raised === null) continue;
        if (judge(changed(certificate, path, (parent, key) => Object.assign(parent, { [key]: raised }))).accepted)
          open.push(`${(certificate as { kind: string }).kind} ${path.join(".")}`);
      }
    // Over Q(zeta_2) = Q the same identity holds; a square is moved by an exchange; 2 a b^2 conserves what a b^2 does.
    expect(open).toEqual(["poly-identity order", "sum-of-squares squares.0.of.0.1.0.0", "nullspace polynomials.0.0.0"]);
  });
});
