import KafkaClient

/// Why a verb ends without having done its work; the kind is the exit code.
struct CommandFailure: Error {
    enum Kind: Int32 {
        /// The input is invalid, or doesn't fit what is there.
        case invalid = 1
        case usage = 2
        case broker = 3
    }

    let kind: Kind
    let message: String

    static func invalid(_ message: String) -> CommandFailure { CommandFailure(kind: .invalid, message: message) }
    static func usage(_ message: String) -> CommandFailure { CommandFailure(kind: .usage, message: message) }

    /// What the broker, or the way to it, did not allow.
    static func broker(_ error: KafkaError, while doing: String) -> CommandFailure {
        CommandFailure(kind: .broker, message: "\(doing): \(error)")
    }

    /// The same failure, with the place of the input that it lies in.
    func at(_ place: String) -> CommandFailure { CommandFailure(kind: kind, message: "\(place): \(message)") }
}
