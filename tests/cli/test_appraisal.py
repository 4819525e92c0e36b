"""guanai appraisal: how classes and teachers did over a term, counted; against the dues counted by hand here."""
import collections
import os

import guanai

CLASS = "三年级(2)班"
DENIED = 3
TERM = ("2026-09-01", "2027-01-24")


class Appraisal(guanai.Case):
    def setUp(self):
        super().setUp()
        self.init()
        self.children = [self.add("child", "name=" + name, "grade=g3", "class=2", "marked_left_behind=1", today="2026-11-01")
                         for name in ("彭英俊", "何丽", "崔子乐")]
        for duty in ("call_month", "contact_month", "visit_phase", "guardian_talk_term"):
            self.add("duty_choice", "duty=" + duty, "is_on=0", "from_on=2026-09-01", today="2026-11-01")
        self.add("class_teacher", "class=" + CLASS, "teacher=周老师", "from_on=2026-09-01", today="2026-11-01")

    def talk(self, child, on, typed):
        self.add("talk", "child=" + self.children[child], "talked_on=" + on, "topics=study", "mood=4", today=typed)

    def row(self, *more, **options):
        rows = [row for row in self.does("appraisal", "--term", "2026-1", *more, **options).rows if row["due"] != "0" or not more]
        self.assertEqual(len(rows), 1)
        return rows[0]

    def test_what_is_done_late_missed_and_typed_late(self):
        self.talk(0, "2026-11-10", "2026-11-17")      # a week after: in time
        self.talk(1, "2026-11-10", "2026-11-18")      # typed late
        row = self.row(today="2026-11-30")
        self.assertEqual((row["due"], row["done"], row["typed_late"]), ("2", "2", "1"))  # 崔子乐 has the day still
        row = self.row(today="2026-12-31")
        self.assertEqual(row["about"], "Grade 3 Class 2")
        self.assertEqual((row["due"], row["done"], row["typed_late"], row["rating"]), ("3", "2", "1", ""))
        self.talk(0, "2026-12-20", "2026-12-20")
        row = self.row(today="2027-01-20")
        self.assertEqual((row["due"], row["done"]), ("6", "3"))
        teacher = self.row("--by", "teacher", today="2027-01-20")
        self.assertEqual((teacher["about"], teacher["due"], teacher["done"], teacher["typed_late"]), ("周老师", "6", "3", "1"))

    def test_the_rating_is_a_persons(self):
        self.add("appraisal", "about=" + CLASS, "term=2026-1", "site=main", "rating=good", today="2026-12-31")
        self.assertEqual(self.row(today="2026-12-31")["rating"], "Good")

    def rate(self, *words, user="吴校长", code=0):
        return self.does("add", "appraisal", "term=2026-1", *words, user=user, today="2026-12-31", code=code)

    def test_nobody_rates_himself_whichever_way_the_form_is_opened(self):
        own = ("about=" + CLASS, "site=main")
        for words in (own, ("about=三2班",), ("about=周老师",)):  # as a hand writes it; with and without its site
            refused = self.rate("rating=good", *words, user="周老师", code=DENIED)
            self.assertIn("nobody rates own work", refused.err)
            self.assertIn("nobody rates own work", self.rate("remarks=认真负责", *words, user="周老师", code=DENIED).err)
        self.assertEqual(self.does("list", "appraisal").rows, [])
        kept = self.rate(*own, user="周老师").rows[0]["id"]  # without a judgement it is a sheet to be filled in
        self.assertIn("nobody rates own work",
                      self.does("edit", "appraisal", kept, "rating=good", user="周老师", today="2026-12-31", code=DENIED).err)
        self.does("edit", "appraisal", kept, "rating=good", user="吴校长", today="2026-12-31")
        self.does("edit", "appraisal", kept, "paper_no=7", user="周老师", today="2026-12-31")  # no judgement is changed by it
        self.assertIn("nobody rates own work",
                      self.does("edit", "appraisal", kept, "about=周老师", user="周老师", today="2026-12-31", code=DENIED).err)
        self.rate("rating=good", "about=四年级(1)班", user="周老师")  # of others' work he may

    def take_file(self, *words, user="周老师", refused=0):
        path = self.write("ratings.csv", "考核谁,校点,学期,等次,评语\n三年级(2)班,main,2026-1,good,\n周老师,,2026-1,,认真负责\n"
                                         "四年级(1)班,main,2026-1,good,\n")
        answer = self.does("import", "appraisal", path, *words, user=user, today="2026-12-31", code=1 if refused else 0)
        self.assertEqual({row["verdict"]: row["rows"] for row in answer.rows}["refused"], str(refused))
        return answer

    def test_nobody_rates_himself_in_a_file(self):
        self.add("appraisal", "about=" + CLASS, "term=2026-1", "site=main", user="周老师", today="2026-12-31")
        said = self.take_file("--match", "about,term", refused=2).err  # one fills what stands empty, one is new
        self.assertEqual(said.count("nobody rates own work"), 2, said)
        self.assertIn("row 2", said)
        self.assertIn("row 3", said)
        self.assertEqual(sorted((row["about"], row["rating"]) for row in self.does("list", "appraisal").rows),
                         [(CLASS, ""), ("四年级(1)班", "good")])
        self.take_file("--match", "about,term", user="吴校长")
        self.assertIn(("三年级(2)班", "good"), [(row["about"], row["rating"]) for row in self.does("list", "appraisal").rows])

    def test_wrong_usage_says_what_is_right(self):
        self.assertIn("2026-1", self.does("appraisal", "--term", "autumn", code=2).err)
        self.assertIn("usage: guanai appraisal", self.does("appraisal", "--by", "village", code=2).err)


class Township(guanai.Case):
    def test_every_class_has_what_its_dues_say(self):
        self.init()
        self.run_it("import", "child", os.path.join(guanai.ROSTERS, "township-700.csv"), today="2026-11-01")
        self.run_it("import", "home_visit", os.path.join(guanai.ROSTERS, "township-700-visits.csv"), today="2026-11-23")
        self.add("duty_choice", "duty=visit_month", "is_on=1", "from_on=2026-11-01")
        wanted = collections.defaultdict(collections.Counter)
        rows = self.does("due", "--state", "all", "--from", TERM[0], "--to", TERM[1], today="2026-12-31").rows
        for row in rows:
            if row["class"] and TERM[0] <= row["due_on"] <= TERM[1] and row["state"] in ("done", "done_late", "late", "missed"):
                wanted[row["class"]]["due"] += 1
                wanted[row["class"]]["done"] += row["state"].startswith("done")
                wanted[row["class"]]["done_late"] += row["state"] == "done_late"
        self.assertGreater(sum(counts["done"] for counts in wanted.values()), 100)
        for row in self.does("appraisal", "--term", "2026-1", today="2026-12-31").rows:
            counts = wanted.pop(row["about"], collections.Counter())
            self.assertEqual({name: int(row[name]) for name in ("due", "done", "done_late")},
                             {name: counts[name] for name in ("due", "done", "done_late")}, row["about"])
        self.assertEqual(wanted, {})


if __name__ == "__main__":
    guanai.main()
