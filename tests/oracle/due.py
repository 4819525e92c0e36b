"""Who owes what, done, late, tried, resting: counted again from exported rows, by another hand, on many days.

usage: due.py GUANAI ROOT

A term of an invented school is written sitting by sitting: records typed late, tries, children who leave, come back, are
away for a while, excuses, one double file that is linked and parted again. Windows are read from the answers (the
calendar has tests of its own); who owes each of them, which record closes it and how it stands are worked out here from
`list` rows alone: records in the order of their days, each to the oldest window it lies in that still lacks one. The appraisal of each class is added up of them; the day a record was
typed on is that of an export.
"""
import datetime
import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile

PROGRAM, ROOT = sys.argv[1:3]
DUTIES = {  # how each is closed: form, its day, what counts, what is a try
    "talk_month": [("talk", "talked_on", lambda r: True, lambda r: False)],
    "call_month": [("parent_call", "called_on", lambda r: r["outcome"] == "reached", lambda r: bool(r["outcome"]))],
    "visit_month": [("home_visit", "visited_on",
                     lambda r: r["outcome"] == "met" or (not r["outcome"] and bool(r["met"])) or
                     (r["outcome"] == "school" and r["met"] not in ("", "self")),
                     lambda r: r["outcome"] in ("not_home", "refused", "moved"))],
}
LEFT = {"with_parents", "transfer", "gone", "paper_only", "suspended", "dropped", "working", "finished", "died"}
BEGAN, TERM = "2026-09-01", ("2026-09-01", "2027-01-20")
OTHERS = ("contact_month", "guardian_talk_term", "visit_phase", "key_week", "plan_review")  # on in a new school
# A month that begins with public holidays is asked for behind them: 国庆 three days, 元旦 one.
ASKED_FROM = {"2026-10-01": "2026-10-04", "2027-01-01": "2027-01-02"}
TYPED_LATE = [0]
COUNTED = ("due", "done", "done_late", "typed_late", "excused", "unconfirmed", "tries")


class School:
    def __init__(self, folder):
        self.data = os.path.join(folder, "data")

    def run(self, today, *words):
        done = subprocess.run([PROGRAM, "--data", self.data, "--forms", os.path.join(ROOT, "forms"), "--today", today, "--lang", "en",
                               "--user", "周老师"] + list(words), capture_output=True, text=True, check=False)
        if done.returncode not in (0, 1) or "AddressSanitizer" in done.stderr or "runtime error" in done.stderr:
            sys.exit(f"{words}: {done.returncode}\n{done.stdout}{done.stderr}")
        return done.stdout

    def add(self, today, form, **fields):
        words = [f"{key}={value}" for key, value in fields.items()]
        out = self.run(today, "add", form, *words, "--because", "试").split("\n")
        assert out[0] == "id", (form, fields, out)
        return out[1]

    def rows(self, today, form):
        return [{key: "" if value is None else str(value) for key, value in row.items()}
                for row in json.loads(self.run(today, "list", form, "--format", "json"))]

    def entered(self, today):
        """The day each record was typed, from an export."""
        path = os.path.join(self.data, "..", today + ".sqlite")
        self.run(today, "export", "--sqlite", path)
        with sqlite3.connect(path) as db:
            return {row: day for form in ("talk", "parent_call", "home_visit")
                    for row, day in db.execute(f"SELECT id, entered_on FROM {form}")}

    def due(self, today, duty):
        return json.loads(self.run(today, "due", "--duty", duty, "--state", "all", "--from", "2026-08-01", "--to", "2027-08-31",
                                   "--format", "json"))


def days_between(first, last):
    return (datetime.date.fromisoformat(last) - datetime.date.fromisoformat(first)).days


def day_before(day):
    return (datetime.date.fromisoformat(day) - datetime.timedelta(days=1)).isoformat()


class Count:
    """What is owed on a day, from rows."""

    def __init__(self, school, today):
        self.today, self.appraisal = today, {}
        self.children = {row["id"]: row for row in school.rows(today, "child")}
        lead = {}
        for row in school.rows(today, "same_child"):
            if row["verdict"] == "same":
                lead[row["other"]] = row["child"]
        self.lead = lead
        self.made = {row["id"]: row["entered_on"] for row in self.children.values() if "entered_on" in row}
        self.records = {form: school.rows(today, form) for form in ("talk", "parent_call", "home_visit")}
        self.changes = sorted(school.rows(today, "status_change"), key=lambda row: (row["from_on"], row["id"]))
        self.entered = school.entered(today)
        self.outcomes = sorted(school.rows(today, "duty_outcome"), key=lambda row: (row["said_on"], row["id"]))

    def of(self, child):
        return self.lead.get(child, child)

    def is_here(self, child, day):
        mine = [row for row in self.changes if self.of(row["child"]) == child and (row["kind"] in LEFT or row["kind"] == "returned")]
        here = not mine or mine[0]["kind"] in LEFT
        for row in mine:
            if row["from_on"] <= day:
                here = row["kind"] == "returned"
        return here

    def is_away(self, child, day):
        spans = []
        for row in self.changes:
            if self.of(row["child"]) != child:
                continue
            if row["kind"] == "returned" and spans and spans[-1][1] >= row["from_on"]:
                spans[-1][1] = day_before(row["from_on"])
            if row["kind"] == "away":
                spans.append([row["from_on"], row["until_on"] or "9999-12-31"])
        return any(first <= day <= last for first, last in spans)

    def member(self, child, window):
        opens, due_on, _ = window
        asked = min(due_on, self.today)
        if self.is_here(child, asked):
            if self.children[child]["marked_left_behind"] not in ("1", "True"):
                return None
            return "rests" if self.is_away(child, asked) else "owes"
        days = [row["from_on"] for row in self.changes if self.of(row["child"]) == child and row["kind"] in LEFT]
        left = [day for day in days if opens < day <= asked and self.is_here(child, day_before(day))]
        return "rests" if left and self.children[child]["marked_left_behind"] in ("1", "True") else None

    def state(self, child, duty, windows):
        """Of every window: done, tries, how it stands."""
        contacts = []
        for form, on, counts, tried in DUTIES[duty]:
            for row in self.records[form]:
                if self.of(row["child"]) == child and (counts(row) or tried(row)):
                    contacts.append((row[on], row["id"], counts(row)))
        stands = {window: {"member": self.member(child, window), "done": [], "tries": 0} for window in windows}
        for day, record, is_done in sorted(contacts):
            fits = [window for window in windows if window[0] <= day <= (window[2] if window[1] >= BEGAN else window[1])
                    and stands[window]["member"]]
            if not fits:
                continue
            empty = [window for window in fits if not stands[window]["done"]]
            stand = stands[empty[0] if empty else fits[-1]]
            if is_done:
                stand["done"].append(day)
                stand["typed"] = self.entered[record]
            else:
                stand["tries"] += 1
        answers = {}
        for window in windows:
            stand = stands[window]
            if stand["member"] and (stand["done"] or window[1] >= BEGAN):
                answers[window[0]] = self.word(child, duty, window, stand)
                self.appraise(child, window, answers[window[0]], stand)
        return answers

    def appraise(self, child, window, word, stand):
        """What the term has for the child's class: done late, typed more than a week after the day it was done on."""
        if not TERM[0] <= window[1] <= TERM[1]:
            return
        of = self.appraisal.setdefault(self.children[child]["grade"], dict.fromkeys(COUNTED, 0))
        is_done = word in ("done", "done_late")
        of["due"] += is_done or word in ("late", "missed")
        of["done"] += is_done
        of["done_late"] += word == "done_late"
        of["typed_late"] += is_done and days_between(stand["done"][-1], stand["typed"]) > 7
        of["excused"] += word == "excused"
        of["unconfirmed"] += word == "excused"
        of["tries"] += stand["tries"]

    def word(self, child, duty, window, stand):
        opens, due_on, ends = window
        if stand["done"]:
            return "done_late" if stand["done"][0] > due_on else "done"
        said = [row for row in self.outcomes if self.of(row["child"]) == child and row["duty"] == duty and row["period"] == opens[:7]]
        if said:
            return "excused"
        if stand["member"] == "rests":
            return "rests"
        return "coming" if self.today < ASKED_FROM.get(opens, opens) else "open" if self.today <= due_on else "late" if self.today <= ends else "missed"


def write_term(school, dice):
    """Sittings from September to January; after each the day is answered."""
    school.run(BEGAN, "init", "--school", "石桥小学")
    school.add(BEGAN, "duty_choice", duty="visit_month", is_on=1, from_on=BEGAN)
    for duty in OTHERS:
        school.add(BEGAN, "duty_choice", duty=duty, is_on=0, from_on=BEGAN)
    children = [school.add(BEGAN, "child", name=f"孩子{chr(0x4e00 + i)}", grade=f"g{1 + i % 3}", **{"class": "1"},
                           marked_left_behind=dice.choice("1110")) for i in range(9)]
    day, linked = datetime.date(2026, 9, 3), False
    while day < datetime.date(2027, 1, 15):
        today = day.isoformat()
        for _ in range(dice.randrange(1, 6)):
            child = dice.choice(children)
            on = max(datetime.date(2026, 8, 20), day - datetime.timedelta(days=dice.choice((0, 1, 2, 9, 30)))).isoformat()
            what = dice.randrange(9)
            if what < 2:
                school.add(today, "talk", child=child, talked_on=on, topics="study", mood=4)
            elif what < 4:
                school.add(today, "home_visit", child=child, visited_on=on, outcome=dice.choice(("met", "met", "not_home")),
                           **({} if what == 2 else {"concerns": "ok"}))
            elif what < 6:
                outcome = dice.choice(("reached", "reached", "no_answer"))
                school.add(today, "parent_call", child=child, called_on=on, whom="father", outcome=outcome,
                           **({"topics": "study"} if outcome == "reached" else {}))
            elif what == 6:
                school.add(today, "status_change", child=child, kind=dice.choice(("transfer", "returned", "returned")), from_on=on)
            elif what == 7:
                school.add(today, "status_change", child=child, kind="away", from_on=on,
                           until_on=(day + datetime.timedelta(days=6)).isoformat())
            else:
                school.add(today, "duty_outcome", child=child, duty=dice.choice(list(DUTIES)), period=today[:7], outcome="ill", said_on=today)
        if not linked and day > datetime.date(2026, 10, 20):
            school.run(today, "doubles", "link", children[0], children[1])
            linked = True
        yield today
        day += datetime.timedelta(days=dice.randrange(5, 16))
    school.run("2027-01-20", "doubles", "unlink", children[0], children[1])
    yield "2027-01-20"


def compare(school, today):
    count, compared = Count(school, today), 0
    for duty in DUTIES:
        answers = {}
        windows = {}
        for row in school.due(today, duty):
            answers.setdefault(row["child_id"], {})[row["opens"]] = row["state"]
            windows[row["opens"]] = (row["opens"], row["due_on"], row["ends"] or row["due_on"])
        ordered = [windows[opens] for opens in sorted(windows)]
        for child in count.children:
            expected = {} if child in count.lead else count.state(child, duty, ordered)
            given = answers.get(child, {})
            if expected != given:
                sys.exit(f"{today} {duty} {count.children[child]['name']}: expected {expected}, the program says {given}")
            compared += len(expected)
    return compared + compare_appraisal(school, today, count.appraisal)


def compare_appraisal(school, today, wanted):
    told = {}
    for row in json.loads(school.run(today, "appraisal", "--term", "2026-1", "--format", "json")):
        told["g" + row["about"].split()[1]] = {name: int(row[name]) for name in COUNTED}
    nothing = dict.fromkeys(COUNTED, 0)
    for grade in sorted(set(wanted) | set(told)):
        if wanted.get(grade, nothing) != told.get(grade, nothing):
            sys.exit(f"{today} appraisal of {grade}: expected {wanted.get(grade)}, the program says {told.get(grade)}")
        TYPED_LATE[0] += wanted.get(grade, nothing)["typed_late"]
    return len(told)


def main():
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 20261123
    folder = tempfile.mkdtemp(prefix="guanai-due-")
    try:
        school, compared, days = School(folder), 0, 0
        for today in write_term(school, random.Random(seed)):
            compared += compare(school, today)
            days += 1
        print(f"{compared} windows of children on {days} days: all as counted by hand")
        assert compared > 300 and TYPED_LATE[0] > 20
    finally:
        shutil.rmtree(folder)


main()
