#!/usr/bin/env bash
# INTERLEAVINGS random interleavings (10000) from the seed SEED, with the tests that were built before.
#
# A thousand a process: beyond, librdkafka's mock cluster trips at last over its own assertion that no member synchronizes twice.
set -euo pipefail
cd "$(dirname "$0")/.."

rounds=${INTERLEAVINGS:-10000}
seed=${SEED:-$RANDOM$RANDOM}
for ((done = 0; done < rounds; done += 1000)); do
  FERRY_INTERLEAVINGS=$((rounds - done < 1000 ? rounds - done : 1000)) FERRY_SEED=$((seed + done)) \
    "${SWIFT:-swift}" test --skip-build --filter InterleavingTests
done
echo "$rounds interleavings from SEED=$seed, none hung or crashed"
