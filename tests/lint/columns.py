#!/usr/bin/env python3
"""The title of every column of a list is whole in the width the column wants, in both languages."""
import os
import pathlib
import re
import sys
import unicodedata

ROOT = pathlib.Path(sys.argv[1])
sys.path.insert(0, os.path.join(str(ROOT), "src", "text"))
sys.dont_write_bytecode = True
import po2c  # noqa: E402

COLUMN = re.compile(r'\.title\s*=\s*(?:ga_tr\([^,]*, |GA_N_\()"((?:\\.|[^"\\])*)"\)\s*,\s*\.cols\s*=\s*(\d+)')


def width(text):
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


# What the lists widen by themselves in English.
words = (ROOT / "src/screen/parts/words.c").read_text(encoding="utf-8")
english = {title: int(cols) for title, cols in re.findall(r'\{"([^"]+)", (\d+)\}', words.split("english_columns[] =")[1].split(";")[0])}
chinese = {entry["msgid"]: entry["msgstr"] for _, entry in po2c.read_entries(str(ROOT / "src/text/lang/zh.po"))
           if entry.get("msgid")}
seen, faults = 0, []
for path in sorted((ROOT / "src/screen").rglob("*.c")):
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        for title, cols in COLUMN.findall(line):
            seen += 1
            for text, least in ((title, english.get(title, 0)), (chinese.get(title, ""), 0)):
                if width(text) > max(int(cols), least):
                    faults.append(f"{path.relative_to(ROOT)}:{number}: “{text}” is {width(text)} columns wide, its column {cols}")
if seen < 100:
    faults.append(f"only {seen} columns found: they are written differently now")
print("\n".join(faults))
sys.exit(1 if faults else 0)
