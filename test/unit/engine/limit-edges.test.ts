/**
 * The limit engine where a hostile reader looks: saddles at depth 2, numbers at the end of the doubles, data and
 * initializations that are none, margins that no descent reaches, and structure that only exact arithmetic sees.
 */
import { describe, expect, it } from "vitest";
import { LIMIT_STOPS, type LimitResult } from "../../../src/engine/limit.js";
import { UseError } from "../../../src/kernel/use-error.js";
import { angle } from "../../../src/numeric/vec.js";
import { type LimitCase, limitCase, limitOf, NETWORKS, type NetworkName, rowsOf } from "./limit-cases.js";

type Rows = readonly (readonly number[])[];

const given = (name: NetworkName, rows: Rows, layers: Rows): LimitCase => ({
  P: NETWORKS[name].build({ dim: rows[0]!.length, depth: layers.length }),
  data: rowsOf(rows),
  init: Float64Array.from(layers.flat()),
});

const endsAt = (r: LimitResult, beta: readonly number[], relative = 1e-12): void => {
  expect([r.stop, r.why]).toEqual(["goal-met", ""]);
  const size = Math.max(...beta.map(Math.abs));
  beta.forEach((x, d) => {
    expect(Math.abs(r.beta![d]! - x)).toBeLessThanOrEqual(relative * size);
  });
};

const SETTINGS = { eta: Number.POSITIVE_INFINITY };

describe("saddles at depth 2", () => {
  const tiny = [
    [1e-30, 2e-30],
    [3e-30, 1e-30],
  ];

  it.each([
    [[[1, 2]], [0, 1 / 2]],
    [[[5, 0]], [1 / 5, 0]],
    [[[-5, 0]], [-1 / 5, 0]],
    [
      [
        [1, 2],
        [5, 0],
      ],
      [1 / 5, 2 / 5],
    ],
    // Here the loss stands on a plateau, to the last bit, while the second coordinate grows from 1e-30.
    [
      [
        [1, 2],
        [-5, 0],
      ],
      [-1 / 5, 3 / 5],
    ],
  ] as const)("an initialization of 1e-30 on %j", (rows, beta) => {
    endsAt(limitOf(given("diagonal", rows, tiny), SETTINGS), beta);
  });

  it("a coordinate of 1e-30 beside one of 1/2 passes the plateau that the other leads to", () => {
    const rows = [
      [1, 2],
      [-5, 0],
    ];
    const layers = [
      [0.5, 1e-30],
      [0.3, 2e-30],
    ];
    endsAt(limitOf(given("diagonal", rows, layers), SETTINGS), [-1 / 5, 3 / 5]);
  });

  it("a coordinate of 1e-30 that grows faster overtakes one of 1/2", () => {
    const layers = [
      [0.5, 1e-30],
      [0.3, 2e-30],
    ];
    endsAt(limitOf(given("diagonal", [[1, 3]], layers), SETTINGS), [0, 1 / 3]);
  });
});

describe("numbers at the end of the doubles", () => {
  const layers = [
    [0.5, 0.1],
    [0.3, 0.2],
  ];

  it.each([-660, -500, 500, 660])("data times 2^%i: the same limit in their unit, as exactly as doubles allow", (e) => {
    const factor = 2 ** e;
    for (const [name, depth] of [
      ["fully-connected", 1],
      ["fully-connected", 2],
      ["convolutional", 2],
      ["diagonal", 2],
    ] as const) {
      const c = limitCase(name, 4, 3, depth, 5);
      const far = { ...c, data: { ...c.data, z: c.data.z.map((x) => factor * x) } };
      const [a, b] = [limitOf(c, SETTINGS), limitOf(far, SETTINGS)];
      expect([a.stop, b.stop]).toEqual(["goal-met", "goal-met"]);
      expect(
        angle(
          a.beta!,
          b.beta!.map((x) => factor * x),
        ),
      ).toBeLessThan(1e-12);
    }
  });

  it("data times 2^(60 L) and initialization times 2^-60: the same bits", () => {
    for (const depth of [2, 3, 4]) {
      const c = limitCase("diagonal", 5, 3, depth, 7);
      const unit = 2 ** (60 * depth);
      const far = {
        ...c,
        data: { ...c.data, z: c.data.z.map((x) => unit * x) },
        init: c.init.map((x) => x * 2 ** -60),
      };
      const [a, b] = [limitOf(c, SETTINGS), limitOf(far, SETTINGS)];
      expect(b.beta!.map((x) => x * unit)).toEqual(a.beta);
      expect(b.dual).toEqual(a.dual);
      // The same unit of length for a step of gradient descent, which is bounded.
      expect(limitOf(far, { eta: 2 ** -120 }).beta!.map((x) => x * unit)).toEqual(limitOf(c, { eta: 1 }).beta);
    }
  });

  it("an initialization times 1e150 or 1e-150 at depth 2", () => {
    for (const scale of [1e150, 1e-150])
      endsAt(
        limitOf(
          given(
            "diagonal",
            [[1, 3]],
            layers.map((l) => l.map((x) => scale * x)),
          ),
          SETTINGS,
        ),
        [0, 1 / 3],
      );
  });

  it("a gradient that underflows is called that, and one that is 0 is not", () => {
    for (const depth of [3, 4, 6]) {
      const small = Array.from({ length: depth }, (_, l) => [(l + 1) * 1e-150, (l + 2) ** 2 * 1e-150]);
      for (const name of ["diagonal", "convolutional"] as const)
        expect(limitOf(given(name, [[1, 3]], small)).stop).toBe("underflow");
    }
    const zeros = limitOf(given("convolutional", [[1, 2, 3]], Array(3).fill([0, 0, 0])));
    expect([zeros.stop, zeros.why]).toEqual(["descent-ended", "descent: zero-gradient"]);
  });
});

describe("wrong use is one sentence", () => {
  const layers = [
    [0.1, 0.3],
    [0.4, 0.2],
  ];
  it.each([
    [() => given("diagonal", [[1, Number.NaN]], layers), "limit: expected finite data, got NaN in point 1"],
    [
      () =>
        given(
          "diagonal",
          [
            [1, 2],
            [3, Number.NEGATIVE_INFINITY],
          ],
          layers,
        ),
      "limit: expected finite data, got -Infinity in point 2",
    ],
    [
      () =>
        given(
          "diagonal",
          [[1, 2]],
          [
            [0.1, Number.POSITIVE_INFINITY],
            [1, 1],
          ],
        ),
      "limit: expected finite initial parameters, got Infinity as number 2",
    ],
    [
      () => ({ ...given("diagonal", [[1, 2]], layers), init: new Float64Array(3) }),
      "limit: expected 4 initial parameters, got 3",
    ],
    [
      () => ({ ...given("diagonal", [[1, 2]], layers), data: rowsOf([[1, 2, 3]]) }),
      "limit: expected data of dimension 2, got 3",
    ],
    [
      () => ({ ...given("diagonal", [[1, 2]], layers), data: { N: 0, D: 2, z: new Float64Array(0) } }),
      "limit: expected at least one data point, all of one dimension, got 0 numbers",
    ],
  ] as const)("case %#", (make, sentence) => {
    expect(() => limitOf(make() as LimitCase)).toThrow(new UseError(sentence));
  });
});

describe("few and many, small and equal", () => {
  it("margins of 1e-12: the limit, or a named stop after a bounded number of steps", () => {
    const rows = [
      [1, 1e-12],
      [-1, 1e-12],
    ];
    for (const [name, depth] of [
      ["fully-connected", 1],
      ["fully-connected", 2],
      ["diagonal", 2],
      ["diagonal", 3],
    ] as const) {
      const { init } = limitCase(name, 2, 2, depth, 9);
      const r = limitOf(
        { P: NETWORKS[name].build({ dim: 2, depth }), data: rowsOf(rows), init },
        { ...SETTINGS, maxSteps: 20_000 },
      );
      expect(Object.keys(LIMIT_STOPS)).toContain(r.stop);
      if (r.stop === "goal-met") expect(angle(r.beta!, Float64Array.of(0, 1))).toBeLessThan(1e-10);
      else expect([r.beta, r.errorBar, r.kkt]).toEqual([null, null, null]);
      expect(Number.isFinite(r.phases.continuation?.logLogInverseLoss ?? 0)).toBe(true);
    }
  });

  it("a margin lost behind a descent that did not get there: its last loss is a number", () => {
    const rows = [
      [1, 1e-12],
      [-1, 1e-12],
    ];
    const P = NETWORKS["fully-connected"].build({ dim: 2, depth: 2 });
    const r = limitOf({ P, data: rowsOf(rows), init: Float64Array.of(0.1, 0.3, 0.4, 0.2, 0.3, 0.5) }, SETTINGS);
    expect([r.stop, r.why]).toEqual([
      "descent-ended",
      "descent: step-budget, and continuation could not take over there",
    ]);
    expect(Number.isFinite(r.phases.continuation!.logLogInverseLoss)).toBe(true);
  });

  it("D = 1, D = 2, N = 1, N > D at every depth: a stationary point of the network, or a reason", () => {
    for (const name of ["fully-connected", "diagonal", "convolutional"] as const)
      for (const depth of [1, 2, 3, 4])
        for (const [dim, N] of [
          [1, 1],
          [1, 5],
          [2, 1],
          [2, 9],
          [3, 40],
        ] as const) {
          const r = limitOf(limitCase(name, dim, N, depth, 11 + N), SETTINGS);
          if (r.stop === "goal-met") expect(Math.max(r.kkt!.stationarity, r.kkt!.complementarity)).toBeLessThan(1e-10);
          else {
            // On the wrong side of 0 a factor must vanish: the flow ends at the saddle.
            expect([name === "fully-connected" && depth === 1, r.stop]).toEqual([false, "descent-ended"]);
            expect(r.why).toMatch(/^descent: /);
          }
        }
  });

  it("points twice, or all equal: the limit of the points once", () => {
    for (const [name, depth] of [
      ["fully-connected", 3],
      ["diagonal", 2],
      ["convolutional", 2],
    ] as const) {
      const c = limitCase(name, 4, 3, depth, 13);
      const twice = { ...c, data: { N: 6, D: 4, z: Float64Array.from([...c.data.z, ...c.data.z]) } };
      const [once, both] = [limitOf(c, SETTINGS), limitOf(twice, SETTINGS)];
      expect([once.stop, both.stop]).toEqual(["goal-met", "goal-met"]);
      expect(angle(once.beta!, both.beta!)).toBeLessThan(1e-10);
      const merged = once.dual!.map((_, n) => both.dual![n]! + both.dual![n + 3]!);
      merged.forEach((q, n) => {
        expect(Math.abs(q - once.dual![n]!)).toBeLessThan(1e-9);
      });
      const equal = limitOf({ ...c, data: rowsOf(Array(5).fill([1, 2, 3, 4])) }, SETTINGS);
      const one = limitOf({ ...c, data: rowsOf([[1, 2, 3, 4]]) }, SETTINGS);
      expect(angle(equal.beta!, one.beta!)).toBeLessThan(1e-10);
    }
  });
});

describe("structure that only exact arithmetic sees", () => {
  it("depth 3: the two smallest factors equal keep the sign for ever, and rounding would not: no run", () => {
    const at = (w: number): LimitResult =>
      limitOf(
        given(
          "diagonal",
          [[-3, 0.3]],
          [
            [0.125, 0.2],
            [w, 0.3],
            [0.5, 0.4],
          ],
        ),
        SETTINGS,
      );
    expect(at(0.125).stop).toBe("structure-undecided");
    expect(at(-0.125).stop).toBe("structure-undecided");
    // The two largest equal forbid nothing.
    expect(at(0.5).stop).toBe("goal-met");
  });

  it("D = 5, even data, w_2 = -flip(w_1): a complex coefficient that may keep its phase: no run", () => {
    const rows = [[1, 2, 3, 3, 2]];
    const r = limitOf(
      given("convolutional", rows, [
        [1, 2, 3, 4, 5],
        [-1, -5, -4, -3, -2],
      ]),
      SETTINGS,
    );
    expect([r.stop, r.beta]).toEqual(["structure-undecided", null]);
    const other = limitOf(
      given("convolutional", rows, [
        [1, 2, 3, 4, 5],
        [-1, -5, -4, -3, -1],
      ]),
      SETTINGS,
    );
    expect(other.stop).toBe("goal-met");
  });

  it("D = 4, [1, -1, 2^-60, 0]: a mean of 2^-60 in both layers is small, equal, and not dead", () => {
    // The second layer has the same real coefficients, and another complex one.
    const layers = [
      [1, -1, 2 ** -60, 0],
      [1, -0.5, 2 ** -60, -0.5],
    ];
    const r = limitOf(given("convolutional", [[1, 2, 3, 4]], layers), SETTINGS);
    expect(r.alive).toEqual(["positive", "free", "positive"]);
    endsAt(r, [0.1, 0.1, 0.1, 0.1]);
    const dead = limitOf(
      given(
        "convolutional",
        [[1, 2, 3, 4]],
        [
          [1, -1, 0, 0],
          [1, -0.5, 0, -0.5],
        ],
      ),
      SETTINGS,
    );
    expect(dead.alive![0]).toBe("dead");
  });

  it("sums that differ by 2^-56: too near for doubles to hold, and equal ones are decided", () => {
    const near = (last: number): LimitResult =>
      limitOf(
        given(
          "convolutional",
          [[1, 2, 3]],
          [
            [0.125, 0.25, 0.375],
            [0.5, 0.25, last],
          ],
        ),
        SETTINGS,
      );
    expect(near(2 ** -56).stop).toBe("structure-undecided");
    expect(near(0).alive).toEqual(["positive", "free"]);
    // Their doubles differ, and a run that kept that would leave the sign which data of the other sign ask for.
    const layers = [
      [0.125, 0.25, 0.375],
      [0.5, 0.25, 0],
    ];
    const kept = limitOf(given("convolutional", [[-1, -2, -4]], layers), SETTINGS);
    expect([kept.stop, kept.alive]).toEqual(["goal-met", ["positive", "free"]]);
    expect(kept.beta!.reduce((s, b) => s + b, 0)).toBeGreaterThan(-1e-12);
    expect(near(2 ** -30).alive).toEqual(["free", "free"]);
  });
});
