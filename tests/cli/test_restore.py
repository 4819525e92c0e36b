#!/usr/bin/env python3
"""A backup becomes the archive again, whole; what was there before is kept; what is no backup changes nothing."""
import json
import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import time

from guanai import Case, main


class Restore(Case):
    def setUp(self):
        super().setUp()
        self.init()
        self.child = self.add("child", "name=张三", "village=上坝村", "father_phone=?refused")
        self.add("home_visit", "child=1", "visited_on=2026-11-20", "outcome=met", "met=grandmother_f",
                 "child_present=1", "concerns=alone", "follow_up_on=2026-12-01")
        self.does("edit", "child", "1", "village=下坝村")
        os.mkdir(self.path("stick"))
        self.backup = self.does("backup", self.path("stick")).rows[0]["file"]

    def state(self, **options):
        """All that people see, histories included."""
        forms = {form: self.does("list", form, "--format", "json", **options).out for form in ("child", "home_visit")}
        ids = [row["id"] for row in json.loads(forms["child"])]
        return forms, [self.does("history", "child", name, **options).out for name in ids]

    def own_site(self, path=None):
        db = sqlite3.connect(path or os.path.join(self.data, "guanai.db"))
        rows = db.execute("SELECT id FROM site WHERE seed IS NOT NULL").fetchall()
        db.close()
        self.assertEqual(len(rows), 1)
        return rows[0][0]

    def beside(self):
        return sorted(name for name in os.listdir(self.folder) if name.startswith("data"))

    def test_the_archive_is_as_it_was_backed_up(self):
        before = self.state()
        self.add("child", "name=李四")
        self.does("edit", "child", "1", "village=别处")
        later = self.state()
        answer = self.does("restore", self.backup)
        row = answer.rows[0]
        self.assertEqual((row["folder"], row["records"]), (self.data, "2"))
        self.assertRegex(row["kept"], re.escape(self.data) + r"\.before-2026-11-23-\d{6}$")
        self.assertIn(row["kept"], answer.err)
        self.assertEqual(self.state(), before)
        self.assertEqual(self.state(data=row["kept"]), later)  # the old data is whole
        self.does("check", "--rebuild")
        self.assertEqual(self.beside(), ["data", os.path.basename(row["kept"])])
        self.assertEqual(os.stat(self.data).st_mode & 0o777, 0o700)
        self.assertEqual(os.stat(os.path.join(self.data, "guanai.db")).st_mode & 0o777, 0o600)

    def test_an_import_leaves_what_was_there_before_as_a_backup(self):
        """Without a folder it is one of those kept beside the data, which restoring takes along."""
        before = self.state()
        roster = self.write("roster.csv", "姓名,年级,班级\n李四,三年级,2\n")
        self.does("import", "child", roster, "--dry-run")
        self.assertEqual(self.does("backup", "--list").rows, [])
        self.does("import", "child", roster)
        asked = self.does("backup").rows[0]
        listed = self.does("backup", "--list").rows
        self.assertEqual([os.path.basename(row["file"]) for row in listed],
                         ["guanai-000001-2026-11-23-import.db", "guanai-000002-2026-11-23-asked.db"])
        self.assertEqual((asked["file"], asked["records"]), (listed[1]["file"], "4"))  # the import itself is a record
        self.assertEqual(int(listed[0]["bytes"]), os.path.getsize(listed[0]["file"]))
        self.does("restore", listed[0]["file"])
        self.assertEqual(self.state(), before)
        self.assertEqual(len(self.does("backup", "--list").rows), 2)

    def test_it_writes_on_as_a_new_site_that_the_old_one_introduces(self):
        old = self.own_site()
        self.does("restore", self.backup)
        new = self.own_site()
        self.assertNotEqual(new, old)
        db = sqlite3.connect(os.path.join(self.data, "guanai.db"))
        columns = "introducer, seq, head, length(signature)"
        told = db.execute(f"SELECT {columns} FROM site WHERE id = ?", (new,)).fetchone()
        seq, head = db.execute("SELECT seq, hash FROM txn WHERE site = ? ORDER BY seq DESC", (old,)).fetchone()
        vouched = db.execute("SELECT introducer FROM site WHERE id = ?", (old,)).fetchone()
        db.close()
        self.assertEqual(told, (old, seq, head, 64))
        self.assertEqual(vouched, (new,))
        self.add("child", "name=新来")
        report = self.does("check", "--rebuild").rows[0]
        self.assertEqual((report["transactions"], report["forks"], report["gaps"]), ("4", "0", "0"))

    def test_the_oldest_and_the_newest_of_the_series_come_back(self):
        """Three weeks of days: what is kept goes back to the first of them, and all of it can be restored."""
        states = {}
        for day in range(1, 22, 4):
            self.does("edit", "child", "1", f"village=第{day}村", today=f"2026-12-{day:02}")
            self.does("backup", today=f"2026-12-{day:02}")
            states[f"2026-12-{day:02}"] = self.state()
        listed = self.does("backup", "--list").rows
        self.assertGreater(len(listed), 2)
        for row in (listed[0], listed[-1], listed[0]):
            self.does("restore", row["file"])
            self.assertEqual(self.state(), states[row["day"]])
            self.does("check", "--rebuild")
            self.assertEqual([other["file"] for other in self.does("backup", "--list").rows], [other["file"] for other in listed])

    def test_a_folder_of_the_layout_before_is_copied_before_it_is_brought_up(self):
        before = self.state()
        db = sqlite3.connect(os.path.join(self.data, "guanai.db"))
        db.executescript("DROP TABLE withheld; DROP TABLE handed; ALTER TABLE tail DROP COLUMN after; DROP INDEX conflict_handed; ALTER TABLE conflict DROP COLUMN handed_to;"
                         "CREATE TABLE site5(id BLOB PRIMARY KEY, public_key BLOB NOT NULL, seed BLOB) STRICT, WITHOUT ROWID;"
                         "INSERT INTO site5 SELECT id, public_key, seed FROM site; DROP TABLE site;"
                         "ALTER TABLE site5 RENAME TO site; DROP TABLE _run; DROP INDEX chain_site; DROP INDEX chain_op;"
                         "PRAGMA user_version = 5")
        db.close()
        self.assertEqual(self.state(), before)
        row, = self.does("backup", "--list").rows
        self.assertEqual(row["why"], "upgrade")
        db = sqlite3.connect(row["file"])
        self.assertEqual(db.execute("PRAGMA user_version").fetchone()[0], 5)
        db.close()
        self.add("child", "name=李四")
        self.does("restore", row["file"])
        self.assertEqual(self.state(), before)

    def test_a_damaged_folder_is_salvaged_into_a_new_one(self):
        before = self.state()
        with open(os.path.join(self.data, "guanai.db"), "r+b") as file:
            file.write(b"x" * 5000)  # the head and the list of tables
        with open(os.path.join(self.data, "guanai.db"), "rb") as file:
            damaged = file.read()
        self.assertIn("guanai check --salvage", self.does("list", "child", code=4).err)  # what to do is said with what is wrong
        answer = self.run_it("check", "--salvage")
        row = answer.rows[0]
        self.assertEqual((answer.code, row["transactions"], row["lost"], row["records"]), (0, "3", "0", "2"), answer.err)
        self.assertEqual(self.state(data=row["folder"]), before)
        self.does("check", "--rebuild", data=row["folder"])
        with open(os.path.join(self.data, "guanai.db"), "rb") as file:
            self.assertEqual(file.read(), damaged)
        self.add("child", "name=李四", data=row["folder"])
        self.assertNotIn("salvaging", "".join(os.listdir(self.folder)))

    def test_what_salvage_could_not_read_is_said(self):
        with open(os.path.join(self.data, "guanai.db"), "rb") as file:
            whole = file.read()
        db = sqlite3.connect(os.path.join(self.data, "guanai.db"))
        bytes_of_op, = db.execute("SELECT bytes FROM tail ORDER BY op LIMIT 1").fetchone()
        db.close()
        at = whole.index(bytes_of_op) + len(bytes_of_op) // 2
        with open(os.path.join(self.data, "guanai.db"), "r+b") as file:
            file.seek(at)
            file.write(bytes([whole[at] ^ 1]))
        answer = self.run_it("check", "--salvage")
        self.assertEqual((answer.code, answer.rows[0]["transactions"], answer.rows[0]["lost"]), (1, "2", "1"), answer.err)
        self.assertIn("lost: save 1 of", answer.err)
        self.assertIn("里面的内容与签名时的不一样", self.run_it("check", "--salvage", lang="zh").err)

    def test_two_restores_of_one_backup_are_two_sites(self):
        self.does("restore", self.backup)
        first = self.own_site()
        self.does("restore", self.backup)
        self.assertNotEqual(self.own_site(), first)
        self.assertEqual(len(self.beside()), 3)

    def test_onto_a_new_computer(self):
        other = self.path("new/place/school")
        row = self.does("restore", self.backup, data=other).rows[0]
        self.assertEqual(row["kept"], "")
        self.assertEqual(self.state(data=other), self.state())
        with open(os.path.join(other, "config.yaml"), encoding="utf-8") as file:
            self.assertIn("石桥小学", file.read())

    def test_a_data_folder_that_is_damaged_does_not_hinder(self):
        before = self.state()
        with open(os.path.join(self.data, "guanai.db"), "r+b") as file:
            file.write(b"x" * 5000)
        self.does("list", "child", code=4)
        self.does("restore", self.backup)
        self.assertEqual(self.state(), before)

    def refuses(self, path, code, word=None, **options):
        before, there = self.beside(), self.state()
        answer = self.does("restore", path, code=code, **options)
        if word is not None:
            self.assertIn(word, answer.err)
        self.assertEqual(self.beside(), before)
        self.assertEqual(self.state(), there)

    def copy(self, name, change):
        path = shutil.copy(self.backup, self.path(name))
        db = sqlite3.connect(path)
        db.executescript(change)
        db.close()
        return path

    def test_what_is_no_backup_is_refused_and_changes_nothing(self):
        self.refuses(self.path("none.db"), 4)
        self.refuses(self.folder, 4)
        self.refuses(self.write("text.db", "x" * 9000), 4, "no backup")
        self.refuses(self.write("empty.db", ""), 4, "no backup")
        self.refuses(self.copy("other.db", "PRAGMA application_id = 7"), 4, "no backup")
        self.refuses(self.copy("newer.db", "PRAGMA user_version = 99"), 4, "newer version")
        self.refuses(self.copy("older.db", "PRAGMA user_version = 1"), 4, "trial version")
        self.refuses(os.path.join(self.data, "guanai.db"), 1, "own database")
        self.does("export", "--sqlite", self.path("plain.db"))
        self.refuses(self.path("plain.db"), 4, "no backup")

    def test_what_is_damaged_is_refused_and_changes_nothing(self):
        with open(self.backup, "rb") as file:
            raw = file.read()
        for name, bytes_ in (("cut.db", raw[:-4096]), ("half.db", raw[:len(raw) // 2]),
                             ("page.db", raw[:8192] + b"\xa5" * 4096 + raw[12288:])):
            with open(self.path(name), "wb") as file:
                file.write(bytes_)
            self.refuses(self.path(name), 4)
        # what no check of SQLite sees: a change that was not signed
        self.refuses(self.copy("forged.db", "UPDATE tail SET salt = zeroblob(16)"), 4, "damaged")
        self.refuses(self.copy("nokey.db", "UPDATE site SET seed = NULL"), 4)

    def test_a_database_at_work_is_no_backup(self):
        path = shutil.copy(self.backup, self.path("live.db"))
        self.write("live.db-wal", "x")
        self.refuses(path, 1, "not a backup")

    def test_a_folder_of_something_else_is_left_alone(self):
        home = self.path("home")
        os.mkdir(home)
        self.write("home/letter.txt", "dear")
        self.does("restore", self.backup, data=home, code=1)
        self.assertEqual(os.listdir(home), ["letter.txt"])

    def test_a_folder_that_is_open_elsewhere_is_left_alone(self):
        with open(os.path.join(self.data, "lock"), "r+", encoding="utf-8") as lock:
            import fcntl
            fcntl.flock(lock, fcntl.LOCK_EX)
            self.assertIn("another program", self.does("restore", self.backup, code=4).err)
        self.assertEqual(self.beside(), ["data"])

    def test_a_switch_that_broke_off_is_finished_by_the_next_start(self):
        self.add("child", "name=李四")
        kept = self.does("restore", self.backup).rows[0]["kept"]
        os.rename(self.data, self.data + ".restored")  # the power went between the two renames
        self.assertEqual(len(self.does("list", "child").rows), 1)
        self.assertEqual(self.beside(), ["data", os.path.basename(kept)])

    def test_what_a_broken_off_restore_left_is_cleared_by_the_next(self):
        os.mkdir(self.data + ".restoring")
        self.write("data.restoring/guanai.db", "half")
        self.does("restore", self.backup)
        self.assertEqual(len(self.beside()), 2)

    def test_killed_at_any_moment_an_archive_is_there(self):
        self.does("restore", self.backup)
        before = self.does("list", "child").out
        self.add("child", "name=李四")
        later = self.does("list", "child").out
        start = time.monotonic()
        self.does("restore", self.backup, data=self.path("timed"))
        most_s = (time.monotonic() - start) * 1.3
        dice, seen = random.Random(4), set()
        for _ in range(int(os.environ.get("GUANAI_KILLS", "25"))):
            running = subprocess.Popen(self.command("restore", self.backup), env=self.env(), stdout=subprocess.DEVNULL,
                                       stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
            time.sleep(dice.random() * most_s)
            running.send_signal(signal.SIGKILL)
            running.wait(timeout=60)
            out = self.does("list", "child").out
            self.assertIn(out, (before, later))
            seen.add(out)
            if out == before:
                self.add("child", "name=李四")
                later = self.does("list", "child").out
        self.does("check", "--rebuild")


if __name__ == "__main__":
    main()
