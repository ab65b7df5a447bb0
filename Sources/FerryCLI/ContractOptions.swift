import ArgumentParser
import EventContracts
import Foundation

/// Where the contracts lie.
struct ContractOptions: ParsableArguments {
    @Option(help: "Folder of the schemas (FERRY_SCHEMAS).")
    var schemas: String = ProcessInfo.processInfo.environment["FERRY_SCHEMAS"] ?? "schemas"

    @Option(help: "Folder under which the services' manifests (service.yaml) lie (FERRY_MANIFESTS).")
    var manifests: String = ProcessInfo.processInfo.environment["FERRY_MANIFESTS"] ?? "Sources"

    func catalogue() throws(CommandFailure) -> SchemaCatalogue {
        do {
            return try SchemaCatalogue(folder: URL(fileURLWithPath: schemas))
        } catch {
            throw .invalid("\(error); name the folder with --schemas")
        }
    }

    /// Every `service.yaml` below the folder, in the order of their paths.
    func readManifests() throws(CommandFailure) -> [ServiceManifest] {
        var result: [ServiceManifest] = []
        for file in try manifestFiles() { result.append(try Self.manifest(at: file)) }
        return result
    }

    func manifestFiles() throws(CommandFailure) -> [URL] {
        let folder = URL(fileURLWithPath: manifests)
        let files = (FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)?.compactMap { $0 as? URL } ?? [])
            .filter { $0.lastPathComponent == "service.yaml" }
            .sorted { $0.path < $1.path }
        guard !files.isEmpty else {
            throw .invalid("no service.yaml below \(folder.path); name the folder with --manifests")
        }
        return files
    }

    static func manifest(at file: URL) throws(CommandFailure) -> ServiceManifest {
        do {
            return try ManifestReader.read(yaml: String(contentsOf: file, encoding: .utf8), origin: file.path)
        } catch let error as ManifestError {
            throw .invalid("\(error)")
        } catch {
            throw .invalid("\(file.path) can't be read: \(error.localizedDescription)")
        }
    }
}
