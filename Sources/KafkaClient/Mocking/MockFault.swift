/// What a mock broker answers in place of the real thing, by Kafka's error number.
public struct MockFault: RawRepresentable, Sendable, Hashable {
    public var rawValue: Int32
    public init(rawValue: Int32) { self.rawValue = rawValue }

    /// Answers as if nothing were wrong: for a slow answer that is right.
    public static let none = MockFault(rawValue: 0)
    /// Closes the connection instead of answering.
    public static let disconnect = MockFault(rawValue: -195)
    public static let offsetOutOfRange = MockFault(rawValue: 1)
    public static let unknownTopicOrPartition = MockFault(rawValue: 3)
    public static let leaderNotAvailable = MockFault(rawValue: 5)
    public static let notLeader = MockFault(rawValue: 6)
    public static let requestTimedOut = MockFault(rawValue: 7)
    public static let messageTooLarge = MockFault(rawValue: 10)
    public static let coordinatorLoading = MockFault(rawValue: 14)
    public static let coordinatorNotAvailable = MockFault(rawValue: 15)
    public static let notCoordinator = MockFault(rawValue: 16)
    public static let notEnoughReplicas = MockFault(rawValue: 19)
    public static let illegalGeneration = MockFault(rawValue: 22)
    public static let unknownMember = MockFault(rawValue: 25)
    public static let rebalanceInProgress = MockFault(rawValue: 27)
    public static let topicAuthorizationFailed = MockFault(rawValue: 29)
    public static let groupAuthorizationFailed = MockFault(rawValue: 30)
    public static let outOfOrderSequence = MockFault(rawValue: 45)
    public static let invalidProducerEpoch = MockFault(rawValue: 47)
    public static let invalidTransactionState = MockFault(rawValue: 48)
    public static let concurrentTransactions = MockFault(rawValue: 51)
    public static let transactionalIDAuthorizationFailed = MockFault(rawValue: 53)
    public static let unknownProducer = MockFault(rawValue: 59)
    public static let producerFenced = MockFault(rawValue: 90)
}
