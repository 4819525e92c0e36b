"""Compares every line of dump_dates with Python's own calendar."""
import calendar
import datetime
import subprocess
import sys

EPOCH = datetime.date(1970, 1, 1)


def next_month(day):
    year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
    return datetime.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def age(born, on):
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def expected(day):
    days = (day - EPOCH).days
    born = datetime.date(2012, 2, 29)
    return f"{days} {day} {day.isoweekday()} {days} {age(born, day)} {next_month(day)}"


def main():
    lines = subprocess.run([sys.argv[1]], capture_output=True, text=True, check=True).stdout.splitlines()
    first, last = datetime.date(1880, 1, 1), datetime.date(2100, 12, 31)
    wanted = [expected(first + datetime.timedelta(n)) for n in range((last - first).days + 1)]
    if len(lines) != len(wanted):
        sys.exit(f"{len(lines)} lines, wanted {len(wanted)}")
    for got, want in zip(lines, wanted):
        if got != want:
            sys.exit(f"got {got}, wanted {want}")


main()
