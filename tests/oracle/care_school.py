"""A year's school as it stood on a day: its records from a plain export, what the program answers."""
import collections
import datetime
import json
import os
import sqlite3
import subprocess
import sys

PROGRAM, WRITE_YEAR, ROOT = sys.argv[1:4]
LEFT = {"with_parents", "transfer", "gone", "paper_only", "suspended", "dropped", "working", "finished", "died"}


def run(data, today, *words):
    done = subprocess.run([PROGRAM, "--data", data, "--forms", os.path.join(ROOT, "forms"), "--today", today, "--lang", "en",
                           "--user", "周老师", *words], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"{today} {words}: {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def asked(data, today, *words):
    return json.loads(run(data, today, *words, "--format", "json"))


def shift(day, days):
    return (datetime.date.fromisoformat(day) + datetime.timedelta(days)).isoformat()


def years(day, count):
    try:
        return datetime.date.fromisoformat(day).replace(year=int(day[:4]) + count).isoformat()
    except ValueError:
        return f"{int(day[:4]) + count}-03-01"


class School:
    def __init__(self, data, today):
        path = data + ".sqlite"
        run(data, today, "export", "--sqlite", path)
        self.db, self.today = sqlite3.connect(path), today
        self.db.row_factory = sqlite3.Row
        tables = [name for name, in self.db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        self.first = min(day for table in tables if table[0] != "_" and "__" not in table
                         for day, in self.db.execute(f"SELECT min(entered_on) FROM {table}") if day)
        self.children = {row["id"]: row for row in self.db.execute("SELECT * FROM child")}  # of linked files the leading one
        self.records, self.lists, self.counted = {}, {}, {}
        self.changes = collections.defaultdict(list)
        for row in sorted(self.rows("status_change"), key=lambda row: (row["from_on"], row["id"])):
            self.changes[row["child"]].append(row)
        self.here = {child for child in self.children if self.is_here(child)}
        self.left_behind = {row["id"] for row in asked(data, today, "figures", "--list", "school:yes")}

    def rows(self, form):
        if form not in self.records:
            self.records[form] = list(self.db.execute(f"SELECT * FROM {form}"))
        return self.records[form]

    def named(self, form, repeat, record):
        """The children a record's list names."""
        if (form, repeat) not in self.lists:
            of = self.lists[form, repeat] = collections.defaultdict(list)
            for row in self.db.execute(f"SELECT record_id, child FROM {form}__{repeat} WHERE child IS NOT NULL"):
                of[row["record_id"]].append(row["child"])
        return self.lists[form, repeat][record]

    def mine(self, form, child, day, when=lambda row: True):
        return [row for row in self.rows(form) if row["child"] == child and row[day] and when(row)]

    def last(self, form, child, day, when=lambda row: True):
        return max((row[day] for row in self.mine(form, child, day, when)), default="")

    def is_here(self, child):
        """By the newest change, whenever it is dated: that is how the roster has it."""
        telling = [row for row in self.changes[child] if (row["kind"] in LEFT or row["kind"] == "returned")]
        return not telling or telling[-1]["kind"] == "returned"

    def changed(self, child, *kinds):
        return max((row["from_on"] for row in self.changes[child] if row["kind"] in kinds and row["from_on"] <= self.today), default="")


def hold(s, what, wanted, told):
    if wanted == told:
        return
    for key in sorted(set(wanted) | set(told), key=str):
        if wanted.get(key) != told.get(key):
            names = [s.children[part]["name"] if part in s.children else part for part in (key if isinstance(key, tuple) else (key,))]
            print(f"# {s.today} {what} {names}: counted {wanted.get(key)!r}, the program says {told.get(key)!r}")
    sys.exit(1)
