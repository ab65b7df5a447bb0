import Foundation

/// The lines of a file, or of standard input, read on a thread of their own: waiting for input never holds up the tasks of the process.
struct LineReader {
    let path: String?

    /// What stands before the line number in an error.
    var origin: String { path ?? "standard input" }

    /// - Throws: ``CommandFailure`` for a file that can't be read.
    func bytes() async throws -> [UInt8] {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                do {
                    let handle = try path.map { try FileHandle(forReadingFrom: URL(fileURLWithPath: $0)) } ?? .standardInput
                    continuation.resume(returning: Array(try handle.readToEnd() ?? Data()))
                } catch {
                    continuation.resume(
                        throwing: CommandFailure.invalid("\(origin) can't be read: \(error.localizedDescription)"))
                }
            }
        }
    }

    /// The lines that hold anything, with their numbers.
    func lines() async throws -> [(number: Int, bytes: [UInt8])] {
        try await bytes().split(separator: 0x0A, omittingEmptySubsequences: false).enumerated().compactMap { index, line in
            line.contains { $0 != 0x20 && $0 != 0x0D && $0 != 0x09 } ? (index + 1, Array(line)) : nil
        }
    }
}
