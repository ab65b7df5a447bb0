/// Why the log could not do what it was asked to.
enum LogError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The offset is before the first or after the next one (OFFSET_OUT_OF_RANGE).
    case offsetOutOfRange(Int64, start: Int64, end: Int64)
    /// Bytes in the middle of a segment that are no batch: the file was changed by another hand, or the disk failed.
    case corrupt(file: String, position: Int, RecordBatchError)
    /// A system call failed. What it would have written is not in the log.
    case system(operation: String, file: String, errno: Int32)
    /// The list of topics is not what was written: without it nobody can tell what the folders beside it hold.
    case damagedListing(String)
    /// The bytes given to append are not the one batch that the header given with them tells of.
    case notTheBatch
    case closed

    var description: String {
        switch self {
        case .offsetOutOfRange(let offset, let start, let end):
            "offset \(offset) is outside of \(start)...\(end)"
        case .corrupt(let file, let position, let reason):
            "\(file) is damaged at byte \(position): \(reason)"
        case .system(let operation, let file, let code):
            "\(operation) of \(file) failed: \(SystemCall.message(of: code))"
        case .damagedListing(let file): "\(file) is damaged: put a whole one in its place, or begin with an empty folder"
        case .notTheBatch: "the bytes are not the batch of the header"
        case .closed: "the log is closed"
        }
    }
}
