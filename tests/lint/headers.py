#!/usr/bin/env python3
"""Every header compiles on its own: it includes what it uses."""
import concurrent.futures
import pathlib
import subprocess
import sys


def compile_alone(root, header):
    program = f'#include "{header.relative_to(root / "include")}"\n#include "{header.relative_to(root / "include")}"\n'
    command = ["cc", "-std=c11", "-D_GNU_SOURCE", "-Wall", "-Wextra", "-Werror", "-fsyntax-only", "-I", root / "include",
               "-x", "c", "-"]
    done = subprocess.run(command, input=program, text=True, capture_output=True, check=False)
    return "" if done.returncode == 0 else f"{header.relative_to(root)}:\n{done.stderr}"


def main():
    root = pathlib.Path(sys.argv[1])
    headers = sorted((root / "include").glob("**/*.h"))
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        found = [text for text in pool.map(lambda header: compile_alone(root, header), headers) if text]
    print("\n".join(found) or f"{len(headers)} headers stand alone")
    return 1 if found or not headers else 0


if __name__ == "__main__":
    sys.exit(main())
