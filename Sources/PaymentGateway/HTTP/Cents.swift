/// An amount as it comes in a body. The decoder alone would refuse a fraction without saying which field had it.
struct Cents: Hashable, Sendable, Decodable {
    var value: Int

    /// - Throws: ``FieldFault`` for whatever is no whole number.
    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        do {
            value = try container.decode(Int.self)
        } catch {
            throw FieldFault(
                decoder.codingPath.last?.stringValue ?? "amount", "is not a whole number", remedy: "Send whole cents.")
        }
    }
}
