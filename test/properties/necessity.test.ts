/**
 * Every hypothesis of every theorem has one answer to why it is there; every counterexample is certified and satisfies all the
 * other hypotheses, and one that breaks two is not taken for one.
 */
import { describe, expect, it } from "vitest";
import { THEOREMS } from "../../proofs/index.js";
import { COUNTEREXAMPLES, type Counterexample } from "../../properties/necessity/cases.js";
import { showsNecessity } from "../../properties/necessity/check.js";
import { polynomialTail, signDescent } from "../../properties/necessity/means.js";
import { NECESSITY } from "../../properties/necessity/table.js";

const nameOf = (c: { theorem: { id: string } | string; dynamics: string; hypothesis: string }): string =>
  [typeof c.theorem === "string" ? c.theorem : c.theorem.id, c.dynamics, c.hypothesis].join(" | ");

it("each hypothesis of each entry has one answer, and an argument where there is no counterexample", () => {
  const asked = THEOREMS.flatMap((theorem) =>
    (["gradient-flow", "gradient-descent"] as const).flatMap((dynamics) =>
      theorem.entries[dynamics].hypotheses.map((h) => nameOf({ theorem, dynamics, hypothesis: h.id })),
    ),
  );
  expect(NECESSITY.map(nameOf)).toEqual(asked);
  for (const n of NECESSITY) {
    const { answer, theorem, dynamics, hypothesis } = n;
    if (answer.status === "counterexample") continue;
    expect([nameOf(n), answer.why.length > 40]).toEqual([nameOf(n), true]);
    if (answer.status !== "implied") continue;
    // By other hypotheses of the same entry.
    const others = THEOREMS.find((t) => t.id === theorem)!.entries[dynamics].hypotheses.map((h) => h.id);
    for (const by of answer.by)
      expect([nameOf(n), by !== hypothesis && others.includes(by)]).toEqual([nameOf(n), true]);
  }
});

it("the counterexamples are those that the table promises, one each", () => {
  const promised = NECESSITY.filter((n) => n.answer.status === "counterexample").map(nameOf);
  expect([...COUNTEREXAMPLES.map(nameOf)].sort()).toEqual([...promised].sort());
});

describe.each(COUNTEREXAMPLES.map((c) => [nameOf(c), c] as const))("%s", (_, counterexample) => {
  it("is refuted without it, with certificates, where all others are decided true", async () => {
    const { fault, result } = await showsNecessity(counterexample);
    expect(fault).toBeNull();
    expect([result.verdict, result.evidence.claim]).toEqual(["refuted", "certified"]);
    const supposed = counterexample.theorem.entries[counterexample.dynamics].hypotheses.map((h) => h.id);
    expect(result.hypotheses.map((h) => h.id).sort()).toEqual(
      supposed.filter((id) => id !== counterexample.hypothesis).sort(),
    );
  });
});

describe("what is no counterexample is not taken for one", () => {
  const of = (hypothesis: string, dynamics: string): Counterexample =>
    COUNTEREXAMPLES.find((c) => c.hypothesis === hypothesis && c.dynamics === dynamics)!;
  const tail = of("exponential-loss", "gradient-descent");
  const signs = of("gradient-steps", "gradient-descent");

  it.each<[string, Counterexample, RegExp]>([
    ["two hypotheses broken", { ...signs, case: { ...signs.case, loss: polynomialTail.name } }, /exponential-loss/],
    ["the other two", { ...tail, case: { ...tail.case, optimizer: signDescent.name, eta: 1 } }, /gradient-steps/],
    ["nothing broken", { ...tail, case: { ...tail.case, loss: "exponential" } }, /./],
    [
      "the optimum by luck",
      {
        ...signs,
        case: { ...signs.case, data: { ...signs.case.data, json: { scale: "1", X: [["1", "1"]], y: [1] } } },
      },
      /not refuted/,
    ],
    ["the other entry", { ...tail, dynamics: "gradient-flow" }, /case of gradient-descent/],
  ])("%s", async (_, case_, why) => {
    expect((await showsNecessity(case_)).fault).toMatch(why);
  });
});
