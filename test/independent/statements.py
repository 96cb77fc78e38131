"""The statements about data, each judged from its sentence in src/kernel/certificate.ts: optima with their multipliers,
separability or not, and counterexamples with their three proofs; the KKT conditions of parameters are in parameters.py.
Everything in exact rationals.
"""

from fractions import Fraction

from parameters import judge_kkt_residual
from polynomials import judge_identities, whole
from rationals import (
    WORK,
    Refused,
    Vector,
    compare_angle,
    dot,
    fraction,
    over_one_denominator,
    product_cost,
    read_rational,
    read_vector,
)

OPTIMUM = ("regularizer", "beta", "dual", "objectiveSquared")


def record(value, keys, name):
    if not isinstance(value, dict) or set(value) != set(keys):
        raise Refused(f"{name} must have the entries {', '.join(keys)} and no other")
    return value


class Data:
    """Rows y_n X_n of integers over one `scale`."""

    def __init__(self, value):
        if not isinstance(value, dict) or not {"scale", "X", "y"} <= set(value) <= {"scale", "X", "y", "shape"}:
            raise Refused("data must have the entries scale, X, y and at most a shape")
        self.scale = self.integer(value["scale"], "scale")
        if self.scale <= 0:
            raise Refused("scale must be positive")
        X, y = value["X"], value["y"]
        if not isinstance(X, list) or not X or not all(isinstance(row, list) and row for row in X):
            raise Refused("X must be a list of rows with entries")
        if not isinstance(y, list) or len(y) != len(X) or not all(whole(label) in (1, -1) for label in y):
            raise Refused("y must have a label 1 or -1 for each row of X")
        self.N, self.D = len(X), len(X[0])
        if any(len(row) != self.D for row in X):
            raise Refused("the rows of X must have one length")
        if "shape" in value:
            shape = value["shape"]
            if not isinstance(shape, list) or any((whole(n) or 0) < 1 for n in shape):
                raise Refused("shape must be a list of positive integers")
            entries = 1
            for n in shape:
                entries = min(entries * int(n), self.D + 1)
            if entries != self.D:
                raise Refused("shape must have as many entries as a row of X")
        self.rows = [
            Vector([int(label) * self.integer(x, "an entry of X") for x in row], self.scale) for row, label in zip(X, y)
        ]

    @staticmethod
    def integer(text, name):
        value = read_rational(text, name)
        if value.denominator != 1:
            raise Refused(f"{name} must be an integer")
        return value.numerator

    def margins(self, b):
        return [dot(row, b) for row in self.rows]

    def combine(self, weights):
        """sum_n weights_n y_n x_n."""
        total = [0] * self.D
        for w, row in zip(weights.n, self.rows):
            if w != 0:
                WORK.spend(self.D * product_cost(weights.bits, row.bits))
                total = [t + w * x for t, x in zip(total, row.n)]
        return Vector(total, weights.d * self.scale)


def total(v):
    return fraction(sum(v.n), v.d)


def nonnegative(v, name):
    if any(x < 0 for x in v.n):
        raise Refused(f"{name} must not be negative")


def simplex(value, data, name):
    q = read_vector(value, data.N, name)
    nonnegative(q, name)
    if total(q) != 1:
        raise Refused(f"{name} must have the sum 1")
    return q


def norm(name, v):
    sizes = [abs(x) for x in v.n]
    return fraction(sum(sizes) if name == "l1" else max(sizes), v.d)


def judge_optimum(value, data):
    """The hard-margin SVM: returns beta."""
    if value["regularizer"] != "l2":
        raise Refused("the regularizer must be l2")
    beta, dual = read_vector(value["beta"], data.D, "beta"), read_vector(value["dual"], data.N, "dual")
    objective = read_rational(value["objectiveSquared"], "objectiveSquared")
    nonnegative(dual, "dual")
    margins = data.margins(beta)
    if min(margins) < 1:
        raise Refused("beta must have all margins at least 1")
    if any(a != 0 and m != 1 for a, m in zip(dual.n, margins)):
        raise Refused("a multiplier of a margin above 1 must be 0")
    z = data.combine(dual)
    WORK.spend(data.D * product_cost(z.bits + beta.bits, z.bits + beta.bits))
    if any(x * beta.d != b * z.d for x, b in zip(z.n, beta.n)):
        raise Refused("beta must be the sum of dual_n y_n x_n")
    if not dot(beta, beta) == total(dual) == objective:
        raise Refused("|beta|^2, the sum of the dual and objectiveSquared must be equal")
    return beta


def judge_exact_kkt(c):
    name = c.get("regularizer")
    if name == "l2":
        record(c, ("kind", "data", *OPTIMUM), "the certificate")
        data = Data(c["data"])
        judge_optimum(c, data)
        return f"the l2 max margin of {data.N} points in {data.D} dimensions"
    record(c, ("kind", "data", "regularizer", "beta", "dual", "objective"), "the certificate")
    if name not in ("l1", "linf"):
        raise Refused("the regularizer must be l2, l1 or linf")
    data = Data(c["data"])
    beta, dual = read_vector(c["beta"], data.D, "beta"), read_vector(c["dual"], data.N, "dual")
    objective = read_rational(c["objective"], "objective")
    nonnegative(dual, "dual")
    if min(data.margins(beta)) < 1:
        raise Refused("beta must have all margins at least 1")
    if norm("linf" if name == "l1" else "l1", data.combine(dual)) > 1:
        raise Refused("the sum of dual_n y_n x_n must be at most 1 in the dual norm")
    if not norm(name, beta) == total(dual) == objective:
        raise Refused("the norm of beta, the sum of the dual and objective must be equal")
    return f"a max margin over the {name} norm of {data.N} points in {data.D} dimensions"


def judge_separation(c):
    record(c, ("kind", "data", "beta", "margin"), "the certificate")
    data = Data(c["data"])
    beta, margin = read_vector(c["beta"], data.D, "beta"), read_rational(c["margin"], "margin")
    if margin <= 0:
        raise Refused("margin must be positive")
    if min(data.margins(beta)) < margin:
        raise Refused("beta has a smaller margin")
    return f"{data.N} points in {data.D} dimensions are separable through the origin"


def judge_farkas(c):
    record(c, ("kind", "data", "lambda"), "the certificate")
    data = Data(c["data"])
    if not data.combine(simplex(c["lambda"], data, "lambda")).is_zero():
        raise Refused("the sum of lambda_n y_n x_n must be 0")
    return f"{data.N} points in {data.D} dimensions are not separable through the origin"


def nearest_subgradient(name, b, z, mu):
    """z - mu s, over one denominator, for the s in the subdifferential of the norm at b != 0 that makes it smallest.
    The statement holds for every such s. Where b has a kink another one shows less, so that this judge may accept more there."""
    zs = [fraction(x, z.d) for x in z.n]
    signs = [(x > 0) - (x < 0) for x in b.n]
    if name == "l1":
        s = [Fraction(e) if e else max(Fraction(-1), min(Fraction(1), x / mu)) for e, x in zip(signs, zs)]
    else:
        largest = max(abs(x) for x in b.n)
        peaks = [k for k, x in enumerate(b.n) if abs(x) == largest]
        along = sorted((signs[k] * zs[k] / mu for k in peaks), reverse=True)
        running, shift = Fraction(0), Fraction(0)
        for count, x in enumerate(along, 1):  # projection to the simplex
            WORK.spend(product_cost(running.denominator.bit_length(), x.denominator.bit_length()) * 8)
            running += x
            if x > (running - 1) / count:
                shift = (running - 1) / count
        s = [Fraction(0)] * len(zs)
        for k in peaks:
            s[k] = signs[k] * max(Fraction(0), signs[k] * zs[k] / mu - shift)
    return over_one_denominator([x - mu * e for x, e in zip(zs, s)], "the supergradient")


def judge_witness(c, data, reached, distance):
    name = c["claim"]["regularizer"]
    proof = record(c["proof"], ("by", "v", "q"), "proof")
    v, q = read_vector(proof["v"], data.D, "v"), simplex(proof["q"], data, "q")
    if v.is_zero() or min(data.margins(v)) <= 0:
        raise Refused("the witness v must separate the data")
    mu = min(data.margins(v)) / norm(name, v)
    z = data.combine(q)
    h = dot(z, reached) - mu * norm(name, reached)
    if h >= 0:
        raise Refused("the witness says nothing about the predictor that was reached")
    g = nearest_subgradient(name, reached, z, mu)
    if g.is_zero():
        raise Refused("the supergradient must not be 0")
    # |o - u| >= chord, and an angle is at least its chord.
    WORK.spend(product_cost(g.bits, g.bits) * 64)
    if distance * distance * dot(reached, reached) * dot(g, g) > h * h:
        raise Refused("the witness shows a smaller distance")


def judge_counterexample(c):
    record(c, ("kind", "data", "claim", "reached", "distance", "errorBar", "limit", "proof"), "the certificate")
    data = Data(c["data"])
    reached = read_vector(c["reached"], data.D, "reached")
    distance, error = read_rational(c["distance"], "distance"), read_rational(c["errorBar"], "errorBar")
    if reached.is_zero():
        raise Refused("reached must not be 0")
    if distance <= 0 or error < 0 or distance < 10 * error:
        raise Refused("distance must be positive and at least ten times errorBar")
    claim, proof = c["claim"], c["proof"]
    mean = isinstance(claim, dict) and claim.get("kind") == "mean"
    record(claim, ("kind",) if mean else ("kind", "regularizer"), "claim")
    if not mean and (claim["kind"] != "max-margin" or claim["regularizer"] not in ("l2", "l1", "linf")):
        raise Refused("claim must be the mean, or the max margin over the l2, l1 or linf norm")
    if c["limit"] is not None:
        limit = judge_optimum(record(c["limit"], OPTIMUM, "limit"), data)
        if compare_angle(limit, reached, error) > 0:
            raise Refused("limit must be within errorBar of reached")
    by = "angle" if mean else "optimum" if claim["regularizer"] == "l2" else "witness"
    if not isinstance(proof, dict) or proof.get("by") != by:
        raise Refused(f"the proof must be by {by}")
    if by == "witness":
        judge_witness(c, data, reached, distance)
        return f"a run at least {float(distance):.4g} rad away from every max margin over the {claim['regularizer']} norm"
    if by == "optimum":
        target = judge_optimum(record(record(proof, ("by", "optimum"), "proof")["optimum"], OPTIMUM, "optimum"), data)
    else:
        record(proof, ("by",), "proof")
        target = data.combine(Vector([1] * data.N, data.N))
        if target.is_zero():
            raise Refused("the mean of the points is 0, which has no direction")
    if compare_angle(target, reached, distance) < 0:
        raise Refused("the claimed direction is closer to reached than distance")
    return f"a run at least {float(distance):.4g} rad away from {'the mean' if mean else 'the l2 max margin'}"


def judge_poly_identity(c):
    return judge_identities(record(c, ("kind", "order", "variables", "polynomials", "identities"), "the certificate"))


JUDGES = {
    "exact-kkt": judge_exact_kkt,
    "separation": judge_separation,
    "farkas": judge_farkas,
    "counterexample": judge_counterexample,
    "poly-identity": judge_poly_identity,
    "kkt-residual": lambda c: judge_kkt_residual(c, record, Data, simplex),
}
