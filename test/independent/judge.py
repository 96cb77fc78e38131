"""A second judge of certificates, written from their statements (src/kernel/certificate.ts, algebra-certificate.ts) and
not from the first judge's code. It runs on Python 3.8 or newer alone, with its four neighbours here.

    python3 judge.py out/report.json        a report, a --json document or a bare certificate; "-" reads stdin
    python3 judge.py certificates.jsonl     or a list of documents and certificates, or one in each line

One line for each certificate: accepted, refused with the reason, or not judged here (its kind is not one of JUDGES in statements.py).
Exit code 0: all that are judged are accepted; 1: one is refused; 2: the input cannot be read, or holds no certificate.
Certificates are judged and nothing else: whether a document's words follow from them is left to `biasproof recheck`.
"""

import json
import os
import sys

sys.dont_write_bytecode = True

from rationals import NUMBER_LENGTH, WORK, Refused  # noqa: E402
from statements import JUDGES  # noqa: E402

INPUT_LIMIT = 32_000_000  # bytes


def judge(certificate):
    """("accepted" | "refused" | "not judged here", kind, words)."""
    if not isinstance(certificate, dict) or not isinstance(certificate.get("kind"), str):
        return "refused", "?", "a certificate must be an object with a kind"
    kind = certificate["kind"]
    if kind not in JUDGES:
        return "not judged here", kind, ""
    WORK.begin()
    try:
        return "accepted", kind, JUDGES[kind](certificate)
    except Refused as why:
        return "refused", kind, str(why)
    except (ArithmeticError, LookupError, TypeError, ValueError, RecursionError, MemoryError) as fault:
        return "refused", kind, f"it cannot be judged ({type(fault).__name__})"


def written(path):
    """A path that is linked from its end, as text."""
    parts = []
    while path is not None:
        path, key = path
        parts.append(f"[{key}]" if isinstance(key, int) else f".{key[:100]}")
    return "".join(reversed(parts)).lstrip(".")


def certificates_in(document):
    """(where, certificate) for every entry `certificate` and `certificates`, at any depth."""
    todo = [(None, document)]
    while todo:
        path, value = todo.pop()
        inner = []
        for key, x in enumerate(value) if isinstance(value, list) else value.items() if isinstance(value, dict) else ():
            if key == "certificate":
                if x is not None:  # null: none was made
                    yield written((path, key)), x
            elif key == "certificates" and isinstance(x, list):
                yield from ((written(((path, key), i)), y) for i, y in enumerate(x))
            elif isinstance(x, (list, dict)):
                inner.append(((path, key), x))
        todo.extend(reversed(inner))


def items_of(text):
    """The documents and certificates of an input: one JSON value, a list of such, or one in each line."""

    def refuse_constant(name):
        raise ValueError(name)

    def read(part):
        # No certificate holds a long JSON number, and Python would dwell on it.
        return json.loads(part, parse_int=lambda s: int(s) if len(s) < 40 else None, parse_constant=refuse_constant)

    try:
        value = read(text)
    except json.JSONDecodeError as fault:
        lines = [line for line in text.split("\n") if line.strip()]
        if fault.msg != "Extra data" or len(lines) < 2:
            raise
        return [read(line) for line in lines], True
    return (value, True) if isinstance(value, list) else ([value], False)


def plain(text):
    """A document's own words, without control characters and not too long."""
    return ascii(text)[1:-1][:200]


def report(items, many, write):
    """Writes one line for each certificate; how many were accepted, refused and not judged."""
    counts = {"accepted": 0, "refused": 0, "not judged here": 0}
    for number, item in enumerate(items):
        document = isinstance(item, dict) and ("command" in item or (not many and "kind" not in item))
        for where, certificate in certificates_in(item) if document else [("certificate", item)]:
            word, kind, words = judge(certificate)
            counts[word] += 1
            at = f"[{number}] {where}" if many else where
            write(f"{plain(at)}: {word}: {plain(kind)}{': ' if words else ''}{words}\n")
    return counts


def main(arguments):
    if len(arguments) != 1 or arguments[0] in ("-h", "--help"):
        sys.stderr.write(__doc__)
        return 0 if arguments[:1] in (["-h"], ["--help"]) else 2
    if hasattr(sys, "set_int_max_str_digits"):
        sys.set_int_max_str_digits(NUMBER_LENGTH + 10)
    try:
        with open(0 if arguments[0] == "-" else arguments[0], "rb") as file:
            content = file.read(INPUT_LIMIT + 1)
        if len(content) > INPUT_LIMIT:
            raise ValueError("it is longer than is read here")
        items, many = items_of(content.decode("utf-8"))
    except (OSError, ValueError, RecursionError, MemoryError) as fault:
        sys.stderr.write(f"unreadable: {plain(arguments[0])}: {plain(str(fault) or type(fault).__name__)}\n")
        return 2
    counts = report(items, many, sys.stdout.write)
    sys.stdout.write(", ".join(f"{n} {word}" for word, n in counts.items()) + "\n")
    sys.stdout.flush()
    if sum(counts.values()) == 0:
        sys.stderr.write("there is no certificate in this input\n")
        return 2
    return 1 if counts["refused"] else 0


if __name__ == "__main__":
    try:
        code = main(sys.argv[1:])
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        code = 2
    except KeyboardInterrupt:
        code = 130
    sys.exit(code)
