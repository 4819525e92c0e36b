#!/usr/bin/env python3
"""Writes the tables behind fold.c from Python's Unicode data. usage: fold_tables.py OUT.c"""
import sys
import unicodedata

# Long settled blocks only, so that every Python makes the same tables.
COMPATIBLE = [(0xA0, 0xFF), (0x132, 0x133), (0x13F, 0x140), (0x149, 0x149), (0x17F, 0x17F), (0x1C4, 0x1CC),
              (0x1F1, 0x1F3), (0x2000, 0x206F), (0x2070, 0x209C), (0x2100, 0x214E), (0x2150, 0x217F),
              (0x2460, 0x24EA), (0x2E80, 0x2FD5), (0x3000, 0x3000), (0x3036, 0x303A), (0x3200, 0x321E),
              (0x3220, 0x3243), (0x3250, 0x327E), (0x3280, 0x33FF), (0xF900, 0xFA6D), (0xFA70, 0xFAD9),
              (0xFB00, 0xFB06), (0xFE30, 0xFE6B), (0xFF01, 0xFFEE)]
LETTERS = [(0xC0, 0x24F), (0x370, 0x3FF), (0x400, 0x481), (0x48A, 0x4FF), (0x1E00, 0x1EF9), (0x1F00, 0x1FFE)]
CASED = LETTERS + [(0xFF21, 0xFF3A)]


def every(ranges):
    return (cp for first, last in ranges for cp in range(first, last + 1))


def compatible():
    for cp in every(COMPATIBLE):
        text = unicodedata.normalize("NFKC", chr(cp))
        if text != chr(cp) and unicodedata.name(chr(cp), ""):
            yield cp, text


def composed():
    rows = []
    for cp in every(LETTERS):
        parts = unicodedata.decomposition(chr(cp)).split()
        if len(parts) == 2 and not parts[0].startswith("<"):
            base, mark = (int(part, 16) for part in parts)
            if unicodedata.normalize("NFC", chr(base) + chr(mark)) == chr(cp):
                rows.append((base, mark, cp))
    return sorted(rows)


def lowered():
    for cp in every(CASED):
        low = "i" if cp == 0x130 else chr(cp).lower()
        if len(low) == 1 and low != chr(cp):
            yield cp, ord(low)


def write(out):
    out.write('/* Made by fold_tables.py; do not edit. */\n#include "fold_tables.h"\n\n')
    out.write("const struct fold_compatible fold_compatible[] = {\n")
    for cp, text in compatible():
        octal = "".join(f"\\{byte:03o}" for byte in text.encode("utf-8"))
        out.write(f'    {{0x{cp:X}, "{octal}"}},\n')
    out.write("};\n\nconst struct fold_composed fold_composed[] = {\n")
    for base, mark, cp in composed():
        out.write(f"    {{0x{base:X}, 0x{mark:X}, 0x{cp:X}}},\n")
    out.write("};\n\nconst struct fold_lower fold_lower[] = {\n")
    for cp, low in sorted(lowered()):
        out.write(f"    {{0x{cp:X}, 0x{low:X}}},\n")
    out.write("};\n\n")
    for name in ("compatible", "composed", "lower"):
        out.write(f"const size_t fold_{name}_len = sizeof(fold_{name}) / sizeof(fold_{name}[0]);\n")


if __name__ == "__main__":
    with open(sys.argv[1], "w", encoding="ascii") as target:
        write(target)
