/// The two ends of a partition's log.
public struct Watermarks: Sendable, Hashable {
    /// The oldest offset still in the log.
    public var low: Int64
    /// The next offset to be written, control records counted. An open transaction does not
    /// hold it back: it is not the last stable offset.
    public var high: Int64

    public init(low: Int64, high: Int64) {
        self.low = low
        self.high = high
    }
}
