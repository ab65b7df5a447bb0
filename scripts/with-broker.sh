#!/usr/bin/env bash
# Runs a command with FERRY_BROKERS set: to the broker that it names already, or to one that lives as long as the command.
#   scripts/with-broker.sh FERRY COMMAND…      FERRY is the built `ferry`
set -euo pipefail

ferry=$1
shift
if [[ -n "${FERRY_BROKERS:-}" ]]; then exec "$@"; fi

folder=$(mktemp -d "${TMPDIR:-/tmp}/ferry-broker.XXXXXX")
"$ferry" broker --port 0 --data "$folder/data" > "$folder/address" 2> "$folder/log" &
broker=$!
stop() {
  kill "$broker" 2> /dev/null || true
  wait "$broker" 2> /dev/null || true
  rm -rf "$folder"
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
for _ in $(seq 100); do
  [[ ! -s "$folder/address" ]] || break
  if ! kill -0 "$broker" 2> /dev/null; then break; fi
  sleep 0.1
done
if [[ ! -s "$folder/address" ]]; then
  echo "with-broker: the broker did not start:" >&2
  cat "$folder/log" >&2
  exit 3
fi
FERRY_BROKERS=$(cat "$folder/address")
export FERRY_BROKERS
"$@"
