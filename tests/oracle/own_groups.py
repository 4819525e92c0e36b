"""Notes and second typings folded from operations a second time (src/store/fold/own.h says what they mean)."""

import re
import uuid

import decode_operation as wire


def text(group, name):
    return next((value["text"] for field, value in group["fields"] if field == name and "text" in value), "")


def said(operations, prefix):
    """Everything ever said under ids of this kind, each id once: [(operation, group)]."""
    found = {}
    for operation in sorted(operations, key=lambda op: op["leaf"]):
        for group in operation["groups"]:
            if group["group"].startswith(prefix):
                found.setdefault(group["group"], (operation, group))
    return [found[name] for name in sorted(found)]


def hands(operation):
    return operation["typist"] or operation["user"]


def heads_of(operations, name):
    """[(operation, group)] of a group's heads, least leaf first."""
    gone = {operation["replaced"][i] for operation in operations for group in operation["groups"]
            if group["group"] == name for i in group["replaces"]}
    every = {operation["leaf"]: operation for operation in operations if operation["leaf"] not in gone}
    return [(every[leaf], group) for leaf in sorted(every) for group in every[leaf]["groups"] if group["group"] == name]


def notes(no, operations):
    rows = []
    for operation, group in said(operations, "_note/"):
        identity = group["group"].split("/")[1]
        settled = heads_of(operations, "_settled/" + identity)
        is_done = settled and all(dict(g["fields"]).get("settled") == {"integer": 1} for _, g in settled)
        by = settled[0][0] if is_done else None
        rows.append((no, identity, text(group, "field"), text(group, "row") or None, wire.PROTECTION.index(operation["protection"]),
                     text(group, "text"), operation["user"], operation["typist"] or None, operation["day"], operation["ms"],
                     int(operation["in_doubt"]), by and hands(by), by and by["day"], by and by["ms"]))
    return rows


def holder(operations, field):
    """The only operation, with its group, that holds this field's answer; None: none or several."""
    own = heads_of(operations, field.group)
    if own:
        return own[0] if len(own) == 1 and field.name in dict(own[0][1]["fields"]) else None
    names = {group["group"] for operation in operations for group in operation["groups"]
             if group["group"][0] != "_" and "/" not in group["group"]}
    holding = [head for name in names for head in heads_of(operations, name) if field.name in dict(head[1]["fields"])]
    if len(holding) != 1 or len(heads_of(operations, holding[0][1]["group"])) != 1:
        return None
    return holding[0]


def way_back(operations, operation, name, field):
    """The holder with all it took the same value over from; and those that took it over from nobody."""
    by_leaf = {op["leaf"]: op for op in operations}
    seen, waiting, ends = {operation["leaf"]}, [operation], []
    while waiting:
        op = waiting.pop()
        group = next(g for g in op["groups"] if g["group"] == name)
        value = dict(group["fields"])[field]
        before = [by_leaf[op["replaced"][i]] for i in group["replaces"] if op["replaced"][i] in by_leaf]
        same = [old for old in before for g in old["groups"]
                if g["group"] == name and dict(g["fields"]).get(field) == value]
        if not same:
            ends.append(op)
        for old in same:
            if old["leaf"] not in seen:
                seen.add(old["leaf"])
                waiting.append(old)
    return seen, min(ends, key=lambda op: op["leaf"])


def verified(no, operations, fields):
    rows = {}
    marks = said(operations, "_verified/")
    for is_open in (False, True):
        for operation, group in marks:
            field = fields.get(text(group, "field"))
            found = field and holder(operations, field)
            if (text(group, "outcome") == "open") != is_open or not found or "state" in dict(found[1]["fields"])[field.name]:
                continue
            seen, first = way_back(operations, found[0], found[1]["group"], field.name)
            if text(group, "leaf") in seen:
                rows.setdefault(field.name, (no, field.name, text(group, "outcome"), text(group, "typed") or None,
                                             text(group, "reason") or None, operation["user"], operation["typist"] or None,
                                             operation["day"], operation["ms"], int(hands(operation) == hands(first))))
    return list(rows.values())


def in_conflict(operations, name):
    """Leaves of what is to be settled there: of a removal, itself and the first head that it did not know."""
    heads = heads_of(operations, name)
    if name != "_gone":
        return {operation["leaf"] for operation, _ in heads}
    removal, group = next(head for head in heads if dict(head[1]["fields"])["_gone"].get("integer") == 1)
    known = {removal["replaced"][i] for i in group["replaces"]} | {removal["leaf"]}
    others = sorted({g["group"] for op in operations for g in op["groups"]} - {"_gone"}, key=str.encode)
    unknown = (op["leaf"] for other in others for op, _ in heads_of(operations, other) if op["leaf"] not in known)
    return {removal["leaf"], next(unknown, removal["leaf"])}


def handed_to(operations, name):
    """Who is to settle what differs in that group; "" anybody."""
    own, to = f"_handed/{uuid.UUID(bytes=wire.blake2b(b'guanai.handed', name.encode())[:16])}", ""
    for _, group in heads_of(operations, own):
        if in_conflict(operations, name) & set(text(group, "leaves").split()):
            to = text(group, "to")
    return to


def history(operations, group, place):
    """(field, old, new) of what such a group says; None: nothing that is shown. `place` numbers rows."""
    name = group["group"]
    about, words = group, None
    if name.startswith("_note/"):
        words = "noted: " + text(group, "text")
    elif name.startswith("_settled/"):
        done = dict(group["fields"]).get("settled") == {"integer": 1}
        notes_said = [g for op in operations for g in op["groups"] if g["group"] == "_note/" + name.split("/")[1]]
        if not notes_said:
            return None
        about = notes_said[0]
        words = ("note is done: " if done else "note is open again: ") + text(about, "text")
    elif name.startswith("_verified/"):
        typed = text(group, "typed")
        words = {"agreed": "typed a second time: the same", "second": "typed a second time: this is right",
                 "first": f"typed a second time as {typed}; the first is right"}.get(
                     text(group, "outcome"), f"typed a second time as {typed}; left open")
    else:
        return None
    return place(text(about, "field"), text(about, "row")), "", re.sub(r"[\x00-\x1f\x7f]", " ", words)
