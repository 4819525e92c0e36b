"""School days of the school that tests/year invents, by hand.

Its holidays are those of its configuration with the public ones of 2026-2027; terms are the usual ones.
"""
import datetime

DAY = datetime.timedelta(1)


def date(text):
    return datetime.date.fromisoformat(text)


def span(first, last):
    return {date(first) + n * DAY for n in range((date(last) - date(first)).days + 1)}


# 2025-2: from the Monday after 2026-03-03 (Lantern) on; Spring Festival 2027 is 6 February, Lantern 20 February
TERMS = span("2025-09-01", "2026-01-20") | span("2026-03-09", "2026-07-05") | span("2026-09-01", "2027-01-20") | \
    span("2027-02-22", "2027-07-05") | span("2027-09-01", "2028-01-20")
OFF = span("2026-09-25", "2026-09-25") | span("2026-10-01", "2026-10-07") | span("2026-11-20", "2026-11-20") | \
    span("2027-01-01", "2027-01-01") | span("2027-04-05", "2027-04-05") | span("2027-05-01", "2027-05-02") | \
    span("2027-06-09", "2027-06-09")
MADE = span("2026-09-20", "2026-09-20") | span("2026-10-10", "2026-10-10")
SCHOOL = {day for day in TERMS if day in MADE or (day.weekday() < 5 and day not in OFF)}


def between(since, today):
    """Days of lessons after that day, up to and with today."""
    return sum(date(since) < day <= date(today) for day in SCHOOL)
