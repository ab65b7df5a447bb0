import EventContracts

/// The same struct for Foundation's coders. The compiler could write this, if the struct were declared in this file.
extension Placed: Codable {
    private enum CodingKeys: CodingKey {
        case orderId, cartId, customerId, placedAt, deliverOn, currency, lines, totalCents, paymentMethod, shipTo, giftWrap
    }

    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            orderId: try values.decode(String.self, forKey: .orderId),
            cartId: try values.decode(String.self, forKey: .cartId),
            customerId: try values.decodeIfPresent(String.self, forKey: .customerId),
            placedAt: try values.decode(Timestamp.self, forKey: .placedAt),
            deliverOn: try values.decodeIfPresent(CalendarDate.self, forKey: .deliverOn),
            currency: try values.decode(Currency.self, forKey: .currency),
            lines: try values.decode([Line].self, forKey: .lines),
            totalCents: try values.decode(Int.self, forKey: .totalCents),
            paymentMethod: try values.decode(String.self, forKey: .paymentMethod),
            shipTo: try values.decode(Address.self, forKey: .shipTo),
            giftWrap: try values.decode(Bool.self, forKey: .giftWrap)
        )
    }

    func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(orderId, forKey: .orderId)
        try values.encode(cartId, forKey: .cartId)
        try values.encodeIfPresent(customerId, forKey: .customerId)
        try values.encode(placedAt, forKey: .placedAt)
        try values.encodeIfPresent(deliverOn, forKey: .deliverOn)
        try values.encode(currency, forKey: .currency)
        try values.encode(lines, forKey: .lines)
        try values.encode(totalCents, forKey: .totalCents)
        try values.encode(paymentMethod, forKey: .paymentMethod)
        try values.encode(shipTo, forKey: .shipTo)
        try values.encode(giftWrap, forKey: .giftWrap)
    }
}

extension Placed.Currency: Codable {}

extension Placed.Line: Codable {
    private enum CodingKeys: CodingKey {
        case sku, title, quantity, unitPriceCents
    }

    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            sku: try values.decode(String.self, forKey: .sku),
            title: try values.decode(String.self, forKey: .title),
            quantity: try values.decode(Int.self, forKey: .quantity),
            unitPriceCents: try values.decode(Int.self, forKey: .unitPriceCents)
        )
    }

    func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(sku, forKey: .sku)
        try values.encode(title, forKey: .title)
        try values.encode(quantity, forKey: .quantity)
        try values.encode(unitPriceCents, forKey: .unitPriceCents)
    }
}

extension Placed.Address: Codable {
    private enum CodingKeys: CodingKey {
        case name, street, city, postalCode, country
    }

    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            name: try values.decode(String.self, forKey: .name),
            street: try values.decode(String.self, forKey: .street),
            city: try values.decode(String.self, forKey: .city),
            postalCode: try values.decode(String.self, forKey: .postalCode),
            country: try values.decode(String.self, forKey: .country)
        )
    }

    func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(name, forKey: .name)
        try values.encode(street, forKey: .street)
        try values.encode(city, forKey: .city)
        try values.encode(postalCode, forKey: .postalCode)
        try values.encode(country, forKey: .country)
    }
}
