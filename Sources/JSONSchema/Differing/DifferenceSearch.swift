/// Compares two schemas by the rules of Confluent's registry.
struct DifferenceSearch {
    let older: RegistrySchemaReader
    let newer: RegistrySchemaReader
    private(set) var differences: [SchemaDifference] = []
    private var path: [String] = []
    /// Pairs under comparison: one that comes up within itself makes no difference.
    private var active: Set<Pair> = []

    private struct Pair: Hashable {
        let old: RegistrySchema
        let new: RegistrySchema
    }

    init(older: RegistrySchemaReader, newer: RegistrySchemaReader) {
        self.older = older
        self.newer = newer
    }

    mutating func add(_ code: DifferenceCode, at name: String? = nil) {
        differences.append(SchemaDifference(code, at: "#/" + (path + (name.map { [$0] } ?? [])).joined(separator: "/")))
    }

    mutating func enter(_ name: String, _ body: (inout DifferenceSearch) -> Void) {
        path.append(name)
        body(&self)
        path.removeLast()
    }

    /// What a comparison finds, if that is compatible: tried, and taken back if not.
    mutating func attempt(_ body: (inout DifferenceSearch) -> Void) -> (found: [SchemaDifference], isCompatible: Bool) {
        let before = differences.count
        body(&self)
        let found = Array(differences[before...])
        differences.removeSubrange(before...)
        return (found, found.allSatisfy(\.code.isCompatible))
    }

    mutating func accept(_ found: [SchemaDifference]) { differences += found }

    mutating func compare(_ old: JSONValue?, _ new: JSONValue?) {
        switch (old, new) {
        case (nil, nil): return
        case (nil, _?): add(.schemaAdded)
        case (_?, nil): add(.schemaRemoved)
        case (let old?, let new?): compare(older.read(old), newer.read(new))
        }
    }

    mutating func compare(_ old: RegistrySchema, _ new: RegistrySchema) {
        let (old, new) = (older.dereference(old), newer.dereference(new))
        if compareSingly(old, new) { return }
        guard old.family == new.family else {
            if !old.isNever, !new.isEmpty { add(.typeChanged) }
            return
        }
        let pair = Pair(old: old, new: new)
        guard active.insert(pair).inserted else { return }
        defer { active.remove(pair) }
        if old.id != new.id { add(.idChanged) }
        if old.title != new.title { add(.titleChanged) }
        if old.summary != new.summary { add(.descriptionChanged) }
        if old.fallback != new.fallback { add(.defaultChanged) }
        switch (old.kind, new.kind) {
        case (.string(let old), .string(let new)): compareStrings(old, new)
        case (.number(let old, let wasInteger), .number(let new, let isInteger)): compareNumbers(old, wasInteger, new, isInteger)
        case (.object(let old), .object(let new)): compareObjects(old, new)
        case (.array(let old), .array(let new)): compareArrays(old, new)
        case (.values(let old), .values(let new)): compareValues(old, new)
        case (.constant(let old), .constant(let new)): if old != new { add(.enumChanged, at: "const") }
        case (.combined(let old, let oldParts), .combined(let new, let newParts)): compareCombined(old, oldParts, new, newParts)
        case (.not(let old), .not(let new)):
            enter("not") { search in
                // What may not be is compared the other way round.
                let isNarrowed = SchemaDifference.isCompatible(from: (new, search.newer), to: (old, search.older))
                search.add(isNarrowed ? .notTypeNarrowed : .notTypeExtended)
            }
        default: break
        }
    }

    /// One schema beside a combination: it may be the only one in it, or one of the alternatives.
    private mutating func compareSingly(_ old: RegistrySchema, _ new: RegistrySchema) -> Bool {
        switch (old.kind, new.kind) {
        case (.combined, .combined): return false
        case (_, .combined(let criterion, let parts)):
            guard parts.count == 1 || criterion != .allOf else { return false }
            for part in parts {
                let (found, isCompatible) = attempt { $0.compare(old, part) }
                guard isCompatible else { continue }
                accept(found)
                if parts.count > 1 { add(.sumTypeExtended) }
                return true
            }
            return false
        case (.combined(_, let parts), _):
            guard parts.count == 1 else { return false }
            let (found, isCompatible) = attempt { $0.compare(parts[0], new) }
            if isCompatible { accept(found) }
            return isCompatible
        default: return false
        }
    }
}

extension SchemaDifference {
    fileprivate static func isCompatible(
        from old: (schema: JSONValue, reader: RegistrySchemaReader), to new: (schema: JSONValue, reader: RegistrySchemaReader)
    ) -> Bool {
        var search = DifferenceSearch(older: old.reader, newer: new.reader)
        search.compare(old.schema, new.schema)
        return search.differences.allSatisfy(\.code.isCompatible)
    }
}
