/// Which members of an object, or items of an array, the keywords of a schema have looked at, by position. Needed for `unevaluated…` only.
struct EvaluatedChildren {
    private var low: UInt64 = 0
    /// For positions from 64 on; takes memory only for objects and arrays of that size.
    private var high: [UInt64] = []
    private var all = false

    mutating func insert(_ position: Int) {
        guard position >= 64 else {
            low |= 1 << UInt64(position)
            return
        }
        let word = position / 64 - 1
        while high.count <= word { high.append(0) }
        high[word] |= 1 << UInt64(position % 64)
    }

    mutating func insertAll() { all = true }

    func contains(_ position: Int) -> Bool {
        if all { return true }
        guard position >= 64 else { return low & 1 << UInt64(position) != 0 }
        let word = position / 64 - 1
        return word < high.count && high[word] & 1 << UInt64(position % 64) != 0
    }

    mutating func formUnion(_ other: EvaluatedChildren) {
        low |= other.low
        all = all || other.all
        if !other.high.isEmpty {
            while high.count < other.high.count { high.append(0) }
            for word in other.high.indices { high[word] |= other.high[word] }
        }
    }
}
