/** What a theorem rests on is computed: unchecked nodes are named, the weakest grade counts, a failing check is a fault. */
import { expect, it } from "vitest";
import { cited, lemma, type NodeCheck, readProof } from "../../../src/verify/proof-node.js";

const source = { key: "stolz-cesaro", locator: "a topic" } as const;
const leaf = cited({ id: "leaf", statement: "cited", source });
const node = (id: string, check: (() => NodeCheck) | null) =>
  lemma({ id, statement: id, source, uses: [leaf], argument: "because", check });
const sampled = (): NodeCheck => ({ holds: true, evidence: "sampled", why: "seen" });

it("takes the weakest grade and names every unchecked node once, cited or bare argument", () => {
  const reading = readProof([node("checked", sampled), node("bare", null)]);
  expect(reading.evidence).toBe("assumed");
  expect(reading.restsOn).toEqual(["leaf", "bare"]);
  const alone = lemma({ id: "alone", statement: "", source, uses: [], argument: "", check: sampled });
  expect(readProof([alone])).toMatchObject({ evidence: "sampled", restsOn: [] });
});

it("stops on a lemma whose check fails, naming it", () => {
  const broken = node("broken", () => ({ holds: false, evidence: "assumed", why: "the identity fails" }));
  expect(() => readProof([broken])).toThrow(/lemma broken fails: the identity fails/);
});
