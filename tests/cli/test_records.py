#!/usr/bin/env python3
"""add, edit, show, list, history, find: what scripts rely on."""
import json
import os
import re

from guanai import FORMS, Case, main

UUID = re.compile(r"^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$")


class Records(Case):
    def setUp(self):
        super().setUp()
        self.init()

    def test_add_answers_the_new_id_and_defaults_are_there(self):
        child = self.add("child", "name=张三", "sex=男", "class=2")
        self.assertRegex(child, UUID)
        row = self.does("list", "child").rows[0]
        self.assertEqual((row["id"], row["name"], row["sex"], row["class"]), (child, "张三", "male", "2"))
        self.assertEqual((row["card_no"], row["site"], row["key_child"]), ("1", "main", "0"))
        self.assertEqual(row["marked_left_behind"], "")  # a fact about the child is never a default

    def test_fields_are_named_by_label_and_other_names_in_both_languages(self):
        child = self.add("child", "姓名=张三", "Sex=男", "班级=2", "Father's phone=13812345678", "村民组=5组")
        row = self.does("list", "child").rows[0]
        self.assertEqual((row["name"], row["sex"], row["class"], row["father_phone"], row["hamlet"]),
                         ("张三", "male", "2", "13812345678", "5组"))
        self.does("edit", "child", child, "父亲 电话=13912345678", "village=红岩村")
        self.assertEqual(self.does("list", "child").rows[0]["father_phone"], "13912345678")
        meeting = self.add("meeting", "种类=领导小组会", "议题=安全", "决定事项[1].做什么=查宿舍", "decisions[1].谁办=王老师")
        self.assertIn("查宿舍", self.does("show", "meeting", meeting).out)

    def test_a_deadline_typed_as_a_day_alone_lies_ahead_unless_its_year_is_written(self):
        meeting = self.add("meeting", "held_on=15", "kind=group", "title=安全", "decisions[1].what=查宿舍", "decisions[1].due_on=15",
                           "decisions[2].what=补家访", "decisions[2].due_on=28", "decisions[3].what=通水", "decisions[3].due_on=2026-11-15")
        shown = {row["field"]: row["value"] for row in self.does("show", "meeting", meeting).rows}
        self.assertEqual(shown["held_on"], "2026-11-15")
        self.assertEqual([shown[f"decisions[{i}].due_on"] for i in (1, 2, 3)], ["2026-12-15", "2026-11-28", "2026-11-15"])
        self.add("holiday_watch", "from_on=20", "until_on=5", "watcher=张支书")
        watch = self.does("list", "holiday_watch").rows[0]
        self.assertEqual((watch["from_on"], watch["until_on"]), ("2026-11-20", "2026-12-05"))

    def test_what_could_be_chosen_is_said_in_the_language_of_the_session(self):
        child = self.add("child", "name=张三")
        for lang, words in (("en", "met Met, not_home Not at home"), ("zh", "met 已见面, not_home 家中无人")):
            self.assertIn(words, self.does("add", "home_visit", "child=" + child, "outcome=asleep", code=1, lang=lang).err)

    def test_a_name_that_two_fields_have_is_refused_with_both(self):
        os.makedirs(self.path("data/forms"), exist_ok=True)
        self.write("data/forms/club.yaml", "form: club\nversion: 1\nprotect: ordinary\ntitle: {zh: 社团, en: Club}\n"
                   "roles: {read: [teacher], write: [teacher]}\nsummary: topic\nfields:\n"
                   "  - {name: topic, type: text, label: {zh: 内容, en: Topic}}\n"
                   "  - {name: first_day, type: date, label: {zh: 日期, en: First day}}\n"
                   "  - {name: last_day, type: date, label: {zh: 日 期, en: Last day}}\n")
        answer = self.does("add", "club", "内容=画画", "日期=2026-11-20", code=2)
        self.assertIn("first_day", answer.err)
        self.assertIn("last_day", answer.err)
        self.assertEqual(self.does("list", "club").rows, [])
        self.does("add", "club", "内容=画画", "Last day=2026-11-20")

    def test_card_numbers_rise(self):
        for name in ("甲", "乙", "丙"):
            self.add("child", "name=" + name)
        self.assertEqual([row["card_no"] for row in self.does("list", "child").rows], ["1", "2", "3"])

    def test_gaps_are_listed_and_bar_nothing(self):
        answer = self.does("add", "child", "name=张三")
        self.assertIn("Birth date", answer.err)
        self.assertEqual(len(self.does("list", "child").rows), 1)

    def test_nothing_is_prefilled_from_the_last_record(self):
        self.add("child", "name=张三", "village=上坝村", "grade=三年级")
        self.add("child", "name=李四")
        last = self.does("list", "child").rows[1]
        self.assertEqual((last["village"], last["grade"]), ("", ""))

    def test_a_contradiction_is_refused_and_nothing_is_written(self):
        answer = self.does("add", "child", "name=严翔超", "sex=男", "id_number=520424202008218443", code=1)
        self.assertIn("Sex", answer.err)
        self.assertEqual(answer.out, "")
        self.assertEqual(self.does("list", "child").rows, [])

    def test_a_broken_constraint_is_refused_and_nothing_is_written(self):
        child = self.add("child", "name=张三")
        answer = self.does("add", "home_visit", "child=" + child, "visited_on=2026-12-01", code=1)
        self.assertIn("Not after today", answer.err)
        self.assertEqual(self.does("list", "home_visit").rows, [])

    def test_a_wrong_id_number_names_what_would_mend_it(self):
        answer = self.does("add", "child", "name=张三", "id_number=520424202008218441", code=1)
        self.assertIn("id_number", answer.err)
        self.assertIn("3", answer.err)

    def test_all_that_is_wrong_is_said_at_once(self):
        answer = self.does("add", "child", "name=张三", "birth_date=2015-2-30", "father_phone=12", code=1)
        self.assertIn("birth_date", answer.err)
        self.assertIn("father_phone", answer.err)

    def test_the_same_id_number_is_the_same_child(self):
        self.add("child", "name=严翔超", "id_number=520424202008218443")
        answer = self.does("add", "child", "name=严翔", "id_number=520424202008218443", code=1)
        self.assertIn("严翔超", answer.err)
        self.assertEqual(len(self.does("list", "child").rows), 1)

    def test_a_warning_wants_a_reason(self):
        child = self.add("child", "name=何丽")
        words = ("add", "home_visit", "child=" + child, "met=奶奶", "concerns=用电用火隐患")
        self.assertIn("--because", self.does(*words, code=1).err)
        self.does(*words, "--because", "村干部已处理")
        self.assertEqual(len(self.does("list", "home_visit").rows), 1)

    def test_edit_keeps_the_old_value_in_the_history(self):
        child = self.add("child", "name=彭英俊", "father_phone=13800001111")
        self.assertEqual(self.does("edit", "child", child, "father_phone=13800002222").rows[0]["changed"], "1")
        answer = self.does("history", "child", child, "--field", "father_phone")
        self.assertEqual(answer.header, ["when", "user", "site", "field", "old", "new", "file"])
        self.assertEqual([(row["old"], row["new"]) for row in answer.rows],
                         [("", "13800001111"), ("13800001111", "13800002222")])
        self.assertRegex(answer.rows[1]["when"], r"^2026-11-23 \d\d:\d\d$")

    def test_edit_without_a_change_writes_nothing(self):
        child = self.add("child", "name=张三")
        before = len(self.does("history", "child", child).rows)
        self.assertEqual(self.does("edit", "child", child, "name=张三").rows[0]["changed"], "0")
        self.assertEqual(len(self.does("history", "child", child).rows), before)

    def test_refused_answers_and_clearing(self):
        child = self.add("child", "name=张三", "father_phone=13800001111")
        self.does("edit", "child", child, "father_phone=?refused")
        shown = {row["field"]: row for row in self.does("show", "child", child).rows}
        self.assertEqual(shown["father_phone"]["value"], "?refused")
        self.does("edit", "child", child, "father_phone=")
        shown = {row["field"]: row for row in self.does("show", "child", child).rows}
        self.assertEqual(shown["father_phone"]["value"], "")

    def test_a_child_is_named_by_id_start_of_id_card_and_id_number(self):
        child = self.add("child", "name=严翔超", "id_number=520424202008218443")
        for word in (child, child.upper(), child[:13], "1", "520424202008218443"):
            self.assertEqual(self.does("show", "child", word).rows[0]["value"], child, word)
        self.does("show", "child", "99", code=1)
        self.does("show", "child", "ffffffff", code=1)

    def test_who_is_not_found_is_said_how_to_name(self):
        answer = self.run_it("add", "talk", "child=何丽", "topics=study", "mood=3", lang="zh")
        self.assertNotEqual(answer.code, 0)
        self.assertIn("请写档号或编号", answer.err)

    def test_an_activity_that_lies_ahead_wants_a_reason(self):
        words = ("add", "activity", "title=防溺水班会", "kind=safety", "safety_topics=water", "held_on=2027-11-23")
        self.assertIn("work plan", self.run_it(*words).err)
        self.assertEqual(self.does("list", "activity").rows, [])
        self.does(*words, "--because", "已经定了")
        self.assertEqual(len(self.does("list", "activity").rows), 1)

    def test_the_forms_there_are_are_named_whole(self):
        offered = self.run_it("list", "foo").err.split("there are: ")[1].strip().removesuffix(" …").split(", ")
        self.assertLessEqual(set(offered), {name[:-5] for name in os.listdir(FORMS) if name.endswith(".yaml")})

    def test_the_user_stands_in_the_history(self):
        child = self.add("child", "name=张三", user="周老师")
        self.does("edit", "child", child, "village=上坝村", user="吴校长")
        rows = self.does("history", "child", child).rows
        self.assertEqual({row["user"] for row in rows if row["field"] == "name"}, {"周老师"})
        self.assertEqual({row["user"] for row in rows if row["field"] == "village"}, {"吴校长"})

    def test_what_is_typed_for_another_says_both(self):
        child = self.add("child", "name=何丽", user="小罗")
        answer = self.does("add", "talk", "child=" + child, "topics=study", "mood=4",
                           **{"user": "小罗", "for": "何老师"})
        talk = answer.rows[0]["id"]
        row = self.does("list", "talk", "--where", "entered_by = '何老师'").rows[0]
        self.assertEqual((row["id"], row["talker"]), (talk, "何老师"))
        shown = {row["field"]: row["value"] for row in self.does("show", "talk", talk).rows}
        self.assertEqual((shown["entered_by"], shown["typed_by"]), ("何老师", "小罗"))
        self.assertEqual({row["user"] for row in self.does("history", "talk", talk).rows}, {"何老师/小罗"})
        self.assertNotIn("typed_by", {row["field"] for row in self.does("show", "child", child).rows})

    def test_who_types_is_nobody_else_and_a_name_is_one(self):
        child = self.add("child", "name=何丽", user="小罗")
        self.does("edit", "child", child, "village=上坝村", **{"user": "小罗", "for": "小罗"})
        self.assertEqual({row["user"] for row in self.does("history", "child", child).rows}, {"小罗"})
        self.does("list", "child", code=2, **{"for": ""})
        self.does("list", "--for", "何老师", "child", code=2)

    def test_a_record_is_found_by_the_number_of_its_paper(self):
        child = self.add("child", "name=何丽")
        self.add("talk", "child=" + child, "topics=study", "mood=4", "paper_no=DW-06")
        talk = self.add("talk", "child=" + child, "topics=study", "mood=3", "paper_no=DW-07")
        rows = self.does("list", "talk", "--where", "paper_no = 'DW-07'").rows
        self.assertEqual([row["id"] for row in rows], [talk])

    def test_list_json_holds_the_same_values(self):
        self.add("child", "name=张\"三\\", "boarding=是")
        row = json.loads(self.does("list", "child", "--format", "json").out)[0]
        self.assertEqual((row["name"], row["boarding"], row["village"]), ("张\"三\\", 1, None))
        self.assertEqual(list(row)[0], "id")

    def test_where_is_guarded(self):
        self.add("child", "name=张三", "birth_date=2015-5-6")
        self.add("child", "name=李四", "birth_date=2019-5-6")
        rows = self.does("list", "child", "--where", "age(birth_date, today()) > 8").rows
        self.assertEqual([row["name"] for row in rows], ["张三"])
        for evil in ("1); DROP TABLE child; --", "(SELECT count(*) FROM record) > 0", "nosuch = 1", "printf('%d', 1)",
                     "1 /* */", "load_extension('x')", "(WITH a AS (SELECT 1) SELECT 1 FROM a)", "1) OR (1", ""):
            answer = self.does("list", "child", "--where", evil, code=1)
            self.assertEqual(answer.out, "", evil)
        self.assertEqual(len(self.does("list", "child").rows), 2)

    def test_records_of_a_child_name_it(self):
        child = self.add("child", "name=何丽")
        self.add("talk", "child=1", "topics=学习 想念父母", "mood=3")
        row = self.does("list", "talk").rows[0]
        self.assertEqual((row["child"], row["topics"], row["mood"]), (child, "study family", "3"))
        self.does("add", "talk", "topics=学习", "mood=3", code=2)
        self.does("add", "talk", "child=77", "topics=学习", "mood=3", code=1)

    def test_find_by_characters_pinyin_initials_and_tails(self):
        child = self.add("child", "name=曾小明", "village=红岩村", "guardian_relation=奶奶", "guardian_name=田桂英",
                         "guardian_phone=13800001234", "nickname=石头", "marked_left_behind=是")
        for typed in ("曾小明", "小明", "zengxm", "zxm", "石头", "1234", "红岩", "田桂英", "1"):
            answer = self.does("find", typed)
            self.assertEqual(answer.header, ["id", "name", "class", "village", "why", "left"])
            self.assertIn(child, [row["id"] for row in answer.rows], typed)
        self.assertEqual(self.does("find", "不存在").rows, [])

    def test_messages_are_in_the_language_asked_for(self):
        self.assertIn("no form 'chld'", self.does("list", "chld", code=2).err)
        self.assertIn("did you mean 'child'", self.does("list", "chld", code=2).err)
        self.assertRegex(self.does("list", "chld", code=2, lang="zh").err, "[一-龥]")


if __name__ == "__main__":
    main()
