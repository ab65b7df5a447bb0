import Foundation

/// The end of a run, as a person reads it.
struct Report: CustomStringConvertible {
    let result: DemoRun.Result

    var description: String {
        let books = result.books
        let ledger = result.ledger
        var lines = [
            "",
            "Carts     \(books.checkedOut) checked out, \(books.itemsAdded) items added, \(books.itemsRemoved) removed, "
                + "\(books.commandsRejected) commands rejected",
            "Orders    \(books.placed) placed, \(books.confirmed) confirmed"
                + (books.confirmedFree > 0 ? " (\(books.confirmedFree) of them free)" : "")
                + ", \(books.cancelledTotal) cancelled" + reasons,
            "Money     \(Money(books.confirmedCents)) in confirmed orders",
            "          \(Money(ledger.netCents)) by the gateway's ledger: \(Money(ledger.authorizedCents)) authorized in "
                + "\(ledger.charges) charges, \(Money(ledger.refundedCents)) refunded in \(ledger.refunds)",
            "          \(ledger.replays) calls repeated with a known idempotency key, \(ledger.ordersChargedTwice) orders charged twice",
        ]
        for member in Shop.Member.allCases {
            let processed = result.processed[member] ?? 0
            let pace = result.progress.paces[member]?.recordsPerSecond(of: processed)
            let memory = result.peakMemory[member.program].map { ", \($0 / 1_048_576) MiB at most" } ?? ""
            lines.append(
                "\(padded(member.rawValue))\(processed) records processed" + (pace.map { ", \($0) a second while busy" } ?? "")
                    + ", lag \(result.remaining[member] ?? 0)" + memory)
        }
        if let memory = result.peakMemory["payment-gateway"] { lines.append("\(padded("gateway"))\(memory / 1_048_576) MiB at most") }
        if let memory = result.peakMemory["broker"] {
            let size = result.brokerDataSize.map { ", \($0 / 1_048_576) MiB on disk" } ?? ""
            lines.append("\(padded("broker"))\(memory / 1_048_576) MiB at most" + size)
        }
        lines.append("Dead letters  \(books.deadLetters)")
        lines += result.crashes.map { "Crash     \($0)" }
        lines.append("Wall time \(result.wallTime.formatted)")
        lines.append("")
        if result.verdict.balances {
            lines.append("The books balance.")
        } else {
            lines.append("The books do NOT balance:")
            lines += result.verdict.faults.map { "  - \($0)" }
        }
        return lines.joined(separator: "\n")
    }

    private var reasons: String {
        guard !result.books.cancelled.isEmpty else { return "" }
        let parts = result.books.cancelled.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
        return " (\(parts.joined(separator: ", ")))"
    }

    private func padded(_ name: String) -> String {
        (name.prefix(1).uppercased() + name.dropFirst()).padding(toLength: 10, withPad: " ", startingAt: 0)
    }
}

extension Duration {
    /// `12.3 s`
    fileprivate var formatted: String {
        let tenths = Int((self / .milliseconds(100)).rounded())
        return "\(tenths / 10).\(tenths % 10) s"
    }
}
