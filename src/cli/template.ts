/**
 * What `biasproof new theorem` writes: a conjecture that is true, said in full, runs as it stands in TypeScript and in
 * JavaScript, and has a place for each thing that somebody else's would say otherwise.
 */

const HEAD = `/**
 * A conjecture, for biasproof: what it supposes, what it claims, and which random cases it is tested on.
 *
 *   npx biasproof verify FILE              tests it; the exit code is 0 where it holds, 1 where it is refuted
 *   npx biasproof verify FILE --cases 50   fewer cases (500 if not said)
 *
 * What is written here is true. Change "l1" to "linf", and it is refuted with certificates that anyone can re-check.
 */
`;

const BODY = `import {
  defineConjecture,
  defineTheorem,
  diagonal,
  genericInitialization,
  limitHypotheses,
  limitIsMaxMarginOf,
} from "biasproof";

const theorem = defineTheorem({
  id: "ID",
  statement:
    "The predictor of a diagonal network of two layers, beta = u * v, converges in direction to a maximizer of the margin over the l1 norm.",

  // The networks it speaks of. One of your own (defineArchitecture) goes into \`brings: { architectures: [mine] }\` as well.
  scope: { architectures: ["diagonal"], depth: 2 },

  entries: {
    "gradient-flow": {
      // Separable data, a loss with an exponential tail, directions that converge; and no coordinate that starts dead.
      hypotheses: [...limitHypotheses, genericInitialization],
      // Judged by a certified gap. Other norms: l2, linf, lp:3, fourier-l1, group-l21, ... (\`npx biasproof list\`).
      claims: [limitIsMaxMarginOf("l1")],
    },
  },

  notClaimed: ["which maximizer is reached where there are several"],
});

// Small integer data are easy to read where something is refuted.
export default defineConjecture({
  theorem,
  space: { networks: [{ architecture: diagonal }], depths: [2, 2], maxPoints: 5, maxDim: 5 },
});
`;

/** `name` is that of the file, without its folder. */
export function templateFor(name: string): string {
  const words = name
    .replace(/\.[^.]*$/, "")
    .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");
  return (HEAD + BODY).replaceAll("FILE", `./${name}`).replace("ID", words.join("-") || "my-conjecture");
}
