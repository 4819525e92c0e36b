#!/usr/bin/env python3
"""What holds for any roster, not only for those somebody thought of: taken in twice, out and in again, in another order."""
import csv
import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys

from guanai import FORMS, ROOT, Case, main

SEEDS = (1, 2, 3)
OWN = {"no", "entered_by", "entered_on"}  # of the archive, not of the child


class Properties(Case):
    def setUp(self):
        super().setUp()
        self.init()

    def roster(self, seed, rows=150, dirty="0.1"):
        path = self.path(f"roster-{seed}.csv")
        maker = os.path.join(ROOT, "tests", "harness", "make_roster.py")
        subprocess.run([sys.executable, maker, "--children", str(rows), "--left-behind", str(rows // 2), "--dirty", dirty,
                        "--seed", str(seed), "--out", path], check=True, stdout=subprocess.DEVNULL)
        return path

    def archive(self, data=None, without=()):
        """Every child as stored, in one order that the way here does not change; how many saves there were."""
        db = sqlite3.connect(os.path.join(data or self.data, "guanai.db"))
        cursor = db.execute("SELECT * FROM child")
        names = [column[0] for column in cursor.description]
        rows = [{name: value for name, value in zip(names, row) if name not in OWN and name not in without} for row in cursor]
        saves = db.execute("SELECT count(*) FROM txn").fetchone()[0]
        db.close()
        return sorted(rows, key=lambda row: json.dumps(row, ensure_ascii=False)), saves

    def take(self, path, *words, data=None):
        answer = self.run_it("import", "child", path, *words, **({"data": data} if data else {}))
        self.assertIn(answer.code, (0, 1), answer.err)
        return {row["verdict"]: int(row["rows"]) for row in answer.rows}

    def new_folder(self, name):
        data = self.path(name)
        self.does("init", "--school", "石桥小学", data=data)
        return data

    def test_a_roster_taken_in_twice_changes_nothing(self):
        for seed in SEEDS:
            data, path = self.new_folder(f"twice-{seed}"), self.roster(seed)
            first = self.take(path, data=data)
            self.assertGreater(first["new"], 100)
            before = self.archive(data)
            for mode in ("fill", "update"):
                again = self.take(path, "--mode", mode, data=data)
                self.assertEqual((again["new"], again["fills"], again["changes"]), (0, 0, 0), (seed, mode))
                self.assertEqual(again["refused"], first["refused"], (seed, mode))
                self.assertEqual(self.archive(data), before, (seed, mode))

    def test_the_order_of_a_roster_decides_nothing_but_the_card_numbers(self):
        for seed in SEEDS:
            path, shuffled = self.roster(seed, dirty="0"), self.path("shuffled.csv")
            with open(path, encoding="utf-8-sig", newline="") as file:
                header, *rows = list(csv.reader(file))
            random.Random(seed).shuffle(rows)
            with open(shuffled, "w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows([header] + rows)
            archives = []
            for name in (path, shuffled):
                data = self.new_folder(os.path.basename(name) + str(seed))
                self.take(name, data=data)
                archives.append(self.archive(data, without={"card_no"})[0])
            self.assertEqual(archives[0], archives[1])

    def test_what_leaves_comes_back_the_same(self):
        self.take(self.roster(4, rows=60))
        hostile = ["=HYPERLINK(1)", "+1", "-2", "@x", "'a", "a\"b", "a,b;c", "第一行\n第二行", "\t缩进", " ", "0012", "1e5", "𠮷野"]
        for number, note in enumerate(hostile, 1):
            self.run_it("edit", "child", str(number), "note=" + note)
        for number, words in enumerate((["father_phone=?refused"], ["mother_phone=?unknown", "guardian_phone="]), 20):
            self.does("edit", "child", str(number), *words)
        ours, _ = self.archive()
        self.assertGreater(sum(row["note"] is not None and not row["note"][0].isalnum() for row in ours), 4)
        endings = [("a.csv", ()), ("b.csv", ("--labels",)), ("c.csv", ("--encoding", "gb18030"))]
        if self.run_it("export", "child", "--out", self.path("probe.xlsx")).code == 0:
            endings += [("d.xlsx", ()), ("e.xlsx", ("--labels",))]
        for name, words in endings:
            self.does("export", "child", "--out", self.path(name), *words, lang="zh")
            data = self.new_folder("back-" + name)
            counts = self.take(self.path(name), data=data)
            self.assertEqual((counts["new"], counts["refused"]), (len(ours), 0), name)
            theirs, _ = self.archive(data)
            for row, other in zip(ours, theirs):
                self.assertEqual(row, other, name)

    def test_a_restricted_answer_leaves_by_no_way(self):
        forms = self.path("forms")
        shutil.copytree(FORMS, forms)
        with open(os.path.join(forms, "secret.yaml"), "w", encoding="utf-8") as file:
            file.write("form: secret\nversion: 1\nof: child\ntitle: {zh: 密, en: Secret}\nsummary: day\nprotect: sensitive\n"
                       "roles: {read: [teacher], write: [teacher]}\nfields:\n"
                       "  - {name: day, type: date, label: {zh: 日, en: Day}}\n"
                       "  - {name: words, type: text, protect: restricted, label: {zh: 原话, en: Words}}\n")
        secret = "只有一人知道的话"
        child = self.add("child", "name=张三", forms=forms)
        self.add("secret", "child=" + child, "day=2026-11-20", "words=" + secret, forms=forms)
        db = sqlite3.connect(os.path.join(self.data, "guanai.db"))
        self.assertEqual(db.execute("SELECT words FROM secret").fetchall(), [(secret,)])
        db.close()
        said = b""
        for words in (("list", "secret"), ("list", "secret", "--format", "json"), ("find", secret),
                      ("list", "secret", "--where", "words IS NOT NULL"), ("list", "child", "--where", "1"),
                      ("export", "secret", "--out", self.path("a.csv")), ("export", "secret", "--out", self.path("a.json")),
                      ("export", "secret", "--out", self.path("b.csv"), "--columns", "words"),
                      ("export", "secret", "--out", self.path("a.xlsx")), ("export", "--sqlite", self.path("a.db"))):
            answer = self.run_it(*words, forms=forms)
            said += answer.raw + (b"" if words[0] == "find" else answer.err.encode())
        self.assertIn("2026-11-20", said.decode())
        for name in os.listdir(self.folder):
            if os.path.isfile(self.path(name)):
                with open(self.path(name), "rb") as file:
                    said += file.read()
        self.assertNotIn(secret.encode(), said)


if __name__ == "__main__":
    main()
