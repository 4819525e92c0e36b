#!/usr/bin/env python3
"""Computers that only ever meet through a stick come to hold the same; what was altered, cut or strange changes nothing."""
import os
import random
import shutil
import sqlite3
import tempfile

from guanai import Case, main


class Sync(Case):
    def setUp(self):
        super().setUp()
        self.stick = self.path("stick")
        os.mkdir(self.stick)
        for name in "ABC":
            self.does("init", "--school", "石桥镇中心小学", data=self.path(name))

    def at(self, name, *words, **options):
        """What a computer answers, whatever it answers."""
        return self.run_it(*words, data=self.path(name), **options)

    def do(self, name, *words):
        return self.does(*words, data=self.path(name))

    def bundles(self):
        folder = os.path.join(self.stick, "guanai")
        return sorted(os.path.join(folder, file) for file in os.listdir(folder) if os.path.getsize(os.path.join(folder, file)) >= 4096)

    def pair(self, school, new, label):
        self.do(school, "sync", "pair", "invite", self.stick)
        digits = self.do(new, "sync", "pair", "join", self.stick, label).out.strip()
        self.assertRegex(digits, r"^\d{5}( \d{5}){5}$")
        self.assertEqual(self.do(school, "sync", "pair", "answer", self.stick).out.strip(), digits)
        self.do(school, "sync", "pair", "answer", self.stick, digits)
        self.assertEqual(self.do(new, "sync", "pair", "finish", self.stick).out.strip(), digits)
        self.do(new, "sync", "pair", "finish", self.stick, digits)

    def carry(self, *names):
        """Each in turn takes in what is there, then writes."""
        for name in names:
            answer = self.at(name, "sync", "import", self.stick)
            self.assertIn(answer.code, (0, 1), answer.err)
            self.do(name, "sync", "export", self.stick)

    def dump(self, name):
        """Everything derived that is not local: rows by the records' own ids."""
        db = sqlite3.connect(f"file:{self.path(name)}/guanai.db?mode=ro", uri=True)
        forms = [row[0] for row in db.execute("SELECT form FROM record GROUP BY form HAVING form <> '' ORDER BY form")]
        rows = {form: sorted(map(repr, (row[1:] for row in db.execute(f'SELECT f.*, r.id FROM "{form}" f JOIN record r ON r.no = f.no'))))
                for form in forms}
        rows["conflict"] = sorted(map(repr, db.execute("SELECT r.id, c.grp FROM conflict c JOIN record r ON r.no = c.record")))
        db.close()
        return rows

    def check(self, name, *words):
        """Whole; that two computers gave out one card number apart from each other is said, and is all that may be."""
        answer = self.at(name, "check", *words)
        self.assertIn(answer.code, (0, 1))
        for line in answer.err.splitlines():
            self.assertIn("card number", line)

    def add_child(self, name, *fields):
        return self.do(name, "add", "child", *fields).rows[0]["id"]

    def test_a_computer_joins_by_thirty_digits_and_gets_everything(self):
        child = self.add_child("A", "name=何丽", "village=红岩村")
        self.pair("A", "B", "石桥教学点")
        self.carry("A", "B", "A")
        self.assertEqual(self.do("B", "show", "child", child).out, self.do("A", "show", "child", child).out)
        status = {row["label"]: row for row in self.do("A", "sync", "status").rows}
        self.assertEqual(status["石桥教学点"]["to_send"], "0")
        self.assertEqual(status["石桥教学点"]["heard"], "2026-11-23")

    def test_other_digits_let_nobody_in(self):
        self.do("A", "sync", "pair", "invite", self.stick)
        self.do("B", "sync", "pair", "join", self.stick, "石桥教学点")
        answer = self.at("A", "sync", "pair", "answer", self.stick, "12345 12345 12345 12345 12345 12345")
        self.assertEqual(answer.code, 3, answer.err)
        self.assertIn("look again on both sides", answer.err)  # a slip of one digit costs nothing that lies on the stick
        self.assertEqual(len(self.do("A", "sync", "status").rows), 1)
        self.assertNotEqual(self.at("B", "sync", "pair", "finish", self.stick).code, 0)

    def test_what_two_changed_is_listed_and_settled_for_both(self):
        child = self.add_child("A", "name=何丽", "village=红岩村", "nickname=丽丽")
        self.pair("A", "B", "石桥教学点")
        self.carry("A", "B")
        self.do("A", "edit", "child", child, "village=大湾村")
        self.do("B", "edit", "child", child, "village=双溪村", "nickname=石头")
        self.do("B", "sync", "export", self.stick)
        self.assertEqual(self.at("A", "sync", "import", self.stick).code, 1)
        listed = self.at("A", "sync", "conflicts")
        self.assertEqual(listed.code, 1)
        self.assertEqual(sorted(row["value"] for row in listed.rows), ["双溪村", "大湾村"])
        self.assertEqual({row["no"] for row in listed.rows}, {"1"})
        choice = next(row["choice"] for row in listed.rows if row["value"] == "双溪村")
        self.do("A", "sync", "resolve", "1", choice)
        self.assertEqual(self.do("A", "sync", "conflicts").rows, [])
        self.carry("A", "B")
        self.assertEqual(self.do("B", "sync", "conflicts").rows, [])
        for name in "AB":
            shown = self.do(name, "show", "child", child).out
            self.assertIn("双溪村", shown)
            self.assertIn("石头", shown)
            history = self.do(name, "history", "child", child).out
            self.assertIn("大湾村", history)

    def test_three_that_meet_in_any_order_hold_the_same(self):
        self.pair("A", "B", "石桥教学点")
        self.pair("A", "C", "大湾教学点")
        dice = random.Random(20261123)
        children = [self.add_child("A", f"name=孩子{i}", "village=红岩村") for i in range(6)]
        self.carry("A", "B", "C")
        for _ in range(12):
            name = dice.choice("ABC")
            self.do(name, "edit", "child", dice.choice(children), f"village=村{dice.randrange(4)}", f"nickname=名{dice.randrange(9)}")
            if dice.random() < 0.3:
                self.add_child(name, f"name=新来{dice.randrange(100)}")
            if dice.random() < 0.5:
                self.carry(dice.choice("ABC"))
        self.carry(*"ABCABC")
        for name in "ABC":
            self.at(name, "sync", "import", self.stick)
            self.check(name, "--rebuild")
        self.assertEqual(self.dump("A"), self.dump("B"))
        self.assertEqual(self.dump("A"), self.dump("C"))

    def test_what_was_here_before_a_stick_is_a_backup(self):
        self.add_child("A", "name=何丽")
        self.pair("A", "B", "石桥教学点")
        self.add_child("B", "name=黄宁")
        self.do("A", "sync", "export", self.stick)
        self.do("B", "sync", "import", self.stick)
        listed = self.do("B", "backup", "--list").rows
        self.assertEqual([os.path.basename(row["file"]) for row in listed], ["guanai-000001-2026-11-23-merge.db"])
        self.do("B", "sync", "import", self.stick)  # brings nothing, costs none
        self.assertEqual(len(self.do("B", "backup", "--list").rows), 1)
        self.do("B", "restore", listed[0]["file"])
        self.assertEqual([row["name"] for row in self.do("B", "list", "child").rows], ["黄宁"])

    def test_taking_in_twice_changes_nothing(self):
        self.add_child("A", "name=何丽")
        self.pair("A", "B", "石桥教学点")
        self.carry("A", "B")
        before = self.dump("B")
        rows = self.do("B", "sync", "import", self.stick).rows
        self.assertEqual([(row["what"], row["applied"]) for row in rows], [("known", "0")])
        self.assertEqual(self.dump("B"), before)

    def test_an_altered_or_cut_bundle_changes_nothing(self):
        self.add_child("A", "name=何丽")
        self.pair("A", "B", "石桥教学点")
        self.do("A", "sync", "export", self.stick)
        path, = self.bundles()
        with open(path, "rb") as file:
            whole = file.read()
        dice = random.Random(7)
        before = self.dump("B")
        for bad in [whole[:cut] for cut in (0, 1, 100, len(whole) - 1)] + [self.flip(whole, dice.randrange(len(whole))) for _ in range(8)]:
            with open(path, "wb") as file:
                file.write(bad)
            answer = self.at("B", "sync", "import", self.stick)
            self.assertEqual(answer.code, 1, answer.out + answer.err)
            self.assertEqual([row["applied"] for row in answer.rows], ["0"])
            self.assertEqual(self.dump("B"), before)
        with open(path, "wb") as file:
            file.write(whole)
        self.assertEqual(self.do("B", "sync", "import", self.stick).rows[0]["applied"], "1")

    @staticmethod
    def flip(whole, at):
        return whole[:at] + bytes([whole[at] ^ 1 << at % 8]) + whole[at + 1:]

    def test_surplus_and_misspelled_words_are_refused_with_the_usage(self):
        for words in (["export", self.stick, "complet"], ["export", self.stick, "complete", "now"], ["import", self.stick, "twice"],
                      ["status", "x"], ["conflicts", "x.txt", "y"], ["resolve"], ["hand"], ["hand", "1", "2", "3"], ["label", "石桥", "x"],
                      ["pair", "invite", self.stick, "x"], ["pair", "join", self.stick], ["pair", "join", self.stick, "石桥", "x"],
                      ["pair", "answre", self.stick], ["pair", "finish", self.stick, "1", "2"], ["exprot", self.stick], ["label"]):
            answer = self.at("A", "sync", *words)
            self.assertEqual(answer.code, 2, words)
            self.assertIn("usage: guanai sync ", answer.err, words)
        self.assertEqual(os.listdir(self.stick), [])

    def test_the_usage_names_the_verb_that_was_typed_and_is_whole_in_both_languages(self):
        self.assertEqual(self.at("A", "sync", "import").err, "usage: guanai sync import DIR|FILE\n")
        for lang, last in (("zh", "guanai sync guest end 名称"), ("en", "guanai sync guest end NAME")):
            answer = self.at("A", "sync", "exprot", self.stick, lang=lang)
            self.assertTrue(answer.err.rstrip("\n").endswith(last), answer.err)
            self.assertLess(max(map(len, answer.err.splitlines())), 80)
        self.assertLess(max(map(len, self.at("A", "help", "sync").out.splitlines())), 80)

    def test_the_digits_may_be_typed_as_they_are_shown(self):
        self.do("A", "sync", "pair", "invite", self.stick)
        digits = self.do("B", "sync", "pair", "join", self.stick, "石桥教学点").out.split()
        self.assertEqual(self.at("A", "sync", "pair", "answer", self.stick, *digits[:5]).code, 3)  # one group too few
        self.do("A", "sync", "pair", "answer", self.stick, *digits)
        self.do("B", "sync", "pair", "finish", self.stick, *digits)
        self.carry("A", "B")
        self.assertIn("石桥镇中心小学", self.do("B", "sync", "status").out)

    def test_a_place_that_cannot_be_written_is_said_and_nothing_is_touched(self):
        self.add_child("A", "name=何丽")
        with open(os.path.join(self.stick, "guanai"), "w") as file:
            file.write("MZ virus")
        answer = self.at("A", "sync", "export", self.stick)
        self.assertEqual(answer.code, 1, answer.err)
        self.assertIn("something else on the stick has its name", answer.err)
        self.assertEqual(self.at("A", "sync", "export", self.path("nowhere")).code, 4)
        self.assertEqual(self.do("A", "sync", "status").rows[0]["bundle"], "0")
        self.assertEqual(os.listdir(self.stick), ["guanai"])

    def test_an_interrupted_pairing_goes_on_with_the_same_digits(self):
        self.do("A", "sync", "pair", "invite", self.stick)
        self.do("A", "sync", "pair", "invite", self.stick)
        folder = os.path.join(self.stick, "guanai")
        self.assertEqual(len(os.listdir(folder)), 1)
        digits = self.do("B", "sync", "pair", "join", self.stick, "石桥教学点").out
        self.assertEqual(self.do("B", "sync", "pair", "join", self.stick, "石桥教学点").out, digits)
        self.assertEqual(len(os.listdir(folder)), 2)
        self.assertNotEqual(self.do("B", "sync", "pair", "join", self.stick, "石桥点").out, digits)  # another name, another request
        self.assertEqual(len(os.listdir(folder)), 2)

    def test_another_school_reads_nothing(self):
        self.add_child("A", "name=何丽")
        self.do("A", "sync", "export", self.stick)
        answer = self.at("B", "sync", "import", self.stick)
        self.assertEqual([row["what"] for row in answer.rows], ["others"])
        self.assertEqual(answer.code, 1)
        with open(self.bundles()[0], "rb") as file:
            self.assertNotIn("何丽".encode(), file.read())

    def test_a_stick_that_was_pulled_out_is_swept(self):
        self.add_child("A", "name=何丽")
        self.do("A", "sync", "export", self.stick)
        half = os.path.join(self.stick, "guanai", "0123456789abcdef.gab.part")
        theirs = os.path.join(self.stick, "guanai", "readme.txt")
        for path in (half, theirs):
            with open(path, "w") as file:
                file.write("half")
        self.do("A", "sync", "export", self.stick)
        self.assertFalse(os.path.exists(half))
        self.assertTrue(os.path.exists(theirs))
        self.assertEqual(len(self.bundles()), 1)  # the older one of this computer went

    def test_a_restored_computer_gets_back_what_it_lost(self):
        self.pair("A", "B", "石桥教学点")
        os.mkdir(self.path("safe"))
        self.add_child("B", "name=早先")
        backup = self.do("B", "backup", self.path("safe")).rows[0]["file"]
        self.add_child("B", "name=后来")
        self.carry("B", "A")
        self.do("B", "restore", backup)
        self.assertEqual(len(self.do("B", "list", "child").rows), 1)
        self.add_child("B", "name=新的")
        self.carry("B", "A", "B", "A", "B")
        names = lambda name: sorted(row["name"] for row in self.do(name, "list", "child").rows)
        self.assertEqual(names("B"), sorted(["早先", "后来", "新的"]))
        self.assertEqual(names("A"), names("B"))

    def test_what_is_missing_in_between_is_told_until_it_came(self):
        def on_the_day(*names):
            for name in names:
                self.at(name, "sync", "import", self.stick, today="2027-04-10")
                self.does("sync", "export", self.stick, data=self.path(name), today="2027-04-10")

        child = self.add_child("A", "name=何丽")
        self.pair("A", "B", "石桥教学点")
        self.pair("A", "C", "大湾教学点")
        self.carry("A", "B", "C", "A", "B")
        self.does("edit", "child", child, "village=双溪村", data=self.path("B"), today="2027-04-10")
        on_the_day("B", "C", "B")  # A was not seen for so long that nobody waits for it: what it wrote then lies there still
        heard = {row["label"]: row["heard"] for row in self.at("B", "sync", "status", today="2027-04-10").rows}
        self.assertEqual(heard, {"石桥教学点": "", "大湾教学点": "2027-04-10", "石桥镇中心小学": "2026-11-23"})
        self.does("edit", "child", child, "village=大湾村", data=self.path("B"), today="2027-04-10")
        for file in self.bundles():
            os.remove(file)
        self.does("sync", "export", self.stick, data=self.path("B"), today="2027-04-10")
        said = [self.at("A", "sync", *words, today="2027-04-10").err for words in (("import", self.stick), ("status",))]
        gap = next(line for line in said[0].splitlines() if "石桥教学点" in line and "missing here" in line)
        self.assertIn(gap, said[1].splitlines())
        on_the_day("A", "B", "A")
        self.assertNotIn("missing here", self.at("A", "sync", "status").err)
        self.assertIn("大湾村", self.do("A", "show", "child", child).out)

    def test_a_copied_computer_is_told_apart(self):
        """Somebody copies the data folder to a second machine and both go on."""
        self.pair("A", "B", "石桥教学点")
        self.carry("A", "B", "A")
        shutil.copytree(self.path("B"), self.path("D"))
        self.add_child("B", "name=这边")
        self.add_child("D", "name=那边")
        self.carry("B", "A", "D", "A", "B", "A", "D", "B")
        names = lambda name: sorted(row["name"] for row in self.do(name, "list", "child").rows)
        for name in "ABD":
            self.assertEqual(names(name), ["这边", "那边"], name)
            self.check(name)

    def test_what_a_copy_wrote_comes_to_all_however_much_more_the_other_wrote(self):
        """Neither of the two goes on to take part; each one's stick came to some of the others."""
        self.does("init", "--school", "石桥镇中心小学", data=self.path("Q"))
        for new in "BCQ":
            self.pair("A", new, new + "教学点")
        self.carry(*"ABCQABCQ")
        shutil.copytree(self.path("B"), self.path("D"))
        for number in range(4):
            self.add_child("B", f"name=这边{number}")
        self.add_child("D", "name=那边")
        sticks = {}

        def write(name):
            self.stick = sticks[name] = self.path("of" + name)
            os.mkdir(self.stick)
            self.do(name, "sync", "export", self.stick)

        def take(name, *others):
            for other in others:
                self.do(name, "sync", "import", sticks[other])

        write("B")
        write("D")
        take("C", "B")
        take("Q", "D")
        write("C")
        write("Q")
        take("A", "B", "C", "Q")  # one says that it has the one branch, one the other
        self.stick = self.path("another")
        os.mkdir(self.stick)
        self.do("A", "sync", "export", self.stick)
        self.carry(*"CAC")
        self.assertIn("那边", {row["name"] for row in self.do("C", "list", "child").rows})
        self.carry(*"QAQ")
        for name in "ACQ":
            self.assertEqual({row["name"] for row in self.do(name, "list", "child").rows}, {"这边0", "这边1", "这边2", "这边3", "那边"}, name)
            self.check(name, "--rebuild")


class Mounted(Case):
    """A stick that the system has mounted: tables of a kernel in a folder on a disk of its own."""

    def setUp(self):
        super().setUp()
        self.root = tempfile.mkdtemp(prefix="guanai-root-", dir="/dev/shm")
        self.addCleanup(shutil.rmtree, self.root, True)
        self.stick = os.path.join(self.root, "media", "BLUE")
        os.makedirs(self.stick)
        block = "devices/pci0000:00/usb1/1-1/host6/block/sdb"
        for fact, text in (("sys/%s/dev" % block, "8:16"), ("sys/%s/size" % block, "30310400"), ("sys/%s/ro" % block, "0"),
                           ("sys/%s/removable" % block, "1"),
                           ("proc/self/mountinfo", "22 1 8:1 / / rw - ext4 /dev/sda1 rw\n36 22 8:16 / /media/BLUE rw - vfat /dev/sdb rw")):
            os.makedirs(os.path.dirname(os.path.join(self.root, fact)), exist_ok=True)
            with open(os.path.join(self.root, fact), "w") as file:
                file.write(text + "\n")
        os.makedirs(os.path.join(self.root, "sys", "class", "block"))
        os.symlink("../../" + block, os.path.join(self.root, "sys", "class", "block", "sdb"))

    def env(self):
        return dict(super().env(), GUANAI_SYSTEM_ROOT=self.root)

    def test_a_stick_that_is_still_mounted_is_ejected_before_it_is_pulled_out(self):
        self.init()
        self.does("add", "child", "name=何丽", "village=红岩村")
        said = self.does("sync", "export", self.stick).err
        self.assertIn("eject the stick", said)
        self.assertNotIn("can be pulled out", said)
        os.mkdir(self.path("folder"))
        self.assertIn("can be pulled out", self.does("sync", "export", self.path("folder")).err)


if __name__ == "__main__":
    main()
