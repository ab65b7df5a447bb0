import EventContracts
import JSONSchema

/// What the public topics of the shop say happened, counted record by record.
struct Books: Sendable, Hashable {
    var itemsAdded = 0
    var itemsRemoved = 0
    var checkedOut = 0
    var commandsRejected = 0
    var placed = 0
    var confirmed = 0
    var confirmedFree = 0
    var confirmedCents = 0
    var cancelled: [String: Int] = [:]
    var refundsRequested = 0
    var refunded = 0
    var deadLetters = 0
    /// Orders confirmed, or cancelled, more than once, and orders both confirmed and cancelled.
    var contradictions: [String] = []

    private var ends: [String: String] = [:]

    var cancelledTotal: Int { cancelled.values.reduce(0, +) }

    /// Every check-out has become an order, every order has come to its end, and every refund asked for has been made.
    var isSettled: Bool { checkedOut == placed && placed == confirmed + cancelledTotal && refundsRequested == refunded }

    mutating func note(_ event: CloudEvent) throws {
        let data = try JSONParser.parse(event.data ?? [])
        switch event.type {
        case "shop.cart.item-added.v1": itemsAdded += 1
        case "shop.cart.item-removed.v1": itemsRemoved += 1
        case "shop.cart.checked-out.v1": checkedOut += 1
        case "shop.cart.command-rejected.v1", "shop.order.command-rejected.v1": commandsRejected += 1
        case "shop.order.placed.v1", "shop.order.placed.v2": placed += 1
        case "shop.order.confirmed.v1":
            let cents = Int(data["totalCents"]?.int64 ?? 0)
            confirmed += 1
            confirmedCents += cents
            if cents == 0 { confirmedFree += 1 }
            end(of: data["orderId"]?.string, as: "confirmed")
        case "shop.order.cancelled.v1":
            cancelled[data["reason"]?.string ?? "unknown", default: 0] += 1
            end(of: data["orderId"]?.string, as: "cancelled")
        case "shop.order.refund-requested.v1": refundsRequested += 1
        case "shop.payment.refunded.v1": refunded += 1
        default: break
        }
    }

    private mutating func end(of order: String?, as end: String) {
        guard let order else {
            contradictions.append("an order without an id was \(end)")
            return
        }
        if let earlier = ends.updateValue(end, forKey: order) {
            contradictions.append("order \(order) was \(earlier), then \(end)")
        }
    }
}
