/**
 * The loop of descent.c for one configuration, compiled here (cc, or $CC) with -O3 -march=native: null where there is no
 * compiler. `run(eta, steps)` gives its seconds, its log loss and its predictor, in the network's own coordinates.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { blockFactor, coordinatewiseForm } from "../../dist/src/models/coordinatewise.js";

const SOURCE = fileURLToPath(new URL("descent.c", import.meta.url));

/** The compiler's first line about itself, or null. */
export function compiler() {
  try {
    return execFileSync(process.env.CC ?? "cc", ["--version"], { encoding: "utf8" }).split("\n")[0];
  } catch {
    return null;
  }
}

/** Order of coordinates in C: real blocks, real parts, imaginary parts; and the factor of each. */
function coordinatesOf(form, depth) {
  const real = form.blocks.filter((b) => !b.complex).map((b) => b.at);
  const pairs = form.blocks.filter((b) => b.complex).map((b) => b.at);
  const order = [...real, ...pairs, ...pairs.map((at) => at + 1)];
  return order.map((at, i) => ({ at, factor: i < real.length ? 1 : blockFactor(depth) }));
}

export function inC(P, data, init) {
  const { dim: D, depth: L } = P.dimensions;
  const { N } = data;
  const form = coordinatewiseForm(P);
  const folder = mkdtempSync(join(tmpdir(), "biasproof-bench-"));
  const program = join(folder, "descent");
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  const sizes = [`-DD=${D}`, `-DN=${N}`, `-DL=${L}`, ...(form === null ? [`-DWIDTH=${P.layers[0].rows}`] : [])];
  execFileSync(process.env.CC ?? "cc", ["-O3", "-march=native", ...sizes, SOURCE, "-o", program, "-lm"]);

  const [z, w] = [Float64Array.from(data.z), Float64Array.from(init)];
  const coordinates = form === null ? null : coordinatesOf(form, L);
  if (form !== null) {
    const ordered = (row, scaled) => {
      form.toCoordinates(row);
      row.set(coordinates.map(({ at, factor }) => row[at] * (scaled ? factor : 1)));
    };
    for (let n = 0; n < N; n++) ordered(z.subarray(n * D, (n + 1) * D), true);
    for (let l = 0; l < L; l++) ordered(w.subarray(l * D, (l + 1) * D), false);
  }
  const input = Buffer.concat([Buffer.from(z.buffer), Buffer.from(w.buffer)]);
  return (eta, steps) => {
    const [seconds, logLoss, ...end] = execFileSync(program, [String(eta), String(steps)], { input, encoding: "utf8" })
      .trim()
      .split("\n")
      .map(Number);
    const beta = new Float64Array(D);
    const reached = Float64Array.from(end);
    if (form === null) P.apply(reached, beta);
    else {
      const own = new Float64Array(L * D);
      for (let l = 0; l < L; l++)
        coordinates.forEach(({ at }, i) => {
          own[l * D + at] = reached[l * D + i];
        });
      form.P.apply(own, beta);
      form.fromCoordinates(beta);
    }
    return { seconds, logLoss, beta };
  };
}
