import Foundation

/// What a set of journeys must come to, from the file that lies beside it. A field that is absent isn't checked.
struct Expectation: Sendable, Hashable, Decodable {
    var placed: Int?
    var confirmed: Int?
    var confirmedCents: Int?
    var cancelled: [String: Int]?
    var commandsRejected: Int?
    var refunded: Int?
    var refundedCents: Int?

    static func read(_ path: String) throws -> Expectation {
        do {
            return try JSONDecoder().decode(Expectation.self, from: Data(contentsOf: URL(fileURLWithPath: path)))
        } catch {
            throw DemoFailure("\(path) is not a file of expected totals: \(error)")
        }
    }

    func differences(_ books: Books, _ ledger: Ledger) -> [String] {
        func check<Value: Equatable>(_ name: String, _ expected: Value?, _ found: Value) -> String? {
            guard let expected, expected != found else { return nil }
            return "\(name): expected \(expected), found \(found)"
        }
        return [
            check("orders placed", placed, books.placed),
            check("orders confirmed", confirmed, books.confirmed),
            check("cents in confirmed orders", confirmedCents, books.confirmedCents),
            check("orders cancelled", cancelled, books.cancelled),
            check("commands rejected", commandsRejected, books.commandsRejected),
            check("refunds", refunded, books.refunded),
            check("cents refunded", refundedCents, ledger.refundedCents),
        ].compactMap { $0 }
    }
}
