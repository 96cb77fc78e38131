"""Exact numbers for the second judge: rationals as certificates write them, vectors over one denominator, and comparisons
of angles in [0, pi] with rationals by integer arithmetic (cos and pi enclosed as finely as the comparison needs). No
floating point decides anything. Every piece of work is paid for before it is done, so that no input can hold the judge up.
"""

import re
from fractions import Fraction
from math import gcd

NUMBER = re.compile(r"(0|-?[1-9][0-9]*)(?:/([1-9][0-9]*))?")
NUMBER_LENGTH = 20_000  # characters
BITS = 66_000  # of the common denominator of a vector


class Refused(Exception):
    """Why a certificate is not accepted: one sentence."""


class Work:
    """Steps that are left; one step is about a tenth of a microsecond."""

    def __init__(self, each, total):
        self.each, self.total, self.left = each, total, 0

    def begin(self):
        self.left = min(self.each, self.total)

    def spend(self, steps):
        self.left -= steps
        self.total -= steps
        if self.left < 0:
            raise Refused("it takes more work than is done here")


WORK = Work(50_000_000, 1_000_000_000)


def product_cost(a, b):
    """Steps of multiplying numbers of a and b bits."""
    return 1 + (a >> 8) * (b >> 8) // 16


def read_rational(text, name):
    """"p/q" or "p". Lowest terms are how certificates are written; a value is the same without, so they are not asked for."""
    if not isinstance(text, str):
        raise Refused(f"{name} must be a rational written as text")
    if len(text) > NUMBER_LENGTH:
        raise Refused(f"{name} is longer than is read here")
    WORK.spend(20 + len(text) ** 2 // 1000)
    match = NUMBER.fullmatch(text)
    if match is None:
        raise Refused(f"{name} must be a rational p/q or an integer")
    return Fraction(int(match[1]), int(match[2] or "1"))


class Vector:
    """Integers n over one denominator d > 0."""

    def __init__(self, n, d):
        self.n, self.d = n, d
        self.bits = max([x.bit_length() for x in n] + [d.bit_length()])

    def __len__(self):
        return len(self.n)

    def is_zero(self):
        return not any(self.n)


def over_one_denominator(values, name):
    d = 1
    for x in values:
        WORK.spend(product_cost(d.bit_length(), x.denominator.bit_length()))
        d = d // gcd(d, x.denominator) * x.denominator
        if d.bit_length() > BITS:
            raise Refused(f"{name} has a common denominator that is longer than is read here")
    WORK.spend(len(values) * product_cost(d.bit_length(), d.bit_length()))
    return Vector([x.numerator * (d // x.denominator) for x in values], d)


def read_vector(value, length, name):
    if not isinstance(value, list) or len(value) != length:
        raise Refused(f"{name} must be a list of {length} rationals")
    return over_one_denominator([read_rational(x, name) for x in value], name)


def fraction(n, d):
    WORK.spend(product_cost(n.bit_length(), d.bit_length()) * 4)
    return Fraction(n, d)


def dot(a, b):
    WORK.spend(len(a) * product_cost(a.bits, b.bits))
    return fraction(sum(x * y for x, y in zip(a.n, b.n)), a.d * b.d)


def sign(x):
    return (x > 0) - (x < 0)


def cosine_at(x, bits):
    """Integers lo <= 2^bits cos(x / 2^bits) <= hi for 0 <= x / 2^bits <= 22/7."""
    square, term, total, k = x * x, 1 << bits, 0, 0
    while term != 0:
        total += term if k % 2 == 0 else -term
        k += 1
        term = (term * square >> (2 * bits)) // (2 * k * (2 * k - 1))
    # Each term is short of the true one by less than 8 units, and what follows the last is below one more.
    return total - 8 * (k + 2), total + 8 * (k + 2)


def machin(bits):
    """Integers lo <= 2^bits pi <= hi, pi = 16 arctan(1/5) - 4 arctan(1/239)."""

    def arctan_of_inverse(q):
        power, total, k = (1 << bits) // q, 0, 0
        while power != 0:
            total += (power if k % 2 == 0 else -power) // (2 * k + 1)
            power //= q * q
            k += 1
        return total, 2 * k + 2

    (a, slack_a), (b, slack_b) = arctan_of_inverse(5), arctan_of_inverse(239)
    slack = 16 * slack_a + 4 * slack_b
    return 16 * a - 4 * b - slack, 16 * a - 4 * b + slack


def precisions():
    bits = 128
    while bits <= 1 << 15:
        WORK.spend(bits * product_cost(bits, bits) * 2)
        yield bits
        bits *= 2
    raise Refused("two angles are closer to each other than is told apart here")


def above_pi(angle):
    """Whether the rational is above pi, which no rational equals."""
    if not 3 < angle < 4:
        return angle > 3
    for bits in precisions():
        lo, hi = machin(bits)
        if angle * (1 << bits) < lo:
            return False
        if angle * (1 << bits) > hi:
            return True


def compare_cosine(angle, signed_square):
    """The sign of s(cos(angle)) - signed_square, s(c) = c |c|, for a rational angle in [0, pi].
    cos of a rational other than 0 is transcendental, so that they are never equal there."""
    if angle == 0:
        return sign(1 - signed_square)
    for bits in precisions():
        low = (angle.numerator << bits) // angle.denominator
        _, hi = cosine_at(low, bits)
        lo, _ = cosine_at(low + 1, bits)
        scaled = signed_square * (1 << (2 * bits))
        if lo * abs(lo) > scaled:
            return 1
        if hi * abs(hi) < scaled:
            return -1


def compare_angle(u, v, angle):
    """The sign of (the angle between u and v, both not 0) - angle; 0 where they are equal."""
    if angle < 0:
        return 1
    if above_pi(angle):
        return -1
    inner = dot(u, v)
    square = inner * abs(inner) / (dot(u, u) * dot(v, v))
    return compare_cosine(angle, square)  # a smaller cosine is a larger angle
