#!/usr/bin/env python3
"""clang, which warns of other things than gcc, finds nothing to warn of either."""
import concurrent.futures
import json
import pathlib
import shlex
import subprocess
import sys

KEPT = ("-I", "-D", "-W", "-std=", "-pthread")


def check(build, entry):
    words = shlex.split(entry["command"])
    flags = [word for word in words if word.startswith(KEPT) and word != "-Werror" and not word.startswith("-Wl,")]
    command = ["clang", *flags, "-Wno-unknown-warning-option", "-Werror", "-fsyntax-only", entry["file"]]
    done = subprocess.run(command, cwd=build, text=True, capture_output=True, check=False)
    return done.stderr if done.returncode != 0 else ""


def main():
    build = pathlib.Path(sys.argv[1])
    entries = [entry for entry in json.loads((build / "compile_commands.json").read_text(encoding="utf-8"))
               if entry["file"].endswith(".c")]
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        found = [text for text in pool.map(lambda entry: check(build, entry), entries) if text]
    print("\n".join(found) or f"{len(entries)} files please clang")
    return 1 if found or not entries else 0


if __name__ == "__main__":
    sys.exit(main())
