"""Every character of GB18030 in two bytes, the moved ones in four as well: read as Python's table and the standard say."""
import os
import subprocess
import sys
import tempfile

# GB 18030-2022: what the edition of 2000, which Python follows, kept in the private area.
MOVED = str.maketrans(dict(zip(
    "\ue78d\ue78e\ue78f\ue790\ue791\ue792\ue793\ue794\ue795\ue796\ue7c7\ue816\ue817\ue818\ue81e\ue826\ue82b\ue82c"
    "\ue831\ue832\ue83b\ue843\ue854\ue855\ue864",
    "\ufe10\ufe12\ufe11\ufe13\ufe14\ufe15\ufe16\ufe17\ufe18\ufe19\u1e3f\U00020087\U00020089\U000200cc\u9fb4\u9fb5"
    "\u9fb6\u9fb7\U000215d7\u9fb8\U0002298f\u9fb9\u9fba\U000241fe\u9fbb")))


def codes():
    for lead in range(0x81, 0xff):
        for trail in list(range(0x40, 0x7f)) + list(range(0x80, 0xff)):
            yield bytes((lead, trail))
    for real in MOVED.values():
        yield chr(real if isinstance(real, int) else ord(real)).encode("gb18030")
    for real in "𠮷㐀鿿🀄é":
        yield real.encode("gb18030")


def main():
    dump = sys.argv[1]
    rows = [(code, code.decode("gb18030").translate(MOVED)) for code in codes()]
    # the same again in one long cell: chunks end inside characters, moved ones stand side by side
    long_code = b"\xfe\x51\xfe\x59\x82\x35\x90\x37\xa8\xbc" * 9000
    rows.append((long_code[:20000], ("\U00020087\u9fb4\u9fb4\u1e3f" * 9000)[:8000]))
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "all.csv")
        with open(path, "wb") as file:
            file.write(b"head,x\r\n" + b"".join(b"a" + code + b"b,x\r\n" for code, _ in rows))
        out = subprocess.run([dump, path], capture_output=True, check=True).stdout.decode().split("\n")[2:-1]
    wrong = [(code.hex()[:40], line[:60]) for (code, text), line in zip(rows, out)
             if line.split("\t")[1] != "s:a" + text + "b"]
    for code, line in wrong[:10]:
        print("#", code, line)
    print("1..1")
    print("%s 1 - every character comes out right" % ("ok" if not wrong and len(out) == len(rows) else "not ok"))
    return bool(wrong) or len(out) != len(rows)


sys.exit(main())
