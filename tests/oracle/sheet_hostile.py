"""Makes files that want to hurt their reader; each must be refused with its sentence, in little memory."""
import os
import struct
import subprocess
import sys
import tempfile
import time
import zipfile
import zlib

MEMORY_KIB = 32000  # with the sanitizers' own shadow
X = 'http://schemas.openxmlformats.org/'
RELS = ('<Relationships><Relationship Id="r1" Type="%s/worksheet" Target="worksheets/sheet1.xml"/>'
        '<Relationship Id="r2" Type="x/sharedStrings" Target="sharedStrings.xml"/></Relationships>' % X)
BOOK = '<workbook xmlns:r="%s"><sheets><sheet name="一" sheetId="1" r:id="r1"/></sheets></workbook>' % X
SHEET = '<worksheet><sheetData>%s</sheetData></worksheet>'
ROW = '<row r="1"><c r="A1" t="inlineStr"><is><t>x</t></is></c></row>'


def book(path, sheet=SHEET % ROW, more=(), workbook=BOOK, strings='<sst/>', method=zipfile.ZIP_DEFLATED):
    with zipfile.ZipFile(path, 'w', method) as z:
        z.writestr('xl/workbook.xml', workbook)
        z.writestr('xl/_rels/workbook.xml.rels', RELS)
        z.writestr('xl/sharedStrings.xml', strings)
        z.writestr('xl/worksheets/sheet1.xml', sheet)
        for name, data in more:
            z.writestr(name, data)


def bomb(path):
    """A sheet of blanks, packed 1000 : 1, whose header claims fewer bytes than come out."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    data = b'<worksheet><sheetData>'
    packed = packer.compress(data) + b''.join(packer.compress(b' ' * (1 << 20)) for _ in range(128)) + packer.flush()
    raw_zip(path, [('xl/workbook.xml', BOOK.encode()), ('xl/_rels/workbook.xml.rels', RELS.encode())],
            [('xl/worksheets/sheet1.xml', packed, 100 << 20)])


def raw_zip(path, plain, packed=(), overlap=False, lie=0):
    """Writes a zip by hand: stored entries, then deflated ones with a claimed size; overlap à la Fifield."""
    out, central = b'', b''
    entries = [(n, d, 0, len(d), zlib.crc32(d)) for n, d in plain] + [(n, d, 8, size, 0) for n, d, size in packed]
    for name, data, method, size, crc in entries:
        name = name.encode()
        at = len(out)
        out += struct.pack('<IHHHHHIIIHH', 0x04034b50, 20, 0, method, 0, 33, crc, len(data), size, len(name), 0)
        out += name + data
        central += struct.pack('<IHHHHHHIIIHHHHHII', 0x02014b50, 20, 20, 0, method, 0, 33, crc, len(data) + lie, size,
                               len(name), 0, 0, 0, 0, 0, at) + name
    count = len(entries)
    if overlap:  # a second name for the bytes inside the first entry: its data is itself an entry
        inner_name = b'inner.xml'
        inner = struct.pack('<IHHHHHIIIHH', 0x04034b50, 20, 0, 0, 0, 33, 0, 0, 0, len(inner_name), 0) + inner_name
        at = out.index(inner)
        central += struct.pack('<IHHHHHHIIIHHHHHII', 0x02014b50, 20, 20, 0, 0, 0, 33, 0, 0, 0, len(inner_name), 0, 0, 0,
                               0, 0, at) + inner_name
        count += 1
    end = struct.pack('<IHHHHIIH', 0x06054b50, 0, 0, count, count, len(central), len(out), 0)
    open(path, 'wb').write(out + central + end)


def overlapping(path):
    inner = struct.pack('<IHHHHHIIIHH', 0x04034b50, 20, 0, 0, 0, 33, 0, 0, 0, 9, 0) + b'inner.xml'
    raw_zip(path, [('xl/workbook.xml', BOOK.encode()), ('quoted.bin', b'AAAA' + inner + b'BBBB')], overlap=True)


def lying(path):
    raw_zip(path, [('xl/workbook.xml', BOOK.encode())], lie=1000)


def encrypted_office(path):
    open(path, 'wb').write(b'\xd0\xcf\x11\xe0' + b'\0' * 70000 + 'EncryptedPackage'.encode('utf-16-le'))


def sparse(path):
    open(path, 'wb').truncate(2 << 30)


def truncated(path):
    book(path)
    data = open(path, 'rb').read()
    open(path, 'wb').write(data[:len(data) // 2])


def flipped(path):
    book(path, SHEET % ''.join('<row r="%d"><c><v>%d</v></c></row>' % (i, i) for i in range(1, 3000)),
         method=zipfile.ZIP_STORED)
    data = bytearray(open(path, 'rb').read())
    data[data.index(b'<v>1234</v>') + 4] ^= 1
    open(path, 'wb').write(data)


def protected(path):
    book(path)
    data = bytearray(open(path, 'rb').read())
    at = data.index(b'PK\1\2')
    data[at + 8] |= 1
    open(path, 'wb').write(data)


def wrote(data):
    return lambda path: open(path, 'wb').write(data)


def doctype(inner, use):
    return lambda path: book(path, '<!DOCTYPE worksheet [%s]>' % inner + SHEET % ROW.replace('x<', use + '<'))


LAUGHS = '<!ENTITY a0 "ha">' + ''.join('<!ENTITY a%d "%s">' % (i, '&a%d;' % (i - 1) * 10) for i in range(1, 10))
WIDE = '<row>' + '<c><v>1</v></c>' * 100000 + '</row>'
CASES = [
    ('zip bomb', bomb, 8, 'unpacks to more'),
    ('honest bomb', lambda p: book(p, SHEET % (' ' * (64 << 20))), 8, 'unpacks to more'),
    ('overlapping entries', overlapping, 1, 'no spreadsheet program'),
    ('lying directory', lying, 5, 'is damaged'),
    ('truncated zip', truncated, 5, 'is damaged'),
    ('flipped bit', flipped, 5, 'is damaged'),
    ('climbing name', lambda p: book(p, more=[('../../etc/passwd', 'x')]), 1, 'no spreadsheet program'),
    ('absolute name', lambda p: book(p, more=[('/etc/passwd', 'x')]), 1, 'no spreadsheet program'),
    ('double name', lambda p: book(p, more=[('XL/workbook.xml', 'x')]), 1, 'no spreadsheet program'),
    ('3000 entries', lambda p: book(p, more=[('e%d' % i, '') for i in range(3000)]), 1, 'no spreadsheet program'),
    ('protected entry', protected, 1, 'protected by a password'),
    ('external entity', doctype('<!ENTITY e SYSTEM "file:///etc/passwd">', '&e;'), 1, 'instructions no table needs'),
    ('external DTD', lambda p: book(p, '<!DOCTYPE a SYSTEM "http://x/y.dtd">' + SHEET % ROW), 1, 'instructions'),
    ('billion laughs', doctype(LAUGHS, '&a9;'), 1, 'instructions no table needs'),
    ('laughing texts', lambda p: book(p, strings='<!DOCTYPE s [%s]><sst>&a9;</sst>' % LAUGHS), 1, 'instructions'),
    ('deep', lambda p: book(p, '<a>' * 100000), 1, 'instructions no table needs'),
    ('names without end', lambda p: book(p, SHEET % ''.join('<n%d/>' % i for i in range(200000))), 1, 'instructions'),
    ('endless tag', lambda p: book(p, '<a b="%s"/>' % os.urandom(3 << 20).hex()), 5, 'is damaged'),
    ('unclosed XML', lambda p: book(p, '<worksheet><sheetData>' + ROW), 5, 'is damaged'),
    ('100,000 columns', lambda p: book(p, SHEET % WIDE), 8, 'more than 500 columns'),
    ('rows backwards', lambda p: book(p, SHEET % (ROW.replace('1', '9') + ROW)), 5, 'damaged at row'),
    ('text nobody has', lambda p: book(p, SHEET % '<row><c t="s"><v>7</v></c></row>'), 5, 'damaged at row'),
    ('long text', lambda p: book(p, SHEET % ('<row><c t="str"><v>%s</v></c></row>' % ('y' * 40000))), 8, 'longer than'),
    ('300 sheets', lambda p: book(p, workbook=BOOK.replace('<sheet ', '<sheet r:id="r1"/>' * 300 + '<sheet ')), 8,
     'more than 255 sheets'),
    ('.xls', wrote(b'\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1' + b'\0' * 5000), 1, 'old .xls file'),
    ('protected workbook', encrypted_office, 1, 'protected by a password'),
    ('PDF', wrote(b'%PDF-1.7\n' + b'x' * 500), 1, 'is a PDF document'),
    ('web page', wrote('<html><table><tr><td>姓名'.encode()), 1, 'is a web page'),
    ('Word', lambda p: zipfile.ZipFile(p, 'w').writestr('word/document.xml', 'x'), 1, 'is a Word document'),
    ('plain zip', lambda p: zipfile.ZipFile(p, 'w').writestr('a.txt', 'x'), 1, 'packed archive'),
    ('2 GB', sparse, 8, 'has 2048 MB'),
    ('nothing', wrote(b''), 1, 'is empty'),
    ('CSV of 100,000 columns', wrote(b'a,' * 100000), 8, 'more than 500 columns'),
    ('NULs', wrote(b'\0' * (8 << 20)), 1, 'no text'),
]


def main():
    dump = sys.argv[1]
    failed = False
    print('1..%d' % len(CASES))
    with tempfile.TemporaryDirectory() as folder:
        for n, (name, make, rc, sentence) in enumerate(CASES, 1):
            path = os.path.join(folder, 'table.xlsx')
            make(path)
            began = time.monotonic()
            run = subprocess.run([dump, '-q', path], capture_output=True)
            said = run.stderr.decode().split('\n')
            right = run.returncode == 1 and said[0].startswith('%d ' % rc) and sentence in said[0]
            chinese = right and any('\u4e00' <= c <= '\u9fff' for c in said[1])
            peak = int(said[-2]) if said[-2].isdigit() else 0
            ok = right and chinese and 0 < peak < MEMORY_KIB
            print('%s %d - %s is refused' % ('ok' if ok else 'not ok', n, name))
            print('# %.2f s, %d KiB: %s' % (time.monotonic() - began, peak, ' / '.join(said[:2])))
            failed |= not ok
            os.remove(path)
    return failed


sys.exit(main())
