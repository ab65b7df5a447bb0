/// A record header: a name, which may repeat, and a value, which may be NULL. The same as Kafka's, without knowing Kafka.
public struct EventHeader: Hashable, Sendable {
    public var name: String
    public var value: [UInt8]?

    public init(_ name: String, _ value: [UInt8]?) {
        self.name = name
        self.value = value
    }

    public init(_ name: String, _ value: String) {
        self.init(name, Array(value.utf8))
    }
}
