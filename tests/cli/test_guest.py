#!/usr/bin/env python3
"""A guest has what is of one class or site and nothing of others; what comes into its scope comes from the beginning."""
import contextlib
import os
import sqlite3

from guanai import Case, main


class Guest(Case):
    def setUp(self):
        super().setUp()
        self.stick = self.path("stick")
        os.mkdir(self.stick)
        self.does("init", "--school", "石桥镇中心小学", data=self.path("A"))
        self.do("A", "sync", "label", "石桥镇中心小学")
        self.does("init", "--school", "石桥教学点", data=self.path("G"))
        self.do("G", "sync", "label", "石桥教学点")

    def at(self, name, *words, **options):
        return self.run_it(*words, data=self.path(name), **options)

    def do(self, name, *words):
        return self.does(*words, data=self.path(name))

    def child(self, name, number, *fields, grade="g3"):
        return self.do("A", "add", "child", "name=" + name, "grade=" + grade, "class=" + number, "village=红岩村", *fields).rows[0]["id"]

    def meet(self, scope, guest="G", school="A"):
        self.assertEqual(self.do(guest, "sync", "guest", "join", self.stick).rows, [])
        label, digits = self.do(school, "sync", "guest", "invite", self.stick, scope).out.strip().split("\t")
        self.assertRegex(digits, r"^\d{5}( \d{5}){5}$")
        self.do(school, "sync", "guest", "invite", self.stick, scope, digits)
        self.assertEqual(self.do(guest, "sync", "guest", "join", self.stick).out.strip().split("\t")[1], digits)
        self.do(guest, "sync", "guest", "join", self.stick, digits)
        return label

    def carry(self, *names, code=0):
        for name in names:
            self.does("sync", "import", self.stick, data=self.path(name), code=code)
            self.do(name, "sync", "export", self.stick)

    def fill_up(self):
        """Once for what is missing to be told, once more for it to come."""
        for _ in range(2):
            for name in "GA":
                self.at(name, "sync", "import", self.stick)
                self.do(name, "sync", "export", self.stick)
        self.carry("G")

    def names(self, name):
        return sorted(row["name"] for row in self.do(name, "list", "child").rows)

    def sound(self, *names):
        for name in names:
            self.do(name, "check", "--rebuild")

    def bytes_of(self, name):
        """All that the folder holds, of the database every page and every value unpacked by SQLite."""
        out = b""
        for root, _, files in os.walk(self.path(name)):
            for file in files:
                with open(os.path.join(root, file), "rb") as opened:
                    out += opened.read()
        return out

    def says(self, name, form, record):
        """But the name of the site, which each computer has of its own."""
        return [line for line in self.do(name, "show", form, record).out.splitlines() if not line.startswith("site\t")]

    def history(self, name, child):
        return [row for row in self.do(name, "history", "child", child).rows if row["field"] != "site"]

    def test_a_guest_has_its_class_whole_and_of_others_nothing_that_can_be_read(self):
        mine = self.child("何丽", "2", "father_phone=13812345678")
        other = self.child("彭英俊", "1", "father_phone=13987654321", "address=大湾村四组")
        self.do("A", "add", "home_visit", "child=" + mine, "visited_on=2026-11-20", "outcome=met", "content=灶台旁有柴")
        self.do("A", "add", "home_visit", "child=" + other, "visited_on=2026-11-20", "outcome=met", "content=爷爷病了")
        self.do("A", "add", "counselling", "child=" + mine, "met_on=2026-11-20", "came_by=teacher", "reason=family", "risk=none", "observations=想妈妈")
        self.do("A", "edit", "child", mine, "village=大湾村")
        self.meet("class:2024级2班")
        self.carry("A", "G")
        self.assertEqual(self.names("G"), ["何丽"])
        self.assertEqual(len(self.do("G", "list", "counselling").rows), 1)
        self.assertEqual(self.says("G", "child", mine), self.says("A", "child", mine))
        self.assertEqual(self.history("G", mine), self.history("A", mine))
        self.assertEqual(len(self.do("G", "list", "home_visit").rows), 1)
        held = self.bytes_of("G")
        for text in ("彭英俊", "13987654321", "大湾村四组", "爷爷病了", "想妈妈"):
            self.assertNotIn(text.encode(), held)
        self.sound("A", "G")

    def test_withheld_is_not_a_gap(self):
        self.child("何丽", "2")
        for i in range(5):
            self.child(f"孩子{i}", "1")
        self.meet("class:2024级2班")
        self.carry("A", "G", "A", "G")
        for name in ("A", "G"):
            for row in self.do(name, "sync", "status").rows:
                self.assertEqual((row["gaps"], row["forks"]), ("0", "0"), name)
        self.do("A", "sync", "import", self.stick)
        self.assertEqual([row["to_send"] for row in self.do("A", "sync", "status").rows], ["0", "0"])

    def test_a_child_that_comes_into_the_class_is_sent_from_the_beginning_and_one_that_leaves_stays_as_it_was(self):
        self.child("何丽", "2")
        comes, leaves = self.child("彭英俊", "1", "father_phone=13987654321"), self.child("黄宁", "2")
        visit = self.do("A", "add", "home_visit", "child=" + comes, "visited_on=2026-11-20", "outcome=met").rows[0]["id"]
        self.meet("class:2024级2班")
        self.carry("A", "G", "A")
        self.assertEqual(self.names("G"), ["何丽", "黄宁"])
        self.do("A", "edit", "child", comes, "class=2")
        self.do("A", "edit", "child", leaves, "class=1")
        self.carry("A", "G")
        self.assertEqual(self.names("G"), ["何丽", "彭英俊", "黄宁"])
        self.assertEqual(self.says("G", "child", comes), self.says("A", "child", comes))
        self.assertEqual(self.history("G", comes), self.history("A", comes))
        self.assertEqual([row["id"] for row in self.do("G", "list", "home_visit").rows], [visit])
        self.assertEqual([row["name"] for row in self.do("G", "find", "pyj").rows], ["彭英俊"])
        self.do("A", "edit", "child", leaves, "village=石桥村")
        self.carry("A", "G")
        self.assertIn("红岩村", self.do("G", "show", "child", leaves).out)
        self.assertNotIn("石桥村", self.do("G", "show", "child", leaves).out)
        self.sound("A", "G")
        self.do("A", "edit", "child", leaves, "class=2")
        self.carry("A", "G")
        self.assertEqual(self.says("G", "child", leaves), self.says("A", "child", leaves))
        self.sound("A", "G")

    def test_what_a_guest_writes_comes_back_and_merges(self):
        mine = self.child("何丽", "2")
        self.child("彭英俊", "1")
        self.meet("class:2024级2班")
        self.carry("A", "G")
        self.do("G", "edit", "child", mine, "village=大湾村")
        new = self.do("G", "add", "child", "name=新来", "grade=g3", "class=2", "village=红岩村", "card_no=500").rows[0]["id"]
        self.carry("G", "A", "G")
        self.assertIn("大湾村", self.do("A", "show", "child", mine).out)
        self.assertIn("新来", self.names("A"))
        self.assertEqual(self.do("A", "sync", "conflicts").rows, [])
        self.do("A", "edit", "child", new, "village=石桥村")
        self.carry("A", "G")
        self.assertIn("石桥村", self.do("G", "show", "child", new).out)
        self.assertEqual(self.do("G", "sync", "export", self.stick).rows[0]["transactions"], "0")
        self.sound("A", "G")

    def test_what_was_removed_is_removed_there_too(self):
        self.child("何丽", "2")
        roster = self.path("roster.csv")
        with open(roster, "w", encoding="utf-8") as file:
            file.write("姓名,年级,班级,村\n黄宁,三年级,2,红岩村\n彭英俊,三年级,1,红岩村\n")
        self.do("A", "import", "child", roster)
        self.meet("class:2024级2班")
        self.carry("A", "G", "A")
        self.assertEqual(self.names("G"), ["何丽", "黄宁"])
        self.do("A", "import", "--undo", "1")
        self.assertEqual(self.names("A"), ["何丽"])
        self.carry("A", "G")
        self.assertEqual(self.names("G"), ["何丽"])
        self.sound("G")

    def test_the_other_computers_of_the_school_know_the_guest_and_pass_by_its_bundles(self):
        self.does("init", "--school", "石桥镇中心小学", data=self.path("B"))
        self.do("A", "sync", "pair", "invite", self.stick)
        digits = self.do("B", "sync", "pair", "join", self.stick, "政教处").out.strip()
        self.do("A", "sync", "pair", "answer", self.stick, digits)
        self.do("B", "sync", "pair", "finish", self.stick, digits)
        mine = self.child("何丽", "2")
        self.child("彭英俊", "1")
        self.meet("class:2024级2班")
        self.carry("A")
        taken = {row["what"] for row in self.do("B", "sync", "import", self.stick).rows}
        self.assertEqual(taken, {"taken", "guest"})
        self.assertEqual(self.names("B"), ["何丽", "彭英俊"])
        self.assertEqual([row["label"] for row in self.do("B", "sync", "guest", "list").rows], ["石桥教学点"])
        self.do("B", "sync", "export", self.stick)
        self.carry("G")
        self.do("G", "edit", "child", mine, "village=大湾村")
        self.do("G", "sync", "export", self.stick)
        self.do("B", "sync", "import", self.stick)
        self.assertIn("大湾村", self.do("B", "show", "child", mine).out)
        self.do("B", "sync", "export", self.stick)
        self.do("A", "sync", "import", self.stick)
        self.assertIn("大湾村", self.do("A", "show", "child", mine).out)
        self.sound("A", "B", "G")

    def test_what_is_shown_is_right_at_once_when_only_what_was_withheld_is_filled_in(self):
        """One computer knows of the child's class, the other writes; the guest has hashes until the first has heard of it."""
        self.does("init", "--school", "石桥镇中心小学", data=self.path("B"))
        self.do("A", "sync", "pair", "invite", self.stick)
        digits = self.do("B", "sync", "pair", "join", self.stick, "政教处").out.strip()
        self.do("A", "sync", "pair", "answer", self.stick, digits)
        self.do("B", "sync", "pair", "finish", self.stick, digits)
        mine, child = self.child("何丽", "2"), self.child("彭英俊", "1", "marked_left_behind=1")
        talk = self.do("A", "add", "talk", "child=" + child, "talked_on=2026-11-06", "topics=study", "mood=4", "talker=周老师").rows[0]["id"]
        self.meet("class:2024级2班")
        self.carry("A", "B", "A", "G", "B")
        self.do("A", "edit", "child", child, "class=2")
        self.carry("A", "G")
        self.assertEqual(self.names("G"), ["何丽", "彭英俊"])
        self.at("B", "edit", "talk", talk, "mood=2", user="田老师")
        self.do("B", "add", "home_visit", "child=" + child, "visited_on=2026-11-20", "outcome=met")
        self.do("B", "edit", "child", mine, "village=大湾村")
        self.do("B", "sync", "export", self.stick)
        self.carry("G")
        self.assertIn("大湾村", self.do("G", "show", "child", mine).out)
        self.at("G", "edit", "talk", talk, "topics=family", user="周老师")
        self.at("G", "checklist", "sign", "--class", "三年级(2)班", "--month", "2026-11", "--with-open", user="罗老师")

        def shown():
            sheet = self.do("G", "checklist", "--class", "三年级(2)班", "--month", "2026-11")
            self.assertIn("was signed by 罗老师", sheet.err)
            due = self.do("G", "due", "--duty", "visit_phase", "--state", "all", "--from", "2026-11-01", "--to", "2026-12-30").rows
            return [line for line in sheet.err.splitlines() if "彭英俊" in line], [row["state"] for row in due if row["child"] == "彭英俊"][0]

        self.assertEqual(shown(), ([], "open"))
        self.carry("A")
        self.carry("G")
        changed, state = shown()
        self.assertEqual(state, "done")
        self.assertRegex("\n".join(changed), "talk.*: changed|Talk.*: changed")
        self.sound("A", "B", "G")

    def test_a_guest_that_has_ended_is_told_so_and_nothing_else(self):
        mine = self.child("何丽", "2")
        self.meet("class:2024级2班")
        self.carry("A", "G", "A")
        self.assertIn("still counts", self.do("A", "sync", "guest", "end", "石桥教学点").err)
        self.do("A", "edit", "child", mine, "village=大湾村")
        self.assertIn("guests", self.do("A", "sync", "export", self.stick).err)
        self.do("G", "sync", "import", self.stick)
        self.assertIn("红岩村", self.do("G", "show", "child", mine).out)
        for name in ("A", "G"):
            self.assertEqual([(row["ended"], row["since"], row["ended_on"]) for row in self.do(name, "sync", "guest", "list").rows],
                             [("1", "2026-11-23", "2026-11-23")])
        self.carry("G", "A")
        self.assertNotIn("guests", self.do("A", "sync", "export", self.stick).err)
        self.assertEqual(self.at("A", "sync", "guest", "end", "石桥教学点").code, 1)
        self.sound("A", "G")

    def test_what_is_written_at_a_guest_counts_whenever_it_ended(self):
        mine = self.child("何丽", "2")
        self.meet("class:2024级2班")
        self.carry("A", "G", "A")
        self.do("G", "edit", "child", mine, "nickname=小石头")  # before the end, comes after it
        self.do("A", "sync", "guest", "end", "石桥教学点")
        self.do("A", "sync", "export", self.stick)
        self.do("G", "edit", "child", mine, "village=大湾村")  # after the end, which is not known there yet
        self.carry("G", "A")
        shown = self.do("A", "show", "child", mine).out
        self.assertIn("小石头", shown)
        self.assertIn("大湾村", shown)
        self.do("G", "edit", "child", mine, "address=四组")  # known there by now
        visit = self.do("G", "add", "home_visit", "child=" + mine, "visited_on=2026-11-20", "outcome=met").rows[0]["id"]
        self.carry("G", "A")
        self.assertIn("四组", self.do("A", "show", "child", mine).out)
        self.assertEqual([row["id"] for row in self.do("A", "list", "home_visit").rows], [visit])
        self.assertEqual(self.do("A", "sync", "conflicts").rows, [])
        self.sound("A", "G")

    def test_a_guest_that_ended_is_met_again_and_gets_all_that_came_meanwhile(self):
        mine = self.child("何丽", "2")
        self.meet("class:2024级2班")
        self.carry("A", "G", "A")
        self.do("A", "sync", "guest", "end", "石桥教学点")
        self.carry("A", "G", "A")
        self.do("A", "edit", "child", mine, "village=大湾村")
        self.child("黄宁", "2")
        self.carry("A", "G", "A")
        self.assertEqual(self.names("G"), ["何丽"])
        self.meet("class:2024级2班")
        self.carry("A", "G", "A")
        self.assertEqual(self.names("G"), ["何丽", "黄宁"])
        self.assertEqual(self.says("G", "child", mine), self.says("A", "child", mine))
        self.assertEqual([row["ended"] for row in self.do("A", "sync", "guest", "list").rows], ["1", "0"])
        self.sound("A", "G")

    def salvage(self, name):
        """What can be read of its folder takes its place."""
        database = os.path.join(self.path(name), "guanai.db")
        self.at(name, "check", "--salvage")
        made = [folder for folder in os.listdir(self.folder) if folder.startswith(name + ".salvaged-")]
        self.assertEqual(len(made), 1)
        self.assertTrue(os.path.exists(database))
        os.rename(self.path(name), self.path(name + ".damaged"))
        os.rename(self.path(made[0]), self.path(name))

    def withheld(self, name):
        with contextlib.closing(sqlite3.connect(os.path.join(self.path(name), "guanai.db"))) as db:
            return db.execute("SELECT coalesce(sum(leaves), 0) FROM withheld").fetchone()[0]

    def school_and_guest(self):
        """Some of one class, some of the other, in one save as well; the guest has written itself."""
        roster = self.path("roster.csv")
        with open(roster, "w", encoding="utf-8") as file:
            file.write("姓名,年级,班级,村\n" + "".join(f"王{chr(0x4e00 + i)}花,三年级,{1 + i % 2},红岩村\n" for i in range(40)))
        self.do("A", "import", "child", roster)
        mine, other = self.child("何丽", "2"), self.child("彭英俊", "1")
        self.do("A", "edit", "child", mine, "village=大湾村")
        self.do("A", "edit", "child", other, "village=大湾村")
        self.meet("class:2024级2班")
        self.carry("A", "G")
        self.do("G", "edit", "child", mine, "nickname=小石头")
        self.carry("G", "A", "G")
        return mine, other

    def alike(self, mine):
        """Of several saves of one minute the history tells first what came first."""
        self.assertEqual(self.says("G", "child", mine), self.says("A", "child", mine))
        self.assertEqual(*(sorted(self.history(name, mine), key=str) for name in ("G", "A")))

    def is_guest(self):
        self.assertEqual(self.at("G", "sync", "pair", "invite", self.stick).code, 1)
        self.assertEqual([row["ended"] for row in self.do("G", "sync", "guest", "list").rows], ["0"])

    def test_a_salvaged_guest_stays_one_with_its_hashes(self):
        mine, _ = self.school_and_guest()
        hashes = self.withheld("G")
        self.assertGreater(hashes, 20)
        self.salvage("G")
        self.assertEqual(self.withheld("G"), hashes)
        self.is_guest()
        self.alike(mine)
        self.do("A", "edit", "child", mine, "address=四组")
        self.carry("G", "A", "G")
        self.alike(mine)
        self.assertEqual({row["gaps"] for row in self.do("G", "sync", "status").rows}, {"0"})
        self.sound("A", "G")

    def test_a_salvaged_guest_gets_what_was_lost_from_its_school(self):
        mine, _ = self.school_and_guest()
        for i in range(12):
            self.do("A", "add", "home_visit", "child=" + mine, f"visited_on=2026-11-{i + 1:02d}", "outcome=met", "content=" + "话" * 60)
        self.carry("A", "G", "A")
        with contextlib.closing(sqlite3.connect(os.path.join(self.path("G"), "guanai.db"))) as db:
            pages, size = db.execute("PRAGMA page_count").fetchone()[0], db.execute("PRAGMA page_size").fetchone()[0]
        for page in range(2, pages, 5):
            with open(os.path.join(self.path("G"), "guanai.db"), "r+b") as file:
                file.seek(page * size)
                file.write(b"\xa5" * size)
        self.salvage("G")
        self.fill_up()
        self.alike(mine)
        self.is_guest()
        self.assertEqual(len(self.do("G", "list", "home_visit").rows), 12)
        self.assertEqual(len(self.names("G")), 21)
        self.assertEqual({row["gaps"] for row in self.do("G", "sync", "status").rows}, {"0"})
        self.sound("A", "G")

    def test_a_guest_put_back_to_an_earlier_day_asks_for_what_came_since(self):
        mine, other = self.school_and_guest()
        os.mkdir(self.path("kept"))
        self.do("G", "backup", self.path("kept"))
        self.do("A", "edit", "child", mine, "address=四组")
        self.do("A", "edit", "child", other, "class=2")
        self.carry("A", "G", "A")
        self.do("G", "edit", "child", other, "nickname=小彭")
        self.carry("G", "A", "G")
        kept = [os.path.join(folder, file) for folder, _, files in os.walk(self.path("kept")) for file in files if file.endswith(".db")]
        self.do("G", "restore", kept[0])
        self.assertNotIn("彭英俊", self.names("G"))
        self.is_guest()
        self.fill_up()
        self.alike(mine)
        self.alike(other)
        self.assertEqual({row["gaps"] for row in self.do("G", "sync", "status").rows}, {"0"})
        self.sound("A", "G")

    def test_a_big_import_of_others_costs_a_hash(self):
        roster = self.path("roster.csv")
        with open(roster, "w", encoding="utf-8") as file:
            file.write("姓名,年级,班级,村\n" + "".join(f"王{chr(0x4e00 + i)}花,三年级,1,红岩村\n" for i in range(300)))
            file.write("何丽,三年级,2,红岩村\n")
        self.do("A", "import", "child", roster)
        self.meet("class:2024级2班")
        self.carry("A", "G")
        self.assertEqual(self.names("G"), ["何丽"])
        with contextlib.closing(sqlite3.connect(os.path.join(self.path("G"), "guanai.db"))) as db:
            parts, leaves = db.execute("SELECT count(*), sum(leaves) FROM withheld").fetchone()
        self.assertGreater(leaves, 300)
        self.assertLess(parts, 40)
        self.sound("G")

    def test_a_scope_that_is_none_is_refused_and_a_guest_lets_nobody_in(self):
        self.child("何丽", "2")
        self.do("G", "sync", "guest", "join", self.stick)
        for scope in ("class:2024级7班", "class:何丽", "site:nowhere", "何丽"):
            self.assertEqual(self.at("A", "sync", "guest", "invite", self.stick, scope).code, 1, scope)
        self.meet("class:三年级(2)班")
        for words in (("pair", "invite", self.stick), ("meet", self.stick), ("county",)):
            self.assertEqual(self.at("G", "sync", *words).code, 1, words)
        self.assertEqual(self.do("G", "sync", "guest", "list").rows, [])
        self.carry("A", "G")
        self.assertEqual([row["scope"] for row in self.do("G", "sync", "guest", "list").rows], ["class:三年级(2)班"])


if __name__ == "__main__":
    main()
