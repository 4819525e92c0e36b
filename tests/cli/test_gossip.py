#!/usr/bin/env python3
"""Computers of a school, with a county now and then, that meet by sticks as it happens: lost, old, cut ones, killed imports, copies, backups put back.

Whatever happened, in the end each has every save that any of them had, but for what a backup that was put back had not yet told.

  test_gossip.py [HISTORIES [FIRST]]
"""
import contextlib
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import unittest

from guanai import Case, main

STEPS = 40
ROUNDS_MAX = 12


class Gossip(Case):
    seeds = (2, 115)  # with a county, and without

    def do(self, name, *words, codes=(0, 1)):
        answer = self.run_it(*words, data=self.path(name))
        self.assertIn(answer.code, codes, (name, words, answer.err))
        return answer

    def saves(self, name):
        with contextlib.closing(sqlite3.connect(f"file:{self.path(name)}/guanai.db?mode=ro", uri=True)) as db:
            return {row[0] for row in db.execute("SELECT hash FROM txn")}

    def begin(self, seed):
        self.dice = random.Random(seed)
        self.live = list("ABCD")
        self.sticks = [self.path(f"stick{i}") for i in range(3)]
        self.every, self.old, self.backups, self.count = set(), [], [], 0
        os.mkdir(self.path("kept"))
        for path in self.sticks:
            os.makedirs(os.path.join(path, "guanai"))
        for name in self.live:
            self.do(name, "init", "--school", "石桥镇中心小学", codes=(0,))
        for new in self.live[1:]:
            self.pair(self.dice.choice(self.live[:self.live.index(new)]), new)
        self.do("A", "add", "child", "name=大家的")
        self.county = []
        if seed % 2 == 0:
            self.meet_county()
        self.meet_all()

    def pair(self, school, new):
        stick = self.path("stick of " + new)
        os.mkdir(stick)
        self.do(school, "sync", "pair", "invite", stick)
        digits = self.do(new, "sync", "pair", "join", stick, new + "教学点").out.strip()
        self.do(school, "sync", "pair", "answer", stick, digits, codes=(0,))
        self.do(new, "sync", "pair", "finish", stick, digits, codes=(0,))

    def meet_county(self):
        stick = self.path("stick of K")
        os.mkdir(stick)
        self.do("K", "init", "--school", "云山县教育局", codes=(0,))
        self.do("K", "sync", "county", codes=(0,))
        self.do("A", "sync", "meet", stick)
        digits = self.do("K", "sync", "meet", stick).out.strip().split("\t")[1]
        self.do("K", "sync", "meet", stick, digits, codes=(0,))
        self.do("A", "sync", "meet", stick, digits, codes=(0,))
        self.county = ["K"]

    # ---- what happens ----

    def add(self):
        self.count += 1
        self.do(self.dice.choice(self.live), "add", "child", f"name=孩子{self.count}")

    def edit(self):
        self.count += 1
        name = self.dice.choice(self.live)
        child = self.dice.choice(self.do(name, "list", "child").rows)["id"]
        self.do(name, "edit", "child", child, f"village=村{self.count}")

    def export(self, name, stick):
        self.do(name, "sync", "export", stick, codes=(0, 4) if name in self.county else (0,))  # it answers what lies there alone

    def write(self):
        self.export(self.dice.choice(self.live + self.county), self.dice.choice(self.sticks))

    def take(self):
        self.do(self.dice.choice(self.live + self.county), "sync", "import", self.dice.choice(self.sticks))

    def take_killed(self):
        name, stick = self.dice.choice(self.live + self.county), self.dice.choice(self.sticks)
        running = subprocess.Popen(self.command("sync", "import", stick, data=self.path(name)), env=self.env(),
                                   stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        with contextlib.suppress(subprocess.TimeoutExpired):
            running.wait(self.dice.random() * 0.05)
        running.kill()
        running.wait()

    def files(self, stick):
        folder = os.path.join(stick, "guanai")
        return [os.path.join(folder, file) for file in sorted(os.listdir(folder))] if os.path.isdir(folder) else []

    def lose(self):
        for file in self.files(self.dice.choice(self.sticks)):
            if self.dice.random() < 0.5:
                os.unlink(file)

    def cut(self):
        for file in self.files(self.dice.choice(self.sticks))[:1]:
            with open(file, "r+b") as opened:
                opened.truncate(self.dice.randrange(os.path.getsize(file) + 1))

    def keep_or_find(self):
        """A stick of weeks ago."""
        stick = self.dice.choice(self.sticks)
        if self.old and self.dice.random() < 0.5:
            shutil.copytree(self.dice.choice(self.old), stick, dirs_exist_ok=True)
        else:
            self.old.append(self.path(f"old{len(self.old)}"))
            shutil.copytree(stick, self.old[-1])

    def copy(self):
        """Somebody copies a data folder to another machine, and both go on."""
        if len(self.live) < 6:
            self.live.append(chr(ord("A") + len(self.live)))
            shutil.copytree(self.path(self.dice.choice(self.live[:-1])), self.path(self.live[-1]))

    def back_up_or_put_back(self):
        if not self.backups or self.dice.random() < 0.5:
            name = self.dice.choice(self.live)
            place = os.path.join(self.path("kept"), str(len(self.backups)))
            os.mkdir(place)
            self.backups.append((name, self.do(name, "backup", place, codes=(0,)).rows[0]["file"]))
            return
        name, file = self.dice.choice(self.backups)
        lost = self.saves(name)
        self.do(name, "restore", file, codes=(0,))
        lost -= self.saves(name).union(*(self.saves(other) for other in self.live if other != name))
        self.every -= lost  # unless a stick still has it: then it may come back

    def meet_all(self):
        """Round and round with one stick, until nobody has news."""
        news = True
        for _ in range(ROUNDS_MAX):
            if not news:
                return
            before = [self.saves(name) for name in self.live + self.county]
            for name in self.live + self.county:
                self.do(name, "sync", "import", self.sticks[0])
                self.export(name, self.sticks[0])
            news = [self.saves(name) for name in self.live + self.county] != before
        self.fail("there is always something new")

    # ---- what holds ----

    def check_one(self, seed):
        self.begin(seed)
        steps = [self.add, self.edit, self.edit, self.write, self.write, self.take, self.take, self.take, self.take_killed, self.lose, self.cut,
                 self.keep_or_find, self.copy, self.back_up_or_put_back]
        weights = [3, 3, 3, 4, 4, 4, 4, 4, 2, 1, 1, 2, 1, 1]
        for _ in range(STEPS):
            self.dice.choices(steps, weights)[0]()
            self.every.update(*(self.saves(name) for name in self.live))
        self.meet_all()
        for name in self.live + self.county:
            self.assertEqual(len(self.every - self.saves(name)), 0, f"seed {seed}: {name} lacks something")
            self.do(name, "check", "--rebuild")
        for name in self.live:
            self.assertEqual(self.saves(name), self.saves("A"), f"seed {seed}: {name} and A differ")

    def test_whatever_happened_everybody_has_every_save(self):
        for seed in self.seeds:
            with self.subTest(seed=seed):
                self.check_one(seed)
            for name in os.listdir(self.folder):
                shutil.rmtree(self.path(name), True)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        first = int(sys.argv[2]) if len(sys.argv) > 2 else 1
        Gossip.seeds = range(first, first + int(sys.argv[1]))
        del sys.argv[1:]
    main()
