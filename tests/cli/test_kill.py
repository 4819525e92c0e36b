#!/usr/bin/env python3
"""The program is killed in the middle of adding: nothing it acknowledged is lost, nothing is half there."""
import os
import random
import signal
import subprocess
import sys
import time
import unittest

from guanai import Case

ROUNDS = int(os.environ.get("GUANAI_KILLS", "25"))


class Kill(Case):
    def setUp(self):
        super().setUp()
        self.init()
        self.dice = random.Random(9)

    def run_and_kill(self, words, most_s):
        """Kills after a while; (was it done, what it had said)."""
        running = subprocess.Popen(self.command(*words), env=self.env(), stdout=subprocess.PIPE,
                                   stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
        time.sleep(self.dice.random() * most_s)
        running.send_signal(signal.SIGKILL)
        out = running.communicate(timeout=60)[0].decode("utf-8")
        return running.returncode == 0, out

    def seconds(self, *words):
        """How long it takes undisturbed, so that the kills fall into it."""
        start = time.monotonic()
        self.does(*words)
        return time.monotonic() - start

    def test_added_children_survive_kills(self):
        most_s = self.seconds("add", "child", "name=预备") * 1.2
        said = set()
        for i in range(ROUNDS):
            _, out = self.run_and_kill(("add", "child", f"name=孩子{i}号", "village=上坝村", "father_phone=13800001111"),
                                       most_s)
            said.update(line for line in out.split("\n") if len(line) == 36)
        rows = self.does("list", "child").rows
        self.assertLessEqual(said, {row["id"] for row in rows})
        for row in rows[1:]:  # public, ordinary and sensitive parts of one save stand or fall together
            self.assertEqual((row["village"], row["father_phone"]), ("上坝村", "13800001111"))
        self.assertEqual(self.does("check", "--rebuild").rows[0]["records"], str(len(rows)))

    def test_a_big_save_is_there_whole_or_not_at_all(self):
        for i in range(max(3, ROUNDS // 5)):
            data = self.path(f"demo{i}")
            running = subprocess.Popen(self.command("init", "--school", "柳湾", "--demo", "400", data=data),
                                       env=self.env(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(self.dice.random() * 1.5)
            running.send_signal(signal.SIGKILL)
            running.wait(timeout=60)
            answer = self.run_it("list", "child", data=data)
            if answer.code == 0:
                self.assertIn(len(answer.rows), (0, 400))
                self.does("check", "--rebuild", data=data)
            else:
                self.assertEqual(answer.code, 4, answer.err)

    def test_an_import_is_taken_back_whole_or_not_at_all(self):
        def roster(village, note):
            return "姓名,年级,班级,村组,备注\n" + "".join(f"孩子{i:03d},三年级,2,{village(i)},{note}\n" for i in range(200))

        first = self.write("first.csv", roster(lambda i: "上坝村" if i < 100 else "", ""))
        # a hundred are new to the second file, the others are filled in or changed
        second = self.write("second.csv", roster(lambda i: "下坝村", "爱画画").replace("孩子0", "小孩0"))
        self.does("import", "child", first)
        before = self.does("list", "child").out
        self.does("import", "child", second, "--mode", "update")
        after = self.does("list", "child").out
        self.assertNotEqual(before, after)
        number, kills, dones = 2, 0, 0
        most_s = self.seconds("import", "--undo", "2", "--dry-run") * 3
        while kills + dones < ROUNDS:
            done, _ = self.run_and_kill(("import", "--undo", str(number)), most_s)
            now = self.does("list", "child").out
            undone = {row["no"]: row["undone_on"] for row in self.does("import", "--list").rows}[str(number)] != ""
            self.assertEqual(now, before if undone else after)
            self.assertTrue(undone or not done)
            kills, dones = kills + (not done), dones + done
            if undone:
                self.does("import", "child", second, "--mode", "update")
                number, after = number + 1, self.does("list", "child").out
        self.assertGreater(kills, 0)
        self.does("check", "--rebuild")


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")
    unittest.main()
