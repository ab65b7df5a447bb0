import NIOCore

/// What a partition remembers beside its segments, in one small file that is replaced as a whole.
///
/// The text is lines of a name and numbers, the last one with the checksum of those before it. A file that a
/// power cut left damaged is passed over: the log then shows more than it should, never less.
struct LogCheckpoint: Hashable, Sendable {
    /// Where an orderly close left the last segment.
    struct CleanEnd: Hashable, Sendable {
        var baseOffset: Int64
        var size: Int
        var nextOffset: Int64
    }

    /// Where DeleteRecords moved the start to.
    var startOffset: Int64 = 0
    /// All segments that end here or before were synced to the disk: opening need not check their bytes.
    var recoveryPoint: Int64 = 0
    var cleanEnd: CleanEnd?
    /// How far compaction came, and when what it kept may go.
    var compaction = CompactionProgress()

    static let fileName = "partition.checkpoint"

    init() {}

    init?(parsing text: String) {
        var lines = text.split(separator: "\n")
        guard let seal = lines.popLast(),
            seal == "checksum \(Self.checksum(lines.map { $0 + "\n" }.joined()))"
        else { return nil }
        for line in lines.map({ $0.split(separator: " ") }) {
            let numbers = line.dropFirst().compactMap { Int64($0) }
            switch (line.first, numbers.count) {
            case ("start-offset", 1): startOffset = numbers[0]
            case ("recovery-point", 1): recoveryPoint = numbers[0]
            case ("clean-end", 3):
                cleanEnd = CleanEnd(baseOffset: numbers[0], size: Int(numbers[1]), nextOffset: numbers[2])
            case ("compacted", 2):
                compaction.cleanOffset = numbers[0]
                compaction.sweptOffset = numbers[1]
            case ("horizon", 2): compaction.horizons.append(.init(offset: numbers[0], time: numbers[1]))
            default: return nil
            }
        }
    }

    var text: String {
        var text = "start-offset \(startOffset)\nrecovery-point \(recoveryPoint)\n"
        if let cleanEnd { text += "clean-end \(cleanEnd.baseOffset) \(cleanEnd.size) \(cleanEnd.nextOffset)\n" }
        text += "compacted \(compaction.cleanOffset) \(compaction.sweptOffset)\n"
        for horizon in compaction.horizons { text += "horizon \(horizon.offset) \(horizon.time)\n" }
        return text + "checksum \(Self.checksum(text))\n"
    }

    /// Forgets what was known of the records from `offset` on: they are lost, and others will take their place.
    mutating func cut(at offset: Int64) {
        recoveryPoint = min(recoveryPoint, offset)
        compaction.cut(at: offset)
    }

    private static func checksum(_ text: String) -> UInt32 {
        CRC32C.checksum(ByteBuffer(string: text).readableBytesSpan)
    }
}
