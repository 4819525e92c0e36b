#!/usr/bin/env python3
"""Rows of a repeat, records that name others, warnings in rows."""
import os
import shutil

from guanai import FORMS, ROOT, Case, main


class Rows(Case):
    def setUp(self):
        super().setUp()
        self.forms = self.path("forms")
        shutil.copytree(FORMS, self.forms)
        shutil.copy(os.path.join(ROOT, "tests", "data", "forms_extra", "census.yaml"), self.forms)
        self.init()
        self.first, self.second = self.add("child", "name=甲"), self.add("child", "name=乙")

    def command(self, *words, **options):
        options.setdefault("forms", self.forms)
        return super().command(*words, **options)

    def shown(self, record):
        return {row["field"]: row for row in self.does("show", "census", record).rows}

    def census(self, *words):
        return self.add("census", "child=1", "height=131", "siblings[1].name=小", "siblings[1].age=5", *words)

    def test_rows_are_filled_by_their_number(self):
        record = self.census("siblings[2].name=大", "siblings[2].age=12")
        shown = self.shown(record)
        self.assertEqual([shown[f"siblings[{i}].age"]["value"] for i in (1, 2)], ["5", "12"])
        self.assertEqual(shown["young"]["value"], "1")  # computed over the rows
        self.does("add", "census", "child=1", "siblings[3].name=远", code=2)
        self.does("add", "census", "child=1", "siblings[x].name=远", code=2)
        self.does("add", "census", "child=1", "siblings[1].nosuch=远", code=2)
        self.does("add", "census", "child=1", "siblings=远", code=1)

    def test_a_row_is_added_and_changed_later(self):
        record = self.census()
        self.does("edit", "census", record, "siblings[2].name=新", "siblings[2].age=3", "siblings[1].age=7")
        shown = self.shown(record)
        self.assertEqual([shown[f"siblings[{i}].age"]["value"] for i in (1, 2)], ["7", "3"])
        fields = [row["field"] for row in self.does("history", "census", record).rows]
        self.assertIn("siblings[2].name", fields)
        self.does("check", "--rebuild")

    def test_what_is_missing_in_a_row_bars_saving(self):
        self.does("add", "census", "child=1", "siblings[1].age=5", code=1)
        self.assertEqual(self.does("list", "census").rows, [])

    def test_a_warning_in_a_row_is_asked_once(self):
        old = ("siblings[2].name=大", "siblings[2].age=40")
        self.does("add", "census", "child=1", "height=131", "siblings[1].name=小", "siblings[1].age=5", *old, code=1)
        record = self.census(*old, "--because", "表哥")
        self.does("edit", "census", record, "siblings[1].age=6")  # nothing of the old row was touched
        self.does("edit", "census", record, "siblings[2].age=41", code=1)
        self.does("edit", "census", record, "siblings[2].age=41", "--because", "表哥")

    def test_another_record_is_named_by_what_finds_it_and_shown_by_its_summary(self):
        record = self.census("friend=2")
        self.assertEqual(self.shown(record)["friend"]["value"], self.second)
        self.assertIn("乙", self.shown(record)["friend"]["shown"])
        self.does("edit", "census", record, "friend=99", code=1)

    def test_decimals_are_kept_as_typed(self):
        record = self.census()
        self.does("edit", "census", record, "height=131.5")
        self.assertEqual(self.shown(record)["height"]["value"], "131.5")
        self.assertEqual(self.shown(record)["half"]["value"], "32.88")  # 131.5 / 4
        self.assertEqual(self.does("list", "census", "--where", "half > 32 AND height < 132").rows[0]["half"], "32.88")
        self.does("check", "--rebuild")
        self.does("edit", "census", record, "height=131.55", code=1)
        self.does("edit", "census", record, "height=1e3", code=1)

    def test_computed_fields_are_refused(self):
        self.does("add", "census", "child=1", "young=3", code=1)


if __name__ == "__main__":
    main()
