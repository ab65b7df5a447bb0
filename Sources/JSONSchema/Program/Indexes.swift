/// Indexes, one after another, for loops that run for each value of a document.
///
/// Where the optimizer is off, the iterator of a `Range` takes an allocation and many times as long. The tests run without it, and they
/// count allocations and feed documents of megabytes.
struct Indexes: Sequence, IteratorProtocol {
    private var upcoming: Int
    private let end: Int

    init(_ range: Range<Int>) { (upcoming, end) = (range.lowerBound, range.upperBound) }
    init(_ range: Range<Int32>) { (upcoming, end) = (Int(range.lowerBound), Int(range.upperBound)) }

    mutating func next() -> Int? {
        guard upcoming < end else { return nil }
        upcoming &+= 1
        return upcoming &- 1
    }
}
