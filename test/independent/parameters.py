"""The statement about the KKT conditions of parameters under a homogeneous polynomial map, judged from its sentence in
src/kernel/certificate.ts. Everything in exact rationals; sines are compared by their squares, so no root is taken.
"""

from polynomials import WIDTH, Space, is_name
from rationals import WORK, Refused, Vector, dot, fraction, product_cost, read_rational, read_vector

VARIABLES, POINTS, ENTRY, BITS = 4096, 1024, 1500, 4096
PARTS = ("feasibility", "predictor", "complementarity", "stationarity")


def short(v, name):
    if v.d.bit_length() > BITS or any(x.bit_length() > BITS for x in v.n):
        raise Refused(f"{name} is longer than is read here")
    return v


def short_vector(value, length, name):
    if isinstance(value, list) and any(isinstance(x, str) and len(x) > ENTRY for x in value):
        raise Refused(f"{name} is longer than is read here")
    return short(read_vector(value, length, name), name)


def factors_of(key):
    """The variables of a monomial, each as often as it is a factor."""
    variable, found = 0, []
    while key:
        found += [variable] * (key & 0xFFFF)
        key >>= WIDTH
        variable += 1
    return found


def product_at(w, factors):
    value = 1
    for i in factors:
        WORK.spend(product_cost(value.bit_length(), w[i].bit_length()))
        value *= w[i]
    return value


def read_map(value, D, record):
    record(value, ("variables", "polynomials"), "map")
    names, listed = value["variables"], value["polynomials"]
    if not isinstance(names, list) or len(names) > VARIABLES or not all(is_name(x) for x in names):
        raise Refused("variables must be a list of names")
    if len(set(names)) != len(names):
        raise Refused("two variables must not have one name")
    if not isinstance(listed, list) or len(listed) != D:
        raise Refused("the map must have a polynomial for each coordinate")
    space = Space(1, len(names))
    polynomials = [space.polynomial(p) for p in listed]
    degrees = {space.total(key) for terms, _ in polynomials for key in terms}
    if len(degrees) != 1 or 0 in degrees:
        raise Refused("the map must be homogeneous, of a degree from 1")
    common = 1
    for _, d in polynomials:
        common *= d
        if common.bit_length() > BITS:
            raise Refused("the map has longer numbers than are read here")
    # Over one denominator, which is a positive factor.
    return len(names), [
        [(c[0] * (common // d), factors_of(key)) for key, c in terms.items()] for terms, d in polynomials
    ]


def sine_squared(a, b):
    along = dot(a, b)
    if along <= 0:
        raise Refused("the parameters must stand for the reached predictor")
    return 1 - along * along / (dot(a, a) * dot(b, b))


def judge_kkt_residual(c, record, Data, simplex):
    record(c, ("kind", "data", "map", "w", "q", "reached", "parts", "largest"), "the certificate")
    data = Data(c["data"])
    if data.D > POINTS:
        raise Refused("the points have more coordinates than are read here")
    for row in data.rows:
        short(row, "data")
    count, polynomials = read_map(c["map"], data.D, record)
    w = short_vector(c["w"], count, "w")
    q = short(simplex(c["q"], data, "q"), "q")
    reached = short_vector(c["reached"], data.D, "reached")
    beta = Vector([sum(a * product_at(w.n, f) for a, f in p) for p in polynomials], 1)
    margins = data.margins(beta)
    least = min(margins)
    if least <= 0:
        raise Refused("the predictor of the parameters must separate the data")
    z = data.combine(q)
    slope = [0] * count
    for z_d, p in zip(z.n, polynomials):
        for a, factors in p if z_d else ():
            for k, i in enumerate(factors):
                slope[i] += z_d * a * product_at(w.n, factors[:k] + factors[k + 1 :])
    mean = sum((fraction(weight, q.d) * m for weight, m in zip(q.n, margins)), fraction(0, 1))
    squares = {
        "feasibility": max(fraction(0, 1), 1 - min(data.margins(reached))) ** 2,
        "predictor": sine_squared(beta, reached),
        "complementarity": (mean / least - 1) ** 2,
        "stationarity": sine_squared(w, Vector(slope, 1)),
    }
    parts, largest = record(c["parts"], PARTS, "parts"), record(c["largest"], ("lower", "upper"), "largest")
    lower, upper = read_rational(largest["lower"], "lower"), read_rational(largest["upper"], "upper")
    for name, square in squares.items():
        stated = read_rational(parts[name], name)
        WORK.spend(product_cost(stated.numerator.bit_length(), stated.numerator.bit_length()))
        if stated < 0 or stated * stated < square:
            raise Refused(f"{name} may be larger than stated")
        if stated > upper:
            raise Refused(f"{name} is above the upper bound of the largest")
    WORK.spend(product_cost(lower.numerator.bit_length(), lower.numerator.bit_length()))
    if lower > 0 and all(lower * lower > square for square in squares.values()):
        raise Refused("no part is as large as the lower bound of the largest")
    return f"the KKT conditions of {count} parameters up to {float(min(upper, fraction(10 ** 9, 1))):.3g}"
