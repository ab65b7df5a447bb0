import EventContracts
import Foundation
import JSONSchema
import Testing

@testable import EventCatalog

/// The structure that https://www.asyncapi.com/docs/reference/specification/v3.0.0 demands of the parts that the document has.
@Suite("The AsyncAPI document")
struct AsyncAPIDocumentTests {
    private let document: JSONValue

    init() throws {
        let root = URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let manifests = try ["Cart", "Order", "Payment"].map { name in
            let file = root.appendingPathComponent("Sources/\(name)Service/service.yaml")
            return try ManifestReader.read(yaml: String(contentsOf: file, encoding: .utf8), origin: file.path)
        }
        let catalog = try EventCatalog(schemas: SchemaCatalogue(folder: root.appendingPathComponent("schemas")), manifests: manifests)
        document = AsyncAPIDocument(catalog, title: "The shop", version: "1.0.0").json
    }

    private static let structure = #"""
        {
          "type": "object", "required": ["asyncapi", "info", "channels", "operations", "components"], "additionalProperties": false,
          "properties": {
            "asyncapi": {"const": "3.0.0"},
            "info": {"type": "object", "required": ["title", "version"], "additionalProperties": false,
              "properties": {"title": {"type": "string"}, "version": {"type": "string"}, "description": {"type": "string"}}},
            "defaultContentType": {"const": "application/json"},
            "channels": {"type": "object", "minProperties": 1, "propertyNames": {"$ref": "#/$defs/key"}, "additionalProperties": {
              "type": "object", "required": ["address", "messages"], "additionalProperties": false,
              "properties": {"address": {"type": "string"}, "description": {"type": "string"}, "bindings": {"type": "object"},
                "messages": {"type": "object", "minProperties": 1, "propertyNames": {"$ref": "#/$defs/key"},
                  "additionalProperties": {"$ref": "#/$defs/reference"}}}}},
            "operations": {"type": "object", "minProperties": 1, "propertyNames": {"$ref": "#/$defs/key"}, "additionalProperties": {
              "type": "object", "required": ["action", "channel", "messages"], "additionalProperties": false,
              "properties": {"action": {"enum": ["send", "receive"]}, "channel": {"$ref": "#/$defs/reference"},
                "tags": {"type": "array", "items": {"type": "object", "required": ["name"]}}, "bindings": {"type": "object"},
                "messages": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/reference"}}}}},
            "components": {"type": "object", "additionalProperties": false, "properties": {
              "messages": {"type": "object", "propertyNames": {"$ref": "#/$defs/key"}, "additionalProperties": {
                "type": "object", "required": ["name", "payload"], "additionalProperties": false,
                "properties": {"name": {"type": "string"}, "title": {"type": "string"}, "description": {"type": "string"},
                  "contentType": {"type": "string"}, "headers": {"type": "object"}, "bindings": {"type": "object"},
                  "correlationId": {"type": "object", "required": ["location"],
                    "properties": {"location": {"pattern": "^\\$message\\.(header|payload)#(/.*)?$"}}},
                  "examples": {"type": "array", "items": {"type": "object", "required": ["payload"]}},
                  "payload": {"type": "object", "required": ["schemaFormat", "schema"], "additionalProperties": false,
                    "properties": {"schemaFormat": {"const": "application/schema+json;version=draft-2020-12"},
                      "schema": {"type": "object"}}}}}}}}
          },
          "$defs": {
            "key": {"pattern": "^[A-Za-z0-9_-]+$"},
            "reference": {"type": "object", "required": ["$ref"], "additionalProperties": false, "properties": {"$ref": {"type": "string"}}}
          }
        }
        """#

    @Test("It has the structure of the specification")
    func structure() throws {
        let schema = try Schema.compile(try JSONParser.parse(Array(Self.structure.utf8)), origin: "asyncapi", view: .closedWriter)
        #expect(schema.validate(document).map(\.description) == [])
    }

    @Test("Every reference leads to something, and an operation's messages belong to its channel")
    func references() throws {
        func follow(_ value: JSONValue, _ body: (String) throws -> Void) rethrows {
            switch value {
            case .array(let elements): for element in elements { try follow(element, body) }
            case .object(let object):
                if object.count == 1, let reference = object["$ref"]?.string { try body(reference) }
                for (key, member) in object where key != "schema" { try follow(member, body) }
            default: break
            }
        }
        var count = 0
        try follow(document) { reference in
            count += 1
            let pointer = try #require(JSONPointer(text: String(reference.dropFirst())))
            #expect(document[pointer] != nil, "\(reference) leads nowhere")
        }
        #expect(count > 20)
        guard case .object(let operations)? = document["operations"] else { return }
        for (name, operation) in operations {
            let channel = try #require(operation["channel"]?["$ref"]?.string)
            guard case .array(let messages)? = operation["messages"] else { continue }
            for message in messages { #expect(message["$ref"]?.string?.hasPrefix(channel + "/messages/") == true, "\(name)") }
        }
    }

    @Test("Every example of a message is valid against its payload")
    func examples() throws {
        guard case .object(let messages)? = document["components"]?["messages"] else { return }
        #expect(!messages.isEmpty)
        for (name, message) in messages {
            let schema = try Schema.compile(try #require(message["payload"]?["schema"]), origin: name, view: .closedWriter)
            guard case .array(let examples)? = message["examples"] else { continue }
            for example in examples { #expect(schema.validate(try #require(example["payload"])) == [], "\(name)") }
        }
    }
}
