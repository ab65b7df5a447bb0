#!/usr/bin/env bash
# Feeds every fuzz target for a while, under AddressSanitizer: scripts/fuzz.sh [TARGET…]
#   FUZZ_SECONDS=N   for each target, default 20
# Starts from the inputs in Fuzzing/Corpora and from what earlier runs have found to lead further, which is kept in .build-fuzz.
# An input that crashes a target is kept as .build-fuzz/found/TARGET-crash-…; give it to the program to see the crash again.
set -euo pipefail
cd "$(dirname "$0")/.."

[[ $(uname -s) == Linux ]] || { echo "fuzz: libFuzzer comes with the Linux toolchains only" >&2; exit 2; }

# Both sanitizers in one flag, and last: the build orders two --sanitize as it likes, and nothing counts coverage where address comes after
# fuzzer. The --sanitize tells the build that `main` is libFuzzer's.
build=(--package-path Fuzzing --scratch-path .build-fuzz -c release --sanitize=fuzzer
  -Xswiftc -sanitize=address,fuzzer -Xswiftc -enable-testing)
"${SWIFT:-swift}" build "${build[@]}"
programs=$("${SWIFT:-swift}" build "${build[@]}" --show-bin-path)
targets=("$@")
if [[ $# -eq 0 ]]; then
  for folder in Fuzzing/Sources/fuzz-*; do targets+=("$(basename "$folder")"); done
fi

# Swift's own crash reporter copies memory that AddressSanitizer forbids, and hangs.
export SWIFT_BACKTRACE=enable=no
# LeakSanitizer doesn't see through the tagged references in which Swift keeps the payloads of enums, and calls constants leaks.
export ASAN_OPTIONS=detect_leaks=0:quarantine_size_mb=64
mkdir -p .build-fuzz/found
for target in "${targets[@]}"; do
  echo "fuzz: $target for ${FUZZ_SECONDS:-20} seconds" >&2
  mkdir -p ".build-fuzz/corpus/$target"
  "$programs/$target" -max_total_time="${FUZZ_SECONDS:-20}" -timeout=20 -rss_limit_mb=2048 -malloc_limit_mb=256 \
    -detect_leaks=0 -print_final_stats=1 -artifact_prefix=".build-fuzz/found/$target-" ".build-fuzz/corpus/$target" "Fuzzing/Corpora/$target"
done
