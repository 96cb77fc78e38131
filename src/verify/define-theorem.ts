/**
 * How a theorem is written down, by us or by a stranger: what is left out has one meaning, and what cannot be verified is
 * refused in one sentence (UseError) before anything is trained. A theorem without a proof rests on itself: its proof column
 * is `assumed`, and says so. Without an entry for gradient descent it claims there what it claims of the flow, of steps that
 * are bounded; claims about limits stay silent on such runs.
 */
import { UseError } from "../kernel/use-error.js";
import { ARCHITECTURES } from "../models/architectures/index.js";
import { clipped } from "../models/data/decimal.js";
import { LOSSES } from "../models/losses/index.js";
import { OPTIMIZERS } from "../models/optimizers/index.js";
import { boundedSteps } from "./hypotheses/structural.js";
import { lemma, type ProofNode } from "./proof-node.js";
import type { Dynamics, Entry, Own, Theorem } from "./theorem.js";

type Optional = "title" | "source" | "regularizer" | "notClaimed" | "proof";

export interface TheoremDefinition extends Omit<Theorem, Optional | "entries">, Partial<Pick<Theorem, Optional>> {
  readonly entries: Readonly<Partial<Record<Dynamics, Entry>> & { "gradient-flow": Entry }>;
}

/** Of every run that is judged these are supposed; a document without them is refused (kernel/backing.ts). */
const NEEDED = ["separable", "loss-to-zero"];

function expect(holds: boolean, who: string, expected: string, got: unknown): void {
  if (!holds) throw new UseError(`${who}: expected ${expected}, got ${clipped(String(got))}`);
}

/** Ids that are texts, each once; null where it is so. */
const repeated = (ids: readonly unknown[]): unknown =>
  ids.find((id, i) => typeof id !== "string" || id === "" || ids.indexOf(id) < i) ?? null;

function checkEntry(who: string, { hypotheses, claims }: Entry): void {
  expect(Array.isArray(hypotheses) && Array.isArray(claims), who, "lists of hypotheses and claims", "something else");
  const [supposed, claimed] = [hypotheses.map((h) => h?.id), claims.map((c) => c?.id)];
  expect(claimed.length > 0, who, "one claim or more", "none");
  for (const ids of [supposed, claimed])
    expect(repeated(ids) === null, who, "hypotheses and claims with an id each, of its own", repeated(ids));
  const idle =
    hypotheses.find((h) => typeof h.decide !== "function") ?? claims.find((c) => typeof c.check !== "function");
  expect(idle === undefined, who, "a hypothesis to decide and a claim to check itself", `${idle?.id}, which does not`);
  const missing = NEEDED.filter((id) => !supposed.includes(id));
  expect(
    missing.length === 0,
    who,
    `the hypotheses ${NEEDED.join(" and ")} (no run can be judged without)`,
    "neither or one",
  );
}

function checkOwn(who: string, own: Own): void {
  const kinds = [
    ["architectures", ARCHITECTURES, own.architectures ?? [], "build"],
    ["losses", LOSSES, own.losses ?? [], "evaluate"],
    ["optimizers", OPTIMIZERS, own.optimizers ?? [], "reach"],
  ] as const;
  for (const [kind, shipped, brought, does] of kinds) {
    const names = brought.map((b) => b?.name);
    const known = names.find((name) => shipped.some((s) => s.name === name));
    expect(repeated(names) === null, who, `${kind} of its own with a name each`, repeated(names));
    expect(known === undefined, who, `${kind} of its own with names that are not taken`, known);
    const idle = brought.find((b) => typeof (b as unknown as Readonly<Record<string, unknown>>)[does] !== "function");
    expect(idle === undefined, who, `${kind} of its own that can ${does}`, `${idle?.name}, which cannot`);
  }
}

/** What a theorem rests on that nobody has proved. */
const conjectured = ({ id, statement }: Pick<Theorem, "id" | "statement">): ProofNode =>
  lemma({
    id: `conjecture-${id}`,
    statement,
    source: { key: "conjecture", locator: id },
    uses: [],
    check: null,
    argument: "a conjecture: no proof is given",
  });

export function defineTheorem(t: TheoremDefinition): Theorem {
  const { id, statement, scope, brings = {} } = t;
  const who = `theorem ${typeof id === "string" && id !== "" ? clipped(id) : "without an id"}`;
  expect(
    typeof id === "string" && /^[a-z0-9]+([-~][a-z0-9]+)*$/.test(id),
    who,
    "an id of words in lower case, joined by -",
    id,
  );
  expect(typeof statement === "string" && statement.trim() !== "", who, "a statement in words", "none");
  const spoken = scope?.architectures;
  expect(spoken === "any" || (Array.isArray(spoken) && spoken.length > 0), who, "a scope with architectures", "none");
  checkOwn(who, brings);
  const networks = [...ARCHITECTURES, ...(brings.architectures ?? [])].map((a) => a.name);
  const strange = spoken === "any" ? undefined : spoken.find((name) => !networks.includes(name));
  expect(strange === undefined, who, `architectures among ${networks.join(", ")}`, strange);
  const { "gradient-flow": flow, "gradient-descent": descent } = t.entries ?? {};
  expect(flow !== undefined, who, "an entry for gradient-flow", "none");
  checkEntry(`${who} (gradient-flow)`, flow!);
  if (descent !== undefined) checkEntry(`${who} (gradient-descent)`, descent);
  const others = flow!.hypotheses.filter((h) => h.id !== "follows-flow" && h.id !== boundedSteps.id);
  return Object.freeze({
    ...t,
    title: t.title ?? id,
    source: t.source ?? ({ key: "conjecture", locator: id } as const),
    regularizer: t.regularizer ?? null,
    entries: Object.freeze({
      "gradient-flow": flow!,
      "gradient-descent": descent ?? { hypotheses: [boundedSteps, ...others], claims: flow!.claims },
    }),
    notClaimed: t.notClaimed ?? [],
    proof: t.proof === undefined || t.proof.length === 0 ? [conjectured({ id, statement })] : t.proof,
  });
}
