#!/usr/bin/env python3
"""A county that gets no names counts as its school does, shows children by number, and holds nothing that names anybody."""
import contextlib
import os
import re
import shutil
import sqlite3

from guanai import Case, main

TITLE = "石桥镇中心小学"
NAMING = ("name", "id_number", "father_name", "mother_name", "guardian_name", "father_phone", "mother_phone", "guardian_phone",
          "address", "note", "student_number", "contact_via", "nickname", "former_name")


class Nameless(Case):
    def setUp(self):
        super().setUp()
        self.stick = self.path("stick")
        os.mkdir(self.stick)
        self.does("init", "--school", "云山县教育局", data=self.path("county"))
        self.do("county", "sync", "county")

    def at(self, name, *words, **options):
        return self.run_it(*words, data=self.path(name), **options)

    def do(self, name, *words, **options):
        return self.does(*words, data=self.path(name), **options)

    def meet(self, name="A", *how):
        self.do(name, "sync", "meet", self.stick, *how)
        digits = self.do("county", "sync", "meet", self.stick).out.strip().split("\t")[1]
        self.do("county", "sync", "meet", self.stick, digits)
        self.assertEqual(self.do(name, "sync", "meet", self.stick, *how).out.strip().split("\t")[1], digits)
        self.do(name, "sync", "meet", self.stick, *how, digits)

    def carry(self, *names):
        taken = []
        for name in names:
            answer = self.at(name, "sync", "import", self.stick)
            self.assertIn(answer.code, (0, 1), answer.err)  # beside what is meant for it others may lie
            taken = answer.rows
            self.do(name, "sync", "export", self.stick)
        return taken

    def held(self, name):
        """All that the folder holds, byte by byte, and of the database every value as SQLite gives it out."""
        out = b""
        for root, _, files in os.walk(self.path(name)):
            for file in files:
                with open(os.path.join(root, file), "rb") as opened:
                    out += opened.read()
                if file.endswith(".db"):
                    with contextlib.closing(sqlite3.connect(os.path.join(root, file))) as db:
                        out += "\n".join(db.iterdump()).encode()
        return out

    def assert_lacks(self, texts):
        held = self.held("county")
        for text in texts:
            self.assertFalse(text.encode() in held, text)

    def secrets(self, name):
        """What names anybody in the files of the school, as its own tables have it."""
        with contextlib.closing(sqlite3.connect(os.path.join(self.path(name), "guanai.db"))) as db:
            found = {value for column in NAMING for (value,) in db.execute(f'SELECT "{column}" FROM child') if value}
        return {text for text in found if len(text) > 1}

    def demo_school(self):
        self.does("init", "--school", TITLE, "--demo", "60", data=self.path("A"))
        for i in range(3):
            self.do("A", "backup")

    def test_the_county_holds_no_name_no_number_no_phone_of_the_school(self):
        self.demo_school()
        before = self.held("county")  # a hint of a form has a name as an example
        self.meet("A", "without-names")
        self.carry("A", "county")
        self.do("county", "backup")
        held, secrets = self.held("county"), {text for text in self.secrets("A") if text.encode() not in before}
        self.assertGreater(len(secrets), 150)
        self.assertEqual([text for text in sorted(secrets) if text.encode() in held], [])
        self.assertIn("№".encode(), held)
        for name in ("A", "county"):
            self.do(name, "check", "--rebuild")

    def test_its_figures_are_the_schools_own(self):
        self.demo_school()
        self.meet("A", "without-names")
        self.carry("A", "county")
        self.assertEqual(self.do("county", "figures", "--school", TITLE).rows, self.do("A", "figures").rows)
        with contextlib.ExitStack() as stack:
            school, county = (stack.enter_context(contextlib.closing(sqlite3.connect(os.path.join(self.path(name), "guanai.db"))))
                              for name in ("A", "county"))
            forms = [form for (form,) in school.execute("SELECT DISTINCT form FROM record WHERE form NOT IN ('', 'definition_file')")]
            for form in forms:
                counts = [db.execute(f'SELECT count(*) FROM "{form}"').fetchone() for db in (school, county)]
                self.assertEqual(*counts, form)
            for columns in ("grade, class", "sex", "absence_kind, marked_left_behind", "father_state, mother_state", "guardian_kind",
                            "village", "key_child", "birth_date"):
                grouped = [db.execute(f"SELECT {columns}, count(*) FROM child GROUP BY {columns} ORDER BY {columns}").fetchall()
                           for db in (school, county)]
                self.assertEqual(*grouped, columns)

    def test_its_lists_of_what_is_owed_are_the_schools_own(self):
        self.demo_school()
        self.meet("A", "without-names")
        self.carry("A", "county")
        for words in (("due", "--state", "all"), ("alarms", "--limit", "999"), ("priorities", "--month", "2026-11", "--all")):
            lists = [sorted([row[key] for key in row if key not in ("child", "class", "name", "why", "village")]
                            for row in self.do(name, *words).rows) for name in ("A", "county")]
            self.assertGreater(len(lists[0]), 10)
            self.assertEqual(*lists, words)

    def test_children_are_called_by_their_card_numbers(self):
        self.does("init", "--school", TITLE, data=self.path("A"))
        child = self.do("A", "add", "child", "name=司徒秋月", "village=红岩村", "grade=g3", "class=2", "father_phone=13812345678").rows[0]["id"]
        self.do("A", "add", "talk", "child=" + child, "talked_on=2026-11-20", "topics=family", "mood=2", "content=想妈妈")
        self.meet("A", "without-names")
        self.carry("A", "county")
        number = self.do("A", "list", "child").rows[0]["card_no"]
        self.assertEqual([row["name"] for row in self.do("county", "list", "child").rows], ["№" + number])
        self.assertEqual([row["name"] for row in self.do("county", "find", number).rows], ["№" + number])
        self.assertEqual(self.do("county", "find", "stqy").rows, [])
        for words in (("show", "child", child), ("history", "child", child), ("list", "talk"), ("export", "child", "--out", self.path("out.csv"))):
            said = self.do("county", *words)
            for text in ("司徒秋月", "13812345678", "想妈妈"):
                self.assertNotIn(text, said.out + said.err, words)
        with open(self.path("out.csv"), encoding="utf-8-sig") as file:
            self.assertIn("№" + number, file.read())
        fields = {row["field"]: row["new"] for row in self.do("county", "history", "child", child).rows}
        self.assertIn("withheld", fields.values())

    def test_what_changes_follows_and_the_receipt_comes_back(self):
        self.does("init", "--school", TITLE, data=self.path("A"))
        child = self.do("A", "add", "child", "name=司徒秋月", "village=红岩村", "grade=g3", "class=2").rows[0]["id"]
        self.meet("A", "without-names")
        self.carry("A", "county", "A")
        self.do("A", "edit", "child", child, "village=大湾村", "name=司徒小月")
        taken = self.carry("A", "county")
        self.assertEqual([row["what"] for row in taken], ["taken"])
        shown = self.do("county", "list", "child").rows[0]
        self.assertEqual(shown["village"], "大湾村")
        self.assertTrue(shown["name"].startswith("№"))
        self.carry("A")
        self.assertEqual({row["to_send"] for row in self.do("A", "sync", "status").rows}, {"0"})
        self.assertEqual([row["scope"] for row in self.do("A", "sync", "status").rows if row["here"] == "0"], ["without-names"])
        self.assertEqual(self.do("county", "sync", "conflicts").rows, [])
        self.assert_lacks(("司徒小月", "司徒秋月"))

    def test_a_school_with_names_beside_one_without(self):
        for name, title in (("A", TITLE), ("B", "青山乡中心小学")):
            self.does("init", "--school", title, data=self.path(name))
            self.do(name, "add", "child", "name=孩子" + name, "birth_date=2017-05-06", "village=红岩村", "grade=g3", "class=2")
            self.meet(name, *(("without-names",) if name == "A" else ()))
            self.do(name, "sync", "export", self.stick)
        self.carry("county")
        self.assertEqual(sorted(row["name"] for row in self.do("county", "list", "child").rows), ["№1", "孩子B"])
        self.assertEqual(self.do("county", "doubles").rows, [])
        self.do("county", "check", "--rebuild")

    def test_children_without_names_are_no_doubles_of_each_other(self):
        for name, title in (("A", TITLE), ("B", "青山乡中心小学")):
            self.does("init", "--school", title, data=self.path(name))
            self.do(name, "add", "child", "name=孩子" + name, "birth_date=2017-05-06", "sex=female", "village=红岩村", "grade=g3", "class=2")
            self.meet(name, "without-names")
            self.do(name, "sync", "export", self.stick)
        self.carry("county")
        self.assertEqual([row["name"] for row in self.do("county", "list", "child").rows], ["№1", "№1"])
        self.assertEqual(self.do("county", "doubles").rows, [])

    def test_the_county_cannot_give_back_what_it_was_never_given(self):
        self.does("init", "--school", TITLE, data=self.path("A"))
        self.do("A", "add", "child", "name=司徒秋月", "village=红岩村")
        self.meet("A", "without-names")
        self.carry("A", "county")
        answer = self.at("county", "sync", "export", self.stick, "complete", TITLE)
        self.assertEqual(answer.code, 1)
        self.assertIn("no names", answer.err)

    def test_the_other_computers_of_the_school_write_without_names_too(self):
        self.does("init", "--school", TITLE, data=self.path("A"))
        self.do("A", "add", "child", "name=司徒秋月", "village=红岩村")
        self.meet("A", "without-names")
        self.carry("A", "county", "A")
        self.does("init", "--school", "石桥教学点", data=self.path("B"))
        self.do("A", "sync", "pair", "invite", self.stick)
        digits = self.do("B", "sync", "pair", "join", self.stick, "石桥教学点").out.strip()
        self.do("A", "sync", "pair", "answer", self.stick, digits)
        self.do("B", "sync", "pair", "finish", self.stick, digits)
        self.carry("A")
        self.assertIn(self.at("B", "sync", "import", self.stick).code, (0, 1))  # the county's receipt for A lies there as well
        self.do("B", "add", "child", "name=彭英俊", "village=大湾村", "father_phone=13987654321")
        self.do("B", "sync", "export", self.stick)
        self.carry("A", "county")
        self.assertEqual({row["village"] for row in self.do("county", "list", "child").rows}, {"红岩村", "大湾村"})
        self.assert_lacks(("司徒秋月", "彭英俊", "13987654321"))

    def test_a_county_whose_bundles_were_ended_gets_nothing_more(self):
        self.does("init", "--school", TITLE, data=self.path("A"))
        self.do("A", "add", "child", "name=司徒秋月", "village=红岩村")
        self.meet("A", "without-names")
        self.carry("A", "county")
        self.assert_lacks(("司徒秋月",))
        self.do("A", "sync", "guest", "end", "云山县教育局")
        self.do("A", "edit", "child", self.do("A", "list", "child").rows[0]["id"], "village=大湾村")
        self.do("A", "sync", "export", self.stick)
        self.do("county", "sync", "import", self.stick)
        self.assertEqual(self.do("county", "list", "child").rows[0]["village"], "红岩村")

    def tables(self, name):
        """What the tables hold of the school's records, names and all."""
        with contextlib.closing(sqlite3.connect(os.path.join(self.path(name), "guanai.db"))) as db:
            forms = [form for (form,) in db.execute("SELECT DISTINCT form FROM record WHERE form NOT IN ('', 'definition_file', 'guest')")]
            columns = {form: [row[1] for row in db.execute(f'PRAGMA table_info("{form}")') if row[2] == "TEXT" and row[1] != "site"] for form in forms}
            return {form: sorted(db.execute('SELECT {} FROM "{}"'.format(", ".join(f'"{c}"' for c in columns[form]), form)).fetchall(), key=str)
                    for form in forms}

    def assert_has_names(self, *names):
        """As at the school, in tables that were brought up and in those that are made anew; nothing is told as lacking any more."""
        for name in names:
            self.assertEqual(self.tables(name), self.tables("A"))
            self.do(name, "check", "--rebuild")
            self.assertEqual(self.tables(name), self.tables("A"))
            self.assertEqual(self.do(name, "sync", "conflicts").rows, [])

    def test_a_county_that_is_given_the_names_later_has_them_of_all_it_has(self):
        self.demo_school()
        self.meet("A", "without-names")
        self.carry("A", "county", "A")
        figures = self.do("county", "figures").rows
        child = self.do("A", "list", "child").rows[0]["id"]
        self.meet("A")
        self.do("A", "edit", "child", child, "village=大湾村")
        self.carry("A", "county", "A")
        self.assertEqual(self.do("county", "figures").rows, figures)
        self.assert_has_names("county")
        name = self.do("A", "list", "child").rows[0]["name"]
        self.assertIn(name, [row["name"] for row in self.do("county", "find", name).rows])
        status = {row["label"]: row for row in self.do("A", "sync", "status").rows}["云山县教育局"]
        self.assertEqual((status["to_send"], status["scope"]), ("0", ""))
        self.do("county", "sync", "export", self.stick, "complete", TITLE)  # it can bring the school back by now

    def test_a_receipt_of_the_days_without_names_keeps_no_name_back(self):
        self.does("init", "--school", TITLE, data=self.path("A"))
        child = self.do("A", "add", "child", "name=司徒秋月", "village=红岩村", "father_phone=13812345678").rows[0]["id"]
        self.meet("A", "without-names")
        self.carry("A", "county")
        old = self.path("old")
        shutil.copytree(self.stick, old)
        self.meet("A")
        self.at("A", "sync", "import", old)  # it says that all is there
        for _ in range(2):
            self.do("A", "sync", "export", self.stick)
            self.at("county", "sync", "import", self.stick)
            self.do("county", "sync", "export", self.stick)
            self.at("A", "sync", "import", self.stick)
        self.assertIn("13812345678", self.do("county", "show", "child", child).out)
        self.assert_has_names("county")

    def test_a_county_that_ceases_to_get_names_keeps_those_it_has(self):
        self.does("init", "--school", TITLE, data=self.path("A"))
        self.do("A", "add", "child", "name=司徒秋月", "village=红岩村")
        self.meet("A")
        self.carry("A", "county", "A")
        self.do("A", "sync", "meet", self.stick, "without-names")
        digits = self.do("county", "sync", "meet", self.stick).out.strip().split("\t")[1]
        self.do("county", "sync", "meet", self.stick, digits)
        said = self.do("A", "sync", "meet", self.stick, "without-names", digits).err
        self.assertIn("keeps what it has", said)
        self.do("A", "add", "child", "name=彭英俊", "village=大湾村")
        self.carry("A", "county", "A")
        self.assertEqual(sorted(row["name"] for row in self.do("county", "list", "child").rows), ["№2", "司徒秋月"])
        self.assert_lacks(("彭英俊",))
        self.meet("A")  # and given them once more
        self.carry("A", "county", "A", "county")
        self.assertEqual(sorted(row["name"] for row in self.do("county", "list", "child").rows), ["司徒秋月", "彭英俊"])
        self.assert_has_names("county")

    def second_computer(self):
        self.does("init", "--school", "云山县教育局", data=self.path("second"))
        self.do("county", "sync", "pair", "invite", self.stick)
        digits = self.do("second", "sync", "pair", "join", self.stick, "二号机").out.strip()
        self.do("county", "sync", "pair", "answer", self.stick, digits)
        self.do("second", "sync", "pair", "finish", self.stick, digits)
        self.clear()

    def clear(self):
        shutil.rmtree(os.path.join(self.stick, "guanai"), True)

    def within_the_county(self, *names):
        self.do("county", "sync", "export", self.stick)
        self.carry(*names)

    def test_the_second_computer_of_a_county_has_the_same_without_names(self):
        self.demo_school()
        self.meet("A", "without-names")
        self.carry("A", "county")
        self.second_computer()
        self.do("county", "sync", "export", self.stick)
        self.do("second", "sync", "import", self.stick)
        self.assertEqual(len(self.do("second", "list", "child").rows), 60)
        for words in (("list", "child"), ("figures", "--by", "school"), ("due", "--state", "all")):
            self.assertEqual(self.do("second", *words).rows, self.do("county", *words).rows, words)
        self.do("second", "check", "--rebuild")
        secrets = {text for text in self.secrets("A")}
        self.assertEqual([text for text in sorted(secrets) if len(text) > 8 and text.encode() in self.held("second")], [])
        answer = self.at("second", "sync", "export", self.stick, "complete", TITLE)
        self.assertEqual(answer.code, 1)

    def test_what_the_second_computer_hears_without_names_it_passes_on(self):
        self.does("init", "--school", TITLE, data=self.path("A"))
        self.do("A", "add", "child", "name=司徒秋月", "village=红岩村")
        self.meet("A", "without-names")
        self.carry("A", "county")
        self.second_computer()
        self.within_the_county("second", "county")
        self.clear()
        self.do("A", "add", "child", "name=彭英俊", "village=大湾村")
        self.do("A", "sync", "export", self.stick)
        self.do("second", "sync", "import", self.stick)  # the school's stick goes to the one that did not meet it
        self.do("second", "sync", "export", self.stick)
        self.assertEqual({row["village"] for row in self.do("second", "list", "child").rows}, {"红岩村", "大湾村"})
        self.at("A", "sync", "import", self.stick)
        self.assertEqual({row["label"]: row["heard"] for row in self.do("A", "sync", "status").rows}["二号机"], "2026-11-23")
        self.clear()
        self.do("second", "sync", "export", self.stick)
        self.do("county", "sync", "import", self.stick)
        self.assertEqual(self.tables("county"), self.tables("second"))
        self.assert_lacks(("司徒秋月", "彭英俊"))
        for name in ("county", "second"):
            self.do(name, "check", "--rebuild")
            self.assertEqual([row["gaps"] for row in self.do(name, "sync", "status").rows], ["0"] * 3)

    def test_names_that_come_later_come_to_both_computers_of_the_county(self):
        self.demo_school()
        self.meet("A", "without-names")
        self.carry("A", "county", "A")
        self.second_computer()
        self.within_the_county("second", "county")
        self.clear()
        self.meet("A")
        self.carry("A", "county", "A")
        self.clear()
        self.within_the_county("second", "county", "second", "county")
        self.assert_has_names("county", "second")
        self.assertEqual({row["to_send"] for row in self.do("county", "sync", "status").rows if row["label"] == "二号机"}, {"0"})

    def test_what_the_invitation_was_left_for_counts_when_it_is_confirmed(self):
        self.does("init", "--school", TITLE, data=self.path("A"))
        self.do("A", "add", "child", "name=司徒秋月", "village=红岩村")
        self.do("A", "sync", "meet", self.stick, "without-names")
        digits = self.do("county", "sync", "meet", self.stick).out.strip().split("\t")[1]
        self.do("county", "sync", "meet", self.stick, digits)
        self.do("A", "sync", "meet", self.stick, digits)  # the word was forgotten
        self.carry("A", "county")
        self.assertEqual([row["name"] for row in self.do("county", "list", "child").rows], ["№1"])
        self.assert_lacks(("司徒秋月",))

    def test_a_salvaged_county_stays_one_without_names(self):
        self.demo_school()
        self.meet("A", "without-names")
        self.carry("A", "county", "A")
        said = [self.do("county", *words).rows for words in (("list", "child"), ("figures", "--by", "school"))]
        self.at("county", "check", "--salvage")
        made = [folder for folder in os.listdir(self.folder) if folder.startswith("county.salvaged-")]
        os.rename(self.path("county"), self.path("damaged"))
        os.rename(self.path(made[0]), self.path("county"))
        self.assertEqual([self.do("county", *words).rows for words in (("list", "child"), ("figures", "--by", "school"))], said)
        self.do("A", "add", "child", "name=司徒秋月", "village=红岩村")
        self.carry("A", "county", "A")
        self.assertEqual(len(self.do("county", "list", "child").rows), len(said[0]) + 1)
        self.assertEqual({row["to_send"] for row in self.do("A", "sync", "status").rows}, {"0"})
        self.assert_lacks(("司徒秋月",))
        self.assertEqual(self.at("county", "sync", "export", self.stick, "complete", TITLE).code, 1)  # it still knows that it has no names
        self.do("county", "check", "--rebuild")

    def test_only_the_school_says_that_there_are_no_names(self):
        self.assertEqual(self.at("county", "sync", "meet", self.stick, "without-names").code, 1)
        self.does("init", "--school", TITLE, data=self.path("A"))
        self.assertEqual(self.at("A", "sync", "meet", self.stick, "without-names", "1", "2").code, 2)


if __name__ == "__main__":
    main()
