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


if __name__ == "__main__":
    guanai.main()
