#!/usr/bin/env python3
"""Includes never run upwards, nor between rooms of one floor; third-party headers each have one room."""
import pathlib
import re
import sys

FLOORS = [
    {"base"},
    {"text", "crypt"},
    {"yaml", "sql", "sheet"},
    {"config", "form"},
    {"store"},
    {"exchange", "care", "sync", "report"},
    {"tui"},
    {"app"},
    {"command", "screen"},
]
FLOOR_OF = {room: n for n, rooms in enumerate(FLOORS) for room in rooms}
# Rooms that see less than their floor allows, or a neighbour on purpose.
ONLY = {"tui": {"base", "text"}, "paper": {"base", "text", "paper"}, "app": None}
NEIGHBOURS = {("form", "config"),   # rules know the school's calendar and sites
              ("exchange", "paper")}  # the words the helper program is spoken to in
NEVER = {("app", "tui"), ("command", "screen"), ("screen", "command")}
FOREIGN = {
    "sqlite3.h": "src/sql/",
    "yaml.h": "src/yaml/",
    "sodium.h": "src/crypt/",
    "zstd.h": ("src/store/", "src/sync/"),  # operations are packed for the disk there, for the stick here
    "expat.h": "src/sheet/",
    "zlib.h": "src/sheet/",
    "minizip/": "src/sheet/",
    "xlsxwriter": "src/paper/",
    "ncurses": "src/tui/term.c",
    "curses.h": "src/tui/term.c",
}
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.M)


def room_of(path):
    parts = path.parts
    if parts[:2] == ("include", "guanai"):
        return parts[2]
    return parts[1] if len(parts) > 2 else "main"


def may_include(room, other):
    if room == other or room == "main":
        return True
    if ONLY.get(room):
        return other in ONLY[room]
    if (room, other) in NEIGHBOURS:
        return True
    if (room, other) in NEVER or room not in FLOOR_OF or other not in FLOOR_OF:
        return False
    return FLOOR_OF[other] < FLOOR_OF[room]


def faults(root):
    for path in sorted([*root.glob("src/**/*.[ch]"), *root.glob("include/**/*.h")]):
        where = path.relative_to(root)
        text = path.read_text(encoding="utf-8")
        for kind, name in INCLUDE.findall(text):
            ours = re.match(r"guanai/(\w+)/", name)
            if ours and not may_include(room_of(where), ours.group(1)):
                yield f"{where}: {room_of(where)} must not include {name}"
            for foreign, home in FOREIGN.items():
                if kind == "<" and (name == foreign or name.startswith(foreign)) and not str(where).startswith(home):
                    yield f"{where}: <{name}> belongs to {home} alone"


def main():
    assert may_include("store", "form") and not may_include("form", "store") and not may_include("tui", "form")
    found = list(faults(pathlib.Path(sys.argv[1])))
    print("\n".join(found) or "floors are clean")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
