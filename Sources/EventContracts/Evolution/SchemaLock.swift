import Foundation
import JSONSchema

/// `schemas.lock`: the digest of every released schema. A released file never changes and is never removed, because somebody has written
/// or read by it.
public struct SchemaLock: Sendable, Hashable {
    /// Lower-case hexadecimal SHA-256, by the path of the schema below the folder.
    public private(set) var digests: [String: String]
    public let origin: String
    private var lines: [String: Int] = [:]

    public static let fileName = "schemas.lock"

    /// The lock of a catalogue; empty if there is no such file.
    public init(of catalogue: SchemaCatalogue) throws(CatalogueError) {
        let file = catalogue.folder.appendingPathComponent(Self.fileName)
        guard FileManager.default.fileExists(atPath: file.path) else {
            try self.init(text: "", origin: file.path)
            return
        }
        let text: String
        do {
            text = try String(contentsOf: file, encoding: .utf8)
        } catch {
            throw CatalogueError(origin: file.path, message: "cannot be read: \(error.localizedDescription)")
        }
        try self.init(text: text, origin: file.path)
    }

    /// Lines of `sha256:<digest>  <context>/<event>/<version>.json`; those that begin with `#` say something to people.
    public init(text: String, origin: String) throws(CatalogueError) {
        digests = [:]
        self.origin = origin
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if line.isEmpty || line.hasPrefix("#") { continue }
            let parts = line.split(separator: " ")
            guard parts.count == 2, parts[0].hasPrefix("sha256:"), parts[0].utf8.count == 71 else {
                throw CatalogueError(origin: origin, line: index + 1, message: "a line is written as sha256:<digest>  <path of the schema>")
            }
            let path = String(parts[1])
            guard digests.updateValue(String(parts[0].dropFirst(7)), forKey: path) == nil else {
                throw CatalogueError(origin: origin, line: index + 1, message: "\(path) is there twice")
            }
            lines[path] = index + 1
        }
    }

    /// What the file holds: sorted, so that two branches that release different schemas merge.
    public var text: String {
        "# Digests of the released schemas, which never change. `ferry schema release` adds to them.\n"
            + digests.sorted { $0.key < $1.key }.map { "sha256:\($0.value)  \($0.key)\n" }.joined()
    }

    /// What has happened to released schemas that must not, with the remedy.
    public func violations(in catalogue: SchemaCatalogue) throws(CatalogueError) -> [CatalogueError] {
        var violations: [CatalogueError] = []
        let references = Dictionary(uniqueKeysWithValues: catalogue.references.map { ($0.schemaPath, $0) })
        for (path, digest) in digests.sorted(by: { $0.key < $1.key }) {
            guard let reference = references[path] else {
                violations.append(
                    CatalogueError(
                        origin: origin, line: lines[path],
                        message: "\(path) was released and is gone: restore it, somebody may still write or read by it"))
                continue
            }
            if try Self.digest(of: reference, in: catalogue) == digest { continue }
            let next = catalogue.majors(of: catalogue.references).first { $0.contains(reference) }?.last?.version ?? reference.version
            violations.append(
                CatalogueError(
                    origin: catalogue.origin(of: reference), line: 1,
                    message: "was released and has changed, which a released schema never does: restore it, and make the change in "
                        + "\(reference.context)/\(reference.event)/\(EventVersion(major: next.major, minor: next.minor + 1)).json"))
        }
        return violations
    }

    public func isReleased(_ reference: EventReference) -> Bool { digests[reference.schemaPath] != nil }

    /// Adds the digest of a schema as it is now.
    public mutating func release(_ reference: EventReference, in catalogue: SchemaCatalogue) throws(CatalogueError) {
        digests[reference.schemaPath] = try Self.digest(of: reference, in: catalogue)
    }

    /// Replaces the file as a whole.
    public func write() throws(CatalogueError) {
        do {
            try Data(text.utf8).write(to: URL(fileURLWithPath: origin), options: .atomic)
        } catch {
            throw CatalogueError(origin: origin, message: "cannot be written: \(error.localizedDescription)")
        }
    }

    private static func digest(of reference: EventReference, in catalogue: SchemaCatalogue) throws(CatalogueError) -> String {
        let digits = Array("0123456789abcdef")
        return String(
            SHA256.digest(Array(try catalogue.text(of: reference).utf8)).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
    }
}
