#!/usr/bin/env bash
# Prints the folder of the official JSON-Schema-Test-Suite, which has tests/ and remotes/: FERRY_CONFORMANCE_SUITE if that is set, else the copy
# in the source archive of the PyPI package jsonschema, fetched once.
set -euo pipefail
cd "$(dirname "$0")/.."

fail() {
  echo "conformance-suite: $1" >&2
  exit 1
}

version=4.26.0
digest=sha256:0c26707e2efad8aa1bfc5b7ce170f3fccc2e4918ff85989ba9ffa9facb2be326
folder=$PWD/.build/conformance
suite=${FERRY_CONFORMANCE_SUITE:-$folder/jsonschema-$version/json}

if [[ -z ${FERRY_CONFORMANCE_SUITE:-} && ! -d $suite ]]; then
  python=$(scripts/python-env.sh)
  mkdir -p "$folder"
  fresh=$(mktemp -d "$folder/fresh-XXXXXX")
  trap 'rm -rf "$fresh"' EXIT
  echo "jsonschema==$version --hash=$digest" > "$fresh/requirements.txt"
  "$python" -m pip download --quiet --disable-pip-version-check --no-binary jsonschema --no-deps \
    --requirement "$fresh/requirements.txt" --dest "$fresh" >&2 \
    || fail "can't fetch jsonschema $version; FERRY_CONFORMANCE_SUITE=folder takes a copy of the suite that is at hand"
  tar -xzf "$fresh/jsonschema-$version.tar.gz" -C "$fresh"
  # Of two that fetch at once, whoever is first to move it in place wins.
  "$python" -c 'import os, sys; os.rename(sys.argv[1], sys.argv[2])' "$fresh/jsonschema-$version" "$folder/jsonschema-$version" \
    2> /dev/null || [[ -d $suite ]]
fi
[[ -d $suite/tests/draft2020-12 && -d $suite/remotes ]] || fail "$suite has no tests/draft2020-12 and remotes"
(cd "$suite" && pwd)
