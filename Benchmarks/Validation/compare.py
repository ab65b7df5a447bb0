"""Validation alone, ours and that of jsonschema-rs, in turns: compare.py PROGRAM FOLDER

PROGRAM is the built validation-benchmark. FOLDER takes the documents. Each kind has a hundred, which both sides have read beforehand: ours into
JSONDocument, jsonschema-rs into the objects that Python's json makes, over which it goes without converting them. What calling it from
Python costs is measured too, and is in its figure. ROUNDS=N, default 7; the figures are medians.
"""

import importlib.metadata
import json
import os
import platform
import statistics
import subprocess
import sys
import time
from pathlib import Path

import jsonschema_rs

HERE = Path(__file__).parent
KINDS = ["order", "package", "geojson", "gateway", "spelling", "api"]
SECONDS = 0.2


def schema_of(kind):
    if kind == "order":
        return HERE.parent.parent / "schemas/order/placed/1.0.json"
    return HERE / f"schemas/{kind}.json"


def measure(check, documents):
    """Microseconds of the processor for one document."""
    rounds = 0
    start = time.process_time()
    while (spent := time.process_time() - start) < SECONDS:
        for document in documents:
            check(document)
        rounds += 1
    return spent * 1e6 / (rounds * len(documents))


def ours(program, kind, documents):
    command = [program, schema_of(kind), documents, "--milliseconds", str(int(SECONDS * 1000))]
    return [float(figure) for figure in subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()]


def main():
    program, folder = sys.argv[1], Path(sys.argv[2])
    subprocess.run([sys.executable, HERE / "documents.py", folder], check=True)
    files = {kind: folder / f"{kind}.jsonl" for kind in KINDS}
    documents = {kind: [json.loads(line) for line in files[kind].open()] for kind in KINDS}
    validators = {kind: jsonschema_rs.Draft202012Validator(json.loads(schema_of(kind).read_text())) for kind in KINDS}
    for kind in KINDS:
        assert all(validators[kind].is_valid(document) for document in documents[kind]), kind
    nothing = jsonschema_rs.Draft202012Validator(True)

    figures = {kind: [] for kind in KINDS}
    calls = []
    for _ in range(int(os.environ.get("ROUNDS", "7"))):
        for kind in KINDS:
            figures[kind].append([measure(validators[kind].is_valid, documents[kind]), *ours(program, kind, files[kind])])
        calls.append(measure(nothing.is_valid, [None] * 100))

    cpu = next((line.split(":")[1].strip() for line in Path("/proc/cpuinfo").open() if line.startswith("model name")), platform.processor())
    print(f"{cpu}, {os.cpu_count()} cores; Python {platform.python_version()}, jsonschema-rs {importlib.metadata.version('jsonschema-rs')}")
    print(f"Medians of {len(calls)} rounds, microseconds of the processor a document. A call of jsonschema-rs that checks nothing: {statistics.median(calls):.2f}")
    print(f"{'':10}{'bytes':>8}{'jsonschema-rs':>15}{'ours':>9}{'ratio':>8}{'reading':>10}{'both':>9}")
    for kind in KINDS:
        theirs, validating, reading, both = (statistics.median(column) for column in zip(*figures[kind]))
        ratio = statistics.median(row[1] / row[0] for row in figures[kind])
        size = files[kind].stat().st_size / len(documents[kind])
        print(f"{kind:10}{size:8.0f}{theirs:15.2f}{validating:9.2f}{ratio:8.2f}{reading:10.2f}{both:9.2f}")


main()
