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
        let (oldFacts, newFacts) = (PlaceFacts.byPath(before), PlaceFacts.byPath(after))
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
