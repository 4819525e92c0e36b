"""guanai duties: what duties cost, switched on and off by a script."""
import json
import os
import pty
import subprocess

import guanai

CLASS = "三年级(2)班"


class Duties(guanai.Case):
    def setUp(self):
        super().setUp()
        self.init()
        for name, grade, number in (("彭英俊", "g3", "2"), ("何丽", "g3", "2"), ("汤红博", "g4", "1")):
            self.add("child", "name=" + name, "grade=" + grade, "class=" + number, "marked_left_behind=1")

    def row(self, duty, *more):
        return {row["duty"]: row for row in self.does("duties", *more).rows}[duty]

    def owing(self, duty):
        return [row["child"] for row in self.does("due", "--duty", duty).rows]

    def test_a_row_a_duty_with_the_records_a_month(self):
        answer = self.does("duties")
        self.assertEqual(answer.header, ["duty", "title", "state", "records_month", "class_average", "class_most", "teacher_average"])
        self.assertEqual(self.row("visit_month"), {"duty": "visit_month", "title": "Home visit", "state": "off", "records_month": "3",
                                                   "class_average": "2", "class_most": "2", "teacher_average": "2"})
        self.assertEqual(self.row("talk_month")["state"], "on")
        self.assertEqual(self.row("talk_month", "--class", CLASS)["records_month"], "2")
        self.assertEqual(self.row("absence_ask")["records_month"], "")
        rows = {row["duty"]: row for row in json.loads(self.does("duties", "--format", "json").out)}
        self.assertEqual((rows["visit_month"]["records_month"], rows["absence_ask"]["records_month"]), (3, None))

    def test_switched_on_and_off_for_the_school(self):
        self.assertEqual(self.owing("visit_month"), [])
        self.assertEqual([row["state"] for row in self.does("duties", "visit_month", "on").rows], ["on"])
        self.assertEqual(sorted(self.owing("visit_month")), sorted(["彭英俊", "何丽", "汤红博"]))
        self.does("duties", "visit_month", "off")
        self.assertEqual(self.owing("visit_month"), [])

    def test_one_class_only_until_the_school_is_switched(self):
        self.does("duties", "visit_month", "on", "--class", "3.2")
        self.assertEqual(sorted(self.owing("visit_month")), sorted(["彭英俊", "何丽"]))
        self.assertEqual((self.row("visit_month")["state"], self.row("visit_month", "--class", CLASS)["state"]), ("part", "on"))
        self.does("duties", "visit_month", "off")
        self.assertEqual((self.row("visit_month")["state"], self.owing("visit_month")), ("off", []))

    def test_from_another_day(self):
        self.does("duties", "visit_month", "on", "--from", "2026-12-01")
        self.assertEqual(self.row("visit_month")["state"], "off")
        record = self.does("list", "duty_choice").rows[0]
        self.assertEqual((record["duty"], record["is_on"], record["from_on"]), ("visit_month", "1", "2026-12-01"))

    def test_each_site_owes_its_hazard_round_each_home_room_its_opening(self):
        self.write("data/config.yaml", "school: 石桥小学\nsites:\n  - {code: main, label: {zh: 石桥中心校, en: Shiqiao}, own: true}\n"
                   "  - {code: dawan, label: {zh: 大湾教学点, en: Dawan}, home_room: false}\n"
                   "  - {code: xiang, label: {zh: 向阳小学, en: Xiangyang}}\n")
        self.add("child", "name=宋涵", "grade=g1", "class=1", "site=dawan", "marked_left_behind=1")
        self.add("child", "name=杨梅", "grade=g1", "class=1", "site=xiang", "marked_left_behind=1")
        self.assertEqual((self.row("hazard_month")["records_month"], self.row("home_room_week")["records_month"]), ("3", "8"))
        for duty in ("hazard_month", "home_room_week"):
            self.does("duties", duty, "on")
        self.assertEqual((len(self.owing("hazard_month")), len(self.owing("home_room_week"))), (3, 2))
        self.add("home_room_log", "uses=reading", "from_time=16:00", "site=向阳小学")
        self.add("hazard", "place=water", "what=无", "site=dawan")
        self.assertEqual((len(self.owing("hazard_month")), len(self.owing("home_room_week"))), (2, 1))
        self.assertEqual(len(self.does("due", "--duty", "home_room_week", "--site", "xiang").rows), 0)
        self.assertEqual([row["class"] for row in self.does("due", "--duty", "home_room_week").rows], ["Shiqiao"])
        self.assertEqual([row["class"] for row in self.does("due", "--duty", "hazard_month").rows], ["Shiqiao", "Xiangyang"])

    def test_what_followed_an_event_stays_when_the_duty_is_switched_off(self):
        self.does("duties", "absence_ask", "on")
        child = self.does("list", "child").rows[0]["id"]
        self.add("status_change", "child=" + child, "kind=away", "from_on=2026-11-24", today="2026-11-24")
        asked = ("due", "--from", "2026-11-01", "--to", "2026-12-20", "--state", "all", "--duty", "absence_ask")
        before = self.does(*asked, today="2026-12-20").rows
        self.assertEqual([row["state"] for row in before], ["missed"])
        self.does("duties", "absence_ask", "off", "--from", "2026-12-20", today="2026-12-20")
        self.assertEqual(self.does(*asked, today="2026-12-20").rows, before)
        self.add("status_change", "child=" + self.does("list", "child").rows[1]["id"], "kind=away", "from_on=2026-12-14", today="2026-12-21")
        self.assertEqual(len(self.does("due", "--from", "2026-11-01", "--to", "2027-01-20", "--state", "all", "--duty", "absence_ask",
                                       today="2026-12-30").rows), 1)

    def test_what_cannot_be_is_said(self):
        self.assertIn("did you mean 'visit_month'?", self.does("duties", "visit_mont", "on", code=1).err)
        self.assertIn("whole school", self.does("duties", "summary_term", "on", "--class", CLASS, code=1).err)
        self.assertIn("this school year", self.does("duties", "visit_month", "on", "--class", CLASS, "--from", "2027-09-01", code=1).err)
        self.assertIn("no child in the class", self.does("duties", "visit_month", "on", "--class", "6.9", code=1).err)
        for words in (("visit_month", "maybe"), ("--from", "2026-12-01"), ("visit_month", "on", "--from", "soon")):
            self.does("duties", *words, code=2)
        self.does("forms", "off", "talk", "--yes", code=2)
        self.assertEqual(self.does("list", "duty_choice").rows, [])

    def at_terminal(self, typed, *words):
        """What a terminal shows, and the exit code; what is typed waits there."""
        ours, theirs = pty.openpty()
        os.write(ours, typed.encode())
        done = subprocess.Popen(self.command(*words), stdin=theirs, stdout=theirs, stderr=theirs, env=self.env())
        os.close(theirs)
        shown = b""
        while True:
            try:
                shown += os.read(ours, 4096)
            except OSError:  # the program has closed its end
                break
        os.close(ours)
        return shown.decode().replace("\r\n", "\n"), done.wait()

    def test_at_a_terminal_what_they_make_is_said_before_they_are_switched_on(self):
        for words, listed in ((("duties", "visit_month", "on"), ("list", "duty_choice")), (("forms", "on", "growth"), ("list", "form_choice"))):
            shown, code = self.at_terminal("n\n", *words)
            self.assertIn("records_month", shown.split("Enter: switch on")[0])
            self.assertIn("nothing was switched", shown)
            self.assertEqual(code, 1)
            self.assertEqual(self.does(*listed).rows, [])
            self.assertEqual(self.at_terminal("\n", *words)[1], 0)
            self.assertEqual(len(self.does(*listed).rows), 1)
            shown, code = self.at_terminal("", *words, "--yes")
            self.assertNotIn("Enter", shown)
            self.assertEqual(code, 0)
        shown, code = self.at_terminal("", "duties", "visit_month", "off")
        self.assertNotIn("Enter", shown)
        self.assertEqual(self.row("visit_month")["state"], "off")

    def test_what_one_makes_is_told_before_it_is_switched(self):
        row, = self.does("duties", "visit_month").rows
        self.assertEqual((row["duty"], row["state"]), ("visit_month", "off"))
        self.assertGreater(int(row["records_month"]), 0)
        self.assertEqual(self.does("list", "duty_choice").rows, [])
        self.assertIn("did you mean 'visit_month'?", self.does("duties", "visit_mont", code=1).err)

    def test_forms_are_switched_and_what_they_make_is_told_by_class_and_teacher(self):
        before = {row["form"]: row for row in self.does("forms", "list").rows}
        self.assertNotIn("child", before)
        self.assertNotIn("duty_choice", before)
        self.assertEqual((before["home_visit"]["state"], before["living_care"]["state"], before["growth"]["state"]), ("on", "on", "off"))
        growth = before["growth"]
        self.assertEqual((growth["by"], growth["records_month"], growth["class_average"], growth["teacher_average"]), ("estimate", "1", "1", "1"))
        self.assertEqual((before["talk"]["by"], before["talk"]["duty"]), ("duty", "talk_month"))
        self.assertEqual((before["incident"]["by"], before["incident"]["records_month"]), ("untold", ""))
        self.assertEqual(self.does("forms", "list", "growth").rows, [growth])
        self.assertEqual([row["state"] for row in self.does("forms", "on", "growth", "aid").rows], ["on", "on"])
        self.assertEqual(self.does("forms", "off", "talk", today="2026-11-24").rows[0]["state"], "off")
        states = {row["form"]: row["state"] for row in self.does("forms", "list", today="2026-11-24").rows}
        self.assertEqual((states["growth"], states["aid"], states["talk"], states["home_visit"]), ("on", "on", "off", "on"))
        choices = self.does("list", "form_choice", today="2026-11-24").rows
        self.assertEqual([(row["form_name"], row["is_on"], row["decided_by"]) for row in choices],
                         [("growth", "1", "罗老师"), ("aid", "1", "罗老师"), ("talk", "0", "罗老师")])

    def test_a_form_that_is_on_no_menu_switches_nothing(self):
        self.assertIn("did you mean 'growth'?", self.does("forms", "on", "aid", "grwth", code=1).err)
        self.assertIn("child", self.does("forms", "off", "child", code=1).err)
        self.does("forms", "on", code=2)
        self.assertEqual(self.does("list", "form_choice").rows, [])
        self.assertIn("forms list", self.does("forms", "show", code=2).err)


if __name__ == "__main__":
    guanai.main()
