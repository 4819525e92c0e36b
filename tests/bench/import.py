#!/usr/bin/env python3
"""An import against plain prepared INSERTs of the same rows: instructions, then time in A-B-A-B pairs.

usage: import.py GUANAI FLOOR_IMPORT MAKE_ROSTER FORMS [CHILDREN]
"""
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time


def callgrind(functions, *command):
    toggles = [f"--toggle-collect={f}" for f in functions]
    done = subprocess.run(["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", *toggles, *command],
                          capture_output=True, text=True, check=False)
    return int(re.search(r"Collected : (\d+)", done.stderr).group(1))


def peak_kib(*command):
    """VmHWM of the program itself: what wait4 tells counts the memory of the Python it was forked from."""
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    peak = 0
    while child.poll() is None:
        try:
            with open(f"/proc/{child.pid}/status", encoding="ascii") as status:
                found = re.search(r"VmHWM:\s+(\d+)", status.read())
        except OSError:
            break
        peak = max(peak, int(found.group(1))) if found and child.poll() is None else peak
        time.sleep(0.002)
    return peak


def main():
    guanai, floor, make_roster, forms = sys.argv[1:5]
    if not shutil.which("valgrind"):
        print("valgrind is missing: skipped")
        sys.exit(77)
    children = sys.argv[5] if len(sys.argv) > 5 else "6577"
    folder = tempfile.mkdtemp(prefix="guanai-bench-")
    roster = os.path.join(folder, "roster.csv")
    subprocess.run([sys.executable, make_roster, "--children", children, "--left-behind", str(int(children) // 2),
                    "--seed", "3", "--out", roster], check=True)
    runs = iter(range(1000))

    def school():
        data = os.path.join(folder, f"data{next(runs)}")
        subprocess.run([guanai, "--data", data, "--forms", forms, "--user", "bench", "init", "--school", "S"],
                       check=True, capture_output=True)
        return data

    def import_into(data):
        subprocess.run([guanai, "--data", data, "--forms", forms, "import", "child", roster], check=True,
                       capture_output=True)

    done = school()
    peak = peak_kib(guanai, "--data", done, "--forms", forms, "import", "child", roster)
    database, empty = os.path.join(done, "guanai.db"), os.path.join(folder, "floor.db")
    ours = callgrind(["ga_import_plan", "ga_import_apply"], guanai, "--data", school(), "--forms", forms, "import", "child", roster)
    print(f"{children} children; import (read, match, check, sign, save): {ours:,} instructions, peak {peak} KiB")
    for tables in ("child", "search"):
        plain = callgrind(["insert_all"], floor, database, empty, tables)
        print(f"  plain INSERTs, {tables} tables: {plain:,} instructions; ratio {ours / plain:.2f}")
    pairs = []
    for _ in range(7):
        data = school()
        begin = time.perf_counter()
        import_into(data)
        mine = (time.perf_counter() - begin) * 1e3
        printed = subprocess.run([floor, database, empty, "search"], check=True, capture_output=True, text=True).stdout
        pairs.append(mine / float(re.search(r"([\d.]+) ms", printed).group(1)))
    print(f"  time, median of {len(pairs)} pairs: ratio {statistics.median(pairs):.2f}")
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()
