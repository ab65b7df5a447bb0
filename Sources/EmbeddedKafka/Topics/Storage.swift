import Logging
import NIOCore

/// Where the logs of a broker and its list of topics are: below a folder, or in memory, where they last as long as this object.
final class Storage {
    private let folder: String?
    private let lock: FolderLock?
    private var inMemory: [String: MemoryStore] = [:]
    private let logger: Logger

    /// - Throws: ``FolderLock/InUse`` if another broker keeps its logs there.
    init(folder: String?, logger: Logger) throws {
        self.folder = folder
        self.logger = logger
        guard let folder else {
            lock = nil
            return
        }
        _ = try DiskStore(directory: folder)
        lock = try FolderLock(folder)
    }

    /// For small files that belong to no log.
    func root() throws -> any LogStore { try store(nil) }

    func openLog(_ name: String, _ configuration: LogConfiguration) throws -> PartitionLog {
        try PartitionLog.open(in: store(name), configuration: configuration, logger: logger)
    }

    private func store(_ name: String?) throws -> any LogStore {
        if let folder { return try DiskStore(directory: name.map { "\(folder)/\($0)" } ?? folder) }
        if let known = inMemory[name ?? ""] { return known }
        let store = MemoryStore()
        inMemory[name ?? ""] = store
        return store
    }

    /// To be called after a log was deleted.
    func forget(_ name: String) { inMemory[name] = nil }
}
