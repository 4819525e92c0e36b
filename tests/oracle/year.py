"""Holds school days, holidays, phases, windows of duties against a calendar of sets of days, for many schools' years.

    year.py DUMP_YEAR

The program reckons with the ends of spans; here every day is looked at. Feasts come from the sky (lunar.py).
"""
import datetime
import pathlib
import random
import subprocess
import sys
import tempfile

import lunar

DAY = datetime.timedelta(1)
FIRST, LAST = datetime.date(2025, 8, 1), datetime.date(2028, 7, 31)
WIDE = [datetime.date(2023, 8, 1) + n * DAY for n in range(2600)]
SCHOOLS = 40


def date(text):
    return datetime.date.fromisoformat(text)


def days(first, last):
    return [first + n * DAY for n in range((last - first).days + 1)]


class Feasts:
    def __init__(self):
        self.lunar = {(year, month): datetime.date(1970, 1, 1) + day * DAY
                      for day, year, month, leap in lunar.Sky().months() if not leap}

    def moon(self, year, month, day):
        return self.lunar[(year, month)] + (day - 1) * DAY

    def of(self, year):
        sun = lunar.china_day(lunar.term_jde(year, lunar.QINGMING_DEGREES))[0]
        return {"spring": self.moon(year, 1, 1), "qingming": datetime.date(1970, 1, 1) + sun * DAY,
                "dragon_boat": self.moon(year, 5, 5), "mid_autumn": self.moon(year, 8, 15),
                "national": datetime.date(year, 10, 1), "double_ninth": self.moon(year, 9, 9)}

    def rest(self, year):
        of = self.of(year)
        yield from (datetime.date(year, 1, 1), of["qingming"], of["dragon_boat"], of["mid_autumn"])
        yield from (datetime.date(year, 5, 1), datetime.date(year, 5, 2))
        yield from (of["national"] + n * DAY for n in range(3))
        yield from (of["spring"] + n * DAY for n in range(-1, 3))


class School:
    """terms: {name: (from, to, {phase: (from, to)})}, own: [(from, to)], made: [day]"""

    def __init__(self, feasts, terms, own, made):
        self.feasts, self.set, self.own, self.made = feasts, terms, own, set(made)
        self.terms = {name: term for name in self.names() for term in [self.term(name)] if term}
        self.term_of = {day: name for name, (first, last) in self.terms.items() for day in days(first, last)}
        off = {day for year in range(2023, 2031) for day in feasts.rest(year)}
        off |= {day for first, last in own for day in days(first, last)}
        self.off = {day for day in WIDE if day not in self.term_of or day in off}
        self.school = {day for day in WIDE if day in self.made or (day.weekday() < 5 and day not in self.off)}

    @staticmethod
    def names():
        return [f"{year}-{number}" for year in range(2022, 2031) for number in (1, 2)]

    @staticmethod
    def beside(name, step):
        names = School.names()
        at = names.index(name) + step
        return names[at] if 0 <= at < len(names) else None

    def term(self, name):
        if name in self.set:
            return self.set[name][:2]
        year = int(name[:4])
        if name[5] == "1":
            first, last = datetime.date(year, 9, 1), datetime.date(year + 1, 1, 20)
        else:
            first, last = self.feasts.moon(year + 1, 1, 15) + DAY, datetime.date(year + 1, 7, 5)
            while first.weekday() != 0:
                first += DAY
        before, behind = self.set.get(self.beside(name, -1)), self.set.get(self.beside(name, 1))
        if before:
            holiday = before[2].get("summer" if name[5] == "1" else "winter")
            first = holiday[1] + DAY if holiday else max(first, before[1] + DAY)
        if behind:
            last = min(last, behind[0] - DAY)
        return (first, last) if first <= last else None

    def phases(self, name):
        first, last = self.terms[name]
        own = self.set.get(name, (None, None, {}))[2]
        length = (last - first).days + 1
        middle = own.get("middle")
        start = own.get("start") or (first, middle[0] - DAY if middle else first + (min(40, length // 3) - 1) * DAY)
        end = own.get("end") or (middle[1] + DAY if middle else last - (min(35, length // 3) - 1) * DAY, last)
        found = {"start": start, "middle": middle or (start[1] + DAY, end[0] - DAY), "end": end}
        code = "winter" if name[5] == "1" else "summer"
        behind = self.terms.get(self.beside(name, 1))
        if code in own or behind:
            found[code] = own.get(code) or (last + DAY, behind[0] - DAY)
        return {code: span for code, span in found.items() if span[0] <= span[1]}

    def holiday(self, day):
        if day in self.made or day not in self.off:
            return None
        first = last = day
        while first - DAY in self.off:
            first -= DAY
        while last + DAY in self.off:
            last += DAY
        return first, last

    def phase_of(self, day):
        for name in self.set:
            for code, (first, last) in self.set[name][2].items():
                if first <= day <= last:
                    return code
        for name in self.terms:
            for code, (first, last) in self.phases(name).items():
                if first <= day <= last:
                    return code
        return "middle" if day in self.term_of else "winter" if day.month <= 4 else "summer"

    def name_of(self, day):
        if day in self.term_of:
            return self.term_of[day]
        begun = day.year if day.month >= 8 else day.year - 1
        return f"{begun}-{1 if day.month >= 8 or day.month == 1 else 2}"

    def lessons(self, first, last):
        return sum(day in self.school for day in days(first, last))

    def lines_of_days(self):
        for day in days(FIRST, LAST):
            first, last = self.holiday(day) or ("-", "-")
            yield f"day {day} {int(day in self.school)} {first} {last} {self.name_of(day)} {self.phase_of(day)}"

    # windows: (label, first day, last day, whether they are lessons')

    def weeks(self):
        for day in WIDE:
            if day.weekday() == 0:
                year, week, _ = day.isocalendar()
                yield f"{year}-W{week:02}", day, day + 6 * DAY, 1

    def months(self):
        for day in WIDE:
            if day.day == 1:
                yield f"{day:%Y-%m}", day, (day + 31 * DAY).replace(day=1) - DAY, 5

    def years(self):
        for year in range(2024, 2030):
            yield str(year), datetime.date(year, 8, 1), datetime.date(year + 1, 7, 31), 0

    def all_terms(self):
        for name, (first, last) in self.terms.items():
            yield name, first, last, 0

    def all_phases(self):
        for name in self.terms:
            for code, (first, last) in self.phases(name).items():
                yield f"{name}-{code}", first, last, None if code in ("winter", "summer") else 0

    def all_feasts(self):
        for year in range(2024, 2030):
            for code, day in self.feasts.of(year).items():
                yield f"{year}-{code}", day, day + 5 * DAY, None

    def windows(self, periods, before, grace, in_holidays):
        for label, first, last, lessons in periods:
            due = last
            if not in_holidays and lessons is not None:
                holiday = self.holiday(last)
                due = holiday[0] - DAY if holiday else last
                if self.lessons(first, last) < lessons or due < first:
                    continue
            yield first - before * DAY, label, due, last + grace * DAY

    def cadences(self):
        return {"week": (self.weeks(), 0, 0, False), "week-holidays": (self.weeks(), 0, 2, True),
                "month": (self.months(), 2, 5, False), "month-holidays": (self.months(), 0, 0, True),
                "term": (self.all_terms(), 7, 14, False), "phase": (self.all_phases(), 0, 3, False),
                "year": (self.years(), 0, 0, False), "festival": (self.all_feasts(), 10, 40, False)}

    def lines_of_windows(self):
        spans = [(FIRST, LAST)]
        for day in days(FIRST, LAST)[::9]:
            spans.append((day, day + (day - datetime.date(1970, 1, 1)).days % 4 * DAY))
        for name, cadence in self.cadences().items():
            windows = sorted(self.windows(*cadence))
            for first, last in spans:
                for opens, label, due, ends in windows:
                    if opens <= last and first <= ends:
                        yield f"window {name} {first} {last} {label} {opens} {due} {ends}"

    def yaml(self):
        text = "school: 样校\n"
        for key, rows in (("terms", list(self.set.items())), ("holidays", self.own)):
            text += f"{key}:\n" if rows else ""
            for row in rows:
                text += self.term_yaml(*row) if key == "terms" else f"  - {{from: {row[0]}, to: {row[1]}}}\n"
        return text + (f"school_days: [{', '.join(map(str, sorted(self.made)))}]\n" if self.made else "")

    @staticmethod
    def term_yaml(name, term):
        text = f"  - term: {name}\n    from: {term[0]}\n    to: {term[1]}\n" + ("    phases:\n" if term[2] else "")
        return text + "".join(f"      - {{phase: {code}, from: {a}, to: {b}}}\n" for code, (a, b) in term[2].items())


def some_term(dice, name):
    year = int(name[:4])
    first = date(f"{year}-09-01") if name[5] == "1" else date(f"{year + 1}-02-25")
    first += dice.randint(-12, 12) * DAY
    last = first + dice.randint(118, 144) * DAY
    phases = {}
    if dice.random() < 0.5:
        begin, end = first + dice.randint(25, 50) * DAY, last - dice.randint(20, 40) * DAY
        phases = {code: span for code, span in (("start", (first, begin)), ("middle", (begin + DAY, end)),
                                                ("end", (end + DAY, last))) if dice.random() < 0.7}
    if dice.random() < 0.3:
        phases["winter" if name[5] == "1" else "summer"] = (last + DAY, last + dice.randint(15, 25) * DAY)
    return first, last, phases


def some_school(dice, feasts):
    terms = {name: some_term(dice, name) for name in School.names()[5:13] if dice.random() < 0.5}
    own = []
    for _ in range(dice.randint(0, 9)):
        first = FIRST + dice.randint(0, 1090) * DAY
        own.append((first, first + dice.choice((0, 0, 2, 6, 20)) * DAY))
    return School(feasts, terms, own, {FIRST + dice.randint(0, 1090) * DAY for _ in range(dice.randint(0, 12))})


def compare(school, got):
    said = {kind: [line for line in got if line.startswith(kind)] for kind in ("day", "span", "window")}
    spans = [line.split() for line in said["span"]]
    wanted = {"day": list(school.lines_of_days()), "window": list(school.lines_of_windows()),
              "span": [f"span {a} {b} {school.lessons(date(a), date(b))}" for _, a, b, _ in spans]}
    for kind, lines in wanted.items():
        for at in range(max(len(lines), len(said[kind]))):
            pair = [(of[at] if at < len(of) else "nothing") for of in (said[kind], lines)]
            if pair[0] != pair[1]:
                return f"got {pair[0]}, wanted {pair[1]}"
    return None if len(spans) >= 60 else f"only {len(spans)} spans"


def main():
    feasts, dice = Feasts(), random.Random(4)
    schools = [School(feasts, {}, [], [])] + [some_school(dice, feasts) for _ in range(SCHOOLS)]
    print(f"1..{len(schools)}")
    failed = 0
    with tempfile.TemporaryDirectory(prefix="guanai-year-") as folder:
        for number, school in enumerate(schools, 1):
            path = pathlib.Path(folder, "config.yaml")
            path.write_text(school.yaml(), encoding="utf-8")
            run = subprocess.run([sys.argv[1], path], capture_output=True, text=True)
            fault = compare(school, run.stdout.splitlines()) if run.returncode == 0 else f"exit {run.returncode}"
            failed += fault is not None
            print(f"{'ok' if fault is None else 'not ok'} {number} the year of school {number}")
            if fault:
                print(f"# {fault}\n# " + school.yaml().replace("\n", "\n# "))
    sys.exit(1 if failed else 0)


main()
