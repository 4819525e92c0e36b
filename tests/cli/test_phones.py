#!/usr/bin/env python3
"""guanai phones: which numbers failed since they last answered, and what to ring instead."""
import json

import guanai


class Phones(guanai.Case):
    def setUp(self):
        super().setUp()
        self.init()
        self.child = self.add("child", "name=何丽", "grade=g3", "class=2", "father_name=何大勇", "father_phone=13812345678",
                              "mother_phone=13912345678")
        self.add("child", "name=彭英俊", "grade=g3", "class=1", "father_phone=13712345678")

    def call(self, day, whom, outcome):
        self.add("parent_call", "child=" + self.child, "called_on=" + day, "whom=" + whom, "outcome=" + outcome, "topics=study",
                 "caller=周老师")

    def test_tries_count_since_the_last_answer(self):
        self.assertEqual(self.does("phones").rows, [])
        self.call("2026-11-02", "father", "cut")
        self.call("2026-11-03", "father", "reached")
        self.call("2026-11-10", "father", "no_answer")
        self.call("2026-11-12", "father", "cut")
        self.call("2026-11-12", "mother", "reached")
        answer = self.does("phones", "--class", "三年级(2)班")
        self.assertEqual(answer.header, ["child_id", "child", "class", "whose", "name", "number", "tries", "tried_on", "outcome",
                                         "reached_on", "instead"])
        self.assertEqual(answer.rows, [{"child_id": self.child, "child": "何丽", "class": "Grade 3 Class 2", "whose": "father",
                                        "name": "何大勇", "number": "13812345678", "tries": "2", "tried_on": "2026-11-12",
                                        "outcome": "cut", "reached_on": "2026-11-03", "instead": "13912345678"}])
        self.assertEqual(self.does("phones", "--class", "三年级(1)班").rows, [])
        self.assertEqual(self.does("phones", "--tries", "3").rows, [])
        self.assertEqual(json.loads(self.does("phones", "--format", "json").out)[0]["tries"], 2)

    def test_a_new_number_begins_anew(self):
        self.call("2026-11-10", "father", "wrong")
        self.assertEqual(len(self.does("phones").rows), 1)
        self.does("edit", "child", self.child, "father_phone=13600000000")
        self.assertEqual(self.does("phones").rows, [])

    def test_wrong_usage_says_what_is_right(self):
        self.assertIn("usage: guanai phones", self.does("phones", "--format", "xml", code=2).err)


if __name__ == "__main__":
    guanai.main()
