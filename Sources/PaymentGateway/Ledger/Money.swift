/// What amounts the ledger can hold.
enum Money {
    /// The ledger adds everything up, so it is kept in one currency.
    static let currency = "USD"

    /// The most cents of one charge: ninety million charges of it still add up without overflow.
    static let largestAmount = 100_000_000_000

    /// - Throws: ``FieldFault`` for an amount that can be neither charged nor given back.
    static func validate(_ amountCents: Int) throws(FieldFault) {
        guard (1...largestAmount).contains(amountCents) else {
            throw FieldFault(
                "amountCents", "\(amountCents) is not between 1 and \(largestAmount)",
                remedy: "Send whole cents. What costs nothing needs no call.")
        }
    }
}
