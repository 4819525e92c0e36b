#!/usr/bin/env python3
"""Who counts, computed a second time from what the program exports; numbers, lists and differences must agree.

usage: figures.py GUANAI FORMS ROSTERS MEND

The shipped definitions are written here once more, in another language and in another way: facts of the day first,
then the rules, with None for "cannot be told". The day of a change, the date of a state, the age decide; nothing
about when something was typed.
"""
import calendar
import csv
import datetime
import json
import os
import subprocess
import sys
import tempfile

PROGRAM, FORMS, ROSTERS, MEND = sys.argv[1:5]
TODAY = "2026-11-23"
LEFT = {"with_parents", "transfer", "gone", "paper_only", "suspended", "dropped", "working", "finished", "died"}
UNABLE = {"dead", "lost", "prison", "ill", "divorced_gone"}
done = 0


def ok(name, claim, why=""):
    global done
    done += 1
    print(f"{'ok' if claim else 'not ok'} {done} - {name}{'' if claim else ': ' + str(why)}")
    return claim


def run(*words, data, code=0):
    answer = subprocess.run([PROGRAM, "--data", data, "--forms", FORMS, "--today", TODAY, "--lang", "en", "--user", "罗老师",
                             *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
    assert answer.returncode in (0, code), (words, answer.stderr.decode()[-2000:])
    return answer.stdout.decode("utf-8")


def rows(text):
    lines = [line.split("\t") for line in text.splitlines()]
    return [dict(zip(lines[0], line)) for line in lines[1:]]


# --- three-valued logic -------------------------------------------------------------------------------------------
def both(*claims):
    return False if False in claims else None if None in claims else True


def either(*claims):
    return True if True in claims else None if None in claims else False


# --- the facts of one child on one day ----------------------------------------------------------------------------
def span(text):
    """First and last day a date that may lack its day can mean."""
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 3:
        day = datetime.date(*parts)
        return day, day
    return datetime.date(*parts, 1), datetime.date(*parts, calendar.monthrange(*parts)[1])


def months_before(day, months):
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def begun(since, day, months=0):
    if since is None:
        return True
    day = months_before(day, months)
    first, last = span(since)
    return True if last <= day else False if first > day else None


def years_later(day, years):
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return datetime.date(day.year + years, 3, 1)


def under(birth, years, day):
    if birth is None:
        return None
    first, last = span(birth)
    return True if years_later(first, years) > day else False if years_later(last, years) <= day else None


class Child:
    def __init__(self, row, changes, day):
        self.row, self.day = row, day
        self.id, self.grade, self.mark = row["id"], row["grade"], row["marked_left_behind"]
        past = [change for change in changes if change["from_on"] <= day.isoformat()]
        self.home_on = max((c["from_on"] for c in past if c["kind"] == "parents_back"), default=None)
        self.is_here = self.was_here(changes, past)

    def was_here(self, changes, past):
        telling = [c for c in changes if c["kind"] in LEFT or c["kind"] == "returned"]
        told = [c for c in past if c in telling]
        here = told[-1]["kind"] == "returned" if told else not (telling and telling[0]["kind"] == "returned")
        enrolled = self.row["enrolled_on"]
        return here and (enrolled is None or span(enrolled)[0] <= self.day)

    def home_again(self, who):
        since = self.row[who + "_away_since"]
        return self.home_on is not None and not (since is not None and self.home_on < since)

    def away(self, who, months=0, trusts_mark=True):
        state, kind = self.row[who + "_state"], self.row["absence_kind"]
        if self.home_again(who):
            return False
        if state not in (None, "unknown"):
            return both(state == "away", begun(self.row[who + "_away_since"], self.day, months))
        if kind in ("both", who):
            return True
        if kind in ("father", "mother", "none") or (trusts_mark and self.mark == 0):
            return False
        return None

    def unable(self, who):
        state = self.row[who + "_state"]
        if state in UNABLE:
            return True
        if self.row["guardian_relation"] == who:
            return self.row["guardian_ability"] == "none"
        return False if self.home_again(who) or state in ("home", "nearby", "away") else None

    def single(self, father, mother):
        return self.row["absence_kind"] == "single" and None in (father, mother)

    def is_rural(self):
        return self.row["household_kind"] in (None, "rural")

    def not_yet(self, who):
        return self.row[who + "_state"] == "away" and begun(self.row[who + "_away_since"], self.day) is False


def school(child):
    father, mother = child.away("father", trusts_mark=False), child.away("mother", trusts_mark=False)
    one = either(father, mother, child.single(father, mother))
    disproved = one is False and any(child.home_again(who) or child.not_yet(who) for who in ("father", "mother"))
    if child.grade in ("s1", "s2", "s3"):
        return False
    return False if disproved else one if child.mark is None else child.mark == 1


def civil_affairs(child):
    father, mother = child.away("father"), child.away("mother")
    left = either(both(father, mother), both(father, child.unable("mother")), both(mother, child.unable("father")),
                  child.single(father, mother))
    return both(child.is_rural(), under(child.row["birth_date"], 16, child.day),
                child.row["guardian_kind"] != "parents", left)


def local(child):
    father, mother = child.away("father", months=3), child.away("mother", months=3)
    compulsory = None if child.grade is None else child.grade in {f"g{n}" for n in range(1, 10)}
    return both(child.is_rural(), compulsory, either(father, mother, child.single(father, mother)))


RULES = {"school": school, "civil_affairs": civil_affairs, "local": local}
WORDS = {True: "yes", False: "no", None: "unknown"}


# --- against the program ------------------------------------------------------------------------------------------
def read(data):
    children = json.loads(run("list", "child", "--format", "json", data=data))
    changes = {}
    for change in json.loads(run("list", "status_change", "--format", "json", data=data)):
        changes.setdefault(change["child"], []).append(change)
    for of_child in changes.values():
        of_child.sort(key=lambda change: change["from_on"])  # stable: those of one day as they came
    return children, changes


def answers(children, changes, day):
    """{definition: {id: answer}} of those who were here."""
    date = datetime.date.fromisoformat(day)
    here = [child for child in (Child(row, changes.get(row["id"], []), date) for row in children) if child.is_here]
    return {name: {child.id: WORDS[rule(child)] for child in here} for name, rule in RULES.items()}


def compare_day(data, children, changes, day, with_lists):
    mine = answers(children, changes, day)
    told = {row["definition"]: row for row in rows(run("figures", "--on", day, data=data))}
    for name, of_child in mine.items():
        for word in ("yes", "no", "unknown"):
            ids = {child for child, answer in of_child.items() if answer == word}
            good = int(told[name][word]) == len(ids)
            if with_lists and good:
                shown = rows(run("figures", "--on", day, "--list", f"{name}:{word}", data=data))
                good = {row["id"] for row in shown} == ids and len(shown) == len(ids)
                good = good and all((row["missing"] != "") == (word == "unknown") for row in shown)
            ok(f"{day} {name} {word}: {len(ids)}", good, told[name])
        good = int(told[name]["children"]) == len(of_child)
        ok(f"{day} {name}: all {len(of_child)} children", good, told[name])


def compare_differences(data, children, changes, day):
    mine = answers(children, changes, day)
    for a in mine:
        for b in mine:
            if a == b:
                continue
            want = {}
            for child, answer in mine[a].items():
                if mine[b][child] != answer:
                    want.setdefault((answer, mine[b][child]), set()).add(child)
            got = {}
            for row in rows(run("figures", "--on", day, "--difference", f"{a},{b}", data=data)):
                key = (row["in_a"], row["in_b"])
                got[key] = got.get(key, 0) + int(row["children"])
            listed = [row["id"] for row in rows(run("figures", "--on", day, "--list", f"{a},{b}", data=data))]
            good = got == {key: len(ids) for key, ids in want.items()}
            ok(f"{day} {a} against {b}", good, got)
            ok(f"{day} {a} against {b}: the list", sorted(listed) == sorted(set().union(*want.values())), len(listed))


def fill(data, folder):
    run("init", "--school", "石桥镇中心小学", data=data)
    refused, mended = os.path.join(folder, "refused.csv"), os.path.join(folder, "mended.csv")
    run("import", "child", os.path.join(ROSTERS, "township-700.csv"), "--rejects", refused, data=data, code=1)
    subprocess.run([sys.executable, MEND, refused, mended], check=True)
    run("import", "child", mended, data=data)


def change_facts(data):
    """Facts with dates, states, households, presence: a few of each, on children of every kind."""
    children = json.loads(run("list", "child", "--format", "json", data=data))
    marked = [row for row in children if row["marked_left_behind"] == 1]
    plain = [row for row in children if row["marked_left_behind"] == 0]
    edits = ["father_state=away father_away_since=2026-3", "father_state=away father_away_since=2026-05-20 mother_state=home",
             "mother_state=dead father_state=away", "household_kind=town", "guardian_kind=parents", "mother_state=unknown",
             "father_state=away father_away_since=2026-01-31 mother_state=away mother_away_since=2026-2",
             "marked_left_behind=?unknown absence_kind=father", "birth_date=2010-11 id_number=", "grade=s1",
             "enrolled_on=2026-9", "absence_kind=other", "mother_state=ill"]
    for i, edit in enumerate(edits):
        run("edit", "child", marked[7 * i]["id"], *edit.split(), "--because", "核对", data=data)
        run("edit", "child", plain[5 * i]["id"], *edit.split(), "--because", "核对", data=data)
    changes = [("transfer", "2026-04-01"), ("returned", "2026-10-01"), ("parents_back", "2026-06-01"), ("dropped", "2026-11-23")]
    for i, (kind, day) in enumerate(changes):
        for row in marked[i * 11 + 3:i * 11 + 6]:
            run("add", "status_change", "child=" + row["id"], "kind=" + kind, "from_on=" + day, data=data)
    twice = marked[120]["id"]
    for kind, day in (("returned", "2026-08-15"), ("gone", "2026-02-10")):
        run("add", "status_change", "child=" + twice, "kind=" + kind, "from_on=" + day, data=data)


def main():
    with tempfile.TemporaryDirectory(prefix="guanai-figures-") as folder:
        data = os.path.join(folder, "data")
        fill(data, folder)
        told = {row["definition"]: row for row in rows(run("figures", data=data))}
        ok("the township school has 329 of 700", (told["school"]["yes"], told["school"]["children"]) == ("329", "700"), told)
        ok("that is 47.0 %", told["school"]["share"] == "47.0", told)
        with open(os.path.join(ROSTERS, "township-700.csv"), newline="", encoding="utf-8-sig") as file:
            by_father = {row["身份证件号"] for row in csv.DictReader(file) if row["留守类型"] == "父亲外出"}
        line = [row for row in rows(run("figures", "--difference", "school,civil_affairs", "--format", "tsv", data=data))
                if row["why"] == "One away, the other at home"]
        ok("one away, the other at home, as the roster has it", int(line[0]["children"]) == len(by_father), line)
        compare_day(data, *read(data), TODAY, True)
        change_facts(data)
        children, changes = read(data)
        for day in (TODAY, "2026-11-22", "2026-03-15", "2026-03-31", "2026-06-01"):
            compare_day(data, children, changes, day, day in (TODAY, "2026-03-15"))
        for day in ("2025-12-31", "2026-02-28", "2026-04-30", "2026-05-20", "2026-08-20", "2026-09-01", "2028-02-29", "2034-08-21"):
            compare_day(data, children, changes, day, False)
        compare_differences(data, children, changes, TODAY)
        compare_differences(data, children, changes, "2026-03-15")
    print(f"1..{done}")


main()
