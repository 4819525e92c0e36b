#!/usr/bin/env python3
"""Recomputes readings from the data file itself: pinyin_readings.py PROGRAM PINYIN.txt SURNAMES.txt"""
import random
import subprocess
import sys

# Where Chinese characters live; no surrogates.
PLANES = [*range(0x3000, 0xD800), *range(0xF900, 0xFB00), *range(0x20000, 0x33000)]


def ranks_of(path):
    ranks = {}
    for line in open(path, encoding='utf-8'):
        if not line.startswith('#'):
            syllable, *groups = line.split()
            for rank, group in enumerate(groups):
                for character in group.replace('-', ''):
                    ranks.setdefault(character, []).append((rank, syllable))
    return {c: [s for _, s in sorted(r)] for c, r in ranks.items()}


def gb2312_level_1():
    """Rows 16 to 55; the last one ends at 89: 3,755 characters."""
    for row in range(16, 56):
        for cell in range(1, 90 if row == 55 else 95):
            yield bytes((0xA0 + row, 0xA0 + cell)).decode('gb2312')


def ask(program, characters):
    answer = subprocess.run([program], input='\n'.join(characters) + '\n', encoding='utf-8',
                            stdout=subprocess.PIPE, check=True)
    return [line.split()[1:] for line in answer.stdout.splitlines()]


def check(number, claim, faults):
    print(f'{"not " if faults else ""}ok {number} - {claim}')
    for fault in faults[:10]:
        print('#', fault)
    return not faults


def main():
    program, pinyin, surnames = sys.argv[1:]
    expected = ranks_of(pinyin)
    common = list(gb2312_level_1())
    draw = random.Random(20261122)
    some = draw.sample(sorted(expected), 2000) + [chr(draw.choice(PLANES)) for _ in range(2000)]
    named = [line.split()[0] for line in open(surnames, encoding='utf-8') if line.strip() and line[0] != '#']
    in_names = sorted(set(''.join(named)))
    print('1..4')
    done = [
        check(1, 'GB 2312 level 1 is whole', [] if len(common) == 3755 else [len(common)]),
        check(2, 'each of its characters has a reading',
              [c for c, got in zip(common, ask(program, common)) if not got]),
        check(3, 'random characters have the readings of the data file, most frequent first',
              [f'{c} {got}' for c, got in zip(some, ask(program, some)) if got != expected.get(c, [])]),
        check(4, 'each character of a surname has a reading',
              [c for c, got in zip(in_names, ask(program, in_names)) if not got]),
    ]
    sys.exit(0 if all(done) else 1)


if __name__ == '__main__':
    main()
