#!/usr/bin/env python3
"""Every English sentence in the sources has its Chinese.

usage: translations.py SOURCE_ROOT [--self-test]
Prints "file:line: no translation: …" for each one missing (exit 1), and as a note each msgid nobody uses.
"""
import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "..", "src", "text"))
sys.dont_write_bytecode = True
import po2c  # noqa: E402

# name of the function or macro: which argument is the sentence, from 0
CALLS = {"ga_tr": 1, "ga_error_set": 2, "ga_error_set_list": 2, "ga_message_set": 1, "ga_message_set_list": 1,
         "ga_error_hint": 1, "ga_say": 1, "GA_N_": 0}
TOKEN = re.compile(r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])+\'|\w+|\s+|.', re.S)
ESCAPES = {"n": "\n", "t": "\t", '"': '"', "\\": "\\", "'": "'", "?": "?"}


def decode(literal):
    """The text of a C string literal, bytes written as \\x or octal included."""
    out = bytearray()
    for match in re.finditer(r"\\x([0-9A-Fa-f]+)|\\([0-7]{1,3})|\\(.)|([^\\]+)", literal[1:-1], re.S):
        hexadecimal, octal, escape, plain = match.groups()
        if hexadecimal or octal:
            out.append(int(hexadecimal or octal, 16 if hexadecimal else 8) & 255)
        else:
            out += (plain if plain else ESCAPES.get(escape, escape)).encode("utf-8")
    return out.decode("utf-8", "replace")


def tokens(source):
    """(line, token) without blanks and comments."""
    line, out = 1, []
    for match in TOKEN.finditer(source):
        token = match.group()
        if not token.isspace() and not token.startswith(("//", "/*")):
            out.append((line, token))
        line += token.count("\n")
    return out


def argument(stream, at, wanted):
    """The tokens of the wanted argument of a call whose '(' stands at `at`, those of the outermost depth."""
    depth, index, found = 0, 0, []
    for line, token in stream[at:]:
        if token in "([{":
            depth += 1
        elif token in ")]}":
            depth -= 1
            if depth == 0:
                break
        elif token == "," and depth == 1:
            index += 1
        elif depth == 1 and index == wanted:
            found.append((line, token))
            continue
        if index == wanted and depth >= 1:
            found.append((line, ""))  # parts what stands on its two sides
    return found


def literals(found):
    """(line, text) of each run of adjacent string literals."""
    runs, is_open = [], False
    for line, token in found:
        if token.startswith('"'):
            if is_open:
                runs[-1] = (runs[-1][0], runs[-1][1] + decode(token))
            else:
                runs.append((line, decode(token)))
            is_open = True
        else:
            is_open = False
    return runs


def sentences(source):
    stream = tokens(source)
    for at, (_, token) in enumerate(stream[:-1]):
        if token in CALLS and stream[at + 1][1] == "(":
            yield from literals(argument(stream, at + 1, CALLS[token]))


def all_literals(source):
    return [text for _, text in literals(tokens(source))]


def source_files(root):
    for top in ("src", "include"):
        for folder, _, names in sorted(os.walk(os.path.join(root, top))):
            for name in sorted(names):
                if name.endswith((".c", ".h")):
                    yield os.path.join(folder, name)


def check(root):
    table = po2c.read_table(os.path.join(root, "src", "text", "lang", "zh.po"))
    missing, spoken, mentioned = 0, 0, set()
    for path in source_files(root):
        with open(path, encoding="utf-8") as file:
            source = file.read()
        mentioned.update(all_literals(source))
        for line, text in sentences(source):
            spoken += 1
            if text and text not in table:
                missing += 1
                print(f"{os.path.relpath(path, root)}:{line}: no translation: {text}")
    for key, said in table.items():
        if "Enter" in said:  # the key bar and every other sentence call that key 回车
            missing += 1
            print(f"zh.po: Enter is 回车: {said}")
        if "\x04" not in key and key not in mentioned:
            print(f"note: nobody says: {key}")
    print(f"{spoken} sentences, {missing} without translation")
    return 1 if missing or not spoken else 0


def self_test():
    source = '''
        // ga_tr(lang, "in a comment")
        ga_error_set(err, GA_IO, "one "  /* and */
                     "sentence", f(a, "not this"));
        ga_message_set(&p->what, ok ? "yes" : "no", x[1, 2], "arg");
        ga_error_hint(err, "say \\"%1\\"", "b"); ga_tr(lang, variable); GA_N_("\\xE2\\x80\\xA6");
        ga_tr(pick(a, "b"), "second"); printf("%s", "none");
    '''
    found = list(sentences(source))
    assert [text for _, text in found] == ["one sentence", "yes", "no", 'say "%1"', "…", "second"], found
    assert found[0][0] == 3, found
    for bad in ('msgid "a"\nmsgstr "b"\n\nmsgid "a"\nmsgstr "c"\n', 'msgid "a %1"\nmsgstr "b"\n',
                'msgid "a"\nmsgstr "b %2"\n', 'msgid "a"\nmsgstr ""\n', '#, fuzzy\nmsgid "a"\nmsgstr "b"\n',
                'msgid "a"\n', 'msgid "a\nmsgstr "b"\n', 'msgid "a" b"\nmsgstr "b"\n', 'nonsense\n'):
        assert is_refused(bad), bad
    assert not is_refused('# x\nmsgid ""\n"a "\n"%1"\nmsgstr "%1"\n"啊"\n\nmsgid "a %1"\nmsgstr "%1啊"\n')
    print("self-test passed")


def is_refused(text):
    import tempfile
    with tempfile.NamedTemporaryFile("w", suffix=".po", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        try:
            po2c.read_table(file.name)
        except ValueError:
            return True
    return False


if __name__ == "__main__":
    self_test()
    sys.exit(0 if "--self-test" in sys.argv else check(sys.argv[1]))
