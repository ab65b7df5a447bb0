import JSONSchema

/// What is said of a place, without what is said of places within it.
struct PlaceFacts {
    private var membership: SchemaPlace.Membership
    /// By keyword, one value for each schema that is about the place.
    private var keywords: [String: [JSONValue]] = [:]
    private var order: [String] = []

    private static let elsewhere: Set = [
        "$schema", "$id", "$defs", "$comment", "properties", "patternProperties", "required", "items", "prefixItems", "contains", "allOf",
        "if", "then", "else", "dependentSchemas", "examples",
    ]

    static func byPath(_ places: [SchemaPlace]) -> [String: PlaceFacts] {
        var facts: [String: PlaceFacts] = [:]
        for place in places {
            var fact = facts[place.path] ?? PlaceFacts(membership: place.membership)
            if place.membership == .required { fact.membership = .required }
            for (keyword, value) in place.keywords where !elsewhere.contains(keyword) && !isPlace(keyword, value) {
                fact.keywords[keyword, default: []].append(value)
                if !fact.order.contains(keyword) { fact.order.append(keyword) }
            }
            facts[place.path] = fact
        }
        return facts
    }

    /// Alternatives are told by what they say, not by the keyword; so are schemas for members.
    private static func isPlace(_ keyword: String, _ value: JSONValue) -> Bool {
        switch (keyword, value) {
        case ("additionalProperties", .object), ("unevaluatedProperties", .object), ("unevaluatedItems", .object): true
        case ("anyOf", _), ("oneOf", _): true
        case ("$ref", .string(let reference)): reference.hasPrefix("#")
        default: false
        }
    }

    var summary: [String] {
        membership.words + order.flatMap { keyword in (keywords[keyword] ?? []).map { "\(keyword) \($0)" } }
    }

    func changes(from old: PlaceFacts) -> [String] {
        var changes: [String] = []
        if membership != old.membership { changes.append("\(old.membership.wording) → \(membership.wording)") }
        for keyword in (old.order + order).withoutRepetitions {
            let (before, after) = (old.keywords[keyword] ?? [], keywords[keyword] ?? [])
            if before == after { continue }
            if before.isEmpty {
                changes.append("\(keyword) added: \(Self.list(after))")
            } else if after.isEmpty {
                changes.append("\(keyword) removed: \(Self.list(before))")
            } else {
                changes.append("\(keyword) \(Self.list(before)) → \(Self.list(after))")
            }
        }
        return changes
    }

    private static func list(_ values: [JSONValue]) -> String { values.map(\.description).joined(separator: ", ") }
}

extension SchemaPlace.Membership {
    fileprivate var wording: String {
        switch self {
        case .none: "no member"
        case .optional: "optional"
        case .required: "required"
        }
    }

    fileprivate var words: [String] { self == .none ? [] : [wording] }
}

extension [String] {
    var withoutRepetitions: [String] {
        var seen: Set<String> = []
        return filter { seen.insert($0).inserted }
    }
}
