extension KafkaError {
    /// What kind of error it is. A closed set: a native code without an entry of its own is
    /// ``other``, and still told apart by ``KafkaError/nativeCode``.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        private enum Name: String {
            case assignmentLost, authentication, authorization, brokerUnavailable, cancelled, closed
            case corruptData, fenced, invalidArgument, invalidConfiguration, invalidState
            case maxPollExceeded, messageTooLarge, noOffset, offsetOutOfRange, other, outcomeUnknown, purged
            case queueFull, rebalanceHookFailed, rebalanceInProgress, timedOut, topicAlreadyExists
            case unknownGroup, unknownMember, unknownTopicOrPartition, unsupported
        }

        private let name: Name

        private init(_ name: Name) { self.name = name }

        public var description: String { name.rawValue }

        /// The partitions were taken away without being asked back; nothing may be committed.
        public static let assignmentLost = Code(.assignmentLost)
        /// One side refuses the other: a name with its password, or a certificate. librdkafka goes on
        /// trying, so a call that ran out of time over it has this code, and stays retriable.
        public static let authentication = Code(.authentication)
        public static let authorization = Code(.authorization)
        /// No broker serves it now: connection refused, all brokers down, no leader or coordinator,
        /// too few replicas in sync.
        public static let brokerUnavailable = Code(.brokerUnavailable)
        /// The awaiting task was cancelled. Each call says what that means for its work.
        public static let cancelled = Code(.cancelled)
        public static let closed = Code(.closed)
        public static let corruptData = Code(.corruptData)
        /// A newer client took this one's place: same transactional id, or same instance id.
        public static let fenced = Code(.fenced)
        public static let invalidArgument = Code(.invalidArgument)
        public static let invalidConfiguration = Code(.invalidConfiguration)
        /// The call does not fit what the client is doing, such as a commit without a begin.
        public static let invalidState = Code(.invalidState)
        /// More than `max.poll.interval.ms` passed between two polls; the member left its group
        /// and joins again with the next poll.
        public static let maxPollExceeded = Code(.maxPollExceeded)
        public static let messageTooLarge = Code(.messageTooLarge)
        public static let noOffset = Code(.noOffset)
        public static let offsetOutOfRange = Code(.offsetOutOfRange)
        public static let other = Code(.other)
        /// The answer to the end of a transaction did not come in time: it may be committed,
        /// aborted or open. Only a new producer with the same id settles it.
        public static let outcomeUnknown = Code(.outcomeUnknown)
        /// The record was dropped from the local queue by a purge, an abort, or the close.
        public static let purged = Code(.purged)
        public static let queueFull = Code(.queueFull)
        /// A ``RebalanceListener`` threw something other than a ``KafkaError``.
        public static let rebalanceHookFailed = Code(.rebalanceHookFailed)
        public static let rebalanceInProgress = Code(.rebalanceInProgress)
        public static let timedOut = Code(.timedOut)
        public static let topicAlreadyExists = Code(.topicAlreadyExists)
        public static let unknownGroup = Code(.unknownGroup)
        /// The group no longer knows this member, or not in this generation.
        public static let unknownMember = Code(.unknownMember)
        public static let unknownTopicOrPartition = Code(.unknownTopicOrPartition)
        /// The broker, or the librdkafka this was built with, cannot do it.
        public static let unsupported = Code(.unsupported)
    }
}
