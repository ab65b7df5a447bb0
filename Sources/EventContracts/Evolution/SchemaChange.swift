import JSONSchema

/// What happened between two versions of a schema to one place of the documents, in words.
public struct SchemaChange: Sendable, Hashable {
    public enum Kind: String, Sendable, Hashable {
        case added, removed, changed
    }

    public let kind: Kind
    /// As in `SchemaPlace.path`.
    public let path: String
    /// What is there now, was there before, or became of it: `integer, at least 0`, `maximum 10 → 20`.
    public let details: [String]

    /// In the order of the newer schema, what is gone last.
    public static func between(_ older: JSONValue, and newer: JSONValue) -> [SchemaChange] {
        let (before, after) = (SchemaPlace.all(in: older), SchemaPlace.all(in: newer))
        let (oldFacts, newFacts) = (Facts.byPath(before), Facts.byPath(after))
        var changes: [SchemaChange] = []
        for path in after.map(\.path).withoutRepetitions {
            guard let new = newFacts[path] else { continue }
            guard let old = oldFacts[path] else {
                changes.append(SchemaChange(kind: .added, path: path, details: new.summary))
                continue
            }
            let details = new.changes(from: old)
            if !details.isEmpty { changes.append(SchemaChange(kind: .changed, path: path, details: details)) }
        }
        for path in before.map(\.path).withoutRepetitions where newFacts[path] == nil {
            changes.append(SchemaChange(kind: .removed, path: path, details: oldFacts[path]?.summary ?? []))
        }
        return changes
    }
}

/// What is said of a place, without what is said of places within it.
private struct Facts {
    var membership: SchemaPlace.Membership
    /// By keyword, one value for each schema that is about the place.
    var keywords: [String: [JSONValue]] = [:]
    var order: [String] = []

    private static let elsewhere: Set = [
        "$schema", "$id", "$defs", "$comment", "properties", "patternProperties", "required", "items", "prefixItems", "contains", "allOf",
        "if", "then", "else", "dependentSchemas", "examples",
    ]

    static func byPath(_ places: [SchemaPlace]) -> [String: Facts] {
        var facts: [String: Facts] = [:]
        for place in places {
            var fact = facts[place.path] ?? Facts(membership: place.membership)
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

    func changes(from old: Facts) -> [String] {
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
    fileprivate var withoutRepetitions: [String] {
        var seen: Set<String> = []
        return filter { seen.insert($0).inserted }
    }
}
