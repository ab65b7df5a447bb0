#!/usr/bin/env bash
# Runs the official JSON-Schema-Test-Suite for draft 2020-12 and prints passed / total per file.
# SUITE=folder takes a copy that is at hand, with tests/ and remotes/; else the one in the source archive of the PyPI package jsonschema is fetched.
set -euo pipefail
cd "$(dirname "$0")/.."

version=4.26.0
suite=${SUITE:-$PWD/.build/conformance/jsonschema-$version/json}

fail() {
  echo "conformance: $1" >&2
  exit 1
}

if [[ -z ${SUITE:-} && ! -d $suite/tests/draft2020-12 ]]; then
  mkdir -p .build/conformance
  fresh=$(mktemp -d "$PWD/.build/conformance/fresh-XXXXXX")
  trap 'rm -rf "$fresh"' EXIT
  python=$(scripts/python-env.sh)
  "$python" -m pip download --quiet --no-binary :all: --no-deps --dest "$fresh" "jsonschema==$version" >&2 \
    || fail "can't fetch jsonschema $version; SUITE=folder takes a copy of the suite that is at hand"
  tar -xzf "$fresh/jsonschema-$version.tar.gz" -C "$fresh"
  rm -rf ".build/conformance/jsonschema-$version"
  mv "$fresh/jsonschema-$version" .build/conformance/
fi
[[ -d $suite/tests/draft2020-12 ]] || fail "$suite has no tests/draft2020-12"

FERRY_CONFORMANCE_SUITE=$(cd "$suite" && pwd) "${SWIFT:-swift}" test --filter JSONSchemaTests.ConformanceTests ${TEST_ARGUMENTS:-}
