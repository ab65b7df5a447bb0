"""Writes documents for the schemas beside this file, a line each, the same ones each time: documents.py FOLDER"""

import json
import random
import sys
from pathlib import Path

WORDS = "ferry harbor tide anchor cargo ledger quay rope sail mast keel deck crane pier buoy hull bow stern port night".split()


class Documents:
    def __init__(self, seed):
        self.random = random.Random(seed)

    def word(self):
        return self.random.choice(WORDS)

    def name(self):
        return f"{self.word()}-{self.word()}-{self.random.randrange(1000)}"

    def sentence(self, words=9):
        return " ".join(self.word() for _ in range(words)).capitalize() + "."

    def some(self, low, high, make):
        return [make() for _ in range(self.random.randint(low, high))]

    def distinct(self, low, high, make):
        return list(dict.fromkeys(self.some(low, high, make)))

    def maybe(self, document, key, make, odds=0.5):
        if self.random.random() < odds:
            document[key] = make()

    def version(self):
        return ".".join(str(self.random.randrange(30)) for _ in range(3))

    # package

    def dependencies(self):
        return {self.name(): "^" + self.version() for _ in range(self.random.randint(2, 25))}

    def person(self):
        if self.random.random() < 0.3:
            return self.sentence(2)
        return {"name": self.sentence(2), "email": f"{self.word()}@example.org", "url": f"https://example.org/{self.name()}"}

    def package(self):
        document = {
            "name": f"@{self.word()}/{self.name()}",
            "version": self.version(),
            "description": self.sentence(),
            "keywords": self.distinct(2, 8, self.word),
            "license": self.random.choice(["MIT", "Apache-2.0", "SEE LICENSE"]),
            "author": self.person(),
            "main": "dist/index.js",
            "scripts": {"build": "tsc -b", "test": "vitest run", "lint": "eslint .", self.name(): "node " + self.name()},
            "repository": {"type": "git", "url": f"https://example.org/{self.name()}.git"},
            "dependencies": self.dependencies(),
            "devDependencies": self.dependencies(),
        }
        self.maybe(document, "contributors", lambda: self.some(1, 5, self.person))
        self.maybe(document, "engines", lambda: {"node": ">=20"})
        self.maybe(document, "exports", lambda: {".": {"import": "./a.mjs", "require": "./a.cjs", "types": "./a.d.ts"}, "./b": "./b.js"})
        self.maybe(document, "files", lambda: self.some(1, 6, self.name))
        self.maybe(document, "private", lambda: True)
        self.maybe(document, "_id", self.name)
        return document

    # geojson

    def position(self):
        return [round(self.random.uniform(-180, 180), 6), round(self.random.uniform(-90, 90), 6)]

    def ring(self):
        return self.some(4, 40, self.position)

    def geometry(self):
        kind = self.random.choice(["Point", "LineString", "Polygon", "MultiPolygon", "GeometryCollection"])
        match kind:
            case "Point":
                return {"type": kind, "coordinates": self.position()}
            case "LineString":
                return {"type": kind, "coordinates": self.some(2, 30, self.position)}
            case "Polygon":
                return {"type": kind, "coordinates": self.some(1, 2, self.ring)}
            case "MultiPolygon":
                return {"type": kind, "coordinates": self.some(1, 3, lambda: self.some(1, 2, self.ring))}
        return {"type": kind, "geometries": [{"type": "Point", "coordinates": self.position()} for _ in range(3)]}

    def geojson(self):
        return {
            "type": "FeatureCollection",
            "features": self.some(
                1,
                8,
                lambda: {"type": "Feature", "id": self.name(), "properties": {"name": self.sentence(2)}, "geometry": self.geometry()},
            ),
        }

    # gateway

    def extra(self):
        extra = {}
        self.maybe(extra, "qos/ratelimit", lambda: {"max_rate": 100.5, "client_max_rate": 5, "strategy": "header", "key": "X-Client"})
        self.maybe(extra, "qos/circuit-breaker", lambda: {"interval": 60, "timeout": 10, "max_errors": 3, "log_status_change": True})
        self.maybe(extra, "telemetry/logging", lambda: {"level": "INFO", "prefix": self.word(), "stdout": True})
        self.maybe(extra, "modifier/lua", lambda: {"pre": self.sentence()})
        return extra

    def backend(self):
        backend = {"host": self.some(1, 3, lambda: f"https://{self.name()}.example.org:8443"), "url_pattern": f"/{self.name()}/{{id}}"}
        self.maybe(backend, "encoding", lambda: "json")
        self.maybe(backend, "allow", lambda: self.some(1, 6, self.word))
        self.maybe(backend, "mapping", lambda: {self.name(): self.word() for _ in range(3)})
        self.maybe(backend, "extra_config", self.extra)
        self.maybe(backend, "@comment", self.sentence)
        return backend

    def endpoint(self):
        endpoint = {"endpoint": f"/v1/{self.name()}/{{id}}", "method": "GET", "backend": self.some(1, 3, self.backend)}
        self.maybe(endpoint, "timeout", lambda: "800ms")
        self.maybe(endpoint, "concurrent_calls", lambda: 3)
        self.maybe(endpoint, "input_query_strings", lambda: self.distinct(1, 5, self.word))
        self.maybe(endpoint, "input_headers", lambda: self.distinct(1, 5, self.name))
        self.maybe(endpoint, "extra_config", self.extra)
        return endpoint

    def gateway(self):
        return {
            "version": 3,
            "name": self.sentence(3),
            "port": 8080,
            "timeout": "3000ms",
            "cache_ttl": "300s",
            "output_encoding": "json",
            "tls": {"public_key": "cert.pem", "private_key": "key.pem", "min_version": "TLS13", "cipher_suites": [4865, 4866, 4867]},
            "endpoints": self.some(3, 20, self.endpoint),
            "extra_config": self.extra(),
        }

    # spelling

    def glob(self):
        return f"**/{self.word()}/*.txt" if self.random.random() < 0.8 else {"glob": "*.md", "root": self.word()}

    def dictionary(self):
        kind = self.random.randrange(3)
        if kind == 0:
            return {"name": self.name(), "path": f"./{self.name()}.txt", "addWords": True}
        if kind == 1:
            return {"name": self.name(), "path": f"./{self.name()}.txt", "description": self.sentence()}
        return {"name": self.name(), "words": self.distinct(1, 20, self.name)}

    def spelling(self):
        document = {
            "version": "0.2",
            "language": "en-US,de",
            "words": self.distinct(20, 200, self.name),
            "dictionaries": self.some(1, 8, lambda: self.random.choice(["", "!"]) + self.name()),
            "dictionaryDefinitions": self.some(1, 5, self.dictionary),
            "ignorePaths": self.some(1, 8, self.glob),
        }
        self.maybe(document, "ignoreWords", lambda: self.distinct(1, 60, self.name))
        self.maybe(
            document,
            "overrides",
            lambda: self.some(1, 4, lambda: {"filename": self.some(1, 3, self.glob), "words": self.distinct(1, 9, self.name)}),
        )
        return document

    # api

    def schema(self, depth=0):
        kind = self.random.choice(["string", "integer", "object", "array"] if depth < 3 else ["string", "integer"])
        schema = {"type": kind}
        if kind == "object":
            schema["properties"] = {self.word(): self.schema(depth + 1) for _ in range(4)}
            schema["required"] = list(schema["properties"])[:2]
        elif kind == "array":
            schema["items"] = self.schema(depth + 1)
        self.maybe(schema, "description", self.sentence)
        return schema

    def operation(self):
        return {
            "operationId": self.name(),
            "tags": self.some(1, 3, self.word),
            "summary": self.sentence(),
            "parameters": self.some(0, 3, lambda: {"name": self.word(), "in": "query", "schema": self.schema(3)}),
            "responses": {
                "200": {"description": self.sentence(3), "content": {"application/json": {"schema": self.schema()}}},
                "4XX": {"description": self.sentence(3)},
            },
            "x-owner": self.word(),
        }

    def api(self):
        return {
            "openapi": "3.1.0",
            "info": {"title": self.sentence(3), "version": self.version(), "x-team": self.word()},
            "paths": {
                f"/{self.name()}/{{id}}": {
                    "parameters": [{"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}],
                    "get": self.operation(),
                    "post": self.operation(),
                }
                for _ in range(self.random.randint(2, 8))
            },
            "components": {"schemas": {self.name(): self.schema() for _ in range(self.random.randint(1, 8))}},
        }

    # The shop's order

    def order(self):
        lines = [
            {"sku": f"cd-{self.random.randrange(10_000):04}", "quantity": self.random.randint(1, 9), "unitPriceCents": self.random.randint(1, 5_000)}
            for _ in range(9)
        ]
        return {
            "orderId": f"{self.random.getrandbits(128):032x}",
            "cartId": f"cart-{self.random.randrange(100_000)}",
            "lines": lines,
            "totalCents": sum(line["quantity"] * line["unitPriceCents"] for line in lines),
            "paymentMethod": "card-4242",
        }


def main():
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for kind in ["package", "geojson", "gateway", "spelling", "api", "order"]:
        documents = Documents(seed=kind)
        lines = (json.dumps(getattr(documents, kind)(), separators=(",", ":")) for _ in range(100))
        (folder / f"{kind}.jsonl").write_text("".join(line + "\n" for line in lines))


main()
