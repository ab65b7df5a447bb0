#!/usr/bin/env bash
# The suite, built before, on FERRY_BROKERS: first what may run side by side, then whole systems, one after the other, with the machine for
# themselves. Arguments go to `swift test`, which then runs once.
set -euo pipefail
cd "$(dirname "$0")/.."

systems='ExactlyOnceTests|ForeignClientTests|ShopTests'
test=("${SWIFT:-swift}" test --skip-build)
if [[ $# -gt 0 ]]; then exec "${test[@]}" "$@"; fi
"${test[@]}" --skip "$systems"
"${test[@]}" --filter "$systems" --no-parallel
