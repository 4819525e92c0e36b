#!/usr/bin/env python3
"""A child leaves and comes back: one file, one card number, found all the time."""
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

    def test_two_children_with_one_number_are_told(self):
        self.does("check")
        self.add("child", "name=李雪梅", "card_no=1")
        said = self.does("check", code=1).err
        self.assertIn("card number 1 stands on 2 files", said)

    def test_a_boarder_has_a_bed_and_somebody_who_fetches_it(self):
        self.does("edit", "child", "1", "boarding=1", "dorm_room=2栋203", "dorm_bed=4", "goes_home=每周", "fetched_by=奶奶",
                  "fetched_phone=13800001111")
        shown = self.does("show", "child", "1", lang="zh").out
        self.assertIn("2栋203", shown)
        self.assertIn("13800001111", shown)


if __name__ == "__main__":
    main()
