import EventContracts
import Foundation

/// `EventTypeGenerator MODULE MANIFEST SCHEMAS FOLDER [EVENT=FILE …]`: run by the build, not by people.
///
/// Exits with 1 and `file:line: error: what` on standard error, which the build shows, if the types can't be generated.
@main
struct EventTypeGenerator {
    static func main() {
        let arguments = Array(CommandLine.arguments.dropFirst())
        guard arguments.count >= 4 else { fail("usage: EventTypeGenerator MODULE MANIFEST SCHEMAS FOLDER [EVENT=FILE …]", code: 2) }
        let (module, manifest, schemas, folder) = (arguments[0], arguments[1], arguments[2], arguments[3])
        do {
            let files = try ContractSource(
                yaml: String(contentsOfFile: manifest, encoding: .utf8), origin: manifest,
                catalogue: SchemaCatalogue(folder: URL(fileURLWithPath: schemas)), module: module
            ).files(named: names(arguments.dropFirst(4)))
            for (name, text) in files { try write(text, to: "\(folder)/\(name).generated.swift") }
        } catch let error as ManifestError {
            fail("\(error)", code: 1)
        } catch let error as CatalogueError {
            fail(error.line == nil ? "\(error.origin):1: error: \(error.message)" : "\(error)", code: 1)
        } catch {
            fail("\(manifest):1: error: \(error.localizedDescription)", code: 1)
        }
    }

    private static func names(_ arguments: some Sequence<String>) -> [EventReference: String] {
        var names: [EventReference: String] = [:]
        for argument in arguments {
            let parts = argument.split(separator: "=", maxSplits: 1)
            guard parts.count == 2, let reference = EventReference(parts[0]) else { fail("\(argument) is not EVENT=FILE", code: 2) }
            names[reference] = String(parts[1])
        }
        return names
    }

    /// A file that stays as it is isn't compiled again: an event that the service doesn't name costs it nothing.
    private static func write(_ text: String, to path: String) throws {
        guard (try? String(contentsOfFile: path, encoding: .utf8)) != text else { return }
        try text.write(toFile: path, atomically: true, encoding: .utf8)
    }

    private static func fail(_ message: String, code: Int32) -> Never {
        try? FileHandle.standardError.write(contentsOf: Data((message + "\n").utf8))
        exit(code)
    }
}
