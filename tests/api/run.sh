#!/usr/bin/env bash
# Tries the JSON API against its own description, on a server of its own with a database of its own.
# VAYLA_TEST_BINARY names another program than target/release/vayla, VAYLA_TEST_EXAMPLES how many
# examples each operation is tried with.
set -euo pipefail
cd "$(dirname "$0")/../.."

vayla=$(realpath "${VAYLA_TEST_BINARY:-${CARGO_TARGET_DIR:-target}/release/vayla}")
examples=${VAYLA_TEST_EXAMPLES:-30}
folder=$(mktemp -d "${TMPDIR:-/tmp}/vayla-api.XXXXXX")
server=

stop() {
  if [ -n "$server" ]; then
    kill "$server" 2>/dev/null && wait "$server" 2>/dev/null || true
  fi
  rm -rf "$folder"
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

export VAYLA_LISTEN=127.0.0.1:0
export VAYLA_DATABASE_URL=sqlite:$folder/vayla.db
export VAYLA_SECRET_FILE=$folder/secret
export VAYLA_MAIL_FOLDER=$folder/mail
export VAYLA_LOG=warn
unset VAYLA_BASE_URL VAYLA_SMTP_URL VAYLA_CLOCK VAYLA_RATES_URL

"$vayla" seed --demo >/dev/null
staff_token=$("$vayla" token create --name schemathesis --scope bookings --scope rules --scope closures \
  --scope series --scope tariffs --scope refunds --scope invoices --scope payments --scope finance \
  --scope charges --scope grants | tail -n 1)
"$vayla" serve >"$folder/out" 2>"$folder/log" &
server=$!
for _ in $(seq 100); do
  grep -q . "$folder/out" && break
  kill -0 "$server" 2>/dev/null || { cat "$folder/log" >&2; exit 1; }
  sleep 0.1
done
url=$(sed -n 's/^[^:]*: //p' "$folder/out" | head -n 1)
[ -n "$url" ] || { echo "api: the server doesn't say where it listens" >&2; exit 1; }

# A space, its facility, a booking of it and a series with their tokens, a free time, and a feed's token.
samples() {
  python3 - "$url/api/v1" <<'PYTHON'
import datetime, json, sys, urllib.request

def call(path, body=None):
    headers = {"Content-Type": "application/json"}
    data = body and json.dumps(body).encode()
    with urllib.request.urlopen(urllib.request.Request(sys.argv[1] + path, data, headers)) as answer:
        return json.load(answer)

day = (datetime.date.today() + datetime.timedelta(days=3)).isoformat()
taken, free = call(f"/availability/search?from={day}&minutes=60&limit=200")["items"][::150][:2]
booker = {"name": "Aino", "email": "aino@example.fi", "language": "fi"}
feed = call(f"/spaces/{taken['space']}")["calendar"]["sv"].rsplit("/", 1)[1].removesuffix(".ics")
booking = call("/bookings", {"space": taken["space"], "start": taken["start"], "end": taken["end"], "booker": booker})
times = {"space": taken["space"], "first": taken["start"][:10], "time": taken["start"][11:16], "minutes": 60, "count": 3}
dates = [{"date": one["date"]} for one in call("/series/outline", times)["dates"] if one["status"] == "free"]
series = call("/series", {"series": times, "dates": dates, "booker": booker})
print(booking["manage_token"], series["manage_token"], free["space"], free["facility"], booking["id"], series["id"],
      free["start"], free["end"], feed)
PYTHON
}
read -r token series_token VAYLA_TEST_SAMPLES <<<"$(samples)"
[ -n "$token" ] || { echo "api: no free time to try with" >&2; exit 1; }
export VAYLA_TEST_SAMPLES
export SCHEMATHESIS_HOOKS=$PWD/tests/api/hooks.py

# try_with TOKEN OPTION…: tries the operations that the options choose. In the folder: it writes what it
# has found beside itself.
status=0
root=$PWD
cd "$folder"
try_with() {
  local authorization="Authorization: Bearer $1"
  shift
  timeout 300 "$root/var/venv/bin/schemathesis" --config-file "$root/tests/api/schemathesis.toml" run "$url/api/openapi.json" \
    --header "$authorization" "$@" --checks all --max-examples "$examples" --seed 20261123 --workers 1 --request-timeout 10 \
    --no-color --generation-database none || status=$?
}
try_with "$token" --exclude-path-regex '/staff/|/finance/|/series/\{'
try_with "$series_token" --include-path-regex '/v1/series/\{'
try_with "$staff_token" --include-path-regex '/staff/|/finance/'
if grep -E 'ERROR|panicked' "$folder/log" >&2; then
  echo "api: the server has logged errors" >&2
  [ "$status" -ne 0 ] || status=1
fi
exit "$status"
