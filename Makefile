# `make` alone lists what there is.

SHELL := /usr/bin/env bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help run build test check bench screenshots wasm-target bundle setup

VAYLA := $(or $(CARGO_TARGET_DIR),target)/release/vayla
BROWSER := -p vayla-app --lib --target wasm32-unknown-unknown --no-default-features --features hydrate

# `build` makes what ships, with link-time optimisation. The rest goes without, so that a change is seen
# sooner (tests/setup/run-tests.sh too).
run bundle screenshots: export CARGO_PROFILE_RELEASE_LTO := off

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: bundle ## build, fill in the demonstration data, serve on http://localhost:3000
	@echo "server: building"
	@cargo build --release -p vayla-server
	@mkdir -p var
	@$(VAYLA) seed --demo
	@exec $(VAYLA) serve

build: bundle ## build target/release/vayla, pages and all in one file
	@cargo build --release -p vayla-server
	@ls -lh $(VAYLA)

test: ## run all tests: Rust on both databases, browser, API
	@tests/setup/run-tests.sh

check: wasm-target ## formatting, lints on server and browser side, licences and sources
	@cargo fmt --all --check
	@cargo clippy --workspace --all-targets -- -D warnings
	@cargo clippy $(BROWSER) -- -D warnings
	@if cargo deny --version >/dev/null 2>&1; then cargo deny check bans licenses sources; \
	else echo "check: cargo-deny isn't installed, licences and sources go unchecked"; fi

bench: bundle setup ## measure under load, on both databases, beside the bare engines
	@tests/bench/run.sh

screenshots: setup bundle ## pictures of the pages, sv and fi, phone and desktop, into docs/screenshots/
	@cargo build --release -p vayla-server
	@node tests/browser/screenshots.js

setup:
	@tests/setup/install.sh

wasm-target:
	@command -v rustup >/dev/null || exit 0; \
	rustup target list --installed | grep -qx wasm32-unknown-unknown || rustup target add wasm32-unknown-unknown

# The server takes the site in when it is compiled, so that this comes first.
bundle: wasm-target
	@cargo run -q --release -p vayla-bundle
