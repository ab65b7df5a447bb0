#!/usr/bin/env bash
# Chooses the data of the demo, then runs the shop on it: scripts/demo.sh FOLDER_OF_PROGRAMS
#   DATA=cdnow  the CDNOW purchase history, all 69,659 purchases or the first LIMIT=N
#   CHAOS=1     kill -9 each service once in mid-run, and the broker, unless it is FERRY_BROKERS
set -euo pipefail
cd "$(dirname "$0")/.."

programs=$1
options=(--folder .build/demo)
if [[ "${DATA:-}" == cdnow ]]; then
  limit=${LIMIT:-all}
  mkdir -p .build/cdnow
  journeys=(".build/cdnow/purchases-$limit.jsonl")
  expect=".build/cdnow/purchases-$limit.expected.json"
  scripts/cdnow.sh "$limit" "${journeys[0]}" > "$expect"
  options+=(--deadline 1800)
  [[ "${CHAOS:-}" != 1 ]] || options+=(--rate 5000)
elif [[ -z "${DATA:-}" ]]; then
  journeys=(demo/journeys.jsonl demo/cancellations.jsonl)
  expect=demo/expected.json
  # Seconds instead of the 15 minutes of a real shop: some cards in the journeys never answer. Under chaos an order has to outlive
  # the sessions of all that are killed, one after the other.
  if [[ "${CHAOS:-}" == 1 ]]; then options+=(--payment-timeout 120 --rate 200); else options+=(--payment-timeout 12); fi
else
  echo "DATA=$DATA is not known: leave it out, or say DATA=cdnow" >&2
  exit 2
fi
[[ "${CHAOS:-}" != 1 ]] || options+=(--chaos)
# Several runs may meet on one long-lived broker.
[[ -z "${FERRY_BROKERS:-}" ]] || options+=(--brokers "$FERRY_BROKERS" --topic-prefix "demo-$(date +%s)-$$.")

exec "$programs/shop-demo" --expect "$expect" "${options[@]}" "${journeys[@]}"
