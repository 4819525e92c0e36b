#!/usr/bin/env python3
"""A whole school by stick, written and taken in, against plain INSERTs and SQLite's changesets of the same rows; then a part.

usage: exchange.py GUANAI FLOOR_IMPORT FLOOR_CHANGESET MAKE_ROSTER FORMS [CHILDREN [PAIRS]]

Export and import are the real commands: start, keys, signature, read back, sync; a copy before, verified twice, folded,
every index. The INSERTs and the changeset write the same rows: record, child, and what finds, sorts and counts them. Told beside it: a
changeset of record and child alone, of a program that finds nothing by sound or initials.
"""
import csv
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile

from beside import School, failed, judge, run, run_floor, write_roster

TIMES, STRETCH = 5, 3


class Stick:
    def __init__(self, guanai, forms, folder):
        self.guanai, self.forms, self.folder, self.numbers = guanai, forms, folder, iter(range(1000))

    def path(self, name):
        return os.path.join(self.folder, name)

    def fresh(self):
        path = self.path(f"stick{next(self.numbers)}")
        os.mkdir(path)
        return path

    def do(self, school, *words):
        return subprocess.run([*school.command, *words], check=True, capture_output=True, text=True).stdout.strip()

    def pair(self, school, new):
        stick = self.fresh()
        self.do(school, "sync", "pair", "invite", stick)
        digits = self.do(new, "sync", "pair", "join", stick, "B")
        self.do(school, "sync", "pair", "answer", stick, digits)
        self.do(new, "sync", "pair", "finish", stick, digits)

    def bundle_bytes(self, stick):
        folder = os.path.join(stick, "guanai")
        return sum(os.path.getsize(os.path.join(folder, name)) for name in os.listdir(folder))


def changeset(program, filled, folder):
    printed = subprocess.run([program, filled, folder], check=True, capture_output=True, text=True).stdout
    size, *times = re.findall(r"[\d.]+", printed)
    wall_out, used_out, wall_in, used_in = map(float, times)
    return int(size), (wall_out + wall_in, used_out + used_in), (wall_out, used_out, wall_in, used_in)


def change(roster, path, count):
    """The same roster with another phone of the guardian in every n-th row."""
    with open(roster, encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    phone, step = rows[0].index("监护人电话"), max(1, (len(rows) - 1) // count)
    changed = [rows[0]]
    for row in rows[1::step][:count]:
        changed.append([*row[:phone], f"1{int(row[phone] or 13800000000) % 10**9 + 3 * 10**9 + 1}", *row[phone + 1:]])
    with open(path, "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(changed)


def copied(school, path):
    other = School.__new__(School)
    shutil.copytree(school.folder, path)
    other.command = [path if word == school.folder else word for word in school.command]
    other.folder, other.database = path, os.path.join(path, "guanai.db")
    return other


def whole(stick, a, b, floors, pairs):
    """Both ways of all, in one run, one after the other."""
    floor, peer = floors
    times = []
    for n in range(pairs):
        into, place = copied(b, stick.path(f"b{n}")), stick.fresh()
        out = run(*a.command, "sync", "export", place, "complete")
        taken = run(*into.command, "sync", "import", place)
        insert = run_floor(floor, a.database, stick.path("floor.db"), "search")
        size, both, each = changeset(peer, stick.path("floor.db"), stick.folder)
        run_floor(floor, a.database, stick.path("floor.db"), "child")
        bare_size, bare, _ = changeset(peer, stick.path("floor.db"), stick.folder)
        times.append((tuple(map(sum, zip(out, taken))), insert, both))
        print(f"  export {out[0]:,.0f} ({out[1]:,.0f} of the processor), import {taken[0]:,.0f} ({taken[1]:,.0f}) ms, {stick.bundle_bytes(place):,} bytes; "
              f"INSERTs {insert[0]:,.0f} ({insert[1]:,.0f}); changeset out {each[0]:,.0f} ({each[1]:,.0f}), in {each[2]:,.0f} ({each[3]:,.0f}), {size:,} bytes; "
              f"of record and child alone both {bare[0]:,.0f} ({bare[1]:,.0f}), {bare_size:,} bytes", flush=True)
        shutil.rmtree(into.folder)
    for what, side, limit in (("plain INSERTs", 1, TIMES), ("a changeset", 2, 1)):
        ratios = [statistics.median(pair[0][i] / pair[side][i] for pair in times) for i in range(2)]
        judge(f"export and import beside {what}, of the processor (by the clock: {ratios[0]:.2f})", ratios[1], limit)


def parts(stick, a, b, roster, children):
    """A hundredth of that, a hundredth, a tenth of it changed: what is written and read follows what changed."""
    place = stick.fresh()
    for school in (a, b, a):
        subprocess.run([*school.command, "sync", "import", place], check=False, capture_output=True)
        stick.do(school, "sync", "export", place)
    costs = []
    for count in [children // part for part in (10000, 1000, 100, 10) if children >= part]:
        changed, place = stick.path("changed.csv"), stick.fresh()
        change(roster, changed, count)
        stick.do(a, "import", "child", changed, "--mode", "update")
        out = run(*a.command, "sync", "export", place)
        taken = run(*b.command, "sync", "import", place)
        size = stick.bundle_bytes(place)
        print(f"  {count:,} changed: export {out[1]:,.0f}, import {taken[1]:,.0f} ms of the processor, {size:,} bytes, {size / count:.1f} each", flush=True)
        costs.append((count, taken[1]))
        stick.do(b, "sync", "export", place)
        subprocess.run([*a.command, "sync", "import", place], check=False, capture_output=True)
    (few, cheap), (many, dear) = costs[-2:]
    each = (dear - cheap) / (many - few)
    print(f"  {each * 1000:.0f} µs a change")
    judge("ten times the changes, so many times the import", dear / cheap, 10)


def main():
    guanai, floor, peer, make_roster, forms = sys.argv[1:6]
    children = int(sys.argv[6]) if len(sys.argv) > 6 else 100_000
    pairs = int(sys.argv[7]) if len(sys.argv) > 7 else 3
    folder = tempfile.mkdtemp(prefix="guanai-bench-")
    stick = Stick(guanai, forms, folder)
    a, b = (School(guanai, forms, stick.path(name)) for name in "ab")
    roster = stick.path("roster.csv")
    write_roster(make_roster, children, roster)
    stick.pair(a, b)
    stick.do(a, "import", "child", roster)
    print(f"{children:,} children, {pairs} pairs")
    whole(stick, a, b, (floor, peer), pairs)
    parts(stick, a, b, roster, children)
    shutil.rmtree(folder)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
