import EventContracts

/// The Swift names of a service's events.
///
/// An event's own name is enough, unless two contexts share it or Swift needs it: then the context leads. A state is always led by it.
/// Of an event that the service names in several major versions, the newest one has the plain name, which is the one that its rules are
/// written for; the version follows those of the older ones (`PlacedV1`).
struct TypeNames {
    private let names: [EventReference: String]

    /// - Throws: ``ManifestError`` if two events would have one name.
    init(_ manifest: ServiceManifest, module: String, origin: String) throws(ManifestError) {
        let events = manifest.events
        let contexts = Dictionary(grouping: events, by: \.event).mapValues { Set($0.map(\.context)) }
        let newest = Dictionary(grouping: events) { "\($0.context)/\($0.event)" }.mapValues { $0.map(\.version.major).max() }
        let taken = Self.unionMembers.union(SwiftName.usedTypes).union([module])
        var names: [EventReference: String] = [:]
        var owners: [String: EventReference] = [:]
        for event in events {
            let isShared = (contexts[event.event]?.count ?? 0) > 1
            let isTaken = event.event == "state" || taken.contains(SwiftName.upperCamel(event.event))
            var name = SwiftName.upperCamel(isShared || isTaken ? "\(event.context)-\(event.event)" : event.event)
            if event.version.major != newest["\(event.context)/\(event.event)"] { name += "V\(event.version.major)" }
            if let owner = owners.updateValue(event, forKey: name) {
                throw ManifestError(origin: origin, line: 1, message: "\(owner) and \(event) would both become the type \(name)")
            }
            names[event] = name
        }
        self.names = names
    }

    /// What the generated file declares itself, and what a case of a union can't be called.
    private static let unionMembers: Set<String> = [
        "Input", "Output", "Effect", "EffectResult", "Timer", "Contract", "Types", "Decode", "Init", "RefuseOtherVersion",
    ]

    func type(_ reference: EventReference) -> String { names[reference] ?? SwiftName.upperCamel(reference.event) }

    func enumCase(_ reference: EventReference) -> String {
        let type = type(reference)
        return type.prefix(1).lowercased() + type.dropFirst()
    }
}
