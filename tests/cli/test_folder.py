#!/usr/bin/env python3
"""A data folder that is not as this program left it: of another version, another program, with a damaged note."""
import hashlib
import os
import resource
import shutil
import sqlite3
import subprocess

from guanai import FORMS, ROSTERS, Answer, Case, main

TRIAL = {"en": "was written by a trial version of the program", "zh": "由试用版程序写的"}
NEWER = {"en": "was written by a newer version of the program", "zh": "更新版本的程序"}
OTHER = {"en": "is another program's file", "zh": "是别的程序的文件"}


class Folder(Case):
    def setUp(self):
        super().setUp()
        self.init()
        self.child = self.add("child", "name=张三", "grade=三年级")
        os.mkdir(self.path("stick"))

    def alter(self, *statements):
        """Changes the database as another program would, leaving one file."""
        db = sqlite3.connect(os.path.join(self.data, "guanai.db"), isolation_level=None)
        for statement in statements:
            db.execute(statement)
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        db.close()

    def alter_and_cut_the_power(self, *statements):
        """The same, but the -wal is left behind with all that was written."""
        db = sqlite3.connect(os.path.join(self.data, "guanai.db"), isolation_level=None)
        for statement in statements:
            db.execute(statement)
        shutil.copytree(self.data, self.path("cut"))
        db.close()
        shutil.rmtree(self.data)
        os.rename(self.path("cut"), self.data)
        os.unlink(os.path.join(self.data, "guanai.db-shm"))

    def print_of_folder(self):
        """Every file of the folder with its bytes; who opened it last is no part of the records."""
        prints = {}
        for name in sorted(os.listdir(self.data)):
            with open(os.path.join(self.data, name), "rb") as file:
                prints[name] = hashlib.sha256(file.read()).hexdigest()
        prints.pop("lock", None)
        return prints

    def every_way_in(self):
        roster = os.path.join(ROSTERS, "class-28-gb18030.csv")
        yield ()  # the screens; there is no terminal, yet the folder is looked at first
        yield "list", "child"
        yield "find", "张"
        yield "show", "child", "1"
        yield "history", "child", "1"
        yield "export", "child", "--out", self.path("out.csv")
        yield "add", "child", "name=李四"
        yield "edit", "child", "1", "village=上坝村"
        yield "import", "child", roster
        yield "import", "child", roster, "--dry-run"
        yield ("check",)
        yield "check", "--rebuild"
        yield "backup", self.path("stick")

    def assert_refused_everywhere(self, sentence):
        before = self.print_of_folder()
        for lang in ("en", "zh"):
            for words in self.every_way_in():
                answer = self.does(*words, code=4, lang=lang)
                self.assertIn(sentence[lang], answer.err, words)
                self.assertEqual(answer.out, "", words)
                self.assertEqual(self.print_of_folder(), before, words)
        self.assertEqual(os.listdir(self.path("stick")), [])
        self.assertFalse(os.path.exists(self.path("out.csv")))
        answer = self.does("init", "--school", "石桥小学", code=1)  # nor is it taken for an empty one
        self.assertIn("already", answer.err)
        self.assertEqual(self.print_of_folder(), before)

    def test_a_folder_of_a_trial_version_is_refused_everywhere(self):
        for version in (1, -1):
            self.alter(f"PRAGMA user_version = {version}")
            self.assert_refused_everywhere(TRIAL)

    def test_a_trial_folder_with_other_tables_is_refused_everywhere(self):
        self.alter("DROP TABLE _roster", "ALTER TABLE form DROP COLUMN title_en", "DROP TABLE setting", "DELETE FROM site",
                   "DROP VIEW txn", "PRAGMA user_version = 1")
        self.assert_refused_everywhere(TRIAL)

    def test_a_folder_of_a_newer_version_is_refused_everywhere(self):
        for version in (1000, 2**31 - 1):
            self.alter(f"PRAGMA user_version = {version}")
            self.assert_refused_everywhere(NEWER)

    def test_a_newer_folder_with_other_tables_is_refused_everywhere(self):
        self.alter("DROP VIEW txn", "CREATE TABLE txn(later)", "DROP TABLE site", "PRAGMA user_version = 1000")
        self.assert_refused_everywhere(NEWER)

    def test_what_a_power_cut_left_of_another_version_stays(self):
        self.alter_and_cut_the_power("PRAGMA user_version = 1", "UPDATE child SET name = '李四'")
        self.assertIn("guanai.db-wal", self.print_of_folder())
        self.assert_refused_everywhere(TRIAL)

    def test_a_backup_of_another_version_stays(self):
        self.alter("PRAGMA journal_mode = DELETE", "PRAGMA user_version = 1000")
        self.assert_refused_everywhere(NEWER)

    def test_another_programs_database_is_refused_everywhere(self):
        self.alter("PRAGMA application_id = 1")
        self.assert_refused_everywhere(OTHER)

    def test_a_damaged_note_of_the_last_save_is_said_until_it_is_written_anew(self):
        head = os.path.join(self.data, "head")
        for damage in (b"x", b"\0" * 140, b"x" * 5000):
            with open(head, "wb") as file:
                file.write(damage)
            self.assertIn("look whether what was entered last is there", self.does("list", "child").err)
            self.assertIn("最后录入的内容还在不在", self.does("check", lang="zh", code=1).err)
            answer = self.does("edit", "child", self.child, f"village=第{len(damage)}村")
            self.assertIn("look whether", answer.err)
            self.assertEqual(self.does("check").err, "")

    def on_a_full_disk(self, *words, **options):
        """No file takes a byte."""
        def full_disk():
            resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))

        done = subprocess.run(self.command(*words, **options), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, env=self.env(), timeout=120, check=False, preexec_fn=full_disk)
        return Answer(done)

    def test_on_a_full_disk_everything_can_be_read(self):
        self.add("status_change", "child=" + self.child, "kind=transfer", "from_on=2026-12-01")
        before = self.print_of_folder()
        ways = (("list", "child"), ("figures",), ("find", "张三"), ("show", "child", "1"), ("history", "child", "1"),
                ("list", "child", "--class", "三年级"), ("notes",), ("doubles",), ("import", "--list"))
        for day, count in (("2026-11-30", 2), ("2027-01-10", 9)):  # the day turns; a change of status begins
            for words in ways[:count]:
                answer = self.on_a_full_disk(*words, today=day)
                self.assertEqual(answer.code, 0, (day, words, answer.err))
                self.assertEqual("who is here is shown as of the last day" in answer.err, day > "2026-12", (day, words, answer.err))
            answer = self.on_a_full_disk("edit", "child", "1", "village=上坝村", today=day)
            self.assertEqual(answer.code, 4, answer.err)
        self.assertEqual(self.on_a_full_disk("list", "child").rows[0]["village"], "")
        self.assertEqual(self.print_of_folder(), before)
        self.does("list", "child", today="2027-01-10")
        self.does("check", "--rebuild", today="2027-01-10")

    def test_on_a_full_disk_it_is_said_what_is_owed_and_what_stands(self):
        for name in ("李四", "王五"):
            self.add("child", "name=" + name, "grade=三年级", "marked_left_behind=1", "guardian_kind=none")
        ways = (("due",), ("checklist", "--class", "三年级", "--month", "2026-12"), ("alarms",), ("priorities", "--month", "2026-12"))
        for is_asked_before in (False, True):  # are there tables that go on from yesterday's?
            before = self.print_of_folder()
            full = {words: self.on_a_full_disk(*words, today="2026-12-02") for words in ways}
            self.assertEqual(self.print_of_folder(), before)
            shutil.copytree(self.data, self.path("kept"))
            for words, answer in full.items():
                self.assertEqual(answer.code, 0, (is_asked_before, words, answer.err))
                self.assertEqual(answer.out, self.does(*words, today="2026-12-02").out, words)
            self.assertGreater(len(full[("due",)].rows), 3)
            shutil.rmtree(self.data)
            os.rename(self.path("kept"), self.data)
            for words in ways:
                self.does(*words, today="2026-12-01")
            self.add("talk", "child=" + self.child, "talked_on=2026-12-01", "topics=study", "mood=3", today="2026-12-01")

    def test_changed_forms_on_a_full_disk_leave_the_earlier_ones_in_force(self):
        forms = self.path("forms")
        shutil.copytree(FORMS, forms)
        with open(os.path.join(forms, "talk.yaml"), "a", encoding="utf-8") as form:
            form.write("# another edition\n")
        answer = self.on_a_full_disk("find", "张三", forms=forms)
        self.assertEqual((answer.code, len(answer.rows)), (0, 1), answer.err)
        self.assertIn("the earlier ones stay in force", answer.err)

    def test_an_old_copy_put_back_is_refused_with_the_way_out(self):
        with open(os.path.join(self.data, "guanai.db"), "rb") as file:
            old = file.read()
        self.does("edit", "child", self.child, "village=上坝村")
        with open(os.path.join(self.data, "guanai.db"), "wb") as file:
            file.write(old)
        answer = self.does("list", "child", code=4)
        self.assertIn("is older than what was written here last", answer.err)
        self.assertIn(os.path.join(self.data, "head"), answer.err)
        os.unlink(os.path.join(self.data, "head"))
        self.assertEqual(self.does("list", "child").rows[0]["village"], "")


if __name__ == "__main__":
    main()
