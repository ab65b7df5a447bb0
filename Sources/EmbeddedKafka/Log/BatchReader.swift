import NIOCore

/// Walks over the batches of a segment file, in chunks, from one position to another.
struct BatchReader {
    private let file: any LogFile
    private let name: String
    private let end: Int
    private let chunkSize: Int
    private var chunk = ByteBuffer()
    private var chunkStart = 0
    /// Where the next batch begins.
    private(set) var position: Int
    /// Where the batch given last begins.
    private(set) var batchPosition: Int

    /// For headers alone a small chunk is enough: the reader jumps over batches that are longer.
    static let headerChunk = 16 << 10
    static let batchChunk = 1 << 20

    init(_ file: any LogFile, name: String, from position: Int, to end: Int, chunkSize: Int) {
        self.file = file
        self.name = name
        self.position = position
        self.batchPosition = position
        self.end = end
        self.chunkSize = chunkSize
    }

    /// The next header, or `nil` at the end.
    ///
    /// - Throws: ``LogError/corrupt(file:position:_:)`` where bytes are no batch, or the batch does not end
    ///   before `end`. The position then stays there.
    mutating func nextHeader() throws -> RecordBatchHeader? {
        guard position < end else { return nil }
        do {
            try load(RecordBatchHeader.size)
            let header = try RecordBatchHeader(reading: chunk, at: position - chunkStart)
            guard header.sizeInBytes <= end - position else { throw RecordBatchError.truncated }
            batchPosition = position
            position += header.sizeInBytes
            return header
        } catch let reason as RecordBatchError {
            throw LogError.corrupt(file: name, position: position, reason)
        }
    }

    /// Whether the reader stands where the batch of that offset begins. An index that a power cut left damaged may point anywhere.
    mutating func isAtBatch(beginning offset: Int64) throws -> Bool {
        guard position < end else { return false }
        try load(RecordBatchHeader.size)
        let header = try? RecordBatchHeader(reading: chunk, at: position - chunkStart)
        return header?.baseOffset == offset
    }

    /// The bytes of the batch whose header was given last.
    mutating func bytes(of header: RecordBatchHeader) throws -> ByteBuffer {
        let next = position
        position = batchPosition
        defer { position = next }
        try load(header.sizeInBytes)
        guard let bytes = chunk.getSlice(at: position - chunkStart, length: header.sizeInBytes) else {
            throw LogError.corrupt(file: name, position: position, .truncated)
        }
        return bytes
    }

    /// Sees to it that the chunk holds `count` bytes from the position on, if the file has them.
    private mutating func load(_ count: Int) throws {
        let have = chunkStart + chunk.writerIndex - position
        if position >= chunkStart, have >= min(count, end - position) { return }
        chunk = try file.read(at: position, count: min(max(count, chunkSize), end - position))
        chunkStart = position
    }
}
