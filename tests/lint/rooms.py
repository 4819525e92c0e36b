#!/usr/bin/env python3
"""Files, functions and words keep the measures of the house."""
import pathlib
import re
import statistics
import sys

FILE_MAX, HEADER_MAX, FUNCTION_MAX = 500, 150, 70
LEFT_OPEN = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b|not (yet )?implemented", re.I)
STARTS = re.compile(r"^[a-z].*\)$|^[a-z].*,$")


def functions(lines):
    """(name, length) of each function: from its first line to the closing brace in column one."""
    start = None
    for number, line in enumerate(lines):
        if line == "{" and start is None:
            start = number
        elif line == "}" and start is not None:
            yield start + 1, number - start - 1
            start = None
        elif line.startswith("}"):
            start = None


def faults(root, lengths):
    for path in sorted([*root.glob("src/**/*.[ch]"), *root.glob("include/**/*.h")]):
        where = path.relative_to(root)
        lines = path.read_text(encoding="utf-8").split("\n")
        most = HEADER_MAX if path.suffix == ".h" else FILE_MAX
        if len(lines) - 1 > most:
            yield f"{where}: {len(lines) - 1} lines, at most {most}"
        if not lines[0].startswith("/*"):
            yield f"{where}: does not begin by saying what it is for"
        for number, line in enumerate(lines, 1):
            if LEFT_OPEN.search(line):
                yield f"{where}:{number}: left open"
        for number, length in functions(lines):
            lengths.append(length)
            if length > FUNCTION_MAX:
                yield f"{where}:{number}: a function of {length} lines, at most {FUNCTION_MAX}"


def main():
    lengths = []
    found = list(faults(pathlib.Path(sys.argv[1]), lengths))
    lengths.sort()
    print("\n".join(found) or "all rooms keep the measures")
    print(f"{len(lengths)} functions, median {statistics.median(lengths):.0f} lines, nine in ten under "
          f"{lengths[len(lengths) * 9 // 10] + 1}, longest {lengths[-1]}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
