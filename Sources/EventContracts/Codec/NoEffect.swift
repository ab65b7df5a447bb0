/// The effects of a service that has none.
public enum NoEffect: EventUnion {
    public static var types: [String] { [] }
    public static func decode(type: String, data: [UInt8]) -> NoEffect? { nil }
    public var type: String { switch self {} }
    public var schemaID: String { switch self {} }
    public func encode() -> [UInt8] { switch self {} }
}
