#!/usr/bin/env python3
"""Notes on fields and second typings, as a clerk's scripts write and read them."""
import csv
import json

from guanai import Case, main


class Notes(Case):
    def setUp(self):
        super().setUp()
        self.init()
        self.id = self.add("child", "name=张三", "birth_date=2016-05-04", "grade=三年级", "father_name=张大",
                           "father_phone=13900001111", "guardian_relation=奶奶", "guardian_phone=13800001111")

    def verify(self, *words, **how):
        return self.does("verify", "child", self.id, *words, **how)

    def waiting(self):
        return [row["field"] for row in self.does("verify").rows]

    def test_a_note_is_listed_shown_exported_and_done(self):
        self.does("note", "child", self.id, "father_phone", "换号了")
        note = self.does("notes").rows[0]
        self.assertEqual((note["name"], note["field"], note["text"]), ("张三", "father_phone", "换号了"))
        self.assertIn("note:father_phone", [row["field"] for row in self.does("show", "child", self.id).rows])
        self.assertTrue(self.does("history", "child", self.id, "--field", "father_phone").rows[-1]["new"].endswith("换号了"))
        self.does("export", "child", "--out", self.path("c.json"))
        with open(self.path("c.json"), encoding="utf-8") as file:
            self.assertEqual(json.load(file)[0]["_notes"][0]["text"], "换号了")
        self.does("note", "done", "child", self.id, note["note"])
        self.assertEqual(self.does("notes").rows, [])
        self.assertNotEqual(self.does("notes", "--all").rows[0]["done_by"], "")

    def test_notes_leave_in_a_table_and_come_back_without_harm(self):
        self.add("child", "name=李四", "birth_date=2017-01-02", "grade=三年级")
        self.does("export", "child", "--out", self.path("before.csv"))
        self.does("note", "child", self.id, "father_phone", "换号了")
        self.does("note", "child", self.id, "birth_date", "=HYPERLINK(1)")
        for out, labels, heading in (("codes.csv", [], "notes"), ("words.csv", ["--labels"], "Notes on fields")):
            self.does("export", "child", "--out", self.path(out), *labels)
            with open(self.path(out), encoding="utf-8-sig", newline="") as file:
                rows = list(csv.DictReader(file))
            self.assertEqual(list(rows[0])[-1], heading)
            told = {row.get("name") or row.get("Name"): row[heading] for row in rows}
            self.assertIn("换号了 (", told["张三"])
            self.assertIn("HYPERLINK", told["张三"])
            self.assertEqual(told["李四"], "")
            answer = self.does("import", "child", self.path(out), "--mode", "update")
            counts = {row["verdict"]: row["rows"] for row in answer.rows}
            self.assertEqual((counts["same"], counts["new"], counts["changes"], counts["refused"]), ("2", "0", "0", "0"))
            self.assertNotIn("nobody knows", answer.err)
        self.does("export", "child", "--out", self.path("few.csv"), "--columns", "name,sex")
        with open(self.path("few.csv"), encoding="utf-8-sig") as file:
            self.assertEqual(file.readline().strip(), "name,sex")
        for note in self.does("notes").rows:
            self.does("note", "done", "child", self.id, note["note"])
        self.does("export", "child", "--out", self.path("after.csv"))
        with open(self.path("before.csv"), "rb") as before, open(self.path("after.csv"), "rb") as after:
            self.assertEqual(before.read(), after.read())

    def test_a_note_needs_words_and_a_field(self):
        self.does("note", "child", self.id, "father_phone", " ", code=1)
        self.does("note", "child", self.id, "fathers_phone", "x", code=2)
        self.does("note", "done", "child", self.id, "nothing", code=1)

    def test_a_second_typing_agrees_or_is_decided(self):
        self.assertEqual(self.waiting(), ["birth_date", "father_phone", "guardian_phone"])
        self.assertEqual(self.verify("father_phone=139-0000-1111").rows[0]["outcome"], "agreed")
        self.assertEqual(self.verify("birth_date=2016-05-06", code=1).rows[0]["outcome"], "differs")
        self.verify("birth_date=2016-05-06", "--take", "second")
        self.verify("guardian_phone=13800001112", "--take", "open", code=1)  # says no reason
        self.verify("guardian_phone=13800001112", "--take", "open", "--because", "看不清")
        self.assertEqual([(row["field"], row["state"]) for row in self.does("verify").rows], [("guardian_phone", "open")])
        self.assertEqual(self.does("notes").rows[0]["text"], "看不清")
        shown = {row["field"]: row["value"] for row in self.does("show", "child", self.id).rows}
        self.assertEqual((shown["birth_date"], shown["verified:birth_date"]), ("2016-05-06", "second"))

    def test_a_mark_dies_with_its_value_not_with_its_neighbour(self):
        self.verify("father_phone=13900001111")
        self.does("edit", "child", self.id, "father_name=张二")
        self.assertNotIn("father_phone", self.waiting())
        self.does("edit", "child", self.id, "father_phone=13900001112")
        self.assertIn("father_phone", self.waiting())
        self.does("check", "--rebuild")


if __name__ == "__main__":
    main()
