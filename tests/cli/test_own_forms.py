#!/usr/bin/env python3
"""What a school lays into DATA/forms is used over what comes with the program, and moves with the data."""
import os
import re
import shutil
import sqlite3

from guanai import FORMS, Case, main

EYE = """\
form: eye_check
version: 1
title: {zh: 视力检查, en: Eye check}
of: child
protect: ordinary
roles: {read: [teacher, headteacher], write: [teacher, headteacher]}
summary: "concat_ws(' ', checked_on, label(finding))"
fields:
  - {name: checked_on, type: date, label: {zh: 检查日期, en: Checked on}, aka: [查视力日期], required: true, default: today()}
  - {name: finding, type: choice, list: eye_finding, label: {zh: 结果, en: Finding}, required: true}
  - {name: advice, type: text, label: {zh: 建议, en: Advice}}
then:
  - {when: finding = 'glasses', open: talk, fill: {talked_on: checked_on}}
"""
FINDING = """\
list: eye_finding
choices:
  - {code: fine, label: {zh: 正常, en: Fine}}
  - {code: glasses, label: {zh: 需配镜, en: Needs glasses}, aka: [近视]}
"""


class OwnForms(Case):
    def setUp(self):
        super().setUp()
        self.base = self.path("program")
        shutil.copytree(FORMS, self.base)
        self.init()
        self.own = os.path.join(self.data, "forms")
        os.makedirs(os.path.join(self.own, "lists"))
        self.child = self.add("child", "name=李雪梅", "grade=三年级", "class=2", "village=红岩村")

    def command(self, *words, **options):
        options.setdefault("forms", self.base)
        return super().command(*words, **options)

    def lay(self, name, text):
        path = os.path.join(self.own, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        return path

    def lay_eye_check(self):
        self.lay("lists/eye_finding.yaml", FINDING)
        return self.lay("eye_check.yaml", EYE)

    def shipped(self, name, version=None, folder=None):
        """The program's file, as another version when asked."""
        with open(os.path.join(folder or FORMS, name), encoding="utf-8") as file:
            text = file.read()
        return re.sub(r"^version: \d+", f"version: {version}", text, flags=re.M) if version else text

    def ship(self, name, text):
        with open(os.path.join(self.base, name), "w", encoding="utf-8") as file:
            file.write(text)

    def title(self, form):
        """Of the form in force, after a start."""
        self.does("find", "李雪梅")
        db = sqlite3.connect(os.path.join(self.data, "guanai.db"))
        title = db.execute("SELECT title_en FROM form WHERE name = ?", (form,)).fetchone()[0]
        db.close()
        return title

    def test_a_form_of_its_own_with_a_list_of_its_own_is_filled_in_imported_and_exported(self):
        self.lay_eye_check()
        self.assertIn("nothing to complain about", self.does("forms", "check").err)
        self.assertIn("nothing to complain about", self.does("forms", "check", "--against-data").err)
        self.add("eye_check", "child=" + self.child, "finding=近视", "advice=去县医院")
        self.add("child", "name=何丽", "grade=三年级", "class=2")
        roster = self.write("eyes.csv", "姓名,年级,班级,查视力日期,结果\r\n李雪梅,三年级,2,2026-11-02,正常\r\n何丽,三年级,2,2026-11-02,需配镜\r\n")
        self.does("import", "eye_check", roster)
        rows = self.does("list", "eye_check").rows
        self.assertEqual(sorted((row["checked_on"], row["finding"]) for row in rows),
                         [("2026-11-02", "fine"), ("2026-11-02", "glasses"), ("2026-11-23", "glasses")])
        self.does("export", "eye_check", "--out", self.path("out.csv"), "--labels")
        with open(self.path("out.csv"), encoding="utf-8-sig") as file:
            self.assertEqual(file.read().count("Needs glasses"), 2)
        self.does("check", "--rebuild")

    def test_a_file_of_the_programs_name_takes_its_place_by_a_higher_version(self):
        self.lay("talk.yaml", self.shipped("talk.yaml").replace("zh: 谈心记录, en: Talk", "zh: 师生谈心, en: Our talk"))
        answer = self.does("find", "李雪梅")
        self.assertIn("has changed but its version is still", answer.err)
        self.assertEqual(self.title("talk"), "Talk")
        self.lay("talk.yaml", self.shipped("talk.yaml", 7).replace("zh: 谈心记录, en: Talk", "zh: 师生谈心, en: Our talk"))
        self.assertEqual(self.does("find", "李雪梅").err, "")
        self.assertEqual(self.title("talk"), "Our talk")
        self.does("check", "--rebuild")

    def test_what_the_guide_shows_can_be_laid_there_as_it_stands(self):
        folders = {"form": "", "list": "lists/", "definition": "definitions/", "duty": "duties/", "alarm": "alarms/",
                   "sheet": "sheets/", "materials": "materials/"}
        with open(os.path.join(FORMS, "README.md"), encoding="utf-8") as guide:
            samples = re.findall(r"```yaml\n((\w+): (\w+).*?)```", guide.read(), re.S)
        laid = [self.lay(f"{folders[kind]}{name}.yaml", text) for text, kind, name in samples if kind in folders]
        self.assertGreaterEqual(len(laid), len(folders))
        self.assertEqual(self.does("forms", "check").err.strip(), "nothing to complain about")
        self.assertIn("book_loan", [row["form"] for row in self.does("forms", "list").rows])
        self.assertIn("county", [row["definition"] for row in self.does("figures").rows])

    def test_a_form_stands_among_the_others_where_its_file_says(self):
        def listed():
            return [row["form"] for row in self.does("forms", "list").rows]

        self.lay_eye_check()
        self.assertEqual(listed()[-1], "eye_check")  # it says nothing: behind those that do
        self.lay("eye_check.yaml", EYE.replace("version: 1", "version: 2\norder: 725"))
        forms = listed()
        at = forms.index("eye_check")
        self.assertEqual(forms[at - 1:at + 2], ["class_teacher", "eye_check", "handover"])

    def test_a_list_of_the_programs_name_takes_its_place(self):
        text = self.shipped("lists/talk_place.yaml")
        self.lay("lists/talk_place.yaml", text + "  - {code: reading_corner, label: {zh: 图书角, en: Reading corner}}\n")
        self.add("talk", "child=" + self.child, "place=图书角", "topics=study", "mood=3", "talker=罗老师")
        self.assertEqual(self.does("list", "talk").rows[0]["place"], "reading_corner")

    def test_its_own_stays_when_the_program_overtakes_it_until_it_is_taken_away(self):
        own = self.lay("talk.yaml", self.shipped("talk.yaml", 7).replace("zh: 谈心记录, en: Talk", "zh: 师生谈心, en: Our talk"))
        self.does("find", "李雪梅")
        self.ship("talk.yaml", self.shipped("talk.yaml", 9).replace("zh: 谈心记录, en: Talk", "zh: 谈心, en: New talk"))
        self.does("find", "李雪梅")
        self.assertEqual(self.title("talk"), "Our talk")
        answer = self.does("forms", "check")  # worth knowing, nothing to mend
        self.assertRegex(answer.err, r"talk\.yaml:\d+:\d+: .*version 9 by now; this one, version 7, stays in force")
        os.remove(own)
        self.does("find", "李雪梅")
        self.assertEqual(self.title("talk"), "New talk")
        self.does("check", "--rebuild")

    def test_a_broken_file_keeps_the_last_good_one_and_never_lets_the_programs_back_in(self):
        self.lay("talk.yaml", self.shipped("talk.yaml", 7).replace("zh: 谈心记录, en: Talk", "zh: 师生谈心, en: Our talk"))
        self.does("find", "李雪梅")
        self.ship("talk.yaml", self.shipped("talk.yaml", 9))
        path = self.lay("talk.yaml", "form: [talk\n")
        answer = self.does("find", "李雪梅")
        self.assertIn(path, answer.err)
        self.assertNotIn("version", answer.err)
        self.assertEqual(self.title("talk"), "Our talk")
        self.assertIn(path, self.does("forms", "check", code=1).err)

    def test_the_same_form_under_another_file_name_is_meant_as_well(self):
        self.lay("ours.yaml", self.shipped("talk.yaml", 7).replace("zh: 谈心记录, en: Talk", "zh: 师生谈心, en: Our talk"))
        self.assertEqual(self.does("find", "李雪梅").err, "")
        self.assertEqual(self.title("talk"), "Our talk")

    def test_a_file_that_hides_another_form_by_its_name_is_found(self):
        self.lay_eye_check()
        os.rename(os.path.join(self.own, "eye_check.yaml"), os.path.join(self.own, "talk.yaml"))
        answer = self.does("forms", "check", code=1)
        self.assertRegex(answer.err, r"talk\.yaml: .*stands for the program's talk\.yaml, but holds no 'talk'")

    def test_one_file_is_checked_over_those_of_the_program(self):
        path = self.lay_eye_check()
        self.assertIn("nothing to complain about", self.does("forms", "check", path).err)
        self.assertIn("nothing to complain about", self.does("forms", "check", self.own).err)
        self.lay("eye_check.yaml", EYE.replace("list: eye_finding", "list: eye_findings"))
        answer = self.does("forms", "check", path, code=1)
        self.assertRegex(answer.err, r"eye_check\.yaml:10:\d+: .*eye_findings")
        answer = self.does("forms", "check", code=1)
        self.assertIn(path, answer.err)

    def test_a_definition_of_its_own_counts(self):
        text = self.shipped("definitions/school.yaml")
        self.lay("definitions/ours.yaml", re.sub(r"^definition: .*", "definition: ours", text, flags=re.M))
        self.assertIn("ours", self.does("figures").out)
        version = int(re.search(r"^version: (\d+)", text, re.M)[1])
        self.lay("definitions/school.yaml", self.shipped("definitions/school.yaml", version + 1).replace("zh: ", "zh: 本校", 1))
        self.assertIn("本校", self.does("figures", lang="zh").out)

    def test_forms_of_the_same_folder_by_another_way_do_not_lie_over_themselves(self):
        shutil.rmtree(self.own)
        shutil.copytree(FORMS, self.own)
        os.symlink(self.own, self.path("link"))
        self.assertIn("nothing to complain about", self.does("forms", "check", forms=self.path("link")).err)

    def test_a_backup_carries_them_and_a_restored_school_has_them(self):
        self.lay_eye_check()
        self.add("eye_check", "child=" + self.child, "finding=fine")
        self.lay("notes.txt", "not ours")
        os.mkdir(self.path("stick"))
        backup = self.does("backup", self.path("stick")).rows[0]["file"]
        beside = backup[:-3] + ".forms"
        self.assertEqual(sorted(os.listdir(beside)), ["eye_check.yaml", "lists"])
        shutil.rmtree(self.data)
        self.does("restore", backup)
        with open(os.path.join(self.own, "eye_check.yaml"), encoding="utf-8") as file:
            self.assertEqual(file.read(), EYE)
        self.assertEqual(os.listdir(os.path.join(self.own, "lists")), ["eye_finding.yaml"])
        self.lay("eye_check.yaml", EYE.replace("version: 1", "version: 2").replace("Eye check", "Eyes"))
        self.assertEqual(self.title("eye_check"), "Eyes")
        self.assertEqual(len(self.does("list", "eye_check").rows), 1)

    def test_a_backup_without_them_keeps_those_that_are_there(self):
        os.mkdir(self.path("stick"))
        backup = self.does("backup", self.path("stick")).rows[0]["file"]
        self.assertFalse(os.path.exists(backup[:-3] + ".forms"))
        self.lay_eye_check()
        self.does("restore", backup)
        self.assertTrue(os.path.exists(os.path.join(self.own, "lists", "eye_finding.yaml")))
        self.assertEqual(self.title("eye_check"), "Eye check")


if __name__ == "__main__":
    main()
