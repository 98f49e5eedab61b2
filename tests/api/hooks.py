"""Made-up ids and tokens name nothing: most of them become real ones, so that the answers behind them are tried too."""

import itertools
import os
import re

import schemathesis

SPACE, FACILITY, BOOKING, SERIES, START, END, FEED = os.environ["VAYLA_TEST_SAMPLES"].split()
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
MOMENT = re.compile(r"[0-9]{4}(-[0-9]{2}){2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,9})?)?(Z|[+-][0-9]{2}:[0-9]{2})?")
turn = itertools.count()


def often():
    return next(turn) % 4 != 0


def real(value, instead):
    return instead if isinstance(value, str) and UUID.fullmatch(value) and often() else value


@schemathesis.hook
def map_path_parameters(context, path_parameters):
    if path_parameters and "id" in path_parameters:
        path = context.operation.path
        named = {"/bookings/": BOOKING, "/series/": SERIES, "/facilities/": FACILITY}
        instead = next((known for part, known in named.items() if part in path), SPACE)
        path_parameters["id"] = real(path_parameters["id"], instead)
    if path_parameters and "token" in path_parameters and often():
        path_parameters["token"] = FEED
    return path_parameters


@schemathesis.hook
def map_query(context, query):
    for field, instead in ("space", SPACE), ("facility", FACILITY):
        if query and field in query:
            query[field] = real(query[field], instead)
    return query


@schemathesis.hook
def map_body(context, body):
    if isinstance(body, dict) and "space" in body:
        body["space"] = real(body["space"], SPACE)
        moments = [str(body.get(field)) for field in ("start", "end")]
        if all(MOMENT.fullmatch(moment) for moment in moments) and often():
            body["start"], body["end"] = START, END
            body.pop("quote", None) if often() else None
    return body
