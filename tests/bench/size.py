#!/usr/bin/env python3
"""An archive with its complete signed history against plain tables of the same children, both as their programs leave them.

usage: size.py GUANAI MAKE_ROSTER FORMS [CHILDREN]

Plain: what a program without history, search by sound or a sorted list would keep. The child's row as it is, a row of
its id (UUID, unique), indexes on the ID number, the name and the class; written by INSERTs in the order of arrival
with the same page size and the same reserved bytes. Neither side is vacuumed; then both are.
"""
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile

INDEXES = ("CREATE INDEX by_id_number ON child(id_number)", "CREATE INDEX by_name ON child(name)",
           "CREATE INDEX by_class ON child(site, grade, class)")


def plain_tables(database, path):
    """The same rows in a database with the same settings (an empty one of ours has the reserved bytes)."""
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("ATTACH ? AS ours", (database,))
    db.execute("BEGIN")
    for table in ("child", "record"):
        sql, = db.execute("SELECT sql FROM ours.sqlite_schema WHERE name = ?", (table,)).fetchone()
        db.execute(sql)
    for sql in INDEXES:
        db.execute(sql)
    for (no,) in db.execute("SELECT no FROM ours.child ORDER BY no").fetchall():
        db.execute("INSERT INTO main.record SELECT * FROM ours.record WHERE no = ?", (no,))
        db.execute("INSERT INTO main.child SELECT * FROM ours.child WHERE no = ?", (no,))
    db.execute("COMMIT")
    db.close()


def reserved_template(guanai, folder, path):
    """An emptied database of the program: same page size, same 40 reserved bytes a page."""
    data = os.path.join(folder, "template")
    subprocess.run([guanai, "--data", data, "--user", "bench", "init", "--school", "S"], check=True, capture_output=True)
    shutil.copy(os.path.join(data, "guanai.db"), path)
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA journal_mode=DELETE")
    for (table,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'").fetchall():
        db.execute(f'DROP TABLE "{table}"')
    db.execute("VACUUM")
    db.close()


def vacuumed(path):
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA journal_mode=DELETE")
    db.execute("VACUUM")
    db.close()
    return os.path.getsize(path)


def tables_of(path, children):
    """Bytes a child of the largest tables, when this Python's SQLite can tell."""
    db = sqlite3.connect(path)
    try:
        rows = db.execute("SELECT name, sum(pgsize) FROM dbstat GROUP BY name ORDER BY 2 DESC LIMIT 9").fetchall()
    except sqlite3.OperationalError:
        return ""
    finally:
        db.close()
    return ", ".join(f"{name} {size / children:.0f}" for name, size in rows)


def main():
    guanai, make_roster, forms = sys.argv[1:4]
    children = int(sys.argv[4]) if len(sys.argv) > 4 else 100000
    folder = tempfile.mkdtemp(prefix="guanai-bench-")
    data, roster, plain = (os.path.join(folder, name) for name in ("data", "roster.csv", "plain.db"))
    subprocess.run([sys.executable, make_roster, "--children", str(children), "--left-behind", str(children // 2),
                    "--seed", "3", "--out", roster], check=True)
    common = [guanai, "--data", data, "--forms", forms, "--user", "bench"]
    subprocess.run([*common, "init", "--school", "S"], check=True, capture_output=True)
    subprocess.run([*common, "import", "child", roster], check=True, capture_output=True)
    database = os.path.join(data, "guanai.db")
    reserved_template(guanai, folder, plain)
    plain_tables(database, plain)
    ours, theirs = os.path.getsize(database), os.path.getsize(plain)
    print(f"{children} children; archive with its signed history {ours:,} bytes, plain tables {theirs:,}; "
          f"ratio {ours / theirs:.2f}")
    print(f"  bytes a child: {tables_of(database, children)}")
    ours, theirs = vacuumed(database), vacuumed(plain)
    print(f"  both vacuumed: {ours:,} and {theirs:,}; ratio {ours / theirs:.2f}")
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()
