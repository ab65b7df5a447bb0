import EventContracts
import Foundation

/// `EventTypeGenerator MODULE MANIFEST SCHEMAS OUTPUT`: run by the build, not by people.
@main
struct EventTypeGenerator {
    static func main() {
        let arguments = Array(CommandLine.arguments.dropFirst())
        guard arguments.count == 4 else { fail("usage: EventTypeGenerator MODULE MANIFEST SCHEMAS OUTPUT", code: 2) }
        let (module, manifest, schemas, output) = (arguments[0], arguments[1], arguments[2], arguments[3])
        do {
            let yaml = try String(contentsOfFile: manifest, encoding: .utf8)
            let source = try ContractSource(
                manifest: ManifestReader.read(yaml: yaml, origin: manifest),
                catalogue: SchemaCatalogue(folder: URL(fileURLWithPath: schemas)),
                module: module
            ).text()
            try source.write(toFile: output, atomically: true, encoding: .utf8)
        } catch let error as ManifestError {
            fail("\(error)", code: 1)
        } catch let error as CatalogueError {
            fail("\(error.origin):1: error: \(error.message)", code: 1)
        } catch {
            fail("\(manifest):1: error: \(error)", code: 1)
        }
    }

    private static func fail(_ message: String, code: Int32) -> Never {
        FileHandle.standardError.write(Data((message + "\n").utf8))
        exit(code)
    }
}
