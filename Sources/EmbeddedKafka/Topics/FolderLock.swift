import Foundation

/// Keeps a second broker out of a folder for as long as this object, and its process, live.
final class FolderLock: Sendable {
    struct InUse: Error, CustomStringConvertible {
        let folder: String
        var description: String { "\(folder) is in use by another broker" }
    }

    private let descriptor: Int32

    init(_ folder: String) throws {
        let path = folder + "/.lock"
        let opened = try SystemCall.run("open", path) { open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644) }
        guard flock(opened, LOCK_EX | LOCK_NB) == 0 else {
            close(opened)
            throw InUse(folder: folder)
        }
        descriptor = opened
    }

    deinit { close(descriptor) }
}
