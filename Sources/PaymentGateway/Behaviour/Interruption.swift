/// Why a call gets no answer that tells what happened. The client may repeat all of them under the same key.
enum Interruption: Error, Hashable, Sendable {
    /// The gateway is switched off. Nothing is recorded.
    case outage
    /// The rate of errors hit this call. Nothing is recorded.
    case injectedError
    /// The first attempt with a flaky card. Nothing is recorded.
    case flakyCard
    /// The charge is recorded, but its answer gets lost.
    case answerLost
    /// The gateway shuts down while the call waits. Nothing is recorded.
    case stopping
}
