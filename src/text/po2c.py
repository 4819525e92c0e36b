#!/usr/bin/env python3
"""Turns a .po file into a C table sorted by the bytes of its keys, refusing what would mislead a reader.

usage: po2c.py IN.po OUT.c TABLE

msgctxt "word" marks a word that is translated where it stands as an argument of another sentence:
`%~1` in a msgstr means "argument 1, itself translated as a word". Its key is "word\\4" + msgid.
"""
import re
import sys

ESCAPES = {"n": "\n", "t": "\t", '"': '"', "\\": "\\"}


def unquote(text, where):
    if len(text) < 2 or text[0] != '"' or text[-1] != '"':
        raise ValueError(f"{where}: expected a string in quotes")
    body = text[1:-1]
    if re.search(r'(?<!\\)(?:\\\\)*"', body):
        raise ValueError(f"{where}: a quote inside the string needs a backslash")

    def one(match):
        if match.group(1) not in ESCAPES:
            raise ValueError(f"{where}: unknown escape \\{match.group(1)}")
        return ESCAPES[match.group(1)]
    return re.sub(r"\\(.)", one, body)


def read_entries(path):
    """Yields (line, {"msgctxt", "msgid", "msgstr"})."""
    entry, start, part = {}, 0, None
    with open(path, encoding="utf-8") as lines:
        for number, raw in enumerate(lines, 1):
            line, where = raw.strip(), f"{path}:{number}"
            if line.startswith("#"):
                if line.startswith("#,") and "fuzzy" in line:
                    raise ValueError(f"{where}: fuzzy")
                continue
            if not line:
                continue
            match = re.match(r"(msgctxt|msgid|msgstr)\s+(.*)$", line)
            if match:
                if match.group(1) in ("msgctxt", "msgid") and "msgstr" in entry:
                    yield start, entry
                    entry = {}
                if match.group(1) in entry:
                    raise ValueError(f"{where}: two {match.group(1)} in one entry")
                if not entry:
                    start = number
                part = match.group(1)
                entry[part] = unquote(match.group(2), where)
            elif line.startswith('"') and part:
                entry[part] += unquote(line, where)
            else:
                raise ValueError(f"{where}: neither msgid nor msgstr: {line}")
    if entry:
        yield start, entry


def arguments(text):
    return set(re.findall(r"%~?([1-5])", text.replace("%%", "")))


def check(where, entry):
    if not entry.get("msgid") or not entry.get("msgstr"):
        raise ValueError(f"{where}: empty or missing msgid or msgstr")
    wanted, given = arguments(entry["msgid"]), arguments(entry["msgstr"])
    if wanted - given:
        raise ValueError(f"{where}: the translation lacks %{', %'.join(sorted(wanted - given))}")
    if given - wanted:
        raise ValueError(f"{where}: the translation has %{', %'.join(sorted(given - wanted))} too many")


def read_table(path):
    table = {}
    for line, entry in read_entries(path):
        where = f"{path}:{line}"
        check(where, entry)
        key = (entry["msgctxt"] + "\x04" if "msgctxt" in entry else "") + entry["msgid"]
        if table.setdefault(key, entry["msgstr"]) != entry["msgstr"]:
            raise ValueError(f"{where}: translated differently before: {entry['msgid']}")
    return table


def quote(text):
    out = []
    for byte in text.encode("utf-8"):
        char = chr(byte)
        out.append("\\" + char if char in '"\\' else char if 32 <= byte < 127 and char != "?" else f"\\{byte:03o}")
    return '"' + "".join(out) + '"'


def write_table(table, path, name):
    with open(path, "w", encoding="ascii") as out:
        out.write('/* Made by po2c.py; do not edit. */\n#include "catalog.h"\n\n')
        out.write(f"static const struct catalog_row rows[] = {{\n")
        for key in sorted(table, key=lambda k: k.encode("utf-8")):
            words = sum(1 << int(n) for n in set(re.findall(r"%~([1-5])", table[key])))
            out.write(f"    {{{quote(key)}, {quote(table[key].replace('%~', '%'))}, {words}}},\n")
        out.write(f"}};\n\nconst struct catalog {name} = {{rows, sizeof(rows) / sizeof(rows[0])}};\n")


def main():
    source, target, name = sys.argv[1:]
    try:
        write_table(read_table(source), target, name)
    except ValueError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
