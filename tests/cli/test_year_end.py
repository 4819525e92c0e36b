"""guanai year-end: the township's school year turns, is taken back, is sealed."""
import os

import guanai

DAY = {"today": "2027-09-01"}


class YearEnd(guanai.Case):
    def setUp(self):
        super().setUp()
        self.init()

    def take_township(self):
        self.does("import", "child", os.path.join(guanai.ROSTERS, "township-700.csv"), code=1)

    def of_class(self, **options):
        """Who was in 三年级(2)班 on 23 November 2026."""
        rows = self.does("list", "child", "--class", "三年级(2)班", "--on", "2026-11-23", **options).rows
        return [(row["id"], row["class"]) for row in rows]

    def of_grades(self, **options):
        """grade → children who are here, as the list of children says."""
        grades = {}
        for row in self.does("list", "child", **options).rows:
            grades[row["grade"]] = grades.get(row["grade"], 0) + 1
        return grades

    def test_each_grade_goes_up_and_the_sixth_finishes(self):
        self.take_township()
        before, of_class = self.of_grades(), self.of_class()
        plan = self.does("year-end", **DAY).rows
        self.assertEqual(sum(int(row["finishes"]) for row in plan), before["g6"])
        self.assertEqual({row["goes"] for row in plan if row["grade"] != "g6"}, {"up"})
        self.does("year-end", "run", **DAY)
        after = {"g%d" % grade: before["g%d" % (grade - 1)] for grade in range(2, 7)}
        here = {grade: int(sum(int(row[fate]) for row in self.does("year-end", **DAY).rows if row["grade"] == grade
                               for fate in ("placed", "up"))) for grade in after}
        self.assertEqual(here, after)
        self.assertIn("already", self.does("year-end", "run", code=1, **DAY).err)
        self.assertEqual(self.of_class(**DAY), of_class)
        self.does("check", "--rebuild", **DAY)

    def test_it_is_taken_back_whole_until_it_is_sealed(self):
        self.does("import", "child", os.path.join(guanai.ROSTERS, "class-28-gb18030.csv"))
        before = self.does("list", "child").out
        self.does("year-end", "run", **DAY)
        self.assertNotEqual(self.does("list", "child", **DAY).out, before)
        self.does("year-end", "undo", **DAY)
        self.assertEqual(self.does("list", "child", **DAY).out, before)
        self.assertIn("nobody was moved up", self.does("year-end", "seal", code=1, **DAY).err)
        self.does("year-end", "run", **DAY)
        self.does("year-end", "seal", **DAY)
        self.assertIn("sealed on 2027-09-01", self.does("year-end", "undo", code=1, **DAY).err)

    def told_of_last_year(self, today):
        """What is said of the year 2026—2027, on a day behind its end; but for days_late, which grows."""
        day = {"today": today}
        told = {}
        for of_class in ("三年级(2)班", "六年级(1)班"):
            told[of_class, "2026-11"] = self.does("checklist", "--class", of_class, "--month", "2026-11", **day).out
            rows = self.does("due", "--class", of_class, "--from", "2026-11-01", "--to", "2026-11-30", "--state", "all", **day).rows
            told[of_class] = sorted((row["child"], row["class"], row["duty"], row["owner"], row["state"]) for row in rows)
        for by in ("class", "teacher"):
            told[by] = self.does("appraisal", "--term", "2026-1", "--by", by, **day).out
        told["board"] = self.does("priorities", "--month", "2026-11", **day).out
        told["classes"] = self.does("priorities", "--month", "2026-11", "--classes", **day).out
        told["class"] = self.does("priorities", "--month", "2026-11", "--class", "三年级(2)班", "--next", "9", **day).out
        told["figures"] = self.does("figures", "--on", "2026-11-30", "--class", "三年级(2)班", **day).out
        told["missing"] = self.does("materials", "--term", "2026-1", "--missing", **day).out
        return told

    def care_for(self, of_class):
        """Breakfasts in November of every third child of the class."""
        rows = self.does("priorities", "--priority", "living", "--class", of_class).rows
        for row in rows[::3]:
            self.add("living_care", "child=" + row["child_id"], "cared_on=2026-11-17", "kind=饮食", "what=早饭")

    def test_of_a_year_that_is_over_the_figures_stand(self):
        self.take_township()
        self.does("import", "home_visit", os.path.join(guanai.ROSTERS, "township-700-visits.csv"), code=1)
        self.does("add", "class_teacher", "class=三年级(2)班", "teacher=周老师", "from_on=2026-09-01")
        self.does("add", "duty_choice", "duty=visit_month", "is_on=1", "from_on=2026-11-01", "class=三年级(2)班")
        self.does("checklist", "sign", "--class", "三年级(2)班", "--month", "2026-11", "--with-open", user="吴校长")
        self.care_for("三年级(2)班")
        self.care_for("六年级(1)班")
        before = self.told_of_last_year("2027-07-31")
        self.assertIn("8/24", before["三年级(2)班", "2026-11"])
        self.assertIn("周老师", before["teacher"])
        self.does("year-end", "run", **DAY)
        self.does("year-end", "seal", **DAY)
        self.does("add", "class_teacher", "class=四年级(2)班", "teacher=李老师", "from_on=2027-09-01", **DAY)
        self.does("add", "child", "name=新生甲", "grade=一年级", "class=1", "marked_left_behind=是", **DAY)
        after = self.told_of_last_year("2027-09-06")
        for what, told in before.items():
            self.assertEqual(after[what], told, what)
        self.assertNotIn("新生甲", self.does("due", "--to", "2027-08-31", "--from", "2026-09-01", "--state", "all", **DAY).out)


if __name__ == "__main__":
    guanai.main()
