# Two commands matter: `make demo` and `make test`. Each installs what a bare machine lacks.
SHELL := /bin/bash
SWIFT ?= swift
CHECKED := --explicit-target-dependency-import-check error

.PHONY: demo test test-asan test-tsan interleavings fuzz conformance bench-client bench-codec bench-validation build bootstrap clean up down

## The shop on a broker of its own. DATA=cdnow for the CDNOW purchases (LIMIT=N), CHAOS=1 for kill -9 in mid-run.
demo: bootstrap
	$(SWIFT) build -c release $(CHECKED)
	DATA="$(DATA)" LIMIT="$(LIMIT)" CHAOS="$(CHAOS)" scripts/demo.sh "$$($(SWIFT) build -c release --show-bin-path)"

## The whole suite, on a broker of its own or on FERRY_BROKERS=host:port. TEST_ARGUMENTS go to `swift test`.
test: bootstrap
	$(SWIFT) build --build-tests $(CHECKED)
	suite=$$(scripts/conformance-suite.sh) && export FERRY_CONFORMANCE_SUITE="$$suite" && \
	SWIFT="$(SWIFT)" scripts/with-broker.sh "$$($(SWIFT) build --show-bin-path)/ferry" scripts/test.sh $(TEST_ARGUMENTS)

## The fuzz targets, FUZZ_SECONDS=N each (20), under AddressSanitizer; see docs/proofs.md.
fuzz:
	SWIFT="$(SWIFT)" FUZZ_SECONDS="$(FUZZ_SECONDS)" scripts/fuzz.sh

## The official tests of JSON Schema, passed / total of each file.
conformance: bootstrap
	suite=$$(scripts/conformance-suite.sh) && export FERRY_CONFORMANCE_SUITE="$$suite" && \
	$(SWIFT) test $(CHECKED) --filter JSONSchemaTests.ConformanceTests

## The Kafka client's tests under a sanitizer; on FERRY_BROKERS too if that is set. Each has a build of its own: 3 to 5 minutes and
## half a gigabyte the first time. LeakSanitizer is part of the first: FERRY_CYCLES=1000 opens and closes every client so often.
test-asan: bootstrap
	FERRY_PART=client ASAN_OPTIONS=detect_leaks=1 $(SWIFT) test --disable-xctest --sanitize address --scratch-path .build-asan \
		--filter KafkaClientTests --skip AllocationTests $(TEST_ARGUMENTS)

test-tsan: bootstrap
	FERRY_PART=client $(SWIFT) build --build-tests --sanitize thread --scratch-path .build-tsan
	clang -shared -fPIC -O1 -o .build-tsan/tsan-threads.so scripts/tsan-threads.c
	TSAN_OPTIONS=suppressions=$(CURDIR)/scripts/tsan.suppressions LD_PRELOAD=$(CURDIR)/.build-tsan/tsan-threads.so \
		.build-tsan/debug/ferryPackageTests.xctest --testing-library swift-testing \
		--filter KafkaClientTests --skip AllocationTests $(TEST_ARGUMENTS)

## Random interleavings of what the Kafka client does. INTERLEAVINGS=N (10000), SEED=N to repeat a run. 15 minutes.
interleavings: bootstrap
	$(SWIFT) build --build-tests $(CHECKED)
	SWIFT="$(SWIFT)" INTERLEAVINGS="$(INTERLEAVINGS)" SEED="$(SEED)" scripts/interleavings.sh

build: bootstrap
	$(SWIFT) build -c release $(CHECKED)

bootstrap:
	@scripts/bootstrap.sh

## KafkaClient against C on librdkafka, on a broker of its own or on FERRY_BROKERS=host:port. BENCH_ARGUMENTS="--runs 9".
bench-client: bootstrap
	$(SWIFT) build -c release --product ferry
	$(SWIFT) build -c release --package-path Benchmarks --product c-reference
	$(SWIFT) build -c release --package-path Benchmarks --product client-benchmark
	scripts/with-broker.sh "$$($(SWIFT) build -c release --show-bin-path)/ferry" \
		"$$($(SWIFT) build -c release --package-path Benchmarks --show-bin-path)/client-benchmark" $(BENCH_ARGUMENTS)

## Validation of documents beside jsonschema-rs, in turns. ROUNDS=N (7).
bench-validation: bootstrap
	$(SWIFT) build -c release --package-path Benchmarks --product validation-benchmark
	scripts/bench-validation.sh "$$($(SWIFT) build -c release --package-path Benchmarks --show-bin-path)/validation-benchmark"

## Generated code against Foundation's coders, on one event, in turns. BENCH_ARGUMENTS="--turns 50".
bench-codec: bootstrap
	$(SWIFT) run -c release --package-path Benchmarks codec-benchmark $(BENCH_ARGUMENTS)

## Kafka and the services in containers.
up:
	docker compose -f compose/three-brokers.yaml up --build --detach --wait

down:
	docker compose -f compose/three-brokers.yaml down --volumes

clean:
	rm -rf .build
