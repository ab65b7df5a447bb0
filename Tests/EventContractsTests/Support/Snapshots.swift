import EventContracts
import JSONSchema

/// Small services for a test, each with the schemas that it was built with.
enum Snapshots {
    /// - Parameters:
    ///   - inputs, outputs: as in a `service.yaml`.
    ///   - properties: of the closed object that each event is, by the event; a name that ends with `!` is required.
    static func service(
        _ name: String, _ version: String = "1.0.0", inputs: String = "{client.commands: [own/command@1.0]}", outputs: String = "{}",
        state: String = "own/state@1.0", more: String = "", _ properties: [String: [String: String]] = [:]
    ) throws -> ContractSnapshot {
        let manifest = try ManifestReader.read(
            yaml: """
                service: \(name)
                version: \(version)
                namespace: test
                inputs: \(inputs)
                outputs: \(outputs)
                state: \(state)
                \(more)
                """,
            origin: "service.yaml")
        var schemas: [EventReference: JSONValue] = [:]
        for event in manifest.events { schemas[event] = try object(properties[event.description] ?? ["id!": "string"]) }
        return ContractSnapshot(manifest: manifest, schemas: schemas)
    }

    private static func object(_ properties: [String: String]) throws -> JSONValue {
        var object = JSONObject()
        for (name, type) in properties.sorted(by: { $0.key < $1.key }) {
            object[name.last == "!" ? String(name.dropLast()) : name] = ["type": .string(type)]
        }
        let required = properties.keys.sorted().filter { $0.last == "!" }.map { JSONValue.string(String($0.dropLast())) }
        return ["type": "object", "properties": .object(object), "required": .array(required), "additionalProperties": false]
    }
}
