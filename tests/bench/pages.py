"""What the pages cost beside a floor: instructions (callgrind), bytes sent, peak memory.

usage: pages.py DRIVE FLOOR_LIST FLOOR_SCAN GUANAI

Schools of 300, 6,577 and 100,000 invented children are made in a temporary folder; GUANAI_BENCH_MILLION names a
data folder with 1,000,000 (init --demo 1000000), which takes minutes to make and is measured where it is. Single
keys are the difference of two runs that differ by so many presses. What is over its limit makes the run fail.
"""
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile

from beside import counted, failed, judge, need_valgrind

drive, floor, scan, guanai = map(os.path.abspath, sys.argv[1:5])  # some run in folders of their own
need_valgrind()


def run(steps, program, folder=None):
    done = subprocess.run([drive, ";".join(steps)] + program, capture_output=True, text=True, cwd=folder)
    if done.returncode:
        sys.exit(done.stderr)
    return {line.split()[0]: int(line.split()[1]) for line in done.stdout.splitlines()}


def count(steps, program, folder=None):
    """Instructions of a whole run."""
    return counted(program, before=[drive, ";".join(steps)], folder=folder)


def school(data):
    return [guanai, "--data", data, "--user", "周老师", "--today", "2026-11-20"], os.path.join(data, "guanai.db")


def make(folder, children):
    program, database = school(os.path.join(folder, str(children)))
    subprocess.run(program + ["init", "--school", "红岩村小学", "--demo", str(children)], check=True, capture_output=True)
    return program, database


HOME = ["wait 直接输入"]
START = HOME + ["key F3", "wait ^ 1 / "]
LEAVE = ["key Ctrl-Q"]
FLOOR_START, FLOOR_LEAVE = ["wait ^ 1 / "], ["type q"]


def one(program, before, step, leave, keys, few=3, more=10):
    """Instructions of one key, of which `step` (a list of steps) presses so many."""
    return (count(before + step * (few + more) + leave, program) - count(before + step * few + leave, program)) / more / keys


def sent(program, before, step, leave, keys, times=5):
    return run(before + step + ["mark"] + step * times + ["bytes sent"] + leave, program)["sent"] / times / keys


def both(program, before, step, leave, keys):
    return one(program, before, step, leave, keys), sent(program, before, step, leave, keys)


def judge_first_start(program, size):
    """Of the day after, of which nothing is counted yet: on a copy, so that what follows finds its day counted."""
    tomorrow = copied(program)
    tomorrow[tomorrow.index("--today") + 1] = "2026-11-21"
    peak = run(HOME + ["wait 现在该做", "peak kB"] + LEAVE, tomorrow)
    judge(f"peak memory of a day's first start at {size:,}", peak["kB"] / 1024, 7 if size < 10000 else 10, " MB")
    shutil.rmtree(os.path.dirname(tomorrow[tomorrow.index("--data") + 1]))


def starts(folder):
    """Start and peak at every size; answers the usual school and the largest two."""
    first, schools = None, {}
    sizes = [300, 6577, 100000] + ([1000000] if "GUANAI_BENCH_MILLION" in os.environ else [])
    for size in sizes:
        program, database = schools[size] = make(folder, size) if size < 1000000 else school(os.environ["GUANAI_BENCH_MILLION"])
        run(HOME + ["wait 现在该做"] + LEAVE, program)  # changed forms are read, the day is counted: a key would end that
        run(START + LEAVE, program)
        start = count(START + LEAVE, program)
        least = count(FLOOR_START + FLOOR_LEAVE, [floor, database])
        first = first or start
        print(f"     {size:,} children: start to painted roster {start:,} instructions, floor {least:,}")
        judge(f"start at {size:,} beside the floor", start / least, 1.3, " times")
        judge(f"start at {size:,} beside 300", start / first, 1.2, " times")
        peak = run(START + ["key PgDn", "wait ^ 20 / ", "key End", "type /", "type hy", "wait 找到", "peak kB"] + LEAVE, program)
        judge(f"peak memory at {size:,}", peak["kB"] / 1024, 7 if size < 10000 else 10, " MB")
        judge_first_start(program, size)
    return schools


def lists(usual, database):
    """Keys of the roster beside the same keys of the floor, which paints its page anew. Answers the floor's page."""
    least, least_bytes = both([floor, database], FLOOR_START, ["type n", "wait ^ 20 / ", "type p", "wait ^ 1 / "], FLOOR_LEAVE, 2)
    top = FLOOR_START + ["type j", "wait ^ 2 / "]
    lines = [step for i in range(3, 23) for step in ("type j", f"wait ^ {i} / ")]
    line = (count(top + lines + FLOOR_LEAVE, [floor, database]) - count(top + FLOOR_LEAVE, [floor, database])) / 20
    line_bytes = run(top + ["mark"] + lines + ["bytes sent"] + FLOOR_LEAVE, [floor, database])["sent"] / 20
    print(f"     floor: a page {least:,.0f} instructions, {least_bytes:,.0f} bytes; a line {line:,.0f}, {line_bytes:,.0f}")
    key, key_bytes = both(usual, START, ["key Down", "wait ^ 2 / ", "key Up", "wait ^ 1 / "], LEAVE, 2)
    judge("cursor key", key, 150_000)
    judge("cursor key sends", key_bytes, 170, " bytes")
    page, page_bytes = both(usual, START, ["key PgDn", "wait ^ 20 / ", "key PgUp", "wait ^ 1 / "], LEAVE, 2)
    print(f"     page: {page:,.0f} instructions, {page_bytes:,.0f} bytes")
    judge("page beside the floor's", page / least, 1.15, " times")
    judge("page sends beside the floor's", page_bytes / least_bytes, 1.15, " times")
    before = START + [step for i in range(2, 20) for step in ("key Down", f"wait ^ {i} / ")]
    down = [step for i in range(20, 40) for step in ("key Down", f"wait ^ {i} / ")]
    scrolled = (count(before + down + LEAVE, usual) - count(before + LEAVE, usual)) / 20
    scrolled_bytes = run(before + ["mark"] + down + ["bytes sent"] + LEAVE, usual)["sent"] / 20
    print(f"     scrolling a line: {scrolled:,.0f} instructions, {scrolled_bytes:,.0f} bytes")
    judge("scrolling a line beside the floor's", scrolled / line, 1.3, " times")
    judge("scrolling a line sends beside the floor's", scrolled_bytes / line_bytes, 1.3, " times")
    return least


def searches(program, database, size, least):
    """The keys of a search beside a page of the floor; a word that is nowhere beside memmem over all texts."""
    for typed, keys in (("hy", 3), ("lzh", 4), ("xqz", 4)):
        step = ["wait 直接输入"] + [f"type {letter}" for letter in typed] + [f"wait 找孩子 {typed}", "key Esc"]
        key = one(program, HOME, step + HOME, LEAVE, keys)
        judge(f"key of the search {typed} at {size:,} beside a page of the floor", key / least, 1.3, " times")
    texts = counted([scan, database, "镕"], ["scan_all"])
    # A character nobody has; two that nearly everybody has, never side by side.
    for word in ("镕", "村王"):
        nowhere = one(program, HOME, [f"type {word}", "wait 没有找到", "key Esc"] + HOME, LEAVE, 1, 2, 2)
        print(f"     {word}, which is nowhere, at {size:,}: {nowhere:,.0f} instructions; memmem {texts:,}, a page {least:,.0f}")
        judge(f"{word}, which is nowhere, at {size:,}", nowhere / (texts + least), 2, " times")


def copied(program):
    """The same on a copy of its data: what is half typed stays as a draft."""
    at = program.index("--data") + 1
    copy = os.path.join(tempfile.mkdtemp(dir=scratch), "data")
    shutil.copytree(program[at], copy)
    return program[:at] + [copy] + program[at + 1:]


def forms(usual):
    """Opening and closing a child and a form, typing into one."""
    child, child_bytes = both(usual, START, ["key Enter", "wait 身份证号", "key Esc", "wait ^ 1 / "], LEAVE, 2)
    print(f"     opening or closing a child: {child:,.0f} instructions, {child_bytes:,.0f} bytes")
    inside = START + ["key Enter", "wait 身份证号"]
    opened = ["type n", "wait 要记录什么", "type 1", "wait 约定事项"]
    form, form_bytes = both(usual, inside, opened + ["key Esc", "wait 身份证号"], LEAVE, 3)
    print(f"     opening or closing a form, a key of three: {form:,.0f} instructions, {form_bytes:,.0f} bytes")
    into = inside + opened + ["key Down", "key Down", "rest", "type ab", "wait 同行             ab"]
    letters = [step for i in range(3, 13) for step in ("type x", "wait ab" + "x" * (i - 2))]
    key = (count(into + letters + LEAVE, copied(usual)) - count(into + LEAVE, copied(usual))) / 10
    judge("a character typed into a form", key, 100_000)
    some = run(into + ["mark"] + letters + ["bytes sent"] + LEAVE, copied(usual))
    judge("a character typed sends", some["sent"] / 10, 60, " bytes")


def tables(usual):
    """The cursor keys of a form for a whole class, and of a list to tick."""
    table = HOME + ["key Ctrl-B", "wait 填哪张表", "type 2", "wait 填哪些孩子", "type 1", "key Enter", "wait 第1人"]
    ticks = (HOME + ["key Ctrl-B", "wait 填哪张表", "type 4", "wait F2 新建", "key F2", "wait 科目"] + ["key Tab"] * 8 +
             ["wait ▶学生", "key Enter", "wait 填哪些孩子", "type 1", "key Enter", "wait 已选 0"])
    for what, before, step in (("a table of a class", table, ["key Down", "wait 第2人", "key Up", "wait 第1人"]),
                               ("a list to tick", ticks, ["key Down", "wait ▶ [ ]   2", "key Up", "wait ▶ [ ]   1"])):
        key, key_bytes = both(usual, before, step, LEAVE, 2)
        judge(f"cursor key in {what}", key, 150_000)
        judge(f"cursor key in {what} sends", key_bytes, 170, " bytes")


# Others who show long lists: name, how they are started on 6,577 lines or files, a page, the way out.
PEERS = (
    ("less", ["less", "lines"], "key Space", "type q"),
    ("pspg", ["pspg", "--csv", "--csv-header", "off", "-f", "lines"], "key PgDn", "type q"),
    ("nnn", ["nnn", "files"], "key PgDn", "type Q"),
    ("vd", ["vd", "-f", "csv", "lines"], "key PgDn", "type q"),
    ("recsel", ["recsel", "-q", "阿库小龙", "records"], None, None),
    ("tig", ["tig"], "key PgDn", "type Q"),
)


def peer(folder, name, command, page, leave):
    """Never a limit: they do other things; what they cost says what is usual."""
    found = shutil.which(command[0])
    if not found or (name == "tig" and not os.path.exists(os.path.join(folder, ".git"))):
        print(f"     {name} is not installed: skipped")
        return
    program = [found] + command[1:]
    if page is None:
        print(f"     {name}: {count(['rest'], program, folder):,} instructions")
        return
    start = count(["rest", leave], program, folder)
    pages = [count(["rest"] + [page, "rest"] * times + [leave], program, folder) for times in (2, 6)]
    key = (pages[1] - pages[0]) / 4
    bytes_sent = run(["rest", "mark"] + [page, "rest"] * 4 + ["bytes sent", leave], program, folder)["sent"] / 4
    peak = run(["rest", "peak kB", leave], program, folder)["kB"]
    print(f"     {name}: start {start:,} instructions, a page {key:,.0f}, {bytes_sent:,.0f} bytes, {peak / 1024:.1f} MB", flush=True)


def write_for_peers(folder, database):
    os.makedirs(os.path.join(folder, "files"))
    rows = sqlite3.connect(database).execute("SELECT name, sex, grade || class, birth_date, village, guardian_name"
                                              " FROM _roster JOIN child USING (no) ORDER BY sort")
    with open(os.path.join(folder, "lines"), "w", encoding="utf-8") as lines, \
         open(os.path.join(folder, "records"), "w", encoding="utf-8") as records:
        for no, row in enumerate(rows):
            line = ",".join([str(no)] + [text or "" for text in row])
            lines.write(line + "\n")
            records.write("".join(f"{key}: {text or ''}\n" for key, text in zip(("Name", "Sex", "Class"), row)) + "\n")
            with open(os.path.join(folder, "files", line.replace("/", " ")), "w", encoding="utf-8"):
                pass


def peers(folder, database):
    write_for_peers(folder, database)
    for name, command, page, leave in PEERS:
        here = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
        peer(here if name == "tig" else folder, name, command, page, leave)


with tempfile.TemporaryDirectory(prefix="guanai-bench-") as scratch:
    made = starts(scratch)
    floor_page = lists(*made[6577])
    forms(made[6577][0])
    tables(made[6577][0])
    for many, (its_program, its_database) in made.items():
        searches(its_program, its_database, many, floor_page)
    peers(scratch, made[6577][1])

sys.exit(1 if failed else 0)
