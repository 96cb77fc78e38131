/** `biasproof list`: what the toolkit knows: theorems, architectures, optimizers, losses, data sets. */
import { THEOREMS } from "../../../proofs/index.js";
import { MUTANTS } from "../../../properties/mutants/registry.js";
import { cite } from "../../kernel/citation.js";
import { UseError } from "../../kernel/use-error.js";
import { ARCHITECTURES } from "../../models/architectures/index.js";
import { SHIPPED_SETS } from "../../models/data/shipped.js";
import { LOSSES } from "../../models/losses/index.js";
import { OPTIMIZERS } from "../../models/optimizers/index.js";
import { REGULARIZERS } from "../../oracle/regularizers/index.js";
import { checkOutputs } from "../check-outputs.js";
import type { Command } from "../command.js";
import { deliverJson } from "../deliver-json.js";

export const list: Command = {
  name: "list",
  summary: "list the theorems, architectures, optimizers, losses and data sets",
  usage: "",
  flags: {
    false: { value: null, help: "list the false theorems instead, which falsify takes too" },
    json: { value: "FILE|-", help: "write the lists as JSON to a file, or to stdout (and nothing else there)" },
  },
  example: "biasproof list",
  async run(args, terminal) {
    if (args.positional.length > 0) throw new UseError(`list: expected no words, got "${args.positional[0]}"`);
    checkOutputs(args, []);
    if (args.switches.has("false")) {
      const falseTheorems = MUTANTS.map(({ id, of, rule, expected }) => ({ id, of, rule, expected }));
      const text = falseTheorems.map((m) => `  ${m.id}  (${m.rule}; ${m.expected})`);
      const named = { schemaVersion: 1, command: "list", falseTheorems } as const;
      deliverJson(named, ["False theorems, and what is known of each", ...text].join("\n"), args, terminal);
      return 0;
    }
    const theorems = THEOREMS.map((t) => ({
      id: t.id,
      title: t.title,
      statement: t.statement,
      source: cite(t.source),
      dynamics: Object.keys(t.entries),
      architectures: t.scope.architectures === "any" ? ["any"] : t.scope.architectures,
      depth: t.scope.depth ?? null,
      notClaimed: t.notClaimed,
    }));
    const named = (
      items: readonly { readonly name: string; readonly summary: string }[],
    ): { name: string; summary: string }[] => items.map(({ name, summary }) => ({ name, summary }));
    const document = {
      schemaVersion: 1,
      command: "list",
      theorems,
      architectures: named(ARCHITECTURES),
      optimizers: named(OPTIMIZERS),
      losses: LOSSES.map((l) => ({ name: l.name, source: cite(l.source) })),
      data: SHIPPED_SETS.map((s) => ({
        name: s.name,
        rows: s.rows,
        features: s.features,
        label: s.label,
        attribution: s.attribution,
        license: s.license,
      })),
      regularizers: REGULARIZERS.map((r) => r.name),
    } as const;
    const lines = (title: string, items: readonly { readonly name: string; readonly summary: string }[]): string[] => [
      title,
      ...items.map((i) => `  ${i.name.padEnd(28)} ${i.summary}`),
      "",
    ];
    const text = [
      "Theorems",
      ...theorems.flatMap((t) => [
        `  ${t.id}  (${t.dynamics.join(", ")})`,
        `    ${t.title}; ${t.source}`,
        `    for --architecture ${t.architectures.join(", ")}${t.depth === null ? "" : `, --depth ${t.depth}`}`,
      ]),
      "",
      ...lines("Architectures", ARCHITECTURES),
      ...lines("Optimizers", OPTIMIZERS),
      ...lines(
        "Losses",
        document.losses.map((l) => ({ name: l.name, summary: l.source })),
      ),
      ...lines(
        "Data sets",
        document.data.map((d) => ({
          name: d.name,
          summary: `${d.rows} x ${d.features}, label ${d.label}; ${d.attribution}`,
        })),
      ),
    ].join("\n");
    deliverJson(document, text, args, terminal);
    return 0;
  },
};
