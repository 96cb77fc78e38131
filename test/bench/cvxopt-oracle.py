"""CVXOPT on one cone programme of oracle-problems.mjs: reads it, writes the seconds of every round and those of the processor
(matrices made inside the clock), the predictor, the multipliers of the margins, and a note. Its tolerances are the smallest of
TOLERANCES with which it says optimal: beyond these it breaks down, with worse answers."""

import json
import sys
import time

from cvxopt import matrix, solvers, spmatrix

TOLERANCES = [1e-12, 1e-11, 1e-10, 1e-9, 1e-8, 1e-7]
solvers.options["show_progress"] = False


def solve(case):
    cells = [(i, j, x) for i, row in enumerate(case["rows"]) for j, x in row]
    G = spmatrix([x for _, _, x in cells], [i for i, _, _ in cells], [j for _, j, _ in cells], (len(case["rows"]), case["n"]))
    c, h = matrix(case["c"], tc="d"), matrix(case["b"], tc="d")
    dims = {"l": case["l"], "q": case["q"], "s": [case["psd"]] if case["psd"] else []}
    if case["quadratic"]:
        P = spmatrix(1.0, range(case["n"]), range(case["n"]))
        return solvers.coneqp(P, c, G, h, dims)
    return solvers.conelp(c, G, h, dims)


def attempt(case, eps):
    """The answer, None where there is none, with its seconds and those of the processor."""
    solvers.options.update(abstol=eps, reltol=eps, feastol=eps)
    start, busy = time.perf_counter(), time.process_time()
    try:
        found = solve(case)
    except (ArithmeticError, ValueError):
        found = None
    return found, time.perf_counter() - start, time.process_time() - busy


def answer(case):
    for eps in TOLERANCES:
        found = attempt(case, eps)[0]
        if found is not None and found["status"] == "optimal":
            runs = [attempt(case, eps) for _ in range(case["rounds"])]
            return {
                "seconds": [run[1] for run in runs],
                "busy": [run[2] for run in runs],
                "beta": list(found["x"])[: case["size"]],
                "dual": list(found["z"])[: case["N"]],
                "note": f"eps {eps:.0e}",
            }
    return "no optimum at any tolerance"


json.dump(answer(json.load(sys.stdin)), sys.stdout)
