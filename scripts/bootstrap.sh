#!/usr/bin/env bash
# Installs what the build and the tests need and this machine lacks. Says nothing, and touches nothing, if nothing is missing.
set -euo pipefail

fail() {
  echo "bootstrap: $1" >&2
  exit 1
}

require_swift() {
  local text major minor
  command -v swift > /dev/null || fail "swift is not on the PATH: install Swift 6.2 or newer from https://www.swift.org/install"
  text=$(swift --version 2>&1) || fail "swift --version fails: $text"
  [[ $text =~ Swift\ version\ ([0-9]+)\.([0-9]+) ]] || fail "can't tell the version of swift from: $text"
  major=${BASH_REMATCH[1]} minor=${BASH_REMATCH[2]}
  ((major > 6 || (major == 6 && minor >= 2))) \
    || fail "Swift $major.$minor is too old: install 6.2 or newer from https://www.swift.org/install"
}

# What is there is asked of the tools that will use it, so a library from another source than the package manager counts too.
has_library() { command -v pkg-config > /dev/null && pkg-config --exists "$1"; }
has_venv() { command -v python3 > /dev/null && python3 -c 'import ensurepip, venv' 2> /dev/null; }

install_on_debian() {
  local missing=() as_root=()
  command -v pkg-config > /dev/null || missing+=(pkg-config)
  has_library rdkafka || missing+=(librdkafka-dev)
  has_library sqlite3 || missing+=(libsqlite3-dev)
  has_library zlib || missing+=(zlib1g-dev)
  has_venv || missing+=(python3 python3-venv)
  command -v kcat > /dev/null || missing+=(kcat)
  command -v openssl > /dev/null || missing+=(openssl)
  [[ ${#missing[@]} -gt 0 ]] || return 0

  if [[ $(id -u) != 0 ]]; then
    command -v sudo > /dev/null || fail "not root, and there is no sudo: have someone install ${missing[*]}"
    as_root=(sudo)
  fi
  echo "bootstrap: installing ${missing[*]}" >&2
  # The expansion keeps an empty array from being an error in older shells.
  ${as_root[@]+"${as_root[@]}"} env DEBIAN_FRONTEND=noninteractive apt-get update -qq >&2
  ${as_root[@]+"${as_root[@]}"} env DEBIAN_FRONTEND=noninteractive \
    apt-get install -qq --yes --no-install-recommends "${missing[@]}" >&2
}

install_on_macos() {
  local missing=()
  command -v pkg-config > /dev/null || missing+=(pkgconf)
  has_library rdkafka || missing+=(librdkafka)
  has_venv || missing+=(python)
  command -v kcat > /dev/null || missing+=(kcat)
  command -v openssl > /dev/null || missing+=(openssl)
  [[ ${#missing[@]} -gt 0 ]] || return 0

  command -v brew > /dev/null || fail "install Homebrew (https://brew.sh), then run this again: ${missing[*]} are missing"
  echo "bootstrap: installing ${missing[*]}" >&2
  brew install --quiet "${missing[@]}" >&2
}

require_swift
case $(uname -s) in
  Darwin) install_on_macos ;;
  Linux)
    if command -v apt-get > /dev/null; then
      install_on_debian
    elif ! { has_library rdkafka && has_library sqlite3 && has_library zlib && has_venv; }; then
      fail "install pkg-config, the development files of librdkafka, SQLite and zlib, and python3 with venv: there is no apt-get here"
    fi
    ;;
  *) fail "$(uname -s) is neither Linux nor macOS" ;;
esac
