"""guanai priorities, beside an oracle that counts from the exported records and orders by the rule written down here."""
import csv
import datetime
import json
import os
import random

import guanai

NEEDS = {"重点帮扶": 40, "无人监护": 40, "父母都外出": 15}
TARGETS = {"study": 2, "living": 1, "activity": 1}


class Priorities(guanai.Case):
    def setUp(self):
        super().setUp()
        self.init()
        self.dice = random.Random(1123)

    def fill(self):
        """The township, and invented care of its left-behind children."""
        self.run_it("import", "child", os.path.join(guanai.ROSTERS, "township-700.csv"))
        files = {row["id"]: row for row in json.loads(self.does("list", "child", "--format", "json").out)}
        path = os.path.join(self.folder, "care.csv")
        with open(path, "w", encoding="utf-8", newline="") as file:
            out = csv.writer(file)
            out.writerow(["姓名", "年级", "班级", "日期", "照顾人", "种类", "做了什么"])
            for row in self.dice.sample(self.board("--priority", "living"), 120):
                child = files[row["child_id"]]
                for _ in range(self.dice.randint(1, 3)):
                    day = (datetime.date(2026, 9, 1) + datetime.timedelta(self.dice.randint(0, 83))).isoformat()
                    out.writerow([child["name"], child["grade"], child["class"] or "", day, "周老师", "饮食", "早饭"])
        answer = self.run_it("import", "living_care", path)
        self.assertIn(answer.code, (0, 1), answer.err)

    def board(self, *words):
        return self.does("priorities", *words).rows

    def test_what_stands_on_the_board_is_what_the_records_say(self):
        self.fill()
        stored = {}
        for row in json.loads(self.does("list", "living_care", "--format", "json").out):
            stored.setdefault(row["child"], []).append(row["cared_on"])
        self.assertGreater(sum(map(len, stored.values())), 100)
        for row in self.board("--priority", "living"):
            days = stored.get(row["child_id"], [])
            self.assertEqual(int(row["turns"]), sum(day.startswith("2026-11") for day in days), row)
            self.assertEqual(row["last_on"], max((day for day in days if day <= guanai.TODAY), default=""), row)
        october = {row["child_id"]: int(row["turns"]) for row in self.board("--priority", "living", "--month", "2026-10")}
        self.assertEqual(sum(october.values()),
                         sum(day.startswith("2026-10") for child, days in stored.items() if child in october for day in days))

    def test_who_is_next_comes_by_points_then_days_then_the_roster(self):
        self.fill()
        whys = {}
        rows = self.board("--priority", "living")
        answer = self.does("priorities", "--next", "1000", "--priority", "living", lang="zh").rows
        for row in answer:
            whys[row["child_id"]] = row
        expected = []
        for place, row in enumerate(rows):
            need = sum(weight for word, weight in NEEDS.items() if word in whys[row["child_id"]]["why"].split(" · "))
            days, missing = int(row["school_days"]), max(0, TARGETS["living"] - int(row["turns"]))
            score = need + min(days, 60) + 20 * missing
            expected.append((-score, -days, place, row["child_id"]))
            self.assertEqual(int(whys[row["child_id"]]["score"]), score)
        self.assertEqual([row["child_id"] for row in answer], [child for _, _, _, child in sorted(expected)])

    def test_who_is_away_for_a_while_is_not_next(self):
        away, here = (self.add("child", "name=" + name, "grade=g3", "class=2", "marked_left_behind=1", *more)
                      for name, more in (("李福春", ["guardian_relation=self"]), ("何丽", [])))
        self.assertEqual([row["child_id"] for row in self.board("--next", "5", "--priority", "study")], [away, here])
        self.add("status_change", "child=" + away, "kind=away", "from_on=2026-11-20", "until_on=2026-11-30")
        rows = self.board("--next", "5", "--priority", "study")
        self.assertEqual([row["child_id"] for row in rows], [here, away])
        self.assertTrue(rows[1]["why"].startswith("Away for a while"), rows[1])
        back = self.does("priorities", "--next", "5", "--priority", "study", today="2026-12-01").rows
        self.assertEqual([row["child_id"] for row in back], [away, here])

    def test_sums_by_class_are_those_of_the_board(self):
        self.fill()
        rows = self.board()
        classes = self.does("priorities", "--classes").rows
        for name in TARGETS:
            of_classes = [row for row in classes if row["priority"] == name]
            of_board = [row for row in rows if row["priority"] == name]
            self.assertEqual(sum(int(row["turns"]) for row in of_classes), sum(int(row["turns"]) for row in of_board))
            self.assertEqual(sum(int(row["children"]) for row in of_classes), len(of_board))
        quiet = self.does("priorities", "--nothing-for", "30").rows
        self.assertEqual(sum(int(row["nothing_for_30"]) for row in classes if row["priority"] == "study"), len(quiet))

    def test_the_share_is_of_all_who_took_part(self):
        child = self.add("child", "name=彭英俊", "grade=g3", "class=2", "marked_left_behind=1")
        plain = self.add("child", "name=何丽", "grade=g3", "class=2", "marked_left_behind=0")
        for one in (child, plain, plain):
            self.add("living_care", "child=" + one, "cared_on=2026-11-05", "carer=周老师", "kind=meals", "what=早饭")
        rows = [row for row in self.does("priorities", "--proof", "--priority", "living").rows]
        self.assertEqual([(row["left_behind"], row["all"], row["share"]) for row in rows], [("1", "3", "33.3")] * 2)

    def test_the_sum_says_of_how_many_it_is_written_down_that_they_were_asked_first(self):
        child = self.add("child", "name=彭英俊", "grade=g3", "class=2", "marked_left_behind=1")
        for asked in (["asked_on=2026-11-03"], []):
            self.add("tutoring", "tutored_on=2026-11-05", "subject=maths", "tutor=周老师", "pupils[1].child=" + child, *asked)
        self.assertEqual(self.does("priorities", "--proof", "--priority", "study").rows[-1]["asked_on"], "1/2")
        self.assertEqual(self.run_it("priorities", "--proof", "--class", "三年级(2)班").code, 2)

    def test_what_is_asked_wrongly_is_said(self):
        self.assertEqual(self.run_it("priorities", "--month", "2026-13").code, 2)
        self.assertEqual(self.run_it("priorities", "--month", "2024-11").code, 1)
        self.assertEqual(self.run_it("priorities", "--priority", "sleep").code, 2)
        self.assertEqual(self.run_it("priorities", "--next", "0").code, 2)


if __name__ == "__main__":
    guanai.main()
