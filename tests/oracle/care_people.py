"""Who waits, whose phone answers, what was sent back and is not mended: counted again from the exported records."""
import base64
import collections
import hashlib
import json
import os
import re

import year_days
from care_school import ROOT, asked, hold, run

CALLS = {"reached": True, "answered_by_other": True, "no_answer": False, "cut": False, "wrong": False, "busy": False}


# Who waits.

def began(today):
    """The board knows nothing older."""
    return f"{int(today[:4]) - (1 if today[5:7] >= '09' else 2)}-09-01"


def reached(s, children, met_at_all):
    """The last day on which somebody spoke with the home of each child."""
    talked = (("home_visit", "visited_on", met_at_all), ("parent_call", "called_on", lambda row: CALLS.get(row["outcome"])),
              ("guardian_talk", "talked_on", lambda row: True), ("family_call", "called_on", lambda row: row["outcome"] == "reached"))
    lasts = {child: max(s.last(form, child, day, when) for form, day, when in talked) for child in children}
    return {child: last if last >= began(s.today) else "" for child, last in lasts.items()}


def months_until(today):
    """The last day of each month from the last school year's September on; of this month today."""
    year, month = int(began(today)[:4]), 9
    while f"{year}-{month:02}" < today[:7]:
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
        yield (year_days.date(f"{year}-{month:02}-01") - year_days.DAY).isoformat()
    yield today


def counted_from(s, data, child):
    """The first of the month in which it counts for the first time; None: it was a key child at times, no list tells when."""
    if "Yes" in run(data, s.today, "history", "child", child, "--field", "key_child"):
        return None
    for day in months_until(s.today):
        if day not in s.counted:
            s.counted[day] = {row["id"] for row in asked(data, s.today, "figures", "--on", day, "--list", "school:yes")}
        if child in s.counted[day]:
            return day[:7] + "-01"
    return None


def hold_waiting(s, data, lasts, words, days, column):
    """Of who never had anything the days count from the month on in which it began to count."""
    wanted, told, uncertain = {}, {}, set()
    for child, last in lasts.items():
        since = last
        if not last:
            began = counted_from(s, data, child)
            since = began and (year_days.date(max(began, s.first)) - year_days.DAY).isoformat()
        if since is None:
            uncertain.add(child)
        elif year_days.between(since, s.today) >= days:
            wanted[child] = (last, year_days.between(since, s.today))
    for row in asked(data, s.today, "priorities", *words):
        if row["child_id"] not in uncertain:
            told[row["child_id"]] = (row[column], int(row["school_days"]))
    hold(s, " ".join(words), wanted, told)


# Phones.

class Phone:
    def __init__(self, whose, number):
        self.whose, self.number = {whose}, number
        self.tries, self.tried_on, self.outcome, self.reached_on = 0, "", "", ""


def phones_of(row):
    phones = []
    for whose in ("father", "mother", "guardian"):
        number = row[whose + "_phone"]
        same = [phone for phone in phones if phone.number == number]
        if same:
            same[0].whose.add(whose)
        elif number:
            phones.append(Phone(whose, number))
    return phones


def rung(phones, call):
    """Which of them a call was made to."""
    if call["number"]:
        return [phone for phone in phones if phone.number == call["number"]]
    if call["whom"] == "both":
        return [phone for phone in phones if phone.whose & {"father", "mother"}][:1]
    return [phone for phone in phones if call["whom"] in phone.whose]


def take_calls(s, child, phones):
    calls = [call for form in ("parent_call", "family_call") for call in s.mine(form, child, "called_on") if call["outcome"]]
    for call in sorted(calls, key=lambda call: (call["called_on"], call["id"])):
        if call["channel"] in ("at_school", "letter"):
            continue
        for phone in rung(phones, dict(zip(call.keys(), call), number=call["number"] if "number" in call.keys() else None)):
            is_answered = CALLS[call["outcome"]]
            phone.tries = 0 if is_answered else phone.tries + 1
            phone.reached_on = call["called_on"] if is_answered else phone.reached_on
            phone.tried_on, phone.outcome = call["called_on"], call["outcome"]


def instead(phones, failed, via):
    """One that never failed since it answered, the newest answer first; else one that failed less often and did answer once."""
    others = [phone for phone in phones if phone is not failed and
              (phone.tries == 0 or (phone.reached_on and phone.tries < failed.tries))]
    ordered = sorted(others, key=lambda phone: phone.reached_on, reverse=True)
    ordered.sort(key=lambda phone: phone.tries)
    return ordered[0].number if ordered else via or ""


def hold_phones(s, data):
    wanted, found = {}, collections.Counter()
    for child in s.here:
        phones = phones_of(s.children[child])
        take_calls(s, child, phones)
        for phone in phones:
            other = instead(phones, phone, s.children[child]["contact_via"])
            wanted[child, phone.number] = (",".join(sorted(phone.whose)), phone.tries, phone.tried_on, phone.outcome, phone.reached_on, other)
            found.update(numbers=1, failed=phone.tries > 0, instead=phone.tries > 0 and other.isdigit())
    told = {(row["child_id"], row["number"]): (",".join(sorted(row["whose"].split(","))), int(row["tries"]), row["tried_on"],
                                               row["outcome"], row["reached_on"], row["instead"])
            for row in asked(data, s.today, "phones", "--tries", "0")}
    hold(s, "phones", wanted, told)
    failed = {key: value for key, value in wanted.items() if value[1] > 0}
    hold(s, "phones that failed", set(failed), {(row["child_id"], row["number"]) for row in asked(data, s.today, "phones")})
    for row in asked(data, s.today, "priorities", "--not-reached", "60"):
        numbers = [part.split()[0] for part in row["failed_numbers"].split("; ") if part]
        hold(s, "numbers that failed", {number for child, number in failed if child == row["child_id"]}, set(numbers))
    return found


# Sent back.

def fields_of(form):
    """Names in the form's order, those of a repeat with the repeat: [(name, [names])]."""
    fields, repeat = [], None
    with open(os.path.join(ROOT, "forms", form + ".yaml"), encoding="utf-8") as file:
        for line in file:
            start = re.match(r"( *)- (?:\{)?name: (\w+)", line)
            if start is None:
                if re.match(r" *type: repeat", line):
                    repeat = indent
                continue
            deep = len(start.group(1))
            if repeat is not None and deep > repeat:
                fields[-1][1].append(start.group(2))
                continue
            repeat, indent = None, deep
            fields.append((start.group(2), []))
    return fields


def say(name, value, state=1):
    kind = 0 if value is None else 1 if isinstance(value, int) else 2 if isinstance(value, float) else 3
    number = "%d" % value if kind == 1 else "%.17g" % value if kind == 2 else ""
    text = value.encode() if kind == 3 else b""
    return name.encode() + b"\0" + b"%d %d " % (state, kind) + number.encode() + b"\0" + text


STATES = {"unknown": 2, "refused": 3, "not_applicable": 4}


def print_of(s, form, row):
    """What the record says, in 96 bits: its answers, field by field."""
    said, columns, missing = b"", set(row.keys()), json.loads(row["not_answered"] or "{}")
    for name, inner in fields_of(form):
        if name in missing:
            said += say(name, None, STATES[missing[name]])
        elif inner:
            for line in s.db.execute(f"SELECT * FROM {form}__{name} WHERE record_id = ? ORDER BY position", (row["id"],)):
                said += name.encode() + b"\0" + b"".join(say(of, line[of]) for of in inner if line[of] is not None)
        elif name in columns and row[name] is not None and not name.startswith("confirmed_"):
            said += say(name, row[name])
    return base64.urlsafe_b64encode(hashlib.blake2b(said, digest_size=32, person=b"guanai.says").digest()[:12]).decode()


def find_record(s, record):
    """None: it was removed."""
    for table, in s.db.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_%' ESCAPE '\\'").fetchall():
        if "__" not in table:
            row = s.db.execute(f"SELECT * FROM {table} WHERE id = ?", (record,)).fetchone()
            if row is not None:
                return table, row
    return None


def hold_sent_back(s, path):
    with open(path, encoding="utf-8") as file:
        told = json.load(file)
    mended, counts = {}, {user: [0, 0, 0, 0] for user in told["counts"]}
    for item in s.rows("sent_back"):
        if item["closed_on"]:
            continue
        of = find_record(s, item["of_record"])
        is_mended = bool(item["answered_on"]) or of is None or print_of(s, *of) != item["seen"]
        mended[item["id"]] = is_mended
        for user, count in counts.items():
            count[0] += not is_mended and user in (item["to_whom"], item["to_typist"])
            count[1] += not is_mended
            count[2] += is_mended
            count[3] += is_mended and item["sent_by"] == user
    hold(s, "sent back", mended, told["list"])
    hold(s, "the first page's counts of it", counts, told["counts"])
    return {"to mend": sum(not is_mended for is_mended in mended.values()), "mended": sum(mended.values())}
