"""A class moves up with its children: what was switched on for it goes up with it, what is over stays with the class of then."""
import guanai

DAY = {"today": "2027-09-01"}
CLASSES = {"二年级": "甲乙", "三年级": "何丽 崔子乐 黄宁 杨梅 宋涵", "四年级": "丙丁", "六年级": "戊己"}
NUMBERS = {"四年级": 1, "六年级": 1}


class ClassesThen(guanai.Case):
    def setUp(self):
        super().setUp()
        self.init()
        rows = [f"{name},{grade},{NUMBERS.get(grade, 2)},是" for grade, names in CLASSES.items()
                for name in (names.split() if " " in names else ("孩子" + one for one in names))]
        self.does("import", "child", self.write("names.csv", "姓名,年级,班级,留守\n" + "\n".join(rows) + "\n"))

    def visits_of(self, of_class, month, **options):
        """child → how its visit stands in the class's month, as list and checklist say."""
        rows = self.does("due", "--class", of_class, "--from", month + "-01", "--to", month + "-28", "--state", "all", **options).rows
        told = {row["child"]: row["state"] for row in rows if row["duty"] == "visit_month"}
        sheet = self.does("checklist", "--class", of_class, "--month", month, **options).rows
        self.assertEqual({row["child"] for row in sheet[:-1] if row.get("visit_month")}, set(told))
        return told

    def test_a_duty_of_one_class_goes_up_with_it_and_stays_with_the_class_of_then(self):
        """On for 六年级(1)班, which finishes, and 三年级(2)班, of which one repeats, one changes the class, one leaves."""
        for of_class in ("三年级(2)班", "六年级(1)班"):
            self.does("duties", "visit_month", "on", "--class", of_class, "--from", "2026-11-01")
        left = [row for row in self.does("list", "child", "--class", "三年级(2)班", "--on", "2026-11-23").rows][:3]
        self.add("status_change", "child=" + left[2]["id"], "kind=transfer", "from_on=2027-03-01", today="2027-03-01")
        end = {"today": "2027-07-31"}
        before = {of_class: self.visits_of(of_class, "2026-11", **end) for of_class in ("三年级(2)班", "六年级(1)班")}
        self.assertEqual([len(told) for told in before.values()], [5, 2])
        self.does("year-end", "run", **DAY)
        self.does("edit", "child", left[0]["id"], "grade=三年级", "class=2", **DAY)
        self.does("edit", "child", left[1]["id"], "grade=四年级", "class=1", **DAY)
        now = {"today": "2027-09-06"}
        for of_class, told in before.items():
            self.assertEqual(self.visits_of(of_class, "2026-11", **now), told, of_class)
        self.assertEqual(self.visits_of("二年级(2)班", "2026-11", **now), {})  # whose children sit with the one who repeats
        goes_on = self.visits_of("四年级(2)班", "2027-09", **now)
        stay = set(before["三年级(2)班"]) - {row["name"] for row in left}
        self.assertEqual(set(goes_on), stay)
        self.assertEqual(self.visits_of("三年级(2)班", "2027-09", **now), {})
        self.assertEqual(self.visits_of("四年级(1)班", "2027-09", **now), {})
        self.assertEqual(self.visits_of("六年级(1)班", "2027-09", **now), {})
        self.add("talk", "child=" + left[0]["id"], "talked_on=2027-09-06", "topics=study", "mood=4", **now)  # counted alone
        self.does("check", "--rebuild", **now)
        self.assertEqual(self.visits_of("三年级(2)班", "2026-11", **now), before["三年级(2)班"])

    def test_in_august_a_duty_is_switched_for_the_class_that_is_meant(self):
        """Everybody still has last year's grade: from the first of August that name is the class's behind it."""
        august = {"today": "2027-08-20"}
        said = self.does("duties", "visit_month", "on", "--class", "三年级(2)班", **august)
        self.assertEqual(said.rows[0]["state"], "on")
        self.assertIn("summer", self.does("duties", "visit_month", "on", "--class", "六年级(1)班", code=1, **august).err)
        for of_class, today in ("三年级(2)班", "2027-08-20"), ("四年级(2)班", "2027-09-06"):
            if today == "2027-09-06":
                self.does("year-end", "run", today="2027-08-31")
            rows = self.does("duties", today=today).rows
            self.assertEqual([row["state"] for row in rows if row["duty"] == "visit_month"], ["part"])
            rows = self.does("duties", "--class", of_class, today=today).rows
            self.assertEqual([row["state"] for row in rows if row["duty"] == "visit_month"], ["on"], today)


if __name__ == "__main__":
    guanai.main()
