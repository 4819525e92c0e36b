#!/usr/bin/env python3
"""Terminals of other charsets: words typed there are understood, what is printed can be read there."""
import json
import os
import shutil
import subprocess
import tempfile
import unittest

from guanai import Case, main

NAMES = ["张三", "𠮷·买买提", "赵𬸣"]


class Locale(Case):
    lang = "zh"
    locale, codec, locpath = "zh_CN.GB18030", "gb18030", None

    def setUp(self):
        super().setUp()
        self.init()

    def says(self, *words, code=0, stdout=subprocess.PIPE, **options):
        """Runs in the locale; (stdout, stderr) as bytes."""
        env = dict(self.env(), LC_ALL=self.locale)
        if self.locpath is not None:
            env["LOCPATH"] = self.locpath
        command = [word if isinstance(word, bytes) else word.encode(self.codec)
                   for word in self.command(*words, **options)]
        done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=stdout, stderr=subprocess.PIPE, env=env,
                              timeout=120, check=False)
        self.assertEqual(done.returncode, code, done.stderr)
        return done.stdout or b"", done.stderr

    def test_rows_and_words_are_in_the_terminals_charset(self):
        for name in NAMES:
            self.says("add", "child", "name=" + name, "village=上坝村")
        out, _ = self.says("list", "child", "--where", "village = '上坝村'")
        self.assertEqual(out.decode(self.codec), self.does("list", "child").out)  # the same as elsewhere in UTF-8
        self.assertEqual({row["name"] for row in self.does("list", "child").rows}, set(NAMES))
        out, _ = self.says("find", "买买提")
        self.assertIn("𠮷·买买提", out.decode(self.codec))

    def test_messages_and_help_are_in_the_terminals_charset(self):
        _, err = self.says("list", "没有", code=2)
        self.assertEqual(err.decode(self.codec), self.does("list", "没有", code=2).err)
        out, _ = self.says("help")
        self.assertEqual(out.decode(self.codec), self.does("help").out)

    def test_json_is_ascii(self):
        self.says("add", "child", "name=" + NAMES[1])
        out, _ = self.says("list", "child", "--format", "json")
        self.assertEqual(json.loads(out.decode("ascii"))[0]["name"], NAMES[1])

    def test_names_of_files_are_the_bytes_that_were_typed(self):
        self.says("add", "child", "name=张三")
        for option in (("--out", self.path("花名册.csv")), ("--out=" + self.path("名册二.csv"),)):
            _, err = self.says("export", "child", *option)
            self.assertIn(option[-1].split("=")[-1], err.decode(self.codec))
        names = {name for name in os.listdir(self.folder.encode()) if name.endswith(b".csv")}
        self.assertEqual(names, {"花名册.csv".encode(self.codec), "名册二.csv".encode(self.codec)})
        self.says("import", "child", self.path("花名册.csv"))
        self.says("import", "child", self.path("没有.csv"), code=4)
        os.mkdir(self.path("盘").encode(self.codec))
        out, _ = self.says("backup", self.path("盘"))
        path = out.decode(self.codec).split("\n")[1].split("\t")[0]
        self.assertTrue(path.startswith(self.path("盘")))
        out, _ = self.says("restore", path)
        self.assertEqual(self.does("check").code, 0)

    def test_bytes_that_are_no_text_there_do_no_harm(self):
        self.says("find", b"\xff\xfe")
        self.says("add", "child", b"name=\xff", code=1)
        self.assertEqual(self.does("list", "child").rows, [])

    def test_the_full_screen_says_what_to_do(self):
        for words in ((), ("demo", "5")):
            _, err = self.says(*words, code=2)
            self.assertIn("全屏界面需要 UTF-8", err.decode(self.codec))
        self.assertEqual([name for name in os.listdir(self.folder) if "demo" in name], [])

    def test_output_that_cannot_be_written_is_no_success(self):
        with open("/dev/full", "wb") as full:
            self.says("help", code=4, stdout=full)


class Gbk(Locale):
    """Has fewer characters: what it lacks is a question mark, the rest is as it should be."""
    locale, codec = "zh_CN.GBK", "gbk"

    def test_rows_and_words_are_in_the_terminals_charset(self):
        self.does("add", "child", "name=" + NAMES[1])
        out, _ = self.says("find", "买买提")
        self.assertIn("?·买买提", out.decode(self.codec))

    def test_json_is_ascii(self):
        self.does("add", "child", "name=" + NAMES[1])
        out, _ = self.says("list", "child", "--format", "json")
        self.assertEqual(json.loads(out.decode("ascii"))[0]["name"], NAMES[1])


class Installed(Locale):
    """The same where the C library has the locale."""

    @classmethod
    def setUpClass(cls):
        cls.locpath = tempfile.mkdtemp(prefix="guanai-locale-")
        cls.addClassCleanup(shutil.rmtree, cls.locpath, True)
        tool = shutil.which("localedef")
        made = tool and subprocess.run(
            [tool, "-c", "-i", "zh_CN", "-f", "GB18030", os.path.join(cls.locpath, cls.locale)],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        if not made or not os.path.exists(os.path.join(cls.locpath, cls.locale, "LC_CTYPE")):
            raise unittest.SkipTest("localedef cannot make a GB18030 locale here")


class Plain(Case):
    def test_c_and_missing_locales_give_utf8(self):
        self.init()
        for name in ("C", "POSIX", "zh_CN.UTF-8", "nosuch", "en_US.ISO-8859-1", ""):
            done = subprocess.run(self.command("add", "child", "name=张三" + (name or "x")[0]),
                                  env=dict(self.env(), LC_ALL=name), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                  check=False)
            self.assertEqual(done.returncode, 0, done.stderr)
            done = subprocess.run(self.command("find", "张三"), env=dict(self.env(), LC_ALL=name),
                                  stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
            self.assertIn("张三", done.stdout.decode("utf-8"))


if __name__ == "__main__":
    main()
