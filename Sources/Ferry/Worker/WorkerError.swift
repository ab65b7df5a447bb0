import KafkaClient

/// Why a worker stopped for good. Starting it again without a change will not help, except after ``broker(_:)``.
public enum WorkerError: Error, Sendable, CustomStringConvertible {
    /// The topics do not fit the manifest; says which, and how to mend it.
    case topics(String)
    /// The configuration contradicts what the runtime needs.
    case configuration(String)
    /// The changelog holds what this version of the service cannot read.
    case unreadableState(String)
    /// Another worker runs under the same instance name.
    case fenced(String)
    /// The brokers could not be reached, or refused, for longer than the recovery timeout.
    case broker(KafkaError)

    /// 1 for what is invalid or incompatible, 3 for the broker.
    public var exitCode: Int32 {
        switch self {
        case .topics, .configuration, .unreadableState: 1
        case .fenced, .broker: 3
        }
    }

    public var description: String {
        switch self {
        case .topics(let what), .configuration(let what), .unreadableState(let what), .fenced(let what): what
        case .broker(let error): "the brokers did not come back in time: \(error)"
        }
    }
}
