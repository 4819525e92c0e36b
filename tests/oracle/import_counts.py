#!/usr/bin/env python3
"""Works out a second time which rows of the township's roster are new, double or refused and why, then asks the program.

usage: import_counts.py GUANAI FORMS ROSTERS
"""
import csv
import datetime
import os
import re
import subprocess
import sys
import tempfile
import unicodedata
import xml.etree.ElementTree as xml
import zipfile

WEIGHTS, CHECK = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2], "10X98765432"
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
done = 0


def ok(is_right, name, why=""):
    global done
    done += 1
    print(("ok" if is_right else "not ok"), done, "-", name)
    if not is_right:
        print("#", str(why).replace("\n", "\n# "))
    return is_right


def clean(text):
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def csv_rows(path):
    """(number, cells) of every row, numbered as a spreadsheet program does."""
    with open(path, newline="", encoding="utf-8-sig") as file:
        return list(enumerate(csv.reader(file), 1))


def xlsx_rows(path):
    with zipfile.ZipFile(path) as book:
        shared = ["".join(t.text or "" for t in item.iter(MAIN + "t"))
                  for item in xml.fromstring(book.read("xl/sharedStrings.xml"))]
        sheet = xml.fromstring(book.read("xl/worksheets/sheet1.xml"))
    rows = []
    for row in sheet.iter(MAIN + "row"):
        cells = []
        for cell in row.iter(MAIN + "c"):
            column = 0
            for letter in re.match(r"[A-Z]+", cell.get("r")).group():
                column = column * 26 + ord(letter) - 64
            value = cell.findtext(MAIN + "v") or ""
            cells += [""] * (column - len(cells))
            cells[column - 1] = shared[int(value)] if cell.get("t") == "s" else value
        rows.append((int(row.get("r")), cells))
    return rows


def birth_of(text):
    if re.fullmatch(r"\d{5}(\.0)?", text):  # the serial number of a day
        day = datetime.date(1899, 12, 30) + datetime.timedelta(int(float(text)))
        return day.strftime("%Y%m%d")
    parts = re.findall(r"\d+", text)
    return parts[0] if len(parts) == 1 else "%04d%02d%02d" % tuple(map(int, parts))


def judge(rows):
    """By row number: ('refused', pattern of the reason), ('double', first row), ('new', None)."""
    header = next(i for i, (_, cells) in enumerate(rows) if "姓名" in cells and len([c for c in cells if c]) > 5)
    titles, firsts, verdicts = rows[header][1], {}, {}
    for number, cells in rows[header + 1:]:
        row = dict(zip(titles, map(clean, cells)))
        if not any(row.values()):
            continue
        id_number = row["身份证件号"].upper()
        right = CHECK[sum(int(d) * w for d, w in zip(id_number, WEIGHTS)) % 11]
        sex = "男" if int(id_number[16]) % 2 else "女"
        if id_number[17] != right:
            verdicts[number] = ("refused", f"校验码不符。最后一位应是 {right}；")
        elif row["性别"] != sex:
            verdicts[number] = ("refused", f"“性别”与“身份证号”不一致，按后者应是：{sex}")
        elif birth_of(row["出生日期"]) != id_number[6:14]:
            verdicts[number] = ("refused", "出生日期")
        elif id_number in firsts:
            verdicts[number] = ("double", f"重复出现，第一次在第 {firsts[id_number]} 行")
        else:
            firsts[id_number] = number
            verdicts[number] = ("new", None)
    return verdicts


def tally(verdicts):
    kinds = [kind for kind, _ in verdicts.values()]
    return {"new": kinds.count("new"), "fills": 0, "changes": 0, "same": kinds.count("double"),
            "refused": kinds.count("refused"), "returns": 0}


def mend(rows, path):
    titles = rows[0][1]
    with open(path, "w", newline="", encoding="utf-8-sig") as file:
        writer = csv.writer(file)
        writer.writerow(titles)
        for _, cells in rows[1:]:
            row = dict(zip(titles, cells))
            body = clean(row["身份证件号"])[:17]
            row["身份证件号"] = body + CHECK[sum(int(d) * w for d, w in zip(body, WEIGHTS)) % 11]
            row["性别"] = "男" if int(body[16]) % 2 else "女"
            writer.writerow(row.values())


class School:
    def __init__(self, program, forms, folder):
        self.words = [program, "--data", os.path.join(folder, "data"), "--forms", forms, "--today", "2026-11-23",
                      "--lang", "zh"]

    def run(self, *words):
        run = subprocess.run(self.words + list(words), stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False,
                             env=dict(os.environ, LC_ALL="C", LOGNAME="clerk"))
        return run.stdout.decode("utf-8"), run.stderr.decode("utf-8")

    def take(self, path, *words):
        out, err = self.run("import", "child", path, *words)
        counts = dict(line.split("\t") for line in out.splitlines()[1:])
        counts.pop("gaps", None)
        counts.pop("alike", None)
        said = {}
        for line in err.splitlines():
            match = re.match(r"第 (\d+) 行 (\S*)（(未收|相同)）：(.*)", line)
            if match:
                said[int(match.group(1))] = (match.group(3), match.group(4))
        return {verdict: int(count) for verdict, count in counts.items()}, said

    def children(self):
        lines = [line.split("\t") for line in self.run("list", "child")[0].splitlines()]
        return [dict(zip(lines[0], line)) for line in lines[1:]]


def compare_reasons(kind, verdicts, said):
    wanted = {row: verdict for row, verdict in verdicts.items() if verdict[0] != "new"}
    ok(sorted(wanted) == sorted(said), f"{kind}: the rows that stand out are these {len(wanted)}", f"{wanted}\n{said}")
    for row, (verdict, reason) in wanted.items():
        word, text = said.get(row, ("", ""))
        ok(word == {"refused": "未收", "double": "相同"}[verdict] and reason in text,
           f"{kind}: row {row}: {verdict}", f"wanted {reason}\nsaid {text}")


def compare_faults(rosters, rows, verdicts):
    """The faults were made on purpose and written down: the oracle itself must find those and no others."""
    with open(os.path.join(rosters, "township-700-faults.csv"), encoding="utf-8-sig") as file:
        faults = list(csv.DictReader(file))
    cells = dict(rows)
    column = next(i for _, c in rows for i, text in enumerate(c) if text == "身份证件号")
    for verdict, words in (("refused", ("check digit", "sex contradicts ID")), ("double", ("listed twice",))):
        made = sorted(f["id_number"][:17] for f in faults if f["fault"] in words)
        found = sorted(clean(cells[row][column])[:17] for row, (kind, _) in verdicts.items() if kind == verdict)
        ok(made == found, f"the faults made are the faults found: {verdict}", f"{made}\n{found}")


def check_roster(program, forms, rosters, kind):
    path = os.path.join(rosters, "township-700." + kind)
    rows = csv_rows(path) if kind == "csv" else xlsx_rows(path)
    verdicts = judge(rows)
    compare_faults(rosters, rows, verdicts)
    with tempfile.TemporaryDirectory() as folder:
        school = School(program, forms, folder)
        school.run("--user", "罗老师", "init", "--school", "石桥")
        rejects, mended = os.path.join(folder, "rejects.csv"), os.path.join(folder, "mended.csv")
        counts, said = school.take(path, "--rejects", rejects)
        ok(counts == tally(verdicts) and counts["new"] == 694, f"{kind}: the counts are {tally(verdicts)}", counts)
        compare_reasons(kind, verdicts, said)
        refused = [row for row, (verdict, _) in verdicts.items() if verdict == "refused"]
        handed_back = csv_rows(rejects)
        ok(len(handed_back) == len(refused) + 1, f"{kind}: all {len(refused)} refused rows are handed back", handed_back)
        mend(handed_back, mended)
        counts, said = school.take(mended)
        ok(counts["new"] == len(refused) and not said, f"{kind}: mended they are new", f"{counts}\n{said}")
        children = school.children()
        marked = sum(child["marked_left_behind"] == "1" for child in children)
        ok((len(children), marked) == (700, 329), f"{kind}: 700 children, 329 of them left behind",
           f"{len(children)}, {marked}")


def main():
    sys.stdout.reconfigure(encoding="utf-8")
    for kind in ("csv", "xlsx"):
        check_roster(*sys.argv[1:4], kind)
    print(f"1..{done}")


main()
