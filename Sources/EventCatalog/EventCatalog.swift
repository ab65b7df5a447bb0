import EventContracts
import JSONSchema

/// All that schemas and manifests say together: events with their versions, topics, and which service writes and reads what.
public struct EventCatalog: Sendable {
    /// In the order of their manifests' names.
    public let services: [ServiceManifest]
    /// Sorted by name. The services' own schemas (state, effects) are not events and are left out.
    public let events: [CatalogEvent]
    /// Between services and clients, sorted by name.
    public let topics: [CatalogTopic]

    /// Reads every version of every event that a manifest names; versions that no manifest names any more are part of it, too.
    ///
    /// - Throws: ``CatalogueError`` for a schema or examples that can't be read, ``EventCatalogError`` for a manifest that names what isn't there.
    public init(schemas: SchemaCatalogue, manifests: [ServiceManifest]) throws {
        services = manifests.sorted { $0.name < $1.name }
        topics = Self.topics(manifests)
        var homes: [String: (topic: String, namespace: String)] = [:]
        for manifest in manifests {
            for topic in manifest.inputs + manifest.outputs {
                for reference in topic.events {
                    guard schemas.references.contains(reference) else {
                        throw EventCatalogError(service: manifest.name, reference: reference, folder: schemas.folder.path)
                    }
                    homes["\(reference.context)/\(reference.event)"] = (topic.name, manifest.namespace)
                }
            }
        }
        let written = Set(manifests.flatMap(\.outputs).flatMap(\.events).map { "\($0.context)/\($0.event)" })
        events = try homes.sorted { $0.key < $1.key }.map { name, home in
            let references = schemas.references.filter { "\($0.context)/\($0.event)" == name }
            return CatalogEvent(
                context: references[0].context, event: references[0].event, topic: home.topic, isCommand: !written.contains(name),
                versions: try Self.versions(references, home.namespace, schemas, manifests))
        }
    }

    private static func versions(
        _ references: [EventReference], _ namespace: String, _ schemas: SchemaCatalogue, _ manifests: [ServiceManifest]
    ) throws -> [CatalogVersion] {
        var firstSeen: [String: String] = [:]
        var previous: EventReference?
        return try references.sorted().map { reference in
            defer { previous = reference }
            let document = try schemas.document(of: reference)
            func services(_ topics: KeyPath<ServiceManifest, [ServiceManifest.Topic]>) -> [String] {
                manifests.filter { $0[keyPath: topics].contains { $0.events.contains(reference) } }.map(\.name).sorted()
            }
            return CatalogVersion(
                reference: reference, type: reference.type(in: namespace), schemaID: try schemas.schemaID(of: reference),
                title: document["title"]?.string ?? reference.event, description: document["description"]?.string ?? "",
                schema: document,
                fields: FieldReader.fields(of: document) { path in
                    let since = firstSeen[path] ?? reference.version.description
                    firstSeen[path] = since
                    return since
                },
                examples: try schemas.examples(of: reference),
                producers: services(\.outputs), consumers: services(\.inputs),
                step: try previous.map {
                    CatalogStep(
                        backward: try schemas.check(writer: $0, reader: reference), forward: try schemas.check(writer: reference, reader: $0))
                })
        }
    }

    private static func topics(_ manifests: [ServiceManifest]) -> [CatalogTopic] {
        let policies = Dictionary(
            TopicPlan(manifests, partitions: 1, replication: 1).topics.map { ($0.name, $0.configuration["cleanup.policy"] ?? "delete") },
            uniquingKeysWith: { $1 })
        let names = Set(manifests.flatMap { $0.inputs + $0.outputs }.map(\.name))
        return names.sorted().map { name in
            func services(_ topics: KeyPath<ServiceManifest, [ServiceManifest.Topic]>) -> [String] {
                manifests.filter { $0[keyPath: topics].contains { $0.name == name } }.map(\.name).sorted()
            }
            let events = manifests.flatMap { $0.inputs + $0.outputs }.filter { $0.name == name }.flatMap(\.events)
            return CatalogTopic(
                name: name, cleanupPolicy: policies[name] ?? "delete", writers: services(\.outputs), readers: services(\.inputs),
                events: Set(events.map { "\($0.context)/\($0.event)" }).sorted())
        }
    }
}
