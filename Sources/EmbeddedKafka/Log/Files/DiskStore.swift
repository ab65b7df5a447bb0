import Foundation
import NIOCore

/// The files of a partition in a directory of its own.
final class DiskStore: LogStore {
    let directory: String

    var description: String { directory }

    /// Files in a directory that is there already.
    init(existing directory: String) {
        self.directory = directory
    }

    /// Makes the directory, and those above it, if they aren't there.
    init(directory: String) throws {
        self.directory = directory
        var path = directory.hasPrefix("/") ? "/" : ""
        for part in directory.split(separator: "/") {
            path += part
            let step = path
            try SystemCall.run("mkdir", step, tolerating: EEXIST) { mkdir(step, 0o755) }
            path += "/"
        }
    }

    func names() throws -> [String] {
        guard let stream = opendir(directory) else { throw LogError.system(operation: "opendir", file: directory, errno: errno) }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }

    func file(_ name: String) throws -> any LogFile {
        try DiskFile(path: path(name))
    }

    func existingFile(_ name: String) throws -> any LogFile {
        try DiskFile(path: path(name), mustExist: true)
    }

    func move(_ name: String, to newName: String) throws {
        try SystemCall.run("rename", path(name)) { rename(path(name), path(newName)) }
    }

    func remove(_ name: String) throws {
        try SystemCall.run("unlink", path(name), tolerating: ENOENT) { unlink(path(name)) }
    }

    func contents(of name: String) throws -> ByteBuffer? {
        guard access(path(name), F_OK) == 0 else { return nil }
        let file = try DiskFile(path: path(name))
        return try file.read(at: 0, count: file.size)
    }

    func replace(_ name: String, with contents: ByteBuffer, syncing: Bool) throws {
        let draft = name + ".tmp"
        try remove(draft)
        let file = try DiskFile(path: path(draft))
        try file.append(contents, ByteBuffer())
        if syncing { try FlushTicket(descriptors: [file.descriptorForFlush()].compactMap(\.self)).perform() }
        file.release()
        try move(draft, to: name)
        if syncing { try FlushTicket(descriptors: [descriptorForFlush()].compactMap(\.self)).perform() }
    }

    func descriptorForFlush() throws -> Int32? {
        try SystemCall.run("open", directory) { open(directory, O_RDONLY | O_CLOEXEC) }
    }

    func removeAll() throws {
        for name in try names() { try remove(name) }
        try SystemCall.run("rmdir", directory) { rmdir(directory) }
    }

    private func path(_ name: String) -> String { directory + "/" + name }
}
