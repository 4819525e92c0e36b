"""guanai due and guanai checklist, as a clerk's scripts ask them; the township's November as walks tell it."""
import json
import os
import shutil
import sqlite3

import guanai

CLASS = "三年级(2)班"
VISITED = {"汤红博", "杨梅", "姚田华", "余安阳", "杨龙", "何丽", "史晨志", "宋涵"}


class Due(guanai.Case):
    def setUp(self):
        super().setUp()
        self.init()
        self.child = self.add("child", "name=彭英俊", "grade=g3", "class=2", "marked_left_behind=1")
        self.other = self.add("child", "name=何丽", "grade=g3", "class=2", "marked_left_behind=1")

    def states(self, duty, **options):
        rows = self.does("due", "--duty", duty, "--state", "all", "--from", "2026-11-01", "--to", "2026-11-30", **options).rows
        return {row["child"]: row["state"] for row in rows}

    def test_a_row_a_child_and_duty_with_its_days(self):
        answer = self.does("due", "--duty", "talk_month")
        self.assertEqual(answer.header, ["child_id", "child", "class", "duty", "owner", "opens", "due_on", "ends", "state", "days_late"])
        self.assertEqual([row["child"] for row in answer.rows], ["何丽", "彭英俊"])
        self.assertEqual(answer.rows[1], {"child_id": self.child, "child": "彭英俊", "class": "Grade 3 Class 2", "duty": "talk_month",
                                          "owner": "", "opens": "2026-11-01", "due_on": "2026-11-30",
                                          "ends": answer.rows[1]["ends"], "state": "open", "days_late": "0"})

    def test_a_record_closes_it(self):
        self.add("talk", "child=" + self.child, "talked_on=2026-11-05", "topics=study", "mood=4")
        self.assertEqual(self.states("talk_month"), {"彭英俊": "done", "何丽": "open"})
        self.assertEqual([row["child"] for row in self.does("due", "--duty", "talk_month").rows], ["何丽"])

    def test_owner_limit_and_json(self):
        self.add("class_teacher", "class=" + CLASS, "teacher=周老师", "from_on=2026-09-01")
        rows = json.loads(self.does("due", "--owner", "周老师", "--limit", "3", "--format", "json").out)
        self.assertEqual(len(rows), 3)
        self.assertEqual({row["owner"] for row in rows}, {"周老师"})
        self.assertEqual(rows[0]["days_late"], 0)

    def test_the_sheet_of_a_class_counts_in_its_last_row(self):
        self.add("talk", "child=" + self.child, "talked_on=2026-11-05", "topics=study", "mood=4")
        rows = self.does("checklist", "--class", CLASS, "--month", "2026-11").rows
        self.assertEqual([(row["child"], row["talk_month"]) for row in rows],
                         [("何丽", "not yet"), ("彭英俊", "11-05"), ("Total", "1/2")])
        self.assertEqual(json.loads(self.does("checklist", "--class", "3.2", "--month", "2026-11", "--format", "json").out)[2]["talk_month"],
                         "1/2")

    def test_what_the_class_itself_owes_stands_in_the_first_row_of_its_sheet(self):
        self.does("duties", "theme_month", "on")
        self.add("activity", "held_on=2026-11-06", "kind=theme", "title=防火", "participants[1].child=" + self.child)
        rows = self.does("checklist", "--class", CLASS, "--month", "2026-11").rows
        self.assertEqual([(row["child"], row["theme_month"]) for row in rows],
                         [("The class", "11-06"), ("何丽", ""), ("彭英俊", ""), ("Total", "1/1")])
        self.assertEqual((rows[0]["child_id"], rows[0]["talk_month"]), ("", ""))

    def test_a_plan_nobody_looked_at_again_is_owed_until_somebody_does(self):
        shutil.rmtree(self.data)
        self.does("init", "--school", "石桥小学", user="罗老师", today="2025-09-01")
        child = self.add("child", "name=何丽", "grade=g3", "class=2", "marked_left_behind=1", "key_child=1", today="2025-09-01")
        plan = self.add("care_plan", "child=" + child, "opened_on=2025-09-01", "reasons=none_guards", "problem=没人管", "goal=有人管",
                        "owner=周老师", "lead=吴校长", "review_every=month", today="2025-09-01")
        reviews = "due", "--duty", "plan_review"
        for today in ("2025-10-20", "2025-12-20", "2026-11-23", "2027-11-23"):
            rows = self.does(*reviews, today=today).rows
            self.assertEqual([(row["child"], row["due_on"], row["ends"], row["state"]) for row in rows], [("何丽", "2025-10-08", "", "late")], today)
        sums = self.does("checklist", "--class", "3.2", "--month", "2026-11").rows[-1]
        self.assertEqual(sums["plan_review"], "0/1")
        self.does("edit", "care_plan", plan, "reviews[1].reviewed_on=2026-11-20", "reviews[1].state=better", "reviews[1].reviewer=周老师")
        self.assertEqual(self.does(*reviews).rows, [])

    def test_a_class_or_a_person_that_is_none_is_said(self):
        self.add("class_teacher", "class=" + CLASS, "teacher=周老师", "from_on=2026-09-01")
        self.add("child", "name=王五", "grade=g4", "class=1")
        for words in (("due",), ("alarms",), ("checklist", "--month", "2026-11"), ("priorities",), ("figures",), ("phones",), ("verify",)):
            answer = self.does(*words, "--class", "三年级(9)班", code=1)
            self.assertIn("there is no child in the class '三年级(9)班'", answer.err)
            self.assertIn("there are: Grade 3 Class 2, Grade 4 Class 1", answer.err)
            self.assertEqual(answer.out, "")
        self.assertIn("没有“五年级(1)班”这个班", self.does("due", "--class", "五年级(1)班", code=1, lang="zh").err)
        for words in (("due",), ("alarms",), ("plan", "--from", "2026-11-23", "--to", "2026-11-30")):
            answer = self.does(*words, "--owner", "周老帅", code=1)
            self.assertIn("nobody is known here as '周老帅'", answer.err)
            self.assertIn("did you mean '周老师'?", answer.err)
            self.assertIn("there are: 罗老师, 周老师", self.does(*words, "--owner", "马六甲", code=1).err)

    def test_who_is_known_and_owes_nothing_is_no_finding(self):
        self.assertEqual(self.does("due", "--owner", "罗老师").rows, [])

    def test_wrong_usage_says_what_is_right(self):
        self.assertIn("did you mean 'open'?", self.does("due", "--state", "opn", code=2).err)
        self.assertIn("did you mean 'talk_month'?", self.does("due", "--duty", "talk_mont", code=1).err)
        self.assertIn("usage: guanai checklist", self.does("checklist", "--class", CLASS, code=2).err)
        self.assertIn("2026-11", self.does("checklist", "--class", CLASS, "--month", "November", code=2).err)

    def test_a_class_at_two_sites_is_never_taken_silently(self):
        self.write("data/config.yaml", "school: 石桥小学\nsites:\n  - {code: main, label: {zh: 石桥中心校, en: Shiqiao}, own: true}\n"
                   "  - {code: dawan, label: {zh: 大湾教学点, en: Dawan}}\n  - {code: shang, label: {zh: 上坝教学点, en: Shangba}}\n")
        for name, site, number in (("李四", "main", "2"), ("王五", "dawan", "2"), ("赵六", "dawan", "7"), ("钱七", "shang", "7")):
            self.add("child", "name=" + name, "site=" + site, "grade=g3", "class=" + number, "marked_left_behind=1", "guardian_kind=none")
        talks = "due", "--duty", "talk_month", "--class"
        answer = self.does(*talks, CLASS, "--site", "大湾教学点")
        self.assertEqual(([row["child"] for row in answer.rows], answer.err), (["王五"], ""))
        for words in (talks, ("alarms", "--class"), ("checklist", "--month", "2026-11", "--class"), ("figures", "--class"),
                      ("phones", "--class"), ("verify", "--class"), ("priorities", "--class")):
            answer = self.does(*words, CLASS)
            self.assertIn("is taken to be that of Shiqiao; there is one at Dawan too: --site", answer.err)
            self.assertNotIn("王五", answer.out)
            answer = self.does(*words, "3.7", code=1)
            self.assertIn("Dawan Grade 3 Class 7, Shangba Grade 3 Class 7", answer.err)
            self.assertEqual(answer.out, "")
        self.assertEqual([row["child"] for row in self.does(*talks, "3.7", "--site", "shang").rows], ["钱七"])
        self.assertEqual([row["child"] for row in self.does(*talks, "三年级").rows], ["何丽", "李四", "彭英俊"])
        self.assertIn("may be several classes", self.does("checklist", "--class", "三年级", "--site", "dawan", "--month", "2026-11", code=1).err)
        self.assertEqual({row["child"] for row in self.does("alarms", "--site", "dawan").rows}, {"王五", "赵六"})
        self.assertIn("no site 'nowhere'", self.does("due", "--site", "nowhere", code=1).err)

    def test_away_for_a_while_rests_in_list_and_checklist(self):
        child = self.add("child", "name=宋涵", "grade=g3", "class=2", "marked_left_behind=1")
        owed = {row["duty"] for row in self.does("due").rows if row["child_id"] == child}
        self.assertIn("talk_month", owed)
        self.add("status_change", "child=" + child, "kind=暂离", "from_on=2026-11-01", "until_on=2026-11-30", "reason=陪工", "doer=周老师")
        self.assertEqual([row for row in self.does("due").rows if row["child_id"] == child], [])
        resting = {row["duty"] for row in self.does("due", "--state", "rests").rows if row["child_id"] == child}
        self.assertEqual(resting, owed)
        sheet = self.does("checklist", "--class", "三年级(2)班", "--month", "2026-11").rows
        self.assertEqual([row["talk_month"] for row in sheet if row["child"] == "宋涵"], ["rests"])

    def test_check_finds_what_was_kept_wrong_and_mends_it(self):
        self.does("due")
        self.assertEqual(self.does("check").code, 0)
        self.assertEqual(self.does("check", "--rebuild").code, 0)
        database = sqlite3.connect(os.path.join(self.data, "guanai.db"))
        database.execute("UPDATE _due_child SET proxy = '别人' WHERE no IN (SELECT no FROM _due_child LIMIT 1)")
        database.commit()
        database.close()
        self.assertIn("counted anew", self.does("check", code=1).err)
        self.assertEqual(self.does("check").code, 0)


class Days(guanai.Case):
    def test_days_that_end_before_they_begin_are_refused(self):
        self.init()
        for command in (("due",), ("plan", "--owner", "周老师")):
            answer = self.run_it(*command, "--from", "2026-11-30", "--to", "2026-11-01", lang="zh")
            self.assertEqual(answer.code, 2)
            self.assertIn("“2026-11-01”在“2026-11-30”之前", answer.err)


class Township(guanai.Case):
    """walks.md: 24 marked, 8 visited in November by the import, 11 after Saturday's trip."""

    def test_november_of_a_class(self):
        self.init()
        roster = os.path.join(guanai.ROSTERS, "township-700.csv")
        self.run_it("import", "child", roster)
        self.run_it("import", "home_visit", os.path.join(guanai.ROSTERS, "township-700-visits.csv"))
        self.add("duty_choice", "duty=visit_month", "is_on=1", "from_on=2026-11-01", "class=" + CLASS)
        self.assertEqual(self.sheet(), "8/24")
        rows = self.does("due", "--class", CLASS, "--duty", "visit_month", "--state", "all", "--from", "2026-11-01", "--to", "2026-11-30").rows
        self.assertEqual({row["child"] for row in rows if row["state"] == "done"}, VISITED)
        self.assertEqual(sum(row["state"] == "open" for row in rows), 16)
        ids = {row["child"]: row["child_id"] for row in rows}
        for name in ("彭英俊", "彭红军", "黄宁"):
            self.add("home_visit", "child=" + ids[name], "visited_on=2026-11-21", "outcome=met", "met=grandmother_f", "concerns=ok")
        self.add("home_visit", "child=" + ids["崔子乐"], "visited_on=2026-11-21", "outcome=not_home")
        self.assertEqual(self.sheet(), "11/24")
        self.assertEqual(len(self.does("due", "--class", CLASS, "--duty", "visit_month").rows), 13)
        cells = {row["child"]: row["visit_month"] for row in self.checklist()}
        self.assertEqual((cells["崔子乐"], cells["彭英俊"]), ("tried", "11-21"))
        self.add("status_change", "child=" + ids["史晨志"], "kind=with_parents", "from_on=2026-11-27", today="2026-11-27")
        self.assertEqual(self.sheet(today="2026-11-27"), "11/24")
        self.assertEqual(self.sheet(today="2026-12-01"), "11/24")

    def checklist(self, **options):
        options.setdefault("today", guanai.TODAY)
        return self.does("checklist", "--class", CLASS, "--month", "2026-11", **options).rows

    def sheet(self, **options):
        return self.checklist(**options)[-1]["visit_month"]


if __name__ == "__main__":
    guanai.main()
