import Foundation
import NIOCore

/// A file of a partition on disk; the only owner of its descriptor.
///
/// It keeps the descriptor from the first append until ``release()``. Without one, a read opens the file for
/// itself: thousands of segments that nobody reads cost no descriptors.
final class DiskFile: LogFile {
    private let path: String
    private(set) var size: Int
    private var descriptor: Int32?

    /// Opens the file, making it if it isn't there and needn't be, and lets go of it again.
    init(path: String, mustExist: Bool = false) throws {
        self.path = path
        let flags = O_RDONLY | O_CLOEXEC | (mustExist ? 0 : O_CREAT)
        let opened = try SystemCall.run("open", path) { open(path, flags, 0o644) }
        defer { close(opened) }
        size = Int(try SystemCall.run("lseek", path) { lseek(opened, 0, SEEK_END) })
    }

    deinit { release() }

    func append(_ head: ByteBuffer, _ body: ByteBuffer) throws {
        let target = try openForAppending()
        let total = head.readableBytes + body.readableBytes
        do {
            let written = try writeTogether(head, body, to: target)
            let restOfHead = head.getSlice(at: head.readerIndex + written, length: head.readableBytes - written)
            if let restOfHead { try write(restOfHead, to: target, at: size + written) }
            let ofBody = max(0, written - head.readableBytes)
            if let rest = body.getSlice(at: body.readerIndex + ofBody, length: body.readableBytes - ofBody) {
                try write(rest, to: target, at: size + head.readableBytes + ofBody)
            }
        } catch {
            // What a full disk took of the batch must not stay behind as a torn tail.
            _ = ftruncate(target, off_t(size))
            throw error
        }
        size += total
    }

    /// Both parts in one call, so that nobody need copy a batch to stamp its header. May write fewer bytes.
    private func writeTogether(_ head: ByteBuffer, _ body: ByteBuffer, to target: Int32) throws -> Int {
        try head.withUnsafeReadableBytes { head in
            try body.withUnsafeReadableBytes { body in
                let parts = [
                    iovec(iov_base: UnsafeMutableRawPointer(mutating: head.baseAddress), iov_len: head.count),
                    iovec(iov_base: UnsafeMutableRawPointer(mutating: body.baseAddress), iov_len: body.count),
                ]
                return try SystemCall.run("write", path) { pwritev(target, parts, 2, off_t(size)) }
            }
        }
    }

    private func write(_ bytes: ByteBuffer, to target: Int32, at position: Int) throws {
        var rest = bytes
        while rest.readableBytes > 0 {
            let done = bytes.readableBytes - rest.readableBytes
            let count = try rest.withUnsafeReadableBytes { space in
                try SystemCall.run("write", path) {
                    pwrite(target, space.baseAddress, space.count, off_t(position + done))
                }
            }
            rest.moveReaderIndex(forwardBy: count)
        }
    }

    func read(at position: Int, count: Int) throws -> ByteBuffer {
        let count = max(0, min(count, size - position))
        guard count > 0 else { return ByteBuffer() }
        return try withDescriptor { source in
            var buffer = ByteBuffer()
            while buffer.readableBytes < count {
                let done = buffer.readableBytes
                let got = try buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: count - done) { space in
                    try SystemCall.run("read", path) {
                        pread(source, space.baseAddress, count - done, off_t(position + done))
                    }
                }
                if got == 0 { break }
            }
            return buffer
        }
    }

    func truncate(to newSize: Int) throws {
        guard newSize < size else { return }
        let target = try openForAppending()
        try SystemCall.run("truncate", path) { ftruncate(target, off_t(newSize)) }
        size = newSize
    }

    func whileOpen<Result>(_ body: () throws -> Result) throws -> Result {
        guard descriptor == nil else { return try body() }
        descriptor = try openForReading()
        defer { release() }
        return try body()
    }

    func release() {
        guard let descriptor else { return }
        close(descriptor)
        self.descriptor = nil
    }

    func descriptorForFlush() throws -> Int32? {
        guard let descriptor else { return try openForReading() }
        return try SystemCall.run("dup", path) { fcntl(descriptor, F_DUPFD_CLOEXEC, 0) }
    }

    private func withDescriptor<Result>(_ body: (Int32) throws -> Result) throws -> Result {
        if let descriptor { return try body(descriptor) }
        let opened = try openForReading()
        defer { close(opened) }
        return try body(opened)
    }

    private func openForReading() throws -> Int32 {
        try SystemCall.run("open", path) { open(path, O_RDONLY | O_CLOEXEC) }
    }

    private func openForAppending() throws -> Int32 {
        if let descriptor { return descriptor }
        let opened = try SystemCall.run("open", path) { open(path, O_RDWR | O_CLOEXEC) }
        descriptor = opened
        return opened
    }
}
