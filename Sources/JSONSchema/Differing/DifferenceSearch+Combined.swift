extension DifferenceSearch {
    mutating func compareCombined(
        _ old: RegistrySchema.Criterion, _ oldParts: [RegistrySchema], _ new: RegistrySchema.Criterion, _ newParts: [RegistrySchema]
    ) {
        let (before, after) = (oldParts.withoutRepetitions, newParts.withoutRepetitions)
        if old != new {
            let isSingle = oldParts.count == 1
            let isExtended = new == .anyOf || (new == .oneOf && isSingle) || (new == .allOf && isSingle && newParts.count == 1)
            guard isExtended else { return add(.combinedTypeChanged) }
            add(.combinedTypeExtended)
        }
        if before.count < after.count {
            add(new == .allOf ? .productTypeExtended : .sumTypeExtended)
        } else if before.count > after.count {
            add(new == .allOf ? .productTypeNarrowed : .sumTypeNarrowed)
        }
        var found: [[Int: [SchemaDifference]]] = []
        for (index, part) in before.enumerated() {
            var compatible: [Int: [SchemaDifference]] = [:]
            enter("\(old.rawValue)/\(index)") { search in
                for (position, other) in after.enumerated() {
                    let (differences, isCompatible) = search.attempt { $0.compare(part, other) }
                    if isCompatible { compatible[position] = differences }
                }
            }
            found.append(compatible)
        }
        let partners = Self.match(found.map { $0.keys.sorted() })
        for (index, partner) in partners.sorted(by: { $0.key < $1.key }) { accept(found[index][partner] ?? []) }
        if partners.count < min(before.count, after.count) { add(.combinedSubschemasChanged) }
    }

    /// As many pairs as possible, none of them with a partner in common: by index of the first, the second.
    private static func match(_ candidates: [[Int]]) -> [Int: Int] {
        var firstOfSecond: [Int: Int] = [:]
        func place(_ first: Int, _ tried: inout Set<Int>) -> Bool {
            for second in candidates[first] where tried.insert(second).inserted {
                if let other = firstOfSecond[second], !place(other, &tried) { continue }
                firstOfSecond[second] = first
                return true
            }
            return false
        }
        for first in candidates.indices {
            var tried: Set<Int> = []
            _ = place(first, &tried)
        }
        return Dictionary(uniqueKeysWithValues: firstOfSecond.map { ($1, $0) })
    }
}

extension [RegistrySchema] {
    fileprivate var withoutRepetitions: [RegistrySchema] {
        var seen: Set<RegistrySchema> = []
        return filter { seen.insert($0).inserted }
    }
}
