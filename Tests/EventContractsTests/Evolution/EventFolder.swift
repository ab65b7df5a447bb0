import EventContracts
import Foundation
import JSONSchema

/// Versions of `shop/event` in a folder of their own.
struct EventFolder {
    private let folder: TemporaryFolder

    var url: URL { folder.url }

    /// - Parameter versions: by version, the properties; a name that ends with `!` is required.
    init(_ versions: [String: [String: JSONValue]], more files: [String: String] = [:]) throws {
        var all = files
        for (version, properties) in versions {
            all["shop/event/\(version).json"] = Self.schema(version, properties).prettyText()
            all["shop/event/\(version).examples.json"] = "[{}]"
        }
        folder = try TemporaryFolder(all)
    }

    func catalogue() throws -> SchemaCatalogue { try SchemaCatalogue(folder: url) }

    func write(_ text: String, to path: String) throws {
        try Data(text.utf8).write(to: url.appendingPathComponent(path))
    }

    static func schema(_ version: String, _ properties: [String: JSONValue]) -> JSONValue {
        var members: JSONObject = [:]
        for (name, schema) in properties.sorted(by: { $0.key < $1.key }) {
            members[name.hasSuffix("!") ? String(name.dropLast()) : name] = schema
        }
        let required = properties.keys.filter { $0.hasSuffix("!") }.sorted().map { JSONValue.string(String($0.dropLast())) }
        return [
            "$schema": "https://json-schema.org/draft/2020-12/schema", "$id": .string("https://schemas.example/shop/event/\(version).json"),
            "title": "Event", "description": "Something happened.", "type": "object", "properties": .object(members),
            "required": .array(required), "additionalProperties": false,
        ]
    }

    static func reference(_ version: String) throws -> EventReference {
        guard let reference = EventReference("shop/event@\(version)") else { throw CocoaError(.formatting) }
        return reference
    }
}

extension JSONValue {
    static func text(_ description: String, maxLength: Int? = nil) -> JSONValue {
        var schema: JSONObject = ["type": "string", "description": .string(description)]
        schema["maxLength"] = maxLength.map { .number(JSONNumber($0)) }
        return .object(schema)
    }
}
