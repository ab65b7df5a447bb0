/// Which members of an object, or items of an array, the keywords of a schema have looked at, by position. Needed for `unevaluated…`
/// only.
///
/// Holds no references, since one is made for every schema that is applied; what doesn't fit is in ``EvaluatedMarks``.
struct EvaluatedChildren {
    /// Of the first 64.
    fileprivate var low: UInt64 = 0
    fileprivate var all = false
    /// Where the marks of the others begin; -1 while there are none.
    fileprivate var high: Int32 = -1

    mutating func insertAll() { all = true }
}

/// The marks of objects and arrays with more than 64 children.
struct EvaluatedMarks {
    private var words: [UInt64] = []

    /// To ``drop(to:)`` later, when what was marked since is of no more use.
    var count: Int { words.count }

    mutating func drop(to count: Int) { words.removeSubrange(count...) }

    /// - Parameter total: of the children there are.
    mutating func insert(_ position: Int, of total: Int, into children: inout EvaluatedChildren) {
        guard position >= 64 else {
            children.low |= 1 << UInt64(position)
            return
        }
        makeRoom(for: total, in: &children)
        words[Int(children.high) + position / 64 - 1] |= 1 << UInt64(position % 64)
    }

    func contains(_ position: Int, in children: EvaluatedChildren) -> Bool {
        if children.all { return true }
        guard position >= 64 else { return children.low & 1 << UInt64(position) != 0 }
        return children.high >= 0 && words[Int(children.high) + position / 64 - 1] & 1 << UInt64(position % 64) != 0
    }

    /// Both are of the same object or array.
    mutating func formUnion(_ children: inout EvaluatedChildren, _ other: EvaluatedChildren, of total: Int) {
        children.low |= other.low
        children.all = children.all || other.all
        guard other.high >= 0 else { return }
        makeRoom(for: total, in: &children)
        for word in Indexes(0..<Self.size(total)) { words[Int(children.high) + word] |= words[Int(other.high) + word] }
    }

    private mutating func makeRoom(for total: Int, in children: inout EvaluatedChildren) {
        guard children.high < 0 else { return }
        children.high = Int32(words.count)
        for _ in Indexes(0..<Self.size(total)) { words.append(0) }
    }

    private static func size(_ total: Int) -> Int { (total - 1) / 64 }
}
