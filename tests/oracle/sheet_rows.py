"""Reads the rosters with Python's own csv, zipfile and ElementTree; compares every cell with sheet_dump."""
import csv
import datetime
import io
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
import zipfile

NS = '{http://schemas.openxmlformats.org/spreadsheetml/2006/main}'
REL = '{http://schemas.openxmlformats.org/officeDocument/2006/relationships}'


def shown(text):
    return ''.join('\\%02x' % ord(c) if ord(c) < 32 or c in '\\\x7f' else c for c in text)


def csv_rows(path):
    raw = open(path, 'rb').read()
    try:
        text = raw.decode('utf-8-sig')
    except UnicodeDecodeError:
        text = raw.decode('gb18030')
    lines = ['sheet\t']
    for number, row in enumerate(csv.reader(io.StringIO(text, newline='')), 1):
        lines += line_of(number, [('s', cell) for cell in row])
    return lines


def line_of(number, cells):
    while cells and cells[-1][1] == '':
        cells.pop()
    if not cells:
        return []
    return ['\t'.join([str(number)] + [('%s:%s' % (k, shown(v)) if v != '' else '_:') for k, v in cells])]


def text_of(node):
    parts = []
    for child in node:
        if child.tag == NS + 't':
            parts.append(child.text or '')
        elif child.tag == NS + 'r':
            parts += [t.text or '' for t in child.findall(NS + 't')]
    return ''.join(parts)


def date_styles(book):
    root = ET.fromstring(book.read('xl/styles.xml'))
    codes = {int(f.get('numFmtId')): f.get('formatCode') for f in root.iter(NS + 'numFmt')}
    is_date = []
    for xf in root.find(NS + 'cellXfs'):
        number = int(xf.get('numFmtId'))
        bare = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]|General', '', codes.get(number, ''))
        is_date.append(bool(re.search('[ymdhs]', bare, re.I)) or (number not in codes and 14 <= number <= 22))
    return is_date


def column_of(ref):
    n = 0
    for c in re.match('[A-Z]+', ref).group():
        n = n * 26 + ord(c) - 64
    return n - 1


def date_text(serial):
    moment = datetime.datetime(1899, 12, 30) + datetime.timedelta(seconds=round(serial * 86400))
    midnight = moment.time() == datetime.time(0)
    return moment.strftime('%Y-%m-%d' if midnight else '%Y-%m-%d %H:%M')


def cell_value(cell, strings, is_date):
    kind, value = cell.get('t', 'n'), cell.find(NS + 'v')
    if kind == 'inlineStr':
        return 's', text_of(cell.find(NS + 'is'))
    if value is None or value.text is None:
        return 's', ''
    if kind == 's':
        return 's', strings[int(value.text)]
    if kind == 'n' and is_date[int(cell.get('s', 0))]:
        return 'd', date_text(float(value.text))
    if kind == 'n':
        number = float(value.text)
        return 'n', str(int(number)) if number == int(number) else repr(number)
    return {'b': '?', 'e': 'e', 'str': 's'}[kind], value.text


def xlsx_rows(path):
    book = zipfile.ZipFile(path)
    strings = []
    if 'xl/sharedStrings.xml' in book.namelist():
        strings = [text_of(si) for si in ET.fromstring(book.read('xl/sharedStrings.xml'))]
    targets = {r.get('Id'): r.get('Target') for r in ET.fromstring(book.read('xl/_rels/workbook.xml.rels'))}
    is_date = date_styles(book)
    lines = []
    for sheet in ET.fromstring(book.read('xl/workbook.xml')).iter(NS + 'sheet'):
        hidden = '\thidden' if sheet.get('state', 'visible') != 'visible' else ''
        lines.append('sheet\t' + sheet.get('name') + hidden)
        for row in ET.fromstring(book.read('xl/' + targets[sheet.get(REL + 'id')])).iter(NS + 'row'):
            cells = []
            for cell in row:
                column = column_of(cell.get('r'))
                cells += [('s', '')] * (column + 1 - len(cells))
                cells[column] = cell_value(cell, strings, is_date)
            lines += line_of(int(row.get('r')), cells)
    return lines


def main():
    dump, files = sys.argv[1], sys.argv[2:]
    print('1..%d' % len(files))
    failed = False
    for n, path in enumerate(files, 1):
        ours = subprocess.run([dump, path], capture_output=True, check=True).stdout.decode().split('\n')[:-1]
        theirs = (xlsx_rows if path.endswith('.xlsx') else csv_rows)(path)
        same = ours == theirs and len(ours) > 5
        for a, b in [pair for pair in zip(ours, theirs) if pair[0] != pair[1]][:3]:
            print('# ours  ', a, '\n# theirs', b)
        print('%s %d - %s reads as Python reads it' % ('ok' if same else 'not ok', n, path.split('/')[-1]))
        failed |= not same
    return failed


sys.exit(main())
