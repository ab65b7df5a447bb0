import Foundation
import PackagePlugin

/// Generates the event types of a target from its `service.yaml` and the schemas, before it is compiled.
///
/// The schemas are those of the package, in `schemas/`, unless the target has a folder of this name itself. Runs again only when one of
/// these files changes. Nothing that it writes is committed.
@main
struct EventTypes: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        guard let target = target as? SourceModuleTarget else { return [] }
        let manifest = target.directoryURL.appendingPathComponent("service.yaml")
        let own = target.directoryURL.appendingPathComponent("schemas")
        let schemas = FileManager.default.fileExists(atPath: own.path)
            ? own : context.package.directoryURL.appendingPathComponent("schemas")
        let folder = context.pluginWorkDirectoryURL
        let events = EventFile.all(in: try String(contentsOf: manifest, encoding: .utf8))
        let names = EventFile.fixed.sorted() + events.map(\.name)
        return [
            .buildCommand(
                displayName: "Generating the event types of \(target.name)",
                executable: try context.tool(named: "EventTypeGenerator").url,
                arguments: [target.moduleName, manifest.path, schemas.path, folder.path] + events.map { "\($0.event)=\($0.name)" },
                inputFiles: [manifest] + schemaFiles(in: schemas),
                outputFiles: names.map { folder.appendingPathComponent("\($0).generated.swift") }
            )
        ]
    }

    private func schemaFiles(in folder: URL) -> [URL] {
        // Resolved, because a walk doesn't enter a symbolic link.
        let folder = folder.resolvingSymlinksInPath()
        guard let walk = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil) else { return [] }
        return walk.compactMap { $0 as? URL }
            .filter { $0.pathExtension == "json" && !$0.lastPathComponent.hasSuffix(".examples.json") }
            .sorted { $0.path < $1.path }
    }
}
