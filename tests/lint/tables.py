#!/usr/bin/env python3
"""What a table offers is explained where people look: the manual page, forms/README.md, config.example.yaml."""
import pathlib
import re
import sys

ROOT = pathlib.Path(sys.argv[1])
faults = []


def read(name):
    return (ROOT / name).read_text(encoding="utf-8")


def table(name, start):
    """The text of a table from its first line to the brace that ends it."""
    text = read(name)
    at = text.index(start)
    return text[at:text.index("\n};", at)]


def keys(name, start):
    """First words of the rows, of a schema only those with a key."""
    found = re.findall(r'^    \{"([a-z][a-z_ ]*)"', table(name, start), re.M)
    if not found:
        faults.append(f"{name}: no rows behind {start}")
    return found


def needs(what, names, where, text, pattern):
    for name in names:
        if not re.search(pattern.format(re.escape(name)), text, re.M):
            faults.append(f"{where} says nothing of the {what} '{name}'")


def check_manual():
    page = read("src/man/guanai.1").replace("\\-", "-")
    commands = keys("src/command/command.c", "ga_command commands[]")
    needs("command", commands, "src/man/guanai.1", page, r'^\.(BI|BR) .*"?\b{}\b')
    options = re.findall(r'\{"(--[a-z-]+)', table("src/command/help.c", "} globals[]"))
    needs("option", options, "src/man/guanai.1", page, r"{}\b")


def check_forms_readme():
    chinese, english = read("forms/README.md").split('<a id="english"></a>')
    types = re.findall(r'\.name = "([a-z_]+)"', "".join(path.read_text(encoding="utf-8") for path in
                                                       (ROOT / "src/form/type").glob("*.c")))
    rows = {start: keys("src/form/schema.c", f"ga_yaml_row {start}[]") for start in
            ("field_rows", "form_rows", "choice_rows", "list_rows")}
    definitions = keys("src/care/count/definition.c", "ga_yaml_row definition_rows[]")
    duties = keys("src/care/due/duty.c", "ga_yaml_row duty_rows[]") + keys("src/care/due/duty.c", "ga_yaml_row done_rows[]")
    alarms = [name for start in ("alarm_rows[]", "record_rows[]", "say_rows[]")
              for name in keys("src/care/alarm/alarm_rule.c", f"ga_yaml_row {start}")]
    periods = [name for start in ("per_choices[]", "owner_choices[]", "period_choices[]")
               for name in keys("src/care/due/duty.c", f"ga_yaml_choice {start}")]
    sheets = keys("src/form/class_sheet.c", "ga_yaml_row sheet_rows[]") + keys("src/form/class_sheet.c", "ga_yaml_row part_rows[]")
    functions = [name for start in ("record_functions[]", "plain_functions[]")
                 for name in re.findall(r'\{"([a-z_]+)", -?\d, GA_SQL_GUARDED', table("src/form/rule_functions.c", start))]
    for where, text in (("forms/README.md (Chinese)", chinese), ("forms/README.md (English)", english)):
        needs("type", types, where, text, r"`{}`")
        for names in rows.values():
            needs("key", names, where, text, r"(^|[`{{, -]){}(:.*)?[`:, ]")
        needs("key", definitions, where, text, r"(^|[`{{, -]){}[`: ]")
        needs("key of a duty", duties, where, text, r"(^|[`{{, -]){}[`: ]")
        needs("key of an alarm", alarms, where, text, r"(^|[`{{, -]){}[`: ]")
        needs("key of a class sheet", sheets, where, text, r"(^|[`{{, -]){}[`: ]")
        needs("word of a duty", periods, where, text, r"\b{}\b")
        needs("function", functions, where, text, r"`?\b{}\b")


def check_settings():
    needs("setting", keys("src/config/config.c", "ga_yaml_row config_rows[]"), "config.example.yaml",
          read("config.example.yaml"), r"^{}:")


def check_festivals():
    """The list that forms choose from has the festivals of the calendar, under the same names."""
    rows = re.findall(r'^    \{"([a-z_]+)", \{"([^"]+)", "([^"]+)"\}', table("src/care/festival.c", "} festivals["), re.M)
    listed = re.findall(r'code: ([a-z_]+), label: \{zh: ([^,]+), en: "?([^"}]+)"?\}', read("forms/lists/festival.yaml"))
    if not rows or rows != listed:
        faults.append(f"forms/lists/festival.yaml differs from src/care/festival.c: {set(rows) ^ set(listed)}")


def check_screens():
    """Every page says what it is called and what it is for: F1 shows both."""
    for path in sorted((ROOT / "src/screen").rglob("*.c")):
        for ops in re.findall(r"struct ga_screen_ops \w+ = \{\n(.*?)\n\};", path.read_text(encoding="utf-8"), re.S):
            for member in ("name", "title", "help"):
                if not re.search(rf"^    \.{member} = ", ops, re.M):
                    faults.append(f"{path.relative_to(ROOT)}: a screen without .{member}")


def check_hiding():
    """The keys that hide the page do so everywhere: a page that took one would show what it should cover."""
    row = re.search(r"\{GA_UI_HIDE, \{([^}]*)\}", read("src/tui/loop.c")).group(1)
    for key in (word.strip() for word in row.split(", ")):
        for path in sorted((ROOT / "src/screen").rglob("*.c")):
            if key in path.read_text(encoding="utf-8"):
                faults.append(f"{path.relative_to(ROOT)}: {key} hides the page, on every page")


check_manual()
check_forms_readme()
check_settings()
check_festivals()
check_screens()
check_hiding()
print("\n".join(faults))
sys.exit(1 if faults else 0)
