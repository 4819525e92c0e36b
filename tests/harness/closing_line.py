#!/usr/bin/env python3
"""Prints what failed and 'N passed, N failed' for meson's testlog.json files, counting the cases inside TAP programs."""
import json
import re
import sys

SAID_LINES = 20


def count(entry):
    cases = re.findall(r"^(not ok|ok)\b", entry.get("stdout") or "", re.M)
    failed = cases.count("not ok")
    if entry["result"] == "SKIP":
        return 0, 0, 1
    if entry["result"] in ("OK", "EXPECTEDFAIL"):
        return max(1, cases.count("ok")), 0, 0
    return cases.count("ok"), max(1, failed), 0


def describe(entry):
    """The end of a failed program's own words: who reads only the last page of a log must still learn why."""
    said = (entry.get("stdout") or "") + (entry.get("stderr") or "")
    wanted = re.findall(r"^(?:not ok|#).*", said, re.M) or said.splitlines()
    return "\n".join([f"{entry['name']}: {entry['result']}"] + [f"  {line}" for line in wanted[-SAID_LINES:]])


def main():
    entries = []
    for path in sys.argv[1:]:
        with open(path, encoding="utf-8") as log:
            entries += [json.loads(line) for line in log if line.strip()]
    for entry in entries:
        if count(entry)[1]:
            print(describe(entry))
    totals = [sum(x) for x in zip(*(count(entry) for entry in entries))]
    passed, failed, skipped = totals or (0, 0, 0)
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
