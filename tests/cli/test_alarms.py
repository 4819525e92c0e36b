"""guanai alarms, as a clerk's scripts ask it; the township's ten unguarded children as walks tell it."""
import csv
import json
import os
import random
import sqlite3

import guanai

CLASS = "三年级(2)班"


class Alarms(guanai.Case):
    def setUp(self):
        super().setUp()
        self.init()
        self.child = self.add("child", "name=何丽", "grade=g3", "class=2", "village=红岩村", "marked_left_behind=1", "guardian_kind=none")
        self.other = self.add("child", "name=彭英俊", "grade=g3", "class=1", "marked_left_behind=1")

    def test_a_row_a_child_and_alarm_with_its_reason(self):
        answer = self.does("alarms")
        self.assertEqual(answer.header, ["child_id", "child", "class", "village", "alarm", "title", "since", "days", "why",
                                         "teacher", "proxy"])
        self.assertEqual(answer.rows, [{"child_id": self.child, "child": "何丽", "class": "Grade 3 Class 2", "village": "红岩村",
                                        "alarm": "unguarded", "title": "Nobody guards", "since": "2026-11-23", "days": "0",
                                        "why": "unreported since 23 Nov", "teacher": "", "proxy": ""}])

    def test_owner_class_alarm_limit_and_json(self):
        self.add("class_teacher", "class=" + CLASS, "teacher=周老师", "from_on=2026-09-01")
        self.add("incident", "child=" + self.child, "happened_on=2026-11-23", "kind=unguarded", "what=一个人", "found_by=周老师")
        rows = json.loads(self.does("alarms", "--owner", "周老师", "--format", "json").out)
        self.assertEqual([row["alarm"] for row in rows], ["report_open", "unguarded"])
        self.assertEqual(rows[0]["days"], 0)
        self.assertEqual(self.does("alarms", "--owner", "罗老师").rows, [])
        self.assertEqual(len(self.does("alarms", "--class", CLASS, "--limit", "1").rows), 1)
        self.assertEqual(self.does("alarms", "--class", "三年级(1)班").rows, [])
        self.assertEqual([row["child"] for row in self.does("alarms", "--alarm", "unguarded").rows], ["何丽"])

    def test_wrong_usage_says_what_is_right(self):
        self.assertIn("did you mean 'unguarded'?", self.does("alarms", "--alarm", "unguarde", code=1).err)
        self.assertIn("usage: guanai alarms", self.does("alarms", "--format", "xml", code=2).err)

    def test_a_school_adds_its_own_and_forms_check_finds_its_faults(self):
        own = os.path.join(self.data, "forms", "alarms")
        os.makedirs(own)
        path = os.path.join(own, "girls.yaml")
        with open(path, "w", encoding="utf-8") as file:
            file.write("alarm: girls\nversion: 1\norder: 1\ntitle: {zh: 女生, en: Girls}\nwhen: child.sexx = 'f'\n")
        told = self.does("forms", "check", path, code=1)
        self.assertIn("girls.yaml:5:", told.err + told.out)
        self.assertIn("did you mean 'child.sex'?", told.err + told.out)
        with open(path, "w", encoding="utf-8") as file:
            file.write("alarm: girls\nversion: 1\norder: 1\ntitle: {zh: 女生, en: Girls}\nwhen: child.name = '彭英俊'\n")
        self.does("forms", "check", path)
        self.assertEqual([(row["child"], row["alarm"]) for row in self.does("alarms").rows],
                         [("彭英俊", "girls"), ("何丽", "unguarded")])

    def test_check_finds_what_was_kept_wrong_and_mends_it(self):
        self.does("alarms")
        self.assertEqual(self.does("check").code, 0)
        database = sqlite3.connect(os.path.join(self.data, "guanai.db"))
        database.execute("UPDATE _alarm SET say = say + 1")
        database.commit()
        database.close()
        self.assertIn("counted anew", self.does("check", code=1).err)
        self.assertEqual(self.does("check").code, 0)


class Township(guanai.Case):
    """walks.md 2.3: ten unguarded; 何丽 first because a report is open, then the youngest."""

    def setUp(self):
        super().setUp()
        self.init()
        self.roster = os.path.join(guanai.ROSTERS, "township-700.csv")
        self.run_it("import", "child", self.roster)

    def children_of(self, alarm):
        return [row["child"] for row in self.does("alarms", "--alarm", alarm).rows]

    def test_the_ten_nobody_guards_stand_in_the_order_of_the_walk(self):
        with open(self.roster, encoding="utf-8-sig", newline="") as file:
            pupils = [row for row in csv.DictReader(file) if row["留守类型"] == "无人监护"]
        pupils.sort(key=lambda row: row["出生日期"], reverse=True)
        self.assertEqual(self.children_of("unguarded"), [row["姓名"] for row in pupils])
        self.assertEqual(len(pupils), 10)
        child = self.does("find", "何丽").rows[0]["id"]
        self.add("incident", "child=" + child, "happened_on=2026-11-23", "kind=unguarded", "what=一个人", "found_by=周老师")
        self.assertEqual(self.children_of("unguarded")[:2], ["何丽", "侯冬凤"])
        self.assertEqual(self.children_of("report_open"), ["何丽"])

    def test_plain_python_over_an_export_finds_the_same_children(self):
        """Calls, talks, plans drawn at random, typed in from a file; who must be warned of is counted once more here."""
        dice = random.Random(20261122)
        here = {row["name"] for row in self.does("list", "child").rows}
        with open(self.roster, encoding="utf-8-sig", newline="") as file:
            chosen = dice.sample([row["身份证件号"] + "," + row["姓名"] for row in csv.DictReader(file) if row["姓名"] in here], 60)
        calls, talks = {}, {}
        for record, header, rows in (("parent_call", "called_on,caller,whom,outcome,topics", calls),
                                     ("talk", "talked_on,talker,topics,mood,next_step", talks)):
            with open(self.path(record + ".csv"), "w", encoding="utf-8") as file:
                file.write("身份证件号,姓名," + header + "\n")
                for _ in range(400):
                    child = dice.choice(chosen)
                    day = "2026-%02d-%02d" % (dice.choice((9, 10)), dice.randint(1, 28))
                    value = dice.choice(("reached",) + ("no_answer", "cut", "wrong", "busy") * 3) if rows is calls else dice.choice((1, 1, 1, 2, 4))
                    rows.setdefault(child.split(",")[1], []).append((day, value))
                    file.write(f"{child},{day},周老师,father,{value},study\n" if rows is calls else f"{child},{day},周老师,study,{value},none\n")
            self.does("import", record, self.path(record + ".csv"), "--mode", "append")
        failed = {child for child, made in calls.items()
                  if sum(day > max([on for on, how in made if how == "reached"], default="") for day, how in made if how != "reached") >= 5}
        low = {child for child, held in talks.items()
               if sum(day > max([on for on, mood in held if mood > 1], default="") for day, mood in held if mood == 1) >= 2}
        self.assertTrue(failed and low)
        for alarm, expected in (("calls_failed", failed), ("mood_low", low)):
            self.assertEqual({row["child"] for row in self.does("alarms", "--alarm", alarm).rows}, expected, alarm)


if __name__ == "__main__":
    guanai.main()
