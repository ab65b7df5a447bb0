import EventContracts

/// The Swift names of a service's events. An event's own name is enough, unless two contexts share it: then the context leads.
struct TypeNames {
    private let ambiguous: Set<String>

    init(_ manifest: ServiceManifest) {
        let contexts = Dictionary(grouping: Set(manifest.events.map { "\($0.context)/\($0.event)" })) {
            $0.split(separator: "/")[1]
        }
        ambiguous = Set(contexts.filter { $0.value.count > 1 || $0.key == "state" }.keys.map(String.init))
    }

    func type(_ reference: EventReference) -> String { Self.upperCamel(name(reference)) }

    func enumCase(_ reference: EventReference) -> String { Self.lowerCamel(name(reference)) }

    private func name(_ reference: EventReference) -> String {
        ambiguous.contains(reference.event) ? "\(reference.context)-\(reference.event)" : reference.event
    }

    static func upperCamel(_ text: String) -> String {
        text.split(whereSeparator: { "-_ ".contains($0) }).map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }

    static func lowerCamel(_ text: String) -> String {
        let upper = upperCamel(text)
        return upper.prefix(1).lowercased() + upper.dropFirst()
    }
}
