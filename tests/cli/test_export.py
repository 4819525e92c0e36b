#!/usr/bin/env python3
"""Records leave as files that other programs read, whole or not at all."""
import csv
import io
import json
import os
import shutil
import zipfile

from guanai import FORMS, ROSTERS, Case, main

TYPED = """form: typed
version: 1
title: {zh: 各种栏目, en: All types}
of: child
protect: ordinary
fields:
  - {name: on_day, type: date, label: {zh: 日期, en: Day}}
  - {name: paid, type: money, label: {zh: 金额, en: Paid}}
  - {name: tall, type: decimal, digits: 1, label: {zh: 身高, en: Tall}}
  - {name: people, type: integer, label: {zh: 人数, en: People}}
  - {name: at, type: time, label: {zh: 时刻, en: At}}
  - {name: since, type: date, precision: month, label: {zh: 起, en: Since}}
  - {name: has_pc, type: boolean, label: {zh: 电脑, en: PC}}
  - {name: who, type: person, label: {zh: 谁, en: Who}}
  - {name: topics, type: choices, list: talk_topic, label: {zh: 话题, en: Topics}}
  - {name: mood, type: scale, list: mood, label: {zh: 情绪, en: Mood}}
  - {name: phone, type: phone, label: {zh: 电话, en: Phone}}
  - {name: friend, type: record, of: child, label: {zh: 好友, en: Friend}}
"""


class Export(Case):
    def setUp(self):
        super().setUp()
        self.init()
        self.add("child", "name=严翔超", "id_number=520424202008218443", "father_phone=13800001111", "boarding=是",
                 "grade=一年级", "class=1", "note==HYPERLINK(1)")
        self.add("child", "name=崔云", "grade=三年级", "class=2")

    def export(self, name, *words, **options):
        self.does("export", "child", "--out", self.path(name), *words, **options)
        with open(self.path(name), "rb") as file:
            return file.read()

    def rows(self, raw, encoding="utf-8-sig"):
        return list(csv.DictReader(io.StringIO(raw.decode(encoding))))

    def test_csv_has_field_names_codes_and_whole_id_numbers(self):
        row = self.rows(self.export("a.csv"))[0]
        self.assertEqual((row["name"], row["sex"], row["boarding"], row["grade"]), ("严翔超", "female", "1", "g1"))
        self.assertEqual(row["id_number"].strip("'\t="), "520424202008218443")
        self.assertFalse(row["note"].startswith("="))  # no formula for whoever opens it

    def test_labels_encoding_columns_and_where(self):
        raw = self.export("a.csv", "--labels", "--encoding", "gb18030", "--columns", "name,grade", "--where",
                          "class = '2'", lang="zh")
        self.assertEqual(self.rows(raw, "gb18030"), [{"姓名": "崔云", "年级": "三年级"}])

    def test_json_is_json(self):
        rows = json.loads(self.export("a.json"))
        self.assertEqual([row["name"] for row in rows], ["严翔超", "崔云"])
        self.assertIn("id", rows[0])

    def test_a_workbook_keeps_id_numbers_as_text(self):
        answer = self.run_it("export", "child", "--out", self.path("a.xlsx"))
        if answer.code == 1 and "guanai-paper" in answer.err:
            self.skipTest("built without guanai-paper")
        with zipfile.ZipFile(self.path("a.xlsx")) as book:
            text = "".join(book.read(name).decode("utf-8") for name in book.namelist() if name.endswith(".xml"))
        self.assertIn("520424202008218443", text)

    def test_amounts_leave_in_yuan_and_every_type_comes_back_as_the_same(self):
        forms = self.path("forms")
        shutil.copytree(FORMS, forms)
        self.write("forms/typed.yaml", TYPED)
        self.add("typed", "child=1", "on_day=2026-11-20", "paid=12.50", "tall=131.5", "people=5", "at=16:30",
                 "since=2026-09", "has_pc=y", "who=罗老师", "topics=study safety", "mood=2", "phone=13812345678",
                 "friend=2", forms=forms)
        for name in ["a.csv", "a.xlsx"]:
            answer = self.run_it("export", "typed", "--out", self.path(name), forms=forms)
            if answer.code == 1 and "guanai-paper" in answer.err:
                continue  # built without the helper
            counts = {row["verdict"]: row["rows"] for row in
                      self.does("import", "typed", self.path(name), "--mode", "update", forms=forms).rows}
            self.assertEqual((counts["same"], counts["changes"], counts["refused"]), ("1", "0", "0"), name)
        with open(self.path("a.csv"), "rb") as file:
            self.assertEqual(self.rows(file.read())[0]["paid"], "12.50")
        self.does("export", "typed", "--out", self.path("a.json"), forms=forms)
        with open(self.path("a.json"), encoding="utf-8") as file:
            self.assertEqual(json.load(file)[0]["paid"], 12.5)

    def test_what_was_exported_comes_back(self):
        self.does("import", "child", os.path.join(ROSTERS, "class-28-gb18030.csv"))
        self.export("a.csv", "--labels", lang="zh")
        other = self.path("other")
        self.does("init", "--school", "石桥小学", data=other)
        counts = {row["verdict"]: row["rows"] for row in
                  self.does("import", "child", self.path("a.csv"), data=other).rows}
        self.assertEqual((counts["new"], counts["refused"]), ("30", "0"))

    def test_a_file_that_cannot_be_written_is_said_and_nothing_is_left(self):
        self.does("export", "child", "--out", self.path("no/such/a.csv"), code=4)
        before = sorted(os.listdir(self.folder))
        self.does("export", "child", "--out", self.path("a.pdf"), code=2)
        self.does("export", "child", "--out", self.path("a.csv"), "--where", "nosuch", code=1)
        self.does("export", "child", "--out", self.path("a.csv"), "--columns", "nosuch", code=2)
        self.does("export", "child", "--out", self.path("a.csv"), "--encoding", "big5", code=2)
        self.does("export", "child", code=2)
        self.assertEqual(sorted(os.listdir(self.folder)), before)


if __name__ == "__main__":
    main()
