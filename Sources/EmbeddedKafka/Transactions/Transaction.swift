/// A transactional id: who produces under it, and what its open transaction touches.
struct Transaction: Codable, Hashable {
    enum Phase: String, Codable {
        /// Nothing is open, and nothing was since its producer was initialized.
        case empty
        case open
        /// Decided, and to be carried out whatever happens.
        case committing
        case aborting
        case committed
        case aborted
    }

    var producerID: Int64
    var epoch: Int16
    /// What the producer had before it raised its epoch itself: an answer that was lost is asked for again with it (KIP-360). None if
    /// somebody else raised it: that fences the producer for good.
    var previousEpoch: Int16?
    var timeoutMilliseconds: Int64
    var phase = Phase.empty
    var startedAt: Int64 = 0
    var partitions: Set<OffsetStore.Place> = []
    var groups: Set<String> = []
    /// By group: what becomes visible with the commit.
    var offsets: [String: [OffsetStore.Place: OffsetStore.Committed]] = [:]

    var isDecided: Bool { phase == .committing || phase == .aborting }

    mutating func end(_ phase: Phase) {
        self.phase = phase
        partitions = []
        groups = []
        offsets = [:]
    }
}
