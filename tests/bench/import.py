#!/usr/bin/env python3
"""An import against plain prepared INSERTs of the same rows: instructions, time in A-B-A-B pairs, peak memory.

usage: import.py GUANAI FLOOR_IMPORT MAKE_ROSTER FORMS [CHILDREN]
"""
import os
import shutil
import sys
import tempfile

from beside import (PAIRS, School, counted, failed, judge, median_ratios, need_valgrind, peak_kib, run, run_floor, write_roster)

MANY = 100_000
TIMES, MIB = 2.5, 16


def main():
    guanai, floor, make_roster, forms = sys.argv[1:5]
    need_valgrind()
    children = int(sys.argv[5]) if len(sys.argv) > 5 else 6577
    folder = tempfile.mkdtemp(prefix="guanai-bench-")
    roster, many, empty = (os.path.join(folder, name) for name in ("roster.csv", "many.csv", "floor.db"))
    write_roster(make_roster, children, roster)
    write_roster(make_roster, MANY, many)
    numbers = iter(range(1000))

    def school():
        return School(guanai, forms, os.path.join(folder, f"data{next(numbers)}"))

    done = school()
    peak = peak_kib(*done.importing(roster))
    ours = counted(school().importing(roster), ["ga_import_plan", "ga_import_apply"])
    print(f"{children} children; import (read, match, look for doubles, check, sign, save): {ours:,} instructions")
    for tables in ("child", "search"):
        plain = counted([floor, done.database, empty, tables], ["insert_all"])
        print(f"  plain INSERTs, {tables} tables: {plain:,} instructions; ratio {ours / plain:.2f}")
    pairs = []
    for _ in range(PAIRS):
        data = school()
        pairs.append((run(*data.importing(roster)), run_floor(floor, done.database, empty, "search")))
        shutil.rmtree(data.folder)
    wall, processor = median_ratios(pairs)
    judge(f"time beside plain INSERTs, median of {PAIRS} pairs (of the processor alone: {processor:.2f})", wall, TIMES)
    judge(f"peak memory at {children}", peak / 1024, MIB, " MiB")
    judge(f"peak memory at {MANY:,}", peak_kib(*school().importing(many)) / 1024, MIB, " MiB")
    shutil.rmtree(folder)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
