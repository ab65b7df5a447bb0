#!/usr/bin/env bash
# The CDNOW purchase history as commands for the shop: scripts/cdnow.sh LIMIT OUTPUT
#
# Writes the commands of the first LIMIT purchases (or of all: LIMIT=all) to OUTPUT as JSON lines, and prints as JSON what the
# shop must make of them. The data comes with the Python package lifetimes (MIT), from its wheel; nothing of it is installed.
set -euo pipefail

if [[ $# -ne 2 || ! $1 =~ ^(all|[1-9][0-9]*)$ ]]; then
  echo "usage: scripts/cdnow.sh LIMIT|all OUTPUT" >&2
  exit 2
fi
limit=$1
mkdir -p "$(dirname "$2")"
output=$(cd "$(dirname "$2")" && pwd)/$(basename "$2")
cd "$(dirname "$0")/.."

folder=.build/cdnow
data=$folder/CDNOW_master.txt
python=$(scripts/python-env.sh)
if [[ ! -s $data ]]; then
  mkdir -p "$folder"
  "$python" -m pip download --quiet --no-deps --dest "$folder" lifetimes==0.11.3 >&2
  "$python" - "$folder" "$data" <<'PYTHON'
import os, pathlib, sys, zipfile

folder, data = map(pathlib.Path, sys.argv[1:])
(wheel,) = (path for path in folder.glob("*.whl") if path.name.lower().startswith("lifetimes-0.11.3-"))
with zipfile.ZipFile(wheel) as archive:
    partial = data.with_suffix(".partial")
    partial.write_bytes(archive.read("lifetimes/datasets/CDNOW_master.txt"))
os.replace(partial, data)
PYTHON
fi
exec "$python" scripts/cdnow.py "$data" "$limit" "$output"
