#!/usr/bin/env python3
"""Two files of one child: listed, linked, counted once, parted again, and nothing of either is lost."""
import json
import os
import shutil
import sqlite3

from guanai import FORMS, Case, main


class Doubles(Case):
    def setUp(self):
        super().setUp()
        self.init()
        self.a = self.add("child", "name=李子轩", "birth_date=2017-05-03", "father_phone=13800001111", "grade=三年级", "class=2")
        self.b = self.add("child", "name=李梓萱", "birth_date=2017-05-03", "father_phone=13800001111", "grade=四年级",
                          "nickname=石头", "note=近视")
        self.add("home_visit", "child=2", "visited_on=2026-11-20", "outcome=not_home")

    def children(self):
        return [row["name"] for row in self.does("list", "child").rows]

    def test_the_list_says_what_is_the_same(self):
        pairs = self.does("doubles").rows
        self.assertEqual([(p["degree"], p["why"], p["card_a"], p["card_b"]) for p in pairs],
                         [("likely", "name_sound birth_date phone", "1", "2")])
        self.assertEqual(json.loads(self.does("doubles", "--format", "json").out), pairs)

    def test_linked_files_are_one_child_wherever_children_are_listed(self):
        answer = self.does("doubles", "link", "1", "2", "--because", "户口簿")
        self.assertEqual(answer.rows, [{"leads_a": self.a, "leads_b": self.a}])
        self.assertEqual(self.children(), ["李子轩"])
        self.assertEqual([hit["id"] for hit in self.does("find", "梓萱").rows], [self.a])
        self.assertEqual([hit["id"] for hit in self.does("find", "石头").rows], [self.a])
        self.assertEqual(self.does("list", "home_visit").rows[0]["child"], self.a)
        self.assertEqual(len(self.does("list", "home_visit", "--where", f"child = '{self.a}'").rows), 1)
        self.does("export", "child", "--out", self.path("c.csv"))
        with open(self.path("c.csv"), encoding="utf-8-sig") as file:
            self.assertEqual(len(file.readlines()), 2)
        self.does("export", "home_visit", "--out", self.path("v.csv"))
        with open(self.path("v.csv"), encoding="utf-8-sig") as file:
            self.assertIn("李子轩", file.read())
        self.assertEqual(self.does("doubles").rows, [])

    def test_the_plain_copy_counts_them_once_and_is_whole(self):
        self.does("doubles", "link", "1", "2")
        self.does("export", "--sqlite", self.path("a.sqlite"))
        db = sqlite3.connect(self.path("a.sqlite"))
        self.assertEqual(db.execute("SELECT count(*) FROM child").fetchone()[0], 1)
        self.assertEqual(db.execute("SELECT child FROM home_visit").fetchone()[0], self.a)
        self.assertEqual(db.execute("PRAGMA foreign_key_check").fetchall(), [])
        db.close()

    def test_what_is_written_of_either_goes_to_the_one_that_leads(self):
        self.does("doubles", "link", "2", "1")
        new = self.add("home_visit", "child=1", "visited_on=2026-11-21", "outcome=not_home")
        self.assertEqual({row["child"] for row in self.does("list", "home_visit").rows}, {self.b})
        self.assertIn(f"child\t\t{self.b}", self.does("show", "home_visit", new).out)
        shown = self.does("show", "child", "1")
        self.assertIn("李梓萱", shown.out)
        self.assertIn(self.b, shown.err)
        self.assertIn("李子轩", self.does("show", "child", self.a).out)  # the file itself, by its whole id
        self.does("edit", "child", "1", "nickname=小石头")
        self.assertIn("小石头", self.does("show", "child", self.b).out)
        self.assertNotIn("小石头", self.does("show", "child", self.a).out)

    def test_parting_gives_back_two_children_as_they_were(self):
        before = self.does("list", "child").out
        self.does("doubles", "link", "1", "2")
        self.does("doubles", "unlink", "1", "2", "--because", "是双胞胎")
        self.assertEqual(self.does("list", "child").out, before)
        self.assertEqual(self.does("doubles").rows, [])  # judged: not asked again
        verdicts = self.does("list", "same_child").rows
        self.assertEqual([(v["verdict"], v["because"]) for v in verdicts], [("not_same", "是双胞胎")])
        history = self.does("history", "same_child", verdicts[0]["id"], "--field", "verdict").rows
        self.assertEqual({row["new"] for row in history}, {"Same child", "Not the same child"})
        self.does("check", "--rebuild")

    def test_what_cannot_be_is_refused_in_words(self):
        self.assertIn("not linked", self.does("doubles", "unlink", "1", "2", code=1).err)
        self.does("doubles", "differ", "1", "2")
        self.assertIn("two children", self.does("doubles", "differ", "2", "1", code=1).err)
        self.does("doubles", "link", "1", "2")
        self.assertIn("linked already", self.does("doubles", "link", "2", "1", code=1).err)
        self.assertIn("one file", self.does("doubles", "link", "1", "1", code=1).err)
        self.does("doubles", "link", "1", code=2)
        self.does("doubles", "link", "1", "77", code=1)

    def test_an_import_says_which_new_rows_may_have_a_file(self):
        roster = self.write("r.csv", "姓名,出生日期,父亲电话,年级\n李籽轩,2017-05-03,13800001111,一年级\n"
                                     "李子旋,2017-05-03,13800001111,二年级\n王五,2018-01-01,13800001111,一年级\n"
                                     "赵六,2018-02-02,13900000000,一年级\n赵陆,2018-02-02,13900000000,五年级\n")
        for dry in (["--dry-run"], []):
            answer = self.does("import", "child", roster, *dry)
            counts = {row["verdict"]: row["rows"] for row in answer.rows}
            self.assertEqual((counts["new"], counts["alike"]), ("5", "3"))
            self.assertIn("row 2 李籽轩 (new): may be 李子轩 Grade 3 Class 2 (no. 1), who has a file already: the same "
                          "sound of the name, day of birth, phone number", answer.err)
            self.assertIn("row 6 赵陆 (new): may be the child of row 5: the same sound of the name", answer.err)
        self.assertEqual(len(self.does("doubles").rows), 7)  # four files of one sound, each with each; 赵六 and 赵陆

    def test_a_bare_name_that_is_here_is_said_at_its_row_and_counted(self):
        self.add("child", "name=王小明", "birth_date=2016-02-01", "id_number=52042420160201203X", "grade=五年级", "class=1")
        names = self.write("names.csv", "姓名\n王小明\n李子轩\n孙大有\n")
        answer = self.does("import", "child", names, "--dry-run")
        counts = {row["verdict"]: row["rows"] for row in answer.rows}
        self.assertEqual((counts["new"], counts["alike"]), ("3", "2"))
        self.assertIn("row 2 王小明 (new): may be 王小明 Grade 5 Class 1 (no. 3), who has a file already: the same full name",
                      answer.err)
        self.assertNotIn("孙大有", answer.err)

    def test_a_bare_name_that_is_here_is_said_when_added(self):
        self.assertIn("somebody like this is already there: 李子轩", self.does("add", "child", "name=李子轩").err)
        self.assertNotIn("already there", self.does("add", "child", "name=孙大有").err)

    def test_a_roster_finds_the_child_by_the_numbers_of_either_file(self):
        self.does("edit", "child", "2", "id_number=520424201705032017", code=0)
        self.does("doubles", "link", "1", "2")
        roster = self.write("r.csv", "姓名,身份证件号,出生日期,小名\n李梓萱,520424201705032017,2017-05-03,小李\n")
        rows = {row["verdict"]: row["rows"] for row in self.does("import", "child", roster, "--mode", "fill").rows}
        self.assertEqual(rows["new"], "0")
        self.assertEqual(self.children(), ["李子轩"])


CLUB = """\
form: club
version: 1
title: {zh: 活动, en: Club}
summary: "concat_ws(' ', held_on)"
protect: ordinary
roles: {read: [teacher], write: [teacher]}
fields:
  - {name: held_on, type: date, label: {zh: 日期, en: Held on}, required: true, default: today()}
  - {name: leader, type: record, of: child, label: {zh: 组长, en: Leader}}
  - name: members
    type: repeat
    label: {zh: 成员, en: Members}
    fields:
      - {name: who, type: record, of: child, label: {zh: 谁, en: Who}}
"""


class Rows(Case):
    """What named a file before it was linked names the one child since."""

    def setUp(self):
        super().setUp()
        self.forms = self.path("forms")
        shutil.copytree(FORMS, self.forms)
        self.write("forms/club.yaml", CLUB)
        self.init()
        self.a, self.b, self.c = (self.add("child", "name=" + name) for name in ("李子轩", "李梓萱", "王小川"))
        self.first = self.add("club", "leader=2", "members[1].who=2", "members[2].who=3")
        self.second = self.add("club", "leader=1", "members[1].who=1")

    def command(self, *words, **options):
        options.setdefault("forms", self.forms)
        return super().command(*words, **options)

    def who(self):
        """Who took part by what every way out of the program says: list, show, JSON, a plain copy."""
        self.does("export", "club", "--out", self.path("c.json"))
        with open(self.path("c.json"), encoding="utf-8") as file:
            clubs = json.load(file)
        path = self.path("plain.sqlite")
        if os.path.exists(path):
            os.remove(path)
        self.does("export", "--sqlite", path)
        db = sqlite3.connect(path)
        plain = [row[0] for row in db.execute("SELECT who FROM club__members ORDER BY rowid")]
        leaders = [row[0] for row in db.execute("SELECT leader FROM club ORDER BY rowid")]
        db.close()
        shown = [row["value"] for club in (self.first, self.second) for row in self.does("show", "club", club).rows
                 if row["field"].endswith(".who")]
        in_json = [row["who"] for club in clubs for row in club["members"]]
        self.assertEqual([row["leader"] for row in self.does("list", "club").rows], leaders)
        self.assertEqual(sorted(plain), sorted(in_json))
        self.assertEqual(sorted(plain), sorted(shown))
        return set(plain) | set(leaders)

    def test_rows_and_answers_name_the_child_not_the_file(self):
        self.assertEqual(self.who(), {self.a, self.b, self.c})
        self.does("doubles", "link", "1", "2")
        self.assertEqual(self.who(), {self.a, self.c})
        shown = self.does("show", "club", self.first, lang="zh").out
        self.assertIn("李子轩", shown)
        self.assertNotIn("李梓萱", shown)
        self.does("doubles", "unlink", self.a, self.b)
        self.assertEqual(self.who(), {self.a, self.b, self.c})

    def test_the_verdict_itself_names_both_files(self):
        self.does("doubles", "link", "1", "2")
        verdict = self.does("list", "same_child").rows[0]
        self.assertEqual((verdict["child"], verdict["other"]), (self.a, self.b))
        self.assertIn(self.b, self.does("show", "same_child", verdict["id"]).out)


if __name__ == "__main__":
    main()
