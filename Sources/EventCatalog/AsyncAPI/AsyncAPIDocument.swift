import EventContracts
import JSONSchema

/// The catalogue as an AsyncAPI 3.0.0 document (https://www.asyncapi.com/docs/reference/specification/v3.0.0).
///
/// It describes all services at once: a channel a topic, a message an event in one version, and an operation for each topic that a service
/// sends to or receives from. Payloads are the schemas as they stand, in draft 2020-12; headers are the CloudEvents binding's.
public struct AsyncAPIDocument: Sendable {
    private let catalog: EventCatalog
    private let title: String
    private let version: String

    /// - Parameter version: of the document, as its `info` names it.
    public init(_ catalog: EventCatalog, title: String, version: String) {
        self.catalog = catalog
        self.title = title
        self.version = version
    }

    public var json: JSONValue {
        [
            "asyncapi": "3.0.0",
            "info": [
                "title": .string(title), "version": .string(version),
                "description":
                    "Events as CloudEvents 1.0 in Kafka's binary mode: attributes in ce_ headers, the data as the record's value.",
            ],
            "defaultContentType": "application/json",
            "channels": .object(catalog.topics.reduce(into: [:]) { $0[Self.key(ofTopic: $1.name)] = channel($1) }),
            "operations": .object(operations),
            "components": ["messages": .object(messages)],
        ]
    }

    private var versions: [CatalogVersion] { catalog.events.flatMap(\.versions) }

    // Keys have no dots: the specification allows them, but not every tool does.

    private static func key(of reference: EventReference) -> String {
        "\(reference.context)_\(reference.event)_\(reference.version.major)_\(reference.version.minor)"
    }

    /// Kafka, too, takes names that differ in dots and underscores alone for the same.
    private static func key(ofTopic name: String) -> String { name.replacing(".", with: "_") }

    // MARK: Channels

    private func channel(_ topic: CatalogTopic) -> JSONValue {
        let carried = catalog.events.filter { $0.topic == topic.name }.flatMap(\.versions)
        let messages = carried.reduce(into: JSONObject()) { messages, version in
            let key = Self.key(of: version.reference)
            messages[key] = ["$ref": .string("#/components/messages/\(key)")]
        }
        let writers = topic.writers.isEmpty ? "clients" : topic.writers.joined(separator: ", ")
        let readers = topic.readers.isEmpty ? "no service" : topic.readers.joined(separator: ", ")
        return [
            "address": .string(topic.name),
            "description": .string("Written by \(writers), read by \(readers). Records are keyed by ce_partitionkey."),
            "messages": .object(messages),
            "bindings": [
                "kafka": [
                    "topic": .string(topic.name), "topicConfiguration": ["cleanup.policy": [.string(topic.cleanupPolicy)]],
                    "bindingVersion": "0.5.0",
                ]
            ],
        ]
    }

    // MARK: Operations

    private var operations: JSONObject {
        var operations = JSONObject()
        for service in catalog.services {
            for (action, topics) in [("send", service.outputs), ("receive", service.inputs)] {
                for topic in topics {
                    operations["\(service.name)_\(action)_\(Self.key(ofTopic: topic.name))"] = operation(action, service, topic)
                }
            }
        }
        return operations
    }

    private func operation(_ action: String, _ service: ServiceManifest, _ topic: ServiceManifest.Topic) -> JSONValue {
        let channel = "#/channels/\(Self.key(ofTopic: topic.name))"
        var operation: JSONObject = [
            "action": .string(action),
            "channel": ["$ref": .string(channel)],
            "tags": [["name": .string(service.name)]],
            "messages": .array(topic.events.sorted().map { ["$ref": .string("\(channel)/messages/\(Self.key(of: $0))")] }),
        ]
        if action == "receive" {
            operation["bindings"] = [
                "kafka": ["groupId": ["type": "string", "const": .string(service.name)], "bindingVersion": "0.5.0"]
            ]
        }
        return .object(operation)
    }

    // MARK: Messages

    private var messages: JSONObject {
        versions.reduce(into: JSONObject()) { $0[Self.key(of: $1.reference)] = message($1) }
    }

    private func message(_ version: CatalogVersion) -> JSONValue {
        [
            "name": .string(version.type),
            "title": .string(version.title),
            "description": .string(version.description),
            "contentType": "application/json",
            "headers": headers(version),
            "correlationId": ["location": "$message.header#/ce_correlationid"],
            "payload": ["schemaFormat": "application/schema+json;version=draft-2020-12", "schema": version.schema],
            "examples": .array(version.examples.map { ["payload": $0] }),
            "bindings": [
                "kafka": ["key": ["type": "string", "description": "The ce_partitionkey."], "bindingVersion": "0.5.0"]
            ],
        ]
    }

    private func headers(_ version: CatalogVersion) -> JSONValue {
        [
            "type": "object",
            "required": ["content-type", "ce_specversion", "ce_id", "ce_source", "ce_type"],
            "properties": [
                "content-type": ["const": "application/json"],
                "ce_specversion": ["const": "1.0"],
                "ce_id": ["type": "string"],
                "ce_source": ["type": "string", "format": "uri-reference"],
                "ce_type": ["const": .string(version.type)],
                "ce_time": ["type": "string", "format": "date-time"],
                "ce_dataschema": ["const": .string(version.schemaID)],
                "ce_partitionkey": ["type": "string"],
                "ce_correlationid": ["type": "string"],
                "ce_causationid": ["type": "string"],
                "ce_traceparent": ["type": "string"],
            ],
        ]
    }
}
