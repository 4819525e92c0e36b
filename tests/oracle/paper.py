#!/usr/bin/env python3
"""guanai-paper writes what it is given, or nothing: read back with zipfile alone. TAP.

usage: paper.py GUANAI-PAPER SHEET_DUMP
"""
import io, os, re, struct, subprocess, sys, tempfile, zipfile

PAPER, DUMP = sys.argv[1], sys.argv[2]
failed = count = 0


def record(kind, text=b""):
    text = text.encode() if isinstance(text, str) else text
    return kind.encode() + struct.pack("<I", len(text)) + text


def column(kind, width, heading):
    return record("C", kind.encode() + bytes([width]) + heading.encode())


def run(stream):
    with tempfile.TemporaryFile() as out:
        fd = out.fileno()
        done = subprocess.run([PAPER, "xlsx", str(fd)], input=stream, pass_fds=[fd], capture_output=True)
        out.seek(0)
        return done.returncode, out.read(), done.stderr.decode()


def check(name, is_true, note=""):
    global failed, count
    count += 1
    failed += not is_true
    print(("ok" if is_true else "not ok"), count, name, note if not is_true else "")


HELLO, END = record("P", "guanai-paper 1"), record("Z")
HEAD = record("S", "留守儿童") + column("T", 4, "姓名") + column("T", 18, "身份证号") + column("Y", 10, "出生日期") \
    + column("I", 4, "次数") + column("D", 4, "金额")
ROWS = record("R") + record("T", "陈𬭚") + record("T", "520424202008218443") + record("Y", "2020-08-21") \
    + record("I", "-7") + record("D", "600.50") \
    + record("R") + record("T", "=1+1") + record("E") + record("Y", "1899-12-31") \
    + record("R") + record("T", "a\tb\n_x0041_\x01") + record("T", "013800001111")
GOOD = HELLO + HEAD + ROWS + record("S", "措施") + column("T", 4, "a" * 80) + record("R") + record("T", "x" * 32767) + END

rc, bytes_, said = run(GOOD)
check("a good stream is written", rc == 0 and said == "", said)
with zipfile.ZipFile(io.BytesIO(bytes_)) as z:
    check("the zip is whole", z.testzip() is None)
    sheet, styles = z.read("xl/worksheets/sheet1.xml").decode(), z.read("xl/styles.xml").decode()
    book, core = z.read("xl/workbook.xml").decode(), z.read("docProps/core.xml").decode()
check("every sheet is there", re.findall(r'<sheet name="([^"]+)"', book) == ["留守儿童", "措施"])
check("an ID number is a text cell", re.search(r'<c r="B2" s="\d+" t="inlineStr"><is><t>520424202008218443</t>', sheet))
check("a formula-like text is a text cell", re.search(r't="inlineStr"><is><t>=1\+1</t>', sheet) and "<f>" not in sheet)
check("a day is a real date", re.search(r'<c r="C2" s="\d+"><v>44064</v>', sheet))
check("dates are shown without words", 'formatCode="yyyy\\-mm\\-dd"' in styles or 'formatCode="yyyy-mm-dd"' in styles)
check("numbers are numbers", "<v>-7</v>" in sheet and "<v>600.5</v>" in sheet)
check("headings are bold and stay in view", "<b/>" in styles and 'state="frozen"' in sheet)
check("widths follow the content in cells", re.search(r'min="2" max="2" width="19\.', sheet), re.findall("<col .*?/>", sheet))
check("no time of making", "1980-01-01" in core and "2026" not in core, core)
check("the same rows give the same bytes", run(GOOD)[1] == bytes_)

with tempfile.NamedTemporaryFile(suffix=".xlsx") as f:
    f.write(bytes_)
    f.flush()
    dump = subprocess.run([DUMP, f.name], capture_output=True).stdout.decode()
for text in ("陈𬭚", "520424202008218443", "2020-08-21", "600.5", "=1+1", "1899-12-31", "013800001111", "_x0041_"):
    check("our own reader finds " + text, text in dump)



def page(mm, left="", middle="", right="", foot=""):
    return record("A", f"{mm}\n{left}\n{middle}\n{right}\n{foot}")


def printed(widths, mm=8, texts=("红岩小学", "3月 A&B", "2026-11-23", "制表人：____"), rows=()):
    """The sheet's XML of a page of such columns, a cell in each row."""
    stream = HELLO + record("S", "一页") + page(mm, *texts) + b"".join(column("T", w, "列") for w in widths)
    for text in rows:
        stream += record("R") + record("T", text)
    rc, out, said = run(stream + END)
    assert rc == 0, said
    with zipfile.ZipFile(io.BytesIO(out)) as z:
        return z.read("xl/worksheets/sheet1.xml").decode(), z.read("xl/workbook.xml").decode(), z.read("xl/styles.xml").decode()


def mm_of(points):
    return float(points) * 25.4 / 72


def width_mm(sheet):
    cols = re.findall(r'<col min="(\d+)" max="(\d+)" width="([\d.]+)"', sheet)
    return sum((int(b) - int(a) + 1) * float(w) * 7 for a, b, w in cols) / 96 * 25.4  # the stored width holds the edge


sheet, book, styles = printed([4, 10, 20], rows=["1", "字" * 30])
check("paper is A4, upright where it fits", 'paperSize="9"' in sheet and "landscape" not in sheet, sheet[-900:])
check("fits the width, as many pages as needed", "fitToPage" in sheet and 'fitToHeight="0"' in sheet)
check("headings stand on every page", "_xlnm.Print_Titles" in book and "$1:$1" in book, book)
check("the head has school, title, day; & is itself", '&amp;L红岩小学&amp;C&amp;14&amp;"-,Bold"3月 A&amp;&amp;B&amp;R2026-11-23' in sheet, sheet)
check("the foot has the name to write, the page's number", "&amp;L制表人：____&amp;R&amp;P / &amp;N" in sheet, sheet)
margins = dict(re.findall(r'(left|right|top|bottom|header|footer)="([\d.]+)"', re.search(r"<pageMargins.*?/>", sheet).group()))
check("margins leave room to file it", all(float(v) * 25.4 >= 8.9 for v in margins.values()) and float(margins["top"]) > float(margins["header"]), margins)
heights = [mm_of(h) for h in re.findall(r'<row [^>]* ht="([\d.]+)"', sheet)]
check("rows can be written in by hand", len(heights) == 3 and all(h >= 8 for h in heights), heights)
check("a long text has the height of its lines", heights[2] > 4 * 15 * 25.4 / 72, heights)
check("cells that nothing was sent for have lines as well", len(re.findall(r'<c r="[ABC][23]"', sheet)) == 6 and "thin" in styles, sheet)
wide, _, _ = printed([20] * 6, rows=["1"])
check("wider than the paper: it lies across", 'orientation="landscape"' in wide and 'paperSize="9"' in wide)
wider, _, _ = printed([30] * 12, rows=["1"])
scale = (297 - 24) / width_mm(wider)
heights = [mm_of(h) for h in re.findall(r'<row [^>]* ht="([\d.]+)"', wider)]
check("what is shrunk to fit still has its rows", scale < 0.8 and all(h * scale >= 7.95 for h in heights), (scale, heights))
check("a plain table is as it was", "pageSetup" not in printed_plain if (printed_plain := zipfile.ZipFile(io.BytesIO(bytes_)).read("xl/worksheets/sheet1.xml").decode()) else False)

BAD = {
    "a page behind columns": HELLO + HEAD + page(8) + END, "two pages of a sheet": HELLO + record("S", "a") + page(8) * 2 + column("T", 3, "x") + END,
    "a page before any sheet": HELLO + page(8) + HEAD + END, "a page without its lines": HELLO + record("S", "a") + record("A", "8\na") + END,
    "a page of a hundred mm": HELLO + record("S", "a") + page(100) + END, "a page text too long": HELLO + record("S", "a") + page(8, "字" * 61) + END,
    "a line too many": HELLO + record("S", "a") + record("A", "8\n\n\n\n\n") + END,
    "nothing": b"", "no greeting": HEAD + END, "another version": record("P", "guanai-paper 9") + END,
    "no sheet": HELLO + END, "no end": HELLO + HEAD + ROWS, "cut in a head": GOOD[:-2], "cut in a text": GOOD[:200],
    "unknown letter": HELLO + b"q\0\0\0\0" + END, "a length past the bound": HELLO + b"T\xff\xff\xff\x7f",
    "a column behind rows": HELLO + HEAD + ROWS + column("T", 3, "x") + END,
    "a row without columns": HELLO + record("S", "a") + record("R") + END,
    "a cell too many": HELLO + record("S", "a") + column("T", 3, "x") + record("R") + record("E") * 2 + END,
    "a cell before any row": HELLO + HEAD + record("T", "x") + END,
    "a cell before any sheet": HELLO + record("T", "x") + END,
    "words for a number": HELLO + HEAD + record("R") + record("I", "12a") + END,
    "sixteen digits": HELLO + HEAD + record("R") + record("I", "1" * 16) + END,
    "a fraction for a whole number": HELLO + HEAD + record("R") + record("I", "1.5") + END,
    "a day that never was": HELLO + HEAD + record("R") + record("Y", "2026-02-30") + END,
    "a text too long for a cell": HELLO + HEAD + record("R") + record("T", "x" * 32768) + END,
    "no UTF-8": HELLO + HEAD + record("R") + record("T", b"\xff\xfe") + END,
    "a NUL in a text": HELLO + HEAD + record("R") + record("T", b"a\0b") + END,
    "a forbidden sheet name": HELLO + record("S", "a/b") + END, "an empty sheet name": HELLO + record("S", "") + END,
    "a sheet name of 32": HELLO + record("S", "x" * 32) + END,
    "two sheets of one name": HELLO + HEAD + record("S", "留守儿童") + END,
    "a second greeting": HELLO + HELLO + HEAD + END,
    "a row with bytes": HELLO + HEAD + record("R", "x") + END,
}
for name, stream in BAD.items():
    rc, out, said = run(stream)
    check("refused, nothing written: " + name, rc == 1 and out == b"" and len(said.splitlines()) == 1, f"{rc} {len(out)} {said}")

for args in ([], ["xlsx"], ["pdf", "1"], ["xlsx", "x"], ["xlsx", "999"], ["xlsx", "0"], ["xlsx", "1", "2"]):
    check(f"wrong usage {args}", subprocess.run([PAPER] + args, input=b"", capture_output=True).returncode == 2)
full = os.open("/dev/full", os.O_WRONLY)
done = subprocess.run([PAPER, "xlsx", str(full)], input=GOOD, pass_fds=[full], capture_output=True)
check("a full disk is said", done.returncode == 1 and len(done.stderr.decode().splitlines()) == 1, done.stderr)
print(f"1..{count}")
sys.exit(failed > 0)
