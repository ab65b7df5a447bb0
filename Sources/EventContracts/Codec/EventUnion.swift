/// One of several events: what a service reads, or what it writes. Conforming types are generated from manifests.
public protocol EventUnion: Sendable, Hashable {
    /// The types of all cases.
    static var types: [String] { get }

    /// `nil` for a type that isn't one of the union's.
    ///
    /// - Throws: ``PayloadError/unsupportedVersion(type:supported:)`` for a known event in an undeclared major version.
    static func decode(type: String, data: [UInt8]) throws(PayloadError) -> Self?

    var type: String { get }
    var schemaID: String { get }
    func encode() throws(PayloadError) -> [UInt8]
}

extension EventUnion {
    /// - Throws: if `type` is one of the union's events in another major version.
    public static func refuseOtherVersion(of type: String) throws(PayloadError) {
        let name = stem(of: type)
        let supported = types.filter { stem(of: $0) == name }
        if !supported.isEmpty { throw .unsupportedVersion(type: type, supported: supported) }
    }

    /// A type without its major version.
    private static func stem(of type: String) -> Substring {
        guard let dot = type.utf8.lastIndex(of: UInt8(ascii: ".")) else { return type[...] }
        return type[..<dot]
    }
}
