#!/usr/bin/python3
"""Writes elementary-50.json next to this file: reference values of the elementary functions to 50 digits.

Needs mpmath (Debian: apt-get install python3-mpmath; made with 1.2.1). Arguments are doubles, written so that they read
back exactly; the working precision of 4000 bits is far beyond what sin(2^1023) or 1 - 2^-53 to the power 2^60 need.
"""

import json
import math
import pathlib
import random

import mpmath

mpmath.mp.prec = 4000
MAX = 1.7976931348623157e308
MIN = 5e-324
NORMAL = 2.2250738585072014e-308
RANDOM = random.Random(1993)


def near(x, steps=1):
    """x and its neighbours."""
    values = [x]
    up = down = x
    for _ in range(steps):
        up, down = math.nextafter(up, math.inf), math.nextafter(down, -math.inf)
        values += [up, down]
    return values


def uniform(a, b, count):
    return [RANDOM.uniform(a, b) for _ in range(count)]


def signed(values):
    return [sign * v for v in values for sign in (1.0, -1.0)]


def binades(low, high, count):
    return [math.ldexp(RANDOM.uniform(1, 2), RANDOM.randint(low, high)) for _ in range(count)]


LN2 = math.log(2)
h = float.fromhex

exp_args = (
    signed([1.0, 0.5, 2.0, 10.0, 100.0, MIN, NORMAL, 2.0**-54, 2.0**-53, 2.0**-28, 1e-10, 0.1, LN2 / 2, LN2, 1.5 * LN2])
    + near(709.782712893384) + near(-708.3964185322641) + near(-745.1332191019411) + [-744.4400719213812, -740.0, -720.5, 709.0]
    + [h("0x1.9e9cbbfd6080bp-31"), h("-0x1.1d8a3c0ddf2fcp-6"), h("-0x1.298842d08da24p+9"), -800.0]
    + uniform(-745, 709, 15) + uniform(-1, 1, 10)
)
expm1_args = (
    signed([1.0, 0.5, 2.0, 10.0, MIN, NORMAL, 2.0**-55, 2.0**-54, 2.0**-53, 1e-10, 1e-5, 0.1, 0.25, LN2 / 2, LN2, 1.5 * LN2])
    + near(709.782712893384) + [-36.7368005696771, -37.42994775023705, -40.0, -40.5, -100.0, 13.5, 14.2, 38.8, 39.2, 56 * LN2]
    + [h("0x1.6b2cc1cef840dp-2")] + uniform(-40, 60, 12) + uniform(-1.2, 1.2, 15)
)
log_args = (
    [0.5, 2.0, 10.0, 0.1, 3.0, MIN, 2 * MIN, 3 * MIN, 1e-320, 1e-310, NORMAL, MAX, MAX / 2, 1e300, 1e-300, math.e]
    + near(1.0, 4)[1:] + [1 + 2.0**-20, 1 - 2.0**-20, 1 + 2.0**-30, 1 - 2.0**-30, 1.001, 0.999]
    + near(math.sqrt(2)) + near(math.sqrt(0.5)) + near(NORMAL) + near(math.e)
    + [h("0x1.62a88613629b6p+678"), h("0x1.ea71d85cee020p+509"), h("0x1.67dc9a0986881p+0"), h("0x1.45e18eacd0249p+0")]
    + uniform(0.5, 2, 12) + binades(-1060, 1023, 12)
)
log1p_args = (
    signed([0.5, 0.1, 0.25, MIN, NORMAL, 2.0**-55, 2.0**-54, 2.0**-53, 2.0**-29, 2.0**-30, 1e-10, 1e-5, 1e-3, 0.9])
    + near(-0.2929) + near(0.41422) + near(math.sqrt(2) - 1) + near(math.sqrt(0.5) - 1) + [1.0, 2.0, 10.0, MAX, 1e300]
    + [-1 + 2.0**-53, -1 + 2.0**-40, -0.999, 2.0**53, 2.0**53 - 1, 2.0**54, 2.0**55, 1e15, h("-0x1.3402310a74a4ap-2")]
    + uniform(-0.9, 1, 12) + binades(1, 60, 10)
)
trig_args = (
    signed([0.5, 1.0, 2.0, 3.0, 10.0, MIN, NORMAL, 2.0**-27, 2.0**-26, 1e-5, 0.1, 0.3, 0.78125])
    + near(math.pi / 4) + near(math.pi / 2) + near(math.pi) + near(3 * math.pi / 2) + near(2 * math.pi) + near(-math.pi)
    + [6381956970095103.0 * 2.0**797, -6381956970095103.0 * 2.0**797, 5319372648326541.0 * 2.0**-48]  # nearest to n pi/2
    + [MAX, -MAX, 2.0**1023, 1e22, 1e300, 2.0**53, 2.0**53 + 2, 2.0**120, 1e5, 1e6, 355.0, 103993.0, 710.0, 1146408.0]
    + near(1647099.0) + near(823549.6) + near(2.0**20) + [411557987.0 / 2, 1e16, 245850922.0, 3.0**33]
    + [h("0x1.fe767739d0f6dp-2"), h("0x1.8000000000009p-23"), h("0x1.9a06858ed1d7fp+881"), h("0x1.39ecfaad5797fp+703")]
    + uniform(-10, 10, 10) + uniform(0, 1.6e6, 8) + binades(21, 1023, 12)
)
atan_args = (
    signed([0.5, 1.0, 1.5, 2.0, 10.0, MIN, NORMAL, 2.0**-28, 2.0**-27, 2.0**-26, 1e-5, 0.1, 1e20, 2.0**66, 1e300, MAX])
    + near(0.4375) + near(0.6875) + near(1.1875) + near(2.4375) + near(1e20) + [1e16, 1e18, 1e19, h("0x1.683a5e31c8249p-1")]
    + uniform(-3, 3, 15) + binades(-30, 60, 12)
)
atan2_args = (
    [(y, x) for y in (1.0, -1.0, 3.0) for x in (1.0, -1.0, 0.5, -2.0, 1e-5, -1e-5, 1e10, -1e10)]
    + [(MIN, MIN), (MIN, -MIN), (MAX, MAX), (MAX, -MAX), (MIN, 1.0), (MIN, -1.0), (MIN, MAX), (MIN, -MAX), (1.0, MIN), (MAX, MIN)]
    + [(1e-310, 3e-310), (-1e-310, -3e-310), (7 * MIN, 3 * MIN), (1e-310, 1e-300), (1e-310, -1e-300), (1e308, 3e300), (-1e308, -3e300)]
    + [(1.0, 1e18), (1.0, -1e18), (1.0, 9e17), (1.0, -9e17), (1.0, -2.0**53), (1e18, 1.0), (2e18, -1.0), (1.0, 2.0**30), (1.0, 2.0**30 + 1)]
    + [(1e-300, 3.0), (1e-300, 1e15), (NORMAL, 1.5), (3 * NORMAL, 7.0), (h("0x1.5790b9f42a6fp-1"), h("0x1.f2b2aa952126ep-1"))]
    + [(RANDOM.uniform(-1, 1), RANDOM.uniform(-1, 1)) for _ in range(20)]
    + [(s * binades(-1000, 1000, 1)[0], t * binades(-1000, 1000, 1)[0]) for s in (1, -1) for t in (1, -1) for _ in range(4)]
)
pow_args = (
    [(x, y) for x in (2.0, 10.0, 0.5, 3.0, 1e-5) for y in (0.5, 2.0, -1.0, -0.5, 3.0, 1 / 3, 10.0, -20.0)]
    + [(-2.0, 3.0), (-2.0, 4.0), (-3.0, -5.0), (-1.5, 101.0), (-1.5, 100.0), (-10.0, -7.0), (-1.0, 2.0**53), (-1.0, 2.0**53 - 1)]
    + [(-1.0000001, 2.0**31 + 1), (-1.0000000001, 8589934593.0), (-(1 + 2.0**-40), 2.0**40 + 1), (-MIN, 3.0), (-MIN, -1.0)]
    + [(1 + 2.0**-52, 2.0**52), (1 + 2.0**-52, -(2.0**60)), (1 - 2.0**-53, 2.0**60), (1 - 2.0**-53, 2.0**62), (1 + 2.0**-52, 3e18)]
    + [(h("0x1.fffffd36e8043p-1"), h("-0x1.dbc5ae4e69e33p+32")), (h("0x1.00000123456789p+0"), 1e9), (1 + 2.0**-21, 2147483649.0)]
    + [(0.999999999, 7e11), (1.000000001, 7e11), (1.0000000000001, 7.05e15), (0.9999999999999, -7.05e15), (1.00000001, 2.0**31), (1.00000001, -2147483649.0)]
    + [(2.0, 1023.0), (2.0, 1023.9999999999999), (2.0, 1024.0), (2.0, -1074.0), (2.0, -1074.5), (2.0, -1074.9999999999998), (2.0, -1075.0), (2.0, -1022.5)]
    + [(MAX, 1.0), (MAX, 0.999), (MAX, -1.0), (MIN, 1.0), (MIN, 0.5), (MIN, 0.1), (MIN, -0.95), (NORMAL, 1.01), (1e-310, 0.7), (1e300, 1.02)]
    + [(h("0x1.7cb9a9b83522p-5"), h("0x1.b8e0bcda76f18p+2")), (h("0x1.8ed7a9af66762p-5"), h("-0x1.bfbb86cde82ecp+2"))]
    + [(1.2247448713915890, 5.5), (1.2247448713915892, 700.5), (1.7320508075688772, 9.25), (1.7320508075688774, -555.5), (1.4999999999999998, 99.9), (1.5, 1000.1)]
    + [(0.9, 1e-300), (1e10, MIN), (5.0, 2.0**-60)]
    + [(x, RANDOM.uniform(-1074, 1023) / math.log2(x)) for x in binades(-1000, 1000, 12) + uniform(0.5, 2, 12)]
)

CASES = {
    "exp": (mpmath.exp, exp_args),
    "expm1": (mpmath.expm1, expm1_args),
    "log": (mpmath.log, log_args),
    "log1p": (mpmath.log1p, log1p_args),
    "sin": (mpmath.sin, trig_args),
    "cos": (mpmath.cos, trig_args),
    "atan": (mpmath.atan, atan_args),
    "atan2": (mpmath.atan2, atan2_args),
    "pow": (mpmath.power, pow_args),
}

table = {}
for name, (function, args) in CASES.items():
    rows = []
    for arg in dict.fromkeys(args):
        xs = arg if isinstance(arg, tuple) else (arg,)
        value = function(*(mpmath.mpf(x) for x in xs))
        rows.append([*(repr(float(x)) for x in xs), mpmath.nstr(value, 50)])
    table[name] = rows

lines = ["{"]
for name, rows in table.items():
    lines.append(f"  {json.dumps(name)}: [")
    lines += [f"    {json.dumps(row)}{',' if row is not rows[-1] else ''}" for row in rows]
    lines.append("  ]" + ("," if name != list(table)[-1] else ""))
lines.append("}")
pathlib.Path(__file__).with_name("elementary-50.json").write_text("\n".join(lines) + "\n")
