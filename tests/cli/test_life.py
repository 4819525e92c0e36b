#!/usr/bin/env python3
"""A child leaves and comes back: one file, one card number, found all the time."""
import json

from guanai import Case, main


class Life(Case):
    def setUp(self):
        super().setUp()
        self.init()
        self.child = self.add("child", "name=石小满", "birth_date=2016-05-03", "grade=三年级", "class=2",
                              "id_number=530325201605030017")

    def found(self, typed="石小满", **options):
        rows = self.does("find", typed, **options).rows
        self.assertEqual(len(rows), 1)
        return rows[0]

    def leave(self, kind="transfer", day="2026-03-01"):
        return self.add("status_change", "child=1", f"kind={kind}", f"from_on={day}")

    def test_a_changed_name_is_kept_when_asked_for(self):
        self.does("edit", "child", "1", "name=石小圆", "--keep-name")
        self.assertEqual((self.found()["name"], self.found()["why"]), ("石小圆", "former_name"))
        self.does("edit", "child", "1", "name=石圆圆", "--keep-name")
        for typed in ("石小满", "石小圆", "shixiaoman", "石圆圆"):
            self.assertEqual(self.found(typed)["name"], "石圆圆")

    def test_a_name_that_is_lost_is_said(self):
        said = self.does("edit", "child", "1", "name=石小圆").err
        self.assertIn("石小满 finds this child no more", said)
        self.assertEqual(self.does("find", "石小满").rows, [])
        said = self.does("edit", "child", "1", "name=石圆圆", "former_name=石小满、石小圆").err
        self.assertNotIn("finds this child no more", said)  # whoever writes it has decided
        self.assertEqual(self.found()["name"], "石圆圆")

    def test_a_child_who_left_is_found_with_kind_and_day(self):
        self.assertEqual(self.found()["left"], "")
        self.leave()
        self.assertEqual(self.found()["left"], "2026-03-01 Transferred")
        self.assertEqual(self.found(lang="zh")["left"], "2026-03-01 转学")

    def test_a_change_counts_from_its_own_day_on_whenever_it_was_written(self):
        self.leave("with_parents", "2026-12-01")
        self.assertEqual(self.found()["left"], "")
        self.assertNotEqual(self.found(today="2026-12-01")["left"], "")
        self.assertEqual(self.found(today="2026-11-30")["left"], "")

    def test_typing_a_child_who_left_points_to_its_file(self):
        self.leave()
        said = self.does("add", "child", "name=石小满", "id_number=530325201605030017", code=1).err
        self.assertIn("left on 2026-03-01 Transferred", said)
        self.assertIn(f"child={self.child} kind=returned", said)
        self.add("status_change", f"child={self.child}", "kind=returned")
        self.assertEqual(self.found()["left"], "")
        rows = self.does("list", "child").rows
        self.assertEqual([(row["id"], row["card_no"]) for row in rows], [(self.child, "1")])

    def numbers(self):
        return [row["card_no"] for row in self.does("list", "child").rows]

    def test_a_number_once_given_is_never_given_again(self):
        given = set(self.numbers())
        for typed in (None, "40", None, "12", None):  # by the program, by hand, lower by hand
            words = ["child", "name=测试"] + ([f"card_no={typed}"] if typed else [])
            child = self.add(*words)
            number = [row["card_no"] for row in self.does("list", "child").rows if row["id"] == child][0]
            self.assertNotIn(number, given)
            self.assertTrue(typed is None or number == typed)
            given.add(number)
            self.does("edit", "child", child, "card_no=")  # the file loses it: nobody else gets it
        self.does("check", "--rebuild")
        child = self.add("child", "name=测试")
        self.assertEqual([row["card_no"] for row in self.does("list", "child").rows if row["id"] == child], ["43"])

    def test_a_number_another_child_has_is_refused_where_it_is_typed(self):
        said = self.does("add", "child", "name=李雪梅", "card_no=1", code=1).err
        self.assertIn("card number 1 is that of 石小满 Grade 3 Class 2", said)
        other = self.add("child", "name=李雪梅")
        self.does("edit", "child", other, "card_no=1", code=1)
        self.assertIn("1 号已经是 石小满", self.does("edit", "child", other, "card_no=1", code=1, lang="zh").err)
        self.does("edit", "child", other, "card_no=77")
        self.does("edit", "child", other, "card_no=77", "name=李雪")  # its own
        self.assertEqual(self.numbers(), ["1", "77"])
        self.does("doubles", "link", "1", "77")
        self.does("edit", "child", other, "card_no=1")  # two files of one child may have one number
        self.does("check")

    def test_two_children_with_one_number_are_told(self):
        self.does("check")
        other = self.add("child", "name=李雪梅")
        self.does("doubles", "link", "1", other)
        self.does("edit", "child", other, "card_no=1")
        self.does("doubles", "unlink", self.child, other)  # parted again, each with the number
        said = self.does("check", code=1).err
        self.assertIn("card number 1 stands on 2 files", said)
        self.does("edit", "child", other, "name=李雪")  # an old fault bars nothing else

    def test_of_two_children_with_one_number_the_one_with_fewer_records_gets_the_next(self):
        self.assertEqual(self.does("card-numbers").rows, [])
        other = self.add("child", "name=李雪梅")
        self.add("talk", f"child={other}", "mood=2", "topics=study")
        self.does("doubles", "link", "1", other)
        self.does("edit", "child", other, "card_no=1")
        self.does("doubles", "unlink", self.child, other)
        rows = self.does("card-numbers", code=1).rows
        self.assertEqual([(row["id"], row["card_no"], row["records"], row["keeps"]) for row in rows],
                         [(other, "1", "1", "1"), (self.child, "1", "0", "0")])
        new = self.does("card-numbers", "renew", "all").rows
        self.assertEqual([row["id"] for row in new], [self.child])
        self.assertEqual(int(new[0]["card_no"]), 3)  # 2 was the other's before: never given again
        self.assertEqual(self.does("card-numbers").rows, [])
        self.does("check")
        found = self.does("find", "1").rows
        self.assertEqual([(row["id"], row["why"]) for row in found], [(other, "card_no"), (self.child, "former_card_no")])
        self.assertEqual([row["id"] for row in self.does("find", "3").rows], [self.child])
        told = [(row["field"], row["old"], row["new"]) for row in self.does("history", "child", self.child).rows]
        self.assertIn(("card_no", "1", "3"), told)
        said = self.does("card-numbers", "renew", self.child, code=1).err
        self.assertIn("nobody else has this card number", said)

    def sites(self):
        self.write("data/config.yaml", "school: 石桥小学\nsites:\n  - {code: main, label: {zh: 石桥中心校, en: Shiqiao}, own: true}\n"
                                       "  - {code: dawan, label: {zh: 大湾教学点, en: Dawan}, paper: true}\n")

    def move(self, *words, **options):
        return self.add("status_change", "child=1", "kind=moved", *words, **options)

    def place(self):
        row = [row for row in self.does("list", "child").rows if row["id"] == self.child][0]
        return row["site"], row["grade"], row["class"]

    def test_a_move_to_another_site_is_followed_by_the_file(self):
        self.sites()
        moved = self.move("to_site=dawan", "to_class=1", "from_on=2026-10-08")
        self.assertEqual(self.place(), ("dawan", "g3", "1"))
        row = self.does("list", "status_change").rows[0]
        self.assertEqual((row["from_site"], row["from_grade"], row["from_class"], row["to_site"]), ("main", "g3", "2", "dawan"))
        history = [(r["field"], r["old"], r["new"]) for r in self.does("history", "child", "1", lang="zh").rows]
        self.assertIn(("site", "石桥中心校", "大湾教学点"), history)
        on = {day: self.names("--site", "大湾教学点", "--on", day) for day in ("2026-11-22", "2026-11-23")}
        self.assertEqual((on["2026-11-23"], on["2026-11-22"]), (["石小满"], ["石小满"]))
        self.assertEqual(self.names("--site", "main", "--on", "2026-10-07"), ["石小满"])
        self.assertEqual(self.names("--site", "大湾教学点", "--on", "2026-10-07"), [])
        for lang, site in (("zh", "大湾教学点"), ("en", "Dawan")):
            self.assertEqual([row["site"] for row in self.does("list", "child", "--on", "2026-11-23", lang=lang).rows], [site])
        self.does("edit", "status_change", moved, "to_class=2")  # mended: the file follows what it had from it
        self.assertEqual(self.place(), ("dawan", "g3", "2"))
        self.does("edit", "child", "1", "class=3")
        self.does("edit", "status_change", moved, "to_class=1")  # what was written since stands
        self.assertEqual(self.place(), ("dawan", "g3", "3"))
        self.does("check", "--rebuild")

    def test_a_move_counts_from_its_own_day_and_an_older_one_changes_nothing(self):
        self.sites()
        self.add("child", "name=王小川", today="2026-01-05")
        self.does("edit", "child", "2", "grade=二年级", today="2026-01-05")
        self.add("status_change", "child=2", "kind=moved", "to_site=dawan", "from_on=2026-10-08")
        here = {day: self.names("--site", "dawan", "--on", day) for day in ("2026-10-07", "2026-10-08", "2026-11-23")}
        self.assertEqual(here, {"2026-10-07": [], "2026-10-08": ["王小川"], "2026-11-23": ["王小川"]})
        self.add("status_change", "child=2", "kind=moved", "from_site=dawan", "to_site=main", "from_on=2026-02-20")
        row = [row for row in self.does("list", "child").rows if row["name"] == "王小川"][0]
        self.assertEqual(row["site"], "dawan")

    def test_a_file_made_and_moved_on_one_day_was_at_the_old_site_before(self):
        self.sites()
        self.move("to_site=dawan", "to_class=1", "from_on=2026-11-23")
        row, = self.does("list", "child", "--on", "2026-11-22").rows
        self.assertEqual((row["site"], row["class"]), ("Shiqiao", "Grade 3 Class 2"))
        row, = self.does("list", "child", "--on", "2026-11-23").rows
        self.assertEqual((row["site"], row["class"]), ("Dawan", "Grade 3 Class 1"))

    def test_where_a_site_has_one_class_only_nobody_was_in_its_second(self):
        self.sites()
        self.move("to_site=dawan", "from_on=2026-10-08")
        self.move("to_site=main", "to_class=2", "from_on=2026-11-10")
        self.assertEqual(self.place(), ("main", "g3", "2"))
        there = {row["site"]: row["class"] for day in ("2026-10-07", "2026-10-20")
                 for row in self.does("list", "child", "--on", day).rows}
        self.assertEqual(there, {"Shiqiao": "Grade 3 Class 2", "Dawan": "Grade 3"})
        self.assertEqual(self.names("--class", "三年级2班", "--site", "dawan", "--on", "2026-10-20"), [])
        self.assertEqual(self.names("--class", "三年级2班", "--site", "main", "--on", "2026-11-10"), ["石小满"])

    def test_a_roster_taken_in_after_a_move_that_it_did_not_know_does_not_take_it_back(self):
        self.sites()
        self.add("child", "name=王小川", "grade=三年级", "class=2", today="2026-11-02")
        self.add("status_change", "child=2", "kind=moved", "to_site=dawan", "from_on=2026-10-08", today="2026-11-23")
        there = {day: self.names("--site", "dawan", "--on", day) for day in ("2026-10-07", "2026-10-08", "2026-11-02", "2026-11-10")}
        self.assertEqual(there, {"2026-10-07": [], "2026-10-08": ["王小川"], "2026-11-02": ["王小川"], "2026-11-10": ["王小川"]})
        self.assertEqual(self.names("--class", "三年级2班", "--site", "main", "--on", "2026-10-07"), ["王小川", "石小满"])

    def test_moves_of_a_file_move_the_children_s_files_as_typed_ones_do(self):
        self.sites()
        self.add("child", "name=王小川", "grade=三年级", "class=2", "site=main")
        moves = self.write("moves.csv", "姓名,年级,班级,变动类型,日期,原校点,转到校点,到那里的年级,到那里的班级\n"
                                        "石小满,三年级,2,转校点,2026-11-20,main,dawan,三年级,1\n"
                                        "王小川,三年级,2,转校点,2026-11-20,石桥中心校,大湾教学点,三年级,\n")
        self.does("import", "status_change", moves)
        now = {row["name"]: (row["site"], row["grade"], row["class"]) for row in self.does("list", "child").rows}
        self.assertEqual(now, {"石小满": ("dawan", "g3", "1"), "王小川": ("dawan", "g3", "")})
        self.assertEqual(self.names("--site", "main", "--on", "2026-11-19"), ["王小川", "石小满"])
        self.assertEqual(self.names("--site", "dawan", "--on", "2026-11-20"), ["王小川", "石小满"])
        self.does("import", "--undo", "1")
        self.assertEqual(self.place(), ("main", "g3", "2"))
        self.does("check", "--rebuild")

    def test_a_list_of_moves_need_not_say_from_where(self):
        self.sites()
        moves = self.write("moves.csv", "姓名,班级,变动类型,变动日期,转入校点\n石小满,三2,转校点,2026-11-20,大湾教学点\n")
        self.does("import", "status_change", moves)
        row, = self.does("list", "status_change").rows
        self.assertEqual((row["from_site"], row["from_class"], row["to_site"], row["to_grade"]), ("main", "2", "dawan", "g3"))
        self.assertEqual(self.place(), ("dawan", "g3", ""))

    def test_a_move_is_none_to_where_the_child_is_nor_before_it_happens(self):
        self.sites()
        self.does("add", "status_change", "child=1", "kind=moved", "to_site=main", code=1)
        self.does("add", "status_change", "child=1", "kind=moved", code=1)
        self.does("add", "status_change", "child=1", "kind=moved", "to_site=dawan", "from_on=2026-12-01", code=1)
        self.assertEqual(self.place(), ("main", "g3", "2"))

    def names(self, *words, **options):
        return sorted(row["name"] for row in self.does("list", "child", *words, **options).rows)

    def test_somebody_s_name_is_no_class(self):
        """One field too early: it was saved, and the class had no teacher."""
        self.assertIn("class", self.does("add", "class_teacher", "class=周老师", "teacher=周老师", code=1).err)
        self.add("class_teacher", "class=三2班", "teacher=周老师")

    def test_who_was_in_a_class_on_a_day(self):
        other = self.add("child", "name=王小川", "grade=三年级", "class=2")
        self.add("child", "name=林小雨", "grade=三年级", "class=1")
        both = ["王小川", "石小满"]
        self.assertEqual(self.names("--class", "三年级(2)班"), both)
        self.does("edit", "child", other, "grade=四年级", today="2027-09-12")  # 石小满 repeats: nothing is written
        for on, called, wanted in (("2026-11-23", "三年级(2)班", both), ("2027-06-30", "2024级2班", both),
                                   ("2027-09-01", "四年级2班", ["王小川"]), ("2027-09-01", "2024级2班", ["王小川"]),
                                   ("2027-09-01", "三2班", ["石小满"]), ("2027-10-01", "2025级2班", ["石小满"])):
            self.assertEqual(self.names("--class", called, "--on", on, today="2027-10-01"), wanted, (on, called))
        self.leave(day="2027-10-20")
        self.assertEqual(self.names("--class", "三2班", "--on", "2027-10-19", today="2027-11-01"), ["石小满"])
        self.assertEqual(self.names("--class", "三2班", "--on", "2027-10-20", today="2027-11-01"), [])
        self.assertEqual(self.names("--on", "2027-10-20", today="2027-11-01"), ["林小雨", "王小川"])
        row = self.does("list", "child", "--class", "2024级2班", "--on", "2027-06-30", "--format", "json", today="2027-11-01")
        self.assertEqual([(r["class"], r["entered"]) for r in json.loads(row.out)], [("Grade 3 Class 2", "2024")] * 2)

    def test_of_a_day_before_its_file_was_made_a_child_was_where_the_file_first_said(self):
        later = {"today": "2027-03-01"}
        stays = self.add("child", "name=王小川", "grade=三年级", "class=2", **later)
        moves = self.add("child", "name=林小雨", "grade=三年级", "class=1", **later)
        classes = lambda: [self.names("--class", called, "--on", "2026-12-01", today="2027-06-01") for called in ("三1班", "三2班")]
        self.assertEqual(classes(), [["林小雨"], ["王小川", "石小满"]])
        self.does("edit", "child", moves, "class=2", today="2027-03-02")  # right behind what made the file
        self.assertEqual(classes(), [["林小雨"], ["王小川", "石小满"]])
        self.does("edit", "child", stays, "class=1", today="2027-05-01")
        self.assertEqual(classes(), [["林小雨"], ["王小川", "石小满"]])

    def test_of_a_school_year_before_its_file_was_made_no_class_is_told(self):
        """石小满's file was made in November 2026: whether it was in grade 2 or repeated grade 3 before, nobody has said."""
        for called in ("三年级(2)班", "二年级(2)班", "2024级2班"):
            said = self.does("list", "child", "--class", called, "--on", "2026-06-30")
            self.assertEqual(said.rows, [])
            self.assertIn("1 files were made in a later school year", said.err)
        row, = self.does("list", "child", "--on", "2026-06-30").rows
        self.assertEqual((row["name"], row["class"], row["entered"], row["class_now"]), ("石小满", "", "", "Grade 3 Class 2"))
        said = self.does("list", "child", "--class", "三年级(2)班", "--on", "2026-09-10")
        self.assertEqual([row["name"] for row in said.rows], ["石小满"])
        self.assertIn("1 of these files were made after that day", said.err)
        self.assertEqual(self.does("list", "child", "--class", "三年级(2)班", "--on", "2026-11-23").err, "")

    def test_who_came_to_the_school_later_was_in_no_class_before(self):
        self.does("edit", "child", "1", "enrolled_on=2026-10-12")
        for on, wanted in (("2026-10-11", []), ("2026-10-12", ["石小满"])):
            self.assertEqual(self.names("--on", on), wanted)
            self.assertEqual(self.names("--class", "三年级(2)班", "--on", on), wanted)

    def test_the_class_of_today_is_the_roster_s(self):
        self.does("list", "child", "--class", "三2班", "--where", "1", code=2)
        self.does("list", "home_visit", "--class", "三2班", code=2)
        self.does("list", "child", "--on", "2026-13-01", code=2)
        self.does("list", "child", "--class", "哪班", code=1)
        self.assertEqual(self.names("--class", "三年级"), ["石小满"])
        self.assertEqual(self.names("--class", "三年级", "--site", "main"), ["石小满"])
        self.does("list", "child", "--site", "没有的", code=1)

    def test_a_boarder_has_a_bed_and_somebody_who_fetches_it(self):
        self.does("edit", "child", "1", "boarding=1", "dorm_room=2栋203", "dorm_bed=4", "goes_home=每周", "fetched_by=奶奶",
                  "fetched_phone=13800001111")
        shown = self.does("show", "child", "1", lang="zh").out
        self.assertIn("2栋203", shown)
        self.assertIn("13800001111", shown)


if __name__ == "__main__":
    main()
