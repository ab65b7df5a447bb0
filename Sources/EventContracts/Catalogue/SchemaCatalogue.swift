import Foundation
import JSONSchema

/// The schemas in a folder: `<context>/<event>/<major>.<minor>.json`, with examples beside each in
/// `<major>.<minor>.examples.json`.
///
/// The folder is listed once; files are read when they are asked for.
public struct SchemaCatalogue: Sendable {
    public let folder: URL
    /// Every event in every version, sorted.
    public let references: [EventReference]

    /// - Throws: ``CatalogueError`` for a folder that can't be read, and for a JSON file in it that lies where no schema can be found:
    ///   a misspelt name must not make a schema disappear.
    public init(folder: URL) throws(CatalogueError) {
        // Resolved, because a walk doesn't enter a symbolic link.
        let root = folder.resolvingSymlinksInPath().path
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: root, isDirectory: &isFolder), isFolder.boolValue,
            let paths = FileManager.default.enumerator(atPath: root)
        else { throw CatalogueError(origin: folder.path, message: "no such folder of schemas") }
        var found: [EventReference] = []
        for case let path as String in paths where path.hasSuffix(".json") && !path.hasSuffix(".examples.json") {
            guard let reference = Self.reference(at: path) else {
                throw CatalogueError(
                    origin: folder.appendingPathComponent(path).path,
                    message: "a schema lies at <context>/<event>/<major>.<minor>.json below \(folder.path)")
            }
            found.append(reference)
        }
        self.folder = folder
        references = found.sorted()
    }

    private static func reference(at path: String) -> EventReference? {
        let parts = path.split(separator: "/")
        guard parts.count == 3 else { return nil }
        return EventReference("\(parts[0])/\(parts[1])@\(parts[2].dropLast(".json".count))")
    }

    /// The newest minor version of the event that a `ce_type` names, whatever namespace it has.
    public func newest(type: String) -> EventReference? {
        references.last { type.hasSuffix(".\($0.context).\($0.event).v\($0.version.major)") }
    }

    public func text(of reference: EventReference) throws(CatalogueError) -> String {
        try read(path(of: reference))
    }

    public func document(of reference: EventReference) throws(CatalogueError) -> JSONValue {
        try parse(try text(of: reference), origin(of: reference))
    }

    /// The `$id`.
    ///
    /// - Throws: ``CatalogueError`` if there is none, or if it is another schema's: a copied file must not pass for its original.
    public func schemaID(of reference: EventReference) throws(CatalogueError) -> String {
        guard let id = try document(of: reference)["$id"]?.string, id.hasSuffix("/" + reference.schemaPath) else {
            throw try error(in: reference, at: JSONPointer(["$id"]), "the $id must end with /\(reference.schemaPath)")
        }
        return id
    }

    /// Compiled anew by each call: keep the result.
    public func schema(of reference: EventReference, view: SchemaView) throws(CatalogueError) -> Schema {
        let document = try document(of: reference)
        do {
            return try Schema.compile(document, origin: origin(of: reference), view: view)
        } catch let failure {
            throw try error(in: reference, at: failure.pointer, failure.message)
        }
    }

    /// The documents that lie beside a schema as its examples.
    public func examples(of reference: EventReference) throws(CatalogueError) -> [JSONValue] {
        let file = examplesFile(of: reference)
        guard case .array(let examples) = try parse(try read(file), file.path) else {
            throw CatalogueError(origin: file.path, line: 1, message: "examples are a JSON array")
        }
        return examples
    }

    /// The path of the file of examples, as errors name it.
    public func examplesOrigin(of reference: EventReference) -> String { examplesFile(of: reference).path }

    /// The line of a place in the file of examples.
    func examplesLine(of pointer: JSONPointer, in reference: EventReference) -> Int {
        (try? read(examplesFile(of: reference))).flatMap { pointer.line(in: $0) } ?? 1
    }

    /// The path of a schema's file, as errors name it.
    public func origin(of reference: EventReference) -> String { path(of: reference).path }

    /// The line of a place in a schema's file; `nil` where there is no such place.
    public func line(of pointer: JSONPointer, in reference: EventReference) -> Int? {
        (try? text(of: reference)).flatMap { pointer.line(in: $0) }
    }

    /// An error at a place of a schema, with the line that it stands on.
    public func error(
        in reference: EventReference, at pointer: JSONPointer, _ message: String
    ) throws(CatalogueError) -> CatalogueError {
        CatalogueError(
            origin: origin(of: reference), line: pointer.line(in: try text(of: reference)) ?? 1, pointer: pointer, message: message)
    }

    private func path(of reference: EventReference) -> URL { folder.appendingPathComponent(reference.schemaPath) }

    private func examplesFile(of reference: EventReference) -> URL {
        path(of: reference).deletingPathExtension().appendingPathExtension("examples.json")
    }

    private func parse(_ text: String, _ origin: String) throws(CatalogueError) -> JSONValue {
        do {
            return try JSONParser.parse(Array(text.utf8))
        } catch {
            throw CatalogueError(origin: origin, line: error.line, message: "not JSON: column \(error.column): \(error.message)")
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
