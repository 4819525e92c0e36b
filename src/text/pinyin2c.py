#!/usr/bin/env python3
"""Turns pinyin.txt and surnames.txt into constant C tables: pinyin2c.py PINYIN SURNAMES OUT.c"""
import hashlib
import sys

LIST = 0x8000
BLOCK = 64


def read_rows(path):
    with open(path, encoding='utf-8') as lines:
        for number, line in enumerate(lines, 1):
            words = line.split()
            if words and not line.startswith('#'):
                yield number, words


def read_characters(path):
    ranks = {}
    for _, (syllable, *groups) in read_rows(path):
        for rank, group in enumerate(groups):
            for character in group if group != '-' else '':
                ranks.setdefault(ord(character), {})[rank] = syllable
    return {c: [r[k] for k in sorted(r)] for c, r in ranks.items()}


def read_surnames(path):
    surnames = {}
    for number, (name, *readings) in read_rows(path):
        if len(name) != len(readings) or len(name) > 2 or name in surnames:
            sys.exit(f'{path}:{number}: {name}: want one or two characters, a reading each, every surname once')
        surnames[name] = [r.split('|') for r in readings]
    return surnames


class Tables:
    """Syllables, shared lists of readings, shared blocks of cells."""

    def __init__(self, syllables):
        self.numbers = {s: i + 1 for i, s in enumerate(sorted(syllables))}
        self.lists, self.list_places = [], {}
        self.cells, self.block_places = [], {}

    def cell(self, readings):
        if not readings:
            return 0
        row = tuple(self.numbers[s] for s in readings)
        if len(row) == 1:
            return row[0]
        if row not in self.list_places:
            self.list_places[row] = len(self.lists)
            self.lists += row[:-1] + (row[-1] | LIST,)
        return LIST + self.list_places[row]

    def block(self, cells):
        if cells not in self.block_places:
            self.block_places[cells] = len(self.block_places)
            self.cells += cells
        return self.block_places[cells]


def rows(values, width=16):
    for start in range(0, len(values), width):
        yield '    ' + ', '.join(str(v) for v in values[start:start + width]) + ',\n'


def array(kind, name, values):
    return f'const {kind} {name}[] = {{\n' + ''.join(rows(values)) + '};\n'


def surname_rows(tables, surnames):
    found = []
    for name, readings in surnames.items():
        cells = [tables.cell(r) for r in readings] + [0]
        found.append((ord(name[0]), ord(name[1]) if len(name) > 1 else 0, cells[0], cells[1]))
    return [f'{{{a:#x}, {b:#x}, {{{c}, {d}}}}}' for a, b, c, d in sorted(found)]


def print_of(*paths):
    """Differs when a reading does: keys made with other tables are made anew."""
    whole = hashlib.blake2b(digest_size=8)
    for path in paths:
        with open(path, 'rb') as file:
            whole.update(file.read())
    return whole.hexdigest()


def main():
    pinyin, surname_file, out = sys.argv[1:]
    characters, surnames = read_characters(pinyin), read_surnames(surname_file)
    syllables = {s for r in characters.values() for s in r}
    syllables |= {s for n in surnames.values() for r in n for s in r}
    tables = Tables(syllables)
    first, last = min(characters) // BLOCK, max(characters) // BLOCK
    empty = tables.block((0,) * BLOCK)
    assert empty == 0
    blocks = [tables.block(tuple(tables.cell(characters.get(b * BLOCK + i)) for i in range(BLOCK)))
              for b in range(first, last + 1)]
    surname_lines = surname_rows(tables, surnames)
    assert len(tables.lists) < LIST and len(tables.numbers) < LIST
    texts = ['{"", 0}'] + [f'{{"{s}", {len(s)}}}' for s in tables.numbers]
    with open(out, 'w', encoding='ascii') as c:
        c.write('/* Made from pinyin.txt, surnames.txt by pinyin2c.py. */\n#include "pinyin_data.h"\n\n#include "guanai/text/pinyin.h"\n\n')
        c.write(f'const char ga_pinyin_edition[] = "{print_of(pinyin, surname_file)}";\n')
        c.write(array('struct pinyin_syllable', 'ga_pinyin_syllables', texts))
        c.write(f'const size_t ga_pinyin_syllable_count = {len(texts)};\n')
        c.write(f'const uint32_t ga_pinyin_first_block = {first};\n')
        c.write(f'const size_t ga_pinyin_block_count = {len(blocks)};\n')
        c.write(array('uint16_t', 'ga_pinyin_blocks', blocks))
        c.write(array('uint16_t', 'ga_pinyin_cells', tables.cells))
        c.write(array('uint16_t', 'ga_pinyin_lists', tables.lists))
        c.write(array('struct pinyin_surname', 'ga_pinyin_surnames', surname_lines))
        c.write(f'const size_t ga_pinyin_surname_count = {len(surname_lines)};\n')


if __name__ == '__main__':
    main()
