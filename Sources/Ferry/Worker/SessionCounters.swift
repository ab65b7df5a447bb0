import EventContracts
import Logging

/// What a session has done so far, for its log.
struct SessionCounters {
    private(set) var transactions = 0
    private var handled = 0
    private var rejected = 0
    private var ignored = 0
    private var deadLettered = 0
    private var lastLogged: (at: ContinuousClock.Instant, transactions: Int) = (.now, 0)

    mutating func add<Contract>(_ dispositions: [Step<Contract>.Disposition]) {
        transactions += 1
        for disposition in dispositions {
            switch disposition {
            case .handled: handled += 1
            case .rejected: rejected += 1
            case .ignored: ignored += 1
            case .deadLettered: deadLettered += 1
            }
        }
    }

    var metadata: Logger.Metadata {
        [
            "transactions": "\(transactions)", "handled": "\(handled)", "rejected": "\(rejected)",
            "ignored": "\(ignored)", "dead-lettered": "\(deadLettered)",
        ]
    }

    /// At most every ten seconds, and only when there is something new to tell.
    mutating func logProgress(to logger: Logger) {
        guard transactions > lastLogged.transactions, .now - lastLogged.at > .seconds(10) else { return }
        lastLogged = (.now, transactions)
        logger.info("progress", metadata: metadata)
    }
}
