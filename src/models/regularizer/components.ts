/** Connected components: items that share a variable, directly or through others, in the order of first appearance. */
export function components<T>(items: readonly T[], variablesOf: (item: T) => readonly number[]): T[][] {
  const blocks: { readonly variables: Set<number>; readonly items: { readonly at: number; readonly item: T }[] }[] = [];
  items.forEach((item, at) => {
    const own = new Set(variablesOf(item));
    const met = blocks.filter((b) => [...own].some((v) => b.variables.has(v)));
    const merged = { variables: own, items: [{ at, item }] };
    for (const b of met) {
      for (const v of b.variables) own.add(v);
      merged.items.push(...b.items);
      blocks.splice(blocks.indexOf(b), 1);
    }
    blocks.push(merged);
  });
  const first = (b: (typeof blocks)[number]): number => Math.min(...b.items.map((i) => i.at));
  return blocks
    .sort((a, b) => first(a) - first(b))
    .map((b) => [...b.items].sort((x, y) => x.at - y.at).map((i) => i.item));
}
