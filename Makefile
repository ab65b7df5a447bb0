# Two commands matter: `make demo` and `make test`. Each installs what a bare machine lacks.
SHELL := /bin/bash
SWIFT ?= swift
CHECKED := --explicit-target-dependency-import-check error

.PHONY: demo test conformance build bootstrap clean up down

## The shop on a broker of its own. DATA=cdnow for the CDNOW purchases, LIMIT=N or all, CHAOS=1 for kill -9 in mid-run.
demo: bootstrap
	$(SWIFT) build -c release $(CHECKED)
	DATA="$(DATA)" LIMIT="$(LIMIT)" CHAOS="$(CHAOS)" scripts/demo.sh "$$($(SWIFT) build -c release --show-bin-path)"

## The whole suite, on a broker of its own or on FERRY_BROKERS=host:port.
test: bootstrap
	$(SWIFT) build --build-tests $(CHECKED)
	suite=$$(scripts/conformance-suite.sh) && export FERRY_CONFORMANCE_SUITE="$$suite" && \
	scripts/with-broker.sh "$$($(SWIFT) build --show-bin-path)/ferry" $(SWIFT) test --skip-build $(TEST_ARGUMENTS)

## The official tests of JSON Schema, passed / total of each file.
conformance: bootstrap
	suite=$$(scripts/conformance-suite.sh) && export FERRY_CONFORMANCE_SUITE="$$suite" && \
	$(SWIFT) test $(CHECKED) --filter JSONSchemaTests.ConformanceTests

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

## Kafka and the services in containers.
up:
	docker compose -f compose/three-brokers.yaml up --build --detach --wait

down:
	docker compose -f compose/three-brokers.yaml down --volumes

clean:
	rm -rf .build
