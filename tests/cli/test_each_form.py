#!/usr/bin/env python3
"""Every form that comes with the program: a record of it is added, listed and shown."""
import json
import os

from guanai import FORMS, Case, main

# The least a script has to say, in an order in which later ones may name earlier ones: <name> is that record's id.
LEAST = [
    ("child", ["name=张小雨"]),
    ("helper", ["name=王建国"]),
    ("class_teacher", ["class=三年级(2)班", "teacher=周老师"]),
    ("holiday_watch", ["from_on=2027-01-21", "until_on=2027-02-10", "watcher=王建国"]),
    ("census_2016", ["child=1"]),
    ("status_change", ["child=1", "kind=away"]),
    ("consent", ["child=1", "guardian=李桂花", "kind=fingerprint"]),
    ("pairing", ["child=1", "kind=teacher", "helper=周老师"]),
    ("home_visit", ["child=1", "met=grandmother_f", "concerns=ok"]),
    ("talk", ["child=1", "topics=study family", "mood=3"]),
    ("parent_call", ["child=1", "whom=mother", "topics=study"]),
    ("guardian_talk", ["child=1", "whom=grandmother_f", "topics=health"]),
    ("family_call", ["child=1", "whom=father"]),
    ("letter", ["child=1", "kind=to_parents"]),
    ("tutoring", ["subject=maths", "pupils[1].child=1", "pupils[1].result=better"]),
    ("living_care", ["child=1", "kind=meals", "what=一起吃晚饭", "also[1].child=2"]),
    ("activity", ["title=防溺水班会", "kind=safety", "safety_topics=water", "participants[1].child=1"]),
    ("aid", ["source=meals", "sum_each=600", "recipients[1].child=1", "recipients[2].child=2", "recipients[2].sum=50.50"]),
    ("health_check", ["child=1", "findings=sight teeth", "height_cm=131.5"]),
    ("counselling", ["child=1", "came_by=teacher", "reason=mood", "risk=low"]),
    ("need_assessment", ["child=1", "guardian_ability=weak"]
     + [f"lack_{of}=1" for of in ("life", "conduct", "study", "morals", "safety", "affection")]),
    ("care_plan", ["child=1", "reasons=mind", "problem=夜里怕黑", "goal=能独自入睡", "owner=周老师", "lead=罗老师",
                   "measures[1].what=每周谈心"]),
    ("growth", ["child=1", "kind=award", "award_level=county", "what=区级阳光少年"]),
    ("incident", ["child=1", "what=胳膊上有伤", "kind=hurt"]),
    ("referral", ["child=1", "sent_to=civil", "incident=<incident>"]),
    ("home_room_log", ["uses=reading games", "present[1].child=1"]),
    ("home_room_item", ["what=象棋", "pieces=4"]),
    ("meeting", ["kind=group", "title=十一月碰头", "decisions[1].what=补家访"]),
    ("hazard", ["place=water", "what=塘边没有护栏"]),
    ("work_plan", ["planned_for=2026-11", "goal=safe", "what=防溺水教育", "done_on=2026-11-20", "done_by=activity",
                   "by_activity=<activity>"]),
    ("inspection", ["by_kind=bureau", "inspector=吴科长", "opinion=补齐家访记录"]),
    ("handover", ["class=三年级(2)班", "taker=杨老师"]),
    ("appraisal", ["about=周老师", "term=2026-1"]),
    ("term_summary", ["scope=school"]),
    ("start_check", ["child=1", "checked=guardian phones"]),
    # those the program writes itself
    ("duty_choice", ["duty=visit_month", "is_on=1"]),
    ("form_choice", ["form_name=growth", "is_on=1"]),
    ("duty_outcome", ["child=1", "duty=visit_month", "outcome=weather"]),
    ("pause_reason", ["pause_from=2026-09-20", "pause_until=2026-11-23", "month=2026-10", "children[1].child=1", "reason=停电"]),
    ("place_outcome", ["duty=theme_month", "outcome=other"]),
    ("month_sign", ["class=三年级(2)班", "month=2026-11", "is_signed=1"]),
    ("sent_back", ["of_record=<home_visit>", "about=张小雨家访", "words=写明约定", "to_whom=周老师"]),
    ("same_child", ["child=1", "other=2", "verdict=not_same"]),
    ("trip", ["stops[1].child=1", "stops[1].number=1"]),
    ("year_child", ["child=1", "school_year=2027", "fate=up"]),
    ("year_class", ["school_year=2027", "grade=g3", "fate=up"]),
    ("year_end", ["school_year=2027"]),
    ("import_file", ["file=花名册.xlsx"]),
]


def forms_people_fill_in():
    names = [name for name in os.listdir(FORMS) if name.endswith(".yaml")]
    texts = {name[:-5]: open(os.path.join(FORMS, name), encoding="utf-8").read() for name in names}
    return {name for name, text in texts.items() if "\nby_program: true" not in text}


class EachForm(Case):
    def setUp(self):
        super().setUp()
        self.init()
        self.ids = {}

    def test_every_form_that_people_fill_in_has_a_record_here(self):
        self.assertEqual(forms_people_fill_in() - {name for name, _ in LEAST}, set())

    def add_all(self):
        for name, words in LEAST:
            self.ids[name] = self.add(name, *(self.named(word) for word in words))
            if name == "child":
                self.second = self.add("child", "name=李强", "marked_left_behind=1")

    def named(self, word):
        for name, record in self.ids.items():
            word = word.replace(f"<{name}>", record)
        return word

    def check_list(self, name):
        listed = json.loads(self.does("list", name, "--format", "json").out)
        self.assertIn(self.ids[name], [row["id"] for row in listed], name)

    def check_shown(self, name, words):
        answer = self.does("show", name, self.ids[name])
        shown = {row["field"]: row for row in answer.rows}
        for word in words:
            field, typed = self.named(word).split("=", 1)
            if field in ("child", "other") or field.endswith(".child"):
                continue  # a child is typed by its number and kept by its id
            self.assertIn(typed, (shown[field]["value"], shown[field]["shown"]), (name, field))
            self.assertTrue(shown[field]["label"], (name, field))

    def check_shared(self):
        """What several share stands with each of them."""
        shown = {row["field"]: row for row in self.does("show", "living_care", self.ids["living_care"]).rows}
        self.assertIn("李强", shown["also[1].child"]["shown"])
        self.assertEqual(shown["also[1].child"]["value"], self.second)
        turns = [row["turns"] for row in self.does("priorities", "--month", "2026-11").rows
                 if row["child"] == "李强" and row["priority"] == "living"]
        self.assertEqual(turns, ["1"])

    def test_a_record_of_every_form_is_added_listed_and_shown(self):
        self.add_all()
        for name, words in LEAST:
            with self.subTest(form=name):
                self.check_list(name)
                self.check_shown(name, words)
        self.check_shared()
        done = {row["field"]: row for row in self.does("show", "work_plan", self.ids["work_plan"]).rows}
        self.assertIn("防溺水班会", done["by_activity"]["shown"])
        self.does("check", "--rebuild")


if __name__ == "__main__":
    main()
