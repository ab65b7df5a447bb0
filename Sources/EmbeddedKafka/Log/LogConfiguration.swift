/// How a partition's log is cut into segments and what leaves it. The names in quotes are the topic's settings.
struct LogConfiguration: Hashable, Sendable {
    /// `segment.bytes`: a segment that would grow beyond this is followed by a new one.
    var segmentBytes = 128 << 20
    /// `segment.ms`: a segment whose records span more than this is followed by a new one.
    var segmentMilliseconds: Int64 = 7 * 24 * 3_600_000
    /// `retention.ms`; `nil` keeps records of any age.
    var retentionMilliseconds: Int64? = 7 * 24 * 3_600_000
    /// `retention.bytes`; `nil` keeps any amount.
    var retentionBytes: Int?
    /// `cleanup.policy` has `compact`.
    var compacts = false
    /// `cleanup.policy` has `delete`.
    var deletes = true
    /// `delete.retention.ms`: how long a reader can still see a tombstone after its key was compacted.
    var deleteRetentionMilliseconds: Int64 = 24 * 3_600_000
    /// `min.cleanable.dirty.ratio`; `nil` compacts whenever there is anything new.
    var minCleanableDirtyRatio: Double? = 0.5
    /// `index.interval.bytes`: at most one index entry for this many bytes.
    var indexIntervalBytes = 4096
    /// `max.message.bytes`: what the caller passes to ``RecordBatch/validate(_:maxBytes:requiringKeys:)``.
    var maxMessageBytes = 1_048_588
}
