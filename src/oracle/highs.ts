/**
 * The one door to HiGHS (linear programmes, WebAssembly). It proposes; rationals decide. A model is text in LP format;
 * `null` when it does not end with an optimum.
 */
import * as highsModule from "highs";

export interface LinearProgramAnswer {
  /** Primal values by column name; absent columns are 0. */
  readonly columns: Readonly<Record<string, number>>;
  /** Duals by row name, with HiGHS's sign. */
  readonly duals: Readonly<Record<string, number>>;
}

interface HighsAnswer {
  readonly Status: string;
  readonly Columns: Readonly<Record<string, { readonly Primal?: number }>>;
  readonly Rows: readonly { readonly Name: string; readonly Dual?: number }[];
}
type LoadHighs = () => Promise<{ solve(model: string, options: { presolve: "off" }): HighsAnswer }>;

// The package declares CommonJS types beside an ES module, so its default export has to be named by hand.
const loadHighs = (highsModule as unknown as { readonly default: LoadHighs }).default;

/** Compiled on first use; keeps no state between models. */
const solver = ((): LoadHighs => {
  let loaded: ReturnType<LoadHighs> | null = null;
  return () => {
    loaded ??= loadHighs();
    return loaded;
  };
})();

export async function solveLinearProgram(model: string): Promise<LinearProgramAnswer | null> {
  const answer = (await solver()).solve(model, { presolve: "off" });
  if (answer.Status !== "Optimal") return null;
  return {
    columns: Object.fromEntries(Object.entries(answer.Columns).map(([name, c]) => [name, c.Primal ?? 0])),
    duals: Object.fromEntries(answer.Rows.map((row) => [row.Name, row.Dual ?? 0])),
  };
}

/** A linear form "+ c x - d y ..." in LP format; zero terms are left out. */
export function linearForm(coefficients: readonly number[], names: readonly string[]): string {
  return coefficients.map((x, d) => (x === 0 ? "" : ` ${x < 0 ? "-" : "+"} ${Math.abs(x)} ${names[d]}`)).join("");
}
