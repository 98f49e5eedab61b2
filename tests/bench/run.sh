#!/usr/bin/env bash
# Measures Väylä under load on SQLite and PostgreSQL, beside the bare engines; prints a table for each.
#
# usage: tests/bench/run.sh [SECONDS] [PART]   the time given to each measurement, 3 where nothing is said;
#        PART: availability, process, commits, series or books alone
set -euo pipefail
cd "$(dirname "$0")/../.."
# Program and measurements come from one selection of packages, so that they share every dependency.
both=(-p vayla-server -p vayla-tests)
cargo build --release "${both[@]}" --bins
exec tests/setup/with-postgres.sh --durable cargo bench -q "${both[@]}" --bench load -- "$@"
