/** Comparing a derived regularizer with its network: true formulas agree, wrong ones contradict, each in its own way. */
import { describe, expect, it } from "vitest";
import { q } from "../../../src/exact/rational.js";
import { surdOf } from "../../../src/exact/surd.js";
import { parsePredictor } from "../../../src/exact/text/parse.js";
import { fromMap } from "../../../src/models/compiled-map.js";
import { deriveRegularizer } from "../../../src/models/regularizer/derive.js";
import { scale } from "../../../src/models/regularizer/formula.js";
import { sampleRegularizer } from "../../../src/oracle/sample-regularizer.js";

async function subject(text: string) {
  const map = await parsePredictor(text);
  const found = deriveRegularizer(map);
  if (found.formula === null) throw new Error(found.why);
  return { P: fromMap("predictor", map), ...found };
}

describe("a derived regularizer", () => {
  it.each([
    "u1*v1, u2*v2, u3*v3",
    "s*v1, s*v2",
    "a^2*b*u1, a^2*b*u2",
    "u^2-v^2",
    "-a^2*b^2",
  ])("agrees with %s, from above and where it is attained", async (text) => {
    const { P, formula, domain } = await subject(text);
    const sample = sampleRegularizer(P, formula, domain);
    expect(sample).toMatchObject({ agrees: true });
    expect(sample?.agrees === true && sample.says).toContain("comes down to R");
  });

  it("contradicts the network when it is too large, and is not attained when it is too small", async () => {
    const { P, formula, domain } = await subject("s*v1, s*v2");
    const large = sampleRegularizer(P, scale(surdOf(q(3n)), formula), domain);
    expect(large).toMatchObject({ agrees: false });
    const small = sampleRegularizer(P, scale(surdOf(q(9n, 10n)), formula), domain);
    expect(small?.agrees === true && small.says).toContain("did not come down");
  });

  it("contradicts the network when its domain is wrong", async () => {
    const { P, formula } = await subject("u*v");
    const sample = sampleRegularizer(P, formula, [{ kind: "sign", index: 0, sign: 1 }]);
    expect(sample).toMatchObject({ agrees: false });
  });

  it("is not compared where it has no value", async () => {
    const { P, formula, domain } = await subject("u*v + w");
    expect(sampleRegularizer(P, formula, domain)).toBeNull();
  });
});
