/// A kind of request of the Kafka protocol, by its number.
public struct MockRequest: RawRepresentable, Sendable, Hashable {
    public var rawValue: Int16
    public init(rawValue: Int16) { self.rawValue = rawValue }

    public static let produce = MockRequest(rawValue: 0)
    public static let fetch = MockRequest(rawValue: 1)
    public static let listOffsets = MockRequest(rawValue: 2)
    public static let metadata = MockRequest(rawValue: 3)
    public static let offsetCommit = MockRequest(rawValue: 8)
    public static let offsetFetch = MockRequest(rawValue: 9)
    public static let findCoordinator = MockRequest(rawValue: 10)
    public static let joinGroup = MockRequest(rawValue: 11)
    public static let heartbeat = MockRequest(rawValue: 12)
    public static let leaveGroup = MockRequest(rawValue: 13)
    public static let syncGroup = MockRequest(rawValue: 14)
    public static let initProducerID = MockRequest(rawValue: 22)
    public static let addPartitionsToTransaction = MockRequest(rawValue: 24)
    public static let addOffsetsToTransaction = MockRequest(rawValue: 25)
    public static let endTransaction = MockRequest(rawValue: 26)
    public static let transactionOffsetCommit = MockRequest(rawValue: 28)
}
