#!/usr/bin/env python3
"""What a stick brings and cannot be taken in is kept: set apart with why, or held, tried again and passed on."""
import contextlib
import os
import shutil
import sqlite3

from guanai import Case, main

QUARANTINE_MAX = 20


class Kept(Case):
    def setUp(self):
        super().setUp()
        for name in "AB":
            self.does("init", "--school", "石桥镇中心小学", data=self.path(name))
        self.stick = self.new_stick("stick")

    def new_stick(self, name):
        os.makedirs(os.path.join(self.path(name), "guanai"))
        return self.path(name)

    def at(self, name, *words):
        return self.run_it(*words, data=self.path(name))

    def do(self, name, *words):
        return self.does(*words, data=self.path(name))

    def pair(self, school, new, label):
        stick = self.path("pairing")
        self.do(school, "sync", "pair", "invite", stick)
        digits = self.do(new, "sync", "pair", "join", stick, label).out.strip()
        self.do(school, "sync", "pair", "answer", stick, digits)
        self.do(new, "sync", "pair", "finish", stick, digits)
        shutil.rmtree(stick)
        os.mkdir(stick)

    def join(self, *pairs):
        os.mkdir(self.path("pairing"))
        for school, new in pairs:
            if not os.path.exists(self.path(new)):
                self.does("init", "--school", "石桥镇中心小学", data=self.path(new))
            self.pair(school, new, "电脑" + new)

    def bundle(self, stick):
        folder = os.path.join(stick, "guanai")
        return max((os.path.join(folder, file) for file in os.listdir(folder)), key=os.path.getsize)

    def kept(self, name, kind):
        folder = os.path.join(self.path(name), kind)
        return sorted(os.listdir(folder)) if os.path.exists(folder) else []

    def children(self, name):
        return {row["name"] for row in self.do(name, "list", "child").rows}

    def test_an_altered_bundle_is_set_apart_with_why_and_the_others_are_taken_in(self):
        self.join(("A", "B"))
        self.do("A", "add", "child", "name=何丽")
        self.do("A", "sync", "export", self.stick)
        whole = self.bundle(self.stick)
        altered = os.path.join(os.path.dirname(whole), "0000000000000001.gab")
        with open(whole, "rb") as file:
            data = bytearray(file.read())
        data[len(data) // 2] ^= 1
        with open(altered, "wb") as file:
            file.write(data)
        answer = self.at("B", "sync", "import", self.stick)
        self.assertEqual(answer.code, 1)
        self.assertEqual(self.children("B"), {"何丽"})
        self.assertEqual(self.kept("B", "quarantine"), ["0000000000000001.gab", "0000000000000001.gab.txt"])
        with open(os.path.join(self.path("B"), "quarantine", "0000000000000001.gab"), "rb") as file:
            self.assertEqual(file.read(), bytes(data))
        status = self.do("B", "sync", "status")
        self.assertIn("0000000000000001.gab", status.err)
        self.assertIn("altered on its way", status.err)
        self.at("B", "sync", "import", self.stick)  # again: it is the same file
        self.assertEqual(len(self.kept("B", "quarantine")), 2)
        self.do("B", "check")

    def spoil(self, path, at):
        with open(path, "rb") as file:
            data = bytearray(file.read())
        data[at] ^= 1
        with open(path, "wb") as file:
            file.write(data)

    def test_what_was_set_apart_is_told_made_good_once_the_same_bundle_comes_whole(self):
        self.join(("A", "B"))
        self.do("A", "add", "child", "name=何丽")
        self.do("A", "sync", "export", self.stick)
        name = os.path.basename(self.bundle(self.stick))
        shutil.copytree(self.stick, self.path("whole"))
        self.spoil(self.bundle(self.stick), 2000)
        self.assertEqual([row["what"] for row in self.at("B", "sync", "import", self.stick).rows], ["damaged"])
        self.assertIn("could not be taken in", self.do("B", "sync", "status").err)
        answer = self.do("B", "sync", "import", self.path("whole"))
        self.assertEqual([(row["file"], row["what"]) for row in answer.rows], [(name, "taken"), (name, "made good")])
        said = self.do("B", "sync", "status").err
        self.assertNotIn("could not be taken in", said)
        self.assertIn("all of it is here now", said)
        self.assertEqual(self.kept("B", "quarantine"), [name, name + ".txt"])  # for whoever wants to see
        self.assertEqual([row["what"] for row in self.do("B", "sync", "import", self.path("whole")).rows], ["known"])  # told once

    def test_what_was_set_apart_is_made_good_by_another_bundle_and_not_by_an_earlier_one(self):
        self.join(("A", "B"))
        self.do("A", "add", "child", "name=何丽")
        early, late = self.new_stick("early"), self.new_stick("late")
        self.do("A", "sync", "export", early)
        with open(self.path("many.csv"), "w", encoding="utf-8") as file:
            file.write("姓名,年级,班级,村\n" + "".join(f"{chr(0x4e00 + i * 7)}{chr(0x5e00 + i * 3)},三年级,{1 + i % 9},{chr(0x6e00 + i * 5)}村\n" for i in range(3000)))  # more than one closed piece: what it begins with can be read
        self.at("A", "import", "child", self.path("many.csv"))
        self.do("A", "sync", "export", self.stick)
        self.do("A", "sync", "export", late)
        self.assertGreater(os.path.getsize(self.bundle(self.stick)), 70000)
        self.spoil(self.bundle(self.stick), os.path.getsize(self.bundle(self.stick)) - 100)
        self.assertEqual([row["what"] for row in self.at("B", "sync", "import", self.stick).rows], ["damaged"])
        self.assertEqual([row["what"] for row in self.at("B", "sync", "import", early).rows], ["taken"])
        self.assertIn("could not be taken in", self.do("B", "sync", "status").err)
        self.assertEqual([row["what"] for row in self.at("B", "sync", "import", late).rows], ["taken", "made good"])
        self.assertNotIn("could not be taken in", self.do("B", "sync", "status").err)

    def test_the_oldest_go_where_there_are_too_many_and_of_long_ones_the_reason_stays(self):
        for i in range(QUARANTINE_MAX + 3):
            with open(os.path.join(self.stick, "guanai", f"{i:016x}.gab"), "wb") as file:
                file.write(b"nothing of ours" if i else b"x" * (5 << 20))
        self.assertEqual(self.at("B", "sync", "import", self.stick).code, 1)
        names = [file for file in self.kept("B", "quarantine") if file.endswith(".txt")]
        self.assertEqual(len(names), QUARANTINE_MAX)
        self.assertEqual(len(self.kept("B", "quarantine")), 2 * QUARANTINE_MAX)
        with open(os.path.join(self.stick, "guanai", "ffffffffffffffff.gab"), "wb") as file:
            file.write(b"x" * (5 << 20))
        self.at("B", "sync", "import", self.path("stick/guanai/ffffffffffffffff.gab"))
        self.assertIn("ffffffffffffffff.gab.txt", self.kept("B", "quarantine"))
        self.assertNotIn("ffffffffffffffff.gab", self.kept("B", "quarantine"))

    def test_a_link_is_followed_nowhere(self):
        secret = self.write("secret", "nobody's business")
        self.join(("A", "B"))
        for name, to in (("00000000000000aa.gab", secret), ("00000000000000ab.gab", "00000000000000ab.gab"), ("00000000000000ac.gab", "nowhere")):
            os.symlink(to, os.path.join(self.stick, "guanai", name))
        self.do("A", "add", "child", "name=何丽")
        self.do("A", "sync", "export", self.stick)
        self.assertEqual([row["what"] for row in self.do("B", "sync", "import", self.stick).rows], ["taken"])
        self.assertEqual(self.children("B"), {"何丽"})
        self.assertEqual(self.kept("B", "quarantine"), [])

    def test_who_lets_a_computer_in_introduces_those_it_knows_itself(self):
        self.join(("A", "B"), ("B", "C"))
        self.do("A", "add", "child", "name=何丽")
        self.do("A", "sync", "export", self.stick)
        self.do("B", "sync", "import", self.stick)
        second = self.new_stick("second")
        self.do("B", "sync", "export", second)
        answer = self.do("C", "sync", "import", second)
        self.assertEqual([row["held"] for row in answer.rows], ["0"])
        self.assertEqual(self.children("C"), {"何丽"})

    def test_what_one_cannot_judge_yet_it_holds_and_passes_on_to_one_that_can(self):
        self.join(("A", "B"), ("A", "C"), ("C", "D"))
        self.do("D", "add", "child", "name=石头")
        self.do("D", "sync", "export", self.stick)
        answer = self.at("B", "sync", "import", self.stick)  # B never heard of C, who let D in
        self.assertEqual([row["what"] for row in answer.rows], ["stranger"])
        name = os.path.basename(self.bundle(self.stick))
        self.assertEqual(self.kept("B", "held"), [name, name + ".txt"])
        self.assertIn(name, self.do("B", "sync", "status").err)
        second = self.new_stick("second")
        self.do("B", "sync", "export", second)
        self.do("A", "sync", "import", second)
        self.assertEqual(self.children("A"), {"石头"})
        third = self.new_stick("third")
        self.do("A", "sync", "export", third)
        self.do("B", "sync", "import", third)
        self.assertEqual(self.children("B"), {"石头"})
        self.assertEqual(self.kept("B", "held"), [])
        self.do("B", "sync", "export", second)
        self.assertNotIn(name, os.listdir(os.path.join(second, "guanai")))
        for computer in "AB":
            self.do(computer, "check", "--rebuild")

    def test_what_was_held_is_taken_in_once_somebody_introduces_its_writer(self):
        self.join(("A", "B"), ("A", "C"), ("C", "D"))
        self.do("D", "add", "child", "name=石头")
        self.do("D", "sync", "export", self.stick)
        self.at("B", "sync", "import", self.stick)
        second = self.new_stick("second")
        self.do("A", "add", "child", "name=何丽")
        self.do("A", "sync", "export", second)  # A has nothing of D, but knows C
        answer = self.at("B", "sync", "import", second)
        self.assertEqual(self.children("B"), {"石头", "何丽"}, answer.out)
        self.assertEqual(self.kept("B", "held"), [])

    def spoil_signature(self, name):
        """Of the first save that is not packed yet."""
        with contextlib.closing(sqlite3.connect(os.path.join(self.path(name), "guanai.db"))) as db:
            db.execute("UPDATE tail SET signature = CAST(x'00' || substr(signature, 2) AS BLOB) WHERE seq = (SELECT min(seq) FROM tail)")
            db.commit()

    def test_what_a_salvage_lost_is_said_in_the_users_language(self):
        self.do("A", "add", "child", "name=何丽")
        with contextlib.closing(sqlite3.connect(os.path.join(self.path("A"), "guanai.db"))) as db:
            db.execute("UPDATE tail SET bytes = CAST(substr(bytes, 1, 2) || x'ff' || substr(bytes, 4) AS BLOB)")
            db.commit()
        answer = self.run_it("check", "--salvage", data=self.path("A"), lang="zh")
        self.assertIn("1 处改动：", answer.err)
        self.assertNotRegex(answer.err.split("1 处改动：")[1].splitlines()[0], "[a-z]")

    def test_nobody_waits_for_a_save_that_its_own_computer_lost(self):
        self.join(("A", "B"))
        self.do("B", "add", "child", "name=何丽")
        self.do("B", "add", "child", "name=黄宁")
        with contextlib.closing(sqlite3.connect(os.path.join(self.path("B"), "guanai.db"))) as db:
            db.execute("UPDATE tail SET salt = zeroblob(16) WHERE seq = (SELECT min(seq) FROM tail)")
            db.commit()
        self.do("B", "sync", "export", self.stick)
        self.at("A", "sync", "import", self.stick)
        self.assertIn("something is missing in between", self.do("A", "sync", "status").err)
        self.assertIn("lost: save 1", self.at("B", "check", "--salvage").err)
        made = next(folder for folder in os.listdir(self.folder) if folder.startswith("B.salvaged-"))
        os.rename(self.path("B"), self.path("B.damaged"))
        os.rename(self.path(made), self.path("B"))
        self.do("B", "sync", "export", self.stick)
        self.do("A", "sync", "import", self.stick)
        said = self.do("A", "sync", "status").err
        self.assertNotIn("is missing", said)  # its stick brings it never more
        self.assertIn("could not be taken in", said)  # and what came of it is still to be seen

    def test_one_bad_save_stops_nobody_and_is_mended_where_it_was_written(self):
        self.join(("A", "B"))
        child = self.do("B", "add", "child", "name=何丽", "village=红岩村").rows[0]["id"]
        self.do("B", "edit", "child", child, "village=大湾村")
        self.do("B", "add", "child", "name=黄宁")
        self.spoil_signature("B")
        self.do("B", "sync", "export", self.stick)
        answer = self.at("A", "sync", "import", self.stick)
        self.assertEqual([(row["applied"], row["held"], row["refused"]) for row in answer.rows], [("2", "0", "1")])
        self.assertEqual(self.kept("A", "held"), [])
        self.assertIn("check --salvage", answer.err)
        self.assertIn("大湾村", self.do("A", "show", "child", child).out)  # what was typed in its place
        self.assertIn("黄宁", self.children("A"))
        self.assertNotIn("何丽", self.children("A"))
        self.assertIn("save 1 has no valid signature", self.at("B", "check").err)
        self.at("B", "check", "--salvage")
        made = next(folder for folder in os.listdir(self.folder) if folder.startswith("B.salvaged-"))
        os.rename(self.path("B"), self.path("B.damaged"))
        os.rename(self.path(made), self.path("B"))
        for _ in range(2):
            self.do("B", "sync", "export", self.stick)
            self.at("A", "sync", "import", self.stick)
            self.do("A", "sync", "export", self.stick)
            self.do("B", "sync", "import", self.stick)
        self.assertEqual(self.children("A"), {"何丽", "黄宁"})
        self.assertEqual(self.children("B"), {"何丽", "黄宁"})
        status = self.do("A", "sync", "status")
        self.assertEqual({row["gaps"] for row in status.rows}, {"0"})
        self.assertNotIn("could not be taken in", status.err)  # it came otherwise
        self.assertIn("all of it is here now", status.err)
        for computer in "AB":
            self.do(computer, "check", "--rebuild")

    def written(self, name):
        return self.do(name, "sync", "export", self.stick).rows[-1]["transactions"]

    def counted(self, name):
        return [(row["applied"], row["refused"]) for row in self.at(name, "sync", "import", self.stick).rows if row["bundle"] != ""]

    def test_a_refused_save_comes_no_more_until_it_is_mended(self):
        self.join(("A", "B"), ("A", "C"))
        self.do("B", "add", "child", "name=何丽")
        self.do("B", "add", "child", "name=黄宁")
        self.spoil_signature("B")
        for _ in range(2):
            for name in "BAC":
                self.at(name, "sync", "import", self.stick)
                self.do(name, "sync", "export", self.stick)
        self.at("B", "sync", "import", self.stick)
        self.assertEqual(self.written("B"), "0")
        self.assertEqual([row["to_send"] for row in self.do("B", "sync", "status").rows], ["0", "0", "0"])
        self.do("B", "add", "child", "name=石磊")
        self.assertEqual(self.written("B"), "1")
        self.assertIn(("1", "0"), self.counted("A"))
        self.assertEqual(self.children("A"), {"黄宁", "石磊"})
        self.assertEqual(self.do("B", "sync", "export", self.stick, "complete").rows[-1]["transactions"], "3")
        self.at("B", "check", "--salvage")
        made = next(folder for folder in os.listdir(self.folder) if folder.startswith("B.salvaged-"))
        os.rename(self.path("B"), self.path("B.damaged"))
        os.rename(self.path(made), self.path("B"))
        for _ in range(3):
            for name in "BAC":
                self.at(name, "sync", "import", self.stick)
                self.do(name, "sync", "export", self.stick)
        for name in "ABC":
            self.assertEqual(self.children(name), {"何丽", "黄宁", "石磊"})
            self.do(name, "check", "--rebuild")

    def test_a_refused_save_comes_from_a_computer_that_has_it_as_it_was_signed(self):
        self.join(("A", "B"), ("A", "C"))
        self.do("B", "add", "child", "name=何丽")
        other = self.new_stick("other")
        self.do("B", "sync", "export", other)
        self.do("C", "sync", "import", other)
        self.do("B", "add", "child", "name=黄宁")
        self.spoil_signature("B")
        for name in "BAB":
            self.at(name, "sync", "import", self.stick)
            self.do(name, "sync", "export", self.stick)
        self.assertEqual(self.children("A"), {"黄宁"})
        for name in "ACAC":
            self.at(name, "sync", "import", self.stick)
            self.do(name, "sync", "export", self.stick)
        self.assertEqual(self.children("A"), {"何丽", "黄宁"})
        self.assertEqual(self.written("A"), "0")
        self.do("A", "check", "--rebuild")

    def carry(self, stick, *names):
        for name in names:
            for what in ("import", "export"):
                self.at(name, "sync", what, stick)

    def test_a_computer_whose_copy_is_used_elsewhere_goes_on_and_lacks_nothing(self):
        self.join(("A", "B"), ("A", "C"))
        child = self.do("A", "add", "child", "name=何丽").rows[0]["id"]
        backup = self.do("A", "backup").rows[0]["file"]
        self.does("restore", backup, data=self.path("D"))
        self.do("D", "add", "child", "name=石磊")
        for _ in range(3):
            self.carry(self.stick, *"ABCD")
        self.assertEqual(self.children("A"), {"何丽", "石磊"})
        self.do("B", "edit", "child", child, "village=红岩村")
        for _ in range(2):
            self.carry(self.stick, *"BCD")  # A was not there
        self.do("B", "edit", "child", child, "hamlet=2组")
        later = self.new_stick("later")  # and the stick was lost
        for _ in range(2):
            self.carry(later, *"BA")
        row = self.do("A", "list", "child", "--where", "name='何丽'").rows[0]
        self.assertEqual((row["village"], row["hamlet"]), ("红岩村", "2组"))
        for name in "ABD":
            self.do(name, "check")

    def test_a_bundle_of_a_later_program_is_held(self):
        self.join(("A", "B"))
        self.do("A", "sync", "export", self.stick)
        path = self.bundle(self.stick)
        with open(path, "rb") as file:
            data = bytearray(file.read())
        data[8] = 2
        with open(path, "wb") as file:
            file.write(data)
        self.at("B", "sync", "import", self.stick)
        self.assertEqual(len(self.kept("B", "held")), 2)
        self.assertEqual(self.kept("B", "quarantine"), [])


if __name__ == "__main__":
    main()
