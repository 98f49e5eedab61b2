#!/usr/bin/env bash
# Runs all tests, each step whatever became of the one before, and ends with one line: N passed, N failed.
#
# Everything is built once, with the release profile: the browser and API tests need a server as it
# ships, and a second build for the Rust tests would double the wait on a fresh machine. Our own crates alone
# aren't optimised (quick.toml): that takes minutes and tells no test anything. The server binary and the
# tests come from one cargo call, so that they share every dependency. The bundler stands outside it: it runs
# before the rest is compiled, and shares next to nothing. Link-time optimisation is off: it would go over all
# dependencies again for each test binary.
set -uo pipefail
export CARGO_PROFILE_RELEASE_LTO=off
cd "$(dirname "$0")/../.."
logs=var/test-logs
rm -rf "$logs"
mkdir -p "$logs"
passed=0 failed=0 broken=()
rust=(--config tests/setup/quick.toml --release --workspace --exclude vayla-bundle)

# Sums the counts in a log, from nextest, cargo test, node, schemathesis (a test is an operation, a failure
# is a distinct one), or a line like our own last one.
counts() {
  sed 's/\x1b\[[0-9;]*m//g' "$1" | awk '
    / Summary \[.* run: / {
      n = $0; sub(/^.*\] */, "", n); sub(/[ \/].*/, "", n)
      p = 0; if (match($0, /[0-9]+ passed/)) p = substr($0, RSTART, RLENGTH) + 0
      pass += p; fail += n - p; next
    }
    /^test result: / { pass += $4; fail += $6; next }
    /^(#|ℹ) pass [0-9]+$/ { pass += $3; next }
    /^(#|ℹ) (fail|cancelled) [0-9]+$/ { fail += $3; next }
    /^  Tested: [0-9]+$/ { tested = $2; pass += tested; next }
    /^  [0-9]+ generated,.* unique failures?/ {
      match($0, /[0-9]+ unique/); n = substr($0, RSTART, RLENGTH) + 0
      fail += n; pass -= n < tested ? n : tested; next
    }
    /^[0-9]+ passed, [0-9]+ failed$/ { pass += $1; fail += $3 }
    END { print pass + 0, fail + 0 }'
}

# step NAME COMMAND…: a step that builds something and counts no tests.
step() {
  local name=$1
  shift
  echo "── $name" >&2
  "$@" </dev/null && return
  failed=$((failed + 1))
  broken+=("$name")
  return 1
}

# tests NAME COMMAND…: a step whose tests count. One that fails without a failed test counts as one.
tests() {
  local name=$1 status=0 pass fail
  shift
  echo "── $name" >&2
  "$@" </dev/null 2>&1 | tee "$logs/$name.log" || status=$?
  read -r pass fail < <(counts "$logs/$name.log")
  [ "$status" -eq 0 ] || [ "$fail" -gt 0 ] || fail=1
  [ "$status" -ne 0 ] || [ "$fail" -eq 0 ] || status=1
  passed=$((passed + pass))
  failed=$((failed + fail))
  [ "$status" -eq 0 ] || broken+=("$name")
}

rust_tests() {
  if cargo nextest --version >/dev/null 2>&1; then
    # A story waits for its database half of the time.
    tests rust tests/setup/with-postgres.sh cargo nextest run "${rust[@]}" --no-fail-fast --no-tests=pass \
      --test-threads $((2 * $(nproc)))
    tests bundler cargo nextest run --release -p vayla-bundle --no-fail-fast
    tests examples-in-docs cargo test "${rust[@]}" --doc --no-fail-fast
  else
    tests rust tests/setup/with-postgres.sh cargo test "${rust[@]}" --no-fail-fast
    tests bundler cargo test --release -p vayla-bundle
  fi
}

browser_tests() {
  local files
  mapfile -t files < <(find tests/browser -name '*.test.js' 2>/dev/null | sort)
  [ ${#files[@]} -gt 0 ] || { echo "── browser: no tests" >&2; return; }
  tests browser node --test --test-concurrency=2 "${files[@]}"
}

api_tests() {
  [ -x tests/api/run.sh ] || { echo "── api: no tests" >&2; return; }
  tests api tests/api/run.sh
  tests calendar var/venv/bin/python tests/api/calendar_test.py "${CARGO_TARGET_DIR:-target}/release/vayla"
  tests feeds node --test tests/api/feed.test.js
}

step setup tests/setup/install.sh
step bundle make --no-print-directory bundle
if step build cargo build "${rust[@]}" --bins --tests; then
  rust_tests
  browser_tests
  api_tests
fi

[ ${#broken[@]} -eq 0 ] || echo "failed: ${broken[*]} (output under $logs/)"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
