"""Calendar files of booked times, read back by the icalendar package: the same instants, also around both
changes of the clock.

Called by run.sh with the program to test; it starts a server of its own for each date.
"""

import datetime
import json
import os
import signal
import subprocess
import sys
import tempfile
import urllib.request

import icalendar

# The clock's start, the wanted local start and the instant it means.
CASES = [
    ("2026-11-23T08:00:00Z", "2026-11-26T20:00:00", "2026-11-26T18:00:00+00:00"),
    ("2027-03-01T08:00:00Z", "2027-03-28T04:00:00", "2027-03-28T01:00:00+00:00"),
    ("2027-10-01T08:00:00Z", "2027-10-31T04:00:00", "2027-10-31T02:00:00+00:00"),
    ("2027-10-01T08:00:00Z", "2027-10-31T03:00:00+02:00", "2027-10-31T01:00:00+00:00"),
    ("2027-06-01T08:00:00Z", "2027-06-24T23:30:00", "2027-06-24T20:30:00+00:00"),
]


def call(url, body=None, token=None):
    headers = {"Content-Type": "application/json"}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    data = body and json.dumps(body).encode()
    with urllib.request.urlopen(urllib.request.Request(url, data, headers), timeout=10) as answer:
        return answer.read()


def book_and_read(url, start):
    """The calendar file of a tennis court (open around the clock, free for the young) for an hour."""
    spaces = json.loads(call(f"{url}/spaces?municipality=tornio&kind=court&limit=200"))["items"]
    court = next(space for space in spaces if space["name"]["sv"] == "Tennisbana 2")
    naive = datetime.datetime.fromisoformat(start)
    request = {
        "space": court["id"],
        "start": start,
        "end": (naive + datetime.timedelta(hours=1)).isoformat(),
        "price_group": "youth",
        "booker": {"name": "Aino", "email": "aino@example.fi", "language": "fi"},
    }
    booking = json.loads(call(f"{url}/bookings", request))
    assert booking["status"] == "confirmed", booking
    return call(f"{url}/bookings/{booking['id']}/calendar.ics", token=booking["manage_token"])


def check(program, clock, start, expected):
    with tempfile.TemporaryDirectory() as folder:
        settings = {
            "VAYLA_LISTEN": "127.0.0.1:0",
            "VAYLA_DATABASE_URL": f"sqlite:{folder}/vayla.db",
            "VAYLA_SECRET_FILE": f"{folder}/secret",
            "VAYLA_MAIL_FOLDER": f"{folder}/mail",
            "VAYLA_CLOCK": clock,
            "VAYLA_LOG": "warn",
        }
        env = {**{k: v for k, v in os.environ.items() if not k.startswith("VAYLA_")}, **settings}
        subprocess.run([program, "seed"], env=env, check=True, stdout=subprocess.DEVNULL)
        server = subprocess.Popen([program, "serve"], env=env, stdout=subprocess.PIPE, text=True)
        try:
            address = server.stdout.readline().split(": ", 1)[1].strip()
            calendar = icalendar.Calendar.from_ical(book_and_read(f"{address}/api/v1", start))
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait()
    event = calendar.walk("VEVENT")[0]
    begins, ends = event.decoded("DTSTART"), event.decoded("DTEND")
    assert begins.astimezone(datetime.timezone.utc).isoformat() == expected, (begins, expected)
    assert ends - begins == datetime.timedelta(hours=1), (begins, ends)


def main():
    failed = 0
    for case in CASES:
        try:
            check(sys.argv[1], *case)
            print(f"calendar: {case[1]} ok")
        except Exception as error:  # each case is told, whatever came of the one before
            failed += 1
            print(f"calendar: {case[1]} FAILED: {error!r}")
    print(f"{len(CASES) - failed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


main()
