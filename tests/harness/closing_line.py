#!/usr/bin/env python3
"""Prints 'N passed, N failed' for meson's testlog.json, counting the cases inside TAP programs."""
import json
import re
import sys


def count(entry):
    cases = re.findall(r"^(not ok|ok)\b", entry.get("stdout") or "", re.M)
    failed = cases.count("not ok")
    if entry["result"] == "SKIP":
        return 0, 0, 1
    if entry["result"] in ("OK", "EXPECTEDFAIL"):
        return max(1, cases.count("ok")), 0, 0
    return cases.count("ok"), max(1, failed), 0


def main():
    with open(sys.argv[1], encoding="utf-8") as log:
        totals = [sum(x) for x in zip(*(count(json.loads(line)) for line in log if line.strip()))]
    passed, failed, skipped = totals or (0, 0, 0)
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
