/// A fetch that found too little, and waits for more or for its time to run out.
final class WaitingFetch {
    private var attempt: ((_ isLast: Bool) -> WireValue?)?
    private let reply: (WireValue?) -> Void
    var timeout: Timers.Timer?
    let partitions: Set<ObjectIdentifier>

    init(
        partitions: Set<ObjectIdentifier>, attempt: @escaping (_ isLast: Bool) -> WireValue?,
        reply: @escaping (WireValue?) -> Void
    ) {
        self.partitions = partitions
        self.attempt = attempt
        self.reply = reply
    }

    /// - Returns: whether it had enough, and is answered.
    func tryAgain() -> Bool {
        guard let answer = attempt?(false) else { return false }
        end(answer)
        return true
    }

    /// Answers with what there is.
    func finish() {
        if let answer = attempt?(true) { end(answer) }
    }

    private func end(_ answer: WireValue) {
        attempt = nil
        timeout?.cancel()
        reply(answer)
    }
}
