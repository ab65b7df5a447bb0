import Synchronization

/// How far the input is, for those who wait for it.
final class WorkedOff: Sendable {
    private let value = Atomic(0)
    private let end = Atomic(Int.max)

    /// Records that are committed as consumed.
    var count: Int {
        get { value.load(ordering: .relaxed) }
        set { value.store(newValue, ordering: .relaxed) }
    }

    /// Records that there are in all; without an end as long as more are put in.
    var total: Int {
        get { end.load(ordering: .relaxed) }
        set { end.store(newValue, ordering: .relaxed) }
    }
}
