import Foundation
import NIOCore

/// The files of a partition in memory, with the behaviour of files: what was written stays until it is removed.
final class MemoryStore: LogStore {
    private var files: [String: MemoryFile] = [:]

    var description: String { "memory" }

    func names() -> [String] { Array(files.keys) }

    func file(_ name: String) -> any LogFile {
        if let file = files[name] { return file }
        let file = MemoryFile()
        files[name] = file
        return file
    }

    func existingFile(_ name: String) throws -> any LogFile {
        guard let file = files[name] else { throw LogError.system(operation: "open", file: name, errno: ENOENT) }
        return file
    }

    func move(_ name: String, to newName: String) throws {
        files[newName] = files.removeValue(forKey: name)
    }

    func remove(_ name: String) { files[name] = nil }

    func contents(of name: String) throws -> ByteBuffer? {
        try files[name].map { try $0.read(at: 0, count: $0.size) }
    }

    func replace(_ name: String, with contents: ByteBuffer, syncing: Bool) throws {
        let file = MemoryFile()
        try file.append(contents, ByteBuffer())
        files[name] = file
    }

    func descriptorForFlush() -> Int32? { nil }

    func removeAll() { files = [:] }
}

/// A file in memory. Reads copy, so that a slice in flight does not make the next append copy the whole file.
final class MemoryFile: LogFile {
    private var bytes = ByteBuffer()

    var size: Int { bytes.writerIndex }

    func append(_ head: ByteBuffer, _ body: ByteBuffer) throws {
        bytes.writeImmutableBuffer(head)
        bytes.writeImmutableBuffer(body)
    }

    func read(at position: Int, count: Int) throws -> ByteBuffer {
        let count = max(0, min(count, size - position))
        var copy = ByteBuffer()
        if let part = bytes.getSlice(at: position, length: count) { copy.writeImmutableBuffer(part) }
        return copy
    }

    func truncate(to size: Int) throws {
        if size < self.size { bytes.moveWriterIndex(to: size) }
    }

    func whileOpen<Result>(_ body: () throws -> Result) throws -> Result { try body() }

    func release() {}

    func descriptorForFlush() throws -> Int32? { nil }
}
