"""guanai figures, as a clerk's scripts ask it."""
import json
import os
import shutil

import guanai


class Figures(guanai.Case):
    def setUp(self):
        super().setUp()
        self.init()
        self.add("child", "name=严翔超", "sex=male", "grade=g1", "class=1", "birth_date=2020-08-21", "village=上坝村",
                 "marked_left_behind=1", "absence_kind=both")
        self.add("child", "name=汪俊晨", "grade=g1", "class=1", "birth_date=2020-05-21", "marked_left_behind=1",
                 "absence_kind=father", "guardian_relation=mother")
        self.add("child", "name=何丽", "grade=g3", "class=2", "birth_date=2018-03-02", "marked_left_behind=1",
                 "absence_kind=unguarded")
        self.add("child", "name=史晨志", "grade=g3", "class=2", "birth_date=2018-03-02", "marked_left_behind=0")

    def test_a_row_a_definition(self):
        answer = self.does("figures")
        self.assertEqual(answer.header, ["definition", "title", "on", "yes", "no", "unknown", "children", "share"])
        by_name = {row["definition"]: row for row in answer.rows}
        self.assertEqual([row["definition"] for row in answer.rows], ["school", "civil_affairs", "local"])
        self.assertEqual(by_name["school"], {"definition": "school", "title": "School's count", "on": "2026-11-23", "yes": "3",
                                             "no": "1", "unknown": "0", "children": "4", "share": "75.0"})
        self.assertEqual([by_name["civil_affairs"][key] for key in ("yes", "no", "unknown")], ["1", "2", "1"])
        self.assertEqual(self.does("figures", lang="zh").rows[0]["title"], "学校口径")

    def test_the_children_behind_a_number_with_what_is_missing(self):
        rows = self.does("figures", "--list", "civil_affairs:unknown").rows
        self.assertEqual([(row["name"], row["missing"]) for row in rows], [("何丽", "father_state mother_state")])
        self.assertEqual(rows[0]["class"], "Grade 3 Class 2")
        self.does("edit", "child", rows[0]["id"], "father_state=away", "mother_state=home")
        self.assertEqual(self.does("figures", "--list", "civil_affairs:unknown").rows, [])

    def test_a_difference_and_the_children_behind_it(self):
        lines = self.does("figures", "--difference", "school,civil_affairs").rows
        self.assertEqual([(row["in_a"], row["in_b"], row["why"], row["children"]) for row in lines],
                         [("yes", "no", "One away, the other at home", "1"),
                          ("yes", "unknown", "Who is away is not known", "1")])
        children = self.does("figures", "--list", "school,civil_affairs").rows
        self.assertEqual([(row["name"], row["why"]) for row in children],
                         [("汪俊晨", "One away, the other at home"), ("何丽", "Who is away is not known")])

    def test_another_day_and_one_class(self):
        self.assertEqual(self.does("figures", "--on", "2036-08-20").rows[1]["yes"], "1")
        self.assertEqual(self.does("figures", "--on", "2036-08-21").rows[1]["yes"], "0")
        for spelling in ("三年级(2)班", "三2班", "3.2"):
            self.assertEqual(self.does("figures", "--class", spelling).rows[0]["children"], "2")

    def test_nobody_is_here_before_being_born_and_files_of_later_years_are_said(self):
        def count(day, *words):
            answer = self.does("figures", "--on", day, *words)
            return answer.rows[0]["children"], "counted as if they were here" in answer.err
        self.assertEqual(count("2026-11-23"), ("4", False))
        self.assertEqual(count("2026-09-01"), ("4", False))  # of this school year
        self.assertEqual(count("2026-06-30"), ("4", True))
        self.assertEqual(count("2020-06-01"), ("3", True))
        self.assertEqual(count("2018-01-01"), ("0", True))

    def test_json_has_numbers(self):
        rows = json.loads(self.does("figures", "--format", "json").out)
        self.assertEqual((rows[0]["yes"], rows[0]["share"]), (3, 75.0))
        self.assertEqual(json.loads(self.does("figures", "--difference", "school,school", "--format", "json").out), [])

    def test_wrong_usage_says_what_is_right(self):
        self.assertIn("did you mean 'school'?", self.does("figures", "--list", "schol:yes", code=2).err)
        for ask in (("--list", "province:yes"), ("--difference", "school,province")):
            answer = self.does("figures", *ask, code=2)
            self.assertIn("there are: school, civil_affairs, local", answer.err)
        self.assertIn("usage: guanai figures", self.does("figures", "--list", "school:maybe", code=2).err)
        self.assertIn("usage: guanai figures", self.does("figures", "--list", "school", code=2).err)
        self.assertIn("write it as", self.does("figures", "--on", "yesterday", code=2).err)
        self.does("figures", "--class", "不是班", code=1)
        self.does("figures", "--format", "xml", code=2)
        self.does("figures", "--list", "school:yes", "--difference", "school,local", code=2)


class Checked(guanai.Case):
    def setUp(self):
        super().setUp()
        self.forms = self.path("forms")
        shutil.copytree(guanai.FORMS, self.forms)

    def put(self, name, text):
        path = os.path.join(self.forms, "definitions", name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        return path

    def test_forms_check_reads_duties_too(self):
        path = os.path.join(self.forms, "duties", "talk_month.yaml")
        self.does("forms", "check", path)
        with open(path, encoding="utf-8") as file:
            text = file.read()
        with open(path, "w", encoding="utf-8") as file:
            file.write(text.replace("who.school", "who.scool"))
        for word in (self.forms, path):
            answer = self.does("forms", "check", word, code=1)
            self.assertIn("talk_month.yaml:11:7: there is no definition 'scool' of who counts. did you mean 'who.school'?",
                          answer.err + answer.out)
        self.does("forms", "check", os.path.join(self.forms, "duties", "call_month.yaml"))

    def test_forms_check_reads_definitions_too(self):
        path = self.put("county.yaml", "definition: county\nversion: 1\ntitle: {zh: 县, en: County}\nwhen: child.grad = 'g1'\n")
        for word in (self.forms, path):
            answer = self.does("forms", "check", word, code=1)
            self.assertIn("county.yaml:4:7: the child's file has no field 'grad'. did you mean 'child.grade'?", answer.err + answer.out)
        self.does("forms", "check", os.path.join(self.forms, "definitions", "school.yaml"))
        self.does("forms", "check", os.path.join(self.forms, "child.yaml"))

    def test_what_ships_has_nothing_to_complain_about(self):
        self.assertIn("nothing to complain about", self.does("forms", "check", self.forms).err)


if __name__ == "__main__":
    guanai.main()
