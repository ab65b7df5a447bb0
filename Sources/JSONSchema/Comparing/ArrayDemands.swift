/// What an array's items must satisfy.
struct ArrayDemands: Sendable {
    struct Existence: Sendable {
        let position: Int
        /// There, and not anywhere behind it.
        let isExact: Bool
        let literal: SchemaLiteral
    }

    var minimum = 0
    var maximum = Int.max
    var prefixes: [[SchemaLiteral]] = []
    /// Of all items from a position on.
    var rests: [(from: Int, literal: SchemaLiteral)] = []
    /// Of some item each.
    var some: [Existence] = []
    var contains: [ContainsDemand] = []
    var areUnique = false
    var hasEqualItems = false
}
