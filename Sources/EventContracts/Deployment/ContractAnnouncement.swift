import JSONSchema

/// What a worker tells of itself when it starts: which version of its service it runs, and all that this version has agreed to.
///
/// It is a record of the compacted topic `ferry.contracts`, an event in an envelope like any other:
///
///     {"instance":…,"manifest":{as service.yaml},"schemas":{"cart/item-added@1.0":{the schema}, …},"startedAt":"2026-…Z"}
///
/// The schemas come with it, so that whoever checks a candidate needs nothing of the services that run but this topic.
public struct ContractAnnouncement: Sendable, Hashable {
    /// Compacted, with one partition.
    public static let topic = "ferry.contracts"
    public static let type = "ferry.contract.announced.v1"

    public var contract: ContractSnapshot
    /// The name of the worker; `nil` for one that takes a fresh one at each start.
    public var instance: String?
    public var startedAt: Timestamp

    public init(contract: ContractSnapshot, instance: String?, startedAt: Timestamp) {
        self.contract = contract
        self.instance = instance
        self.startedAt = startedAt
    }

    /// What an announcement replaces: the one that the same worker made before, under whatever version. Workers without a name share
    /// one per version, since nobody can tell them apart.
    public var key: String { "\(contract.manifest.name)/\(instance ?? contract.manifest.version)" }

    /// The same announcement has the same id.
    public func event() -> CloudEvent {
        let manifest = contract.manifest
        var data: JSONObject = [
            "manifest": manifest.json,
            "schemas": .object(contract.schemas.reduce(into: JSONObject()) { $0[$1.key.description] = $1.value }),
            "startedAt": .string(startedAt.description),
        ]
        if let instance { data["instance"] = .string(instance) }
        return CloudEvent(
            id: DerivedID.make(from: [key, manifest.version, startedAt.description]), source: "/\(manifest.name)", type: Self.type,
            time: startedAt, subject: "\(manifest.name)/\(manifest.version)", partitionKey: key,
            data: JSONValue.object(data).canonicalBytes())
    }

    /// - Throws: ``AnnouncementError`` for an event that isn't such an announcement.
    public init(event: CloudEvent) throws(AnnouncementError) {
        guard event.type == Self.type else { throw .otherEvent(type: event.type) }
        let json: JSONValue
        do {
            json = try JSONParser.parse(event.data ?? [])
        } catch {
            throw .malformed("the data is not JSON: \(error)")
        }
        guard let manifest = json["manifest"].flatMap({ ServiceManifest(json: $0) }) else { throw .malformed("it has no manifest") }
        guard case .object(let members)? = json["schemas"] else { throw .malformed("it has no schemas") }
        guard let startedAt = json["startedAt"]?.string.flatMap({ Timestamp($0) }) else {
            throw .malformed("it doesn't say when it started")
        }
        var schemas: [EventReference: JSONValue] = [:]
        for (name, schema) in members {
            guard let event = EventReference(name) else { throw .malformed("\(name) is not an event") }
            schemas[event] = schema
        }
        if let missing = manifest.events.first(where: { schemas[$0] == nil }) { throw .malformed("the schema of \(missing) is missing") }
        self.init(
            contract: ContractSnapshot(manifest: manifest, schemas: schemas), instance: json["instance"]?.string, startedAt: startedAt)
    }
}
