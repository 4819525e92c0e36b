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


if __name__ == "__main__":
    main()
