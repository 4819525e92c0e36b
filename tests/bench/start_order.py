#!/usr/bin/env python3
"""Writes src/start.ld: which functions a start, the roster and a search run, for the linker to lay side by side; behind
them what the first start of a day runs besides, which counts what is owed.

usage: start_order.py DRIVE GUANAI DATA > src/start.ld

DRIVE is the program `drive` of this folder, GUANAI a release build, DATA a school of some thousand children (init --demo
6577). It is a hint: a function that is gone is not found, one that is new lies elsewhere. So it need not be made again
with every change, only when the memory of a start has grown (`pages`).
"""
import os
import re
import subprocess
import sys
import tempfile

# Six rests are longer than nobody types before what had to wait is written.
WALK = "rest;rest;rest;rest;rest;rest;key F3;rest;key PgDn;rest;key End;rest;type /;rest;type h;rest;type y;rest;key Esc;rest;key Ctrl-Q"


COUNT = "wait 现在该做;key Ctrl-Q"


def walk(drive, guanai, data, out, steps, today):
    subprocess.run([drive, steps, "/usr/bin/valgrind", "-q", "--tool=callgrind", "--callgrind-out-file=" + out, guanai,
                    "--data", data, "--user", "周老师", "--today", today], check=True)


def defined_in(guanai):
    """Names of the program's functions, without what the compiler put behind them."""
    lines = subprocess.run(["nm", "--defined-only", guanai], check=True, capture_output=True, text=True).stdout.splitlines()
    return {words[2].split(".")[0] for words in map(str.split, lines) if words[1] in "tT"}


def functions(out, guanai):
    """Those of them that were run. callgrind takes a program to be its .text: of what an order laid elsewhere, into
    .text.start, it knows the name alone."""
    names, objects, here, found = {}, {}, "", set()
    mine = (os.path.basename(guanai), "???")
    for line in open(out, encoding="utf-8", errors="replace"):
        named = re.match(r"(c?ob|c?fn)=\((\d+)\)(?: (.*))?$", line.rstrip("\n"))
        if not named:
            continue
        kind, number, name = named.groups()
        known = objects if kind.endswith("ob") else names
        if name:
            known[number] = name
        if kind == "ob":
            here = known[number]
        elif kind == "fn" and os.path.basename(here) in mine:
            found.add(re.split(r"[.']", known[number])[0])
    return sorted(found & defined_in(guanai))


def main():
    drive, guanai, data = sys.argv[1:4]
    with tempfile.TemporaryDirectory() as scratch:
        out = os.path.join(scratch, "out")
        for _ in range(2):  # a day's first start, one after it
            walk(drive, guanai, data, out, WALK, "2026-11-20")
        names = functions(out, guanai)
        walk(drive, guanai, data, out, COUNT, "2026-11-21")
        counting = [name for name in functions(out, guanai) if name not in names]
    print("/* What a start, the roster and a search run, side by side, then what counting a day runs besides; made by"
          " tests/bench/start_order.py. */")
    print("SECTIONS\n{\n  .text.start :\n  {")
    for name in names + counting:
        print(f"    *(.text.{name} .text.{name}.*)")
    print("  }\n}\nINSERT BEFORE .text;")


main()
