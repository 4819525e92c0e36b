#!/usr/bin/env python3
"""init, help, usage, forms check, check, backup, demo; hostile words; two programs on one folder."""
import os
import signal
import sqlite3
import subprocess
import time

from guanai import FORMS, ROOT, Case, main

COMMANDS = ["init", "demo", "find", "list", "show", "add", "edit", "history", "import", "export", "forms check",
            "check", "backup", "restore", "help", "version"]


class Program(Case):
    def test_help_names_every_command_in_both_languages(self):
        for lang in ("en", "zh"):
            out = self.does("help", lang=lang).out
            for command in COMMANDS:
                self.assertIn("guanai " + command, out)
        self.assertIn("find", self.does("help", "find").out)
        self.does("help", "nosuch", code=2)

    def test_the_manual_page_names_every_command(self):
        with open(os.path.join(ROOT, "src", "man", "guanai.1"), encoding="utf-8") as file:
            page = file.read()
        for command in COMMANDS:
            self.assertRegex(page, rf'(?m)^\.(BI|BR) .*\b{command}\b')

    def test_wrong_usage_is_2_and_says_what_was_meant(self):
        self.assertIn("did you mean 'find'", self.does("fnd", code=2).err)
        self.assertIn("did you mean '--where'", self.does("list", "child", "--were", "1", code=2).err)
        self.does("find", code=2)
        self.does("show", "child", code=2)
        self.does("list", "child", "--format", "xml", code=2)
        self.does("check", "--rebuild=1", code=2)
        self.does("list", "child", "--where", code=2)
        self.does("list", today="2026-13-01", code=2)
        self.does("list", user="", code=2)

    def test_help_can_be_asked_of_the_command_itself(self):
        for words in (("list", "--help"), ("list", "-h"), ("help", "list"), ("list", "child", "--nosuch", "--help")):
            self.assertIn("guanai list FORM", self.does(*words).out)
        for name in ("list", "on", "off", "check", "accept", "share"):
            self.assertIn("guanai forms " + name, self.does("help", "forms").out)
        self.assertIn("forms check", self.does("help", "forms", "check").out)
        self.assertIn("guanai init", self.does("--help").out)
        self.assertIn("did you mean 'find'", self.does("help", "fnd", code=2).err)
        self.does("help", "list", "child", code=2)
        self.assertIn("did you mean 'forms list'", self.does("forms", code=2).err)

    def test_options_in_the_wrong_place_or_twice_are_said(self):
        self.assertIn("before the command: guanai --data … list",
                      self.does("list", "child", "--data", "x", code=2).err)
        self.assertIn("before the command", self.does("list", "child", "--lang=zh", code=2).err)
        self.assertIn("twice", self.does("list", "child", "--where", "1", "--where=0", code=2).err)
        self.assertIn("twice", self.does("check", "--rebuild", "--rebuild", code=2).err)
        done = subprocess.run([self.command()[0], "--bogus", "--lang", "en"], stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, env=self.env(), check=False)
        self.assertIn(b"there is no option '--bogus'", done.stderr)

    def test_words_after_two_dashes_are_no_options(self):
        self.init()
        self.assertEqual(self.does("find", "--", "--where").rows, [])
        self.assertEqual(self.does("--", "list", "child").rows, [])
        self.does("list", "--", "child", "--where", code=2)

    def test_a_field_that_is_not_there_is_said_with_the_nearest(self):
        self.init()
        self.add("child", "name=张三")
        self.assertIn("did you mean 'village'", self.does("history", "child", "1", "--field", "vilage", code=2).err)
        self.assertIn("did you mean 'village'", self.does("export", "child", "--out", self.path("a.csv"), "--columns",
                                                          "vilage", code=2).err)
        self.does("history", "child", "1", "--field", "village")  # known, but nothing was said about it

    def test_a_missing_settings_file_is_not_taken_for_missing_data(self):
        self.init()
        answer = self.does("list", "child", config=self.path("none.yaml"), code=4)
        self.assertIn("none.yaml", answer.err)
        self.assertNotIn("guanai init", answer.err)

    def test_without_a_data_folder_it_says_how_to_make_one(self):
        answer = self.does("list", "child", code=4)
        self.assertIn("guanai init", answer.err)
        self.assertFalse(os.path.exists(self.data))

    def test_init_makes_a_private_folder_once(self):
        self.init()
        self.assertEqual(os.stat(self.data).st_mode & 0o777, 0o700)
        self.assertIn("already", self.does("init", "--school", "x", code=1).err)
        self.does("init", code=2)

    def test_init_keeps_odd_school_names(self):
        self.does("init", "--school", '"石桥\\n小学": {a} #1')
        self.does("list", "child")
        self.does("init", "--school", "x\ty", data=self.path("b"), code=2)

    def test_forms_check_gives_places_and_exit_codes(self):
        answer = self.does("forms", "check", FORMS)
        self.assertNotIn("warning", answer.err)
        os.mkdir(self.path("f"))
        broken = self.write("f/visit.yaml", "form: visit\nversion: 1\ntitle: {zh: 访, en: Visit}\nprotect: ordinary\n"
                            "fields:\n  - {name: a, type: text, lable: {zh: 甲, en: A}}\n")
        answer = self.does("forms", "check", self.path("f"), code=1)
        self.assertIn(broken + ":6:", answer.err)
        self.assertIn("label", answer.err)
        self.does("forms", "check", broken, code=1)
        self.does("forms", "check", self.path("nosuch"), code=4)

    def test_forms_check_of_one_file_knows_its_neighbours(self):
        answer = self.does("forms", "check", os.path.join(FORMS, "child.yaml"))
        self.assertNotIn("home_visit", answer.err)
        self.does("forms", "check", os.path.join(FORMS, "lists", "sex.yaml"))

    def test_check_and_rebuild_find_nothing_wrong(self):
        self.init()
        self.does("add", "child", "name=张三")
        row = self.does("check", "--rebuild").rows[0]
        self.assertEqual((row["transactions"], row["records"], row["forks"]), ("1", "1", "0"))

    def test_check_finds_a_byte_that_was_changed(self):
        self.init()
        self.does("add", "child", "name=张三")
        db = sqlite3.connect(os.path.join(self.data, "guanai.db"))
        salt = db.execute("SELECT salt FROM tail").fetchone()[0]
        db.execute("UPDATE tail SET salt = ?", (bytes([salt[0] ^ 1]) + salt[1:],))
        db.commit()
        db.close()
        self.assertEqual(self.run_it("check").code, 1)

    def test_backup_is_one_file_that_opens(self):
        self.init()
        self.does("add", "child", "name=张三")
        os.mkdir(self.path("stick"))
        row = self.does("backup", self.path("stick")).rows[0]
        self.assertEqual(row["records"], "1")
        self.assertEqual(sorted(os.path.splitext(name)[1] for name in os.listdir(self.path("stick"))),
                         [".db", ".yaml"])
        db = sqlite3.connect(row["file"])
        self.assertEqual(db.execute("PRAGMA journal_mode").fetchone()[0], "delete")
        self.assertEqual(db.execute("SELECT name FROM child").fetchall(), [("张三",)])
        db.close()
        self.does("backup", self.path("nosuch"), code=4)
        self.assertEqual(len(os.listdir(self.path("stick"))), 2)

    def test_demo_leaves_nothing_behind(self):
        self.assertIn("terminal", self.does("demo", "20", code=2).err)
        self.assertEqual([name for name in os.listdir(self.folder) if name.startswith("guanai-demo")], [])
        self.does("demo", "0", code=2)

    def test_init_with_a_demo_has_children_and_unfinished_forms(self):
        self.does("init", "--school", "柳湾", "--demo", "40")
        self.assertEqual(len(self.does("list", "child").rows), 40)
        self.assertGreater(len(self.does("list", "home_visit").rows), 0)
        self.does("check", "--rebuild")

    def test_a_password_file_is_said_not_to_be_read(self):
        self.init()
        answer = self.run_it("list", "child", **{"password-file": self.path("none")})
        self.assertEqual(answer.code, 0)
        self.assertIn("no passwords yet", answer.err)
        self.assertIn("没有密码", self.run_it("list", "child", lang="zh", **{"password-file": self.path("x")}).err)

    def test_hostile_words_do_no_harm(self):
        self.init()
        self.does("add", "child", "name=" + "长" * 85, code=1)
        self.does("add", "child", "name=\x1b[31m红\x07", code=1)
        self.does("add", "child", "x" * 200 + "=1", code=2)
        self.does("add", "child", "=1", code=2)
        self.does("add", "child", "name", code=2)
        self.does("add", "child", "name=张三", "note=" + "x" * 100000, code=1)
        self.does("show", "child", "' OR 1=1 --", code=1)
        self.does("list", "child; DROP TABLE child", code=2)
        self.does("find", "%" * 255)
        self.does("find", "'\"\\;--\x01")
        self.does("find", b"\xff\xfe".decode("utf-8", "surrogateescape"))
        self.does("add", "child", b"name=\xff".decode("utf-8", "surrogateescape"), code=1)
        self.assertEqual(self.does("list", "child").rows, [])
        self.does("check", "--rebuild")

    def test_values_cannot_break_the_table(self):
        self.init()
        self.does("add", "child", "name=张三", "note=a\tb\nc\x1b[2Jd")
        answer = self.does("list", "child")
        self.assertEqual(len(answer.rows), 1)
        self.assertNotIn("\x1b", answer.out)

    def test_output_that_cannot_be_written_is_no_success(self):
        self.init()
        with open("/dev/full", "w", encoding="utf-8") as full:
            done = subprocess.run(self.command("help"), stdout=full, stderr=subprocess.PIPE, env=self.env(), check=False)
        self.assertEqual(done.returncode, 4)

    def test_a_pipe_that_is_closed_early_ends_it_quietly(self):
        self.does("init", "--school", "柳湾", "--demo", "60")
        run = subprocess.Popen(self.command("list", "child"), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                               env=self.env())
        run.stdout.close()
        self.assertEqual(run.stderr.read(), b"")
        run.stderr.close()
        self.assertEqual(run.wait(), -signal.SIGPIPE)
        self.does("check")

    def test_closed_standard_files_are_not_mistaken_for_its_own(self):
        self.does("init", "--school", "柳湾", "--demo", "60")
        for closed in ("<&-", ">&-", "2>&-", "<&- >&- 2>&-"):
            line = " ".join(f"'{word}'" for word in self.command("list", "child"))
            code = subprocess.run(["sh", "-c", f"{line} {closed}"], env=self.env(), stdout=subprocess.PIPE,
                                  stderr=subprocess.PIPE, check=False).returncode
            self.assertEqual(code, 4 if ">&- " in closed + " " and not closed.startswith("2") else 0, closed)
        with open(os.path.join(self.data, "lock"), encoding="utf-8") as lock:
            self.assertLess(len(lock.read()), 300)
        self.does("check", "--rebuild")

    def test_a_second_program_is_told_who_has_the_data(self):
        self.init()
        roster = self.write("many.csv", "姓名,村\n" + "".join(f"孩子{i},上坝村\n" for i in range(8000)))
        holder, code = None, None
        try:
            deadline = time.monotonic() + 60
            while time.monotonic() < deadline and code != 4:
                if holder is None or holder.poll() is not None:  # it may have been the second one itself
                    holder = subprocess.Popen(self.command("import", "child", roster), env=self.env(),
                                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                answer = self.run_it("list", "child", "--where", "0")
                code = answer.code
        finally:
            holder.send_signal(signal.SIGKILL)
            holder.wait()
        self.assertEqual(code, 4)
        self.assertRegex(answer.err, r"\d\d:\d\d")
        self.does("list", "child")  # the lock ends with its holder


if __name__ == "__main__":
    main()
