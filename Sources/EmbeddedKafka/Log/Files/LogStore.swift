import NIOCore

/// Where the files of one partition are: a directory, or memory.
///
/// Like everything below a ``PartitionLog`` it belongs to one thread.
protocol LogStore: AnyObject {
    /// Names the place in log lines and errors.
    var description: String { get }

    func names() throws -> [String]

    /// The file of that name, made if it isn't there.
    func file(_ name: String) throws -> any LogFile

    /// The file of that name; fails if it isn't there.
    func existingFile(_ name: String) throws -> any LogFile

    /// Takes the place of a file of the new name, at once: a crash leaves the one or the other.
    func move(_ name: String, to newName: String) throws

    /// Does nothing if the file isn't there.
    func remove(_ name: String) throws

    /// A small file, whole; `nil` if it isn't there.
    func contents(of name: String) throws -> ByteBuffer?

    /// Writes a small file, whole or not at all.
    ///
    /// - Parameter syncing: waits until it survives a power cut.
    func replace(_ name: String, with contents: ByteBuffer, syncing: Bool) throws

    /// A descriptor of the place itself, for the caller to close: new names are durable once it was synced.
    func descriptorForFlush() throws -> Int32?

    /// Removes the place with all that is in it.
    func removeAll() throws
}

/// A file that grows at its end and is read anywhere.
protocol LogFile: AnyObject {
    var size: Int { get }

    /// Appends both parts or nothing: after a failure the file has its old size.
    func append(_ head: ByteBuffer, _ body: ByteBuffer) throws

    /// Up to `count` bytes; fewer only at the end of the file.
    func read(at position: Int, count: Int) throws -> ByteBuffer

    func truncate(to size: Int) throws

    /// Runs `body`, in which reads share one opening of the file.
    func whileOpen<Result>(_ body: () throws -> Result) throws -> Result

    /// Gives up what an append holds. The file stays readable, and an append takes it up again.
    func release()

    /// A descriptor of its own, for the caller to close; `nil` if there is nothing that could be synced.
    func descriptorForFlush() throws -> Int32?
}
