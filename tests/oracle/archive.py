"""Reads a data folder and folds it a second time, from the written rules alone (store/operation.h, store/fold.c).

read(folder)            every operation, hashes, chain and signatures verified
Forms(folders)          fields, types, groups of form files
fold(operations)        groups with their heads
differences(…)          what the database says otherwise
"""
import ctypes
import datetime
import json
import os
import re
import sqlite3
import uuid

import decode_operation as wire
import own_groups

STORAGE = {"boolean": "INTEGER", "integer": "INTEGER", "money": "INTEGER", "scale": "INTEGER", "decimal": "REAL",
           "note": None, "heading": None, "repeat": "rows"}
STATES = {"unknown": "unknown", "refused": "refused", "not applicable": "not_applicable"}
RENEWED = 3  # store/site.h
LEFT = {"with_parents", "transfer", "gone", "paper_only", "suspended", "dropped", "working", "finished", "died"}


class Field:
    def __init__(self, name, kind, group):
        self.name, self.kind, self.group, self.fields = name, kind, group or name, []
        self.storage = STORAGE.get(kind, "TEXT")


class Forms:
    """As much of the YAML as decides where values go; a slip shows as columns that differ."""

    def __init__(self, *folders):
        self.forms = {}
        for folder in folders:
            for name in sorted(os.listdir(folder)):
                if name.endswith(".yaml"):
                    self.read(os.path.join(folder, name))

    def read(self, path):
        form, top, stack, field = None, {"of": False, "fields": []}, [], None
        for line in open(path, encoding="utf-8"):
            depth = len(line) - len(line.lstrip())
            if re.match(r"(form|of): ", line):
                form = line.split()[1] if line.startswith("form") else form
                top["of"] = top["of"] or line.startswith("of")
            flow = re.match(r"\s*- \{name: (\w+), type: (\w+)(.*)", line)
            block = re.match(r"\s*- name: (\w+)", line)
            if flow or block:
                group = flow and re.search(r", group: (\w+)", flow.group(3))
                field = Field((flow or block).group(1), flow.group(2) if flow else None, group.group(1) if group else None)
                while stack and stack[-1][0] >= depth:
                    stack.pop()
                (stack[-1][1].fields if stack else top["fields"]).append(field)
                stack.append((depth, field))
            elif field is not None and (key := re.match(r"\s+(type|group): (\w+)", line)):
                if key.group(1) == "type":
                    field.kind, field.storage = key.group(2), STORAGE.get(key.group(2), "TEXT")
                else:
                    field.group = key.group(2)
        if form:
            self.forms[form] = top


def unzstd(data, size):
    library = ctypes.CDLL("libzstd.so.1")
    library.ZSTD_decompress.restype = ctypes.c_size_t
    out = ctypes.create_string_buffer(max(size, 1))
    got = library.ZSTD_decompress(out, ctypes.c_size_t(size), data, ctypes.c_size_t(len(data)))
    wire.hold(got == size, "a block does not unpack")
    return out.raw[:size]


def header_bytes(data):
    return 3 + data[1] + 256 * data[2] if 1 <= data[0] <= 3 else len(data)


def read_block(data):
    """[(salt, operation)]; the format stands at the top of store/block.c."""
    reader = wire.Reader(data)
    wire.hold(reader.varint() == 1, "version of a block")
    sizes = [reader.varint(1 << 20, 1) for _ in range(reader.varint(256, 1))]
    salts = [reader.take(16) for _ in sizes]
    columns = unzstd(data[reader.at:], sum(sizes))
    headers, at = [], 0
    for _ in sizes:
        headers.append(columns[at:at + header_bytes(columns[at:])])
        at += len(headers[-1])
    found = []
    for size, salt, header in zip(sizes, salts, headers):
        found.append((salt, header + columns[at:at + size - len(header)]))
        at += size - len(header)
    wire.hold(at == len(columns), "bytes behind a block")
    return found


def read_operations(db):
    """{number: decoded operation with its leaf}"""
    raw = {no: (salt, data) for no, salt, data in db.execute("SELECT op, salt, bytes FROM tail")}
    for first, data in db.execute("SELECT first_op, bytes FROM block"):
        for i, item in enumerate(read_block(data)):
            wire.hold(first + i not in raw, "an operation twice")
            raw[first + i] = item
    operations = {}
    for no, (salt, data) in raw.items():
        operations[no] = wire.decode(data)
        wire.hold(wire.encode(operations[no]) == data, "another encoding")
        wire.unmark(operations[no])
        operations[no]["leaf"] = wire.leaf_of(salt, data).hex()
    return operations


def verify_links(rows, may_lack):
    """Each is built on one of its site with the number before; several may be, where a disk was copied."""
    found = {digest.hex(): (tr["site"], tr["seq"]) for tr, digest in rows}
    for tr, digest in rows:
        before = found.get(tr["previous"], (tr["site"], 0) if tr["previous"] == "00" * 32 else None)
        wire.hold(before == (tr["site"], tr["seq"] - 1) or (before is None and may_lack), "link of the chain")


def verify_chain(db, operations, signatures, may_lack):
    """Roots over leaves, links, some signatures; every operation belongs to one transaction."""
    linked, seen = [], []
    rows = db.execute("SELECT t.no, t.site, t.bytes, t.hash, t.signature, t.first_op, t.count, s.public_key FROM txn AS t"
                      " JOIN site AS s ON s.id = t.site ORDER BY t.no").fetchall()
    wire.hold(len(rows) == db.execute("SELECT count(*) FROM txn").fetchone()[0], "a site is not known")
    for place, (_, site, data, digest, signature, first, count, key) in enumerate(rows):
        tr = wire.decode_transaction(data)
        leaves = [bytes.fromhex(operations[no]["leaf"]) for no in range(first, first + count)]
        wire.hold(wire.blake2b(b"guanai.transact", data) == digest, "hash of a transaction")
        wire.hold((tr["site"], tr["count"], tr["root"]) == (site.hex(), count, wire.root_of(leaves).hex()), "root")
        linked.append((tr, digest))
        seen += range(first, first + count)
        for no in range(first, first + count):
            operations[no]["site"] = site.hex()[:8]
        if place % max(1, len(rows) // signatures) == 0:
            wire.hold(wire.is_signed(key, digest, signature), "signature")
    verify_links(linked, may_lack)
    wire.hold(seen == sorted(operations), "operations that nobody signed")


def read(folder, signatures=4, may_lack=False):
    """(database, {record number: [operations in order of arrival]}, {record number: uuid}); may_lack: some of it went with a disk."""
    db = sqlite3.connect(os.path.join(folder, "guanai.db"))
    operations = read_operations(db)
    verify_chain(db, operations, signatures, may_lack)
    ids = {no: str(uuid.UUID(bytes=raw)) for no, raw in db.execute("SELECT no, id FROM record")}
    records = {}
    for record, no in db.execute("SELECT record, no FROM op ORDER BY record, no"):
        operation = operations.pop(no)
        wire.hold(str(uuid.UUID(operation["record"])) == ids[record], "filed under another record")
        records.setdefault(record, []).append(operation)
    wire.hold(not operations, "operations of no record")
    return db, records, ids


def fold(operations):
    """{group: its heads, least leaf first}: what no operation of the set replaces. The set is all that counts."""
    every = {operation["leaf"]: operation for operation in operations}
    gone = {(group["group"], operation["replaced"][i]) for operation in every.values() for group in operation["groups"]
            for i in group["replaces"]}
    heads = {}
    for leaf in sorted(every):
        for group in every[leaf]["groups"]:
            if (group["group"], leaf) not in gone:
                heads.setdefault(group["group"], []).append(group)
    return dict(sorted(heads.items(), key=lambda item: item[0].encode()))


def differ(heads):
    """Two that say the same are no conflict; a field left out is a cleared one."""
    said = [{name: value for name, value in head["fields"] if value != {"state": "cleared"}} for head in heads]
    return any(fields != said[0] for fields in said)


def is_gone(heads, operations):
    """A removal that knows every head there is; what it knows, its group _gone replaces. Any head that says 0 beats all."""
    every = {operation["leaf"]: operation for operation in operations}
    removals = heads.get("_gone", [])
    if not removals or any(dict(group["fields"])["_gone"].get("integer") != 1 for group in removals):
        return False
    holders = {leaf for leaf, operation in every.items() for group in operation["groups"]
               if group["group"] != "_gone" and any(group is head for head in heads.get(group["group"], []))}
    for leaf, operation in every.items():
        for group in operation["groups"]:
            if any(group is head for head in removals):
                known = {operation["replaced"][i] for i in group["replaces"]} | {leaf}
                if holders <= known:
                    return True
    return False


def answers(operation):
    """Does it answer something? Notes and the like are about a record, they make none."""
    return any(group["group"][0] != "_" for group in operation["groups"])


def origin(operations):
    return min(operations, key=lambda op: (not answers(op), bool(op["replaced"]), op["day"], op["ms"], op["leaf"]))


def content(value):
    return next((value[kind] for kind in ("integer", "text", "decimal") if kind in value), None)


def fits(field, value):
    here = content(value)
    if field.storage == "INTEGER":
        return isinstance(here, int) and (field.kind != "boolean" or here in (0, 1))
    if field.storage == "REAL":
        return isinstance(here, int) or bool(re.fullmatch(r"-?\d+(\.\d+)?", here))
    if field.storage != "TEXT" or not isinstance(here, str):
        return False
    if field.kind == "date":
        try:
            datetime.date.fromisoformat(here if len(here) != 7 else here + "-01")
        except ValueError:
            return False
    return field.kind != "time" or bool(re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", here))


def as_column(field, value):
    return float(content(value)) if field.storage == "REAL" else content(value)


def as_misfit(value):
    here = content(value)
    return "?" + STATES[value["state"]] if here is None else str(here)


class Shown:
    """What one record looks like by its form."""

    def __init__(self, form, operations):
        self.form, self.heads = form, fold(operations)
        self.is_gone = is_gone(self.heads, operations)
        self.values, self.states, self.misfits, self.rows, self.child = {}, {}, {}, {}, None
        self.by_name = {field.name: field for field in form["fields"]}
        self.conflicts = {group for group, heads in self.heads.items() if group[0] != "_" and differ(heads)}
        if any(dict(group["fields"])["_gone"].get("integer") == 1 for group in self.heads.get("_gone", [])):
            self.conflicts.add("_gone")  # one took it out, another wrote something it did not know
        for group, heads in self.heads.items():
            if group[0] == "_":  # the program's own, no answer
                continue
            for name, value in heads[0]["fields"]:
                if "/" not in group:
                    self.place(group, name, value)
            if "/" in group:
                self.place_row(group, heads[0]["fields"])

    def keep(self, name, value):
        if value.get("state") != "cleared":
            self.misfits[name] = as_misfit(value)

    def place(self, group, name, value):
        if name == "child" and self.form["of"] and content(value) is not None:
            if re.fullmatch(r"[0-9a-f-]{36}", str(content(value))):
                self.child = content(value)
            else:
                self.keep(name, value)
            return
        field = self.by_name.get(name)
        is_outvoted = field and field.group != group and field.group in self.heads
        if field is None or is_outvoted or (content(value) is not None and not fits(field, value)):
            self.keep(name, value)
        elif content(value) is not None:
            self.values[name], self.states[name] = as_column(field, value), None
        elif value["state"] != "cleared":
            self.values[name], self.states[name] = None, STATES[value["state"]]

    def place_row(self, group, fields):
        name, row = group.split("/")
        repeat = self.by_name.get(name)
        if repeat is None or repeat.kind != "repeat":
            for field, value in fields:
                self.keep(f"{group}.{field}", value)
            return
        own = dict(fields)
        columns = {field.name: field for field in repeat.fields}
        values = {}
        for field, value in fields:
            if field == "position" or field.startswith("_"):
                continue
            if field not in columns or (content(value) is not None and not fits(columns[field], value)):
                self.keep(f"{group}.{field}", value)
            elif content(value) is not None:
                values[field] = as_column(columns[field], value)
        position = content(own.get("position", {"integer": 0}))
        if not content(own.get("_gone", {"integer": 0})):
            self.rows.setdefault(name, []).append((position, row, values))

    def not_answered(self):
        said = {field.name: self.states[field.name] for field in self.form["fields"] if self.states.get(field.name)}
        return json.dumps(said, separators=(",", ":")) if said else None


def table(db, name):
    cursor = db.execute(f'SELECT * FROM "{name}"')
    columns = [column[0] for column in cursor.description]
    return columns, [dict(zip(columns, row)) for row in cursor]


class Judge:
    def __init__(self, db, records, ids, forms):
        self.db, self.records, self.ids = db, records, ids
        self.numbers = {text: no for no, text in ids.items()}
        self.found = []
        self.shown, self.removed = {}, 0
        for no, operations in records.items():
            form = forms.forms.get(origin(operations)["form"])
            if form is not None and any(map(answers, operations)):
                shown = Shown(form, operations)
                self.removed += shown.is_gone
                if not shown.is_gone:
                    self.shown[no] = (origin(operations)["form"], shown)
        for name, form in forms.forms.items():
            self.judge_form(name, form)
        self.judge_set("conflict", {(no, group, own_groups.handed_to(records[no], group))
                                    for no, (_, shown) in self.shown.items() for group in shown.conflicts})
        self.judge_set("misfit", {(no, field, text) for no, (_, shown) in self.shown.items()
                                  for field, text in shown.misfits.items()})
        self.judge_own()
        self.judge_roster()

    def say(self, what, ours, theirs):
        if ours != theirs:
            self.found.append(f"{what}: folded {ours!r}, stored {theirs!r}")

    def judge_set(self, name, wanted):
        self.say(name, sorted(wanted), sorted(self.db.execute(f"SELECT * FROM {name}")))

    def judge_own(self):
        for name, fold_one in (("_note", lambda no, ops, _: own_groups.notes(no, ops)), ("_verified", own_groups.verified)):
            ours = [row for no, (_, shown) in self.shown.items() for row in fold_one(no, self.records[no], shown.by_name)]
            self.say(name, sorted(ours, key=repr), sorted(self.db.execute(f"SELECT * FROM {name}"), key=repr))

    def judge_form(self, name, form):
        columns, rows = table(self.db, name)
        fields = [field for field in form["fields"] if field.storage not in (None, "rows")]
        self.say(name + " columns", ["no"] + ["child"] * form["of"] + [field.name for field in fields] +
                 ["not_answered", "entered_by", "entered_on"], columns)
        wanted = {no: shown for no, (kind, shown) in self.shown.items() if kind == name}
        self.say(name + " records", sorted(wanted), [row["no"] for row in rows])
        for row in rows:
            shown = wanted.get(row["no"])
            if shown is None:
                continue
            first = origin(self.records[row["no"]])
            ours = {"no": row["no"], "not_answered": shown.not_answered(), "entered_by": first["user"],
                    "entered_on": str(datetime.date(1970, 1, 1) + datetime.timedelta(first["day"]))}
            ours.update({field.name: shown.values.get(field.name) for field in fields})
            if form["of"]:
                ours["child"] = self.numbers.get(shown.child)
            self.say(f"{name} {row['no']}", ours, row)
        for repeat in form["fields"]:
            if repeat.kind == "repeat":
                self.judge_rows(name, repeat, wanted)

    def judge_rows(self, name, repeat, wanted):
        ours = []
        for no, shown in sorted(wanted.items()):
            for place, (_, row, values) in enumerate(sorted(shown.rows.get(repeat.name, []), key=lambda r: r[:2]), 1):
                ours.append({"id": row, "record": no, "position": place,
                             **{field.name: values.get(field.name) for field in repeat.fields if field.storage}})
        self.say(f"{name}.{repeat.name}", ours, table(self.db, f"{name}__{repeat.name}")[1])

    def judge_roster(self):
        gone, counts = {}, {}
        for no, (kind, shown) in self.shown.items():
            if kind != "child":
                counts[kind] = counts.get(kind, 0) + 1
            change = shown.values.get("kind")
            if kind == "status_change" and (change in LEFT or change == "returned"):
                gone.setdefault(shown.child, []).append((shown.values.get("from_on") or "", self.ids[no], change))
        counts[""], = self.db.execute("SELECT max(no) FROM op").fetchone()  # how far the index follows the log: all of it
        self.judge_set("_count", set(counts.items()))
        ours = []
        for no, (kind, shown) in self.shown.items():
            if kind != "child":
                continue
            value = shown.values.get
            has_left = max(gone.get(self.ids[no], [("", "", "returned")]))[2] in LEFT
            flags = (1 * (value("marked_left_behind") == 1) + 2 * (value("key_child") == 1) +
                     4 * (value("guardian_kind") == "none") + 8 * (value("boarding") == 1) + 16 * has_left)
            ours.append((no, flags))
        for name in ("_roster", "_standing"):
            self.say(name, sorted(ours), self.db.execute(f"SELECT no, flags FROM {name} ORDER BY no").fetchall())


WORDS = {"unknown": "not known", "refused": "would not say", "not applicable": "does not apply", "cleared": ""}
RAW = {"text", "name", "id_number", "student_number"}


def labels(folder):
    """What people call the computers: first eight digits of its id → label; of a renewed one that of what it was, unless it has its own."""
    db = sqlite3.connect(f"file:{folder}/guanai.db?mode=ro", uri=True)
    rows = {row[0]: row[1:] for row in db.execute("SELECT id, label, how, introducer FROM site")}
    db.close()

    def label(site):
        own, by, introducer = rows.get(site, ("", None, None))
        return own or (label(introducer) if by == RENEWED else "")

    return {site.hex()[:8]: label(site) for site in rows if label(site)}


def history(form, operations):
    """[(when, user, site, field, old, new)]; old and new are None where only the form's words could say them."""
    by_name = {field.name: field for field in form["fields"]}
    numbers, lines = {}, []

    def text(field, value):
        if "state" in value:
            return WORDS[value["state"]]
        if field is not None and field.kind not in RAW:
            return None
        return re.sub(r"[\x00-\x1f\x7f]", " ", str(content(value)))

    def place(field, row):
        if not row:
            return field
        name, inner = field.split(".")
        numbers.setdefault(f"{name}/{row}", 1 + sum(known.startswith(name + "/") for known in numbers))
        return f"{name}[{numbers[f'{name}/{row}']}].{inner}"

    for operation in operations:
        when = datetime.date(1970, 1, 1) + datetime.timedelta(operation["day"])
        minute = operation["ms"] // 60000
        head = (f"{when} {minute // 60:02}:{minute % 60:02}{'?' * operation['in_doubt']}",
                operation["user"] + ("/" + operation["typist"] if operation["typist"] else ""), operation["site"])
        for group in operation["groups"]:
            leaves = [operation["replaced"][i] for i in group["replaces"]]
            old = [dict(g["fields"]) for leaf in leaves for op in operations if op["leaf"] == leaf
                   for g in op["groups"] if g["group"] == group["group"]]
            now, prefix, fields = dict(group["fields"]), "", by_name
            if "/" in group["group"]:
                name = group["group"].split("/")[0]
                if group["group"] not in numbers:
                    numbers[group["group"]] = 1 + sum(known.startswith(name + "/") for known in numbers)
                prefix = f"{name}[{numbers[group['group']]}]."
                fields = {field.name: field for field in by_name[name].fields} if name in by_name else {}
            clear = {"state": "cleared"}
            if group["group"] == "_gone":
                gone = content(dict(group["fields"])["_gone"]) == 1
                lines.append(head + ("", "", "record removed" if gone else "record put back"))
            if group["group"][0] == "_":
                about = own_groups.history(operations, group, place)
                lines += [head + about] if about else []
                continue
            if "_gone" in now:
                if any(o.get("_gone", clear) != now["_gone"] for o in old) or not old:
                    lines.append(head + (prefix[:-1], "", "row removed"))
                continue
            for name in dict.fromkeys([*now, *(name for o in old for name in o)]):
                value, befores = now.get(name, clear), [o.get(name, clear) for o in old]
                is_own = (name.startswith("_") or name == "position") and name not in fields
                if is_own or not ([b for b in befores if b != value] or (not old and value != clear)):
                    continue
                said = [text(fields.get(name), b) for i, b in enumerate(befores)
                        if b != clear and (i == 0 or b != befores[0])]
                lines.append(head + (prefix + name, None if None in said else " | ".join(said),
                                     text(fields.get(name), value)))
    return lines
