#!/usr/bin/env python3
"""A control key means one thing on every page: what the hand has learned on one does no other thing on the next."""
import collections
import pathlib
import re
import sys

ROOT = pathlib.Path(sys.argv[1])

# One meaning under several words, because the page's own word says better what comes of it.
ONE_MEANING = {
    "S": {"Save", "Write", "Accept", "Take in", "Write note", "Print"},  # what this page was opened for is written down
    "O": {"As before", "As the last"},                          # once more as it was
    "R": {"Show", "Show number"},                               # what is hidden
}

# Keys that a page asks for beside its table; what they do there is what they do in every box.
BESIDE_TABLES = {
    "src/screen/home/home.c": {"Z"},        # undoes: brings back what was thrown away last
    "src/screen/record/record.c": {"U"},      # empties a prefilled answer as it does a typed one
    "src/screen/grid/ticks_find.c": {"U"},
}

ROW = re.compile(r'\{\s*-?\w+,\s*\{([^{}]*)\},\s*GA_N_\("([^"]*)"\)')
CONTROL = re.compile(r"GA_CTRL\('(\\?.)'\)")
faults = []


def tables(text):
    return re.findall(r"struct ga_tui_command \w+\[\] = \{\n(.*?)\n\};", text, re.S)


def meanings():
    """Letter → word → pages, of all tables; rows without a control key count for nothing."""
    found = collections.defaultdict(lambda: collections.defaultdict(set))
    for path in sorted([*(ROOT / "src/screen").rglob("*.c"), *(ROOT / "src/tui").rglob("*.c")]):
        text = path.read_text(encoding="utf-8")
        for table in tables(text):
            rows = ROW.findall(table)
            if len(CONTROL.findall(table)) != sum(len(CONTROL.findall(keys)) for keys, _ in rows):
                faults.append(f"{path.name}: a row of its table of keys is not understood here")
            for keys, label in rows:
                for letter in CONTROL.findall(keys):
                    found[letter][label].add(str(path.relative_to(ROOT)))
    return found


def check_tables(found):
    if len(found) < 10:
        faults.append("hardly any control key found: the tables look different now")
    for letter, words in sorted(found.items()):
        if len(words) > 1 and not set(words) <= ONE_MEANING.get(letter, set()):
            said = "; ".join(f"{word} ({', '.join(sorted(pages))})" for word, pages in sorted(words.items()))
            faults.append(f"Ctrl-{letter} means more than one thing: {said}")


def check_editing(found):
    """A box takes the keys that edit before its page does: there they would never reach it."""
    text = (ROOT / "src/tui/widget/edit_keys.c").read_text(encoding="utf-8")
    for letter in CONTROL.findall(text):
        for word, pages in found.get(letter, {}).items():
            if any(letter not in BESIDE_TABLES.get(page, set()) for page in pages):
                faults.append(f"Ctrl-{letter} edits text in every box, but is {word} in {', '.join(sorted(pages))}")


def check_beside_tables():
    for path in sorted((ROOT / "src/screen").rglob("*.c")):
        text = path.read_text(encoding="utf-8")
        for table in tables(text):
            text = text.replace(table, "")
        name = str(path.relative_to(ROOT))
        for letter in set(CONTROL.findall(text)) - BESIDE_TABLES.get(name, set()):
            faults.append(f"{name}: Ctrl-{letter} outside the table of keys, where neither help nor key bar know it")


all_of_them = meanings()
check_tables(all_of_them)
check_editing(all_of_them)
check_beside_tables()
print("\n".join(faults))
sys.exit(1 if faults else 0)
