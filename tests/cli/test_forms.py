#!/usr/bin/env python3
"""A changed form against the records that are there: weighed, kept waiting, accepted by the administrator."""
import os
import re
import shutil

from guanai import FORMS, Case, main


class Forms(Case):
    def setUp(self):
        super().setUp()
        self.forms = self.path("forms")
        shutil.copytree(FORMS, self.forms)
        self.does("init", "--school", "石桥小学", user="罗老师")
        self.add("child", "name=李雪梅", "grade=三年级", "class=2", "village=红岩村")
        self.add("child", "name=何丽", "grade=三年级", "class=2")

    def command(self, *words, **options):
        options.setdefault("forms", self.forms)
        return super().command(*words, **options)

    def change_child(self, pattern, replacement):
        """Rewrites a line of child.yaml and raises its version."""
        path = os.path.join(self.forms, "child.yaml")
        with open(path, encoding="utf-8") as file:
            text = file.read()
        changed, count = re.subn(pattern, replacement, text, flags=re.M)
        self.assertEqual(count, 1, pattern)
        changed = re.sub(r"^version: (\d+)", lambda m: f"version: {int(m[1]) + 1}", changed, flags=re.M)
        with open(path, "w", encoding="utf-8") as file:
            file.write(changed)

    def hide_village(self):
        self.change_child(r"(\{name: village, type: text,)", r"\1 relevant: boarding = 1,")

    def test_a_form_that_lies_alone_is_checked_beside_the_installed_ones(self):
        form = ("form: club\nversion: 1\nof: child\nprotect: ordinary\ntitle: {zh: 社团, en: Club}\nsummary: topic\n"
                "roles: {read: [teacher], write: [teacher]}\nfields:\n"
                "  - {name: topic, type: text, label: {zh: 内容, en: Topic}}\n"
                "  - {name: met, type: choice, list: %s, label: {zh: 见到谁, en: Met}, relevant: child.grade IS NOT NULL}\n")
        os.makedirs(self.path("stick"))
        self.write("stick/club.yaml", form % "relation")
        self.assertIn("nothing to complain about", self.does("forms", "check", self.path("stick/club.yaml")).err)
        self.write("stick/club.yaml", form % "relations")
        answer = self.does("forms", "check", self.path("stick/club.yaml"), code=1)
        self.assertIn("club.yaml:10:", answer.out + answer.err)
        self.assertNotIn("no form", answer.out + answer.err)

    def test_nothing_changed_is_nothing_to_complain_about(self):
        self.assertIn("nothing to complain about", self.does("forms", "check", "--against-data").err)

    def test_a_change_that_hides_values_waits_and_says_so(self):
        self.hide_village()
        answer = self.does("forms", "check", "--against-data", code=1)
        self.assertRegex(answer.err, r"child\.yaml:\d+:\d+: .*'village' would be hidden where it holds a value \(records: 1\)")
        self.assertIn("waits for an administrator", self.does("find", "李雪梅").err)
        self.assertIn("village", self.does("show", "child", "1").out)
        answer = self.does("forms", "check", "--against-data", code=1, lang="zh")
        self.assertIn("“village”会被隐藏：有 1 条记录填了它", answer.err)

    def test_only_the_administrator_accepts(self):
        self.hide_village()
        answer = self.does("forms", "accept", "child", user="周老师", code=3)
        self.assertIn("罗老师", answer.err)
        self.does("forms", "accept", "home_visit", user="罗老师", code=1)
        self.assertIn("guanai forms accept child", self.does("forms", "accept", user="罗老师", code=1).err)
        self.assertIn("administrator", self.does("find", "李雪梅").err)  # asking which accepts nothing
        self.assertIn("in force from now on: child", self.does("forms", "accept", "child", user="罗老师").err)
        self.assertNotIn("administrator", self.does("find", "李雪梅").err)
        self.assertIn("nothing to complain about", self.does("forms", "check", "--against-data").err)
        self.does("forms", "accept", user="罗老师", code=1)  # nothing waits any more
        self.does("check", "--rebuild")

    def test_a_folder_is_weighed_before_it_is_installed(self):
        """The clerk looks at a new folder of forms while the old one works on."""
        shutil.copytree(FORMS, self.path("new"))
        old, self.forms = self.forms, self.path("new")
        self.hide_village()
        self.forms = old
        answer = self.does("forms", "check", "--against-data", self.path("new"), code=1)
        self.assertIn("would be hidden", answer.err)
        self.assertEqual(self.does("find", "李雪梅").err, "")

    def test_a_harmless_change_asks_nobody(self):
        self.change_child(r"(\{name: village, type: text,)", r"\1 hint: {zh: 行政村, en: Village},")
        self.assertEqual(self.does("find", "李雪梅").err, "")


if __name__ == "__main__":
    main()
