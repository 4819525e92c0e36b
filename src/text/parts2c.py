#!/usr/bin/env python3
"""Turns parts.txt into a constant C table: parts2c.py PARTS PINYIN OUT.c"""
import sys
import unicodedata

SPELLED_MAX = 6  # characters, as in parts_data.h
TIMES = {2: ['双', '两个', '二'], 3: ['三', '三个'], 4: ['四', '四个']}
SIDES = {'草头': ['草字头'], '宝盖': ['宝盖头'], '竖心': ['竖心旁'], '三点水': ['三点水旁']}


def said(spelling):
    """Every way to say it."""
    side, plus, rest = spelling.partition('+')
    if plus:
        return [side + '字旁' + rest, side + '旁' + rest]
    ways = [spelling]
    if len(set(spelling)) == 1:
        ways += [times + spelling[0] for times in TIMES[len(spelling)]]
    for side, others in SIDES.items():
        if spelling.startswith(side):
            ways += [other + spelling[len(side):] for other in others]
    return ways


def is_character(c):
    return unicodedata.name(c, '').startswith('CJK UNIFIED IDEOGRAPH')


def read_readable(path):
    with open(path, encoding='utf-8') as lines:
        return {c for line in lines if not line.startswith('#') for c in ''.join(line.split()[1:])}


def read_parts(path, readable):
    seen, rows = set(), []
    with open(path, encoding='utf-8') as lines:
        for number, line in enumerate(lines, 1):
            if line.startswith('#') or not line.strip():
                continue
            name, *spellings = line.split()
            is_marked, character = name.startswith('?'), name.lstrip('?')
            is_whole = (len(character) == 1 and spellings and character not in seen and
                        all(is_character(c) for c in character + ''.join(spellings).replace('+', '')))
            if not is_whole or is_marked == (character in readable):
                sys.exit(f'{path}:{number}: {name}: want a character, marked with ? when it has no reading, its parts, each once')
            seen.add(character)
            for way in (w for s in spellings for w in said(s)):
                if not 2 <= len(way) <= SPELLED_MAX:
                    sys.exit(f'{path}:{number}: {way}: want two to {SPELLED_MAX} parts')
                rows.append((way, character))
    return rows


def main():
    parts, pinyin, out = sys.argv[1:]
    rows = read_parts(parts, read_readable(pinyin))
    with open(out, 'w', encoding='ascii') as c:
        c.write('/* Made from parts.txt by parts2c.py. */\n#include "parts_data.h"\n\n')
        c.write('const struct parts_row parts_rows[] = {\n')
        for way, character in sorted(rows, key=lambda row: (ord(row[0][0]), -len(row[0]))):
            letters = ', '.join(f'{ord(letter):#x}' for letter in way)
            c.write(f'    {{{ord(character):#x}, {len(way)}, {{{letters}}}}},\n')
        c.write(f'}};\nconst size_t parts_rows_count = {len(rows)};\n')


if __name__ == '__main__':
    main()
