"""Runs the real program as a clerk's script would, each test on a data folder of its own."""
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

PROGRAM = os.environ["GUANAI"]
ROOT = os.environ["GUANAI_ROOT"]
FORMS = os.path.join(ROOT, "forms")
ROSTERS = os.path.join(ROOT, "tests", "data", "rosters")
TODAY = "2026-11-23"


class Answer:
    """What a run left: its exit code, its rows, what it said."""

    def __init__(self, done):
        self.code = done.returncode
        self.raw = done.stdout
        self.out = done.stdout.decode("utf-8")
        self.err = done.stderr.decode("utf-8")

    @property
    def rows(self):
        """Rows as dicts by the header row."""
        lines = [line.split("\t") for line in self.out.split("\n")[:-1]]
        for line in lines[1:]:
            assert len(line) == len(lines[0]), (lines[0], line)
        return [dict(zip(lines[0], line)) for line in lines[1:]]

    @property
    def header(self):
        return self.out.split("\n")[0].split("\t")


class Case(unittest.TestCase):
    lang = "en"
    limit_seconds = 120  # for one run: what hangs ends, nothing is timed by it

    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="guanai-cli-")
        self.addCleanup(shutil.rmtree, self.folder, True)
        self.data = os.path.join(self.folder, "data")

    def command(self, *words, lang=None, **options):
        out = [PROGRAM, "--data", self.data, "--forms", FORMS, "--today", TODAY, "--lang", lang or self.lang]
        for name, value in options.items():
            out += ["--" + name, value]
        return out + list(words)

    def env(self):
        env = {key: value for key, value in os.environ.items() if key in ("PATH", "ASAN_OPTIONS", "UBSAN_OPTIONS")}
        return dict(env, LC_ALL="C", HOME=self.folder, LOGNAME="clerk", TMPDIR=self.folder)

    def run_it(self, *words, stdin=None, **options):
        done = subprocess.run(self.command(*words, **options), stdin=stdin or subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=self.env(), timeout=self.limit_seconds, check=False)
        answer = Answer(done)
        self.assertNotIn("AddressSanitizer", answer.err)
        self.assertNotIn("runtime error", answer.err)
        self.assertGreaterEqual(answer.code, 0, answer.err)
        return answer

    def does(self, *words, code=0, **options):
        """Runs; the exit code must be this one."""
        answer = self.run_it(*words, **options)
        self.assertEqual(answer.code, code, answer.out + answer.err)
        return answer

    def init(self):
        return self.does("init", "--school", "石桥小学", user="罗老师")

    def add(self, *words, **options):
        """Adds and answers the new id."""
        return self.does("add", *words, **options).rows[0]["id"]

    def path(self, name):
        return os.path.join(self.folder, name)

    def write(self, name, text, encoding="utf-8"):
        with open(self.path(name), "w", encoding=encoding, newline="") as file:
            file.write(text)
        return self.path(name)


def main():
    sys.stdout.reconfigure(encoding="utf-8")
    unittest.main(verbosity=1)
