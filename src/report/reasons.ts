/** Why a case does not hold, on one line: each reason once, however many hypotheses were not seen because of it. */

/** Those of the claims, then the hypotheses that were not met, those with one reason together. */
export function reasonsOf(
  findings: readonly string[],
  unmet: readonly { readonly id: string; readonly why: string }[],
): string {
  const byWhy = new Map<string, string[]>();
  for (const { id, why } of unmet) byWhy.set(why, [...(byWhy.get(why) ?? []), id]);
  const said = [...new Set(findings)];
  const grouped = [...byWhy].map(([why, ids]) =>
    said.some((text) => text.startsWith(why))
      ? `not seen for the same reason: ${ids.join(", ")}`
      : `${ids.join(", ")}: ${why}`,
  );
  return [...said, ...grouped].join("; ");
}
