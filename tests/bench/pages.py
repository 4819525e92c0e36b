"""What the pages cost beside a floor: instructions (callgrind), bytes sent, peak memory.

usage: pages.py DRIVE FLOOR GUANAI

Schools of 300, 6,577 and 100,000 invented children are made in a temporary folder. Single keys are
measured as the difference of two runs that differ by so many presses.
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile

drive, floor, guanai = sys.argv[1:4]
valgrind = shutil.which("valgrind")
if not valgrind:
    print("valgrind is missing: skipped")
    sys.exit(77)
SIZES = (300, 6577, 100000)
failed = []


def run(steps, program):
    done = subprocess.run([drive, ";".join(steps)] + program, capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stderr)
    return {line.split()[0]: int(line.split()[1]) for line in done.stdout.splitlines()}


def count(steps, program):
    """Instructions of a whole run."""
    with tempfile.TemporaryDirectory() as folder:
        out = os.path.join(folder, "out")
        run(steps, [valgrind, "-q", "--tool=callgrind", "--callgrind-out-file=" + out] + program)
        with open(out, encoding="utf-8", errors="replace") as file:
            return int(re.search(r"^(?:summary|totals): (\d+)", file.read(), re.M).group(1))


def judge(what, figure, limit, unit=""):
    is_good = figure <= limit
    print(f"{'ok  ' if is_good else 'OVER'} {what}: {figure:,.2f}{unit} (at most {limit:,}{unit})")
    if not is_good:
        failed.append(what)


def make(folder, children):
    data = os.path.join(folder, str(children))
    subprocess.run([guanai, "--data", data, "--user", "周老师", "--today", "2026-11-20", "init", "--school", "红岩村小学",
                    "--demo", str(children)], check=True, capture_output=True)
    return [guanai, "--data", data, "--user", "周老师", "--today", "2026-11-20"], os.path.join(data, "guanai.db")


START = ["wait 在校学生", "key F3", "wait ^ 1 / "]
LEAVE = ["key Ctrl-Q"]


def one_key(program, before, step, few=4, more=20):
    """Instructions of one more `step` (a list of steps)."""
    return (count(before + step * (few + more) + LEAVE, program) - count(before + step * few + LEAVE, program)) / more


with tempfile.TemporaryDirectory(prefix="guanai-bench-") as folder:
    starts = {}
    for size in SIZES:
        program, database = make(folder, size)
        starts[size] = count(START + LEAVE, program)
        least = count(["wait ^ 1 / ", "type q"], [floor, database])
        print(f"     {size:,} children: start to painted roster {starts[size]:,} instructions, floor {least:,}")
        judge(f"start at {size:,} beside the floor", starts[size] / least, 2, " times")
        peak = run(START + ["key PgDn", "wait ^ 20 / ", "key End", "type /", "type hy", "peak kB"] + LEAVE, program)["kB"]
        if size > 300:
            judge(f"peak memory at {size:,}", peak / 1024, 8 if size < 10000 else 12, " MB")
        if size == 6577:
            usual = program
    judge("start at 100,000 beside 300", starts[100000] / starts[300], 1.1, " times")

    two = ["key Down", "wait ^ 2 / ", "key Up", "wait ^ 1 / "]
    judge("cursor key", one_key(usual, START, two) / 2, 250_000)
    sent = run(START + two + ["mark"] + two * 10 + ["bytes sent"] + LEAVE, usual)["sent"]
    judge("cursor key sends", sent / 20, 200, " bytes")
    turn = ["key PgDn", "wait ^ 20 / ", "key PgUp", "wait ^ 1 / "]
    page = one_key(usual, START, turn) / 2
    print(f"     page: {page:,.0f} instructions")
    sent = run(START + turn + ["mark"] + turn * 5 + ["bytes sent"] + LEAVE, usual)["sent"]
    print(f"     page sends {sent / 10:,.0f} bytes")
    table = ["wait 在校学生", "key Ctrl-B", "wait 填哪张表", "type 2", "wait 填哪些孩子", "type 1", "key Enter", "wait 第1人"]
    rows = ["key Down", "wait 第2人", "key Up", "wait 第1人"]
    judge("cursor key in a table of a class", one_key(usual, table, rows) / 2, 150_000)
    sent = run(table + rows + ["mark"] + rows * 10 + ["bytes sent"] + LEAVE, usual)["sent"]
    judge("cursor key in a table sends", sent / 20, 170, " bytes")
    ticks = (["wait 在校学生", "key Ctrl-B", "wait 填哪张表", "type 4", "wait F2 新建", "key F2", "wait 科目"] + ["key Tab"] * 8 +
             ["wait ▶学生", "key Enter", "wait 填哪些孩子", "type 1", "key Enter", "wait 已选 0"])
    lines = ["key Down", "wait ▶ [ ]   2", "key Up", "wait ▶ [ ]   1"]
    judge("cursor key in a list to tick", one_key(usual, ticks, lines) / 2, 150_000)
    sent = run(ticks + lines + ["mark"] + lines * 10 + ["bytes sent"] + LEAVE, usual)["sent"]
    judge("cursor key in a list to tick sends", sent / 20, 170, " bytes")
    find = ["type h", "wait 找到", "type y", "wait 找孩子 hy", "key Esc", "wait 直接输入", "wait 在校学生"]
    key = one_key(usual, ["wait 在校学生"], find) / 3
    judge("typed key of a search beside a page", key / page, 2, " times")
    sent = run(["wait 在校学生"] + find + ["mark"] + find * 5 + ["bytes sent"] + LEAVE, usual)["sent"]
    print(f"     typed key of a search: {key:,.0f} instructions, {sent / 15:,.0f} bytes")

sys.exit(1 if failed else 0)
