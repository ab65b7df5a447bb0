import EventContracts
import Foundation
import JSONSchema

/// A schema that is named on the command line: a version of an event, a type, or a file.
struct SchemaSource {
    let name: String
    let origin: String
    let document: JSONValue
    private let text: String

    /// - Parameter name: `order/placed@1.0`, `shop.order.placed.v1` for the newest of its major, or a path.
    init(_ name: String, in catalogue: @autoclosure () throws(CommandFailure) -> SchemaCatalogue) throws(CommandFailure) {
        if FileManager.default.fileExists(atPath: name) {
            self.name = name
            origin = name
            (text, document) = try Self.read(name)
            return
        }
        let catalogue = try catalogue()
        guard let reference = EventReference(name).flatMap({ catalogue.references.contains($0) ? $0 : nil }) ?? catalogue.newest(type: name)
        else {
            throw .invalid("there is no schema \(name): name a version (order/placed@1.0), a type (shop.order.placed.v1), or a file")
        }
        self.name = reference.description
        origin = catalogue.origin(of: reference)
        (text, document) = try Self.read(origin)
    }

    func compile(_ view: SchemaView) throws(CommandFailure) -> Schema {
        do {
            return try Schema.compile(document, origin: origin, view: view)
        } catch {
            let place = CatalogueError(origin: origin, line: line(of: error.pointer), pointer: error.pointer, message: error.message)
            throw .invalid("\(place)")
        }
    }

    func line(of pointer: JSONPointer) -> Int? { pointer.line(in: text) }

    static func read(_ path: String) throws(CommandFailure) -> (text: String, document: JSONValue) {
        let (isStandardInput, name) = (path == "-", path == "-" ? "standard input" : path)
        let text: String
        do {
            text = try isStandardInput
                ? String(decoding: FileHandle.standardInput.readToEnd() ?? Data(), as: UTF8.self)
                : String(contentsOfFile: path, encoding: .utf8)
        } catch {
            throw .invalid("\(name): cannot be read: \(error.localizedDescription)")
        }
        do {
            return (text, try JSONParser.parse(Array(text.utf8)))
        } catch {
            throw .invalid("\(name):\(error.line): error: not JSON: column \(error.column): \(error.message)")
        }
    }
}
