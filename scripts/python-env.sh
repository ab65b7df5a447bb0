#!/usr/bin/env bash
# Prints the Python of the project's virtual environment under the build folder, with what scripts/requirements.txt names.
# Makes the environment if there is none, and anew if the requirements have changed.
set -euo pipefail
cd "$(dirname "$0")/.."

environment=$PWD/.build/python
is_current() { [[ -x $environment/bin/python3 ]] && cmp -s scripts/requirements.txt "$environment/requirements.txt"; }

if ! is_current; then
  mkdir -p .build
  # Made aside and moved in place when it is whole. Of two that start at once, the later one's takes the other's place.
  fresh=$(mktemp -d "$PWD/.build/python-XXXXXX")
  trap 'rm -rf "$fresh"' EXIT
  python3 -m venv "$fresh/venv" >&2
  "$fresh/venv/bin/python3" -m pip install --quiet --disable-pip-version-check --requirement scripts/requirements.txt >&2
  cp scripts/requirements.txt "$fresh/venv/requirements.txt"
  if ! is_current; then
    [[ ! -e $environment ]] || mv "$environment" "$fresh/old"
    # Not mv, which would move it into a folder that someone has put there meanwhile.
    python3 -c 'import os, sys; os.rename(sys.argv[1], sys.argv[2])' "$fresh/venv" "$environment" 2> /dev/null || is_current
  fi
fi
echo "$environment/bin/python3"
