#!/usr/bin/env python3
"""Every line of parts.txt keeps its format; every rare character of the sample rosters has one: parts.py ROOT"""
import pathlib
import sys


def characters(path):
    """Of a roster in whatever encoding it is."""
    for encoding in ('utf-8-sig', 'gb18030'):
        try:
            return set(path.read_bytes().decode(encoding))
        except UnicodeDecodeError:
            continue
    return set()


def is_rare(c):
    """A Chinese character outside both levels of GB 2312, which every keyboard gives."""
    if not ('\u3400' <= c <= '\u9fff' or ord(c) >= 0x20000):
        return False
    try:
        c.encode('gb2312')
        return False
    except UnicodeEncodeError:
        return True


def main():
    root = pathlib.Path(sys.argv[1])
    sys.path.insert(0, str(root / 'src' / 'text'))
    sys.dont_write_bytecode = True
    import parts2c
    data = root / 'src' / 'text' / 'data'
    rows = parts2c.read_parts(str(data / 'parts.txt'), parts2c.read_readable(str(data / 'pinyin.txt')))
    known = {character for _, character in rows}
    rosters = [path for path in (root / 'tests' / 'data').rglob('*.csv')]
    rare = {c for path in rosters for c in characters(path) if is_rare(c)}
    if len(rare) < 5:
        sys.exit(f'only {len(rare)} rare characters in {len(rosters)} rosters: are they all read?')
    missing = sorted(rare - known)
    if missing:
        sys.exit('parts.txt lacks ' + ' '.join(f'{c} U+{ord(c):X}' for c in missing))
    print(f'{len(known)} characters, {len(rows)} spellings; all {len(rare)} rare ones of the rosters')


if __name__ == '__main__':
    main()
