"""What the benchmarks share: a school with a roster, runs with their times and instructions, limits."""
import os
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

PAIRS = 7
failed = []


def judge(what, figure, limit, unit=""):
    """The limit is the one that was asked for; what is over it makes the run fail, but only at its end."""
    is_good = figure <= limit
    print(f"{'ok  ' if is_good else 'OVER'} {what}: {figure:,.2f}{unit} (at most {limit:,}{unit})", flush=True)
    if not is_good:
        failed.append(what)


class School:
    def __init__(self, guanai, forms, folder):
        self.command = [guanai, "--data", folder, "--forms", forms, "--user", "bench"]
        self.folder, self.database = folder, os.path.join(folder, "guanai.db")
        subprocess.run([*self.command, "init", "--school", "S"], check=True, capture_output=True)

    def importing(self, roster):
        return [*self.command, "import", "child", roster]


def write_roster(make_roster, children, path):
    subprocess.run(["python3", make_roster, "--children", str(children), "--left-behind", str(children // 2),
                    "--seed", "3", "--out", path], check=True)


def run(*command):
    """Milliseconds by the clock, and of the processor alone."""
    before, begin = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    wall, after = time.perf_counter() - begin, resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall * 1e3, (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 1e3


def run_floor(floor, database, empty, tables):
    """The same of the INSERTs alone, as the floor tells them."""
    printed = subprocess.run([floor, database, empty, tables], check=True, capture_output=True, text=True).stdout
    return tuple(float(figure) for figure in re.search(r"([\d.]+) ms, ([\d.]+) ms", printed).groups())


def median_ratios(pairs):
    """By the clock, and of the processor: what the others on the machine did is in the first more than in the second."""
    return tuple(statistics.median(ours[i] / theirs[i] for ours, theirs in pairs) for i in range(2))


def peak_kib(*command):
    """VmHWM of the program itself: what wait4 tells counts the memory of the Python it was forked from."""
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    peak = 0
    while child.poll() is None:
        try:
            with open(f"/proc/{child.pid}/status", encoding="ascii") as status:
                found = re.search(r"VmHWM:\s+(\d+)", status.read())
        except OSError:
            break
        peak = max(peak, int(found.group(1))) if found and child.poll() is None else peak
        time.sleep(0.002)
    return peak


def need_valgrind():
    if not shutil.which("valgrind"):
        print("valgrind is missing: skipped")
        sys.exit(77)


def counted(command, functions=(), before=(), folder=None):
    """Instructions of a command, or of these functions of it; `before` is put before valgrind: what drives it."""
    toggles = [f"--toggle-collect={f}" for f in functions]
    with tempfile.TemporaryDirectory() as scratch:
        out = os.path.join(scratch, "out")
        done = subprocess.run([*before, shutil.which("valgrind"), "-q", "--tool=callgrind", "--callgrind-out-file=" + out, *toggles, *command],
                              capture_output=True, text=True, check=False, cwd=folder)
        if done.returncode:
            sys.exit(done.stderr)
        with open(out, encoding="utf-8", errors="replace") as file:
            return int(re.search(r"^(?:summary|totals): (\d+)", file.read(), re.M).group(1))
