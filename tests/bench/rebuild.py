#!/usr/bin/env python3
"""All derived tables made anew from the signed log, every signature checked, against plain INSERTs of the same rows.

usage: rebuild.py GUANAI FLOOR_IMPORT MAKE_ROSTER FORMS [CHILDREN]
"""
import os
import shutil
import sys
import tempfile

from beside import School, failed, judge, median_ratios, peak_kib, run, run_floor, write_roster

TIMES, PAIRS = 3, 3  # of half a minute each


def main():
    guanai, floor, make_roster, forms = sys.argv[1:5]
    children = int(sys.argv[5]) if len(sys.argv) > 5 else 100_000
    folder = tempfile.mkdtemp(prefix="guanai-bench-")
    roster, empty = (os.path.join(folder, name) for name in ("roster.csv", "floor.db"))
    write_roster(make_roster, children, roster)
    school = School(guanai, forms, os.path.join(folder, "data"))
    run(*school.importing(roster))
    rebuilding = [*school.command, "check", "--rebuild"]
    pairs = [(run(*rebuilding), run_floor(floor, school.database, empty, "search")) for _ in range(PAIRS)]
    wall, processor = median_ratios(pairs)
    print(f"{children} children; check --rebuild: {pairs[-1][0][0]:,.0f} ms, plain INSERTs: {pairs[-1][1][0]:,.0f} ms")
    judge(f"time beside plain INSERTs, median of {PAIRS} pairs (of the processor alone: {processor:.2f})", wall, TIMES)
    print(f"  peak memory: {peak_kib(*rebuilding) / 1024:.1f} MiB")
    shutil.rmtree(folder)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
