import KafkaClient

/// What one round does with a producer and a member of a group, and when: decided before anything
/// happens, so that a seed tells it all.
struct InterleavingRound {
    enum Step {
        case send(cancelAfter: Int?)
        case sendBatch(Int, cancelAfter: Int?)
        case enqueue(Int)
        case flush(milliseconds: Int)
        case purge(inFlight: Bool)
        case closeProducer(milliseconds: Int)
        case commit(cancelAfter: Int?)
        case query(cancelAfter: Int?)
        case pause
        case resume
        case seek
        case pollBeside(cancelAfter: Int)
        case subscribeAnew
        case unsubscribe
        case closeConsumer
        case fault(MockRequest, MockFault)
    }

    /// Each with the milliseconds from the start of the round after which it begins.
    var steps: [(after: Int, step: Step)]
    /// Whether the producer is dropped in the end, instead of being closed.
    var dropsProducer: Bool

    init(using generator: inout some RandomNumberGenerator) {
        let length = Int.random(in: 30...250, using: &generator)
        steps = (0..<Int.random(in: 4...16, using: &generator)).map { _ in
            (after: Int.random(in: 0...length, using: &generator), step: Step(using: &generator))
        }
        dropsProducer = Int.random(in: 0..<8, using: &generator) == 0
    }
}

extension InterleavingRound.Step {
    fileprivate init(using generator: inout some RandomNumberGenerator) {
        func cancelAfter(_ generator: inout some RandomNumberGenerator) -> Int? {
            Bool.random(using: &generator) ? Int.random(in: 0...40, using: &generator) : nil
        }
        switch Int.random(in: 0..<24, using: &generator) {
        case 0...4: self = .send(cancelAfter: cancelAfter(&generator))
        case 5...6: self = .sendBatch(Int.random(in: 1...20, using: &generator), cancelAfter: cancelAfter(&generator))
        case 7...8: self = .enqueue(Int.random(in: 1...20, using: &generator))
        case 9: self = .flush(milliseconds: Int.random(in: 0...100, using: &generator))
        case 10: self = .purge(inFlight: Int.random(in: 0..<4, using: &generator) == 0)
        case 11: self = .closeProducer(milliseconds: Int.random(in: 0...100, using: &generator))
        case 12...13: self = .commit(cancelAfter: cancelAfter(&generator))
        case 14...15: self = .query(cancelAfter: cancelAfter(&generator))
        case 16: self = .pause
        case 17: self = .resume
        case 18: self = .seek
        case 19: self = .pollBeside(cancelAfter: Int.random(in: 0...40, using: &generator))
        case 20: self = .subscribeAnew
        case 21: self = .unsubscribe
        case 22: self = .closeConsumer
        default:
            // None that makes a member synchronize twice: the mock aborts the process then.
            self = [
                .fault(.produce, .notLeader), .fault(.produce, .disconnect), .fault(.fetch, .disconnect),
                .fault(.offsetCommit, .coordinatorNotAvailable), .fault(.findCoordinator, .coordinatorNotAvailable),
            ].randomElement(using: &generator) ?? .pause
        }
    }
}
