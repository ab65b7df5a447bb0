import Foundation

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// The totals of the payment gateway's own ledger: the account that is kept outside the shop.
struct Ledger: Sendable, Hashable, Decodable {
    var charges: Int
    var authorizedCents: Int
    var declined: Int
    var refunds: Int
    var refundedCents: Int
    var netCents: Int
    var ordersChargedTwice: Int
    var replays: Int

    /// Reads it from a running gateway.
    static func read(from gateway: URL) async throws -> Ledger {
        let (data, response) = try await URLSession.shared.data(from: gateway.appendingPathComponent("ledger"))
        guard (response as? HTTPURLResponse)?.statusCode == 200 else {
            throw DemoFailure("the payment gateway does not show its ledger: \(response)")
        }
        return try JSONDecoder().decode(Ledger.self, from: data)
    }
}
