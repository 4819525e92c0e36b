#!/usr/bin/env python3
"""A school's own forms, duties and calendar go from computer to computer: handed on, offered, checked, in force when accepted."""
import os
import re
import shutil
import sqlite3
import tempfile

from guanai import FORMS, Case, main

CLUB = """\
form: club
version: %d
title: {zh: 兴趣小组, en: Club}
of: child
protect: ordinary
roles: {read: [teacher, headteacher], write: [teacher, headteacher]}
summary: activity
fields:
  - {name: met_on, type: date, label: {zh: 日期, en: Date}, required: true, default: today()}
  - {name: activity, type: text, label: {zh: %s, en: Activity}}
"""
DUTY = """\
duty: club_month
version: %d
order: 61
title: {zh: 兴趣小组每月一次, en: Club once a month}
why: {zh: 学校定的, en: the school wants it}
per: child
when: who.school
period: month
done_by:
  - {form: club, day: met_on}
"""
TERMS = """\
terms:
  - {term: 2026-1, from: 2026-09-01, to: 2027-01-22}
holidays:
  - {label: {zh: 校运会, en: Sports}, from: 2026-11-20}
"""


class Share(Case):
    paired = None  # three data folders that know each other, made once

    def setUp(self):
        super().setUp()
        self.stick = self.path("stick")
        if Share.paired is None:
            Share.paired = tempfile.mkdtemp(prefix="guanai-share-")
            self.addClassCleanup(shutil.rmtree, Share.paired, True)
            self.make_school(Share.paired)
        for name in ("A", "B", "C"):
            shutil.copytree(os.path.join(Share.paired, name), self.path(name))
        os.makedirs(os.path.join(self.stick, "guanai"))

    def make_school(self, folder):
        os.mkdir(self.stick)
        for name in "ABC":
            self.does("init", "--school", "石桥镇中心小学", data=self.path(name), user="罗老师")
        self.pair("A", "B", "石桥教学点")
        self.pair("A", "C", "大湾教学点")
        for name in "ABC":
            shutil.move(self.path(name), os.path.join(folder, name))
        shutil.rmtree(self.stick)

    def at(self, name, *words, **options):
        return self.run_it(*words, data=self.path(name), **options)

    def do(self, name, *words, **options):
        return self.does(*words, data=self.path(name), **options)

    def pair(self, school, new, label):
        self.do(school, "sync", "pair", "invite", self.stick)
        digits = self.do(new, "sync", "pair", "join", self.stick, label).out.strip()
        self.do(school, "sync", "pair", "answer", self.stick, digits)
        self.do(new, "sync", "pair", "finish", self.stick, digits)

    def carry(self, *names):
        for name in names:
            answer = self.at(name, "sync", "import", self.stick)
            self.assertIn(answer.code, (0, 1), answer.err)
            self.do(name, "sync", "export", self.stick)

    def own(self, name, file):
        return os.path.join(self.path(name), "forms", file)

    def lay(self, name, file, text):
        path = self.own(name, file)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as out:
            out.write(text)

    def read(self, name, file):
        with open(self.own(name, file), encoding="utf-8") as lines:
            return lines.read()

    def configure(self, name, text):
        with open(os.path.join(self.path(name), "config.yaml"), "a", encoding="utf-8") as out:
            out.write(text)

    def states(self, name):
        return {row["file"]: row["state"] for row in self.at(name, "forms", "shared").rows}

    def lay_all(self, name):
        self.lay(name, "club.yaml", CLUB % (1, "活动"))
        self.lay(name, "duties/club_month.yaml", DUTY % 1)
        self.configure(name, TERMS)

    def test_what_was_accepted_on_one_is_offered_on_the_other_and_in_force_once_accepted_there(self):
        self.lay_all("A")
        answer = self.do("A", "sync", "export", self.stick)
        self.assertIn("(guanai forms share)", answer.err)
        self.assertEqual(self.states("A"), {"club.yaml": "ours", "duties/club_month.yaml": "ours", "calendar": "ours"})
        self.assertIn("handed on: 3", self.do("A", "forms", "share").err)
        self.assertEqual(set(self.states("A").values()), {"same"})
        self.do("A", "sync", "export", self.stick)
        answer = self.at("B", "sync", "import", self.stick)
        self.assertIn("(guanai forms shared)", answer.err)
        self.assertEqual(set(self.states("B").values()), {"theirs"})
        self.assertFalse(os.path.exists(self.own("B", "club.yaml")))
        self.assertNotIn("club_month", self.do("B", "duties").out)
        self.assertIn("taken: 3", self.do("B", "forms", "share").err)
        for file in ("club.yaml", "duties/club_month.yaml"):
            self.assertEqual(self.read("B", file), self.read("A", file))
        self.assertIn("club_month", self.do("B", "duties").out)
        self.assertEqual(set(self.states("B").values()), {"same"})
        self.assertIn("nothing to complain about", self.do("B", "forms", "check").err)
        self.do("B", "check", "--rebuild")

    def test_computers_of_a_school_owe_the_same_after_exchanging_and_accepting(self):
        self.lay_all("A")
        children = [self.do("A", "add", "child", f"name=孩子{i}", "grade=三年级", "class=2", "village=红岩村", "boarding=0",
                            "marked_left_behind=1").rows[0]["id"] for i in range(4)]
        self.do("A", "add", "club", "child=" + children[0], "met_on=2026-11-10")
        self.do("A", "duties", "club_month", "on")
        self.do("A", "duties", "talk_month", "off")
        self.do("A", "forms", "share")
        self.carry("A", "B")
        self.do("B", "forms", "share")
        self.do("B", "add", "club", "child=" + children[1], "met_on=2026-11-12")
        self.carry("B", "A")
        for day in ("2026-11-23", "2026-12-01", "2026-12-24", "2027-01-25", "2027-03-09", "2027-06-30"):
            for words in (("due",), ("alarms",), ("duties",)):
                first, second = (self.at(name, *words, today=day) for name in "AB")
                self.assertEqual(first.out, second.out, (day, words))
        self.assertIn("club_month", self.do("B", "due").out)
        self.assertNotIn("talk_month", self.do("B", "due").out)

    def test_a_teacher_hands_nothing_on(self):
        self.lay_all("A")
        answer = self.at("A", "forms", "share", user="周老师")
        self.assertEqual(answer.code, 3, answer.err)
        self.assertIn("罗老师", answer.err)
        self.assertEqual(set(self.states("A").values()), {"ours"})

    def test_a_file_with_faults_is_named_with_its_fault_and_neither_handed_on_nor_taken(self):
        self.lay_all("A")
        self.lay("A", "duties/broken.yaml", DUTY.replace("club_month", "broken").replace("month\n", "monthly\n") % 1)
        answer = self.at("A", "forms", "share")
        self.assertEqual(answer.code, 1)
        self.assertIn("duties/broken.yaml", answer.err)
        self.assertIn("monthly", answer.err)
        self.assertEqual(self.states("A")["duties/broken.yaml"], "ours")
        self.carry("A", "B")
        self.assertNotIn("duties/broken.yaml", self.states("B"))
        self.lay("B", "club.yaml", "form: club\n")  # what lies there is faulty by itself: the duty from there needs the one from here
        self.do("B", "forms", "share", "duties/club_month.yaml", "1", code=1)
        self.assertFalse(os.path.exists(self.own("B", "duties/club_month.yaml")))

    def test_what_two_changed_is_picked_once_and_is_the_same_on_both(self):
        self.lay_all("A")
        self.do("A", "forms", "share")
        self.carry("A", "B")
        self.do("B", "forms", "share")
        self.lay("A", "club.yaml", CLUB % (2, "在A改"))
        self.lay("B", "club.yaml", CLUB % (2, "在B改"))
        self.do("A", "forms", "share")
        self.do("B", "forms", "share")
        self.carry("A", "B", "A")
        for name in "AB":
            self.assertEqual(self.states(name)["club.yaml"], "both")
            self.assertEqual(self.at(name, "forms", "share").code, 1)
        row = next(row for row in self.at("B", "forms", "shared").rows if row["file"] == "club.yaml")
        of_a = [part for part in row["from"].split(", ") if "石桥教学点" not in part]
        self.assertEqual(len(of_a), 1, row)
        self.do("B", "forms", "share", "club.yaml", of_a[0].split()[0])
        self.assertIn("在A改", self.read("B", "club.yaml"))
        self.assertIn("在A改", self.do("B", "forms", "shared").out + self.read("B", "club.yaml"))
        self.carry("B", "A")
        self.assertEqual(self.states("A")["club.yaml"], "same")
        self.assertEqual(self.read("A", "club.yaml"), self.read("B", "club.yaml"))
        self.assertEqual(self.hash_in_force("A"), self.hash_in_force("B"))

    def hash_in_force(self, name):
        self.at(name, "find", "x")
        db = sqlite3.connect(f"file:{self.path(name)}/guanai.db?mode=ro", uri=True)
        hash_of = db.execute("SELECT hash FROM form WHERE name = 'club'").fetchone()[0]
        db.close()
        return hash_of

    def test_what_lay_here_and_nobody_else_has_is_kept_beside_what_was_picked(self):
        self.lay_all("A")
        self.do("A", "forms", "share")
        self.lay("B", "club.yaml", CLUB % (1, "自己写的"))
        self.carry("A", "B")
        self.assertEqual(self.states("B")["club.yaml"], "both")
        self.do("B", "forms", "share", "club.yaml", "1")
        self.assertIn("活动", self.read("B", "club.yaml"))
        self.assertIn("自己写的", self.read("B", "club.yaml.before"))
        self.assertEqual(self.hash_in_force("A"), self.hash_in_force("B"))

    def test_a_file_that_was_taken_away_goes_on_the_others_too(self):
        self.lay_all("A")
        self.do("A", "forms", "share")
        self.carry("A", "B")
        self.do("B", "forms", "share")
        os.unlink(self.own("A", "duties/club_month.yaml"))
        self.assertEqual(self.states("A")["duties/club_month.yaml"], "ours")
        self.do("A", "forms", "share")
        self.carry("A", "B")
        self.assertEqual(self.states("B")["duties/club_month.yaml"], "theirs")
        self.do("B", "forms", "share")
        self.assertFalse(os.path.exists(self.own("B", "duties/club_month.yaml")))
        self.assertEqual(self.do("A", "duties").out, self.do("B", "duties").out)

    def test_the_calendar_is_put_into_the_settings_whose_other_lines_stay(self):
        self.lay_all("A")
        self.configure("B", "# 我们的说明\nhide_after_minutes: 9\nborders: ascii\n")
        self.do("A", "forms", "share")
        self.carry("A", "B")
        self.do("B", "forms", "share", "calendar")
        with open(os.path.join(self.path("B"), "config.yaml"), encoding="utf-8") as lines:
            text = lines.read()
        for kept in ("school:", "# 我们的说明", "hide_after_minutes: 9", "borders: ascii", "2026-11-20", "own: true"):
            self.assertIn(kept, text)
        self.assertEqual(self.states("B")["calendar"], "same")
        self.configure("B", "school_days: [2026-12-05]\n")
        self.assertEqual(self.states("B")["calendar"], "ours")

    def test_what_travelled_by_way_of_a_third_arrives(self):
        self.lay_all("A")
        self.do("A", "forms", "share")
        self.carry("A", "B")
        shutil.rmtree(os.path.join(self.stick, "guanai"))
        os.mkdir(os.path.join(self.stick, "guanai"))
        self.carry("B", "C")
        self.assertEqual(set(self.states("C").values()), {"theirs"})
        self.do("C", "forms", "share")
        self.assertEqual(self.read("C", "club.yaml"), self.read("A", "club.yaml"))

    def test_a_form_that_would_hide_answers_waits_for_its_name(self):
        self.lay_all("A")
        self.do("A", "forms", "share")
        self.carry("A", "B")
        self.do("B", "forms", "share")
        child = self.do("B", "add", "child", "name=何丽").rows[0]["id"]
        self.do("B", "add", "club", "child=" + child, "activity=画画")
        self.lay("A", "club.yaml", re.sub(r".*name: activity.*\n", "", CLUB % (2, "x")).replace("summary: activity", "summary: met_on"))
        self.do("A", "forms", "share")
        self.carry("A", "B")
        self.assertIn("'activity' would lose its place", self.at("B", "forms", "shared").err)
        self.do("B", "forms", "share")
        self.assertIn("waits for an administrator", self.do("B", "find", "何丽").err)
        self.do("B", "forms", "accept", "club")
        self.assertEqual(self.hash_in_force("A"), self.hash_in_force("B"))

    def test_a_shipped_file_does_not_travel_by_itself(self):
        self.assertEqual(self.do("A", "forms", "shared").rows, [])

    def test_records_of_a_form_that_comes_later_are_shown_once_it_is_taken(self):
        self.lay_all("A")
        child = self.do("A", "add", "child", "name=何丽").rows[0]["id"]
        club = self.do("A", "add", "club", "child=" + child, "activity=画画").rows[0]["id"]
        self.carry("A", "B")
        self.assertNotEqual(self.at("B", "show", "club", club).code, 0)
        self.do("A", "forms", "share")
        self.carry("A", "B")
        self.do("B", "forms", "share")
        self.assertEqual(self.do("B", "show", "club", club).out, self.do("A", "show", "club", club).out)
        self.do("B", "check", "--rebuild")


if __name__ == "__main__":
    main()
