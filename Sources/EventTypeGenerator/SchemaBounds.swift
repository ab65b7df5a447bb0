import EventContracts
import JSONSchema

/// The numbers that a schema allows, of something that is counted by an `Int`.
struct SchemaBounds: Equatable {
    private(set) var lower: Int
    private(set) var upper: Int
    private let widest: ClosedRange<Int>

    /// What two keywords allow, such as `minLength` and `maxLength`.
    init(of schema: JSONValue, from minimum: String, to maximum: String, at place: SchemaPlace) throws(CatalogueError) {
        self.init(within: 0...Int.max)
        if let limit = try Self.limit(minimum, of: schema, at: place) { lower = limit }
        if let limit = try Self.limit(maximum, of: schema, at: place) { upper = limit }
        try check(at: place)
    }

    /// What the keywords of an integer allow.
    init(ofInteger schema: JSONValue, at place: SchemaPlace) throws(CatalogueError) {
        self.init(within: Int.min...Int.max)
        if let limit = try Self.limit("minimum", of: schema, at: place) { lower = limit }
        if let limit = try Self.limit("maximum", of: schema, at: place) { upper = limit }
        if let limit = try Self.limit("exclusiveMinimum", of: schema, at: place) { lower = max(lower, limit + 1) }
        if let limit = try Self.limit("exclusiveMaximum", of: schema, at: place) { upper = min(upper, limit - 1) }
        try check(at: place)
    }

    private init(within widest: ClosedRange<Int>) {
        (lower, upper, self.widest) = (widest.lowerBound, widest.upperBound, widest)
    }

    private static func limit(
        _ keyword: String, of schema: JSONValue, at place: SchemaPlace
    ) throws(CatalogueError) -> Int? {
        guard let value = schema[keyword] else { return nil }
        // An exclusive limit must have a neighbour.
        guard let limit = value.int64, limit > .min, limit < .max else {
            throw try place.appending(keyword).refusal("\(value) can't be the limit of a Swift Int")
        }
        return Int(limit)
    }

    private func check(at place: SchemaPlace) throws(CatalogueError) {
        guard lower <= upper else { throw try place.refusal("nothing is both at least \(lower) and at most \(upper)") }
    }

    /// A range in Swift; `nil` where everything is allowed.
    var range: String? {
        guard lower...upper != widest else { return nil }
        return "\(lower == Int.min ? "Int.min" : Self.grouped(lower))...\(upper == Int.max ? "Int.max" : Self.grouped(upper))"
    }

    /// With an underscore every three digits.
    static func grouped(_ value: Int) -> String {
        let digits = Array(String(value.magnitude))
        var text = value < 0 ? "-" : ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) { text += "_" }
            text.append(digit)
        }
        return text
    }
}
