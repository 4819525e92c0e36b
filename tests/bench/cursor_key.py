"""What one key costs: instructions (callgrind) and bytes sent to the terminal.

usage: cursor_key.py WHAT MAX_INSTRUCTIONS MAX_BYTES PRESS_KEYS PROGRAM [ARGUMENT …]

Two runs that differ by KEYS presses; the difference is theirs alone, start and end cancel out.
"""
import os
import re
import subprocess
import sys
import tempfile

KEYS = 100


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


what, max_instructions, max_bytes, press, *program = sys.argv[1:]
few, _ = run(press, program, 20)
many, sent = run(press, program, 20 + KEYS)
instructions = (many - few) / KEYS
print(f"{what}: {instructions:,.0f} instructions, {sent:.0f} bytes "
      f"(at most {int(max_instructions):,} and {max_bytes})")
sys.exit(instructions > int(max_instructions) or sent > int(max_bytes))
