extension JSONDocument {
    /// Whether two values are equal as JSON Schema has it: numbers by value, objects whatever the order of their members.
    ///
    /// Takes time in proportion to the smaller one, and for large objects to sort their names. Recurses with the nesting.
    func value(at place: Int, equals other: JSONDocument, at otherPlace: Int) -> Bool {
        let (one, another) = (nodes[place], other.nodes[otherPlace])
        guard one.kinds == another.kinds else { return false }
        switch one.form {
        case .null: return true
        case .bool: return one.payload == another.payload
        case .integer, .decimal, .largeNumber:
            // Each number has exactly one form.
            guard one.form == another.form else { return false }
            if one.form == .largeNumber { return number(one) == other.number(another) }
            return one.payload == another.payload && one.exponent == another.exponent
        case .text: return bytes(one.bytes, equal: other, another.bytes)
        case .array:
            guard one.count == another.count else { return false }
            var (item, otherItem) = (place + 1, otherPlace + 1)
            while item < one.end {
                guard value(at: item, equals: other, at: otherItem) else { return false }
                (item, otherItem) = (Int(nodes[item].end), Int(other.nodes[otherItem].end))
            }
            return true
        case .object:
            guard one.count == another.count else { return false }
            return one.count <= 16 ? object(place, equals: other, otherPlace) : largeObject(place, equals: other, otherPlace)
        }
    }

    /// Looks each member up.
    private func object(_ place: Int, equals other: JSONDocument, _ otherPlace: Int) -> Bool {
        var name = place + 1
        while name < nodes[place].end {
            var candidate = otherPlace + 1
            while !bytes(nodes[name].bytes, equal: other, other.nodes[candidate].bytes) {
                candidate = Int(other.nodes[candidate + 1].end)
                guard candidate < other.nodes[otherPlace].end else { return false }
            }
            guard value(at: name + 1, equals: other, at: candidate + 1) else { return false }
            name = Int(nodes[name + 1].end)
        }
        return true
    }

    private func largeObject(_ place: Int, equals other: JSONDocument, _ otherPlace: Int) -> Bool {
        zip(sortedNames(of: place), other.sortedNames(of: otherPlace)).allSatisfy { name, otherName in
            bytes(nodes[name].bytes, equal: other, other.nodes[otherName].bytes)
                && value(at: name + 1, equals: other, at: otherName + 1)
        }
    }

    private func sortedNames(of object: Int) -> [Int] {
        var names: [Int] = []
        names.reserveCapacity(nodes[object].count)
        var name = object + 1
        while name < nodes[object].end {
            names.append(name)
            name = Int(nodes[name + 1].end)
        }
        return names.sorted { text[nodes[$0].bytes].lexicographicallyPrecedes(text[nodes[$1].bytes]) }
    }

    func bytes(_ range: Range<Int>, equal other: JSONDocument, _ otherRange: Range<Int>) -> Bool {
        guard range.count == otherRange.count else { return false }
        let distance = otherRange.lowerBound - range.lowerBound
        for index in Indexes(range) where text[index] != other.text[index + distance] { return false }
        return true
    }

    /// The same for equal values.
    func hash(_ place: Int, into hasher: inout Hasher) {
        let node = nodes[place]
        hasher.combine(node.kinds.rawValue)
        switch node.form {
        case .null: break
        case .bool, .integer: hasher.combine(node.payload)
        case .decimal:
            hasher.combine(node.payload)
            hasher.combine(node.exponent)
        case .largeNumber: hasher.combine(number(node))
        case .text: text[node.bytes].hashExactly(into: &hasher)
        case .array:
            hasher.combine(node.count)
            var item = place + 1
            while item < node.end {
                hash(item, into: &hasher)
                item = Int(nodes[item].end)
            }
        case .object:
            var combined = 0
            var name = place + 1
            while name < node.end {
                var member = Hasher()
                text[nodes[name].bytes].hashExactly(into: &member)
                hash(name + 1, into: &member)
                combined ^= member.finalize()
                name = Int(nodes[name + 1].end)
            }
            hasher.combine(combined)
        }
    }
}
