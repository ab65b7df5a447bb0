/// One event in one version, as manifests name it: `cart/item-added@1.0`.
public struct EventReference: Hashable, Sendable, Comparable, CustomStringConvertible {
    public var context: String
    public var event: String
    public var version: EventVersion

    public init(context: String, event: String, version: EventVersion) {
        self.context = context
        self.event = event
        self.version = version
    }

    /// Reads `cart/item-added@1.0`; `nil` for anything else.
    public init?(_ text: some StringProtocol) {
        let halves = text.split(separator: "@", omittingEmptySubsequences: false)
        guard halves.count == 2, let version = EventVersion(halves[1]) else { return nil }
        let names = halves[0].split(separator: "/", omittingEmptySubsequences: false)
        guard names.count == 2, names.allSatisfy({ Self.isName($0) }) else { return nil }
        self.init(context: String(names[0]), event: String(names[1]), version: version)
    }

    /// Reads the end of a schema's `$id`, `…/cart/item-added/1.0.json`; `nil` for anything else.
    public init?(schemaID: String) {
        let parts = schemaID.split(separator: "/", omittingEmptySubsequences: false).suffix(3)
        guard parts.count == 3, let file = parts.last, file.hasSuffix(".json") else { return nil }
        self.init(parts.dropLast().joined(separator: "/") + "@" + file.dropLast(".json".count))
    }

    /// The names of contexts, events, services, namespaces and timers: a–z, 0–9 and hyphens, a letter first.
    static func isName(_ text: some StringProtocol) -> Bool {
        guard let first = text.utf8.first, first >= 97, first <= 122 else { return false }
        return text.utf8.allSatisfy { ($0 >= 97 && $0 <= 122) || ($0 >= 48 && $0 <= 57) || $0 == 45 }
    }

    /// The `ce_type`: `shop.cart.item-added.v1`.
    public func type(in namespace: String) -> String { "\(namespace).\(context).\(event).v\(version.major)" }

    /// Whether both are the same event, in whatever versions.
    public func isSameEvent(as other: EventReference) -> Bool { context == other.context && event == other.event }

    /// Where the schema lies below the folder of schemas.
    public var schemaPath: String { "\(context)/\(event)/\(version).json" }

    public var description: String { "\(context)/\(event)@\(version)" }

    public static func < (left: Self, right: Self) -> Bool {
        (left.context, left.event, left.version) < (right.context, right.event, right.version)
    }
}
