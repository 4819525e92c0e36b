#!/usr/bin/env python3
"""A sheet taken in by hand: its columns placed, what was said of them kept."""
import os

from guanai import ROSTERS, Case, main

STRANGE = os.path.join(ROSTERS, "strange-headings.csv")


class ByHand(Case):
    def setUp(self):
        super().setUp()
        self.init()

    def shown(self, name):
        child = self.does("find", name).rows[0]["id"]
        return {row["field"]: row["value"] for row in self.does("show", "child", child).rows}

    def test_columns_go_where_they_are_sent_this_time_and_the_next(self):
        answer = self.does("import", "child", STRANGE, "--columns", "紧急联络=guardian_phone,打分=", "--dry-run")
        self.assertIn("谁在带", answer.err)
        self.assertNotIn("打分", answer.err)
        self.assertNotIn("the last time", self.does("import", "child", STRANGE, "--dry-run").err)  # trying keeps nothing
        self.does("import", "child", STRANGE, "--columns", "紧急联络=guardian_phone,打分=")
        self.assertEqual(self.shown("韦小花")["guardian_phone"], "13885412345")
        self.assertIn("2 columns go where they were put the last time", self.does("import", "child", STRANGE).err)

    def test_what_cannot_be_is_said_and_nothing_written(self):
        self.does("import", "child", STRANGE, "--columns", "紧急联络=nosuch", code=2)
        self.does("import", "child", STRANGE, "--columns", "没有=note", code=1)
        self.does("import", "child", STRANGE, "--columns", "紧急联络=name", code=1)
        self.does("import", "child", STRANGE, "--columns", "紧急联络", code=2)
        self.assertEqual(self.does("list", "child").rows, [])

    def write(self, name, text, encoding="utf-8"):
        with open(self.path(name), "w", encoding=encoding) as file:
            file.write(text)
        return self.path(name)

    def test_what_was_not_answered_leaves_and_comes_back(self):
        self.add("child", "name=甲", "grade=g3", "class=2", "father_phone=?refused", "mother_phone=?unknown",
                 "guardian_phone=?not_applicable")
        for words, cells in (((), ("?refused", "?unknown", "?not_applicable")),
                             (("--labels",), ("拒绝回答", "不知道", "不适用"))):
            name = self.path(f"out{len(words)}.csv")
            self.does("export", "child", "--out", name, "--columns",
                      "name,grade,class,father_phone,mother_phone,guardian_phone", *words, lang="zh")
            with open(name, encoding="utf-8-sig") as file:
                self.assertEqual(tuple(file.read().splitlines()[1].split(",")[3:]), cells)
            self.assertEqual(self.does("import", "child", name).rows[3], {"verdict": "same", "rows": "1"})

    def test_a_refusal_of_the_file_fills_what_is_empty_and_no_more(self):
        self.add("child", "name=甲", "grade=g3", "class=2", "mother_phone=13885412345")
        self.does("import", "child", self.write("a.csv", "name,grade,class,father_phone,mother_phone\n"
                                                 "甲,g3,2,?refused,?refused\n"))
        shown = self.shown("甲")
        self.assertEqual((shown["father_phone"], shown["mother_phone"]), ("?refused", "13885412345"))

    def test_a_change_is_said_with_what_it_was(self):
        self.add("child", "name=甲一", "grade=g3", "class=2", "village=上坝")
        answer = self.does("import", "child", self.write("b.csv", "姓名,年级,班级,村\n甲一,三年级,2,下坝\n"), "--mode", "update")
        line = next(line for line in answer.err.splitlines() if line.startswith("row 2 甲一 (changes): "))
        self.assertIn("上坝", line)
        self.assertIn("下坝", line)
        self.assertEqual(self.shown("甲一")["village"], "下坝")

    def test_big5_is_called_by_its_name(self):
        path = self.write("c.csv", "姓名,性別,年級,班級,電話\n陳小花,女,三年級,2,13885412345\n", "big5")
        answer = self.does("import", "child", path, code=1)
        self.assertIn("Big5", answer.err)
        self.assertIn(".xlsx", answer.err)


if __name__ == "__main__":
    main()
