/// How a batch's transaction ended without happening.
enum TransactionFailure: Error {
    /// A record exceeds the broker's limit: the input that caused it, where that is known.
    case recordTooLarge(Position?, String)
    /// Taken back whole; the same batch may be tried again.
    case aborted(any Error)
    /// It is not known what happened, or the producer is of no use any more.
    case failed(any Error)
}
