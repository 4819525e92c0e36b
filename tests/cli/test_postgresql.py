#!/usr/bin/env python3
"""Past one machine: what export --sqlite wrote goes into PostgreSQL by the README's one command, every table and value of it."""
import glob
import json
import os
import pwd
import re
import shutil
import sqlite3
import subprocess
import sys

from guanai import ROOT, Case, main

CHILDREN = os.environ.get("GUANAI_CHILDREN", "200")
# What SQLite's declarations are to become. A month (2018-03) is no date: such a column stays text.
TYPES = {"TEXT": "text", "INTEGER": "bigint", "DOUBLE": "double precision", "BOOLEAN": "boolean", "DATE": "date"}
AWKWARD = "二\\N \"三\" '四' {五}, \\x41 %s 𠮷"


def find(program):
    places = [shutil.which(program)] + sorted(glob.glob(f"/usr/lib/postgresql/*/bin/{program}"))
    return next((place for place in reversed(places) if place), None)


class Server:
    """A throw-away one: it listens on a socket in a folder of its own alone, and nobody's password is asked."""

    def __init__(self, folder):
        self.folder = folder
        self.socket = os.path.join(folder, "s")
        os.makedirs(self.socket)
        self.who = None
        if os.geteuid() == 0:  # PostgreSQL does not run as root
            self.who = "nobody"
            os.chmod(os.path.dirname(folder), 0o755)
            for path in (folder, self.socket):
                os.chown(path, pwd.getpwnam(self.who).pw_uid, -1)
        self.data = os.path.join(folder, "data")
        self.run("initdb", "-D", self.data, "-A", "trust", "-U", "clerk", "-E", "UTF8", "--locale=C.UTF-8")
        self.run("pg_ctl", "-D", self.data, "-w", "-l", os.path.join(folder, "log"), "-o",
                 f"-c listen_addresses='' -c unix_socket_directories={self.socket}", "start")
        self.env = dict(os.environ, PGHOST=self.socket, PGUSER="clerk", HOME=folder, LC_ALL="C.UTF-8")

    def run(self, program, *words):
        subprocess.run([find(program), *words], user=self.who, check=True, cwd=self.folder, stdin=subprocess.DEVNULL,
                       stdout=subprocess.DEVNULL, timeout=300)

    def stop(self):
        self.run("pg_ctl", "-D", self.data, "-m", "immediate", "-w", "stop")

    def ask(self, sql):
        """Rows as lists of values, as JSON gives them."""
        done = subprocess.run(["psql", "-X", "-q", "-A", "-t", "-d", "county", "-c",
                               f"SELECT coalesce(json_agg(to_json(t)), '[]') FROM ({sql}) AS t"],
                              env=self.env, stdout=subprocess.PIPE, check=True, timeout=300)
        return [list(row.values()) for row in json.loads(done.stdout)]


def readme_command():
    with open(os.path.join(ROOT, "README.md"), encoding="utf-8") as file:
        return re.search(r"createdb county && pgloader \S+ postgresql:///county", file.read()).group(0)


class PostgreSQL(Case):
    def school(self):
        self.does("init", "--school", "石桥镇中心小学", "--demo", CHILDREN, user="罗老师")
        child = self.add("child", "name=𠮷·买买提", "birth_date=2020-08", "grade=一年级", "class=1", "village=红岩村", "id_number=520424202008218443", "boarding=是",
                         "father_phone=?refused", "note=" + AWKWARD,
                         "--because", "只知道月份")
        self.add("health_check", "child=" + child, "height_cm=131.5", "checked_on=2026-11-20")
        self.add("health_check", "child=" + child, "height_cm=120.1", "guardian_told=0", "checked_on=2026-11-21")
        self.add("home_visit", "child=" + child, "visited_on=2026-11-20", "outcome=met", "met=grandmother_f",
                 "child_present=1", "concerns=alone no_desk", "content=都好\n", "follow_up_on=2026-12-01")
        self.add("aid", "given_on=2026-11-02", "source=charity", "title=春蕾", "form_of_aid=money", "period=once", "sum_each=600", "recipients[1].child=" + child)
        self.does("note", "home_visit", self.does("list", "home_visit").rows[-1]["id"], "content", AWKWARD)
        return child

    def load(self):
        """By the README's command, word for word."""
        self.does("export", "--sqlite", self.path("county.sqlite"))
        server = Server(self.path("server"))
        self.addCleanup(server.stop)
        done = subprocess.run(readme_command(), shell=True, cwd=self.folder, env=server.env, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=1800, check=False)
        said = done.stdout.decode("utf-8", "replace")
        self.assertEqual(done.returncode, 0, said)
        self.assertNotRegex(said, r"ERROR|FATAL|WARNING")
        return server

    def same(self, here, there, declared):
        if declared == "BOOLEAN" and here is not None:
            here = bool(here)
        self.assertEqual(here, there)
        self.assertIs(type(here), type(there))

    def compare_table(self, db, server, table):
        columns = db.execute(f'PRAGMA table_info("{table}")').fetchall()
        types = dict(server.ask("SELECT column_name, data_type FROM information_schema.columns"
                                f" WHERE table_schema = 'public' AND table_name = '{table}'"))
        self.assertEqual(types, {column["name"]: TYPES[column["type"]] for column in columns}, table)
        names = ", ".join(f'"{column["name"]}"' for column in columns)
        order = ", ".join(f'"{column["name"]}"' + (' COLLATE "C"' if column["type"] == "TEXT" else "")
                          for column in columns if column["pk"])
        here = db.execute(f'SELECT {names} FROM "{table}" ORDER BY {order.replace(chr(34) + "C" + chr(34), "BINARY")}').fetchall()
        there = server.ask(f'SELECT {names} FROM "{table}" ORDER BY {order}')
        self.assertEqual(len(here), len(there), table)
        for left, right in zip(here, there):
            for column, value, other in zip(columns, left, right):
                self.same(float(value) if column["type"] == "DOUBLE" and value is not None else value,
                          float(other) if column["type"] == "DOUBLE" and other is not None else other, column["type"])
        return len(here)

    def test_every_table_arrives_whole_with_days_truths_and_texts_as_what_they_are(self):
        child = self.school()
        server = self.load()
        db = sqlite3.connect(self.path("county.sqlite"))
        db.row_factory = sqlite3.Row
        self.addCleanup(db.close)
        tables = {row[0] for row in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
        arrived = {row[0] for row in server.ask("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")}
        self.assertEqual(tables, arrived)
        rows = {table: self.compare_table(db, server, table) for table in sorted(tables)}
        self.assertEqual(rows["child"], int(CHILDREN) + 1)
        self.assertEqual(server.ask(f"SELECT id_number, birth_date, boarding, note FROM child WHERE id = '{child}'"),
                         [["520424202008218443", "2020-08", True, AWKWARD]])
        self.assertEqual(server.ask("SELECT sum_each, given_on + 1 AS next_day FROM aid"), [[60000, "2026-11-03"]])
        keys = server.ask("SELECT count(*) FROM pg_constraint WHERE contype = 'f' AND conrelid = 'home_visit'::regclass")
        self.assertEqual(keys, [[1]])  # a visit leads to its child there, too

    def test_a_month_where_a_day_was_asked_for_is_not_lost(self):
        forms = self.path("forms")
        shutil.copytree(os.path.join(ROOT, "forms"), forms)
        for version, precision in (("1", ", precision: month"), ("2", "")):
            self.write("forms/extra.yaml", f"form: extra\nversion: {version}\ntitle: {{zh: 另表, en: Extra}}\nprotect: ordinary\n"
                       f"fields:\n  - {{name: seen_on, type: date, label: {{zh: 日期, en: Day}}{precision}}}\n"
                       "  - {name: sent_on, type: date, label: {zh: 寄出, en: Sent}}\n")
            if version == "1":
                self.does("init", "--school", "石桥小学", user="罗老师", forms=forms)
            self.add("extra", "seen_on=2026-0" + version + ("" if version == "1" else "-01"), "sent_on=2026-11-01", forms=forms)
        self.does("export", "--sqlite", self.path("county.sqlite"), forms=forms)
        db = sqlite3.connect(self.path("county.sqlite"))
        self.addCleanup(db.close)
        types = {row[1]: row[2] for row in db.execute("PRAGMA table_info(extra)")}
        self.assertEqual((types["seen_on"], types["sent_on"]), ("TEXT", "DATE"))
        self.assertEqual(sorted(row[0] for row in db.execute("SELECT seen_on FROM extra")), ["2026-01", "2026-02-01"])


if __name__ == "__main__":
    missing = [program for program in ("pgloader", "initdb", "pg_ctl", "psql", "createdb") if find(program) is None]
    if missing:
        print("not installed here: " + ", ".join(missing))
        sys.exit(77)
    main()
