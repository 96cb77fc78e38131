/**
 * The tamper law: whatever single change is made to a certificate, a judge accepts it only if the changed statement is
 * still true (truth.ts), and it neither throws nor dwells on it. Changes are drawn from a seed; `donors` are certificates,
 * sound or forged, whose parts may be planted. Cost: some milliseconds a change on small data.
 */
import type { Judgment } from "../../src/kernel/certificate.js";
import { type RandomStream, randomStream } from "../../src/kernel/seed.js";
import { falsehood, KNOWN_KINDS } from "./truth.js";

export interface TamperReport {
  readonly refused: number;
  readonly acceptedTrue: number;
  readonly faults: readonly { readonly change: string; readonly why: string; readonly certificate: string }[];
}

export interface TamperOptions {
  readonly judge: (certificate: unknown) => Judgment;
  readonly seed: bigint;
  readonly changes: number;
  readonly donors: readonly unknown[];
  /** Milliseconds; without it no dwelling is seen. */
  readonly clock?: () => number;
}

type Tree = Record<string, unknown>;
const isTree = (value: unknown): value is Tree => typeof value === "object" && value !== null;
const below = (value: unknown, key: string): unknown => (isTree(value) ? value[key] : undefined);
const pick = <T>(r: RandomStream, from: readonly T[]): T => from[r.uint32() % from.length]!;

const HUGE = ["9".repeat(9_999), `${"9".repeat(9_999)}/1${"3".repeat(2_000)}`, `${"7".repeat(25_000)}/3`];
const SIMPLE = "0 1 -1 2 -2 1/2 -1/2 3/2 3 22/7 314159265358979323847/100000000000000000000".split(" ");
const WRONG = [null, true, 0, -1, 1.5, [], {}, ..."|-0|01|+1| 1|1\n|1.5|1e3|0x1|1/0|1/-2|1/|٣".split("|")];
const KINDS = [...KNOWN_KINDS, "", "__proto__", "toString", ["farkas"], { toString: 0 }, null];
const { set } = Reflect;

/** One change at parent[key], in place; false where it does not apply. `twins` stand there in the donors. */
type Change = (r: RandomStream, parent: Tree, key: string, twins: readonly unknown[]) => boolean;
const CHANGES: Readonly<Record<string, Change>> = {
  digit(r, parent, key) {
    const text = String(parent[key]);
    const i = r.uint32() % text.length;
    return /[0-9]/.test(text[i]!) && set(parent, key, `${text.slice(0, i)}${r.uint32() % 10}${text.slice(i + 1)}`);
  },
  sign(_, parent, key) {
    const x = parent[key];
    return !isTree(x) && set(parent, key, typeof x === "number" ? -x : `-${x}`.replace("--", ""));
  },
  swap(r, parent, key) {
    const other = pick(r, Object.keys(parent));
    return Boolean(Object.assign(parent, { [key]: parent[other], [other]: parent[key] }));
  },
  remove: (_, parent, key) => (Array.isArray(parent) ? parent.splice(Number(key), 1).length > 0 : delete parent[key]),
  duplicate: (_, parent, key) => Array.isArray(parent) && parent.splice(Number(key), 0, parent[key]).length === 0,
  value: (r, parent, key) => set(parent, key, pick<unknown>(r, pick(r, [HUGE, SIMPLE, WRONG, [null]]))),
  key: (r, parent) => Reflect.defineProperty(parent, pick(r, ["note", "__proto__"]), { value: "1", enumerable: true }),
  kind: (r, parent) => "kind" in parent && set(parent, "kind", pick(r, KINDS)),
  plant: (r, parent, key, twins) => twins.length > 0 && set(parent, key, pick(r, twins)),
};

/** Makes `changes` single changes to a sound certificate and reports what the judge made of it and of them. */
export function tamper(certificate: unknown, { judge, seed, changes, donors, clock }: TamperOptions): TamperReport {
  const text = JSON.stringify(certificate);
  const r = randomStream(seed, "tamper");
  const faults: { change: string; why: string; certificate: string }[] = [];
  let [refused, acceptedTrue] = [0, 0];
  const put = (change: string, changed: string): void => {
    const fault = (why: string): number => faults.push({ change, why, certificate: changed.slice(0, 2000) });
    try {
      const given: unknown = JSON.parse(changed);
      const start = clock?.() ?? 0;
      const { accepted } = judge(given);
      if (clock !== undefined && clock() - start > 1000) fault("took more than a second");
      const why = accepted ? falsehood(given) : null;
      if (why !== null) fault(`accepted: ${why}`);
      else if (accepted) acceptedTrue++;
      else if (change === "none") fault("refused, though it is sound");
      else refused++;
    } catch (error) {
      fault(`threw ${String(error)}`);
    }
  };
  put("none", text);
  for (let made = 0; made < changes; ) {
    const root = JSON.parse(text) as Tree;
    let [parent, key, twins] = [root, pick(r, Object.keys(root)), donors];
    const path = [key];
    for (let child = parent[key]; isTree(child) && r.uniform() < 0.7; child = parent[key]) {
      twins = twins.map((twin) => below(twin, key));
      parent = child;
      key = pick(r, Object.keys(parent));
      path.push(key);
    }
    const name = pick(r, Object.keys(CHANGES));
    const found = twins.map((twin) => below(twin, key)).filter((twin) => twin !== undefined);
    if (!CHANGES[name]!(r, parent, key, found)) continue;
    const changed = JSON.stringify(root);
    if (changed === text) continue;
    put(`${name} at ${path.join(".")}`, changed);
    made++;
  }
  return { refused, acceptedTrue, faults };
}
