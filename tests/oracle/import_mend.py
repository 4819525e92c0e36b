#!/usr/bin/env python3
"""Mends a rejects file as a clerk would after a few calls: check digits by GB 11643, sex by the ID number.

usage: import_mend.py REJECTS MENDED
"""
import csv, re, sys

WEIGHTS, CHECK = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2], "10X98765432"

with open(sys.argv[1], newline="", encoding="utf-8-sig") as f:
    rows = list(csv.DictReader(f))
for row in rows:
    column = next(c for c in row if c in ("身份证件号", "身份证号"))
    body = re.sub(r"\W", "", row[column])[:17]
    row[column] = body + CHECK[sum(int(d) * w for d, w in zip(body, WEIGHTS)) % 11]
    if "性别" in row:
        row["性别"] = "男" if int(body[16]) % 2 else "女"
with open(sys.argv[2], "w", newline="", encoding="utf-8-sig") as f:
    writer = csv.DictWriter(f, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
