#!/usr/bin/env python3
"""Prints a workbook as a reader sees it on paper: Python's zipfile alone, an oracle beside our own reader.

usage: sheet_text.py FILE.xlsx

A line a row, cells parted by tabs, newlines in them as \\n; before each sheet a line
  # NAME paper=9 landscape|portrait pages_wide=1 header=… footer=… mm=HEIGHT
mm is how high the rows come out of the printer, scaled to the width.
"""
import html
import re
import sys
import zipfile

A4_MM, A4_LONG_MM = 210, 297


def cells_of(row):
    for cell in re.findall(r"<c ([^>]*?)(?:/>|>(.*?)</c>)", row, re.S):
        text = re.search(r"<t[^>]*>(.*?)</t>", cell[1], re.S) or re.search(r"<v>(.*?)</v>", cell[1])
        yield html.unescape(text.group(1)).replace("\n", "\\n") if text else ""


def one(sheet, pattern, usual=""):
    found = re.search(pattern, sheet, re.S)
    return html.unescape(found.group(1)) if found else usual


def facts(sheet):
    is_across = 'orientation="landscape"' in sheet
    margins = sum(float(one(sheet, rf'<pageMargins[^>]*{side}="([\d.]+)"', "0.7")) * 25.4 for side in ("left", "right"))
    cols = re.findall(r'<col min="(\d+)" max="(\d+)" width="([\d.]+)"', sheet)
    wide = sum((int(b) - int(a) + 1) * float(w) * 7 for a, b, w in cols) / 96 * 25.4
    scale = min(1, ((A4_LONG_MM if is_across else A4_MM) - margins) / wide) if wide else 1
    high = sum(float(h) for h in re.findall(r'<row [^>]* ht="([\d.]+)"', sheet)) / 72 * 25.4 * scale
    return (f"paper={one(sheet, 'paperSize=.([0-9]+)', '-')} {'landscape' if is_across else 'portrait'}"
            f" pages_wide={'1' if 'fitToPage' in sheet else '-'} header={one(sheet, '<oddHeader>(.*?)</oddHeader>')}"
            f" footer={one(sheet, '<oddFooter>(.*?)</oddFooter>')} mm={high:.0f}")


with zipfile.ZipFile(sys.argv[1]) as book:
    names = re.findall(r'<sheet name="([^"]+)"', book.read("xl/workbook.xml").decode())
    for number, name in enumerate(names, 1):
        sheet = book.read(f"xl/worksheets/sheet{number}.xml").decode()
        print("#", html.unescape(name), facts(sheet))
        for row in re.findall(r"<row .*?</row>", sheet, re.S):
            print("\t".join(cells_of(row)))
