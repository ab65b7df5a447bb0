extension PartitionLog {
    /// What a compaction did.
    struct Compacted: Hashable, Sendable {
        var removedRecords = 0
        var removedBytes = 0
        /// The offsets of abort markers that are gone, with all their transaction's records: the broker's list of
        /// aborted transactions must forget them, or readers would wait for the marker and drop what follows.
        var removedAbortMarkers: [Int64] = []
    }

    @discardableResult
    func compact(now: Int64, upTo lastStable: Int64) throws -> Compacted {
        Compacted()
    }
}
