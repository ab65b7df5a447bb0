/// Finds items that an array has twice. A few are compared each with each, more by hash.
struct RepetitionCheck {
    /// Places of items, or 0; used again for each array.
    private var slots: [Int32] = []

    private static let fewest = 9

    /// The places of two that are equal, of all such the ones whose second comes first.
    mutating func repeated(in array: Int, of document: JSONDocument) -> (Int, Int)? {
        let node = document.nodes[array]
        var item = array + 1
        guard node.count >= Self.fewest else {
            while item < node.end {
                var before = array + 1
                while before < item {
                    if document.value(at: before, equals: document, at: item) { return (before, item) }
                    before = Int(document.nodes[before].end)
                }
                item = Int(document.nodes[item].end)
            }
            return nil
        }
        var size = 32
        while size < node.count * 2 { size *= 2 }
        if slots.count < size {
            slots = Array(repeating: 0, count: size)
        } else {
            for slot in Indexes(0..<size) { slots[slot] = 0 }
        }
        while item < node.end {
            var hasher = Hasher()
            document.hash(item, into: &hasher)
            var slot = hasher.finalize() & (size - 1)
            while slots[slot] != 0 {
                if document.value(at: Int(slots[slot]), equals: document, at: item) { return (Int(slots[slot]), item) }
                slot = (slot + 1) & (size - 1)
            }
            slots[slot] = Int32(item)
            item = Int(document.nodes[item].end)
        }
        return nil
    }
}
