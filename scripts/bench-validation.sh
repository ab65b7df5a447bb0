#!/usr/bin/env bash
# Validation beside jsonschema-rs: scripts/bench-validation.sh PROGRAM      PROGRAM is the built validation-benchmark
set -euo pipefail
cd "$(dirname "$0")/.."

requirements=Benchmarks/Validation/requirements.txt
folder=$PWD/.build/validation-benchmark
modules=$folder/$(cksum < "$requirements" | cut -d ' ' -f 1)
python=$(scripts/python-env.sh)
if [[ ! -d $modules ]]; then
  mkdir -p "$folder"
  fresh=$(mktemp -d "$folder/fresh-XXXXXX")
  trap 'rm -rf "$fresh"' EXIT
  "$python" -m pip install --quiet --disable-pip-version-check --requirement "$requirements" --target "$fresh/modules" >&2
  mv "$fresh/modules" "$modules"
fi
PYTHONPATH=$modules PYTHONDONTWRITEBYTECODE=1 "$python" Benchmarks/Validation/compare.py "$1" "$folder/documents"
