#!/usr/bin/env python3
"""The plain SQLite copy says what list and show say, holds nothing else, is whole or not there."""
import os
import re
import resource
import shutil
import sqlite3
import subprocess

from guanai import FORMS, ROOT, Case, main

SECRET = """form: secret
version: 1
title: {zh: 甲"乙, en: Child}
of: child
protect: ordinary
fields:
  - {name: seen_on, type: date, label: {zh: 日期, en: Day}}
  - {name: paid, type: money, label: {zh: 日期, en: Day}}
  - {name: whispered, type: text, label: {zh: 说了什么, en: Whispered}, protect: restricted}
  - name: talks
    type: repeat
    label: {zh: 谈话, en: Talks}
    fields:
      - {name: word, type: text, label: {zh: 话, en: Word}}
      - {name: hidden, type: text, label: {zh: 密, en: Hidden}, protect: restricted}
"""


class Sqlite(Case):
    def setUp(self):
        super().setUp()
        self.forms = self.path("forms")
        shutil.copytree(FORMS, self.forms)
        shutil.copy(os.path.join(ROOT, "tests", "data", "forms_extra", "census.yaml"), self.forms)
        self.write("forms/secret.yaml", SECRET)
        self.init()
        self.child = self.add("child", "name=严翔超", "id_number=520424202008218443", "boarding=是", "grade=一年级",
                              "class=1", "father_phone=?refused", "note='; DROP TABLE child; --\t\"x\"")
        self.add("child", "name=𠮷·买买提")
        self.add("home_visit", "child=1", "visited_on=2026-11-20", "outcome=met", "met=grandmother_f",
                 "child_present=1", "concerns=alone no_desk", "content=都好", "follow_up_on=2026-12-01")
        self.add("census", "child=1", "height=131.5", "siblings[1].name=小", "siblings[1].age=5",
                 "siblings[2].name=大", "siblings[2].age=12", "friend=2")
        self.add("secret", "child=1", "whispered=绝密的话", "paid=12.50", "talks[1].word=好", "talks[1].hidden=绝密的话")
        self.add("secret", "child=2", "whispered=?refused", "seen_on=?unknown")

    def command(self, *words, **options):
        options.setdefault("forms", self.forms)
        return super().command(*words, **options)

    def copy(self, *words, **options):
        self.does("export", "--sqlite", self.path("a.sqlite"), *words, **options)
        db = sqlite3.connect(self.path("a.sqlite"))
        db.row_factory = sqlite3.Row
        self.addCleanup(db.close)
        return db

    def names_of_forms(self):
        names = set()
        for name in os.listdir(self.forms):
            if name.endswith(".yaml"):
                with open(os.path.join(self.forms, name), encoding="utf-8") as file:
                    names.update(re.findall(r"(?m)^form: *(\w+)", file.read()))
        return names

    def test_every_table_says_what_list_says(self):
        db = self.copy()
        for form in sorted(self.names_of_forms()):
            listed = self.does("list", form).rows
            here = {row["id"]: row for row in db.execute(f'SELECT * FROM "{form}"')}
            self.assertEqual(len(here), len(listed))
            for row in listed:
                for column, text in row.items():
                    value = here[row["id"]][column]
                    value = "" if value is None else f"{value:.2f}" if column == "weight" else str(value)
                    self.assertEqual(" ".join(value.split()), " ".join(text.split()), (form, column))

    def test_rows_of_repeats_and_unanswered_fields_say_what_show_says(self):
        db = self.copy()
        record = db.execute("SELECT id FROM census").fetchone()[0]
        shown = {row["field"]: row["value"] for row in self.does("show", "census", record).rows}
        rows = db.execute("SELECT * FROM census__siblings WHERE record_id = ? ORDER BY position", (record,)).fetchall()
        self.assertEqual([row["name"] for row in rows], [shown["siblings[1].name"], shown["siblings[2].name"]])
        self.assertEqual(db.execute("SELECT json_extract(not_answered, '$.father_phone') FROM child WHERE id = ?",
                                    (self.child,)).fetchone()[0], "refused")

    def test_what_is_restricted_is_nowhere_in_the_file(self):
        db = self.copy()
        with open(self.path("a.sqlite"), "rb") as file:
            raw = file.read()
        for secret in ("绝密的话", "whispered", "hidden"):
            self.assertNotIn(secret.encode(), raw)
        self.assertEqual([row[0] for row in db.execute("SELECT not_answered FROM secret ORDER BY id")],
                         [None, '{"seen_on":"unknown"}'])

    def test_there_is_no_log_and_nothing_of_the_insides(self):
        db = self.copy()
        names = {row[0] for row in db.execute("SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')")}
        tables = {row[0] for row in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
        forms = self.names_of_forms()
        rows = {name for name in tables if name.partition("__")[0] in forms and "__" in name}
        self.assertIn("census__siblings", rows)
        self.assertNotIn("secret__talks", rows)  # its rows are as protected as their strictest field
        self.assertEqual(tables - rows, {"_forms", "_fields", "_choices", "_notes"} | forms)
        self.assertEqual(len(names - tables), len(forms))  # a view a form, though titles and tables share names
        self.assertEqual(db.execute("PRAGMA integrity_check").fetchone()[0], "ok")
        self.assertEqual(db.execute("PRAGMA foreign_key_check").fetchall(), [])
        self.assertEqual(db.execute("PRAGMA journal_mode").fetchone()[0], "delete")
        self.assertNotIn("STRICT", "".join(row[0] or "" for row in db.execute("SELECT sql FROM sqlite_schema")))

    def test_views_read_as_people_say_it(self):
        db = self.copy(lang="zh")
        row = db.execute('SELECT * FROM "家访记录"').fetchone()
        self.assertEqual((row["姓名"], row["年级"], row["结果"], row["见到谁"], row["孩子在场"], row["录入人"]),
                         ("严翔超", "一年级", "已见面", "奶奶", "是", "罗老师"))
        self.assertEqual(row["家中情况"], "夜间独处、无学习条件")
        row = db.execute('SELECT * FROM "甲""乙" WHERE "日期 (paid)" IS NOT NULL').fetchone()
        self.assertEqual((row["姓名"], row["日期"], row["日期 (paid)"]), ("严翔超", None, 12.5))
        labels = dict(db.execute("SELECT code, label_zh FROM _choices WHERE list = 'sex'").fetchall())
        self.assertEqual(labels["female"], "女")
        self.assertEqual(db.execute("SELECT label_zh FROM _fields WHERE form = 'census__siblings' AND field = 'name'")
                         .fetchone()[0], "姓名")

    def test_it_is_private_and_never_written_over_another_file_unasked(self):
        path = self.write("a.sqlite", "mine")
        answer = self.does("export", "--sqlite", path, code=1)
        self.assertIn("--replace", answer.err)
        with open(path, encoding="utf-8") as file:
            self.assertEqual(file.read(), "mine")
        self.copy("--replace")
        self.assertEqual(os.stat(path).st_mode & 0o777, 0o600)
        os.mkdir(self.path("folder"))
        self.does("export", "--sqlite", self.path("folder"), "--replace", code=1)

    def test_a_place_that_cannot_be_written_is_said_and_nothing_is_left(self):
        self.assertIn("no/such", self.does("export", "--sqlite", self.path("no/such/a.db"), code=4).err)
        before = sorted(os.listdir(self.folder))

        def small_disk():
            resource.setrlimit(resource.RLIMIT_FSIZE, (60000, 60000))

        done = subprocess.run(self.command("export", "--sqlite", self.path("a.sqlite")), stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=self.env(), timeout=120,
                              check=False, preexec_fn=small_disk)  # SIGXFSZ ends a program that does not mind
        self.assertEqual(done.returncode, 4, done.stderr.decode())
        self.assertEqual(sorted(os.listdir(self.folder)), before)

    def test_what_belongs_to_one_form_is_refused(self):
        for words in (("child",), ("--where", "1"), ("--columns", "name"), ("--labels",), ("--encoding", "utf-8"),
                      ("--out", "x.csv")):
            self.does("export", "--sqlite", self.path("a.sqlite"), *words, code=2)
        self.does("export", "child", "--out", self.path("a.csv"), "--replace", code=2)
        self.does("export", code=2)


if __name__ == "__main__":
    main()
