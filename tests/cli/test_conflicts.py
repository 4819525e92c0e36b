#!/usr/bin/env python3
"""What two computers answered differently: by number, on a sheet, typed back, in bulk, taken back, handed on."""
import os
import unittest
import zipfile

import test_sync
from guanai import Case


class Conflicts(Case):
    """What two answered differently: by number, on a sheet, typed back, in bulk, taken back, handed on."""

    at, do, pair, carry, add_child = test_sync.Sync.at, test_sync.Sync.do, test_sync.Sync.pair, test_sync.Sync.carry, test_sync.Sync.add_child

    def setUp(self):
        super().setUp()
        self.stick = self.path("stick")
        os.mkdir(self.stick)
        for name in "AB":
            self.does("init", "--school", "石桥镇中心小学", data=self.path(name))
        self.children = [self.add_child("A", f"name={name}", "village=红岩村", "guardian_name=李桂兰") for name in ("何丽", "彭英俊", "黄宁")]
        self.pair("A", "B", "石桥教学点")
        self.carry("A", "B")

    def differ(self, child, first, second):
        self.do("A", "edit", "child", self.children[child], first)
        self.do("B", "edit", "child", self.children[child], second)

    def meet(self, *names):
        for name in names or ("B", "A"):
            self.assertIn(self.at(name, "sync", "import", self.stick).code, (0, 1))
            self.do(name, "sync", "export", self.stick)

    def listed(self, name="A"):
        return self.at(name, "sync", "conflicts").rows

    def digit(self, number, value, name="A"):
        return next(row["choice"] for row in self.listed(name) if row["no"] == str(number) and row["value"] == value)

    def shown(self, child, name="A"):
        return self.do(name, "show", "child", self.children[child]).out

    def test_numbers_and_digits_stay_though_others_arrive_before_them(self):
        self.differ(1, "village=大湾村", "village=双溪村")
        self.meet()
        before = [(row["no"], row["choice"], row["value"]) for row in self.listed()]
        self.assertEqual({row[0] for row in before}, {"1"})
        self.differ(0, "village=上村", "village=下村")  # of an older record: it stands before the other in the archive
        self.meet()
        rows = [(row["no"], row["choice"], row["value"]) for row in self.listed()]
        self.assertEqual(rows[:2], before)
        self.assertEqual({row[0] for row in rows[2:]}, {"2"})
        self.do("A", "sync", "resolve", "1", self.digit(1, "双溪村"), "2", self.digit(2, "上村"))
        self.assertEqual(self.listed(), [])
        self.assertIn("双溪村", self.shown(1))
        self.assertIn("上村", self.shown(0))
        again = self.at("A", "sync", "resolve", "1", "1")
        self.assertEqual(again.code, 1)

    def test_a_card_number_given_on_both_computers_is_parted_alike_on_both(self):
        first, second = self.add_child("A", "name=黄宁"), self.add_child("B", "name=周强")
        self.do("B", "add", "talk", f"child={second}", "mood=2", "topics=study")
        self.meet("B", "A", "B")
        for name in "AB":
            listed = self.at(name, "card-numbers").rows
            self.assertEqual([(row["id"], row["card_no"], row["keeps"]) for row in listed], [(second, "4", "1"), (first, "4", "0")])
        for name in "AB":  # both mend it before they meet again
            self.assertEqual([(row["id"], row["card_no"]) for row in self.do(name, "card-numbers", "renew", "all").rows], [(first, "5")])
        self.meet("B", "A", "B")
        for name in "AB":
            self.assertEqual(self.at(name, "card-numbers").rows, [])
            self.assertEqual(self.listed(name), [])  # equal answers are no conflict
            found = self.do(name, "find", "4").rows
            self.assertEqual([(row["id"], row["why"]) for row in found], [(second, "card_no"), (first, "former_card_no")])
            self.assertEqual([row["id"] for row in self.do(name, "find", "5").rows], [first])
            self.do(name, "check", "--rebuild")

    def test_a_number_of_an_old_sheet_never_means_another_row(self):
        self.differ(1, "village=大湾村", "village=双溪村")
        self.meet()
        self.do("A", "sync", "resolve", "1", self.digit(1, "双溪村"))
        self.differ(0, "village=上村", "village=下村")
        self.meet()
        self.assertEqual({row["no"] for row in self.listed()}, {"2"})
        self.assertEqual(self.at("A", "sync", "resolve", "1", "1").code, 1)

    def test_what_came_after_the_sheet_stays_beside_the_choice(self):
        self.does("init", "--school", "石桥镇中心小学", data=self.path("C"))
        self.pair("A", "C", "大湾教学点")
        self.meet("A", "C", "A")
        self.do("C", "edit", "child", self.children[1], "village=第三村")
        self.differ(1, "village=大湾村", "village=双溪村")
        self.meet()
        digit = self.digit(1, "双溪村")
        self.meet("C", "A")
        answer = self.at("A", "sync", "resolve", "1", digit)  # typed back from the sheet, not looked at again
        self.assertEqual(answer.code, 0, answer.err)
        self.assertEqual(sorted(row["value"] for row in self.listed()), ["双溪村", "第三村"])

    def test_something_third_is_typed(self):
        self.differ(1, "village=大湾村", "village=双溪村")
        self.differ(0, "guardian_phone=13800001111", "guardian_phone=13900002222")
        self.meet()
        numbers = {row["whose"].split()[0]: row["no"] for row in self.listed()}
        self.assertEqual(self.at("A", "sync", "resolve", numbers["何丽"], "guardian_phone=12").code, 1)
        self.do("A", "sync", "resolve", numbers["彭英俊"], "=新村", numbers["何丽"], "guardian_phone=13700003333")
        self.assertEqual(self.listed(), [])
        self.assertIn("新村", self.shown(1))
        self.assertIn("13700003333", self.shown(0))
        self.assertIn("李桂兰", self.shown(0))  # the rest of the unit stays

    def test_the_obvious_is_settled_at_once_and_taken_back(self):
        self.differ(0, "village=大湾村", "village=大湾村3组")
        self.differ(1, "village=双溪村", "village=双 溪村")
        self.differ(2, "village=上村", "village=下村")
        self.meet()
        obvious = {row["whose"].split()[0]: (row["obvious"], row["value"]) for row in self.listed() if row["obvious"]}
        self.assertEqual(obvious["何丽"], ("longer", "大湾村3组"))
        self.assertEqual(obvious["彭英俊"][0], "spelling")
        self.assertNotIn("黄宁", obvious)
        self.do("A", "sync", "resolve", "obvious")
        self.assertEqual({row["whose"].split()[0] for row in self.listed()}, {"黄宁"})
        self.assertIn("大湾村3组", self.shown(0))
        self.do("A", "sync", "resolve", "undo")
        self.assertEqual({row["whose"].split()[0] for row in self.listed()}, {"何丽", "彭英俊", "黄宁"})
        self.assertEqual(sorted(row["value"] for row in self.listed() if row["whose"].startswith("何丽")), ["大湾村", "大湾村3组"])
        self.assertEqual(self.at("A", "sync", "resolve", "undo").code, 1)
        self.do("A", "sync", "resolve", "obvious")
        self.meet("A", "B")
        self.assertEqual({row["whose"].split()[0] for row in self.listed("B")}, {"黄宁"})

    def test_what_is_taken_back_has_the_row_and_digits_of_the_sheet_again(self):
        for child in range(3):
            self.differ(child, f"village=上村{child}", f"village=下村{child}")
        self.meet()
        before = [(row["no"], row["choice"], row["value"]) for row in self.listed()]
        self.do("A", "sync", "resolve", "1", "2", "3", "=第三村")
        self.assertEqual({row["no"] for row in self.listed()}, {"2"})
        self.do("A", "sync", "resolve", "undo")
        self.assertEqual([(row["no"], row["choice"], row["value"]) for row in self.listed()], before)
        self.do("A", "sync", "resolve", "1", self.digit(1, "上村0"), "3", self.digit(3, "下村2"))
        self.do("A", "sync", "resolve", "2", "1")
        self.assertEqual(self.listed(), [])
        self.differ(0, "village=甲村", "village=乙村")
        self.meet("A", "B", "A")
        self.assertEqual({row["no"] for row in self.listed()}, {"4"})  # another question, no row of that sheet

    def test_a_clock_that_runs_ahead_corrects_nobody(self):
        self.do("A", "edit", "child", self.children[0], "village=大湾村")
        self.does("edit", "child", self.children[0], "village=双溪村", data=self.path("B"), today="2099-01-02")
        self.meet()
        rows = {row["value"]: row for row in self.listed()}
        self.assertEqual({row["obvious"] for row in rows.values()}, {""})  # by one person, the later day is none
        self.assertTrue(rows["双溪村"]["when"].endswith("?"))
        self.assertFalse(rows["大湾村"]["when"].endswith("?"))

    def test_only_the_one_it_was_handed_to_settles_it(self):
        self.differ(0, "guardian_phone=13800001111", "guardian_phone=13900002222")
        self.meet()
        self.do("A", "sync", "hand", "1", "吴校长")
        self.assertEqual({row["handed_to"] for row in self.listed()}, {"吴校长"})
        self.assertEqual(self.at("A", "sync", "resolve", "1", "1").code, 3)
        self.meet("A", "B")
        self.assertEqual({row["handed_to"] for row in self.listed("B")}, {"吴校长"})  # it travels
        self.does("sync", "resolve", "1", "2", data=self.path("A"), user="吴校长")
        self.assertEqual(self.listed(), [])

    def test_what_was_handed_to_somebody_is_not_settled_by_changing_the_record_either(self):
        self.differ(0, "nickname=丽丽", "nickname=小丽")
        self.meet()
        self.do("A", "sync", "hand", "1", "吴校长")
        shown = self.do("A", "list", "child", "--format", "json").out
        self.do("A", "edit", "child", self.children[0], "nickname=石头")
        rows = self.listed()
        self.assertEqual({(row["no"], row["handed_to"]) for row in rows}, {("1", "吴校长")})
        left = "丽丽" if "小丽" in shown else "小丽"
        self.assertEqual({row["value"] for row in rows}, {"石头", left})  # what stood there was changed, the other waits
        self.does("edit", "child", self.children[0], "nickname=丽儿", data=self.path("A"), user="吴校长")
        self.assertEqual(self.listed(), [])

    def test_what_was_handed_to_somebody_is_taken_back_by_nobody_else_and_is_handed_still(self):
        self.differ(0, "guardian_phone=13800001111", "guardian_phone=13900002222")
        self.meet()
        self.do("A", "sync", "hand", "1", "吴校长")
        self.does("sync", "resolve", "1", "2", data=self.path("A"), user="吴校长")
        self.assertEqual(self.at("A", "sync", "resolve", "undo").code, 3)
        self.assertEqual(self.listed(), [])
        self.does("sync", "resolve", "undo", data=self.path("A"), user="吴校长")
        self.assertEqual({(row["no"], row["handed_to"]) for row in self.listed()}, {("1", "吴校长")})
        self.assertEqual(self.at("A", "sync", "resolve", "1", "1").code, 3)
        self.does("sync", "resolve", "1", "1", data=self.path("A"), user="吴校长")

    def test_what_was_handed_to_somebody_can_be_given_back_to_all(self):
        self.differ(0, "village=大湾村", "village=双溪村")
        self.meet()
        self.do("A", "sync", "hand", "1", "吴校长")
        self.do("A", "sync", "hand", "1", "-")
        self.do("A", "sync", "resolve", "1", "1")
        self.assertEqual(self.listed(), [])

    def test_the_worksheet_says_who_when_where_and_on_what_paper(self):
        visit = self.do("A", "add", "home_visit", f"child={self.children[0]}", "visited_on=2026-11-20", "paper_no=HV-017", "content=在家").rows[0]["id"]
        self.meet("A", "B")
        self.do("A", "edit", "home_visit", visit, "content=和奶奶谈了")
        self.do("B", "edit", "home_visit", visit, "content=没有人")
        self.meet()
        for name in ("sheet.txt", "sheet.xlsx"):
            self.do("A", "sync", "conflicts", self.path(name))
        with open(self.path("sheet.txt"), encoding="utf-8") as file:
            sheet = file.read()
        for wanted in ("何丽", "HV-017", "和奶奶谈了", "没有人", "2026-11-23", "石桥教学点"):
            self.assertIn(wanted, sheet.replace("\n", ""))
        self.assertGreater(os.path.getsize(self.path("sheet.xlsx")), 2000)
        self.do("A", "sync", "resolve", "1", "2")

    def test_the_worksheet_says_on_which_computer_it_is_typed_back_and_names_it_everywhere(self):
        """The rows of another computer have other numbers."""
        self.differ(0, "village=大湾村", "village=双溪村")
        self.meet()
        self.at("B", "sync", "import", self.path("stick"))
        for name in ("sheet.txt", "sheet.xlsx"):
            self.does("sync", "conflicts", self.path(name), data=self.path("B"), lang="zh")
        with open(self.path("sheet.txt"), encoding="utf-8") as file:
            sheet = file.read()
        self.assertIn("只在石桥教学点的电脑上录回", sheet)
        self.assertNotIn("这台电脑", sheet)
        with zipfile.ZipFile(self.path("sheet.xlsx")) as book:
            page = book.read("xl/worksheets/sheet1.xml").decode()
        self.assertIn("只在石桥教学点的电脑上录回", page)
        self.assertNotIn("这台电脑", page)

    def test_this_computer_is_called_as_the_others_call_it_also_once_a_backup_was_put_back(self):
        child = self.children[0]
        self.do("A", "edit", "child", child, "village=大湾村")
        self.do("B", "edit", "child", child, "village=双溪村")
        self.do("B", "sync", "export", self.stick)
        self.at("A", "sync", "import", self.stick)
        for _ in range(2):
            self.assertEqual({row["value"]: row["site"] for row in self.listed()}, {"大湾村": "石桥镇中心小学", "双溪村": "石桥教学点"})
            self.do("A", "backup")
            self.do("A", "restore", self.do("A", "backup", "--list").rows[-1]["file"])

    def test_the_worksheet_bears_no_name_of_a_file_it_is_not(self):
        self.differ(0, "village=大湾村", "village=双溪村")
        self.meet()
        self.assertEqual(self.at("A", "sync", "conflicts", self.path("sheet.pdf")).code, 1)
        self.assertFalse(os.path.exists(self.path("sheet.pdf")))
        self.do("A", "sync", "conflicts", self.path("SHEET.XLSX"))
        with open(self.path("SHEET.XLSX"), "rb") as file:
            self.assertEqual(file.read(2), b"PK")

    def test_a_unit_is_told_whole(self):
        self.differ(0, "guardian_name=李桂兰2", "guardian_phone=13900002222")
        self.meet()
        row, = {(row["no"], row["field"]) for row in self.listed()}
        self.assertEqual(row[0], "1")
        self.assertIn("·", row[1])

    def test_of_a_record_taken_out_here_and_changed_there_the_changed_fields_are_named(self):
        roster = self.write("花名册.csv", "姓名,性别,年级,班级,村\n石小溪,女,三年级,2,红岩村\n")
        self.do("A", "import", "child", roster)
        self.meet("A", "B")
        child = self.do("B", "find", "石小溪").rows[0]["id"]
        self.do("B", "edit", "child", child, "village=双溪村", "guardian_phone=13800001111")
        self.do("A", "import", "--undo", "1")
        self.meet()
        values = {row["value"] for row in self.listed()}
        self.assertEqual(values, {"record removed", "record changed: Guardian's phone, Village"})
        self.do("A", "sync", "conflicts", self.path("sheet.txt"))
        with open(self.path("sheet.txt"), encoding="utf-8") as file:
            sheet = " ".join(file.read().split())
        self.assertIn("record changed: Guardian's phone, Village", sheet)
        self.assertNotIn("13800001111", sheet)
        before = [(row["no"], row["choice"], row["value"], row["user"], row["when"]) for row in self.listed()]
        self.assertIn("None of these is obvious", self.do("A", "sync", "resolve", "obvious").err)
        for digit, is_there in ("2", True), ("1", False):
            self.do("A", "sync", "resolve", "1", digit)
            self.assertEqual((self.listed(), "石小溪" in self.do("A", "list", "child").out), ([], is_there))
            self.assertIn("1 taken back", self.do("A", "sync", "resolve", "undo").err)  # the sheet's row and digits, and who said what, again
            self.assertEqual([(row["no"], row["choice"], row["value"], row["user"], row["when"]) for row in self.listed()], before)

    def test_a_removal_names_each_who_changed_it_is_handed_on_as_it_stands_and_buries_nothing_later_than_the_sheet(self):
        roster = self.write("花名册.csv", "姓名,性别,年级,班级,村\n石小溪,女,三年级,2,红岩村\n")
        self.does("init", "--school", "石桥镇中心小学", data=self.path("C"))
        self.pair("A", "C", "大湾教学点")
        self.do("A", "import", "child", roster)
        self.meet("A", "B", "C")
        child = self.do("B", "find", "石小溪").rows[0]["id"]
        self.does("edit", "child", child, "village=双溪村", data=self.path("B"), user="何老师")
        self.do("A", "import", "--undo", "1")
        self.meet("B", "A")
        before = [(row["choice"], row["value"], row["user"]) for row in self.listed()]
        self.assertEqual(before, [("1", "record removed", "clerk"), ("2", "record changed: Village", "何老师")])
        self.do("A", "sync", "conflicts", self.path("sheet.txt"))
        self.do("A", "sync", "hand", "1", "clerk")
        self.assertEqual([(row["choice"], row["value"], row["user"]) for row in self.listed()], before)
        self.does("edit", "child", child, "address=河边", data=self.path("C"), user="赵老师")
        self.meet("C", "A")
        answer = self.at("A", "sync", "resolve", "1", "1")
        self.assertEqual(answer.code, 1, answer.err)
        self.assertIn("changed again after the sheet", answer.err)
        rows = [(row["choice"], row["value"], row["user"]) for row in self.listed()]  # the list is a sheet as well
        self.assertEqual(rows, before + [("3", "record changed: Address", "赵老师")])
        self.do("A", "sync", "resolve", "1", "1")
        self.assertNotIn("石小溪", self.do("A", "list", "child").out)

    def test_whichever_computer_settles_a_removal_the_digit_means_what_stands_beside_it(self):
        roster = self.write("花名册.csv", "姓名,性别,年级,班级,村\n石小溪,女,三年级,2,红岩村\n石小河,男,三年级,2,红岩村\n")
        self.do("A", "import", "child", roster)
        self.meet("A", "B")
        for name in ("石小溪", "石小河"):
            self.do("B", "edit", "child", self.do("B", "find", name).rows[0]["id"], "village=双溪村")
        self.do("A", "import", "--undo", "1")
        self.meet("A", "B")
        rows = {(row["whose"][:3], row["value"].split(":")[0]): (row["no"], row["choice"]) for row in self.listed("B")}
        self.do("B", "sync", "resolve", *rows["石小溪", "record changed"], *rows["石小河", "record removed"])
        self.assertEqual(self.listed("B"), [])
        names = self.do("B", "list", "child").out
        self.assertEqual(("石小溪" in names, "石小河" in names), (True, False))

    def test_a_row_of_a_list_is_settled_like_a_field(self):
        plan = self.do("A", "add", "care_plan", f"child={self.children[0]}", "problem=无人照看", "reasons=none_guards", "goal=有人照看", "owner=周老师", "lead=吴校长", "measures[1].what=每周走访",
                       "measures[2].what=联系母亲", "opened_on=2026-11-20").rows[0]["id"]
        self.meet("A", "B")
        self.do("A", "edit", "care_plan", plan, "measures[1].what=每两天走访")
        self.do("B", "edit", "care_plan", plan, "measures[1].what=每天走访")
        self.meet()
        rows = self.listed()
        self.assertEqual(sorted(row["value"] for row in rows), ["每两天走访", "每天走访"])
        self.assertIn("Measures", rows[0]["field"])
        self.do("A", "sync", "resolve", "1", "=每三天走访")
        self.assertEqual(self.listed(), [])
        shown = self.do("A", "show", "care_plan", plan).out
        self.assertIn("每三天走访", shown)
        self.assertIn("联系母亲", shown)


class Clocks(Case):
    """One computer's battery is empty, another's clock stands at 2099: nothing is refused, a third one notices nothing."""

    at, do, pair, carry, add_child, dump = (test_sync.Sync.at, test_sync.Sync.do, test_sync.Sync.pair, test_sync.Sync.carry,
                                            test_sync.Sync.add_child, test_sync.Sync.dump)

    def setUp(self):
        super().setUp()
        self.stick = self.path("stick")
        os.mkdir(self.stick)
        for name in "ABC":
            self.does("init", "--school", "石桥镇中心小学", data=self.path(name))
        self.children = [self.add_child("A", f"name={name}", "village=红岩村") for name in ("何丽", "彭英俊")]
        self.pair("A", "B", "石桥教学点")
        self.pair("A", "C", "大湾教学点")
        self.carry("A", "B", "C")

    def on(self, name, day, *words):
        return self.does(*words, data=self.path(name), today=day)

    def test_wrong_clocks_refuse_nothing_and_change_nothing_elsewhere(self):
        first, second = self.children
        self.on("B", "2009-01-01", "edit", "child", first, "village=大湾村", "nickname=丽丽")
        self.on("C", "2099-12-31", "edit", "child", first, "village=双溪村")
        self.on("C", "2099-12-31", "edit", "child", second, "village=双溪村")
        self.on("B", "2009-01-01", "sync", "export", self.stick)
        self.on("C", "2099-12-31", "sync", "export", self.stick)
        self.assertEqual(self.at("A", "sync", "import", self.stick).code, 1)
        listed = self.at("A", "sync", "conflicts").rows
        self.assertEqual(sorted(row["value"] for row in listed), ["双溪村", "大湾村"])  # no clock decides
        shown = self.do("A", "show", "child", second)
        self.assertIn("双溪村", shown.out)
        self.assertNotIn("cannot be", shown.err)  # the day is not doubted here
        self.assertEqual(self.do("A", "history", "child", second, "--field", "village").rows[-1]["when"][-1], "?")  # that one is
        self.assertIn("丽丽", self.do("A", "show", "child", first).out)
        self.assertIn("2009-01-01", self.do("A", "history", "child", first).out)
        self.assertIn("?", self.do("A", "history", "child", first, "--field", "nickname").out)  # the doubt travels with it
        self.do("A", "edit", "child", second, "village=新村")
        self.assertNotIn("?", self.do("A", "history", "child", second, "--field", "village").rows[0]["when"])
        self.carry("A", "B", "C", "A", "B", "C")
        for name in "BC":
            self.at(name, "sync", "import", self.stick)
            self.assertEqual(self.dump(name), self.dump("A"))
        self.assertIn("新村", self.do("C", "show", "child", second).out)

    def test_whose_clock_is_wrong_is_said_where_its_bundle_is_taken_in(self):
        said = {}
        for name, day in (("B", "2009-01-01"), ("C", "2099-12-31"), ("C", "2026-11-23")):
            self.on(name, day, "edit", "child", self.children[0], "nickname=" + name + day)
            self.on(name, day, "sync", "export", self.stick)
            said[day] = self.at("A", "sync", "import", self.stick).err
        self.assertIn("石桥教学点: the date of that computer is in doubt", said["2009-01-01"])
        self.assertIn("大湾教学点: made on 2099-12-31 by that computer's date", said["2099-12-31"])
        self.assertNotIn("made on", said["2009-01-01"] + said["2026-11-23"])
        self.assertNotIn("date", self.at("A", "sync", "import", self.stick).err)  # once

    def test_a_note_of_a_clock_that_ran_ahead_says_so(self):
        self.on("C", "2099-12-31", "note", "child", self.children[0], "village", "搬家了")
        self.do("A", "note", "child", self.children[1], "village", "没有搬")
        self.carry("C", "A")
        self.at("A", "sync", "import", self.stick)
        ahead, right = sorted(self.do("A", "notes").rows, key=lambda row: row["text"])
        self.assertEqual((ahead["text"], ahead["when"][:10], ahead["when"][-1]), ("搬家了", "2099-12-31", "?"))
        self.assertNotIn("?", right["when"])
        self.assertRegex(self.do("A", "show", "child", self.children[0]).out, r"搬家了\t2099-12-31 \d\d:\d\d\? ")

    def test_a_computer_that_wrote_in_2099_says_so_when_its_clock_is_right_again(self):
        self.on("C", "2099-12-31", "edit", "child", self.children[0], "village=双溪村")
        answer = self.at("C", "edit", "child", self.children[0], "village=新村")
        self.assertEqual(answer.code, 0)  # never refused
        self.assertIn("cannot be 2026-11-23", answer.err)
        self.assertIn("?", self.do("C", "history", "child", self.children[0], "--field", "village").out)


if __name__ == "__main__":
    unittest.main(verbosity=1)
