import Synchronization

/// How many records of the input are committed as consumed, for those who wait for it.
final class WorkedOff: Sendable {
    private let value = Atomic(0)

    var count: Int {
        get { value.load(ordering: .relaxed) }
        set { value.store(newValue, ordering: .relaxed) }
    }
}
