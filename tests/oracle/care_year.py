"""Every alarm, the board of priorities, who waits, phones, what was sent back, the appraisal's figures: counted again from a plain export, on many days of a year.

usage: care_year.py GUANAI WRITE_YEAR ROOT

WRITE_YEAR leaves the data folder of an invented school as it stood on some days. Its records are read from
`guanai export --sqlite`, nothing else; who counts as left behind on a day is asked (figures.py holds that), school days are
those of year.py. Windows of duties are those of `guanai due` (due.py, year.py hold those); what was typed late is told here.
"""
import collections
import os
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import care_people  # noqa: E402
import year_days  # noqa: E402
from care_school import LEFT, WRITE_YEAR, School, asked, hold, shift, years  # noqa: E402

DAYS = ["2026-09-30", "2026-10-21", "2026-11-10", "2026-12-04", "2026-12-31", "2027-01-15", "2027-02-09", "2027-03-12", "2027-03-31",
        "2027-05-14", "2027-06-11", "2027-06-30", "2027-09-04"]


def met(row):
    return row["outcome"] == "met" or (not row["outcome"] and bool(row["met"]))


def met_at_all(row):
    return met(row) or (row["outcome"] == "school" and row["met"] not in (None, "self"))


def reached(row):
    return row["outcome"] == "reached"


def answered(row):
    return row["outcome"] in ("reached", "answered_by_other")


def running(rows, day, counts, ends):
    """Records that count behind the last day on which one ended them."""
    over = max((row[day] for row in rows if ends(row)), default="")
    return sorted(row[day] for row in rows if counts(row) and row[day] > over)


def calls_failed(s, child):
    failed = running(s.mine("parent_call", child, "called_on"), "called_on",
                     lambda row: row["direction"] != "in" and row["outcome"] in ("no_answer", "cut", "wrong", "busy"), answered)
    return failed[0] if len(failed) >= 5 else None


def dropped_out(s, child):
    since = s.changed(child, "dropped", "working")
    back = s.changed(child, "returned", "transfer", "with_parents", "finished", "sixteen", "died")
    birth = s.children[child]["birth_date"]
    return since if since > back and not (birth and years(birth, 16) <= s.today) else None


def health_follow_up(s, child):
    rows = s.mine("health_check", child, "checked_on")
    found_out = lambda row: row["findings"] not in (None, "ok") and not row["followed_up_on"]
    booked = min((row["follow_up_on"] for row in rows if found_out(row) and row["follow_up_on"]), default=None)
    found = running(rows, "checked_on", lambda row: found_out(row) and not row["follow_up_on"],
                    lambda row: row["findings"] == "ok" or row["followed_up_on"])
    if (booked and booked < s.today) or (found and found[0] < shift(s.today, -30)):
        return min(day for day in (booked, found[0] if found else None) if day)
    return None


def illness_untold(s, child):
    ill = running(s.mine("living_care", child, "cared_on"), "cared_on", lambda row: row["kind"] == "ill" and row["guardian_told"] == 0,
                  lambda row: row["kind"] == "ill" and row["guardian_told"] == 1)
    hurt = s.last("incident", child, "happened_on",
                  lambda row: row["kind"] in ("ill", "accident") and not row["parents_told_on"] and not row["closed_on"])
    told = max(s.last("parent_call", child, "called_on", reached), s.last("guardian_talk", child, "talked_on"))
    since = max(ill[-1] if ill else "", hurt)
    return since if since > told else None


def key_plan(s, child):
    plans = s.mine("care_plan", child, "opened_on", lambda row: not row["closed_on"])
    return "" if s.children[child]["key_child"] == 1 and not plans else None


def left_silent(s, child):
    since = s.changed(child, "gone", "with_parents", "paper_only")
    over = s.changed(child, "returned", "transfer", "dropped", "working", "finished", "sixteen", "died")
    news = max(s.last("parent_call", child, "called_on", answered), s.last("guardian_talk", child, "talked_on"),
               s.last("home_visit", child, "visited_on", met))
    return since if since > over and shift(s.today, -400) <= since <= shift(s.today, -14) and news < since else None


def mood_low(s, child):
    low = running(s.mine("talk", child, "talked_on"), "talked_on", lambda row: row["mood"] == 1, lambda row: (row["mood"] or 0) > 1)
    return low[0] if len(low) >= 2 and s.last("counselling", child, "met_on") < low[-1] else None


def no_contact(s, child):
    contact = max(s.last("home_visit", child, "visited_on", met_at_all), s.last("parent_call", child, "called_on", reached),
                  s.last("guardian_talk", child, "talked_on"), s.last("family_call", child, "called_on", reached),
                  s.last("letter", child, "answered_on"))
    since = contact or max(s.first, s.children[child]["enrolled_on"] or "")
    return since if child in s.left_behind and year_days.between(since, s.today) >= 60 else None


def parents_year(s, child):
    row = s.children[child]
    states = {who: row[who + "_state"] for who in ("father", "mother")}
    if child not in s.left_behind or set(states.values()) & {"home", "nearby"} or "away" not in states.values():
        return None
    for who, state in states.items():
        if state == "away" and not row[who + "_last_home_on"] and not row[who + "_away_since"]:
            return None
    seen = [row[who + "_last_home_on"] or row[who + "_away_since"] or "" for who in states]
    since = max(*seen, s.last("home_visit", child, "visited_on", lambda visit: visit["met"] in ("father", "mother")))
    return since if "1900" <= since <= years(s.today, -1) else None


def settled(s, child, report):
    return any(row["incident"] == report["id"] or (not row["incident"] and (row["sent_on"] or "") >= (report["happened_on"] or ""))
               for row in s.rows("referral") if row["child"] == child)


def passed(row):
    return row["passed_on"] if row["passed_on"] is not None else row["told_whom"] is not None


def report_open(s, child):
    days = [row["written_on"] or row["happened_on"] for row in s.rows("incident")
            if row["child"] == child and not row["closed_on"] and row["must_report"] != 0 and not passed(row)
            and not settled(s, child, row)]
    return min((day for day in days if day), default=None)


def report_unanswered(s, child):
    sent = s.mine("referral", child, "sent_on", lambda row: not row["answered_on"] and not row["closed_on"])
    told = s.mine("incident", child, "told_on", lambda row: not row["closed_on"] and row["passed_on"] == 1 and not settled(s, child, row))
    return min((row["sent_on"] for row in sent), default=None) or min((row["told_on"] for row in told), default=None)


def sixteen(s, child):
    birth = s.children[child]["birth_date"]
    turns = years(birth, 16) if birth else ""
    is_near = shift(s.today, -60) <= turns <= shift(s.today, 30)
    return turns if child in s.left_behind and is_near and not s.changed(child, "sixteen") else None


def unguarded(s, child):
    row = s.children[child]
    if row["guardian_kind"]:
        return "" if row["guardian_kind"] == "none" else None
    return "" if row["guardian_relation"] == "self" or row["absence_kind"] == "unguarded" else None


HERE, GONE = [calls_failed, health_follow_up, illness_untold, key_plan, mood_low, no_contact, parents_year, sixteen, unguarded], \
    [dropped_out, left_silent]
ALL = [report_open, report_unanswered]
UNDATED = {"key_plan", "unguarded"}  # since when is told by the history of a field


def hold_alarms(s, data):
    wanted, told = {}, {}
    for rules, children in ((HERE, s.here), (GONE, set(s.children) - s.here), (ALL, set(s.children))):
        for rule in rules:
            for child in children:
                since = rule(s, child)
                if since is not None:
                    wanted[rule.__name__, child] = "" if rule.__name__ in UNDATED else since
    for row in asked(data, s.today, "alarms"):
        told[row["alarm"], row["child_id"]] = "" if row["alarm"] in UNDATED else row["since"]
    hold(s, "alarms", wanted, told)
    return wanted


def turns(s):
    """{(child, priority): [(day, times)]}, a record once a child; from the last school year's September on."""
    found, began = collections.defaultdict(dict), care_people.began(s.today)
    lists = (("study", "tutoring", "tutored_on", "pupils", lambda row: row["result"] != "absent", lambda row: 1),
             ("activity", "activity", "held_on", "participants", lambda row: row["role"] not in ("absent", "declined"),
              lambda row: 1 if row["times"] is None else max(0, row["times"])))
    for name, form, day, repeat, counts, times in lists:
        days = {row["id"]: row[day] for row in s.rows(form)}
        for row in s.db.execute(f"SELECT * FROM {form}__{repeat}"):
            if row["child"] and counts(row) and began <= days[row["record_id"]] <= s.today:
                mine = found[row["child"], name]
                mine[row["record_id"]] = (days[row["record_id"]], max(times(row), mine.get(row["record_id"], ("", 0))[1]))
    for row in s.rows("living_care"):
        if began <= row["cared_on"] <= s.today:
            for child in {row["child"], *s.named("living_care", "also", row["id"])}:
                found[child, "living"][row["id"]] = (row["cared_on"], 1)
    return found


def hold_board(s, data):
    found, month = turns(s), s.today[:7]
    board = asked(data, s.today, "priorities")
    wanted, told = {}, {}
    for row in board:
        of = [turn for turn in found[row["child_id"], row["priority"]].values() if turn[1] > 0]
        last = max((day for day, _ in of), default="")
        wanted[row["child_id"], row["priority"]] = (sum(n for day, n in of if day[:7] == month), last,
                                                    year_days.between(last, s.today) if last else None)
        told[row["child_id"], row["priority"]] = (int(row["turns"]), row["last_on"], int(row["school_days"]) if last else None)
    hold(s, "board", wanted, told)
    key = {child for child in s.here if s.children[child]["key_child"] == 1}
    hold(s, "who stands on the board", dict.fromkeys(s.left_behind | key), dict.fromkeys(row["child_id"] for row in board))
    lasts = {child: max((day for name in ("study", "living", "activity") for day, n in found[child, name].values() if n), default="")
             for child in s.left_behind | key}
    for days in (30, 60):
        care_people.hold_waiting(s, data, lasts, ("--nothing-for", str(days)), days, "last_on")
    care_people.hold_waiting(s, data, care_people.reached(s, lasts, met_at_all), ("--not-reached", "60"), 60, "reached_on")
    return len(wanted)


def hold_appraisal(s, data):
    """By teacher: due is what was to be done by now; what classes without one owe is a row of its own."""
    term, span = ("2026-1", ("2026-09-01", "2027-01-20")) if s.today < "2027-02-22" else ("2026-2", ("2027-02-22", "2027-07-05"))
    wanted = collections.defaultdict(lambda: [0, 0, 0])
    for row in asked(data, s.today, "due", "--state", "all", "--from", span[0], "--to", span[1]):
        if not span[0] <= row["due_on"] <= span[1] or not (row["owner"] or row["class"]):
            continue
        of = wanted[row["owner"] or "Without teacher"]
        of[0] += row["state"] in ("done", "done_late", "late", "missed")
        of[1] += row["state"] in ("done", "done_late")
        of[2] += row["state"] == "done_late"
    told = {row["about"]: [row["due"], row["done"], row["done_late"]]
            for row in asked(data, s.today, "appraisal", "--term", term, "--by", "teacher")}
    hold(s, "appraisal", dict(wanted), told)
    return len(told)


def main():
    folder = tempfile.mkdtemp(prefix="guanai-care-year-")
    try:
        subprocess.run([WRITE_YEAR, folder, *DAYS], check=True, stdout=subprocess.DEVNULL)
        alarms, turned, rows, people = collections.Counter(), 0, 0, collections.Counter()
        for today in DAYS:
            data = os.path.join(folder, today)
            school = School(data, today)
            alarms.update(rule for rule, _ in hold_alarms(school, data))
            turned += hold_board(school, data)
            rows += hold_appraisal(school, data)
            people.update(care_people.hold_phones(school, data))
            people.update(care_people.hold_sent_back(school, data + ".sent.json"))
        print("1..1\nok 1 - counted by hand")
        print(f"# {dict(alarms)}, {turned} cells of the board, {rows} teachers on {len(DAYS)} days; {dict(people)}")
        assert turned > 500 and len(alarms) == len(HERE + GONE + ALL)
        assert min(people[what] for what in ("numbers", "failed", "instead", "to mend", "mended")) > 5
    finally:
        shutil.rmtree(folder)


main()
