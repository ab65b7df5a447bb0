import Foundation
import NIOCore

/// What a partition remembers beside its segments, in one small file that is replaced as a whole.
///
/// The file is a line of JSON and one with its checksum. One that a power cut left damaged is passed over: the log then shows more than it
/// should, never less.
struct LogCheckpoint: Hashable, Codable {
    /// Where an orderly close left the last segment.
    struct CleanEnd: Hashable, Codable {
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

    /// `nil` for what was not written like this.
    init?(_ file: ByteBuffer) {
        let lines = file.readableBytesView.split(separator: UInt8(ascii: "\n"))
        guard lines.count == 2, String(decoding: lines[1], as: UTF8.self) == Self.checksum(ByteBuffer(bytes: lines[0])),
            let checkpoint = try? JSONDecoder().decode(Self.self, from: Data(lines[0]))
        else { return nil }
        self = checkpoint
    }

    func file() throws -> ByteBuffer {
        let line = ByteBuffer(bytes: try JSONEncoder().encode(self))
        return ByteBuffer(string: "\(String(buffer: line))\n\(Self.checksum(line))\n")
    }

    /// Forgets what was known of the records from `offset` on: they are lost, and others will take their place.
    mutating func cut(at offset: Int64) {
        recoveryPoint = min(recoveryPoint, offset)
        compaction.cut(at: offset)
    }

    private static func checksum(_ line: ByteBuffer) -> String { "\(CRC32C.checksum(line.readableBytesSpan))" }
}
