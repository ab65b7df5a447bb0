#!/usr/bin/env bash
# Runs a command with FERRY_BROKERS set: to the broker that it names already, or to one that lives as long as the command.
set -euo pipefail
cd "$(dirname "$0")/.."

name="run-$$"
stop() { scripts/broker.sh stop "$name" >&2 || true; }
if [[ -z "${FERRY_BROKERS:-}" ]]; then
  trap stop EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
  FERRY_BROKERS=$(scripts/broker.sh start "$name")
fi
export FERRY_BROKERS
"$@"
