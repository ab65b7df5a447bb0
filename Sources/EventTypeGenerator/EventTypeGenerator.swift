import EventContracts
import Foundation

/// `EventTypeGenerator MODULE MANIFEST SCHEMAS OUTPUT`: run by the build, not by people.
///
/// Exits with 1 and `file:line: error: what` on standard error, which the build shows, if the types can't be generated.
@main
struct EventTypeGenerator {
    static func main() {
        let arguments = Array(CommandLine.arguments.dropFirst())
        guard arguments.count == 4 else { fail("usage: EventTypeGenerator MODULE MANIFEST SCHEMAS OUTPUT", code: 2) }
        let (module, manifest, schemas, output) = (arguments[0], arguments[1], arguments[2], arguments[3])
        do {
            let source = try ContractSource(
                yaml: String(contentsOfFile: manifest, encoding: .utf8), origin: manifest,
                catalogue: SchemaCatalogue(folder: URL(fileURLWithPath: schemas)), module: module
            ).text()
            // A file that stays as it is isn't compiled again: an event that the service doesn't name costs it nothing.
            guard (try? String(contentsOfFile: output, encoding: .utf8)) != source else { return }
            try source.write(toFile: output, atomically: true, encoding: .utf8)
        } catch let error as ManifestError {
            fail("\(error)", code: 1)
        } catch let error as CatalogueError {
            fail(error.line == nil ? "\(error.origin):1: error: \(error.message)" : "\(error)", code: 1)
        } catch {
            fail("\(manifest):1: error: \(error.localizedDescription)", code: 1)
        }
    }

    private static func fail(_ message: String, code: Int32) -> Never {
        FileHandle.standardError.write(Data((message + "\n").utf8))
        exit(code)
    }
}
