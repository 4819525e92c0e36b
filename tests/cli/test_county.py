#!/usr/bin/env python3
"""A county reads what its schools write, and no school learns of another by it; a school that lost everything comes back."""
import os
import re
import shutil

from guanai import Case, main


class County(Case):
    def setUp(self):
        super().setUp()
        self.stick = self.path("stick")
        os.mkdir(self.stick)
        self.does("init", "--school", "云山县教育局", data=self.path("county"))
        self.key = self.do("county", "sync", "county").out.strip()

    def at(self, name, *words, **options):
        return self.run_it(*words, data=self.path(name), **options)

    def do(self, name, *words, **options):
        return self.does(*words, data=self.path(name), **options)

    def meet(self, name, title, *said):
        """`said`: whether a school of this name is the same."""
        self.assertEqual(self.do(name, "sync", "meet", self.stick).rows, [])
        label, digits = self.do("county", "sync", "meet", self.stick).out.strip().split("\t")
        self.assertEqual(label, title)
        self.assertRegex(digits, r"^\d{5}( \d{5}){5}$")
        self.do("county", "sync", "meet", self.stick, digits, *said)
        self.assertEqual(self.do(name, "sync", "meet", self.stick).out.strip().split("\t"), ["云山县教育局", digits])
        self.do(name, "sync", "meet", self.stick, digits)

    def school(self, name, title):
        """One that the county knows, with one child."""
        if not os.path.exists(self.path(name)):
            self.does("init", "--school", title, data=self.path(name))
        self.meet(name, title)
        return self.do(name, "add", "child", "name=孩子" + name, "village=红岩村").rows[0]["id"]

    def names(self, name):
        return sorted(row["name"] for row in self.do(name, "list", "child").rows)

    def carry(self, *names):
        for name in names:
            self.assertIn(self.at(name, "sync", "import", self.stick).code, (0, 1))
            self.do(name, "sync", "export", self.stick)

    def status(self, name):
        return {row["label"]: row for row in self.do(name, "sync", "status").rows}

    def test_a_county_has_all_children_and_each_school_its_own_alone(self):
        self.school("A", "石桥镇中心小学")
        self.school("B", "青山乡中心小学")
        self.carry("A", "B", "county", "A", "B")
        self.assertEqual(self.names("county"), ["孩子A", "孩子B"])
        self.assertEqual(self.names("A"), ["孩子A"])
        self.assertEqual(self.names("B"), ["孩子B"])
        for name in "AB":
            self.assertEqual(self.status(name)["云山县教育局"]["to_send"], "0")
            listed = self.do(name, "sync", "status").out
            self.assertNotIn({"A": "青山", "B": "石桥"}[name], listed)

    def two_schools(self):
        """Of both the sites are called main and dawan, the classes, the card numbers alike; the first handed its calendar on."""
        for name, title in zip("AB", ("石桥镇中心小学", "青山乡中心小学")):
            self.does("init", "--school", title, data=self.path(name))
            with open(os.path.join(self.path(name), "config.yaml"), "w", encoding="utf-8") as file:
                file.write(f"school: {title}\nsites:\n  - {{code: main, label: {{zh: 中心校, en: Central school}}, own: true}}\n"
                           "  - {code: dawan, label: {zh: 大湾教学点, en: Dawan point}, paper: true}\n")
            self.school(name, title)
            for i, site in enumerate(("main", "dawan")):
                self.do(name, "add", "child", f"name=同学{name}{i}", "village=红岩村", f"site={site}", "grade=g3", "class=2",
                        "marked_left_behind=1")
        self.do("A", "forms", "share", "calendar")
        self.carry("A", "B", "county")

    def test_a_county_tells_the_children_of_its_schools_apart(self):
        self.two_schools()
        rows = self.do("county", "list", "child").rows
        self.assertEqual({row["name"]: row["school"] for row in rows},
                         {"孩子A": "石桥镇中心小学", "同学A0": "石桥镇中心小学", "同学A1": "石桥镇中心小学",
                          "孩子B": "青山乡中心小学", "同学B0": "青山乡中心小学", "同学B1": "青山乡中心小学"})
        for school, name in zip(("石桥镇中心小学", "青山乡中心小学"), "AB"):
            names = [row["name"] for row in self.do("county", "list", "child", "--school", school, "--where", "grade = 'g3'").rows]
            self.assertEqual(sorted(names), ["同学" + name + "0", "同学" + name + "1"])
        self.assertEqual({row["name"]: row["school"] for row in self.do("county", "find", "同学").rows},
                         {"同学" + name + i: title for name, title in zip("AB", ("石桥镇中心小学", "青山乡中心小学")) for i in "01"})
        self.assertEqual(self.at("county", "list", "child", "--school", "没有的学校").code, 1)
        classes = {row["name"]: row["class"] for row in self.do("county", "find", "同学A", lang="zh").rows}  # as the pages show it
        self.assertEqual(classes, {"同学A0": "石桥镇中心小学 中心校 三年级(2)班", "同学A1": "石桥镇中心小学 大湾教学点 三年级(2)班"})
        self.assertEqual({row["class"] for row in self.do("A", "find", "同学A", lang="zh").rows}, {"三年级(2)班"})
        self.assertNotIn("school", self.do("A", "list", "child").rows[0])

    def test_children_without_a_site_belong_to_the_school_that_wrote_them(self):
        for name, title in zip("AB", ("石桥小学", "青山小学")):
            self.school(name, title)
            self.do(name, "add", "child", "name=同学" + name, "village=红岩村", "site=", "grade=g3", "class=2", "marked_left_behind=1")
        self.carry("A", "B", "county")
        rows = self.do("county", "list", "child").rows
        self.assertEqual({row["name"]: row["school"] for row in rows},
                         {"孩子A": "石桥小学", "同学A": "石桥小学", "孩子B": "青山小学", "同学B": "青山小学"})
        for name, title in zip("AB", ("石桥小学", "青山小学")):
            self.assertEqual(self.do("county", "figures", "--school", title).rows, self.do(name, "figures").rows)
            self.assertEqual(sorted(row["name"] for row in self.do("county", "list", "child", "--school", title).rows), self.names(name))
            nowhere = self.do("county", "list", "child", "--class", "三年级(2)班", "--site", title + " （没写校点）").rows
            self.assertEqual([row["name"] for row in nowhere], ["同学" + name])  # classes of one name in two schools
        self.assertEqual({row["school"] for row in self.do("county", "figures", "--by", "school").rows}, {"石桥小学", "青山小学"})
        self.assertEqual(self.at("county", "check", "--rebuild").code, 0)

    def owed_by_classes(self, name, *words):
        rows = self.do(name, "due", "--from", "2026-08-25", "--to", "2026-11-30", "--state", "all", *words).rows
        return sorted((row["duty"], row["due_on"], row["state"]) for row in rows if not row["child_id"])

    def test_what_a_class_did_at_its_school_is_done_at_the_county_and_in_no_other_school(self):
        self.two_schools()
        self.school("C", "大湾小学")
        self.do("C", "add", "child", "name=同学C", "village=红岩村", "site=", "grade=g3", "class=2", "marked_left_behind=1")
        for name in "AC":  # what is owed is each school's own decision
            for duty in ("parents_meeting", "theme_month"):
                self.do(name, "duties", duty, "on", "--from", "2026-08-25", "--yes")
        self.do("B", "duties", "theme_month", "on", "--class", "三年级(2)班", "--site", "main", "--from", "2026-08-25", "--yes")
        self.do("A", "add", "meeting", "held_on=2026-09-05", "kind=parents", "title=开学家长会", "class=三年级(2)班", "chair=周老师")
        self.do("B", "excuses", "say", "theme_month", "weather", "--class", "三年级(2)班", "--site", "main", "--because", "发大水")
        self.do("C", "excuses", "say", "theme_month", "ill", "--class", "三年级(2)班", "--because", "都病了")
        self.carry("A", "B", "C", "county")
        places = {"A": ("石桥镇中心小学 中心校", "石桥镇中心小学 大湾教学点"), "B": ("青山乡中心小学 main", "青山乡中心小学 dawan"),
                  "C": ("大湾小学 （没写校点）",)}
        for name, sites in places.items():
            here = self.owed_by_classes(name, "--class", "三年级(2)班") if name == "C" else sorted(
                row for site in ("main", "dawan") for row in self.owed_by_classes(name, "--class", "三年级(2)班", "--site", site))
            there = sorted(row for site in sites for row in self.owed_by_classes("county", "--class", "三年级(2)班", "--site", site))
            self.assertEqual(there, here, name)
        states = {name: {state for duty, _, state in self.owed_by_classes(name) if duty == "parents_meeting"} for name in "AC"}
        self.assertEqual(states, {"A": {"done"}, "C": set()})

    def test_classes_of_one_name_in_two_schools_are_two_classes(self):
        self.two_schools()
        asked = self.at("county", "alarms", "--class", "三年级(2)班", lang="zh")
        for words in ("石桥镇中心小学 中心校", "石桥镇中心小学 大湾教学点", "青山乡中心小学 dawan"):
            self.assertIn(words, asked.err)
        def at_site(site):
            return [row["name"] for row in self.do("county", "list", "child", "--class", "三年级(2)班", "--site", site).rows]
        self.assertEqual(at_site("石桥镇中心小学 中心校"), ["同学A0"])
        self.assertEqual(at_site("石桥镇中心小学 大湾教学点"), ["同学A1"])
        self.assertEqual(at_site("青山乡中心小学 dawan"), ["同学B1"])

    def test_figures_of_a_county_stand_by_school_and_add_up(self):
        self.two_schools()
        all_of_them = {row["definition"]: row for row in self.do("county", "figures").rows}
        rows = self.do("county", "figures", "--by", "school").rows
        self.assertEqual({row["school"] for row in rows}, {"石桥镇中心小学", "青山乡中心小学"})
        for definition, whole in all_of_them.items():
            parts = [row for row in rows if row["definition"] == definition]
            for column in ("yes", "no", "unknown", "children"):
                self.assertEqual(sum(int(row[column]) for row in parts), int(whole[column]))
        own = self.do("A", "figures").rows
        counted = self.do("county", "figures", "--school", "石桥镇中心小学").rows
        self.assertEqual(own, counted)
        self.assertEqual([row for row in own if row["definition"] == "school"][0]["yes"], "2")
        self.assertEqual(self.at("A", "figures", "--by", "school").code, 1)

    def test_a_county_gives_back_what_it_was_given_and_nags_of_nothing_that_is_its_schools(self):
        self.two_schools()
        checked = self.at("county", "check", "--rebuild")
        self.assertEqual(checked.code, 0, checked.err)  # each school has its own card number 1
        self.assertEqual(self.at("county", "card-numbers").rows, [])
        self.assertNotIn("wait for the administrator", self.at("county", "sync", "status").err)
        self.assertNotIn("wait for the administrator", self.at("county", "sync", "import", self.stick).err)
        child = [row for row in self.do("A", "list", "child").rows if row["name"] == "同学A1"][0]
        self.assertEqual(child["site"], "dawan")
        self.assertIn("石桥镇中心小学 大湾教学点", self.do("county", "show", "child", child["id"], lang="zh").out)
        self.assertIn("石桥镇中心小学 大湾教学点", self.do("county", "history", "child", child["id"], lang="zh").out)
        self.do("county", "sync", "export", self.stick, "complete")
        key = self.path("key.txt")
        with open(key, "w", encoding="utf-8") as file:
            file.write(self.key)
        self.does("init", "--school", "石桥镇中心小学", data=self.path("new"))
        self.at("new", "sync", "recover", self.stick, key)
        self.assertEqual({row["name"]: row["site"] for row in self.do("new", "list", "child").rows}["同学A1"], "dawan")

    def test_what_a_school_answered_differently_that_school_settles(self):
        child = self.school("A", "石桥镇中心小学")
        self.does("init", "--school", "石桥镇中心小学", data=self.path("point"))
        self.do("A", "sync", "pair", "invite", self.stick)
        digits = self.do("point", "sync", "pair", "join", self.stick, "大湾教学点").out.strip()
        self.do("A", "sync", "pair", "answer", self.stick, digits)
        self.do("point", "sync", "pair", "finish", self.stick, digits)
        self.carry("A", "point")
        self.do("A", "edit", "child", child, "village=大湾村")
        self.do("point", "edit", "child", child, "village=双溪村")
        self.carry("point", "A")
        self.assertEqual(len(self.at("A", "sync", "conflicts").rows), 2)
        came = self.at("county", "sync", "import", self.stick)
        self.assertEqual({row["conflicts"] for row in came.rows}, {"0"})
        self.assertEqual(self.do("county", "sync", "conflicts").rows, [])
        self.assertEqual(self.at("county", "sync", "resolve", "1", "1").code, 1)
        self.assertEqual(self.at("county", "check", "--rebuild").code, 0)
        self.do("A", "sync", "resolve", "1", "2")
        self.carry("A", "county")
        self.assertIn("双溪村", self.do("county", "show", "child", child).out)

    def test_what_a_school_wrote_is_not_changed_at_the_county(self):
        child = self.school("A", "石桥镇中心小学")
        self.carry("A", "county")
        refused = self.at("county", "edit", "child", child, "village=大湾村", lang="zh")
        self.assertEqual(refused.code, 3)
        self.assertIn("石桥镇中心小学", refused.err)
        self.assertIn("红岩村", self.do("county", "show", "child", child).out)
        own = self.do("county", "add", "child", "name=县里记的").rows[0]["id"]
        self.do("county", "edit", "child", own, "village=大湾村")

    def test_what_the_county_has_is_not_sent_again(self):
        self.school("A", "石桥镇中心小学")
        for i in range(30):
            self.do("A", "add", "child", f"name=孩子{i}", "village=红岩村")
        self.assertEqual(self.do("A", "sync", "export", self.stick).rows[0]["transactions"], "32")  # the county's keys for its own computers, too
        self.carry("county", "A")
        self.do("A", "add", "child", "name=新来", "village=红岩村")
        self.assertEqual(self.do("A", "sync", "export", self.stick).rows[0]["transactions"], "1")
        self.carry("county")
        self.assertEqual(len(self.names("county")), 32)

    def teaching_point(self):
        self.does("init", "--school", "石桥镇中心小学", data=self.path("P"))
        self.do("A", "sync", "pair", "invite", self.stick)
        digits = self.do("P", "sync", "pair", "join", self.stick, "石桥教学点").out.strip()
        self.do("A", "sync", "pair", "answer", self.stick, digits)
        self.do("P", "sync", "pair", "finish", self.stick, digits)

    def test_a_teaching_point_that_joined_before_the_county_was_met_learns_of_it_by_its_own_sticks(self):
        self.does("init", "--school", "石桥镇中心小学", data=self.path("A"))
        self.teaching_point()
        self.do("P", "add", "child", "name=教学点的孩子", "village=红岩村")
        self.carry("P", "A", "P")
        self.school("A", "石桥镇中心小学")
        self.carry("A", "P")
        self.assertNotIn("wait for the administrator", self.at("P", "sync", "status").err)
        shutil.rmtree(os.path.join(self.stick, "guanai"))
        self.do("P", "sync", "export", self.stick)  # alone on a stick that goes to the county
        taken = self.do("county", "sync", "import", self.stick).rows
        self.assertEqual([row["from"] for row in taken], ["石桥镇中心小学 · 石桥教学点"])  # others have a 石桥教学点, too
        self.assertEqual(self.names("county"), ["孩子A", "教学点的孩子"])
        self.do("county", "sync", "export", self.stick)
        self.assertEqual(self.do("P", "sync", "import", self.stick).rows[0]["from"], "云山县教育局")
        key = self.path("key.txt")
        with open(key, "w", encoding="utf-8") as file:
            file.write(self.key)
        self.do("P", "sync", "export", self.stick, "complete")
        self.does("init", "--school", "石桥镇中心小学", data=self.path("new"))
        self.at("new", "sync", "recover", self.stick, key)  # the printed key opens it, too
        self.assertEqual(self.names("new"), ["孩子A", "教学点的孩子"])

    def test_a_teaching_point_reaches_the_county_by_way_of_its_school(self):
        self.school("A", "石桥镇中心小学")
        self.teaching_point()
        self.do("P", "add", "child", "name=教学点的孩子", "village=红岩村")
        self.carry("P", "A", "county", "P")
        self.assertEqual(self.names("county"), ["孩子A", "教学点的孩子"])
        self.assertEqual(self.status("county")["石桥教学点"]["school"], "石桥镇中心小学")
        self.assertEqual(self.status("P")["云山县教育局"]["heard"], "2026-11-23")

    def test_who_was_not_heard_from_is_named(self):
        for name, title in zip("ABCD", ("石桥小学", "青山小学", "大湾小学", "双溪小学")):
            self.school(name, title)
        self.carry("A", "C", "county")
        said = self.at("county", "sync", "status").err
        self.assertIn("heard from 2 of 4 schools", said)
        missing = re.search(r"not from: (.*)", said).group(1)
        self.assertEqual(set(missing.split(", ")), {"青山小学", "双溪小学"})

    def test_the_setting_says_for_how_long_a_school_may_be_silent(self):
        self.school("A", "石桥小学")
        self.school("B", "青山小学")
        self.carry("A", "county")
        for days, heard, words in ((5, "1 of 2", "in the last 5 days; not from: 青山小学"), (3, "0 of 2", "in the last 3 days"),
                                   (0, "1 of 2", "never from: 青山小学")):
            with open(os.path.join(self.path("county"), "config.yaml"), "w", encoding="utf-8") as file:
                file.write(f"school: 云山县教育局\nexchange_days: {days}\n")
            said = self.at("county", "sync", "status", today="2026-11-27").err
            self.assertIn(f"heard from {heard} schools", said)
            self.assertIn(words, said)

    def test_a_site_without_a_computer_is_by_paper_and_nobody_waits_for_its_stick(self):
        self.two_schools()
        listed = self.at("A", "sync", "status", lang="zh")
        self.assertIn("大湾教学点：没有电脑，用纸质表；孩子 1 人，还没有代录过", listed.err)
        self.assertEqual({row["label"] for row in listed.rows}, {"", "云山县教育局"})
        child = self.do("A", "list", "child", "--where", "site = 'dawan'").rows[0]["id"]
        self.do("A", "add", "home_visit", "child=" + child, "visited_on=2026-11-20", "visitor=何老师", "outcome=not_home")
        self.assertIn("孩子 1 人，最近一次代录 2026-11-23", self.at("A", "sync", "status", lang="zh").err)
        self.carry("A", "county")
        self.assertIn("石桥镇中心小学 大湾教学点：没有电脑，用纸质表；孩子 1 人", self.at("county", "sync", "status", lang="zh").err)

    def test_one_child_in_two_schools_is_said_linked_and_parted_again(self):
        for name in "AB":
            self.school(name, {"A": "石桥小学", "B": "青山小学"}[name])
            self.do(name, "add", "child", "name=李福春", "sex=female", "birth_date=2018-03-09", "guardian_name=李大山", "village=红岩村")
        self.carry("A", "B", "county")
        found = self.do("county", "doubles").rows
        self.assertEqual([(row["name_a"], row["name_b"]) for row in found], [("李福春", "李福春")])
        self.assertEqual({found[0]["school_a"], found[0]["school_b"]}, {"石桥小学", "青山小学"})
        before = self.names("county")
        ids = found[0]["id_a"], found[0]["id_b"]
        self.do("county", "doubles", "link", *ids)
        self.assertEqual(self.names("county").count("李福春"), 1)
        self.do("county", "doubles", "unlink", *ids, "--because", "两个孩子")
        self.assertEqual(self.names("county"), before)
        self.carry("county", "A", "B")
        for name in "AB":  # what the county thinks of them is not told to the schools
            self.assertEqual(self.do(name, "list", "same_child").rows, [])
            self.assertEqual(self.names(name).count("李福春"), 1)

    def test_a_school_that_meets_the_county_again_leaves_no_invitation_behind(self):
        self.school("A", "石桥小学")
        self.carry("A", "county")
        self.do("A", "sync", "meet", self.stick)
        digits = self.do("county", "sync", "meet", self.stick).out.strip().split("\t")[1]
        self.do("A", "sync", "meet", self.stick, digits)
        self.do("county", "sync", "meet", self.stick, digits)
        self.assertEqual(self.do("county", "sync", "meet", self.stick).rows, [])
        self.assertEqual(self.names("county"), ["孩子A"])

    def schools_of_the_county(self, name="county"):
        """{school: its children's names}, by the list; the schools by the figures; how many there are of how many."""
        listed = {}
        for row in self.do(name, "list", "child").rows:
            listed.setdefault(row["school"], []).append(row["name"])
        counted = {row["school"] for row in self.do(name, "figures", "--by", "school").rows}
        said = re.search(r"heard from (\d+ of \d+) schools", self.at(name, "sync", "status").err).group(1)
        return {school: sorted(names) for school, names in listed.items()}, counted, said

    def come_back(self):
        """A school that lost all its computers, in the new folder that the printed key filled."""
        self.do("county", "sync", "export", self.stick, "complete", "石桥镇中心小学")
        key = self.lost()
        self.at("new", "sync", "recover", self.stick, key)
        self.assertEqual(self.names("new"), ["孩子A"])
        shutil.rmtree(os.path.join(self.stick, "guanai"))

    def test_a_school_that_lost_everything_and_meets_the_county_again_is_one_school_when_people_say_so(self):
        self.school("A", "石桥镇中心小学")
        self.school("B", "青山乡中心小学")
        self.carry("A", "B", "county")
        self.come_back()
        self.do("new", "sync", "meet", self.stick)
        asked = self.at("county", "sync", "meet", self.stick)
        self.assertIn("a school called 石桥镇中心小学 has met this county already", asked.err)
        digits = asked.out.strip().split("\t")[1]
        self.assertEqual(self.at("county", "sync", "meet", self.stick, digits).code, 1)  # nobody said which
        self.do("county", "sync", "meet", self.stick, digits, "same")
        self.do("county", "sync", "meet", self.stick)
        self.do("new", "sync", "meet", self.stick, digits)
        self.do("new", "add", "child", "name=后来的", "village=红岩村", "grade=g3", "class=2")
        self.carry("new", "county", "new")
        listed, counted, said = self.schools_of_the_county()
        self.assertEqual(listed, {"石桥镇中心小学": ["后来的", "孩子A"], "青山乡中心小学": ["孩子B"]})
        self.assertEqual(counted, {"石桥镇中心小学", "青山乡中心小学"})
        self.assertEqual(said, "2 of 2")
        self.assertEqual(self.status("new")["云山县教育局"]["to_send"], "0")
        self.assertEqual(self.at("county", "check", "--rebuild").code, 0)

    def test_two_schools_of_one_name_stay_two(self):
        self.school("A", "中心小学")
        self.does("init", "--school", "中心小学", data=self.path("B"))
        self.meet("B", "中心小学", "other")
        self.do("B", "add", "child", "name=孩子B", "village=红岩村")
        self.carry("A", "B", "county")
        listed, counted, said = self.schools_of_the_county()
        self.assertEqual(sorted(listed.values()), [["孩子A"], ["孩子B"]])
        self.assertEqual(counted, {"中心小学", "中心小学 (2)"})
        self.assertEqual(said, "2 of 2")

    def test_schools_taken_for_one_are_parted_again_and_joined_again_at_both_computers_of_the_county(self):
        self.school("A", "中心小学")
        self.does("init", "--school", "中心小学", data=self.path("B"))
        self.meet("B", "中心小学", "same")  # a slip: they are two
        self.do("B", "add", "child", "name=孩子B", "village=红岩村")
        self.carry("A", "B", "county")
        self.second_computer()
        self.carry("county", "second", "county")
        self.assertEqual(self.schools_of_the_county()[0], {"中心小学": ["孩子A", "孩子B"]})
        rows = self.do("county", "sync", "schools").rows
        self.assertEqual([(row["school"], row["joined"]) for row in rows], [("中心小学", "0"), ("中心小学", "1")])
        two = [["孩子A"], ["孩子B"]]
        self.do("county", "sync", "schools", "part", "中心小学")
        self.assertEqual(self.at("county", "sync", "schools", "part", rows[0]["site"]).code, 1)
        for name in ("county", "second"):
            listed, counted, said = self.schools_of_the_county(name)
            self.assertEqual((sorted(listed.values()), counted, said), (two, {"中心小学", "中心小学 (2)"}, "2 of 2"))
            self.assertEqual(self.at(name, "check", "--rebuild").code, 0)
            self.do("county", "sync", "export", self.stick)
            self.at("second", "sync", "import", self.stick)
        self.carry("second", "county")  # who heard of it later does not undo it
        self.assertEqual(sorted(self.schools_of_the_county()[0].values()), two)
        self.do("second", "sync", "schools", "join", "中心小学")
        self.assertEqual(self.schools_of_the_county("second")[0], {"中心小学": ["孩子A", "孩子B"]})
        self.carry("second", "county")
        self.assertEqual(self.schools_of_the_county()[0], {"中心小学": ["孩子A", "孩子B"]})
        self.assertEqual(self.schools_of_the_county()[2], "1 of 1")

    def test_a_new_computer_of_a_school_that_meets_the_county_itself_is_of_that_school(self):
        self.school("A", "石桥镇中心小学")
        self.teaching_point()  # signed for by A
        self.do("P", "add", "child", "name=教学点的孩子", "village=红岩村")
        self.meet("P", "石桥镇中心小学", "other")  # as if they were two: nobody had introduced it yet
        self.carry("P", "county")
        listed, counted, said = self.schools_of_the_county()
        self.assertEqual(listed, {"石桥镇中心小学": ["教学点的孩子"]})  # its stick says whose computer it is
        self.assertEqual(counted, {"石桥镇中心小学"})
        self.assertEqual(said, "1 of 1")
        self.carry("A", "P", "county")
        listed, counted, said = self.schools_of_the_county()
        self.assertEqual(listed, {"石桥镇中心小学": ["孩子A", "教学点的孩子"]})
        self.meet("P", "石桥镇中心小学")  # once more: nobody has to be asked
        self.assertEqual(self.schools_of_the_county(), (listed, counted, said))

    def second_computer(self):
        self.does("init", "--school", "云山县教育局", data=self.path("second"))
        self.do("county", "sync", "pair", "invite", self.stick)
        digits = self.do("second", "sync", "pair", "join", self.stick, "二号机").out.strip()
        self.do("county", "sync", "pair", "answer", self.stick, digits)
        self.do("second", "sync", "pair", "finish", self.stick, digits)

    def test_the_second_computer_of_a_county_learns_its_schools_from_the_first(self):
        self.two_schools()
        self.school("C", "双溪小学")
        self.second_computer()
        self.carry("county", "second")
        self.assertEqual(self.schools_of_the_county("second"), self.schools_of_the_county("county"))
        self.assertEqual(self.do("second", "figures", "--by", "school").rows, self.do("county", "figures", "--by", "school").rows)
        for words in ("heard from 2 of 3 schools", "not from: 双溪小学", "石桥镇中心小学 大湾教学点：没有电脑"):
            self.assertIn(words, self.at("second", "sync", "status").err + self.at("second", "sync", "status", lang="zh").err)
        self.assertNotIn("wait for the administrator", self.at("second", "sync", "status").err)
        self.assertEqual(self.at("second", "check", "--rebuild").code, 0)
        shutil.rmtree(os.path.join(self.stick, "guanai"))
        self.do("A", "add", "child", "name=又一个", "village=红岩村")
        self.do("A", "sync", "export", self.stick)
        self.carry("second", "A")  # any of the county's computers takes in a school's stick and answers
        self.assertIn("又一个", self.names("second"))
        self.assertEqual(self.status("A")["二号机"]["heard"], "2026-11-23")
        shutil.rmtree(os.path.join(self.stick, "guanai"))
        self.do("second", "sync", "export", self.stick)
        self.carry("county", "second")
        self.assertEqual(self.schools_of_the_county("second"), self.schools_of_the_county("county"))
        for name in "AB":  # and none of it is told to the schools
            self.assertNotIn({"A": "青山", "B": "石桥"}[name], self.do(name, "sync", "status").out)

    def test_what_either_computer_of_a_county_meets_is_a_school_at_the_other(self):
        self.school("A", "石桥镇中心小学")
        self.second_computer()
        self.carry("county", "second", "county")
        shutil.rmtree(os.path.join(self.stick, "guanai"))
        self.does("init", "--school", "青山乡中心小学", data=self.path("B"))
        self.do("B", "sync", "meet", self.stick)
        digits = self.do("second", "sync", "meet", self.stick).out.strip().split("\t")[1]
        self.do("second", "sync", "meet", self.stick, digits)
        self.do("B", "sync", "meet", self.stick, digits)
        self.do("B", "add", "child", "name=孩子B", "village=红岩村")
        self.carry("B", "second", "county")
        self.assertEqual(self.schools_of_the_county("county")[1], {"石桥镇中心小学", "青山乡中心小学"})
        self.assertEqual(self.schools_of_the_county("county")[0]["青山乡中心小学"], ["孩子B"])

    def test_a_school_becomes_no_computer_of_a_county(self):
        self.does("init", "--school", "青山小学", data=self.path("B"))
        self.do("B", "add", "child", "name=孩子B", "village=红岩村")
        self.do("county", "sync", "pair", "invite", self.stick)
        answer = self.at("B", "sync", "pair", "join", self.stick, "二号机")
        self.assertEqual(answer.code, 1, answer.err)
        self.assertIn("data folder of its own", answer.err)

    def test_one_stick_goes_round_many_schools_and_none_reads_of_another(self):
        titles = {name: f"云山县第{name}小学" for name in "ABCDE"}
        digits = r"\d{5}(?: \d{5}){5}"
        paper = re.search(digits, self.at("county", "sync", "meet", self.stick).err).group(0)
        beside = {}
        for name, title in titles.items():  # one way: met, and all that the school has
            self.does("init", "--school", title, data=self.path(name))
            self.do(name, "add", "child", "name=孩子" + name, "village=红岩村")
            met = self.at(name, "sync", "meet", self.stick)
            self.assertEqual(re.findall(digits, met.err)[0], paper)
            county, beside[name] = met.out.strip().split("\t")
            self.assertEqual(county, "云山县教育局")
            self.assertEqual(self.at(name, "sync", "meet", self.stick, "12345 12345 12345 12345 12345 12345").code, 3)
            self.do(name, "sync", "meet", self.stick, paper)
            self.do(name, "sync", "export", self.stick)
            for file in os.listdir(os.path.join(self.stick, "guanai")):  # nothing there tells of anybody but the county
                with open(os.path.join(self.stick, "guanai", file), "rb") as lies:
                    data = lies.read()
                for other in titles.values():
                    self.assertNotIn(other.encode("utf-8"), data)
        rows = [line.split("\t") for line in self.do("county", "sync", "meet", self.stick).out.strip().split("\n")]
        self.assertEqual(dict(rows), {titles[name]: beside[name] for name in titles})
        self.assertEqual(self.at("county", "sync", "meet", self.stick, paper).code, 3)
        for name in "CAEDB":  # each by the digits that stand beside its name
            self.do("county", "sync", "meet", self.stick, beside[name])
        self.assertIn(self.at("county", "sync", "import", self.stick).code, (0, 1))
        self.do("county", "sync", "export", self.stick)
        listed, _, said = self.schools_of_the_county()
        self.assertEqual(listed, {titles[name]: ["孩子" + name] for name in titles})
        self.assertEqual(said, "5 of 5")
        self.carry(*titles)
        for name in titles:
            self.assertEqual(self.names(name), ["孩子" + name])
            self.assertEqual({row["label"] for row in self.do(name, "sync", "status").rows}, {"", "云山县教育局"})
            self.assertEqual(self.status(name)["云山县教育局"]["to_send"], "0")
        self.does("init", "--school", titles["A"], data=self.path("P"))  # what lies there keeps no computer from joining its school
        self.do("A", "sync", "pair", "invite", self.stick)
        joined = self.do("P", "sync", "pair", "join", self.stick, "教学点").out.strip()
        self.do("A", "sync", "pair", "answer", self.stick, joined)
        self.do("P", "sync", "pair", "finish", self.stick, joined)
        self.assertEqual(self.at("P", "sync", "county").code, 1)

    def test_other_digits_join_nobody(self):
        self.does("init", "--school", "石桥小学", data=self.path("A"))
        self.do("A", "sync", "meet", self.stick)
        self.do("county", "sync", "meet", self.stick)
        for name in ("A", "county"):
            answer = self.at(name, "sync", "meet", self.stick, "12345 12345 12345 12345 12345 12345")
            self.assertEqual(answer.code, 3, answer.err)
            self.assertEqual(len(self.do(name, "sync", "status").rows), 1)

    def test_two_schools_do_not_meet_and_a_school_does_not_become_a_county(self):
        self.school("A", "石桥小学")
        shutil.rmtree(os.path.join(self.stick, "guanai"))
        self.does("init", "--school", "青山小学", data=self.path("B"))
        self.do("B", "sync", "meet", self.stick)
        self.assertEqual(self.do("A", "sync", "meet", self.stick).rows, [])
        self.assertEqual(self.at("A", "sync", "county").code, 1)
        self.do("B", "add", "child", "name=孩子B", "village=红岩村")
        answer = self.at("B", "sync", "county")
        self.assertEqual(answer.code, 1)
        self.assertIn("data folder of its own", answer.err)
        self.do("county", "sync", "county")  # another key, whatever it has collected

    def lost(self):
        """The key as somebody typed it, a new folder of the school's name."""
        path = self.path("key.txt")
        with open(path, "w", encoding="utf-8") as file:
            file.write("恢复密钥\n" + self.key.replace(" ", "-") + "\n")
        self.does("init", "--school", "石桥镇中心小学", data=self.path("new"))
        return path

    def test_a_school_without_computers_comes_back_by_the_printed_key(self):
        child = self.school("A", "石桥镇中心小学")
        self.school("B", "青山乡中心小学")
        self.carry("A", "B", "county", "A")
        self.do("A", "edit", "child", child, "village=大湾村")
        self.carry("A", "county")
        self.do("county", "sync", "export", self.stick, "complete")
        key = self.lost()
        self.at("new", "sync", "recover", self.stick, key)
        self.assertEqual(self.names("new"), ["孩子A"])
        self.assertIn("大湾村", self.do("new", "show", "child", child).out)
        self.assertIn("红岩村", self.do("new", "history", "child", child).out)
        self.assertEqual(self.at("new", "check", "--rebuild").code, 0)

    def test_a_school_that_lost_its_stick_as_well_is_named(self):
        self.school("A", "石桥镇中心小学")
        self.school("B", "青山乡中心小学")
        self.carry("A", "B", "county")
        shutil.rmtree(os.path.join(self.stick, "guanai"))
        self.assertEqual(self.at("county", "sync", "export", self.stick, "complete").code, 4)
        self.assertEqual(self.at("county", "sync", "export", self.stick, "complete", "石桥").code, 4)
        self.do("county", "sync", "export", self.stick, "complete", "石桥镇中心小学")
        key = self.lost()
        with open(key, encoding="utf-8") as file:
            digits = file.read()
        with open(key, "w", encoding="utf-8") as file:  # as an input method types them
            file.write(digits.translate({ord("0") + i: 0xFF10 + i for i in range(10)}))
        self.at("new", "sync", "recover", self.stick, key)
        self.assertEqual(self.names("new"), ["孩子A"])

    def test_without_the_key_nothing_of_it_can_be_read(self):
        self.school("A", "石桥镇中心小学")
        self.carry("A")
        self.lost()
        self.at("new", "sync", "import", self.stick)
        self.assertEqual(self.names("new"), [])

    def salvage(self, name):
        """What can be read of its folder takes its place."""
        self.at(name, "check", "--salvage")
        made = [folder for folder in os.listdir(self.folder) if folder.startswith(name + ".salvaged-")]
        self.assertEqual(len(made), 1)
        os.rename(self.path(name), self.path(name + ".damaged"))
        os.rename(self.path(made[0]), self.path(name))

    def test_a_salvaged_county_knows_its_schools_and_goes_on_collecting(self):
        self.two_schools()
        before = self.schools_of_the_county()
        figures = self.do("county", "figures", "--by", "school").rows
        self.salvage("county")
        self.assertEqual(self.schools_of_the_county(), before)
        self.assertEqual(self.do("county", "figures", "--by", "school").rows, figures)
        self.assertEqual(self.at("county", "check", "--rebuild").code, 0)
        shutil.rmtree(os.path.join(self.stick, "guanai"))
        self.do("A", "add", "child", "name=又一个", "village=红岩村")
        self.do("A", "sync", "export", self.stick)
        self.carry("county", "A")  # with the keys it had: it reads the school, the school its receipt
        self.assertIn("又一个", self.schools_of_the_county()[0]["石桥镇中心小学"])
        self.assertEqual(self.status("A")["云山县教育局"]["to_send"], "0")
        self.meet("A", "石桥镇中心小学")  # it is the school that it was
        self.assertEqual(self.schools_of_the_county()[1:], before[1:])

    def test_a_mistyped_key_is_noticed_wherever_the_slip_is(self):
        key = self.lost()
        for at in (0, 40, 89):
            digits = list(self.key.replace(" ", ""))
            digits[at] = str((int(digits[at]) + 1) % 10)
            with open(key, "w", encoding="utf-8") as file:
                file.write("".join(digits))
            self.assertEqual(self.at("new", "sync", "recover", self.stick, key).code, 1)
        with open(key, "w", encoding="utf-8") as file:
            file.write(self.key[:-1])
        answer = self.at("new", "sync", "recover", self.stick, key)
        self.assertEqual(answer.code, 1)
        self.assertIn("89", answer.err)


if __name__ == "__main__":
    main()
