#!/usr/bin/env bash
# What the tests need beyond the repository: programs of the system, npm packages, a Python environment.
# What is there already is left as it is. Stamps under var/ remember the finished steps.
set -euo pipefail
cd "$(dirname "$0")/../.."
mkdir -p var

say() { echo "setup: $*" >&2; }
fail() { say "$*"; exit 1; }
has() { command -v "$1" >/dev/null 2>&1; }

# Debian's names of the packages that are missing.
missing_packages() {
  has cc || echo build-essential
  has node || echo nodejs
  has npm || echo npm
  has chromium || has chromium-browser || has google-chrome || echo chromium
  compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || echo postgresql
  { has python3 && python3 -c 'import ensurepip, venv' 2>/dev/null; } || echo python3-venv
  compgen -G '/usr/share/fonts/truetype/*/*Sans-Regular.ttf' >/dev/null \
    || compgen -G '/usr/share/fonts/truetype/*/DejaVuSans.ttf' >/dev/null || echo fonts-noto-core
  has pdftotext || echo poppler-utils
}

install_packages() {
  local packages
  packages=$(missing_packages | tr '\n' ' ')
  [ -n "$packages" ] || return 0
  if [ "$(id -u)" -ne 0 ] || ! has apt-get; then
    fail "these Debian packages (or their like) are missing: ${packages% }. As root: apt-get install $packages"
  fi
  say "installing ${packages% }"
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq </dev/null
  # shellcheck disable=SC2086 # a list of names
  apt-get install -y -qq --no-install-recommends $packages </dev/null >var/apt.log 2>&1 \
    || { tail -n 20 var/apt.log >&2; fail "apt-get couldn't install them"; }
}

check_rust() {
  has cargo || fail "Rust is missing: https://rustup.rs (rust-toolchain.toml names the version)"
  has rustup || return 0
  rustup target list --installed | grep -qx wasm32-unknown-unknown || rustup target add wasm32-unknown-unknown
}

check_node() {
  local major
  major=$(node -p 'process.versions.node.split(".")[0]')
  [ "$major" -ge 20 ] || fail "node $(node --version) is too old: 20 or newer is needed (https://nodejs.org)"
}

# once STAMP FILE… -- COMMAND…: runs the command unless it has succeeded with these very files.
once() {
  local stamp=var/$1 files=() state
  shift
  while [ "$1" != -- ]; do files+=("$1"); shift; done
  shift
  state=$(cat "${files[@]}" | sha256sum)
  [ "$(cat "$stamp" 2>/dev/null)" != "$state" ] || return 0
  "$@"
  echo "$state" >"$stamp"
}

install_npm() {
  say "npm packages for the browser tests"
  (cd tests && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error </dev/null >&2)
}

install_python() {
  say "Python packages for the API tests"
  python3 -m venv --clear var/venv
  var/venv/bin/pip install --quiet --disable-pip-version-check -r tests/api/requirements.txt </dev/null >&2
}

install_packages
check_rust
check_node
[ -d tests/node_modules ] || rm -f var/npm.stamp
[ -d var/venv ] || rm -f var/venv.stamp
once npm.stamp tests/package.json tests/package-lock.json -- install_npm
once venv.stamp tests/api/requirements.txt -- install_python
