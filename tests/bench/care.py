"""What is owed beside plain SQL and beside a page of the roster: instructions (callgrind).

usage: care.py DRIVE GUANAI CARE_BENCH FORMS

A county of 6,577 invented children with 52,616 visits and a year of all other records (care_fill.h), three months of it
signed, and a school of 300 in the same way.
One thing is the difference of two runs that do it so many times more.
"""
import os
import subprocess
import sys
import tempfile

from beside import counted, failed, judge, need_valgrind

drive, guanai, bench, forms = sys.argv[1:5]
need_valgrind()


def once(data, what, few=1, more=4):
    subprocess.run([bench, data, forms, what, "1"], check=True, capture_output=True)  # what is worked out once
    counts = [counted([bench, data, forms, what, str(times)]) for times in (few, few + more)]
    return (counts[1] - counts[0]) / more


def cpu_ms(data, what, times):
    """The least of three runs: what takes seconds under callgrind runs into the bounds of guarded statements."""
    return min(float(subprocess.run([bench, data, forms, what, str(times)], check=True, capture_output=True, text=True)
                     .stdout.split("\n")[-2].split()[1]) for _ in range(3))


def pressed(data, times):
    """A run of the program that turns the roster's page so often, there and back."""
    steps = ["wait 直接输入", "key F3", "wait ^ 1 / "] + ["key PgDn", "wait ^ 20 / ", "key PgUp", "wait ^ 1 / "] * times + ["key Ctrl-Q"]
    program = [guanai, "--data", data, "--user", "周老师", "--today", "2026-11-23"]
    return counted(program, before=[drive, ";".join(steps)])


def first_screen(data, times):
    """From the roster back to the first screen, with everything that stands on it."""
    steps = ["wait 现在该做"] + ["key F3", "wait ^ 1 / ", "key Esc", "wait 现在该做"] * times + ["key Ctrl-Q"]
    return counted([guanai, "--data", data, "--user", "周老师", "--today", "2026-11-23"], before=[drive, ";".join(steps)])


def settle(data):
    """What was filled in is put in its place, the day counted, the first screen worked out while nobody types: once."""
    steps = ["wait 现在该做"] + ["rest"] * 6 + ["key F3", "wait ^ 1 / ", "key Esc", "wait 现在该做", "rest", "key Ctrl-Q"]
    subprocess.run([drive, ";".join(steps), guanai, "--data", data, "--user", "周老师", "--today", "2026-11-23"], check=True)


def make(folder, children):
    data = os.path.join(folder, str(children))
    subprocess.run([guanai, "--data", data, "--user", "周老师", "--today", "2026-11-23", "init", "--school", "红岩村小学",
                    "--demo", str(children)], check=True, capture_output=True)
    for what in ("fill", "sign", "open"):
        subprocess.run([bench, data, forms, what, "1"], check=True, capture_output=True)
    return data


def main():
    with tempfile.TemporaryDirectory(prefix="guanai-care-") as folder:
        county, small = make(folder, 6577), make(folder, 300)
        settle(county)
        page = (pressed(county, 13) - pressed(county, 3)) / 20
        recount, join = cpu_ms(county, "recount", 2), cpu_ms(county, "join", 2)
        print(f"     a page of the roster {page:,.0f} instructions; counting all anew {recount:,.0f} ms, the plain join {join:,.0f}")
        judge("all duties counted anew, beside the plain join", recount / join, 2, " times")
        both = (first_screen(county, 7) - first_screen(county, 2)) / 5
        print(f"     to the roster and back to the first screen: {both:,.0f} instructions")
        judge("the first screen beside a page of the roster", (both - page) / page, 2, " times")
        for what, limit in (("page", 1.5), ("class", 1.5), ("checklist", 2), ("board", 2), ("tallies", 2), ("sentback", 2),
                            ("signed", 2), ("alarms", 2), ("unreached", 2)):
            large, little = once(county, what), once(small, what)
            judge(f"{what} of 6,577 beside a page of the roster", large / page, limit, " times")
            print(f"     {what} of 300: {little / page:,.2f} times, of 6,577: {large / page:,.2f}")
        after = once(county, "signedsave", few=2) - once(county, "save", few=2)
        judge("a signed sheet right after a save, beside a page of the roster", after / page, 2, " times")
        judge("what ran out in a pause of ten weeks, beside the plain join", cpu_ms(county, "catchup", 3) / join, 0.2, " times")
        judge("the school's board of priorities, beside the plain join", cpu_ms(county, "boards", 5) / cpu_ms(county, "boardjoin", 5), 1, " times")
        judge("lists right after a save", cpu_ms(county, "save", 20) - cpu_ms(county, "savealone", 20), 5, " ms")
    return 1 if failed else 0


sys.exit(main())
