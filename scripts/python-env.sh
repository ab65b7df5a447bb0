#!/usr/bin/env bash
# Prints the Python of the project's virtual environment under the build folder, and makes it if there is none.
set -euo pipefail
cd "$(dirname "$0")/.."

environment=$PWD/.build/python
if [[ ! -x $environment/bin/python3 ]]; then
  mkdir -p .build
  # Two that start at once each make one; whoever is first to move it in place wins.
  fresh=$(mktemp -d "$PWD/.build/python-XXXXXX")
  trap 'rm -rf "$fresh"' EXIT
  python3 -m venv "$fresh/venv" >&2
  python3 -c 'import os, sys; os.rename(sys.argv[1], sys.argv[2])' "$fresh/venv" "$environment" 2> /dev/null \
    || [[ -x $environment/bin/python3 ]]
fi
echo "$environment/bin/python3"
