"""Identities of polynomials over Q(zeta_n), multiplied out: a polynomial is a map from a packed monomial (16 bits for the
power of each variable) to the integers of 1, zeta, ..., zeta^(phi(n) - 1), all over one denominator. Written from the
statement and the format in src/kernel/algebra-certificate.ts alone. Not canonical is refused: a zero coefficient, a
monomial twice, a variable twice in a monomial.
"""

import unicodedata
from math import gcd

from rationals import WORK, Refused, product_cost, read_rational

WIDTH = 16
DEGREE, ORDER, PHI, VARIABLES, NESTING, NUMBER, BITS = 256, 1000, 256, 4096, 100, 2000, 20_000


def whole(value):
    """A JSON number that is an integer (2.0 is 2), else None."""
    if isinstance(value, bool) or not isinstance(value, (int, float)) or abs(value) >= 1 << 53:
        return None
    return int(value) if value == int(value) else None


def index(value, below, name):
    i = whole(value)
    if i is None or not 0 <= i < below:
        raise Refused(f"{name} must be one of those that the certificate has")
    return i


def positive(value, name):
    i = whole(value)
    if i is None or i < 1:
        raise Refused(f"{name} must be an integer from 1")
    return i


def divide(p, q):
    """The quotient of monic integer polynomials, lowest coefficient first."""
    p, quotient = list(p), []
    while len(p) >= len(q):
        lead = p[-1]
        quotient.append(lead)
        for i in range(len(q)):
            p[len(p) - len(q) + i] -= lead * q[i]
        p.pop()
    return quotient[::-1]


def cyclotomic(n):
    """x^n - 1 without the cyclotomic polynomials of the proper divisors of n."""
    found = {}
    for d in [d for d in range(1, n + 1) if n % d == 0]:
        rest = [-1] + [0] * (d - 1) + [1]
        for e, factor in found.items():
            if d % e == 0:
                rest = divide(rest, factor)
        found[d] = rest
    return found[n]


class Space:
    """The ring: Q(zeta_order)[variables]. A polynomial is (terms, denominator), denominator > 0, no zero term."""

    def __init__(self, order, count):
        self.count = count
        self.order = order
        WORK.spend(order * order)
        self.modulus = cyclotomic(order)
        self.phi = len(self.modulus) - 1
        if self.phi > PHI:
            raise Refused("the order of the field is higher than is read here")

    def settle(self, terms, d):
        terms = {key: c for key, c in terms.items() if any(c)}
        g = d
        bits = 0
        for c in terms.values():
            for x in c:
                bits = max(bits, x.bit_length())
                if g != 1:
                    g = gcd(g, x)
        if max(bits, d.bit_length()) > BITS:
            raise Refused("a polynomial has longer numbers than are read here")
        if g != 1:
            terms = {key: [x // g for x in c] for key, c in terms.items()}
        return terms, d // g

    def cost(self, p):
        bits = max([x.bit_length() for c in p[0].values() for x in c] + [p[1].bit_length()])
        return len(p[0]), bits

    def times(self, a, b):
        if self.phi == 1:
            return [a[0] * b[0]]
        out = [0] * (2 * self.phi - 1)
        for i, x in enumerate(a):
            if x:
                for j, y in enumerate(b):
                    out[i + j] += x * y
        for k in range(len(out) - 1, self.phi - 1, -1):
            lead = out[k]
            if lead:
                for i in range(self.phi + 1):
                    out[k - self.phi + i] -= lead * self.modulus[i]
        return out[: self.phi]

    def add(self, p, q):
        (n, a), (m, b) = self.cost(p), self.cost(q)
        WORK.spend(10 * (n + m) * self.phi * (product_cost(a, b) + 2))
        terms = {key: [x * q[1] for x in c] for key, c in p[0].items()}
        for key, c in q[0].items():
            old = terms.get(key)
            new = [x * p[1] for x in c]
            terms[key] = new if old is None else [x + y for x, y in zip(old, new)]
        return self.settle(terms, p[1] * q[1])

    def multiply(self, p, q):
        (n, a), (m, b) = self.cost(p), self.cost(q)
        WORK.spend(10 * n * m * (self.phi ** 2) * (product_cost(a, b) + self.count // 64 + 1))
        if self.degree(p) + self.degree(q) > DEGREE:
            raise Refused("a degree is higher than is read here")
        terms = {}
        for k, c in p[0].items():
            for l, e in q[0].items():
                new = self.times(c, e)
                old = terms.get(k + l)
                terms[k + l] = new if old is None else [x + y for x, y in zip(old, new)]
        return self.settle(terms, p[1] * q[1])

    def degree(self, p):
        return max([self.total(key) for key in p[0]], default=0)

    def total(self, key):
        total = 0
        while key:
            total += key & 0xFFFF
            key >>= WIDTH
        return total

    def differentiate(self, p, variable):
        WORK.spend(10 * len(p[0]) * (self.phi + self.count // 64 + 1))
        shift = WIDTH * variable
        terms = {}
        for key, c in p[0].items():
            power = (key >> shift) & 0xFFFF
            if power:
                terms[key - (1 << shift)] = [x * power for x in c]
        return self.settle(terms, p[1])

    def coefficient(self, value, name):
        """A rational; over Q(zeta_n), n > 1, also a list of phi(n) of them."""
        entries = value if isinstance(value, list) else [value]
        if isinstance(value, list) and (self.order == 1 or len(value) != self.phi):
            raise Refused(f"{name} must be a rational or a list of phi(n) rationals")
        for x in entries:
            if isinstance(x, str) and len(x) > NUMBER:
                raise Refused(f"{name} is longer than is read here")
        numbers = [read_rational(x, name) for x in entries]
        d = 1
        for x in numbers:
            d = d // gcd(d, x.denominator) * x.denominator
            if d.bit_length() > BITS:
                raise Refused(f"{name} is longer than is read here")
        WORK.spend(self.phi)
        return [x.numerator * (d // x.denominator) for x in numbers] + [0] * (self.phi - len(numbers)), d

    def polynomial(self, value):
        if not isinstance(value, list):
            raise Refused("a polynomial must be a list of terms")
        read, common = {}, 1
        for term in value:
            if not isinstance(term, list) or len(term) != 2 or not isinstance(term[1], list):
                raise Refused("a term must be a coefficient and a list of factors")
            WORK.spend(30 + 10 * len(term[1]) + self.count // 8)
            c, d = self.coefficient(term[0], "a coefficient")
            if not any(c):
                raise Refused("a polynomial must not have a zero coefficient")
            key, degree, seen = 0, 0, set()
            for factor in term[1]:
                if not isinstance(factor, list) or len(factor) != 2:
                    raise Refused("a factor must be a variable and a power")
                variable, power = index(factor[0], self.count, "a variable"), positive(factor[1], "a power")
                degree += power
                if variable in seen:
                    raise Refused("a variable must not occur twice in a monomial")
                if degree > DEGREE:
                    raise Refused("a degree is higher than is read here")
                seen.add(variable)
                key += power << (WIDTH * variable)
            if key in read:
                raise Refused("a polynomial must not have a monomial twice")
            read[key] = (c, d)
            WORK.spend(product_cost(common.bit_length(), d.bit_length()))
            common = common // gcd(common, d) * d
            if common.bit_length() > BITS:
                raise Refused("a polynomial has longer numbers than are read here")
        WORK.spend(len(read) * self.phi * product_cost(common.bit_length(), common.bit_length()))
        return self.settle({key: [x * (common // d) for x in c] for key, (c, d) in read.items()}, common)

    def constant(self, value):
        c, d = self.coefficient(value, "a constant")
        return self.settle({0: c}, d)

    def unit(self, key):
        return {key: [1] + [0] * (self.phi - 1)}, 1


def expand(value, space, polynomials, depth=0):
    WORK.spend(30)
    if depth > NESTING:
        raise Refused("an expression is nested deeper than is read here")
    if not isinstance(value, dict) or len(value) != 1:
        raise Refused("an expression must be an object with one entry")
    ((kind, part),) = value.items()
    if kind == "poly":
        return polynomials[index(part, len(polynomials), "poly")]
    if kind == "variable":
        return space.unit(1 << (WIDTH * index(part, space.count, "variable")))
    if kind == "constant":
        return space.constant(part)
    if kind in ("sum", "product"):
        if not isinstance(part, list):
            raise Refused(f"a {kind} must be a list of expressions")
        result = ({}, 1) if kind == "sum" else space.unit(0)
        for item in part:
            inner = expand(item, space, polynomials, depth + 1)
            result = space.add(result, inner) if kind == "sum" else space.multiply(result, inner)
        return result
    if kind in ("power", "derivative"):
        if not isinstance(part, list) or len(part) != 2:
            raise Refused(f"a {kind} must be a pair of an expression and a number")
        inner = expand(part[0], space, polynomials, depth + 1)
        if kind == "derivative":
            return space.differentiate(inner, index(part[1], space.count, "a variable"))
        power = positive(part[1], "a power")
        if power > DEGREE and inner[0]:
            raise Refused("a power is higher than is read here")
        result = space.unit(0) if inner[0] else inner
        for _ in range(power if inner[0] else 0):
            result = space.multiply(result, inner)
        return result
    raise Refused("an expression must be a poly, variable, constant, sum, product, power or derivative")


def is_name(name):
    """A letter, then letters, digits or _ ' . [ ], at most 40: named, and no expression; zeta is the root of unity."""
    if not isinstance(name, str) or not 1 <= len(name) <= 40 or name == "zeta":
        return False
    kinds = [unicodedata.category(c)[0] for c in name]
    first = kinds[0] == "L" or name[0] in "_$"
    return first and all(k in "LMN" or c in "_$'.[]" for k, c in zip(kinds, name))


def judge_identities(certificate):
    order, names = whole(certificate["order"]), certificate["variables"]
    if order is None or not 1 <= order <= ORDER:
        raise Refused("order must be a positive integer, and not above what is read here")
    if not isinstance(names, list) or len(names) > VARIABLES or not all(is_name(x) for x in names):
        raise Refused("variables must be a list of names")
    if len(set(names)) != len(names):
        raise Refused("two variables must not have one name")
    space = Space(order, len(names))
    listed, identities = certificate["polynomials"], certificate["identities"]
    if not isinstance(listed, list) or not isinstance(identities, list):
        raise Refused("polynomials and identities must be lists")
    if not identities:
        raise Refused("there must be an identity")
    polynomials = [space.polynomial(p) for p in listed]
    for i, pair in enumerate(identities):
        if not isinstance(pair, list) or len(pair) != 2:
            raise Refused("an identity must be a pair of expressions")
        left, right = (expand(side, space, polynomials) for side in pair)
        if left != right:  # both are in lowest terms
            raise Refused(f"the two sides of identity {i + 1} are not the same polynomial")
    field = "Q" if order == 1 else f"Q(zeta_{order})"
    return f"{len(identities)} identities of polynomials in {len(names)} variables over {field}"
