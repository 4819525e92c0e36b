"""guanai materials: what is there of a term's papers and what is missing; against checklists, due lists and the files written."""
import os
import subprocess
import sys
import zipfile

import guanai

CLASS = "三年级(2)班"
READER = os.path.join(guanai.ROOT, "tests", "harness", "sheet_text.py")


class Materials(guanai.Case):
    lang = "zh"

    def setUp(self):
        super().setUp()
        self.init()
        self.children = [self.add("child", "name=" + name, "grade=g3", "class=2", "marked_left_behind=1", today="2026-09-01")
                         for name in ("彭英俊", "何丽", "崔子乐")]
        for duty in ("call_month", "contact_month", "visit_phase", "guardian_talk_term"):
            self.add("duty_choice", "duty=" + duty, "is_on=0", "from_on=2026-08-01", today="2026-09-01")

    def table(self, *more, **options):
        return {row["material"]: row for row in self.does("materials", *more, today="2026-11-30", **options).rows}

    def test_what_is_there_and_what_is_missing_by_month(self):
        for child, on in ((0, "2026-10-12"), (1, "2026-10-13"), (0, "2026-11-10")):
            self.add("talk", "child=" + self.children[child], "talked_on=" + on, "topics=study", "mood=4", today="2026-11-30")
        self.add("hazard", "found_on=2026-11-02", "what=电线老化", "place=dorm", today="2026-11-30")
        table = self.table()
        self.assertEqual([table["talk_month"][month] for month in ("2026-10", "2026-11", "2026-12", "term")], ["2/3", "1/3", "", "3/9"])
        self.assertEqual([table["talk"][month] for month in ("2026-10", "2026-11", "2026-12", "term")], ["2", "1", "", "3"])
        self.assertEqual((table["hazard"]["2026-10"], table["hazard"]["2026-11"]), ("0", "1"))
        rows = self.does("materials", "--missing", today="2026-11-30").rows
        gaps = [(row["month"], row["class"], row["there"], row["owed"]) for row in rows if row["material"] == "谈心"]
        self.assertEqual(gaps, [("9月", CLASS, "0", "3"), ("10月", CLASS, "2", "3"), ("11月", CLASS, "1", "3")])
        self.assertEqual([row["month"] for row in rows if row["material"] == "安全隐患"], ["9月", "10月"])
        self.assertEqual([row["month"] for row in rows if row["material"] == "体检"], ["全学期"])
        sheet = self.does("checklist", "--class", CLASS, "--month", "2026-11", today="2026-11-30").rows
        self.assertEqual(sheet[-1]["talk_month"], table["talk_month"]["2026-11"])

    def test_of_papers_that_every_class_must_have_the_classes_without_are_named(self):
        other = self.add("child", "name=杨梅", "grade=g4", "class=1", "marked_left_behind=1", today="2026-09-01")
        gone = self.add("child", "name=史晨志", "grade=g5", "class=1", "marked_left_behind=1", today="2026-09-01")
        self.add("status_change", "child=" + gone, "kind=transfer", "from_on=2026-09-02", today="2026-09-02")  # owes nothing, so does 五年级
        for child in self.children[0], other:
            self.add("talk", "child=" + child, "talked_on=2026-10-12", "topics=study", "mood=4", today="2026-11-30")
        self.add("talk", "child=" + other, "talked_on=2026-11-10", "topics=study", "mood=4", today="2026-11-30")
        self.add("tutoring", "tutored_on=2026-11-10", "subject=maths", "topic=分数", "pupils[1].child=" + self.children[1], today="2026-11-30")
        self.assertEqual([self.table()["talk"][month] for month in ("2026-10", "2026-11", "term")], ["2", "1", "3"])
        rows = self.does("materials", "--missing", today="2026-11-30").rows
        gaps = {}
        for row in rows:
            gaps.setdefault(row["material"], []).append((row["month"], row["class"]))
        self.assertEqual(gaps["谈心记录"], [("9月", CLASS), ("9月", "四年级(1)班"), ("11月", CLASS)])
        self.assertEqual([gap for gap in gaps["学习辅导"] if gap[0] == "11月"], [("11月", "四年级(1)班")])
        self.assertEqual(gaps["体检"], [("全学期", CLASS), ("全学期", "四年级(1)班")])
        self.assertIn(("11月", "学校"), gaps["会议"])

    def test_a_signed_month_is_there(self):
        self.add("class_teacher", "class=" + CLASS, "teacher=周老师", "from_on=2026-09-01")
        self.assertEqual(self.table()["signatures"]["2026-10"], "0/1")

    def test_a_row_of_the_schools_own_needs_no_program(self):
        folder = os.path.join(self.data, "forms", "materials")
        os.makedirs(folder)
        with open(os.path.join(folder, "inspection.yaml"), "w", encoding="utf-8") as file:
            file.write("materials: inspection\ntitle: {zh: 资料, en: Papers}\nrows:\n"
                       "  - {form: consent, day: given_on, every: term, title: {zh: 同意书, en: Consents}}\n")
        table = self.table()
        self.assertEqual(list(table), ["consent"])
        self.assertEqual((table["consent"]["title"], table["consent"]["term"]), ("同意书", "0"))

    def test_a_file_with_faults_is_said_with_its_place(self):
        folder = os.path.join(self.data, "forms", "materials")
        os.makedirs(folder)
        path = os.path.join(folder, "mine.yaml")
        with open(path, "w", encoding="utf-8") as file:
            file.write("materials: mine\ntitle: {zh: 资料, en: Papers}\nrows:\n  - {form: consent, day: gven_on}\n")
        answer = self.does("forms", "check", path, code=1, lang="en")
        self.assertIn("mine.yaml:4:26: ", answer.err)
        self.assertIn("given_on", answer.err)

    def test_written_to_print_it_holds_the_table_the_gaps_the_activities_and_the_records(self):
        self.add("talk", "child=" + self.children[1], "talked_on=2026-11-10", "topics=study", "mood=4", "content=想妈妈", today="2026-11-30")
        self.add("activity", "title=防溺水", "kind=law", "held_on=2026-10-16", "place=操场", "counted=40", "other_pupils=3",
                 "organiser=school", "in_charge=周老师", "open_to=school", "sessions=1", today="2026-11-30")
        for name in ("all.txt", "all.xlsx"):
            self.does("materials", "--out", self.path(name), today="2026-11-30")
        with open(self.path("all.txt"), encoding="utf-8") as file:
            pages = file.read().split("\f")
        book = subprocess.run([sys.executable, READER, self.path("all.xlsx")], stdout=subprocess.PIPE, check=True).stdout.decode()
        sheets = book.split("# ")[1:]
        self.assertEqual((len(pages), len(sheets)), (4, 4))
        for page in pages[0], sheets[0]:
            for word in ("石桥小学", "迎检资料 2026年秋季学期", "2026-11-30", "缺", "1/3 !", "集体活动", "制表人"):
                self.assertIn(word, page)
        self.assertIn("谈心\t11月\t三年级(2)班\t1\t3\t2", sheets[1])
        self.assertIn("会议\t9月\t学校\t0\t1\t1", sheets[1])
        self.assertIn("1\t2026-10-16\t防溺水\t法制教育\t操场\t周老师\t0\t0/3 0.0 %\t另有 40 人只计数、没有名单", sheets[2])
        self.assertIn("11月\t谈心记录\t2026-11-10\t何丽 三年级(2)班\t", sheets[3])
        for sheet in sheets:
            self.assertIn("paper=9 ", sheet)
            self.assertIn("pages_wide=1", sheet)
        with zipfile.ZipFile(self.path("all.xlsx")) as file:
            self.assertIn("_xlnm.Print_Titles", file.read("xl/workbook.xml").decode())
        self.does("materials", "--activities", self.path("list.txt"), today="2026-11-30")
        with open(self.path("list.txt"), encoding="utf-8") as file:
            self.assertIn("防溺水", file.read())

    def test_wrong_usage_says_what_is_right(self):
        self.assertIn("2026-1", self.does("materials", "--term", "autumn", code=2, lang="en").err)
        self.assertIn("usage: guanai materials", self.does("materials", "--format", "pdf", code=2, lang="en").err)
        self.does("materials", "--out", self.path("no/where.txt"), code=4)


if __name__ == "__main__":
    guanai.main()
