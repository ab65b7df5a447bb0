extension EmbeddedKafka {
    /// A request as the broker got it.
    public struct ObservedRequest: Sendable, Hashable {
        /// The protocol's name of the request, such as `Produce`.
        public let name: String
        public let version: Int16
        public let clientID: String?
        /// The topics it names.
        public let topics: Set<String>
    }

    /// Something that goes wrong with a request, for tests of what its client then does.
    public struct Fault: Sendable, Hashable {
        public enum Action: Sendable, Hashable {
            /// Answers nothing else but this error; the request has no effect.
            case fail(ErrorCode)
            /// Takes it up only after a while.
            case delay(Duration)
            /// Closes the connection; the request has no effect.
            case dropBefore
            /// Carries it out, then closes the connection instead of answering.
            case dropAfter
        }

        public var request: String
        public var clientID: String?
        public var topic: String?
        public var action: Action
        /// How many requests it meets.
        public var times: Int

        /// - Parameters:
        ///   - request: the protocol's name of the request, such as `EndTxn`.
        ///   - clientID: only requests of this client; `nil` for any.
        ///   - topic: only requests that name it; `nil` for any.
        public init(_ request: String, clientID: String? = nil, topic: String? = nil, _ action: Action, times: Int = 1) {
            self.request = request
            self.clientID = clientID
            self.topic = topic
            self.action = action
            self.times = times
        }

        func applies(to observed: ObservedRequest) -> Bool {
            request == observed.name && (clientID == nil || clientID == observed.clientID)
                && (topic.map(observed.topics.contains) ?? true)
        }
    }
}
