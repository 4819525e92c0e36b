"""guanai excuses and checklist sign: why a duty was not done; nobody confirms or signs own words and work."""
import contextlib
import json
import os
import sqlite3

import guanai

CLASS, TEACHER, HEAD = "三年级(2)班", "周老师", "吴校长"


class Excuses(guanai.Case):
    def setUp(self):
        super().setUp()
        self.init()
        self.child = self.add("child", "name=彭英俊", "grade=g3", "class=2", "marked_left_behind=1")
        self.other = self.add("child", "name=何丽", "grade=g3", "class=2", "marked_left_behind=1")
        self.add("class_teacher", "class=" + CLASS, "teacher=" + TEACHER, "from_on=2026-09-01")
        self.add("talk", "child=" + self.other, "talked_on=2026-11-05", "topics=study", "mood=4", "talker=" + TEACHER)

    def waiting(self, *words, user=TEACHER):
        return json.loads(self.does("excuses", *words, "--format", "json", user=user).out)

    def say(self, *words, user=TEACHER, code=0):
        return self.does("excuses", "say", *words, user=user, code=code)

    def state(self, duty, child="彭英俊"):
        rows = self.does("due", "--duty", duty, "--state", "all", "--from", "2026-11-01", "--to", "2026-11-30").rows
        return [row["state"] for row in rows if row["child"] == child]

    def test_a_reason_counts_at_once_and_waits_for_somebody_else(self):
        self.assertEqual(self.waiting(), [])
        said = self.say("talk_month", "ill", "--child", self.child, "--because", "住院两周")
        self.assertIn("waits to be confirmed", said.err)
        self.assertEqual(self.state("talk_month"), ["excused"])
        row, = self.waiting()
        self.assertEqual((row["of"], row["duty"], row["period"], row["reason"], row["said_by"], row["own"]),
                         ("彭英俊", "talk_month", "2026-11", "住院两周", TEACHER, 1))
        self.assertIn("0 reasons confirmed; 1 are your own", self.does("excuses", "confirm", user=TEACHER, code=1).err)
        self.assertIn("1 reasons confirmed", self.does("excuses", "confirm", "--class", CLASS, user=HEAD).err)
        self.assertEqual(self.waiting(), [])

    def test_the_months_signature_confirms_them(self):
        self.say("talk_month", "ill", "--child", self.child, "--because", "住院两周")
        words = ("checklist", "sign", "--class", CLASS, "--month", "2026-11")
        self.assertIn("nobody signs own work", self.does(*words, "--with-open", user=TEACHER, code=3).err)
        self.assertIn("--with-open", self.does(*words, user=HEAD, code=1).err)
        self.assertEqual(json.loads(self.does("list", "month_sign", "--format", "json").out), [])
        self.assertIn("1 done, 4 open, 1 reasons confirmed", self.does(*words, "--with-open", user=HEAD).err)
        self.assertEqual(self.waiting(), [])
        signed, = json.loads(self.does("list", "month_sign", "--format", "json").out)
        self.assertEqual((signed["signed_by"], signed["open"], signed["confirmed"]), (HEAD, 4, 1))
        sheet = ("checklist", "--class", CLASS, "--month", "2026-11")
        self.assertIn(f"was signed by {HEAD} on 2026-11-", self.does(*sheet).err)
        self.assertIn("1 done, 4 open", self.does(*sheet).err)
        self.assertIn("taken back", self.does(*words, "--undo", user=HEAD).err)
        self.assertNotIn("signed", self.does(*sheet).err)

    def test_what_changes_after_the_signature_is_said_whether_counted_or_kept(self):
        sheet = ("checklist", "--class", CLASS, "--month", "2026-11")
        self.does("checklist", "sign", *sheet[1:], "--with-open", user=HEAD)
        self.assertNotIn("entered", self.does(*sheet).err)
        self.add("talk", "child=" + self.child, "talked_on=2026-11-06", "topics=study", "mood=4", "talker=" + TEACHER)
        for _ in range(2):
            self.assertRegex(self.does(*sheet).err, "彭英俊 · .*: entered, by " + TEACHER)
        self.does("check", "--rebuild")
        with contextlib.closing(sqlite3.connect(os.path.join(self.data, "guanai.db"))) as db, db:
            self.assertEqual(db.execute("UPDATE _due_signed SET changes = 0").rowcount, 1)
        self.assertNotIn("entered", self.does(*sheet).err)
        self.assertIn("kept wrong in 1 places", self.does("check", "--rebuild", code=1).err)
        self.assertIn("entered, by", self.does(*sheet).err)

    def test_those_of_the_month_before_still_wait_when_it_is_over(self):
        self.say("talk_month", "ill", "--child", self.child, "--because", "住院两周")
        words = ("excuses", "--format", "json")
        self.assertEqual([row["duty"] for row in json.loads(self.does(*words, today="2026-12-02").out)], ["talk_month"])
        self.assertEqual(json.loads(self.does(*words, "--month", "2026-12", today="2026-12-02").out), [])
        self.assertIn("1 reasons confirmed", self.does("excuses", "confirm", user=HEAD, today="2026-12-02").err)

    def test_a_duty_of_a_class_and_of_the_school_is_excused_too(self):
        self.add("duty_choice", "duty=theme_month", "is_on=1", "from_on=2026-11-01")
        self.add("duty_choice", "duty=hazard_month", "is_on=1", "from_on=2026-11-01")
        self.assertIn("not put off", self.say("theme_month", "postponed", "--class", CLASS, "--until", "2026-11-28", code=1).err)
        self.say("theme_month", "weather", "--class", CLASS)
        self.say("hazard_month", "other", "--because", "停课搬迁", user=HEAD)
        self.assertEqual(self.state("theme_month", ""), ["excused"])
        self.assertEqual(self.state("hazard_month", ""), ["excused"])
        self.assertEqual([(row["duty"], row["own"]) for row in self.waiting()], [("theme_month", 1), ("hazard_month", 0)])
        self.assertEqual([row["duty"] for row in self.waiting("--class", CLASS)], ["theme_month"])

    def test_put_off_comes_back_on_its_day(self):
        self.say("talk_month", "postponed", "--child", self.child, "--until", "2026-11-28")
        self.assertEqual(self.state("talk_month"), ["coming"])
        self.assertEqual(self.waiting(), [])

    def test_what_cannot_be_said_is_refused_in_a_sentence(self):
        self.assertIn("in a few words", self.say("talk_month", "excused", "--child", self.child, code=1).err)
        self.assertIn("no duty 'talk_month' is open", self.say("talk_month", "ill", "--child", self.other, code=1).err)
        self.assertIn("no child's id", self.say("talk_month", "ill", "--child", "彭英俊", code=1).err)
        self.assertIn("usage: guanai excuses say", self.say("talk_month", code=2).err)
        self.assertTrue(self.say("talk_month", "nosuch", "--child", self.child, code=1).err)
        self.assertEqual(self.waiting(), [])
        self.assertIn("2026-11", self.does("excuses", "--month", "x", code=2).err)


if __name__ == "__main__":
    guanai.main()
