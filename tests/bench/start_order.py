#!/usr/bin/env python3
"""Writes src/start.ld: which functions a start, the roster and a search run, for the linker to lay side by side.

usage: start_order.py GUANAI DATA > src/start.ld

GUANAI is a release build, DATA a school of some thousand children (init --demo 6577). It is a hint: a function that is
gone is not found, one that is new lies elsewhere. So it need not be made again with every change, only when the
memory of a start has grown (`pages`).
"""
import fcntl
import os
import pty
import re
import select
import struct
import sys
import tempfile
import termios
import time

# Long enough for what is done when nobody types; callgrind is fifty times slower.
WALK = ((b"", 12), (b"\033OR", 4), (b"\033[6~", 4), (b"\033[F", 4), (b"/", 4), (b"h", 4), (b"y", 4), (b"\033", 4), (b"\021", 4))


def drain(terminal, seconds):
    end = time.monotonic() + seconds
    while select.select([terminal], [], [], max(0, end - time.monotonic()))[0]:
        try:
            os.read(terminal, 65536)
        except OSError:
            return


def walk(guanai, data, out):
    child, terminal = pty.fork()
    if child == 0:
        os.environ.update(TERM="xterm-256color", LC_ALL="C.UTF-8")
        os.execvp("valgrind", ["valgrind", "-q", "--tool=callgrind", "--callgrind-out-file=" + out, guanai, "--data", data,
                               "--user", "周老师", "--today", "2026-11-20"])
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    for keys, seconds in WALK:
        os.write(terminal, keys)
        drain(terminal, seconds)
    os.waitpid(child, 0)


def functions(out, program):
    """Names of those of the program itself that were run; without what the compiler put behind them."""
    names, objects, here, found = {}, {}, "", set()
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
        elif kind == "fn" and os.path.basename(here) == program:
            found.add(re.split(r"[.']", known[number])[0])
    return sorted(name for name in found if re.fullmatch(r"[a-z_][a-z0-9_]*", name))


def main():
    guanai, data = sys.argv[1:3]
    with tempfile.TemporaryDirectory() as scratch:
        out = os.path.join(scratch, "out")
        for _ in range(2):  # a day's first start, one after it
            walk(guanai, data, out)
        names = functions(out, os.path.basename(guanai))
    print("/* What a start, the roster and a search run, side by side; made by tests/bench/start_order.py. */")
    print("SECTIONS\n{\n  .text.start :\n  {")
    for name in names:
        print(f"    *(.text.{name} .text.{name}.*)")
    print("  }\n}\nINSERT BEFORE .text;")


main()
