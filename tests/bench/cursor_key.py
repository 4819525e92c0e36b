"""What one cursor key costs in a list: instructions (callgrind) and bytes sent to the terminal.

usage: cursor_key.py PRESS_KEYS PROGRAM [ARGUMENT …]

Two runs that differ by KEYS presses; the difference is theirs alone, start and end cancel out.
"""
import os
import re
import subprocess
import sys
import tempfile

KEYS = 100
MAX_INSTRUCTIONS = 250_000
MAX_BYTES = 200


def run(press, program, keys):
    with tempfile.TemporaryDirectory() as folder:
        out = os.path.join(folder, "out")
        valgrind = subprocess.run(["which", "valgrind"], capture_output=True, text=True).stdout.strip()
        if not valgrind:
            print("valgrind is missing: skipped")
            sys.exit(77)
        command = [press, str(keys), valgrind, "-q", "--tool=callgrind",
                   "--callgrind-out-file=" + out] + program
        sent = float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
        with open(out, encoding="utf-8", errors="replace") as file:
            return int(re.search(r"^(?:summary|totals): (\d+)", file.read(), re.M).group(1)), sent


few, _ = run(sys.argv[1], sys.argv[2:], 20)
many, sent = run(sys.argv[1], sys.argv[2:], 20 + KEYS)
instructions = (many - few) / KEYS
print(f"cursor key: {instructions:,.0f} instructions, {sent:.0f} bytes "
      f"(at most {MAX_INSTRUCTIONS:,} and {MAX_BYTES})")
sys.exit(instructions > MAX_INSTRUCTIONS or sent > MAX_BYTES)
