#!/usr/bin/env bash
# The suite, built before, on FERRY_BROKERS, in three runs. Arguments go to `swift test`, which then runs once.
#
# What only computes would keep the threads from what waits for a broker; what starts programs has the machine for itself, and a process
# with few open files: Foundation's Process crashes where there are more than a thousand.
set -euo pipefail
cd "$(dirname "$0")/.."

test=("${SWIFT:-swift}" test --skip-build)
if [[ $# -gt 0 ]]; then exec "${test[@]}" "$@"; fi

programs='ExactlyOnceTests|FerryCLITests|ForeignClientTests|ShopTests|BrokerProcessTests|TLSTests'
waiting='EmbeddedKafkaTests|FerryTests|KafkaClientTests|PaymentGatewayTests'
"${test[@]}" --skip "$programs|$waiting"
"${test[@]}" --filter "$waiting" --skip "$programs"
"${test[@]}" --filter "$programs" --no-parallel
