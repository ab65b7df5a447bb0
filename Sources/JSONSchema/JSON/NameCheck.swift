/// Finds names that occur twice in an object. A few are compared each with each, more by hash; the hash is seeded by the process, so nobody
/// can write a document whose names all collide.
struct NameCheck {
    /// Places of names, or 0; used again for each object.
    private var slots: [Int32] = []

    private static let fewest = 17

    /// The place of the second of two equal names; `nil` if there are none.
    mutating func repeated(in object: Int, _ nodes: [JSONNode], _ bytes: [UInt8], _ unescaped: [UInt8]) -> Int? {
        func isEqual(_ left: Int, _ right: Int) -> Bool {
            let (one, other) = (nodes[left].bytes, nodes[right].bytes)
            guard one.count == other.count else { return false }
            for offset in Indexes(0..<one.count) where byte(one.lowerBound + offset) != byte(other.lowerBound + offset) { return false }
            return true
        }
        func byte(_ index: Int) -> UInt8 { index < bytes.count ? bytes[index] : unescaped[index - bytes.count] }

        let end = nodes[object].end
        var place = object + 1
        guard nodes[object].count >= Self.fewest else {
            while place < end {
                var before = object + 1
                while before < place {
                    if isEqual(before, place) { return place }
                    before = Int(nodes[before + 1].end)
                }
                place = Int(nodes[place + 1].end)
            }
            return nil
        }
        var size = 64
        while size < nodes[object].count * 2 { size *= 2 }
        if slots.count < size {
            slots = Array(repeating: 0, count: size)
        } else {
            for slot in Indexes(0..<size) { slots[slot] = 0 }
        }
        while place < end {
            let range = nodes[place].bytes
            var hasher = Hasher()
            if range.upperBound <= bytes.count {
                bytes[range].hashExactly(into: &hasher)
            } else {
                unescaped[range.lowerBound - bytes.count..<range.upperBound - bytes.count].hashExactly(into: &hasher)
            }
            var slot = hasher.finalize() & (size - 1)
            while slots[slot] != 0 {
                if isEqual(Int(slots[slot]), place) { return place }
                slot = (slot + 1) & (size - 1)
            }
            slots[slot] = Int32(place)
            place = Int(nodes[place + 1].end)
        }
        return nil
    }
}
