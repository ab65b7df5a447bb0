import Foundation
import JSONSchema

/// The schemas in a folder: `<context>/<event>/<major>.<minor>.json`.
public struct SchemaCatalogue: Sendable {
    public let folder: URL
    /// Every event in every version, sorted.
    public let references: [EventReference]

    /// - Throws: ``CatalogueError`` for a folder that can't be read.
    public init(folder: URL) throws(CatalogueError) {
        guard let walk = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil),
            FileManager.default.fileExists(atPath: folder.path)
        else { throw CatalogueError(origin: folder.path, message: "no such folder of schemas") }
        var found: [EventReference] = []
        for case let file as URL in walk where file.pathExtension == "json" {
            let parts = file.pathComponents.suffix(3)
            guard let context = parts.first, let name = parts.last,
                let reference = EventReference("\(context)/\(parts.dropFirst().first ?? "")@\(name.dropLast(5))")
            else { continue }
            found.append(reference)
        }
        self.folder = folder
        references = found.sorted()
    }

    /// The newest minor version of the event that a `ce_type` names, whatever namespace it has.
    public func newest(type: String) -> EventReference? {
        references.last { type.hasSuffix(".\($0.context).\($0.event).v\($0.version.major)") }
    }

    public func text(of reference: EventReference) throws(CatalogueError) -> String {
        try read(folder.appendingPathComponent(reference.schemaPath))
    }

    public func schema(
        of reference: EventReference, view: SchemaView
    ) throws(CatalogueError) -> Schema {
        do {
            return try Schema.compile(try document(of: reference), origin: origin(of: reference), view: view)
        } catch let error as CatalogueError {
            throw error
        } catch {
            throw CatalogueError(origin: origin(of: reference), message: "\(error)")
        }
    }

    public func document(of reference: EventReference) throws(CatalogueError) -> JSONValue {
        try parse(try text(of: reference), origin(of: reference))
    }

    /// The documents that lie beside a schema as its examples.
    public func examples(of reference: EventReference) throws(CatalogueError) -> [JSONValue] {
        let path = reference.schemaPath.dropLast(5) + ".examples.json"
        let file = folder.appendingPathComponent(String(path))
        guard case .array(let examples) = try parse(try read(file), file.path) else {
            throw CatalogueError(origin: file.path, message: "examples are a JSON array")
        }
        return examples
    }

    public func origin(of reference: EventReference) -> String {
        folder.appendingPathComponent(reference.schemaPath).path
    }

    private func parse(_ text: String, _ origin: String) throws(CatalogueError) -> JSONValue {
        do {
            return try JSONParser.parse(Array(text.utf8))
        } catch {
            throw CatalogueError(origin: origin, message: "\(error)")
        }
    }

    private func read(_ file: URL) throws(CatalogueError) -> String {
        do {
            return try String(contentsOf: file, encoding: .utf8)
        } catch {
            throw CatalogueError(origin: file.path, message: "cannot be read: \(error.localizedDescription)")
        }
    }
}

/// What is wrong with a file of the catalogue.
public struct CatalogueError: Error, Sendable, Hashable, CustomStringConvertible {
    public let origin: String
    public let message: String

    public init(origin: String, message: String) {
        self.origin = origin
        self.message = message
    }

    public var description: String { "\(origin): \(message)" }
}
