"""Calendars of booked times, read back by the icalendar package: the same instants, also around both changes
of the clock. The file of one booking, its booker's feed and its space's feed tell the same, whether the reader
knows the zone or goes by the rules that come with it. feed.test.js does the same with another reader.

Called by run-tests.sh with the program to test; it starts a server of its own for each moment that clocks.json
sets the clock to.
"""

import datetime
import email
import email.policy
import itertools
import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request

import icalendar

# For each: the clock's start, the wanted local start and the instant it means.
CASES = json.loads((pathlib.Path(__file__).parent / "clocks.json").read_text())
BOOKER = {"name": "Aino", "email": "aino@example.fi", "language": "fi"}
HOUR = datetime.timedelta(hours=1)


def call(url, body=None, token=None, method=None):
    headers = {"Content-Type": "application/json"}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    data = body and json.dumps(body).encode()
    with urllib.request.urlopen(urllib.request.Request(url, data, headers, method=method), timeout=10) as answer:
        return answer.read()


def tennis_court(url):
    """Open around the clock, and free for the young."""
    spaces = json.loads(call(f"{url}/spaces?municipality=tornio&kind=court&limit=200"))["items"]
    return next(space for space in spaces if space["name"]["sv"] == "Tennisbana 2")


def book(url, space, start, ends):
    """The start as the wall shows it; the end as an instant."""
    request = {
        "space": space["id"],
        "start": start,
        "end": ends.isoformat(),
        "price_group": "youth",
        "booker": BOOKER,
    }
    booking = json.loads(call(f"{url}/bookings", request))
    assert booking["status"] == "confirmed", booking
    return booking


def person_feed(address, mail_folder):
    """The feed in the letter that is sent when the links are asked for on the page."""
    form = urllib.parse.urlencode({"email": BOOKER["email"]}).encode()
    with urllib.request.urlopen(f"{address}/fi/kalenteri", form, timeout=10) as answer:
        assert answer.status == 200, answer.status
    for _ in range(300):
        for path in pathlib.Path(mail_folder).glob("*.eml"):
            message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
            link = re.search(r"\S+/api/v1/feeds/\S+", message.get_body().get_content())
            if link:
                return link.group()
        time.sleep(0.1)
    raise AssertionError("no letter with a link")


def read(bytes_of_calendar):
    calendar = icalendar.Calendar.from_ical(bytes_of_calendar)
    zones = {str(zone["TZID"]): zone.to_tz(lookup_tzid=False) for zone in calendar.walk("VTIMEZONE")}
    return calendar, zones


def instants(bytes_of_calendar):
    """Begin and end of each event; by the known zone and by the calendar's own rules it is the same."""
    calendar, zones = read(bytes_of_calendar)
    found = []
    for event in calendar.walk("VEVENT"):
        pair = []
        for name in ("DTSTART", "DTEND"):
            moment = event.decoded(name)
            zone = event[name].params.get("TZID")
            own = moment.replace(tzinfo=zones[zone]) if zone else moment
            assert own.astimezone(datetime.timezone.utc) == moment.astimezone(datetime.timezone.utc), (own, moment)
            pair.append(moment.astimezone(datetime.timezone.utc))
        found.append(tuple(pair))
    return found


def check_town(address, mail_folder, cases):
    url = f"{address}/api/v1"
    space = tennis_court(url)
    expected, bookings = [], []
    for case in cases:
        begins = datetime.datetime.fromisoformat(case["instant"])
        booking = book(url, space, case["start"], begins + HOUR)
        file = call(f"{url}/bookings/{booking['id']}/calendar.ics", token=booking["manage_token"])
        assert instants(file) == [(begins, begins + HOUR)], (case, instants(file))
        expected.append((begins, begins + HOUR))
        bookings.append(booking)
    feeds = [person_feed(address, mail_folder), space["calendar"]["sv"], space["calendar"]["fi"]]
    for feed in feeds:
        assert instants(call(feed)) == expected, (feed, instants(call(feed)))
    check_cancelled(url, feeds[0], bookings[0])


def check_cancelled(url, feed, booking):
    events = {str(event["UID"]): event for event in read(call(feed))[0].walk("VEVENT")}
    call(f"{url}/bookings/{booking['id']}", token=booking["manage_token"], method="DELETE")
    after = {str(event["UID"]): event for event in read(call(feed))[0].walk("VEVENT")}
    assert after.keys() == events.keys(), after.keys()
    changed = [uid for uid in events if after[uid]["SEQUENCE"] > events[uid]["SEQUENCE"]]
    assert [str(after[uid]["STATUS"]) for uid in changed] == ["CANCELLED"], after


def check(program, clock, cases):
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
            check_town(address, f"{folder}/mail", cases)
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait()


def main():
    passed = failed = 0
    for clock, cases in itertools.groupby(CASES, key=lambda case: case["clock"]):
        cases = list(cases)
        starts = ", ".join(case["start"] for case in cases)
        try:
            check(sys.argv[1], clock, cases)
            passed += len(cases)
            print(f"calendar: {starts} ok")
        except Exception as error:  # each is told, whatever came of the one before
            failed += len(cases)
            print(f"calendar: {starts} FAILED: {error!r}")
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


main()
