/** What `falsify` prints: the counterexample as a person reads it, or what was looked at without finding one. */
import type { FalsifyDocument } from "../../kernel/counterexample-document.js";
import { field, painter } from "./lines.js";
import { runTable } from "./run-table.js";

const points = (X: readonly (readonly string[])[], y: readonly number[], scale: string): string =>
  X.map((row, n) => `(${row.join(", ")})${scale === "1" ? "" : `/${scale}`} -> ${y[n]! > 0 ? "+1" : "-1"}`).join("; ");

export function falsifyTable(d: FalsifyDocument, color: boolean): string {
  const paint = painter(color);
  const name = d.without === null ? d.theorem : `${d.theorem} without ${d.without}`;
  const counts = [
    `${d.ran} tried, ${d.inScope} of ${d.asked} in scope, ${d.outOfScope} out of scope, ${d.inconclusive} inconclusive`,
    ...(d.without === null ? [] : [`in scope is what breaks ${d.without} and no other hypothesis`]),
    ...(d.setAside > 0 ? [`${d.setAside} refuted but set aside: the optimum is one of many`] : []),
  ];
  const { counterexample: found } = d;
  if (found === null)
    return [
      `${paint.bold(name)}: no counterexample found`,
      ...field("cases", counts, paint),
      ...field("drawn from", [d.drawnFrom], paint),
      ...(d.stop === "asked" ? [] : field("stopped by", [d.stop], paint)),
    ].join("\n");
  const prefix = `Without the hypothesis that ${found.dropped?.statement}: `;
  const claimed = d.statement.startsWith(prefix) ? d.statement.slice(prefix.length) : d.statement; // it is said to be broken below
  const { data, depth, architecture } = found.case;
  return [
    `${paint.bold(name)}: ${paint.verdict("refuted", "a counterexample")}`,
    ...field("data", [points(data.json.X, data.json.y, data.json.scale)], paint),
    ...field("network", [`${architecture}, depth ${depth}; ${found.run.settings.initialization}`], paint),
    ...field("claimed", [claimed], paint),
    ...field(
      "but",
      found.run.claims.filter((c) => c.outcome === "contradicts").map((c) => c.why),
      paint,
    ),
    ...(found.dropped === null ? [] : field("broken", [`${found.dropped.id}: ${found.dropped.why}`], paint)),
    ...field("cases", counts, paint),
    ...field("made smaller", [`${d.shrunk?.steps ?? 0} times, of ${d.shrunk?.asked ?? 0} smaller cases tried`], paint),
    "",
    runTable(found.run, color),
  ].join("\n");
}
