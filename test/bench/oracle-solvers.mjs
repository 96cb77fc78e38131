/**
 * The solvers beside ours: quadprog (l2), HiGHS (l2 as a QP without its regularization of the Hessian, which shifts duals;
 * l1 and linf as LP), SCS (all but nuclear: built without LAPACK; eps 1e-9, since smaller ones fail) and CVXOPT (all), through the
 * first python3 that has it. Each takes points in doubles and gives a predictor and multipliers; models are made inside the
 * clock. A null answer or a text says why there is none.
 */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import loadHighs from "highs";
import quadprog from "quadprog";
import createSCS from "scs-solver";
import { coneProgram, signedPoints } from "./oracle-problems.mjs";

const highs = await loadHighs();
const scs = await createSCS();

function byQuadprog(regularizer, data) {
  if (regularizer !== "l2") return null;
  const z = signedPoints(data);
  const [N, D] = [z.length, z[0].length];
  // Arrays count from 1; constraints are columns.
  const square = [
    [],
    ...Array.from({ length: D }, (_, i) => [0, ...Array.from({ length: D }, (_, j) => Number(i === j))]),
  ];
  const columns = [[], ...Array.from({ length: D }, (_, d) => [0, ...z.map((row) => row[d])])];
  const found = quadprog.solveQP(square, new Array(D + 1).fill(0), columns, [0, ...new Array(N).fill(1)]);
  if (found.message !== "") return found.message;
  return { beta: found.solution.slice(1, D + 1), dual: found.Lagrangian.slice(1, N + 1) };
}

/** Compressed rows. */
function compressed(rows) {
  const starts = [0];
  for (const row of rows) starts.push(starts.at(-1) + row.length);
  return {
    starts,
    indices: rows.flatMap((row) => row.map(([i]) => i)),
    values: rows.flatMap((row) => row.map(([, x]) => x)),
  };
}

function byHighs(regularizer, data) {
  if (!["l2", "l1", "linf"].includes(regularizer)) return null;
  const { n, c, rows, b, quadratic } = coneProgram(regularizer, data);
  const count = Array.from({ length: n }, (_, i) => i);
  const hessian = {
    format: "triangular",
    dimension: n,
    starts: [...count, n],
    indices: count,
    values: count.map(() => 1),
  };
  const model = highs.createModel({
    numCols: n,
    numRows: rows.length,
    colCost: c,
    colLower: count.map(() => -highs.infinity),
    colUpper: count.map(() => highs.infinity),
    rowLower: rows.map(() => -highs.infinity),
    rowUpper: b,
    matrix: { format: "csr", numRows: rows.length, numCols: n, ...compressed(rows) },
    ...(quadratic ? { hessian } : {}),
  });
  try {
    model.options.set({ output_flag: false, qp_regularization_value: 0 });
    model.run();
    const { colValue, rowDual } = model.getSolution();
    const [N, D] = [data.X.length, data.X[0].length];
    return { beta: Array.from(colValue.slice(0, D)), dual: Array.from(rowDual.slice(0, N), Math.abs) };
  } finally {
    model.dispose();
  }
}

/** Compressed columns. */
function columnsOf(n, rows) {
  const columns = Array.from({ length: n }, () => []);
  rows.forEach((row, i) => {
    for (const [j, x] of row) if (x !== 0) columns[j].push([i, x]);
  });
  return compressed(columns);
}

function byScs(regularizer, data) {
  if (regularizer === "nuclear") return null;
  const { n, c, rows, b, l, q, quadratic } = coneProgram(regularizer, data);
  const A = columnsOf(n, rows);
  const count = Array.from({ length: n }, (_, i) => i);
  const P = quadratic ? { P_x: count.map(() => 1), P_i: count, P_p: [...count, n] } : {};
  const settings = new scs.ScsSettings();
  scs.setDefaultSettings(settings);
  Object.assign(settings, { epsAbs: 1e-9, epsRel: 1e-9, verbose: 0 });
  const found = scs.solve(
    { m: rows.length, n, A_x: A.values, A_i: A.indices, A_p: A.starts, b, c, ...P },
    { z: 0, l, ...(q.length > 0 ? { q, qsize: q.length } : {}) },
    settings,
  );
  settings.delete?.();
  const [N, size] = [data.X.length, data.X[0].length];
  const note = found.status === "SOLVED" ? undefined : String(found.status);
  return { beta: Array.from(found.x).slice(0, size), dual: Array.from(found.y).slice(0, N), note };
}

/** In this process: the name of the package and what solves. */
export const SOLVERS = { quadprog: byQuadprog, highs: byHighs, scs: byScs };

/** The first python3 that has CVXOPT, or null. */
export const PYTHON =
  ["python3", "/usr/bin/python3"].find((python) => spawnSync(python, ["-c", "import cvxopt"]).status === 0) ?? null;

/** `rounds` times in a process of its own: { seconds, beta, dual, note }, or in words why there is no answer. */
export function byCvxopt({ regularizer, data }, rounds) {
  const script = fileURLToPath(new URL("cvxopt-oracle.py", import.meta.url));
  const program = { ...coneProgram(regularizer, data), size: data.X[0].length, N: data.X.length, rounds };
  const run = spawnSync(PYTHON, [script], { input: JSON.stringify(program), encoding: "utf8", maxBuffer: 1 << 28 });
  return run.status === 0 ? JSON.parse(run.stdout) : (run.stderr.trim().split("\n").at(-1) ?? "failed");
}
