"""guanai catch-up: what ran out while the computer stood still, one reason for it."""
import guanai

CLASS = "三年级(2)班"


class CatchUp(guanai.Case):
    def setUp(self):
        super().setUp()
        self.init()
        for name, number in (("何丽", "2"), ("崔子乐", "2"), ("杨梅", "1")):
            self.add("child", "name=" + name, "grade=g3", "class=" + number, "marked_left_behind=1", today="2026-09-18")
        for duty in ("call_month", "contact_month", "visit_phase", "guardian_talk_term"):
            self.add("duty_choice", "duty=" + duty, "is_on=0", "from_on=2026-09-01", today="2026-09-18")

    def rows(self, *options):
        return [(row["duty"], row["class"], row["ran_out"], row["children"])
                for row in self.does("catch-up", *options, today="2026-11-23").rows]

    def test_what_ran_out_stands_by_duty_and_class_until_a_reason_is_given(self):
        self.assertEqual(self.rows(), [("talk_month", "Grade 3 Class 1", "2", "1"), ("talk_month", "Grade 3 Class 2", "4", "2")])
        self.assertEqual(self.rows("--class", "三2"), [("talk_month", "Grade 3 Class 2", "4", "2")])
        said = self.does("catch-up", "--class", CLASS, "--reason", "停电", today="2026-11-23")
        self.assertIn("4 given a reason", said.err)
        self.assertEqual(self.rows(), [("talk_month", "Grade 3 Class 1", "2", "1")])
        excused = self.does("due", "--from", "2026-09-01", "--to", "2026-10-31", "--state", "excused", today="2026-11-23").rows
        self.assertEqual(len(excused), 4)
        self.does("catch-up", "--class", CLASS, "--reason", "停电", today="2026-11-23", code=1)

    def test_a_computer_in_use_has_nothing_to_catch_up_with(self):
        self.assertEqual(self.does("catch-up", today="2026-10-10").rows, [])
        self.assertIn("usage: guanai catch-up", self.does("catch-up", "--format", "xml", code=2).err)


if __name__ == "__main__":
    guanai.main()
