#!/usr/bin/env python3
"""Which file brought what, and taking a whole import back."""
import os
import zipfile

from guanai import Case, main

CORE = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:creator>{author}</dc:creator>
<cp:lastModifiedBy>别人</cp:lastModifiedBy><dcterms:created xsi:type="dcterms:W3CDTF">2025-01-01T00:00:00Z</dcterms:created>
<dcterms:modified xsi:type="dcterms:W3CDTF">{modified}</dcterms:modified></cp:coreProperties>"""
TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
RELATIONS = ('<Relationships xmlns="x"><Relationship Id="r1" Type="x/worksheet" Target="worksheets/sheet1.xml"/></Relationships>')
BOOK = '<workbook xmlns:r="y"><sheets><sheet name="三年级" sheetId="1" r:id="r1"/></sheets></workbook>'


class Past(Case):
    def setUp(self):
        super().setUp()
        self.init()

    def workbook(self, name, rows, author="王会计", modified="2026-08-30T09:15:00Z", core=None):
        cells = "".join("<row>" + "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in row) + "</row>" for row in rows)
        with zipfile.ZipFile(self.path(name), "w") as book:
            book.writestr("[Content_Types].xml", TYPES)
            book.writestr("xl/_rels/workbook.xml.rels", RELATIONS)
            book.writestr("xl/workbook.xml", BOOK)
            book.writestr("xl/worksheets/sheet1.xml", f"<worksheet><sheetData>{cells}</sheetData></worksheet>")
            book.writestr("docProps/core.xml", core or CORE.format(author=author, modified=modified))
        return self.path(name)

    def listed(self):
        return self.does("import", "--list").rows

    def test_a_workbook_s_author_and_day_are_kept_with_what_it_brought(self):
        self.does("import", "child", self.workbook("花名册.xlsx", [["姓名", "村组"], ["张三", "上坝村"]]))
        row, = self.listed()
        self.assertEqual([row[name] for name in ("no", "file", "sheets", "author", "form", "new", "undone_on")],
                         ["1", "花名册.xlsx", "三年级", "王会计", "child", "1", ""])
        self.assertEqual(row["file_day"], "2026-08-30")
        child = self.does("list", "child").rows[0]["id"]
        self.does("edit", "child", child, "village=下坝村")
        history = self.does("history", "child", child, "--field", "village").rows
        self.assertEqual([line["file"] for line in history], ["花名册.xlsx (王会计, 2026-08-30)", ""])

    def test_a_broken_description_of_the_file_is_no_reason_to_refuse_it(self):
        for number, core in enumerate(["<cp:core", "", CORE.format(author="", modified="gestern"),
                                       CORE.format(author="王" * 300, modified="9999-99-99T99:99:99Z")]):
            self.does("import", "child", self.workbook(f"{number}.xlsx", [["姓名"], [f"孩子{'甲乙丙丁'[number]}"]], core=core))
        self.assertEqual(len(self.listed()), 4)
        self.assertEqual(self.listed()[0]["author"], "王" * 42)

    def test_a_csv_has_the_day_it_was_saved(self):
        path = self.write("a.csv", "姓名\n张三\n")
        os.utime(path, (1756540000, 1756540000))
        self.does("import", "child", path)
        self.assertEqual((self.listed()[0]["author"], self.listed()[0]["file_day"]), ("", "2025-08-30"))

    def test_an_import_is_taken_back_whole_and_may_come_again(self):
        self.add("child", "name=老同学", "grade=三年级", "class=1")
        before = self.does("list", "child").out
        path = self.write("a.csv", "姓名,年级,班级,村组\n张三,三年级,1,上坝村\n李四,三年级,1,红岩村\n老同学,三年级,1,上坝村\n")
        self.assertIn("guanai import --undo 1", self.does("import", "child", path).err)
        dry = self.does("import", "--undo", "1", "--dry-run")
        self.assertEqual({row["what"]: row["count"] for row in dry.rows},
                         {"records_removed": "2", "records_given_back": "1", "values_given_back": "1"})
        self.assertEqual(len(self.does("list", "child").rows), 3)
        self.does("import", "--undo", "1")
        self.assertEqual(self.does("list", "child").out, before)
        self.assertEqual(self.does("find", "张三").rows, [])
        self.assertEqual(self.listed()[0]["undone_on"], "2026-11-23")
        self.does("check", "--rebuild")
        self.does("import", "--undo", "1", code=1)
        self.does("import", "child", path)
        self.assertEqual(len(self.does("list", "child").rows), 3)
        self.does("import", "--undo", "2")
        self.assertEqual(self.does("list", "child").out, before)

    def test_what_was_written_since_bars_it_by_name(self):
        path = self.write("a.csv", "姓名,村组\n张三,上坝村\n李四,红岩村\n")
        self.does("import", "child", path)
        child = next(row["id"] for row in self.does("list", "child").rows if row["name"] == "李四")
        self.add("talk", "child=" + child, "mood=2", "topics=学习")
        answer = self.does("import", "--undo", "1", code=1)
        self.assertRegex(answer.err, "李四 .*has a record 'Talk'")
        self.assertNotIn("张三", answer.err)
        self.assertEqual(len(self.does("list", "child").rows), 2)

    def test_a_refusal_names_a_few_children_and_where_the_rest_stand(self):
        self.does("import", "child", self.write("a.csv", "姓名,年级,班级\n" + "".join(f"孩子{i:02d},三年级,2\n" for i in range(12))))
        children = {row["name"]: row["id"] for row in self.does("list", "child").rows}
        for name, child in children.items():
            self.does("edit", "child", child, "village=下坝村", "note=搬家了")
        self.does("note", "child", children["孩子00"], "village", "要问村里")
        said = self.does("import", "--undo", "1", code=1).err
        self.assertIn("12 records were written by people", said)
        self.assertIn("孩子03 Grade 3 Class 2", said)
        self.assertIn("and 4 more", said)
        self.assertIn("孩子00 Grade 3 Class 2 Child's file: 'Village' has a note", said)
        self.assertNotRegex(said, "_note|[0-9a-f]{8}-")
        self.assertEqual(said.count("孩子"), 8)
        told = self.does("import", "--undo", "1", "--dry-run", code=1)
        self.assertEqual({row["child"] for row in told.rows}, set(children))
        self.assertEqual({row["id"] for row in told.rows}, set(children.values()))
        self.assertEqual({row["import"] for row in told.rows}, {""})

    def test_a_refusal_says_which_import_goes_back_first(self):
        self.does("import", "child", self.write("a.csv", "姓名,年级,班级\n张三,三年级,2\n李四,三年级,2\n"))
        self.does("import", "home_visit", self.write("visits.csv", "姓名,年级,班级,家访日期,见到谁,家访结果\n"
                                                     "张三,三年级,2,2026-11-01,奶奶,见到\n李四,三年级,2,2026-11-02,奶奶,见到\n"))
        said = self.does("import", "--undo", "1", code=1).err
        self.assertIn("guanai import --undo 2, the import of 'Home visit'", said)
        self.assertIn("visits.csv, 2 rows", said)
        self.assertNotIn("张三", said)
        self.does("import", "--undo", "2")
        self.does("import", "--undo", "1")

    def test_a_removed_record_is_known_by_its_history_only(self):
        self.does("import", "child", self.write("a.csv", "姓名,村组\n张三,上坝村\n"))
        child = self.does("list", "child").rows[0]["id"]
        self.does("import", "--undo", "1")
        self.does("show", "child", child, code=1)
        self.does("edit", "child", child, "village=下坝村", code=1)
        last = self.does("history", "child", child).rows[-1]
        self.assertEqual((last["field"], last["new"], last["file"][:11]), ("", "record removed", "import take"))

    def leave(self, name, kind="transfer"):
        child = self.add("child", "name=" + name, "grade=三年级", "class=1", "village=上坝村")
        self.add("status_change", "child=" + child, "kind=" + kind, "from_on=2026-09-10")
        return child

    def here(self):
        return {row["name"]: row["id"] for row in self.does("list", "child").rows}

    def test_a_child_who_left_and_stands_in_the_file_comes_back_in_the_old_file(self):
        child = self.leave("张三")
        path = self.write("a.csv", "姓名,年级,班级,村组\n张三,三年级,1,上坝村\n")
        answer = self.does("import", "child", path, "--dry-run")
        self.assertEqual({row["verdict"]: row["rows"] for row in answer.rows}["returns"], "1")
        self.assertIn("2026-09-10", answer.err)
        self.assertIn("comes back", answer.err)
        before = self.does("list", "status_change").out
        self.does("import", "child", path)
        self.assertEqual(self.does("find", "张三").rows[0]["id"], child)
        changes = self.does("list", "status_change").rows
        self.assertEqual([(row["kind"], row["from_on"]) for row in changes][-1], ("returned", "2026-11-23"))
        self.assertEqual(self.listed()[0]["returned"], "1")
        self.assertEqual(self.does("list", "child").rows[0]["card_no"], "1")
        self.does("import", "child", path)  # who is here does not come back once more
        self.assertEqual(len(self.listed()), 1)
        self.does("import", "--undo", "1")
        self.assertEqual(self.does("list", "status_change").out, before)

    def test_an_old_roster_brings_nobody_back(self):
        self.leave("张三")
        path = self.write("a.csv", "姓名,年级,班级,村组\n张三,三年级,1,上坝村\n")
        answer = self.does("import", "child", path, "--stay-gone")
        self.assertEqual({row["verdict"]: row["rows"] for row in answer.rows}["returns"], "0")
        self.assertEqual(len(self.does("list", "status_change").rows), 1)
        self.assertEqual(self.listed(), [])

    def test_who_finished_school_here_does_not_come_back_by_a_file(self):
        self.leave("李四", kind="finished")
        path = self.write("a.csv", "姓名,年级,班级,村组\n李四,三年级,1,上坝村\n")
        answer = self.does("import", "child", path)
        self.assertEqual({row["verdict"]: row["rows"] for row in answer.rows}["returns"], "0")

    def test_nobody_imports_a_list_of_imports(self):
        self.does("import", "import_file", self.write("a.csv", "文件\nx.csv\n"), code=1)
        self.does("import", "--undo", "7", code=1)
        self.does("import", "--list", "--dry-run", code=2)
        self.does("import", "--undo", "1", "child", code=2)


main()
