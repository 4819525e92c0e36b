#!/usr/bin/env python3
"""Makes pinyin.txt out of Unicode's Unihan_Readings.txt[.bz2] (Debian: package unicode-data).

usage: make_pinyin.py /usr/share/unicode/Unihan_Readings.txt.bz2 > pinyin.txt
"""
import bz2
import re
import sys
import unicodedata

# Sources in the order they are trusted; kHanyuPinlu alone carries frequencies.
SOURCES = ('kHanyuPinlu', 'kMandarin', 'kTGHZ2013', 'kXHC1983')
# Characters of real names that Unihan gives no Mandarin reading.
SUPPLEMENT = {'𠮷': ['ji'], '〇': ['ling']}
# Interjections without a vowel (嗯 ng) make every stray letter look like a syllable.
VOWELLESS = {'m', 'n', 'ng', 'hm', 'hng', 'r'}
MOST_READINGS = 8

HEAD = """\
# Mandarin readings of Chinese characters without tones, ü as v, most frequent first.
# A line: syllable, characters that have it as their first reading, as their second, ... (- for none).
# Made by make_pinyin.py from %s: %s.
#
# Derived from the Unicode Character Database. Copyright (c) 1991-2022 Unicode, Inc. All rights reserved.
# Distributed under the Terms of Use in https://www.unicode.org/copyright.html.
#
# UNICODE, INC. LICENSE AGREEMENT - DATA FILES AND SOFTWARE
# Permission is hereby granted, free of charge, to any person obtaining a copy of the Unicode data files and any
# associated documentation (the "Data Files") or Unicode software and any associated documentation (the "Software")
# to deal in the Data Files or Software without restriction, including without limitation the rights to use, copy,
# modify, merge, publish, distribute, and/or sell copies of the Data Files or Software, and to permit persons to whom
# the Data Files or Software are furnished to do so, provided that either (a) this copyright and permission notice
# appear with all copies of the Data Files or Software, or (b) this copyright and permission notice appear in
# associated Documentation.
# THE DATA FILES AND SOFTWARE ARE PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT
# NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT OF THIRD
# PARTY RIGHTS. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR HOLDERS INCLUDED IN THIS NOTICE BE LIABLE FOR ANY CLAIM, OR
# ANY SPECIAL INDIRECT OR CONSEQUENTIAL DAMAGES, OR ANY DAMAGES WHATSOEVER RESULTING FROM LOSS OF USE, DATA OR
# PROFITS, WHETHER IN AN ACTION OF CONTRACT, NEGLIGENCE OR OTHER TORTIOUS ACTION, ARISING OUT OF OR IN CONNECTION WITH
# THE USE OR PERFORMANCE OF THE DATA FILES OR SOFTWARE.
# Except as contained in this notice, the name of a copyright holder shall not be used in advertising or otherwise to
# promote the sale, use or other dealings in these Data Files or Software without prior written authorization of the
# copyright holder.
# This file has been modified: selected, stripped of tones, ordered, regrouped.
"""


def without_tone(syllable):
    text = unicodedata.normalize('NFD', syllable).replace('u\u0308', 'v')
    return ''.join(c for c in text if not unicodedata.combining(c))


def readings_of(fields):
    """Toneless readings, most frequent first, each once."""
    ordered = {}
    counts = re.findall(r'(\S+?)\((\d+)\)', fields.get('kHanyuPinlu', ''))
    for syllable, count in counts:
        plain = without_tone(syllable)
        ordered[plain] = ordered.get(plain, 0) + int(count)
    found = sorted(ordered, key=lambda s: -ordered[s])
    found += [without_tone(s) for s in fields.get('kMandarin', '').split()]
    for source in ('kTGHZ2013', 'kXHC1983'):
        for place in fields.get(source, '').split():
            found += [without_tone(s) for s in place.split(':')[1].split(',')]
    found = list(dict.fromkeys(found))
    voiced = [s for s in found if s not in VOWELLESS]
    return (voiced or found)[:MOST_READINGS]


def read_unihan(path):
    opener = bz2.open if path.endswith('.bz2') else open
    version, fields = 'unknown version', {}
    with opener(path, 'rt', encoding='utf-8') as lines:
        for line in lines:
            if line.startswith('# Unicode version:'):
                version = 'Unicode ' + line.split(':')[1].strip()
            if not line.startswith('U+'):
                continue
            code, field, value = line.rstrip('\n').split('\t')
            if field in SOURCES:
                fields.setdefault(chr(int(code[2:], 16)), {})[field] = value
    return version, {c: readings_of(f) for c, f in fields.items()}


def main():
    version, readings = read_unihan(sys.argv[1])
    for character, syllables in SUPPLEMENT.items():
        readings.setdefault(character, syllables)
    lines = {}
    for character in sorted(readings):
        for rank, syllable in enumerate(readings[character]):
            groups = lines.setdefault(syllable, [])
            groups.extend([''] * (rank + 1 - len(groups)))
            groups[rank] += character
    out = HEAD % (version, ', '.join(SOURCES))
    for syllable in sorted(lines):
        out += ' '.join([syllable] + [g or '-' for g in lines[syllable]]) + '\n'
    sys.stdout.buffer.write(out.encode('utf-8'))


if __name__ == '__main__':
    main()
